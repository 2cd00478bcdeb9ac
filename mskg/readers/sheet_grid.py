"""The table of a sheet: values at their places, merged ranges, nothing where nothing is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mskg.readers.composing import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["sheet_table"]

_WIDEST = 400  # columns up to which the empty cells of a row are cells of the table


def sheet_table(
    values: Mapping[tuple[int, int], str], merged: Sequence[tuple[int, int, int, int]] = ()
) -> Table:
    """Return the table of a sheet.

    Parameters
    ----------
    values:
        Text by row and column, from 1.
    merged:
        Merged ranges: top, left, bottom, right. They are cut at the last row that holds
        something, since a range can reach down to the end of the sheet.
    """
    last_row = max((row for row, _ in values), default=0)
    last_column = max((column for _, column in values), default=0)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
    places = 0
    for top, left, bottom, right in merged:
        bottom, right = min(bottom, last_row), min(right, last_column)  # noqa: PLW2901
        if bottom < top or right < left or (top, left) in spans:
            continue
        places += bottom - top + 1
        if places > 1_000_000:
            break
        spans[top, left] = (bottom - top + 1, right - left + 1)
        for row in range(top, bottom + 1):
            covered[row].append((left, right))
    by_row: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), text in values.items():
        by_row[row][column] = text
    cells: list[Cell] = []
    for row in sorted(by_row):
        filled = by_row[row]
        columns = range(1, last_column + 1) if last_column <= _WIDEST else sorted(filled)
        for column in columns:
            if (row, column) not in spans and any(a <= column <= b for a, b in covered[row]):
                continue
            down, across = spans.get((row, column), (1, 1))
            text = filled.get(column, "")
            cells.append(Cell(row, column, [text] if text else [], down, across))
    return Table(cells)
