"""Where the last entry of a list ends: what no other entry has closes the document."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mskg.layout.entries import has_quantity
from mskg.layout.fields import ends_with_bodies
from mskg.lexicon.cues import any_of, duty_label, line_label
from mskg.text import BULLETS

if TYPE_CHECKING:
    from mskg.layout.marks import Node

__all__ = ["trim_last"]

_FEWEST = 3
_MOST = 0.8  # share of entries that end with their units
_PRINTED = 60  # characters of a printed line; longer ones are paragraphs
_CLOSING = re.compile(r"\s*附件?\s*\d?\s*[::]|\s*附表|\s*(?:注|附注):")
_SIGNS = " \t\n#*" + BULLETS  # before the mark of the next entry
_GAP = re.compile(r"(?<=\S)[ \t]*\n(?:[ \t]*\n)+(?=[ \t]*\S)")  # a blank line inside an entry
_DATED = re.compile(r"\(?20\d\d年\d{1,2}月\d{1,2}日(?:\(农历[^()]{2,12}\))?\)?")


# (县城管局)。以上括号内排在首位的为牵头单位: speaks of all entries, on the line of the last one.
_OF_ALL = re.compile(
    r"(?<=[。;)])[ \t]*(?:以上|上述)"
    r"(?:括号|所列|各项(?:实事|任务)|[\d一二三四五六七八九十]{1,3}[项件])"
)


def trim_last(folded: str, nodes: tuple[Node, ...]) -> None:
    """Cut from the last entry the paragraphs that no other entry has: they close the document."""
    if nodes and (behind := _OF_ALL.search(folded, nodes[-1].body, nodes[-1].end)):
        nodes[-1].end = behind.start()
        nodes[-1].children = [part for part in nodes[-1].children if part.begin < behind.start()]
    if ends := _behind_duties(folded, nodes):
        nodes[-1].end = ends[-1]
        nodes[-1].children = [part for part in nodes[-1].children if part.begin < ends[-1]]
    if nodes and (parts := nodes[-1].children):
        trim_last(folded, tuple(part for node in nodes for part in node.children))
        nodes[-1].end = parts[-1].end
        return
    if len(nodes) < _FEWEST or len(ends) == 1:
        return
    line = re.compile(r"[^\n]*\S[^\n]*")
    most = max(len(line.findall(folded, n.body, n.end)) for n in nodes[:-1])
    lines = list(line.finditer(folded, nodes[-1].body, nodes[-1].end))
    if not any(_GAP.search(folded[n.body : n.end].rstrip()) for n in nodes[:-1]):
        gap = _GAP.search(folded[: nodes[-1].end].rstrip(), nodes[-1].body)
        lines = [m for m in lines if gap is None or m.start() < gap.end()]
    closing = next((n for n, m in enumerate(lines) if _closes(lines[n : n + 2])), len(lines))
    most = min(most, closing) if closing else most
    if len(lines) > most and most == 1 != closing and not re.search(r"[。;]", lines[0].group()):
        most = 2  # a name on a line of its own needs its text
    width = max(len(line) for n in nodes for line in folded[n.body : n.end].split("\n"))
    stop = closing or len(lines)
    brackets = sum(_opened(line.group()) for line in lines[:most])
    while most < stop and _goes_on(lines[most - 1], lines[most].group(), width, brackets):
        brackets += _opened(lines[most].group())
        most += 1
    for last in lines[:most][-1:]:
        nodes[-1].end = last.end()


def _behind_duties(folded: str, nodes: tuple[Node, ...]) -> list[int]:
    """Return where units of the last entry end if the others end with theirs, else nothing.

    What stands behind is a chapter of its own (抓落实：一是…，二是…) or speaks of the whole plan.
    """
    others = nodes[:-1]
    line = re.compile(r"[^\n]*\S")
    if len(others) < _FEWEST:
        return []
    last = [_last_words(folded[n.body : n.end].rstrip(_SIGNS)) for n in others]
    if sum(map(_ends_with_duty, last)) < _MOST * len(last):
        return []
    begin = nodes[-1].body
    return [
        match.end()
        for match in line.finditer(folded, begin, nodes[-1].end)
        if _ends_with_duty(_last_words(folded[begin : match.end()]))
    ]


def _last_words(text: str) -> str:
    """Return the last line of `text`, with those above in which its bracket was opened."""
    begin = text.rfind("\n") + 1
    while begin > 0 and _opened(text[begin:]) < 0:
        begin = text.rfind("\n", 0, begin - 1) + 1
    return text[begin:].replace("\n", "")


def _ends_with_duty(line: str) -> bool:
    """Tell whether a line is a label with units or persons, or ends with them in brackets."""
    known = line_label(line)
    labelled = known is not None and known.kind in {"department", "leader"}
    return labelled or _duty().search(line) is not None or ends_with_bodies(line)


@cache
def _duty() -> re.Pattern[str]:
    inside = rf"(?:{duty_label()}|{any_of('role-verb')})"
    return re.compile(
        rf"\([^()]*{inside}[^()]*(?:\([^()]*\)[^()]*)*\)[。;]?\s*$|{duty_label()}\s*:"
    )


def _closes(lines: list[re.Match[str]]) -> bool:
    """Tell whether the first of `lines` is an attachment's, or signs above a date."""
    first, below = lines[0].group().strip(), lines[-1].group().strip()
    signed = _DATED.fullmatch(below) is not None and not re.search(r"[。;,:]", first)
    return _CLOSING.match(first) is not None or signed


def _opened(text: str) -> int:
    """Return how many more brackets `text` opens than it closes."""
    return text.count("(") - text.count(")")


def _goes_on(above: re.Match[str], line: str, width: int, brackets: int) -> bool:
    """Tell whether `line` still belongs to the entry: a label, or the rest of a broken line.

    ``brackets`` is the number of those that are still open.
    """
    if line_label(line):
        return True
    last = above.group().rstrip()
    if not re.search(r"[。;]", last + line) and has_quantity(last) and has_quantity(line):
        return True  # one promise a line
    if brackets > 0 or last.endswith((",", "、")):
        return True
    broken = width <= _PRINTED and len(above.group()) >= width - 3
    return broken and not last.endswith(("。", ";", ")", "!"))
