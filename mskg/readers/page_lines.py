"""Lines of a printed page, and the paragraphs that they were broken from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mskg.lexicon.cues import labels
from mskg.readers.radicals import CHARACTER_OF
from mskg.text import BULLETS, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Frame", "Line", "first_cluster", "is_marked", "join_text", "paragraphs", "runs_on"]

_OPENING = "（(《“‘〔【「『[＜<"
_CLOSING = "，。、；：！？）)》”’〕】」』％%…,.;:!?]＞>"
_RUN = r"(?:[A-Za-z0-9.+/~-]+|.)"
# Quotes stick to both sides, and so do digits to a stop or comma before them.
_CLUSTER = re.compile(
    rf"[{re.escape(_OPENING)}]*{_RUN}(?:[{re.escape(_CLOSING)}]*[“‘”’]+{_RUN}"
    rf"|[{re.escape(_CLOSING)}]*[,，.:;!?](?=[A-Za-z0-9]){_RUN}|[{re.escape(_CLOSING)}])*",
    re.DOTALL,
)
_MARK = re.compile(
    r"[ \t\u3000]*(?:第?[一二三四五六七八九十百]{1,3}(?:[、.．]|是|[章节])"
    r"|[(（][ ]*[一二三四五六七八九十\d]{1,3}[ ]*[)）]"
    rf"|\d{{1,3}}[ ]*[、.．](?!\d)|[①-⑳{BULLETS}]|附件|附[:：]|注[:：])"
)
_STAGE = re.compile(r"\d{1,2}月(?:[底初末]|[上中下]旬|\d{1,2}日|份)")
_FEWEST_STAGES = 2
_LABEL = re.compile(r"\s*([\u4e00-\u9fff]{2,10})[:：]")
_RUNNING = "，、（(和及与至到"  # a line that ends so goes on
_END = re.compile(r"[。！？；：!?;:][”’）)]?\Z")


@dataclass(slots=True)
class Line:
    """A printed line with its box in points (tops grow downwards).

    ``head`` is the width of what could not be parted from its first character, so that a
    line before it was full when less than that was left. ``slack`` is the doubt about the
    edges, in sizes of a letter. ``column`` counts from 1 in text set in columns, which begin
    at the height ``band``.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    head: float
    page: int = 0
    slack: float = 0.3
    band: float | None = None
    column: int = 0

    @property
    def order(self) -> tuple[float, int, float]:
        """Place of the line in the reading order of its page."""
        return (self.top if self.band is None else self.band, self.column, self.top)

    @property
    def width(self) -> float:
        """Width of the printed text."""
        return self.x1 - self.x0


@dataclass(slots=True)
class Frame:
    """The edges between which lines were set.

    ``even`` is the right edge where lines are justified: all but the last one of a
    paragraph end exactly there.
    """

    left: float
    right: float
    centred: bool = False
    even: float | None = None

    @classmethod
    def around(cls, lines: Sequence[Line], *, centred: bool = False) -> Frame:
        """Return the frame that holds `lines`; `centred` where lines may be centred in it."""
        left = min((line.x0 for line in lines), default=0.0)
        right = max((line.x1 for line in lines), default=0.0)
        return cls(left, right, centred)


def first_cluster(text: str) -> str:
    """Return the start of `text` that no line break parts (kinsoku: brackets, digits, stops)."""
    match = _CLUSTER.match(text)
    return match[0] if match else text


def is_marked(text: str) -> bool:
    """Tell whether `text` opens with an enumeration mark or a label such as 责任单位:."""
    text = text.translate(CHARACTER_OF)
    if _MARK.match(text):
        return True
    label = _LABEL.match(text)
    return label is not None and fold(label[1]) in labels()


def paragraphs(lines: Sequence[Line], frame: Frame) -> list[list[Line]]:
    """Return `lines` grouped into paragraphs.

    A line runs on when the first character of the next one no longer fitted behind it; an
    indent or an enumeration mark opens a paragraph all the same.
    """
    groups: list[list[Line]] = []
    indents = _indents(lines, frame)
    stages = _stages(lines) if frame.centred else set()
    for line in lines:
        opens = id(line) in stages and groups and groups[-1][-1].text[-1:] not in _RUNNING
        if groups and not opens and _continues(groups[-1], line, frame, indents):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _stages(lines: Sequence[Line]) -> set[int]:
    """Return the lines of a cell that open with a date, where several follow a closed line."""
    dated = [(a, b) for a, b in pairwise(lines) if _STAGE.match(b.text.translate(CHARACTER_OF))]
    closed = sum(_END.search(a.text) is not None for a, _ in dated)
    return {id(b) for _, b in dated} if closed >= _FEWEST_STAGES else set()


def _indents(lines: Sequence[Line], frame: Frame) -> bool:
    """Tell whether paragraphs are indented: some full lines begin at the left edge."""
    offsets = [(line.x0 - frame.left, line.size) for line in lines]
    at_edge = any(abs(offset) < size / 2 for offset, size in offsets)
    return at_edge and any(size < offset < 3 * size for offset, size in offsets)


def runs_on(line: Line, following: Line, frame: Frame) -> bool:
    """Tell whether `line` is full: the first character of the next line no longer fitted."""
    if frame.even is not None:
        return line.x1 > frame.even - line.slack * line.size
    left_over = frame.right - line.x1
    if frame.centred:
        left_over = min(left_over, frame.right - frame.left - line.width)
    return following.head > left_over - line.slack * max(line.size, 1.0)


def _continues(group: Sequence[Line], following: Line, frame: Frame, indents: bool) -> bool:
    line, first = group[-1], group[0]
    size = max(line.size, 1.0)
    if following.text[0] in _CLOSING:
        return True  # no line is set to begin so
    if abs(following.size - line.size) > 0.25 * size and not frame.centred:
        return False  # a heading in other letters
    if not runs_on(line, following, frame):
        return False
    if is_marked(following.text):
        inner = following.x0 < frame.left + size / 2 and indents and not _END.search(line.text)
        return inner and not frame.centred
    if indents and following.x0 - frame.left > size and not frame.centred:
        # Set in as a new paragraph is, unless the whole paragraph hangs behind its mark.
        return is_marked(first.text) and following.x0 > first.x0 + size / 2
    return True


def join_text(lines: Sequence[Line]) -> str:
    """Return the text of lines that one paragraph was broken into."""
    text = ""
    for line in lines:
        # Words of Latin letters were parted at a space, Chinese ones at nothing.
        gap = text and text[-1].isascii() and text[-1].isalpha() and line.text[:1].isascii()
        text += (" " if gap and line.text[:1].isalpha() else "") + line.text
    return text
