"""Grids: rows and columns recovered from real tables and from text.

Tables reach us as cells of a real table (docx, html, xlsx, pdf), or as text in four ways:
one cell a line opened by a tab, one row a line with tabs or pipes, one cell a line with
nothing else. Every way yields rows of cells; the header tells what the columns hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mskg.layout.cells import (
    Cells,
    aligned_rows,
    block_tables,
    closed_rows,
    line_cells,
    line_rows,
    tabbed_rows,
)
from mskg.layout.forms import line_form, opened_form, paired_form
from mskg.layout.headless import headless_table
from mskg.layout.placing import (
    MEASURE,
    PACE,
    STAGE,
    form_of,
    is_measure,
    kind_of,
    row_number,
    shifted_columns,
)
from mskg.layout.plain import plain_rows
from mskg.layout.runon import runon_table
from mskg.lexicon.cues import Label, column_of
from mskg.lexicon.units import unit_pattern
from mskg.model import Issue
from mskg.model.outline import Stretch
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mskg.model import Block

__all__ = ["Grid", "bracketed_unit", "column_label", "find_form", "find_grids"]

_YEAR = re.compile(r"20\d\d年度?(?:计划|投资)*")  # below 计划投资: one column a year
# What stands before the words of a heading: 2022年预期目标, 1-10月推进情况.
_DATED = re.compile(
    r"(?:截[至止])?(?:(?P<year>20\d\d年度?)|"
    r"(?:(?:20\d\d年)?(?:\d{1,2}(?:月份?)?[-~至到])?\d{1,2}月份?(?:\d{1,2}日|[底末])?))(?=\D)"
)
_LONGEST_HEADING = 40  # with white space and brackets
_FEWEST = 3  # labelled columns that make a header
_LONGEST_PART = 10  # characters of a heading below another one
_TOTAL = re.compile(r"合计|总计|小计|总额")
_CAPTION = re.compile(r"单位\s*:\s*([百千]?[万亿]?元)")  # above the table, for all its sums
_SUM_UNIT = re.compile(r"\((?:单位:)?([百千]?[万亿]?元)\)")
_NEAR = 80
_ORDER = re.compile(r"^[ \t|]*序\s*号[ \t|]*(?:$|[ \t|])", re.MULTILINE)  # opens a header
_LOOSE = {"rows", "closed", "tabbed"}  # cells may have moved or be too many
_MOST = 0.7
_DONE = re.compile(r"完成|达到")
_DAY = re.compile(r"\d月|20\d\d[./年-]|年[底内末]|季度|半年|全年|长期")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells below the labels of a header; None is a cell that is not there."""

    kind: str
    columns: tuple[Label, ...]
    rows: tuple[Cells, ...]
    begin: int
    end: int
    issues: tuple[Issue, ...] = ()


_ASIDE = re.compile(r"[*#]|\([^()]*\)")
_OF_WHICH = re.compile(r"\A其中:")  # 其中：县级配套, below the heading of the whole sum
_NO_HEADING = re.compile(r"[。;,:]|\d{2}")


@lru_cache(maxsize=1 << 12)
def column_label(text: str) -> Label | None:
    """Return what a column headed `text` holds, or None where the text is no heading."""
    if len(text) > _LONGEST_HEADING:
        return None
    text = unspaced(text)
    if part := _OF_WHICH.match(text):  # of what stands before it, whatever its own words are
        return column_label(text[part.end() :]) or Label(text[part.end() :], "", "")
    if unit := bracketed_unit(text):
        label = column_label(text[: text.rindex("(")])
        if label and unit == "%" and _DONE.search(label.text):
            label = replace(label, kind="progress")  # 完成目标(%): how much of it
        return replace(label, unit=unit) if label else None
    name = _ASIDE.sub("", text)
    if not name or len(name) > 16:
        return None
    if STAGE.fullmatch(name):
        return Label(name, "deadline", "")
    if dated := _DATED.match(name):
        label = column_label(name[dated.end() :])
        # 1-10月推进情况 is progress.
        if label and (dated["year"] or label.kind == "progress"):
            return replace(label, text=name)
    return None if _NO_HEADING.search(name) else column_of(name)


def bracketed_unit(text: str) -> str:
    """Return the unit in brackets that `text` ends with: 总投资(万元), 城镇新增就业（人）."""
    match = _unit().search(text) if text.endswith(")") else None
    return match[1] if match else ""


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\((?:单位:)?([千万亿]?{unit_pattern()}|%)\)\Z")


def find_grids(folded: str, end: int, blocks: Sequence[Block] = ()) -> list[Grid]:
    """Return the grids in ``folded[:end]``, tables of the same columns one after the other."""
    real = _grids(folded, "cells", _belonging(folded, block_tables(blocks, end)))
    if real:
        return real
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
        if any(_header(folded, cells) for cells in table):
            width = len(table[0])
        elif len(table[0]) != width:
            continue
        rows += table
    return rows


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
        header = _header(folded, cells)
        # A heading that is merged over both rows of a header stands in both.
        own = [None if cell in head else cell for cell in cells] if not body else []
        lower = _lower_storey(folded, own, columns) if columns and own else ()
        if lower:
            columns = _two_storeys(columns, _below(columns, lower))
        elif header:
            if columns and [c.kind for c in header] != [c.kind for c in columns]:
                grids.append(_grid(folded, kind, columns, body, begin, issues))
                body, issues = [], []
            begin = begin if columns and body else next(c.begin for c in cells if c)
            columns, head = header, cells
        elif columns:
            above = body[-1] if body else []
            moved = _moved(folded, cells, columns, above) if kind in _LOOSE else None
            if moved and any(cells[len(columns) :]):
                issues.append(_long_row(folded, cells, len(columns)))
            body.extend([moved] if moved else _fit(folded, cells, columns, issues))
    if columns and body:
        grids.append(_grid(folded, kind, columns, body, begin, issues))
    return grids


def _lower_storey(
    folded: str, cells: Cells, columns: tuple[Label, ...]
) -> tuple[Label | None, ...]:
    """Return the labels of a second header row: two or more, and nothing but labels.

    Any words are labels that stand below a heading over several columns and nowhere else.
    """
    texts = [_OF_WHICH.sub("", folded[c.begin : c.end].strip()) if c else "" for c in cells]
    if len(cells) != len(columns):
        return ()
    blank = [not label.text for label in (*columns, Label("-", "", ""))]
    inside = all(blank[at] or blank[at + 1] for at, text in enumerate(texts) if text)
    words = inside and all(map(_is_words, filter(None, texts)))
    found = tuple(_lower_label(text, words) if text else None for text in texts)
    good = sum(label is not None for label in found)
    return found if good >= 2 and good == sum(map(bool, texts)) else ()


def _lower_label(text: str, any_words: bool) -> Label | None:
    own = Label(text, "", "")
    if _YEAR.fullmatch(text):
        return own
    return column_label(text) or (own if any_words else None)


def _is_words(text: str) -> bool:
    return len(text) <= _LONGEST_PART and not re.search(r"[\d。;,:]", text)


def _below(upper: tuple[Label, ...], lower: tuple[Label | None, ...]) -> tuple[Label | None, ...]:
    """Return a second header row that lost the cells on its left, put below the cell it divides."""
    count = sum(label is not None for label in lower)
    if any(label is None for label in lower[:count]):
        return lower
    blank = ["" if label.text else "-" for label in upper]
    wide = "-" * (count - 1)
    for at in range(len(upper) - count, 0, -1):
        if upper[at].text and "".join(blank[at + 1 : at + count]) == wide:
            return (*[None] * at, *lower[:count], *[None] * (len(upper) - at - count))
    return lower


def _two_storeys(upper: tuple[Label, ...], lower: tuple[Label | None, ...]) -> tuple[Label, ...]:
    """Return the columns of a header of two rows: the lower row is the more exact one.

    What the upper row prints over several columns, such as the unit 万元, holds for all.
    """
    columns = []
    over = Label("", "note", "")
    for above, below in zip(upper, lower, strict=True):
        over = above if above.text else over
        if below is None:
            columns.append(above)
        else:
            # 资金到位 below 实施情况 is no sum that is promised.
            kind = over.kind if over.kind == "progress" else below.kind or over.kind
            unit = below.unit or over.unit
            text = over.text + below.text if _TOTAL.fullmatch(below.text) else below.text
            columns.append(replace(below, text=text, kind=kind, unit=unit))
    return tuple(columns)


def _measured(folded: str, body: list[Cells], at: int, column: Label) -> Label:
    """Return the column as what its cells tell: 单位 over measure words, 进度 without a date."""
    if not MEASURE.fullmatch(column.text) and column.text != PACE:
        return column
    cells = [row[at] for row in body if at < len(row)]
    texts = [folded[cell.begin : cell.end].strip() for cell in cells if cell]
    if column.text == PACE:
        dated = sum(_DAY.search(text) is not None for text in texts)
        return column if dated * 2 > len(texts) else replace(column, kind="progress")
    measures = sum(map(is_measure, texts))
    return replace(column, kind="unit") if measures * 2 > len(texts) else column


def _grid(
    folded: str,
    kind: str,
    columns: tuple[Label, ...],
    body: list[Cells],
    begin: int,
    issues: list[Issue],
) -> Grid:
    end = max((cell.end for row in body for cell in row if cell), default=begin)
    columns = tuple(_measured(folded, body, at, column) for at, column in enumerate(columns))
    caption = _CAPTION.findall(folded, max(0, begin - _NEAR), begin)
    # 投资（万元） over 总投资 and 其中：上级补助
    units = caption[:1] or list(
        set(_SUM_UNIT.findall(folded, begin, _first(body) if body else end))
    )
    if len(units) == 1:
        columns = tuple(
            replace(c, unit=units[0]) if c.kind == "funding" and not c.unit else c for c in columns
        )
    return Grid(kind, _one_leader(columns), tuple(body), begin, end, tuple(issues))


def _one_leader(columns: tuple[Label, ...]) -> tuple[Label, ...]:
    """Return the columns, 责任人 as a contact where another one names the leaders (分管领导)."""
    led = any(c.kind == "leader" and "领导" in c.text for c in columns)
    return tuple(
        replace(c, kind="contact") if led and c.kind == "leader" and "领导" not in c.text else c
        for c in columns
    )


def _header(folded: str, cells: Cells) -> tuple[Label, ...]:
    found = [column_label(folded[c.begin : c.end]) if c else None for c in cells]
    filled = sum(1 for c in cells if c and folded[c.begin : c.end].strip())
    known = [label for label in found if label]
    pair = filled == len(known) == 2 and known[0].kind == "number"  # 序号, 项目名称
    kinds = {label.kind for label in known}
    # A wide table may have columns of its own, such as 村（社区） and 惠及范围.
    sure = len(kinds & {"number", "department", "deadline", "funding"}) > 1
    enough = _MOST * filled if sure else filled - 1
    if not pair and (len(known) < _FEWEST or len(known) < enough):
        return ()
    if not kinds & {"title", "content"} or len(kinds) < 2:
        return ()
    return tuple(label if label and label.kind else Label("", "note", "") for label in found)


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
    kinds = [kind_of(c, measured=False) for c in columns]
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
