"""Grids: rows and columns recovered from real tables and from text.

Tables reach us as cells of a real table (docx, html, xlsx, pdf), or as text in four ways:
one cell a line opened by a tab, one row a line with tabs or pipes, one cell a line with
nothing else. Every way yields rows of cells; the header tells what the columns hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mskg.layout.cells import (
    Cells,
    aligned_rows,
    block_tables,
    closed_rows,
    line_cells,
    line_rows,
    tabbed_rows,
    text_of,
)
from mskg.layout.columns import column_label, header, lower_header, told_by_cells
from mskg.layout.forms import line_form, opened_form, paired_form
from mskg.layout.headless import headless_table
from mskg.layout.placing import (
    form_of,
    is_measure,
    kind_of,
    row_number,
    shifted_columns,
)
from mskg.layout.plain import plain_rows
from mskg.layout.runon import runon_table
from mskg.lexicon.cues import cues
from mskg.model import Issue
from mskg.model.outline import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mskg.lexicon.cues import Label
    from mskg.model import Block

__all__ = ["Grid", "find_form", "find_grids"]

_CAPTION = re.compile(r"单位\s*:\s*([百千]?[万亿]?元)")  # above the table, for all its sums
_SUM_UNIT = re.compile(r"\((?:单位:)?([百千]?[万亿]?元)\)")
_NEAR = 80
_YEAR = re.compile(r"(20\d\d)年")
_ORDER = re.compile(r"^[ \t|]*序\s*号[ \t|]*(?:$|[ \t|])", re.MULTILINE)  # opens a header
_LOOSE = {"rows", "closed", "tabbed"}  # cells may have moved or be too many


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells below the labels of a header; None is a cell that is not there."""

    kind: str
    columns: tuple[Label, ...]
    rows: tuple[Cells, ...]
    begin: int
    end: int
    issues: tuple[Issue, ...] = ()


def find_grids(folded: str, end: int, blocks: Sequence[Block] = ()) -> list[Grid]:
    """Return the grids in ``folded[:end]``, tables of the same columns one after the other."""
    tables = block_tables(blocks, end)
    past = _of_years_before(folded, tables)
    asked = [table for table in tables if not any(table is other for other in past)]
    if real := _grids(folded, "cells", _belonging(folded, asked)):
        told = tuple(_set_aside(folded, table) for table in past)
        return [replace(real[0], issues=(*real[0].issues, *told)), *real[1:]]
    lines = line_rows(folded, end)
    if grids := _textual(folded, end, lines):
        return grids
    cells = [row for table in block_tables(blocks, end) for row in table]
    headless = _labelled(folded, "headless", headless_table(folded, cells or lines))
    if headless:
        (grid,) = headless
        return [replace(grid, issues=(_no_header(folded, grid.rows[0]),))]
    return _labelled(folded, "run-on", runon_table(folded, end))


def _textual(folded: str, end: int, lines: list[Cells]) -> list[Grid]:
    """Return the grids of tables printed as text, each way of printing tried by turns.

    A second attachment may print its table in another way than the first.
    """
    ways: tuple[Callable[[], tuple[str, list[Cells]]], ...] = (
        lambda: ("tabbed", tabbed_rows(folded, end)),
        lambda: ("rows", lines),
        lambda: plain_rows(folded, end, column_label),
        lambda: ("closed", closed_rows(folded, end)),
        lambda: ("rows", aligned_rows(folded, end)),
    )
    for way in ways:
        if grids := _grids(folded, *way()):
            begin, last = grids[0].begin, grids[-1]
            # Behind the header at least, or an empty table would be found for ever.
            line = folded.find("\n", last.begin, end)
            stop = max(last.end, line if line >= 0 else end)
            if _ORDER.search(folded, 0, begin):
                grids = _textual(folded, begin, line_rows(folded, begin)) + grids
            if _ORDER.search(folded, stop, end):
                rest = "\n" * stop + folded[stop:]
                grids += _textual(rest, end, line_rows(rest, end))
            return grids
    return []


def _belonging(folded: str, tables: list[list[Cells]]) -> list[Cells]:
    """Return the rows of tables with a header, and of those that go on below in equal width.

    A list of contacts behind the tasks has neither, and no row of it is a task.
    """
    rows: list[Cells] = []
    width = 0
    for table in tables:
        if any(header(folded, cells) for cells in table):
            width = len(table[0])
        elif len(table[0]) != width:
            continue
        rows += table
    return rows


def _of_years_before(folded: str, tables: list[list[Cells]]) -> list[list[Cells]]:
    """Return the tables that tell how a year before went: 2023年完成情况 beside 2024年项目."""
    years = [_year_of_title(folded, table) for table in tables]
    return [
        table
        for table, year in zip(tables, years, strict=True)
        if year and year < max(years) and _title(folded, table).endswith(cues("title-result"))
    ]


def _year_of_title(folded: str, table: list[Cells]) -> int:
    """Return the year that the row above the header prints, 0 where there is none."""
    years = _YEAR.findall(_title(folded, table))
    return int(years[0]) if years else 0


def _title(folded: str, table: list[Cells]) -> str:
    filled = [cell for cell in table[0] if cell]
    return text_of(folded, filled[0]) if len(filled) == 1 else ""


def _set_aside(folded: str, table: list[Cells]) -> Issue:
    title = _title(folded, table)
    return Issue(
        "info",
        "past-results",
        f"表格“{title}”说的是往年的结果，没有读成任务",
        f"the table {title!r} tells the results of a year before; no row of it is a task",
    )


def find_form(folded: str, end: int, blocks: Sequence[Block] = ()) -> list[Grid]:
    """Return the records of a form in ``folded[:end]`` as a grid."""
    cells = [row for table in block_tables(blocks, end) for row in table]
    return (
        _labelled(folded, "form", paired_form(folded, cells or line_cells(folded, end)))
        or _labelled(folded, "form", line_form(folded, end))
        or _labelled(folded, "form", opened_form(folded, end))
    )  # fmt: skip


def _labelled(folded: str, kind: str, found: tuple[list[Label], list[Cells]]) -> list[Grid]:
    columns, rows = found
    return [_grid(folded, kind, tuple(columns), rows, _first(rows), [])] if rows else []


def _first(rows: list[Cells]) -> int:
    return next(cell.begin for row in rows for cell in row if cell)


def _grids(folded: str, kind: str, rows: list[Cells]) -> list[Grid]:
    grids: list[Grid] = []
    columns: tuple[Label, ...] = ()
    head: Cells = []
    body: list[Cells] = []
    begin = 0
    issues: list[Issue] = []
    for cells in rows:
        headed = header(folded, cells)
        # A heading that is merged over both rows of a header stands in both.
        own = [None if cell in head else cell for cell in cells] if not body else []
        lower = lower_header(folded, own, columns) if columns and own else ()
        if lower:
            columns = lower
        elif headed:
            if columns and [c.kind for c in headed] != [c.kind for c in columns]:
                grids.append(_grid(folded, kind, columns, body, begin, issues))
                body, issues = [], []
            begin = begin if columns and body else next(c.begin for c in cells if c)
            columns, head = headed, cells
        elif columns:
            above = body[-1] if body else []
            moved = _moved(folded, cells, columns, above) if kind in _LOOSE else None
            if moved and any(cells[len(columns) :]):
                issues.append(_long_row(folded, cells, len(columns)))
            body.extend([moved] if moved else _fit(folded, cells, columns, issues))
    if columns and body:
        grids.append(_grid(folded, kind, columns, body, begin, issues))
    return grids


def _grid(
    folded: str,
    kind: str,
    columns: tuple[Label, ...],
    body: list[Cells],
    begin: int,
    issues: list[Issue],
) -> Grid:
    end = max((cell.end for row in body for cell in row if cell), default=begin)
    columns = told_by_cells(folded, columns, body)
    caption = _CAPTION.findall(folded, max(0, begin - _NEAR), begin)
    # 投资（万元） over 总投资 and 其中：上级补助
    units = caption[:1] or list(
        set(_SUM_UNIT.findall(folded, begin, _first(body) if body else end))
    )
    if len(units) == 1:
        columns = tuple(
            replace(c, unit=units[0]) if c.kind == "funding" and not c.unit else c for c in columns
        )
    return Grid(kind, columns, tuple(body), begin, end, tuple(issues))


def _moved(folded: str, cells: Cells, columns: tuple[Label, ...], above: Cells) -> Cells | None:
    """Return a row whose cells moved to the left put right, None where it stands right.

    Where rows have no numbers, the merged cells it lost name its units and leaders too.
    """
    filled = [cell for cell in cells if cell and cell.begin < cell.end]
    numbered = any(column.kind == "number" for column in columns)
    fewest = 2 if numbered else 1  # a lone cell between numbered rows is a heading
    if not fewest <= len(filled) != len(columns) or cells[: len(filled)] != filled:
        return None
    texts = [form_of(folded[cell.begin : cell.end]) for cell in filled]
    again = len(texts) > len(columns) and numbered and row_number(texts[len(columns)]) is not None
    if again or len(texts) >= 2 * len(columns):
        return None  # several rows on one line
    kinds = [kind_of(c, measured=any(map(is_measure, texts))) for c in columns]
    places = shifted_columns(texts, kinds)
    if places is None:
        return None
    row: Cells = [None] * len(columns)
    for place, cell in zip(places, filled, strict=True):
        before = row[place]
        row[place] = Stretch(before.begin, cell.end) if before else cell
    if not numbered:
        for place in range(min(places[0], len(above))):
            if columns[place].kind in {"department", "leader"}:
                row[place] = above[place]
    return row


def _fit(folded: str, cells: Cells, columns: tuple[Label, ...], issues: list[Issue]) -> list[Cells]:
    """Cut a run of cells into rows of the header's width; report what does not fit."""
    width = len(columns)
    if len(cells) <= 1:
        return [list(cells) + [None] * (width - len(cells))]
    rows: list[Cells] = []
    for start in range(0, len(cells), width):
        row: Cells = list(cells[start : start + width])
        if all(column.kind == "note" for column in columns[len(row) :]):
            row += [None] * (width - len(row))  # an empty remark at the end is often lost
        if len(row) < width:
            missing = width - len(row)
            issues.append(_short_row(folded, row, missing))
            row += [None] * missing
        rows.append(row)
    return rows


def _no_header(folded: str, first: Cells) -> Issue:
    quote = _quote(folded, first[1:])
    return Issue(
        "warning",
        "table-header",
        f"表格没有可以认出的表头（第一行“{quote}”），各栏按单元格的内容判断",
        f"no header of the table is known (first row “{quote}”); columns were told by their cells",
    )


def _long_row(folded: str, row: Cells, width: int) -> Issue:
    more, quote = sum(bool(cell) for cell in row[width:]), _quote(folded, row)
    return Issue(
        "warning",
        "table-row",
        f"表格一行多出 {more} 个单元格（“{quote}”），按内容对应栏目",
        f"a table row has {more} cells too many (“{quote}”); cells were matched by what they hold",
    )


def _short_row(folded: str, row: Cells, missing: int) -> Issue:
    quote = _quote(folded, row)
    return Issue(
        "warning",
        "table-row",
        f"表格一行缺少 {missing} 个单元格（“{quote}”），按从左到右对应栏目",
        f"a table row lacks {missing} cells (“{quote}”); cells were matched from the left",
    )


def _quote(folded: str, row: Cells) -> str:
    """Return how a row begins, for an issue about it."""
    first = next((cell for cell in row if cell), Stretch(0, 0))
    return folded[first.begin : first.end].strip()[:20]
