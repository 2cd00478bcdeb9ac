"""Plan → triples of its document graph: document, program, tasks, duties, issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.model import Assignment, Issue, Leader, Plan, Task, UnusedNumber
from mskg.ns import organisation_iri, task_iri
from mskg.rdf import fields as f
from mskg.rdf import vocabulary as v
from mskg.rdf.facts import number_indicators, write_item, write_milestones
from mskg.rdf.terms import Literal, Triple
from mskg.rdf.writer import PlanWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["plan_triples"]


def plan_triples(plan: Plan, *, run: str = "") -> Iterator[Triple]:
    """Yield the triples of the named graph of `plan`; its IRI is that of the document.

    The order depends on the plan alone; there are no blank nodes and no duplicates, and
    `mskg.rdf.plan_from_triples` gives the same plan back.

    Parameters
    ----------
    run:
        IRI of the run that read the document (see `run_triples`), if it is to be named.
    """
    writer = PlanWriter(plan)
    number_indicators(writer)
    _write_document(writer, run)
    _write_program(writer)
    for position, (node, task) in enumerate(zip(writer.tasks, plan.tasks, strict=True), 1):
        _write_task(writer, node, task, position)
    for number, issue in enumerate(plan.issues, 1):
        _write_issue(writer, issue, number)
    paths = dict(zip((task.path for task in plan.tasks[::-1]), writer.tasks[::-1], strict=True))
    for number, unused in enumerate(plan.unused_numbers, 1):
        _write_unused(writer, unused, number, paths)
    return iter(writer.triples)


def _write_document(writer: PlanWriter, run: str) -> None:
    document = writer.plan.document
    writer.add(writer.document, v.TYPE, v.PLAN_DOCUMENT)
    writer.fields(writer.document, document, f.DOCUMENT)
    if writer.plan.source:
        writer.add(writer.document, v.SOURCE_FILE, Literal(writer.plan.source))
    writer.add(writer.document, v.ANNOUNCES, writer.program)
    if run:
        writer.add(writer.document, v.WAS_GENERATED_BY, run)
    for number, link in enumerate(document.links, 1):
        node = writer.listed(writer.document, v.HAS_LINK, "link", number, v.DOCUMENT_LINK)
        writer.fields(node, link, f.LINK)
        writer.evidence(node, link.span)


def _write_program(writer: PlanWriter) -> None:
    program, node = writer.plan.program, writer.program
    writer.add(node, v.TYPE, v.PROGRAM)
    writer.add(node, v.TYPE, v.PROV_PLAN)
    writer.fields(node, program, f.PROGRAM)
    writer.region(program)
    writer.evidence(node, program.declared_count_span, v.COUNT_EVIDENCE)
    write_milestones(writer, node, program.deadlines)
    _write_assignments(writer, node, program.departments)


def _write_task(writer: PlanWriter, node: str, task: Task, position: int) -> None:
    writer.add(writer.program, v.HAS_TASK, node)
    writer.add(node, v.TYPE, v.TASK)
    writer.add(node, v.IN_PROGRAM, writer.program)
    writer.add(node, v.POSITION, f.integer(position))
    writer.fields(node, task, f.TASK)
    writer.concepts(node, v.POLICY_AREA, "area", task.areas)
    writer.concepts(node, v.TASK_ORIGIN, "origin", task.origins)
    writer.evidence(node, task.span)
    writer.evidence(node, task.title_span, v.TITLE_EVIDENCE)
    _write_assignments(writer, node, task.departments)
    _write_leaders(writer, node, task.leaders)
    for number, item in enumerate(task.items, 1):
        child = writer.listed(node, v.HAS_ITEM, "item", number, v.ITEM)
        writer.add(child, v.IN_TASK, node)
        write_item(writer, child, item)
        _write_assignments(writer, child, item.departments)
        _write_leaders(writer, child, item.leaders)


def _write_leaders(writer: PlanWriter, parent: str, leaders: tuple[Leader, ...]) -> None:
    for number, leader in enumerate(leaders, 1):
        node = writer.listed(parent, v.HAS_LEADER, "leader", number, v.POST)
        writer.fields(node, leader, f.LEADER)
        writer.evidence(node, leader.span)


def _write_assignments(
    writer: PlanWriter, parent: str, assignments: tuple[Assignment, ...]
) -> None:
    for number, assignment in enumerate(assignments, 1):
        node = writer.listed(parent, v.HAS_ASSIGNMENT, "assignment", number, v.ASSIGNMENT)
        writer.fields(node, assignment, f.ASSIGNMENT)
        if assignment.role:
            writer.concepts(node, v.ROLE, "role", (assignment.role,))
        described = writer.organisation(assignment)
        if described:
            writer.add(node, v.DEPARTMENT, organisation_iri(assignment.org_id))
        _write_differences(writer, node, assignment, described or Assignment("", ""))
        writer.evidence(node, assignment.span)


def _write_differences(
    writer: PlanWriter, node: str, assignment: Assignment, described: Assignment
) -> None:
    if assignment.org != described.org:
        writer.add(node, v.ORGANISATION_NAME, Literal(assignment.org))
    if assignment.verified != described.verified:
        writer.add(node, v.VERIFIED, f.boolean(assignment.verified))
    if assignment.collective != described.collective:
        writer.add(node, v.COLLECTIVE, f.boolean(assignment.collective))
    if assignment.functions != described.functions:
        writer.concepts(node, v.FUNCTION, "function", assignment.functions, in_order=True)


def _write_issue(writer: PlanWriter, issue: Issue, number: int) -> None:
    node = writer.listed(writer.document, v.HAS_ISSUE, "issue", number, v.ISSUE)
    writer.fields(node, issue, f.ISSUE)
    for message, language in ((issue.message, "zh"), (issue.message_en, "en")):
        if message:
            writer.add(node, v.MESSAGE, Literal(message, "", language))
    writer.evidence(node, issue.span)


def _write_unused(
    writer: PlanWriter, unused: UnusedNumber, number: int, paths: dict[str, str]
) -> None:
    node = writer.listed(writer.document, v.HAS_UNUSED_NUMBER, "unused", number, v.UNUSED_NUMBER)
    writer.fields(node, unused, f.UNUSED)
    writer.evidence(node, unused.span)
    if not unused.task:
        return
    task = paths.get(unused.task)
    if task is None:  # a path that no task has: kept, and found by the shapes
        task = paths[unused.task] = task_iri(writer.program, unused.task)
        writer.add(task, v.ORDINAL_PATH, Literal(unused.task))
    writer.add(node, v.IN_TASK, task)
