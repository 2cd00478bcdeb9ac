"""Tables: rows of cells under a header, however the cells were laid out in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mskg.layout.cells import text_of, trimmed
from mskg.layout.columns import bracketed_unit
from mskg.layout.entries import Entry, has_quantity, split_title
from mskg.layout.fields import find_fields
from mskg.layout.grids import Grid, find_form, find_grids
from mskg.layout.leader_lines import leaders_of, name_of_line
from mskg.lexicon.departments import body_end
from mskg.model.outline import Field, OutlineItem, OutlineTask, Stretch
from mskg.text import whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.layout.cells import Cells
    from mskg.lexicon.cues import Label
    from mskg.model import Block, Issue

__all__ = ["TableReading", "read_form", "read_tables"]


_FEWEST = 3  # numbered tasks in the cells of a table by units
_ENTRY = re.compile(r"(?:^|(?<=[。;\s|]))(\d{1,2})[.、](?=[^\d\s])", re.MULTILINE)
_BRACKETED = re.compile(r"\s*(?P<first>[^()]+?)\s*\((?P<second>[^()]*)\)\s*\Z")
# A number or a date alone, a note, who filled the table in.
_NO_ROW = re.compile(
    r"\d*\Z|20\d\d年\d{1,2}月\d{1,2}日\Z|注\d?[:.]|(?:说明|备注|附注):"
    r"|(?:填[表报制]|制表|审核|审签|联系|负责|报送)(?:单位|部门|日期|时间|电话|人)?:"
)
_COUNTED = re.compile(r"\(共?\d+[项件个]\)$")  # 教育类（2项）
_SPANNED = 40  # rows that a merged cell may span
_OWN_NUMBER = re.compile(
    r"[\s*]*(?:\(?[一二三四五六七八九十]{1,3}\)?[、.)]|\([一二三四五六七八九十]{1,3}\))\s*"
)
# 1.城市人居环境提升项目, （一）提升城市人居环境
_TITLE_NUMBER = re.compile(r"\s*\(?((?:(?<=\()[一二三四五六七八九十]{1,3}|\d{1,2}))[.、)]\s*(?=\D)")


@dataclass(frozen=True, slots=True)
class TableReading:
    """The tasks of the tables of a document, and where the tables lie."""

    tasks: tuple[OutlineTask, ...]
    score: float
    begin: int
    end: int
    layout: str
    issues: tuple[Issue, ...] = ()


@dataclass
class _Row:
    numbered: bool
    no: int | None
    title: Stretch | None
    fields: list[Field]


def read_tables(folded: str, end: int, blocks: Sequence[Block] = ()) -> TableReading | None:
    """Return the tasks of the tables in ``folded[:end]``, or None where there is no table."""
    return _reading(folded, find_grids(folded, end, blocks))


def read_form(folded: str, end: int, blocks: Sequence[Block] = ()) -> TableReading | None:
    """Return the tasks of a form in ``folded[:end]``, a record each, or None."""
    return _reading(folded, find_form(folded, end, blocks))


def _reading(folded: str, grids: list[Grid]) -> TableReading | None:
    tasks: list[OutlineTask] = []
    group: Stretch | None = None
    led: list[Field] = []  # who leads the tasks below the last heading
    for grid in grids:
        total = False  # whether the row above is one
        entries = _entries(folded, grid)
        for cells in entries or grid.rows:
            figures = total and _are_figures(folded, cells)  # its sums may stand below it
            total = _is_total(folded, cells) or figures
            row = None if total else _row(folded, grid, cells)
            if row is None:
                continue
            if isinstance(row, _Row) and entries:
                _number_and_name(folded, row)
            if isinstance(row, Stretch):
                heading = _unnumbered(folded, row)
                led = leaders_of(folded, heading.begin, heading.end)
                group = name_of_line(folded, heading.begin, heading.end) if led else heading
                continue
            row.fields += led
            if tasks and _continues(folded, row, tasks[-1]):
                tasks[-1] = _with_row(folded, tasks[-1], row)
            else:
                tasks.append(_task(folded, row, str(len(tasks) + 1), group))
    if not tasks:
        return None
    score = 4.0 * len(tasks)
    issues = tuple(issue for grid in grids for issue in grid.issues)
    layout = f"table-{grids[0].kind}"
    # What stands in the rows behind the last task, such as notes, speaks of the whole plan.
    places = [task.title or Stretch(0, 0) for task in tasks]
    places += [field.place for task in tasks for item in task.items for field in item.fields]
    end = max(place.end for place in places) or grids[-1].end
    return TableReading(tuple(tasks), score, grids[0].begin, end, layout, issues)


def _entries(folded: str, grid: Grid) -> list[Cells]:
    """Return a row for each task where the cells of units hold several, which are numbered.

    区教育局 | 1.学位扩增：新建学校5所。2.照明改造：… | 12月底前
    """
    kinds = [column.kind for column in grid.columns]
    at = kinds.index("content") if "content" in kinds else -1
    plain = at < 0 or {"number", "title"} & set(kinds)
    marks = [] if plain else [_numbered(folded, row[at]) for row in grid.rows if row[at]]
    numbers = [int(mark[1]) for found in marks for mark in found]
    if len(numbers) < _FEWEST or numbers != list(range(1, len(numbers) + 1)):
        return []
    entries: list[Cells] = []
    for row in grid.rows:
        cell = row[at]
        found = _numbered(folded, cell)
        ends = [*(mark.start() for mark in found[1:]), cell.end if cell else 0]
        for mark, end in zip(found, ends, strict=True):
            entries.append([*row[:at], trimmed(folded, mark.start(), end), *row[at + 1 :]])
        if not found:
            entries.append(row)
    return entries


def _number_and_name(folded: str, row: _Row) -> None:
    """Take the number and the name of the task from its text (1.学位扩增：新建学校5所)."""
    at = next((n for n, field in enumerate(row.fields) if field.kind == "content"), None)
    if at is None:
        return
    place = row.fields[at].place
    if mark := _ENTRY.match(folded, place.begin, place.end):
        row.no = int(mark[1])
        row.title, body = split_title(Entry(folded, mark.end(), place.end), list_is_titled=True)
        row.fields[at] = row.fields[at]._replace(place=Stretch(body, place.end))


def _numbered(folded: str, cell: Stretch | None) -> list[re.Match[str]]:
    return list(_ENTRY.finditer(folded, cell.begin, cell.end)) if cell else []


def _row(folded: str, grid: Grid, cells: Cells) -> _Row | Stretch | None:
    """Return the row of `cells`, a group heading where one cell is all there is, or None."""
    filled = [(c, cell) for c, cell in enumerate(cells) if cell and not _is_empty(folded, cell)]
    if not filled:
        return None
    if len(filled) == 1 and len(grid.columns) > 2:
        only, cell = filled[0]
        text = _text(folded, cell)
        if _NO_ROW.match(text):
            return None
        if len(text) <= 30 and not _fits(grid.columns[only].kind, text):
            return cell if leaders_of(folded, cell.begin, cell.end) else _across(cell, text)
    numbered = any(column.kind == "number" for column in grid.columns)
    row = _Row(numbered, None, None, [])
    measures = (_text(folded, cell) for c, cell in filled if grid.columns[c].kind == "unit")
    names = (bracketed_unit(_text(folded, cell)) for c, cell in filled if _names(grid.columns[c]))
    measure = next(measures, "") or next(filter(None, names), "")
    for c, cell in filled:
        column = grid.columns[c]
        if column.kind == "number":
            row.no = _number(folded[cell.begin : cell.end])
        elif column.kind == "title" and row.title is None:
            mark = None if numbered else _TITLE_NUMBER.match(folded, cell.begin, cell.end)
            row.no = whole_number(mark[1]) if mark else row.no
            row.title = trimmed(folded, mark.end(), cell.end) if mark else cell
        elif column.kind != "unit":
            row.fields += _cell_fields(folded, column, cell, measure)
    return row


def _is_total(folded: str, cells: Cells) -> bool:
    filled = [cell for cell in cells if cell and not _is_empty(folded, cell)]
    return any(re.match(r"合计|总计|小计", _text(folded, cell)) for cell in filled[:2])


def _are_figures(folded: str, cells: Cells) -> bool:
    texts = (_text(folded, cell) for cell in cells if cell)
    return all(re.fullmatch(r"[\d.,/%-]*", text) or _NO_ROW.match(text) for text in texts)


def _names(column: Label) -> bool:
    return column.kind in {"title", "content"}


def _cell_fields(folded: str, column: Label, cell: Stretch, measure: str) -> list[Field]:
    """Return what a cell holds; one of units may tell roles of its own: …局 牵头单位：…."""
    unit = column.unit or (measure if column.kind == "content" else "")
    whole = Field(column.kind, cell, column.role, column.text, unit)
    if "(" in column.role:
        return _both_roles(folded, column, whole)
    if column.kind != "department" or folded.find(":", cell.begin, cell.end) < 0:
        return [whole]
    labelled = [found for found in find_fields(folded, cell.begin, cell.end) if found[1].label]
    above = trimmed(
        folded, cell.begin, min((place.begin for place, _ in labelled), default=cell.end)
    )
    rest = [whole._replace(place=above)] if above.begin < above.end else []
    return rest + [field for _, field in labelled if field.kind == "department"]


def _both_roles(folded: str, column: Label, whole: Field) -> list[Field]:
    """Return the units of a cell below 牵头单位（协办单位）, those in its bracket apart."""
    role, _, other = column.role.rstrip(")").partition("(")
    match = _BRACKETED.match(folded, whole.place.begin, whole.place.end)
    if match is None:
        return [whole._replace(role=role)]
    first, second = (Stretch(*match.span(name)) for name in ("first", "second"))
    return [whole._replace(place=first, role=role), whole._replace(place=second, role=other)]


def _is_empty(folded: str, cell: Stretch) -> bool:
    return not folded[cell.begin : cell.end].strip(" \t\n/\\-—―")


def _across(cell: Stretch, text: str) -> _Row | Stretch:
    """Return what a lone short cell is: a group heading, or one more target of the task above."""
    if not has_quantity(_COUNTED.sub("", text)) or _OWN_NUMBER.match(text):
        return cell
    # The cells on its left, merged with those of the row above, are lost.
    return _Row(numbered=True, no=None, title=None, fields=[Field("content", cell)])


def _unnumbered(folded: str, place: Stretch) -> Stretch:
    """Return a heading without its own number: 一、教育 is the group 教育."""
    match = _OWN_NUMBER.match(folded, place.begin, place.end)
    return Stretch(match.end(), place.end) if match else place


def _fits(kind: str, text: str) -> bool:
    """Tell whether a lone cell is what its column holds, not a heading across the row."""
    if kind == "department":
        return re.search(rf"{body_end()}$", text) is not None
    return kind in {"content", "deadline", "progress"} and re.search(r"\d", text) is not None


def _number(text: str) -> int | None:
    return whole_number(re.sub(r"[\s().、]", "", text))


_CONTINUED = re.compile(r"\(续表?\)$")


def _text(folded: str, place: Stretch | None) -> str:
    return _CONTINUED.sub("", text_of(folded, place))


def _continues(folded: str, row: _Row, task: OutlineTask) -> bool:
    """Tell whether `row` belongs to the task above: no number and name, or both repeated."""
    title = _text(folded, row.title)
    same = title in ("", _text(folded, task.title))
    if row.no is not None:
        return row.no == task.no and same
    if row.numbered:
        return task.no is not None  # a number that spans rows is one task
    return same and bool(task.title)


def _with_row(folded: str, task: OutlineTask, row: _Row) -> OutlineTask:
    if row.title:
        # A further row may have a name of its own: 指标名称 below the name of the project.
        told = any(field.kind == "content" for field in row.fields)
        if not told:
            row.fields.insert(0, Field("content", row.title))
        elif _text(folded, row.title) != _text(folded, task.title):
            row.fields.insert(0, Field("title", row.title))
    near = task.items[-_SPANNED:]
    seen = {field.place for item in near for field in item.fields if not _duty(field)}
    seen |= {task.title} if task.title else set()
    fields = tuple(field for field in row.fields if _duty(field) or field.place not in seen)
    if any(not _duty(field) for field in fields):
        items = (*task.items, OutlineItem(fields))
    else:  # a merged cell goes on: only units are new in this row
        last = task.items[-1]
        added = tuple(field for field in fields if field not in last.fields)
        items = (*task.items[:-1], OutlineItem(last.fields + added, last.label))
    return OutlineTask(task.no, task.path, items, task.title, task.group)


def _duty(field: Field) -> bool:
    return field.kind in {"department", "leader", "contact", "note"}


def _task(folded: str, row: _Row, path: str, group: Stretch | None) -> OutlineTask:
    fields = list(row.fields)
    title = row.title
    if title and not any(field.kind == "content" for field in fields):
        # One column says everything: a name may open it, else it has none of its own.
        title, body = split_title(Entry(folded, title.begin, title.end), list_is_titled=False)
        fields.insert(0, Field("content", Stretch(body, row.title.end if row.title else body)))
    return OutlineTask(row.no, path, (OutlineItem(tuple(fields)),), title, group)
