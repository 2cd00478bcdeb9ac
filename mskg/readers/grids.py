"""Placing the cells of a table in its grid, where merged cells push others aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.errors import ReadError

if TYPE_CHECKING:
    from mskg.readers.composing import Cell

__all__ = ["Grid"]

_WIDEST = 1000  # columns, the bound of the HTML standard
_LARGEST = 2_000_000  # places, covered ones too; the largest plan has some thousands


class Grid:
    """Gives cells that come row by row their grid columns (the table model of HTML)."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._row = 0
        self._column = 1
        self._until: dict[int, int] = {}  # column → last row that a cell from above covers

    def next_row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 1

    def add(self, cell: Cell) -> None:
        """Place `cell` in the first free column; its spans count from there."""
        while self._until.get(self._column, 0) >= self._row:
            self._column += 1
        cell.row, cell.column = self._row, self._column
        cell.column_span = max(1, min(cell.column_span, _WIDEST))
        if self._column > _WIDEST:
            raise ReadError(
                f"a table of more than {_WIDEST} columns",
                hint="no plan has such a table: check the file",
                zh=f"有一张表超过 {_WIDEST} 列，不像是文档（请检查文件）",
            )
        for column in range(self._column, self._column + cell.column_span):
            last = self._row + cell.row_span - 1
            self._until[column] = max(last, self._until.get(column, 0))
        self._column += cell.column_span
        self._cells.append(cell)

    def finish(self) -> list[Cell]:
        """Return the cells, their spans cut at the last row."""
        places = 0
        for cell in self._cells:
            cell.row_span = max(1, min(cell.row_span, self._row - cell.row + 1))
            places += cell.row_span * cell.column_span
        if places > _LARGEST:
            raise ReadError(
                f"a table of more than {_LARGEST:,} cells",
                hint="no plan has such a table: check the file",
                zh=f"有一张表超过 {_LARGEST // 10_000} 万格，不像是文档（请检查文件）",
            )
        return self._cells
