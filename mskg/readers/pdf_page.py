"""One page of a PDF: its lines and its ruled tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.readers.page_chars import Letter, is_inside, lines_of, open_ends, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page

    from mskg.readers.page_lines import Line
    from mskg.readers.page_tables import PageTable

__all__ = ["is_scan", "page_content"]

_FEW = 5  # letters on a page that is a picture all the same (a stamp, a page number)
_UNREADABLE = 0.3  # share of letters without a code: a font that does not say what it shows


def is_scan(page: Page) -> bool:
    """Tell whether a page is a picture, or its letters can't be told from its font."""
    letters = [c["text"] for c in page.chars if c["text"].strip()]
    unknown = sum(t.startswith("(cid:") or "\ue000" <= t[0] <= "\uf8ff" for t in letters)
    if letters and unknown > _UNREADABLE * len(letters):
        return True
    return len(letters) <= _FEW and bool(page.images)


def page_content(page: Page, number: int) -> tuple[list[Line], list[PageTable]]:
    """Return the lines outside tables and the tables of a page, from top to bottom."""
    chars = [c for c in page.chars if c.get("upright", True) and not c["text"].startswith("(cid:")]
    chars = _once(chars)
    rules = {"explicit_horizontal_lines": [y for y, _, _ in open_ends(page.edges)]}
    found = [t for t in page.find_tables(rules) if len(t.rows) > 1 or len(t.rows[0].cells) > 1]
    found = [t for t in found if any(is_inside(c, t.bbox) for c in chars)]
    tables = [
        table_of([c for row in t.rows for c in row.cells if c], t.bbox, chars, number)
        for t in found
    ]
    outside = [c for c in chars if not any(is_inside(c, table.bbox) for table in found)]
    return lines_of(outside, number), sorted(tables, key=lambda t: t.top)


def _once(chars: Sequence[Letter]) -> list[Letter]:
    """Return `chars` without copies at the same place, which stand for bold print."""
    kept: dict[tuple[str, int, int], Letter] = {}
    for char in chars:
        kept.setdefault((char["text"], round(char["x0"]), round(char["top"])), char)
    return list(kept.values())
