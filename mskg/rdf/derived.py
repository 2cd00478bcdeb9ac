"""Triples that follow from a plan: shortcuts for queries, and the run that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.lexicon.target_groups import everyone, target_groups_in
from mskg.ns import DATA, PREFIXES, child_iri, concept_iri, document_iri, organisation_iri, run_iri
from mskg.rdf import vocabulary as v
from mskg.rdf.concepts import concept_triples
from mskg.rdf.terms import Literal, Triple
from mskg.rdf.writer import all_assignments, program_node, task_nodes
from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mskg.model import Assignment, Milestone, Plan, Task

__all__ = ["derived_graph", "derived_triples", "run_of", "run_triples"]

_DATE: Final = PREFIXES["xsd"] + "date"


def derived_graph(plan: Plan) -> str:
    """Return the IRI of the graph of derived triples of `plan`."""
    return document_iri(plan.document.key) + "/derived"


def derived_triples(plan: Plan, prevailing: Plan | None = None) -> Iterator[Triple]:
    """Yield the shortcut triples of `plan`, which belong in the graph `derived_graph`.

    Accountable is the lead where there is one, else the responsible department, which
    beside a lead counts as related; an item has departments of its own only where it names
    them. The final due date of a task is
    its own latest one, else the latest of the program; a date before the year of the
    program (自2009年8月1日起) is no deadline. A target group is inferred from words: the
    title, an indicator or the text of an item names it; 群众 and 企业, which stand for
    everyone, count in a title or the name of an indicator only (提高群众生活质量 says nothing).

    Parameters
    ----------
    prevailing:
        Another document of the same program that counts instead of this one.
    """
    if prevailing is not None:
        yield program_node(plan), v.IS_REPLACED_BY, program_node(prevailing)
        replaced, by = document_iri(plan.document.key), document_iri(prevailing.document.key)
        yield replaced, v.IS_REPLACED_BY, by
    default = _latest(plan.program.deadlines, plan.program.year)
    collectives = _collectives(plan)
    for node, task in zip(task_nodes(plan), plan.tasks, strict=True):
        yield from _duties(node, task.departments, collectives)
        for position, item in enumerate(task.items, 1):
            yield from _duties(child_iri(node, "item", position), item.departments, collectives)
        yield from _groups(node, task)
        due = _final_due(task, plan.program.year) or default
        if due:
            yield node, v.FINAL_DUE, Literal(due.isoformat(), _DATE)


def _collectives(plan: Plan) -> set[str]:
    """Return the ids of the organisations whose node is a collective."""
    kinds: dict[str, bool] = {}
    for assignment in all_assignments(plan):
        kinds.setdefault(assignment.org_id, assignment.collective)
    return {org_id for org_id, collective in kinds.items() if collective}


def _duties(
    node: str, assignments: tuple[Assignment, ...], collectives: set[str]
) -> Iterator[Triple]:
    named = [entry for entry in assignments if entry.org_id]
    leads = [entry for entry in named if entry.role == "lead"]
    accountable = leads or [entry for entry in named if entry.role == "responsible"]
    # 责任单位 beside a 牵头单位 works with it: not accountable, but not out of the task.
    working = {"related", "responsible"} if leads else {"related"}
    related = [entry for entry in named if entry.role in working]
    found: dict[Triple, None] = {}
    for entries, department, collective in (
        (accountable, v.ACCOUNTABLE_DEPARTMENT, v.ACCOUNTABLE_COLLECTIVE),
        (related, v.RELATED_DEPARTMENT, v.RELATED_COLLECTIVE),
    ):
        for entry in entries:
            link = collective if entry.org_id in collectives else department
            found[node, link, organisation_iri(entry.org_id)] = None
    yield from found


def _groups(node: str, task: Task) -> Iterator[Triple]:
    names = [entry.name for item in task.items for entry in item.indicators]
    subjects = target_groups_in(fold("\n".join([task.title, *names])))
    texts = target_groups_in(fold("\n".join(item.text for item in task.items)))
    for group in sorted(subjects | (texts - everyone())):
        yield node, v.TARGET_GROUP, concept_iri("target-group", group)
        yield from concept_triples("target-group", group)


def _final_due(task: Task, year: int | None) -> date | None:
    dates = [_latest(item.milestones, year) for item in task.items]
    return max((day for day in dates if day), default=None)


def _latest(milestones: tuple[Milestone, ...], year: int | None) -> date | None:
    days = (entry.due for entry in milestones if entry.due)
    return max((day for day in days if day.year >= (year or 0)), default=None)


def run_of(plan: Plan, *, rules: str, version: str) -> str:
    """Return the IRI of the run that read `plan`: the same inputs make the same run.

    Parameters
    ----------
    rules:
        Hash of the rules and tables that were used.
    version:
        Version of the software.
    """
    return run_iri("\n".join((plan.document.key, plan.document.sha256, rules, version)))


def run_triples(plan: Plan, *, rules: str, version: str) -> Iterator[Triple]:
    """Yield the provenance of the run that read `plan`; no clock is involved.

    The parameters are those of `run_of`, whose IRI is the graph that they belong in.
    """
    run = run_of(plan, rules=rules, version=version)
    agent = child_iri(f"{DATA}software", "mskg", version)
    yield run, v.TYPE, v.EXTRACTION_RUN
    yield run, v.TYPE, v.ACTIVITY
    yield run, v.USED, document_iri(plan.document.key)
    yield run, v.FILE_HASH, Literal(plan.document.sha256)
    yield run, v.RULES_HASH, Literal(rules)
    yield run, v.SOFTWARE_VERSION, Literal(version)
    yield run, v.WAS_ASSOCIATED_WITH, agent
    yield agent, v.TYPE, v.SOFTWARE_AGENT
    yield agent, v.LABEL, Literal(f"mskg {version}")
