"""Headings without marks above numbered entries: 缓解停车难 1. 2. 3. 优化教育资源 4. 5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.layout.evidence import bears_duty
from mskg.layout.fields import is_line_of_bodies
from mskg.layout.marks import COUNTED, mark_at, tree
from mskg.lexicon.cues import cue_pattern, line_label
from mskg.text import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.layout.marks import Mark, Node

__all__ = ["counts_own", "with_headings"]

_FEWEST = 3
_FEWEST_TOLD = 2  # where each speaks of tasks, or counts them
_MOST = 0.5  # share of the entries of numbers that run on
_LINE = re.compile(
    r"[ \t#*]*(?:【[^】\n]{2,60}】|[\u4e00-\u9fff“][^。;:,()\n]{2,29}(?:\([^()\n]{2,60}\))?)[ \t*]*"
)
_COUNTS = re.compile(r"[^\s()]+\(?共?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})[项件个]\)?$")
_LONGEST = 90  # characters of a line that can be one
_ENDED = ("。", ";", ")", "!", "”")


def with_headings(folded: str, marks: list[Mark], end: int) -> tuple[list[Mark], list[Node]]:
    """Return `marks` with one for each short line above a list or a part of one, and their tree.

    Each list of those whose numbers start anew has such a line; where the numbers run on, the
    first entry and a few others have one.
    """
    known = {mark.begin for mark in marks}
    found: dict[int, None] = {}
    roots = tree(folded, marks, end)
    for siblings, above in _families(roots, 0):
        lines = {}
        for at, node in enumerate(siblings):
            line = _line_above(folded, siblings[at - 1].body if at else above, node.begin)
            if line is not None and line not in known:
                lines[at] = line
        found.update(dict.fromkeys(_headings(folded, siblings, lines)))
    if not found:
        return marks, roots
    heads = [mark_at("heading", n, at) for n, at in enumerate(sorted(found), 1)]
    marks = sorted(marks + heads, key=lambda mark: mark.begin)
    return marks, tree(folded, marks, end)


def counts_own(folded: str, node: Node) -> bool:
    """Tell whether a heading says how many entries stand below it: （一）省级实事（5件）."""
    heading = folded[node.body : node.end].partition("\n")[0].strip(" \t#*:。")
    told = _COUNTS.fullmatch(heading)
    return told is not None and whole_number(told["n"]) == len(node.children)


def _families(nodes: list[Node], above: int) -> Iterator[tuple[list[Node], int]]:
    """Yield the entries below each parent, and where the text above the first of them begins."""
    if len(nodes) > 1 and len({node.mark.style for node in nodes}) == 1:
        yield nodes, above
    for node in nodes:
        if node.children:
            yield from _families(node.children, node.body)


def _headings(folded: str, nodes: list[Node], lines: dict[int, int]) -> list[int]:
    """Return where those of `lines` begin that head a list each, or parts of one."""
    starts = [at for at, node in enumerate(nodes) if node.mark.value == 1]
    runs_on = [node.mark.value for node in nodes] == list(range(1, len(nodes) + 1))
    heads = list(lines) if runs_on else starts
    if not heads or heads[0] or any(at not in lines for at in starts):
        return []
    if runs_on and len(heads) > _MOST * len(nodes):
        return []
    names = [folded[lines[at] : folded.find("\n", lines[at])].strip(" \t#*") for at in heads]
    told = all(
        cue_pattern("heading-tasks").search(name) or COUNTED.search(name) or _COUNTS.search(name)
        for name in names
    )
    enough = len(names) >= (_FEWEST_TOLD if told else _FEWEST)
    return [lines[at] for at in heads] if enough and len(set(names)) == len(names) else []


def _line_above(folded: str, above: int, begin: int) -> int | None:
    """Return where the line right above an entry begins if it can be a heading, else None."""
    stop = begin
    while stop > above and folded[stop - 1].isspace():
        stop -= 1
    at = folded.rfind("\n", above, stop) + 1
    if stop - at > _LONGEST:
        return None
    line = folded[at:stop]
    if (at <= above and above) or not _LINE.fullmatch(line):
        return None
    words = line.strip(" \t#*【】").partition("(")[0]
    if line_label(words) or bears_duty(words) or is_line_of_bodies(words):
        return None
    *others, last = folded[above:at].rstrip().split("\n")
    ended = not last or last.endswith(_ENDED) or line_label(last) is not None
    return at if ended or not (above and others) else None  # else the entry above goes on
