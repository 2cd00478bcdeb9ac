"""Triples of a document graph → Plan: the way back, without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.errors import InputError
from mskg.model import (
    Assignment,
    DocumentInfo,
    DocumentLink,
    Indicator,
    Issue,
    Item,
    Leader,
    Locator,
    Milestone,
    Part,
    Plan,
    Program,
    Progress,
    Span,
    Task,
    TextField,
    UnusedNumber,
)
from mskg.rdf import fields as f
from mskg.rdf import vocabulary as v
from mskg.rdf.view import GraphView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.rdf.terms import Triple

__all__ = ["plan_from_triples"]


def plan_from_triples(triples: Iterable[Triple]) -> Plan:
    """Return the plan of one document graph.

    Raises
    ------
    InputError
        If the triples hold no plan document or several, if a property has two values
        where the model has one, or if a value is missing or can't be read.
    """
    return _PlanReader(GraphView(triples)).plan()


class _PlanReader:
    def __init__(self, graph: GraphView) -> None:
        self._graph = graph
        self._counted = graph.counted()
        self._elsewhere = {
            target for item in graph.nodes(v.ITEM) for target in graph.links(item, v.HAS_TARGET)
        }
        """Targets of an item that hang on an indicator stated elsewhere."""

    def plan(self) -> Plan:
        graph = self._graph
        documents = graph.nodes(v.PLAN_DOCUMENT)
        if len(documents) != 1:
            raise InputError(
                f"wanted one mskg:PlanDocument, found {len(documents)}",
                hint="give the graph of one plan, as `mskg export --format ttl` writes it",
                zh=f"应有一个 mskg:PlanDocument，现有 {len(documents)} 个（请给出一份计划的图）",
            )
        node = documents[0]
        program = graph.link(node, v.ANNOUNCES)
        return Plan(
            source=graph.text(node, v.SOURCE_FILE),
            document=DocumentInfo(
                **graph.fields(node, f.DOCUMENT),
                links=tuple(self._link(link) for link in graph.links(node, v.HAS_LINK)),
            ),
            program=self._program(program),
            tasks=tuple(self._task(task) for task in graph.links(program, v.HAS_TASK)),
            issues=tuple(self._issue(issue) for issue in graph.links(node, v.HAS_ISSUE)),
            unused_numbers=tuple(
                self._unused(unused) for unused in graph.links(node, v.HAS_UNUSED_NUMBER)
            ),
        )

    def _program(self, node: str) -> Program:
        region = self._graph.link(node, v.REGION)
        return Program(
            **self._graph.fields(node, f.PROGRAM),
            region=self._graph.text(region, v.PREF_LABEL),
            region_code=self._graph.text(region, v.REGION_CODE),
            declared_count_span=self._span(node, v.COUNT_EVIDENCE),
            deadlines=self._milestones(node),
            departments=self._assignments(node),
        )

    def _task(self, node: str) -> Task:
        return Task(
            **self._graph.fields(node, f.TASK),
            items=tuple(self._item(item) for item in self._graph.links(node, v.HAS_ITEM)),
            departments=self._assignments(node),
            leaders=self._leaders(node),
            areas=self._graph.notations(node, v.POLICY_AREA),
            origins=self._graph.notations(node, v.TASK_ORIGIN, in_order=False),
            span=self._span(node),
            title_span=self._span(node, v.TITLE_EVIDENCE),
        )

    def _item(self, node: str) -> Item:
        graph = self._graph
        return Item(
            **graph.fields(node, f.ITEM),
            indicators=self._indicators(self._own_targets(node)),
            milestones=self._milestones(node),
            parts=tuple(
                Part(**graph.fields(part, f.PART), span=self._span(part))
                for part in graph.links(node, v.HAS_PART)
            ),
            departments=self._assignments(node),
            leaders=self._leaders(node),
            funding=self._text_field(node, v.FUNDING_TEXT, v.FUNDING_EVIDENCE),
            site=self._text_field(node, v.SITE_TEXT, v.SITE_EVIDENCE),
            progress=tuple(
                Progress(**graph.fields(progress, f.PROGRESS), span=self._span(progress))
                for progress in graph.links(node, v.HAS_PROGRESS)
            ),
            span=self._span(node),
        )

    def _own_targets(self, item: str) -> list[str]:
        graph = self._graph
        found = set(graph.links(item, v.HAS_TARGET))
        for indicator in graph.links(item, v.HAS_INDICATOR):
            found.update(
                target
                for target in graph.links(indicator, v.HAS_TARGET)
                if target not in self._elsewhere and not graph.links(target, v.DUE_AT)
            )
        return graph.ordered(found)

    def _indicators(self, targets: Iterable[str]) -> tuple[Indicator, ...]:
        return tuple(self._indicator(target) for target in targets)

    def _indicator(self, target: str) -> Indicator:
        graph = self._graph
        counted = self._counted.get(target, target)
        own, of = graph.text(target, v.IDENTIFIER), graph.text(counted, v.IDENTIFIER)
        measured = counted if own == of else target
        return Indicator(
            id=own,
            of="" if own == of else of,
            **graph.fields(target, f.LABELLED),
            **graph.fields(target, f.TARGET),
            **graph.fields(measured, f.MEASURE),
            counted_thing=graph.notation(measured, v.COUNTED_THING),
            part_of=graph.text(graph.link(measured, v.PART_OF), v.IDENTIFIER),
            span=self._span(target),
        )

    def _milestones(self, node: str) -> tuple[Milestone, ...]:
        graph = self._graph
        return tuple(
            Milestone(
                **graph.fields(milestone, f.MILESTONE),
                **graph.fields(graph.link(milestone, v.HAS_DEADLINE), f.DEADLINE),
                indicators=self._indicators(graph.links(milestone, v.HAS_TARGET)),
                span=self._span(milestone),
            )
            for milestone in graph.links(node, v.HAS_MILESTONE)
        )

    def _assignments(self, node: str) -> tuple[Assignment, ...]:
        links = self._graph.links(node, v.HAS_ASSIGNMENT)
        return tuple(self._assignment(assignment) for assignment in links)

    def _assignment(self, node: str) -> Assignment:
        graph = self._graph
        org = graph.link(node, v.DEPARTMENT)
        name = graph.literal(node, v.ORGANISATION_NAME)
        has_functions = graph.literal(node, v.CONCEPT_ORDER) is not None
        collective = v.COLLECTIVE_CLASS in graph.links(org, v.TYPE)
        return Assignment(
            **graph.fields(node, f.ASSIGNMENT),
            role=graph.notation(node, v.ROLE),
            org=graph.text(org, v.PREF_LABEL) if name is None else name,
            org_id=graph.text(org, v.IDENTIFIER),
            functions=graph.notations(node if has_functions else org, v.FUNCTION),
            verified=graph.flag(node, v.VERIFIED, graph.flag(org, v.VERIFIED, False)),
            collective=graph.flag(node, v.COLLECTIVE, collective),
            span=self._span(node),
        )

    def _leaders(self, node: str) -> tuple[Leader, ...]:
        return tuple(
            Leader(**self._graph.fields(leader, f.LEADER), span=self._span(leader))
            for leader in self._graph.links(node, v.HAS_LEADER)
        )

    def _link(self, node: str) -> DocumentLink:
        return DocumentLink(**self._graph.fields(node, f.LINK), span=self._span(node))

    def _issue(self, node: str) -> Issue:
        return Issue(
            **self._graph.fields(node, f.ISSUE),
            message=self._graph.text(node, v.MESSAGE, "zh"),
            message_en=self._graph.text(node, v.MESSAGE, "en"),
            span=self._span(node),
        )

    def _unused(self, node: str) -> UnusedNumber:
        task = self._graph.link(node, v.IN_TASK)
        return UnusedNumber(
            **self._graph.fields(node, f.UNUSED),
            task=self._graph.text(task, v.ORDINAL_PATH),
            span=self._span(node),
        )

    def _text_field(self, node: str, words: str, evidence: str) -> TextField | None:
        text = self._graph.literal(node, words)
        return None if text is None else TextField(text, self._span(node, evidence))

    def _span(self, node: str, link: str = v.HAS_EVIDENCE) -> Span | None:
        evidence = self._graph.link(node, link)
        if not evidence:
            return None
        locator = Locator(**self._graph.fields(evidence, f.LOCATOR))
        return Span(**self._graph.fields(evidence, f.SPAN), locator=locator)
