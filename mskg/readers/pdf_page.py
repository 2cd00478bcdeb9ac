"""One page of a PDF: its lines and its ruled tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.readers.page_content import tables_and_lines
from mskg.readers.page_rules import with_shaded_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page

    from mskg.readers.page_chars import Box, Letter
    from mskg.readers.page_lines import Line
    from mskg.readers.page_rules import Edge
    from mskg.readers.page_tables import PageTable
    from mskg.readers.page_turn import PrintedPage

__all__ = ["is_scan", "page_content", "struck", "watermark"]

_SLANT = 0.05  # tangent of the angle from which a letter counts as aslant
_LARGE = 1.8  # times the size of the text
_PALE = 0.6  # lightness of a letter that is not meant to be read first
_INKS = 4  # numbers of a colour in CMYK, where 1 is full ink
_MIDDLE = (0.3, 0.75)  # of the height of a letter: where a rule strikes it out
_FEW = 5  # letters on a page that is a picture all the same (a stamp, a page number)
_UNREADABLE = 0.3  # share of letters without a code: a font that does not say what it shows


def is_scan(page: Page) -> bool:
    """Tell whether a page is a picture, or its letters can't be told from its font."""
    letters = [c["text"] for c in page.chars if c["text"].strip()]
    unknown = sum(t.startswith("(cid:") or "\ue000" <= t[0] <= "\uf8ff" for t in letters)
    if letters and unknown > _UNREADABLE * len(letters):
        return True
    return len(letters) <= _FEW and bool(page.images)


def watermark(page: PrintedPage) -> list[Letter]:
    """Return the letters of a watermark: aslant, or pale and much larger than the text."""
    sizes = sorted(c["size"] for c in page.chars)
    large = _LARGE * sizes[len(sizes) // 2] if sizes else 0.0
    return [c for c in page.chars if _is_aslant(c) or (c["size"] > large and _is_pale(c))]


def _is_aslant(char: Letter) -> bool:
    matrix = char.get("matrix") or (1, 0, 0, 1)
    along, across = abs(float(matrix[0])), abs(float(matrix[1]))
    return min(along, across) > _SLANT * max(along, across)


def _is_pale(char: Letter) -> bool:
    colour = char.get("non_stroking_color")
    parts = colour if isinstance(colour, (list, tuple)) else [colour]
    numbers = [float(part) for part in parts if isinstance(part, (int, float))]
    if len(numbers) == _INKS:
        return max(numbers) < 1 - _PALE
    return bool(numbers) and min(numbers) > _PALE


def struck(page: PrintedPage, rules: Sequence[Edge]) -> list[Letter]:
    """Return the letters through whose middle a rule goes: what an editor struck out."""
    strokes = [r for r in rules if r["orientation"] == "h" and r["x1"] - r["x0"] < page.width / 2]
    found = []
    for char in page.chars if strokes else ():
        height = char["bottom"] - char["top"]
        low, high = (char["top"] + share * height for share in _MIDDLE)
        middle = (char["x0"] + char["x1"]) / 2
        if any(low < r["top"] < high and r["x0"] <= middle <= r["x1"] for r in strokes):
            found.append(char)
    return found


def page_content(
    page: PrintedPage, number: int, unread: Sequence[Letter], drawn: tuple[list[Edge], list[Box]],
    before: Sequence[float] = (),
) -> tuple[list[Line], list[PageTable]]:  # fmt: skip
    """Return the lines outside tables and the tables of a page, from top to bottom.

    Parameters
    ----------
    unread:
        Letters that are no text: of its watermark, or struck out.
    drawn:
        Its rules and its shaded boxes.
    before:
        Column edges of the table without rules that the page before ended with.
    """
    left_out = set(map(id, unread))
    chars = [c for c in page.chars if not c["text"].startswith("(cid:") and id(c) not in left_out]
    rules, shades = drawn
    closed = with_shaded_rows(rules, shades)
    return tables_and_lines(_once(chars), rules, closed, number, shades, before)


def _once(chars: Sequence[Letter]) -> list[Letter]:
    """Return `chars` without copies at the same place, which stand for bold print."""
    kept: dict[tuple[str, int, int], Letter] = {}
    for char in chars:
        kept.setdefault((char["text"], round(char["x0"]), round(char["top"])), char)
    return list(kept.values())
