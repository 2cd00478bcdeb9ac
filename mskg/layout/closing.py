"""Where the last entry of a list ends: what no other entry has closes the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.layout.entries import has_quantity
from mskg.lexicon.cues import duty_label, line_label

if TYPE_CHECKING:
    from mskg.layout.marks import Node

__all__ = ["trim_last"]

_FEWEST = 3
_PRINTED = 60  # characters of a printed line; longer ones are paragraphs
_CLOSING = re.compile(r"\s*附件?\s*\d?\s*[::]|\s*附表")
_GAP = re.compile(r"(?<=\S)[ \t]*\n(?:[ \t]*\n)+(?=[ \t]*\S)")  # a blank line inside an entry
_DATED = re.compile(r"\(?20\d\d年\d{1,2}月\d{1,2}日(?:\(农历[^()]{2,12}\))?\)?")


def trim_last(folded: str, nodes: tuple[Node, ...]) -> None:
    """Cut from the last entry the paragraphs that no other entry has: they close the document."""
    if _parts_close(folded, nodes):
        nodes[-1].end, nodes[-1].children = nodes[-1].children[0].begin, []
    if nodes and (parts := nodes[-1].children):
        trim_last(folded, tuple(part for node in nodes for part in node.children))
        nodes[-1].end = parts[-1].end
        return
    if len(nodes) < _FEWEST:
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


def _parts_close(folded: str, nodes: tuple[Node, ...]) -> bool:
    """Tell whether the parts of the last entry are of a chapter behind it: 抓落实：一是…，二是….

    No other entry has parts, each ends with the line of its units, and so would the last one.
    """
    others = nodes[:-1]
    if len(others) < _FEWEST or not nodes[-1].children or any(n.children for n in others):
        return False
    duty = re.compile(rf"{duty_label()}\s*:")
    if not all(duty.search(folded[n.body : n.end].rstrip().rpartition("\n")[2]) for n in others):
        return False
    return duty.search(folded, nodes[-1].body, nodes[-1].children[0].begin) is not None


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
