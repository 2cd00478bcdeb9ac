"""Tables over page breaks: repeated headers, rows cut in two, merged cells that go on.

A page shows a piece of a table; nothing printed says how the pieces belong together. Three
rules put them together: leading rows equal to the header are dropped; the first row of a
page is the rest of the row above where the two fill each other's gaps; an empty cell below
a filled one, in the first columns, is the same merged cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mskg.readers.composing import Cell, Table
from mskg.readers.page_lines import Frame, Line, join_text, paragraphs, runs_on
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PageCell", "PageTable", "finished", "joined"]

_SHORT = 12  # characters of a cell such as a name or a body
_CLOSED = ("。", "！", "？")
_NEAR = 4.0  # points by which column edges may differ from page to page


@dataclass(slots=True)
class PageCell:
    """A cell of a table on a page; rows and columns count from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[Line]
    page: int

    @property
    def text(self) -> str:
        """The text without line breaks and spaces, for comparisons."""
        return "".join(unspaced(line.text) for line in self.lines)


@dataclass(slots=True)
class PageTable:
    """A table as one or several pages show it; ``edges`` are the left edges of its columns.

    ``columns`` are all edges of the columns of a table without rules.
    """

    edges: list[float]
    rows: int
    top: float
    bottom: float
    page: int
    cells: list[PageCell] = field(default_factory=list)
    columns: tuple[float, ...] = ()

    @property
    def order(self) -> tuple[float, int, float]:
        """Place of the table in the reading order of its page."""
        return (self.top, 0, self.top)

    def row(self, number: int) -> dict[int, PageCell]:
        """Return the cells that lie in a row, also those that reach into it from above."""
        return {c.column: c for c in self.cells if c.row <= number < c.row + c.row_span}


def joined(upper: PageTable, lower: PageTable) -> bool:
    """Append `lower`, the first table of the next page, to `upper`; False if it is another."""
    if len(upper.edges) != len(lower.edges):
        return False
    shift = lower.edges[0] - upper.edges[0]
    if any(abs(b - a - shift) > _NEAR for a, b in zip(upper.edges, lower.edges, strict=True)):
        return False
    first = _behind_header(upper, lower)
    last = upper.rows - 1
    offset = upper.rows - first
    if first < lower.rows:
        above, below = upper.row(last), lower.row(first)
        if _is_cut(upper, lower, first):
            offset -= 1
            _continue_row(above, below, first)
        else:
            _continue_merges(above, below, first, len(upper.edges))
    for cell in lower.cells:
        if cell.row >= first:  # what was taken up stands before it
            cell.row += offset
            upper.cells.append(cell)
    upper.rows = max(upper.rows, lower.rows + offset)
    upper.bottom = lower.bottom
    upper.page = lower.page
    return True


def _behind_header(upper: PageTable, lower: PageTable) -> int:
    """Return the first row of `lower` that does not repeat the head of `upper`."""
    number = 0
    while number < min(upper.rows, lower.rows):
        head = {c: cell.text for c, cell in upper.row(number).items()}
        here = {c: cell.text for c, cell in lower.row(number).items()}
        if head != here or not any(head.values()):
            break
        number += 1
    return number


def _is_cut(upper: PageTable, lower: PageTable, first: int) -> bool:
    """Tell whether the row `first` of `lower` is the rest of the last row of `upper`.

    Short cells (number, name, body) mostly stand on one side of the cut only, and what
    stands on both sides runs on in mid-sentence; of two rows of their own, the short cells
    stand in both and sentences are closed.
    """
    above, below = upper.row(upper.rows - 1), lower.row(first)
    columns = sorted(above.keys() & below.keys())
    pairs = [(c, above[c], below[c]) for c in columns if above[c].lines or below[c].lines]
    both = [(c, a, b) for c, a, b in pairs if a.lines and b.lines]
    left = [c for c, a, b in pairs if not b.lines]
    right = [c for c, a, b in pairs if not a.lines]
    if not left + right or (both and both[0][0] == 0) or _counts_on(above, below):
        return False
    if not both:
        return bool(left and right)
    frames = _frames([*above.values(), *lower.cells])
    score = sum(c > both[0][0] for c in left + right)
    for _, a, b in both:
        if a.text.endswith(_CLOSED):
            score -= 2 if len(a.text) > _SHORT else 1  # names in narrow columns say little
        elif runs_on(a.lines[-1], b.lines[0], frames[a.column, a.column_span]):
            score += 1
        elif max(len(a.text), len(b.text)) <= _SHORT:
            score -= 1
    return score > 0


def _counts_on(above: dict[int, PageCell], below: dict[int, PageCell]) -> bool:
    """Tell rows with numbers of their own, behind a merged cell that goes on below the cut."""
    for column in (0, 1):
        texts = [row[column].text.strip() if column in row else "" for row in (above, below)]
        if all(map(str.isdecimal, texts)) and int(texts[1]) == int(texts[0]) + 1:
            return True
    return False


def _continue_row(above: dict[int, PageCell], below: dict[int, PageCell], first: int) -> None:
    """Move the lines of the row `below` into the cells of the row `above`."""
    for column, cell in below.items():
        if cell.row != first:
            continue
        upper = above.get(column)
        if upper is None:
            continue
        upper.lines += cell.lines
        upper.row_span += cell.row_span - 1
        cell.row = -1  # taken up


def _continue_merges(
    above: dict[int, PageCell], below: dict[int, PageCell], first: int, width: int
) -> None:
    """Lengthen the merged cells of the first columns that go on below the break."""
    for column in sorted(below):
        cell, upper = below[column], above.get(column)
        if upper is None or cell.row != first or max(upper.column_span, cell.column_span) == width:
            return
        if upper.lines and cell.lines:
            return
        if not upper.lines and not cell.lines and column > 1:
            return
        # Centred text stands on one side of the break only, whichever it is.
        upper.lines += cell.lines
        upper.row_span += cell.row_span
        cell.row = -1


def finished(table: PageTable) -> Table:
    """Return the table with the text of its cells put together from their lines."""
    frames = _frames(table.cells)
    cells = []
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        frame = frames[cell.column, cell.column_span]
        groups = paragraphs(cell.lines, frame) if cell.lines else []
        text = "\n".join(join_text(group) for group in groups)
        content = [text] if text else []
        place = cell.row + 1, cell.column + 1
        cells.append(Cell(*place, content, cell.row_span, cell.column_span, cell.page))  # type: ignore[arg-type]
    return Table(cells)


def _frames(cells: Sequence[PageCell]) -> dict[tuple[int, int], Frame]:
    lines: dict[tuple[int, int], list[Line]] = {}
    for cell in cells:
        lines.setdefault((cell.column, cell.column_span), []).extend(cell.lines)
    return {key: Frame.around(found, centred=True) for key, found in lines.items()}
