"""What stands on a page: tables with rules, tables without, and the lines outside both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.readers.page_chars import is_inside, table_of
from mskg.readers.page_columns import columned_lines
from mskg.readers.page_open import open_tables, parted_cells
from mskg.readers.page_rows import Level
from mskg.readers.page_rules import outer_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.readers.page_chars import Box, Letter
    from mskg.readers.page_lines import Line
    from mskg.readers.page_rules import Edge
    from mskg.readers.page_tables import PageTable

__all__ = ["tables_and_lines"]

_CROSSING = 0.4  # of the widest rule: a rule between two rows, some of whose cells are merged


def tables_and_lines(
    letters: Sequence[Letter], rules: Sequence[Edge], closed: Sequence[list[Box]], number: int,
    shades: Sequence[Box] = (), before: Sequence[float] = (),
) -> tuple[list[Line], list[PageTable]]:  # fmt: skip
    """Return the lines outside tables and the tables of a page, from top to bottom.

    Parameters
    ----------
    rules, closed:
        The rules of the page, and the cells that they close, table by table.
    number:
        Of the page.
    shades:
        The shaded boxes of the page.
    before:
        Column edges of the table without rules that the page before ended with.
    """
    grids = [(cells, outer_box(cells)) for cells in closed if len(cells) > 1]
    grids = [(cells, box) for cells, box in grids if any(is_inside(c, box) for c in letters)]
    framed = [
        box for cells, box in grids if len({c[0] for c in cells}) > 1 < len({c[1] for c in cells})
    ]
    outside = [c for c in letters if not any(is_inside(c, box) for box in framed)]
    levels = _levels(rules, shades)
    tables = []
    for found in open_tables(outside, levels, before):
        box = outer_box(found.cells)
        table = table_of(found.cells, box, outside, number)
        table.columns = found.columns
        tables.append(table)
        # Rules across alone make a grid of one column, upright ones alone one of one row.
        grids = [(cells, other) for cells, other in grids if not _overlap(box, other)]
        outside = [c for c in outside if not is_inside(c, box)]
    outside = [c for c in outside if not any(is_inside(c, box) for _, box in grids)]
    tables += [table_of(parted_cells(cells, letters), box, letters, number) for cells, box in grids]
    return columned_lines(outside, number), sorted(tables, key=lambda t: t.top)


def _overlap(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def _levels(rules: Sequence[Edge], shades: Sequence[Box]) -> list[Level]:
    """Return the heights at which rules cross the page, with the stretches they cover."""
    found: dict[int, list[tuple[float, float, float]]] = {}
    for y, left, right in [(e["top"], e["x0"], e["x1"]) for e in rules if e["orientation"] == "h"]:
        _add(found, y, left, right)
    ruled = set(found)
    for left, top, right, bottom in shades:
        _add(found, top, left, right)
        _add(found, bottom, left, right)
    widths = {key: sum(b - a for _, a, b in parts) for key, parts in found.items()}
    widest = max(widths.values(), default=0.0)
    return sorted(
        (
            Level(parts[0][0], tuple((a, b) for _, a, b in parts), closed=key in ruled)
            for key, parts in found.items()
            if widths[key] >= _CROSSING * widest
        ),
        key=lambda level: level.y,
    )


def _add(
    found: dict[int, list[tuple[float, float, float]]], y: float, left: float, right: float
) -> None:
    key = next((k for k in found if abs(k - 2 * y) <= 3), round(2 * y))
    parts = found.setdefault(key, [])
    if not any(a <= left + 1 and right - 1 <= b for _, a, b in parts):  # each side once
        parts.append((y, left, right))
