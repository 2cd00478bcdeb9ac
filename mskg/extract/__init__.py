"""Extraction: outline and text in, plan out. One file a kind of fact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.extract.apart import with_duties_apart
from mskg.extract.counts import group_counts
from mskg.extract.damage import find_damage
from mskg.extract.declared import declared_count
from mskg.extract.departments import first_is_lead
from mskg.extract.header import read_header
from mskg.extract.items import ItemReader
from mskg.extract.links import find_links
from mskg.extract.numbering import gaps, numbers_twice
from mskg.extract.origins import origins_of, voted
from mskg.extract.program import (
    program_deadlines,
    program_departments,
    program_year,
)
from mskg.extract.template import template_plan
from mskg.model import (
    Assignment,
    Document,
    DocumentInfo,
    Issue,
    Leader,
    Plan,
    Program,
    Task,
    with_changes,
)
from mskg.text import BULLETS, COMMA, FoldedText

if TYPE_CHECKING:
    from mskg.model.outline import Outline, OutlineTask

__all__ = ["extract_plan", "template_plan"]

# A bracket with a stop inside ends a name too: 科教惠民工程（项目6个，其中…）
_NAME_STOP = re.compile(rf"{COMMA}|[;。]|\([^()]*[,;。][^()]*\)")
_CLEANED = "the reader dropped what copying or printing had added; the Chinese note says what"
_NO_YEAR = (
    "文中没有年份，没写年份的日期无法确定，请在标题中写明年度",
    "no year is printed, so dates without a year could not be read; name the year in the title",
)


def extract_plan(document: Document, outline: Outline, folded: FoldedText | None = None) -> Plan:
    """Return the plan that `document` states, names and regions not yet resolved.

    Facts keep their place; every number in the text of a task is a fact or stands in
    ``unused_numbers`` with the rule that set it aside.
    """
    text = folded or FoldedText(document.text)
    tail = max((_extent(task)[1] for task in outline.tasks), default=len(text.text))
    head_end = outline.head.end if outline.tasks else len(text.text)
    header = read_header(text, head_end, tail)
    issued = header.issued.year if header.issued else None
    year = program_year(header.title + header.plan_title, text.folded, issued)
    reader = ItemReader(text, document.span, year, first_is_lead=first_is_lead(text.folded))
    default = ("congress",) if voted(text, outline.prose) else ()
    own = [_task(reader, entry, document, default) for entry in outline.tasks]
    tasks = tuple(with_duties_apart(own, text, outline.prose, document.span))
    count, count_span = declared_count(text, outline.prose, year, document.span)
    program = Program(
        year=year,
        declared_count=count,
        declared_count_span=count_span,
        deadlines=tuple(program_deadlines(text, outline.prose, year, document.span)),
        departments=tuple(program_departments(text, outline.prose, document.span)),
    )
    info = DocumentInfo(
        key="",
        sha256=document.sha256,
        title=header.title,
        doc_number=header.number,
        issuer=header.issuer,
        issued=header.issued,
        type=header.type,
        format=document.format,
        encoding=document.encoding,
        script=document.script,
        layout=outline.layout,
        links=tuple(find_links(text, outline.prose, document.span)),
    )
    if year is None and tasks:
        reader.issues.append(Issue("warning", "no-year", *_NO_YEAR))
    reader.issues += [*gaps(tasks), *numbers_twice(text, tasks, document.span)]
    reader.issues += group_counts(text, outline.prose, count, document.span)
    if count and tasks and count != len(tasks):
        reader.issues.append(
            Issue(
                "warning",
                "count-mismatch",
                f"文中说有 {count} 项，读到 {len(tasks)} 项，请核对",
                f"the text speaks of {count} tasks, {len(tasks)} were read",
                count_span,
            )
        )
    notes = tuple(Issue("info", "cleaned-on-import", note, _CLEANED) for note in document.notes)
    damage = find_damage(document, 0, outline.end or len(document.text))
    issues = (*notes, *outline.issues, *reader.issues, *damage)
    return Plan(document.source, info, program, tasks, issues, tuple(reader.unused))


def _task(
    reader: ItemReader, outline: OutlineTask, document: Document, default: tuple[str, ...]
) -> Task:
    title = _title(reader.folded, outline)
    items = [
        reader.item(entry, f"{outline.path}-{number}", title)
        for number, entry in enumerate(outline.items, 1)
    ]
    if outline.title and items:
        items[0] = reader.with_title(items[0], outline.title, f"{outline.path}-t", items)
    own = reader.departments(outline.fields)
    departments = _union([own, *(item.departments for item in items)])
    leaders = _leaders([reader.leaders(outline.fields), *(item.leaders for item in items)])
    group = ""
    if outline.group:
        group = reader.folded.printed(outline.group.begin, outline.group.end)
    begin, end = _extent(outline)
    return Task(
        no=outline.no,
        path=outline.path,
        title=title,
        items=tuple(items),
        group=group,
        departments=tuple(departments),
        leaders=tuple(leaders),
        origins=origins_of(reader.folded, outline) or default,
        span=document.span(begin, end),
        title_span=document.span(outline.title.begin, outline.title.end) if outline.title else None,
    )


def _title(folded: FoldedText, outline: OutlineTask) -> str:
    """Return the task's own name, else its text up to the first ，；。 (`plan-record` rule 25)."""
    if outline.title:
        name = folded.printed(outline.title.begin, outline.title.end)
        return name.strip("*# ").lstrip(BULLETS + " ")
    places = [f.place for item in outline.items for f in item.fields if f.kind == "content"]
    if not places:
        return ""
    view = folded.view(places[0].begin, places[0].end)
    if field := re.match(r"在?(?P<name>[^,;。]{2,12})方面,", view.folded):
        return view.text[slice(*field.span("name"))]
    match = _NAME_STOP.search(view.folded, 1)
    return view.text[: match.start() if match else len(view)].lstrip(BULLETS + " ")


def _extent(outline: OutlineTask) -> tuple[int, int]:
    places = [f.place for item in outline.items for f in item.fields]
    places += [f.place for f in outline.fields] + ([outline.title] if outline.title else [])
    return min((p.begin for p in places), default=0), max((p.end for p in places), default=0)


def _union(lists: list[list[Assignment] | tuple[Assignment, ...]]) -> list[Assignment]:
    """Return the departments of a task: its own and those of its items, each role once."""
    found: dict[tuple[str, str], Assignment] = {}
    for assignments in lists:
        for assignment in assignments:
            found.setdefault((assignment.name, assignment.role), assignment)
    ordered = enumerate(found.values(), 1)
    return [a if a.order == n else with_changes(a, order=n) for n, a in ordered]


def _leaders(lists: list[list[Leader] | tuple[Leader, ...]]) -> list[Leader]:
    found: dict[str, Leader] = {}
    for leaders in lists:
        for leader in leaders:
            found.setdefault(leader.name, leader)
    return list(found.values())
