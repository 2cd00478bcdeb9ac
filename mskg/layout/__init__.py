"""Layouts: which stretches of a document are tasks, items and fields.

Every family is recognised by its own evidence. A document may hold several lists (a table
of 省定任务 and a numbered list of 县定实事); a list that says again what a table says is one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from mskg.layout.furniture import body_end
from mskg.layout.gate import refusal
from mskg.layout.joined_lines import with_lines_joined
from mskg.layout.lists import ListReading, read_lists
from mskg.layout.relabelled import with_colons
from mskg.layout.tables import TableReading, read_form, read_tables
from mskg.model.outline import Outline, OutlineItem, OutlineTask, Stretch
from mskg.text import FoldedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.model import Block, Document

__all__ = ["outline_document"]

Reading: TypeAlias = ListReading | TableReading

_STRONG = 2.0  # evidence per task with which a list stands beside a table
_ASSIGNED = 0.6  # share of tasks that makes a list one of duties
_ALIKE = 0.9  # share of rows that are the tasks of a list, one for one
_SAME = 0.5  # share of titles that makes two lists one
_OWN_NUMBER = re.compile(r"[\s*#]*\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)]\s*")


def outline_document(document: Document, folded: FoldedText | None = None) -> Outline:
    """Return the outline of `document`; it has no tasks where the document holds no list."""
    text = (folded or FoldedText(document.text)).folded
    end = body_end(text)
    table = read_tables(text, end, document.blocks)
    if table is None:
        found = _listed(text, end, document.blocks)
        readings: list[Reading] = [found] if found else []
    else:
        readings = _beside(text, table, end)
    everything = Stretch(0, end)
    if not readings:
        return Outline("none", everything, prose=(everything,), end=end)
    begin = min(reading.begin for reading in readings)
    refused = refusal(text, begin, assigned=_mostly_assigned(readings))
    if refused:
        return Outline("none", everything, (), (everything,), (refused,), end)
    layout = next((r.layout for r in readings if isinstance(r, TableReading)), "list")
    issues = tuple(i for r in readings if isinstance(r, TableReading) for i in r.issues)
    prose = _around([(reading.begin, reading.end) for reading in readings], end)
    return Outline(layout, Stretch(0, begin), _tasks(text, readings), prose, issues, end)


def _listed(text: str, end: int, blocks: Sequence[Block]) -> Reading | None:
    """Return the list or the form, of labels in whatever form they are printed."""
    listed = read_lists(text, 0, end)
    alike = with_colons(with_lines_joined(text))
    if listed is None and (form := read_form(text, end, blocks)):
        return form
    return listed if alike is text else read_lists(alike, 0, end) or listed


def _mostly_assigned(readings: list[Reading]) -> bool:
    """Tell whether most tasks name a unit under a label or in a column of its own."""
    tasks = [task for reading in readings for task in reading.tasks]
    fields = ([*task.fields, *(f for item in task.items for f in item.fields)] for task in tasks)
    named = sum(any(f.kind == "department" and f.label for f in found) for found in fields)
    return named >= _ASSIGNED * len(tasks)


def _beside(text: str, table: TableReading, end: int) -> list[Reading]:
    """Return the table and the lists that stand beside it; of two that say the same, the better."""
    readings: list[Reading] = [table]
    for begin, stop in ((0, table.begin), (table.end, end)):
        listed = read_lists(text, begin, stop)
        if listed is None:
            continue
        if _likeness(text, listed.tasks, table.tasks) >= _SAME:
            both = _merged(text, listed, table)
            if both or listed.score > table.score:
                return _ordered([both or listed, replace(table, tasks=())])
            readings.append(replace(listed, tasks=()))  # said twice: neither task nor prose
        elif listed.score >= _STRONG * len(listed.tasks) and len(listed.tasks) > 2:
            readings.append(listed)
    return _ordered(readings)


def _ordered(readings: list[Reading]) -> list[Reading]:
    return sorted(readings, key=lambda reading: reading.begin)


def _merged(text: str, listed: ListReading, table: TableReading) -> ListReading | None:
    """Return the list with what the row of each task adds: who, until when, for how much.

    None where the rows are not those tasks, one for one.
    """
    rows = {task.no: task for task in table.tasks}
    pairs = [(task, rows.get(task.no)) for task in listed.tasks]
    openings = [(_opening(text, task), _opening(text, row)) for task, row in pairs if row]
    same = sum(a.startswith(b) or b.startswith(a) for a, b in openings)
    if not len(rows) == len(table.tasks) == len(pairs) or same < _ALIKE * len(pairs):
        return None
    tasks = tuple(_with_cells(task, row) if row else task for task, row in pairs)
    return replace(listed, tasks=tasks)


def _with_cells(task: OutlineTask, row: OutlineTask) -> OutlineTask:
    cells = [field for item in row.items for field in item.fields if field.kind != "content"]
    if any(field.kind == "department" for item in task.items for field in item.fields):
        cells = [field for field in cells if field.kind != "department"]
    if len(task.items) > 1:
        return replace(task, items=(*task.items, OutlineItem(tuple(cells))))
    (item,) = task.items
    return replace(task, items=(replace(item, fields=(*item.fields, *cells)),))


def _likeness(text: str, some: tuple[OutlineTask, ...], others: tuple[OutlineTask, ...]) -> float:
    first, second = ({_opening(text, task) for task in tasks} for tasks in (some, others))
    return len(first & second) / max(1, min(len(first), len(second)))


def _opening(text: str, task: OutlineTask) -> str:
    fields = [field.place for item in task.items for field in item.fields]
    place = task.title or next(iter(fields), Stretch(0, 0))
    return re.sub(r"\W|工程|项目", "", text[place.begin : place.end])[:8]


def _tasks(text: str, readings: list[Reading]) -> tuple[OutlineTask, ...]:
    """Return the tasks of all readings; several lists are groups with paths of their own."""
    full = [reading for reading in readings if reading.tasks]
    if len(full) == 1:
        return full[0].tasks
    tasks = []
    for number, reading in enumerate(full, 1):
        group = _heading_above(text, reading.begin)
        tasks += [
            replace(task, path=f"{number}.{task.path}", group=task.group or group)
            for task in reading.tasks
        ]
    return tuple(tasks)


def _heading_above(text: str, begin: int) -> Stretch | None:
    """Return the line above a list without its number, where it is short enough for a heading."""
    stop = len(text[:begin].rstrip())
    start = text.rfind("\n", 0, stop) + 1
    mark = _OWN_NUMBER.match(text, start, stop)
    start = mark.end() if mark else start
    return Stretch(start, stop) if 0 < stop - start <= 40 else None


def _around(places: list[tuple[int, int]], end: int) -> tuple[Stretch, ...]:
    """Return what lies before, between and behind `places`."""
    prose, cursor = [], 0
    for begin, stop in [*places, (end, end)]:
        if cursor < begin:
            prose.append(Stretch(cursor, begin))
        cursor = max(cursor, stop)
    return tuple(prose)
