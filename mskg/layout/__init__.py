"""Layouts: which stretches of a document are tasks, items and fields.

Every family is recognised by its own evidence; the family with the strongest evidence
reads the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.layout.furniture import body_end
from mskg.layout.gate import refusal
from mskg.layout.lists import read_lists
from mskg.layout.tables import read_tables
from mskg.model.outline import Outline, Stretch
from mskg.text import FoldedText

if TYPE_CHECKING:
    from mskg.model import Document

__all__ = ["outline_document"]


def outline_document(document: Document, folded: FoldedText | None = None) -> Outline:
    """Return the outline of `document`; it has no tasks where the document holds no list."""
    text = (folded or FoldedText(document.text)).folded
    end = body_end(text)
    table = read_tables(text, end, document.blocks)
    listed = read_lists(text, 0, table.begin if table else end)
    begin = min((place.begin for place in (table, listed) if place), default=0)
    refused = refusal(text, begin) if table or listed else None
    if refused:
        return Outline("none", Stretch(0, end), (), (Stretch(0, end),), (refused,), end)
    if table and (listed is None or listed.score <= table.score):
        prose = _around(table.begin, table.end, end)
        return Outline(table.layout, Stretch(0, table.begin), table.tasks, prose, table.issues, end)
    if listed is None:
        return Outline("none", Stretch(0, end), prose=(Stretch(0, end),), end=end)
    prose = _around(listed.begin, listed.end, end)
    return Outline("list", Stretch(0, listed.begin), listed.tasks, prose, end=end)


def _around(begin: int, stop: int, end: int) -> tuple[Stretch, ...]:
    return tuple(
        place for place in (Stretch(0, begin), Stretch(stop, end)) if place.begin < place.end
    )
