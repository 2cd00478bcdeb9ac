"""A document as a person sees it: paragraphs, and tables with their merged cells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.model import Block, Document

__all__ = ["Paragraph", "Table", "flow"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of running text; ``page`` is set where a page begins with it."""

    block: Block
    page: int = 0
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each cell at its first row and column; ``page`` as in `Paragraph`."""

    rows: tuple[tuple[Block, ...], ...]
    page: int = 0

    @property
    def columns(self) -> int:
        """Return how many columns the grid has."""
        cells = (cell for row in self.rows for cell in row)
        return max(cell.locator.column + cell.column_span - 1 for cell in cells)


def flow(document: Document) -> Iterator[Paragraph | Table]:
    """Yield the paragraphs and tables of `document` in order."""
    page = line = 0
    for _, group in groupby(enumerate(document.blocks), key=_run):
        blocks = [block for _, block in group]
        first = blocks[0].locator
        turned = first.page if first.page != page and document.blocks[-1].locator.page > 1 else 0
        page = first.page
        if blocks[0].kind == "cell":
            yield Table(_rows(blocks), turned)
        else:
            yield Paragraph(
                blocks[0], turned, apart=blocks[0].kind == "line" and first.line > line + 1
            )
        line = first.line


def _run(entry: tuple[int, Block]) -> tuple[str, int]:
    """Return what neighbours share that belong together: cells their table, others nothing."""
    number, block = entry
    return ("table", block.locator.table) if block.kind == "cell" else ("", number)


def _rows(cells: Sequence[Block]) -> tuple[tuple[Block, ...], ...]:
    ordered = sorted(cells, key=lambda cell: (cell.locator.row, cell.locator.column))
    return tuple(tuple(row) for _, row in groupby(ordered, key=lambda cell: cell.locator.row))
