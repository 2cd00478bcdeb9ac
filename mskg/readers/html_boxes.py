"""Tables that a page builds of boxes (div, ul, dl …) instead of table cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.lexicon.cues import column_of
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

__all__ = ["rows_of_boxes"]

_FEWEST = 3  # headings of a table
_LONGEST = 15  # characters of a heading
_HOLDERS = frozenset({"div", "section", "article", "main", "ul", "ol", "dl", "span", "form"})
_SEPARATORS = frozenset({"br", "hr", "script", "style"})


def rows_of_boxes(element: _Element, is_hidden: Callable[[_Element], bool]) -> list[list[_Element]]:
    """Return the cells of `element` row by row where it is a table made of boxes, else nothing.

    Its first row holds known headings, and the others as many boxes as the first; or all
    cells lie side by side in one box, which a style breaks into rows.
    """
    if element.tag not in _HOLDERS or len(element) < 2 or _own_text(element):
        return []
    children = _boxes(element, is_hidden)
    headings = 0
    while headings < len(children) and _is_heading(children[headings]):
        headings += 1
    if headings >= _FEWEST and len(children) > headings and len(children) % headings == 0:
        return [children[n : n + headings] for n in range(0, len(children), headings)]
    if len(children) < 2:
        return []
    rows = [_boxes(child, is_hidden) for child in children]
    width = len(rows[0])
    if width < _FEWEST or sum(map(_is_heading, rows[0])) < max(_FEWEST, width / 2):
        return _inside(children, is_hidden)
    if any(_own_text(child) for child in children) or any(len(row) != width for row in rows):
        return []
    return rows


def _inside(
    children: list[_Element], is_hidden: Callable[[_Element], bool]
) -> list[list[_Element]]:
    """Return the rows of a head and a body that lie in boxes of their own."""
    if len(children) != 2:
        return []
    head, body = children
    first, rest = _boxes(head, is_hidden), _boxes(body, is_hidden)
    if len(first) == 1:
        first = _boxes(first[0], is_hidden)
    rows = [first, *(_boxes(row, is_hidden) for row in rest)]
    known = sum(map(_is_heading, first))
    if known < max(_FEWEST, len(first) / 2) or any(len(row) != len(first) for row in rows):
        return []
    return rows


def _boxes(element: _Element, is_hidden: Callable[[_Element], bool]) -> list[_Element]:
    return [
        child
        for child in element
        if isinstance(child.tag, str) and child.tag not in _SEPARATORS and not is_hidden(child)
    ]


def _own_text(element: _Element) -> bool:
    """Tell whether text stands in `element` outside its boxes."""
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)


def _is_heading(element: _Element) -> bool:
    text = ""
    for part in element.itertext():
        text += unspaced(str(part))
        if len(text) > _LONGEST:
            return False
    return bool(text) and not re.search(r"[，。；]", text) and column_of(text) is not None
