"""A filled template (`mskg template`): its cells are typed, so nothing has to be guessed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Final

from mskg.extract.departments import names_in
from mskg.extract.leaders import leaders_in
from mskg.lexicon.template import EXAMPLE, choices, template_fields
from mskg.lexicon.units import unit_of
from mskg.model import (
    Assignment,
    DocumentInfo,
    Indicator,
    Issue,
    Item,
    Leader,
    Milestone,
    Plan,
    Program,
    Task,
    TextField,
)
from mskg.text import FoldedText, find_dates, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mskg.model import Block, Document, Span
    from mskg.text import DateExpression

__all__ = ["template_plan"]

_ENOUGH: Final = 6
"""Headings of the template that a row has in common with it at least, to be its head."""
_ENOUGH_LABELS: Final = 4
_ROLES: Final = {"lead": "lead", "responsible": "responsible", "related": "related"}
_KINDS: Final = {"share": "share", "money": "money"}


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    span: Span


_Row = dict[str, _Cell]


def template_plan(document: Document) -> Plan | None:
    """Return the plan in a filled template; None where `document` is no template.

    A template is known by the headings of its columns, in Chinese or English, in any
    order; columns that a person added are left alone. Every fact keeps the place of its
    cell. What a cell holds that can't be read becomes an issue with that place.
    """
    rows = _task_rows(document)
    if rows is None:
        return None
    reader = _Reader(document, _program_cells(document))
    tasks = reader.tasks(rows)
    return Plan(document.source, reader.info(), reader.program(), tasks, tuple(reader.issues))


def _grid(document: Document) -> dict[int, dict[int, dict[int, Block]]]:
    """Return the blocks of cells by table, row and column."""
    grid: dict[int, dict[int, dict[int, Block]]] = {}
    for block in document.blocks:
        place = block.locator
        if block.kind == "cell":
            rows = grid.setdefault(place.table, {})
            rows.setdefault(place.row, {})[place.column] = block
    return grid


@cache
def _titles(sheet: str) -> dict[str, str]:
    """Return the ids of the fields of a sheet by their titles in either language."""
    return {
        fold(title).lower(): entry.id
        for entry in template_fields(sheet)
        for title in entry.title.values()
    }


def _cell(document: Document, block: Block) -> _Cell:
    span = document.span(block.begin, block.end)
    return _Cell(span.quote.strip(), span)


def _task_rows(document: Document) -> list[_Row] | None:
    titles = _titles("tasks")
    for rows in _grid(document).values():
        for number in sorted(rows):
            heads = {
                column: titles.get(fold(_cell(document, block).text).lower(), "")
                for column, block in rows[number].items()
            }
            known = {name for name in heads.values() if name}
            if len(known) >= _ENOUGH and {"task", "value"} <= known:
                below = [rows[below] for below in sorted(rows) if below > number]
                return [_named(document, row, heads) for row in below]
    return None


def _named(document: Document, row: Mapping[int, Block], heads: Mapping[int, str]) -> _Row:
    cells = {
        heads[column]: _cell(document, block) for column, block in row.items() if heads.get(column)
    }
    return {name: cell for name, cell in cells.items() if cell.text}


def _program_cells(document: Document) -> _Row:
    titles = _titles("program")
    best: _Row = {}
    for rows in _grid(document).values():
        found: _Row = {}
        labels = 0
        for row in rows.values():
            label = _cell(document, row[1]).text if 1 in row else ""
            name = titles.get(fold(label).lower())
            if name is None:
                continue
            labels += 1
            if 2 in row and row[2].end > row[2].begin:
                found[name] = _cell(document, row[2])
        if labels >= _ENOUGH_LABELS:
            best = found
    return best


@dataclass(slots=True)
class _TaskDraft:
    no: int | None
    path: str
    title: _Cell | None
    group: str
    number: str = ""
    items: list[_ItemDraft] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _ItemDraft:
    content: _Cell | None
    indicators: list[Indicator] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    departments: list[Assignment] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)
    funding: TextField | None = None
    site: TextField | None = None
    spans: list[Span] = field(default_factory=list)


class _Reader:
    def __init__(self, document: Document, program: _Row) -> None:
        self.issues: list[Issue] = []
        self._document = document
        self._program = program
        self._folded = FoldedText(document.text)
        self._year = self._integer(program.get("year"))

    # -------- the first sheet

    def info(self) -> DocumentInfo:
        document, issued = self._document, self._date(self._program.get("issued"))
        return DocumentInfo(
            key="",
            sha256=document.sha256,
            title=self._text("title"),
            doc_number=self._text("number"),
            issuer=self._text("issuer"),
            issued=issued.due if issued else None,
            type="plan",
            format=document.format,
            encoding=document.encoding,
            script=document.script,
            layout="template",
        )

    def program(self) -> Program:
        region, count = self._text("region"), self._program.get("count")
        overall, cell = (
            self._date(self._program.get("overall-due")),
            self._program.get("overall-due"),
        )
        deadlines = (_milestone(overall, cell),) if overall and cell else ()
        coded = re.fullmatch(r"\d{6}", region) is not None
        return Program(
            region="" if coded else region,
            region_code=region if coded else "",
            year=self._year,
            declared_count=self._integer(count),
            declared_count_span=count.span if count else None,
            deadlines=deadlines,
        )

    def _text(self, name: str) -> str:
        return self._program[name].text if name in self._program else ""

    # -------- the second sheet

    def tasks(self, rows: list[_Row]) -> tuple[Task, ...]:
        drafts: list[_TaskDraft] = []
        groups: dict[str, int] = {}
        counts: Counter[str] = Counter()
        for row in rows:
            number = row.get("task-number")
            if not row or (number and number.text in EXAMPLE.values()):
                continue
            another = "group" in row and drafts and row["group"].text != drafts[-1].group
            if number or "task" in row or not drafts or another:
                self._check_head(row, drafts)
                group = row["group"].text if "group" in row else ""
                group = group or (drafts[-1].group if drafts else "")
                counts[group] += 1
                groups.setdefault(group, len(groups) + 1)
                path = f"{groups[group]}.{counts[group]}" if group else str(counts[group])
                printed = number.text if number else ""
                drafts.append(
                    _TaskDraft(self._integer(number), path, row.get("task"), group, printed)
                )
            task = drafts[-1]
            if "content" in row or not task.items:
                task.items.append(_ItemDraft(row.get("content")))
            self._fill(task, task.items[-1], row)
        return tuple(map(self._task, drafts))

    def _check_head(self, row: _Row, drafts: list[_TaskDraft]) -> None:
        """List a row that opens a task without its name, or with a number that is taken."""
        number = row.get("task-number")
        if "task" not in row:
            cell = number or next(iter(row.values()))
            self._problem(cell, "这一行没有填任务名称", "the row has no name of the task")
        taken = {draft.number for draft in drafts if draft.number}
        # Numbers may begin again at 1 with a new group.
        if number and number.text in taken and not self._begins_anew(number, row, drafts):
            self._problem(number, "序号与前面的任务重复", "another task has this number")

    def _begins_anew(self, number: _Cell, row: _Row, drafts: list[_TaskDraft]) -> bool:
        group = row["group"].text if "group" in row else drafts[-1].group
        same = [draft.number for draft in drafts if draft.group == group]
        return number.text not in same and (number.text == "1" or "1" in same)

    def _fill(self, task: _TaskDraft, item: _ItemDraft, row: _Row) -> None:
        item.spans += [cell.span for cell in row.values()]
        for name, role in _ROLES.items():
            if name in row:
                at = row[name].span
                found = names_in(self._folded, at.begin, at.end, role, self._document.span)
                item.departments += found
        if "leader" in row:
            at = row["leader"].span
            item.leaders += leaders_in(self._folded, at.begin, at.end, self._document.span)
        for name in ("funding", "site"):
            if name in row:
                setattr(item, name, TextField(row[name].text, row[name].span))
        if origin := self._choice("origin", row.get("source")):
            task.origins.add(origin)
        self._target(task, item, row)

    def _target(self, task: _TaskDraft, item: _ItemDraft, row: _Row) -> None:
        """Read indicator, value, unit and date of a row: a target, a stage, or a date alone."""
        due = self._date(row.get("due"))
        stage = self._choice("stage", row.get("stage")) == "stage"
        number = len(item.indicators) + sum(len(m.indicators) for m in item.milestones) + 1
        indicator = self._indicator(row, f"{task.path}-{len(task.items)}-{number}")
        if stage and indicator and not due:
            self._problem(row["value"], "阶段目标没有完成时限", "a stage has no due date")
        if stage and indicator and due:
            named = [
                i for i in item.indicators if (i.name, i.unit) == (indicator.name, indicator.unit)
            ]
            of = named[0].id if named else ""
            milestone = replace(
                _milestone(due, row["due"]), indicators=(replace(indicator, of=of),)
            )
            item.milestones.append(milestone)
            return
        if indicator:
            item.indicators.append(indicator)
        if due and all(m.due != due.due or m.indicators for m in item.milestones):
            item.milestones.append(_milestone(due, row["due"]))

    def _indicator(self, row: _Row, name: str) -> Indicator | None:
        cell = row.get("value")
        if cell is None:
            if "indicator" in row and "unit" in row:
                self._problem(row["indicator"], "指标没有数值", "the indicator has no value")
            return None
        digits = fold(cell.text).replace(",", "").replace(" ", "")
        percent = digits.endswith("%")
        try:
            value = Decimal(digits.removesuffix("%"))
        except InvalidOperation:
            self._problem(cell, "应为数字", "a number is wanted")
            return None
        unit = "%" if percent else row["unit"].text if "unit" in row else ""
        known = unit_of(unit)
        label = row.get("indicator") or row.get("task")
        return Indicator(
            id=name,
            name=label.text if label else "",
            value=value,
            unit=unit,
            op=self._choice("comparator", row.get("comparator")) or "eq",
            kind=_KINDS.get(known.kind if known else "", "count"),
            digits=cell.text,
            span=cell.span,
        )

    def _task(self, draft: _TaskDraft) -> Task:
        items = tuple(_item(entry) for entry in draft.items)
        duties: dict[tuple[str, str], Assignment] = {}
        people: dict[str, Leader] = {}
        for entry in draft.items:
            for duty in entry.departments:
                duties.setdefault((duty.name, duty.role), duty)
            for person in entry.leaders:
                people.setdefault(person.name, person)
        spans = [span for entry in draft.items for span in entry.spans]
        title = draft.title
        first = draft.items[0].content
        return Task(
            no=draft.no,
            path=draft.path,
            title=title.text if title else re.split("[，；。]", first.text)[0] if first else "",
            items=items,
            group=draft.group,
            departments=tuple(
                replace(duty, order=number) for number, duty in enumerate(duties.values(), 1)
            ),
            leaders=tuple(people.values()),
            origins=tuple(sorted(draft.origins)),
            span=self._document.span(min(s.begin for s in spans), max(s.end for s in spans)),
            title_span=title.span if title else None,
        )

    # -------- cells

    def _integer(self, cell: _Cell | None) -> int | None:
        if cell is None:
            return None
        match = re.fullmatch(r"(\d{1,9})(?:\.0+|年)?", fold(cell.text).strip())
        if match is None:
            self._problem(cell, "应为整数", "a whole number is wanted")
            return None
        return int(match[1])

    def _date(self, cell: _Cell | None) -> DateExpression | None:
        if cell is None:
            return None
        found = next(iter(find_dates(fold(cell.text), self._year)), None)
        if found is None or found.due is None:
            self._problem(cell, "应为日期，如 2026-06-30", "a date such as 2026-06-30 is wanted")
            return None
        return found

    def _choice(self, name: str, cell: _Cell | None) -> str:
        if cell is None:
            return ""
        for key, words in choices(name).items():
            if fold(cell.text).lower() in {fold(word).lower() for word in words.values()}:
                return key
        known = "、".join(words["zh"] for words in choices(name).values())
        english = ", ".join(words["en"] for words in choices(name).values())
        self._problem(cell, f"应为 {known} 之一", f"one of {english} is wanted")
        return ""

    def _problem(self, cell: _Cell, zh: str, en: str) -> None:
        self.issues.append(
            Issue(
                "violation",
                "template-cell",
                f"填写有误：“{cell.text}”，{zh}",
                f"{cell.text!r} can't be read: {en}",
                cell.span,
            )
        )


def _milestone(found: DateExpression, cell: _Cell) -> Milestone:
    return Milestone(
        due=found.due,
        text=cell.text,
        start=found.first,
        precision=found.precision,
        span=cell.span,
    )


def _item(draft: _ItemDraft) -> Item:
    return Item(
        text=draft.content.text if draft.content else "",
        indicators=tuple(draft.indicators),
        milestones=tuple(draft.milestones),
        departments=tuple(_numbered(draft.departments)),
        leaders=tuple(draft.leaders),
        funding=draft.funding,
        site=draft.site,
        span=draft.content.span if draft.content else None,
    )


def _numbered(entries: list[Assignment]) -> Iterator[Assignment]:
    seen: dict[tuple[str, str], Assignment] = {}
    for entry in entries:
        seen.setdefault((entry.name, entry.role), entry)
    for number, entry in enumerate(seen.values(), 1):
        yield replace(entry, order=number)
