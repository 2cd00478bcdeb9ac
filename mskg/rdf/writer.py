"""What every part of a plan needs while it is written: fields, evidence, shared nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mskg.lexicon.units import unit_of
from mskg.ns import (
    PREFIXES,
    child_iri,
    concept_iri,
    document_iri,
    evidence_iri,
    organisation_iri,
    place_code,
    program_iri,
    region_iri,
    task_iri,
)
from mskg.rdf import fields as f
from mskg.rdf import vocabulary as v
from mskg.rdf.concepts import concept_triples, parent_region, region_triples
from mskg.rdf.terms import Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.model import Assignment, Plan, Program, Span

__all__ = ["PlanWriter", "all_assignments", "language_of", "program_node", "task_nodes"]

_LANGUAGES: Final = {"simplified": "zh-Hans", "traditional": "zh-Hant"}


def language_of(script: str) -> str:
    """Return the language tag of words printed in `script`."""
    return _LANGUAGES.get(script, "zh")


def program_node(plan: Plan) -> str:
    """Return the IRI of the program of `plan`."""
    program = plan.program
    place = place_code(program.region_code, program.region, plan.document.key)
    return program_iri(place, program.year, program.kind, program.ordinal)


def task_nodes(plan: Plan) -> list[str]:
    """Return the IRIs of the tasks of `plan`, in its order.

    Where two tasks were given one path by mistake, the later one gets a suffix, so that
    both stay visible.
    """
    program = program_node(plan)
    found: dict[str, None] = {}
    for task in plan.tasks:
        iri = task_iri(program, task.path)
        found[_unused(iri, found)] = None
    return list(found)


def all_assignments(plan: Plan) -> Iterator[Assignment]:
    """Yield every assignment of `plan` in the order in which they are written.

    The first one that names an organisation describes its node.
    """
    yield from plan.program.departments
    for task in plan.tasks:
        yield from task.departments
        for item in task.items:
            yield from item.departments


def _unused(iri: str, used: dict[str, None]) -> str:
    candidate, number = iri, 2
    while candidate in used:
        candidate, number = f"{iri}-{number}", number + 1
    return candidate


class PlanWriter:
    """Collects the triples of one document graph.

    Shared nodes (evidence, organisations, concepts, regions) are written once, where they
    are first needed, so the graph is complete in itself.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.triples: list[Triple] = []
        self.document = document_iri(plan.document.key)
        self.program = program_node(plan)
        self.tasks = task_nodes(plan)
        self.measures: dict[tuple[str, int], str] = {}
        """Node of the indicator at a position of an item or milestone."""
        self.by_id: dict[str, str] = {}
        """Node of every indicator id: the indicator, else (stage targets) the target."""
        self.counted: dict[str, str] = {}
        """Indicator node of every id that has one of its own."""
        self._language = language_of(plan.document.script)
        self._nodes: dict[str, None] = {}
        self._shared: set[str] = set()
        self._organisations: dict[str, Assignment] = {}

    def add(self, subject: str, predicate: str, value: str | Literal) -> None:
        """Add one triple."""
        self.triples.append((subject, predicate, value))

    def fields(self, node: str, value: Any, table: Iterable[f.Field]) -> None:
        """Add the fields of `value` that `table` lists."""
        add = self.triples.append
        for name, predicate, codec, default, always, _ in table:
            entry = getattr(value, name)
            if (always or entry != default) and entry is not None:
                add((node, predicate, codec.write(entry, self._language)))

    def node(self, parent: str, link: str, kind: str, name: str | int, type_: str) -> str:
        """Add a new node of the class `type_` under `parent` and return its IRI."""
        iri = self.unused(child_iri(parent, kind, name))
        self.triples.append((parent, link, iri))
        self.triples.append((iri, v.TYPE, type_))
        return iri

    def listed(self, parent: str, link: str, kind: str, position: int, type_: str) -> str:
        """Add the node at a 1-based `position` in a list of `parent` and return its IRI."""
        iri = self.node(parent, link, kind, position, type_)
        self.triples.append((iri, v.POSITION, f.integer(position)))
        return iri

    def unused(self, iri: str) -> str:
        """Return `iri`, with a suffix where this plan has used it before."""
        iri = _unused(iri, self._nodes)
        self._nodes[iri] = None
        return iri

    def evidence(self, node: str, span: Span | None, link: str = v.HAS_EVIDENCE) -> None:
        """Link `node` to the evidence of `span`, if there is one."""
        if span is None:
            return
        iri = evidence_iri(self.plan.document.key, span.begin, span.end)
        self.add(node, link, iri)
        if self._first(iri):
            self.add(iri, v.TYPE, v.EVIDENCE)
            self.add(iri, v.IN_DOCUMENT, self.document)
            self.fields(iri, span, f.SPAN)
            self.fields(iri, span.locator, f.LOCATOR)

    def concepts(
        self,
        node: str,
        link: str,
        scheme: str,
        notations: tuple[str, ...],
        *,
        in_order: bool = False,
    ) -> None:
        """Link `node` to concepts; their order is kept where it tells something."""
        plain = tuple(sorted(set(notations)))
        for notation in plain:
            iri = concept_iri(scheme, notation)
            self.add(node, link, iri)
            if self._first(iri):
                self.triples.extend(concept_triples(scheme, notation))
        if in_order or notations != plain:
            self.add(node, v.CONCEPT_ORDER, Literal(" ".join(notations)))

    def measure_unit(self, node: str, printed: str) -> None:
        """Link `node` to the QUDT unit of a printed unit; the word tells it, so none reads it."""
        unit = unit_of(printed)
        if unit is None or not unit.qudt:
            return
        iri = PREFIXES["qudt"] + unit.qudt
        self.add(node, v.MEASURE_UNIT, iri)
        if self._first(iri):
            self.add(iri, v.TYPE, v.QUDT_UNIT)

    def region(self, program: Program) -> None:
        """Add the region of the program; nothing where none is known."""
        if not (program.region_code or program.region):
            return
        code = place_code(program.region_code, program.region)
        self.add(self.program, v.REGION, region_iri(code))
        if program.region_code:
            self._known_region(code, program.region)
            return
        self.add(region_iri(code), v.TYPE, v.REGION_CLASS)
        self.add(region_iri(code), v.PREF_LABEL, Literal(program.region, "", "zh"))

    def organisation(self, assignment: Assignment) -> Assignment | None:
        """Add the organisation of `assignment`; return the assignment that describes it.

        The node is described by the first assignment that names the organisation; what a
        later one says differently is written at that assignment. None without `org_id`.
        """
        if not assignment.org_id:
            return None
        first = self._organisations.setdefault(assignment.org_id, assignment)
        if first is assignment:
            self._describe(organisation_iri(assignment.org_id), assignment)
        return first

    def _describe(self, iri: str, assignment: Assignment) -> None:
        if assignment.collective:
            self.add(iri, v.TYPE, v.COLLECTIVE_CLASS)
        else:
            self.add(iri, v.TYPE, v.DEPARTMENT_CLASS)
            self.add(iri, v.TYPE, v.FORMAL_ORGANISATION)
        self.add(iri, v.IDENTIFIER, Literal(assignment.org_id))
        if assignment.org:
            self.add(iri, v.PREF_LABEL, Literal(assignment.org, "", "zh"))
        self.concepts(iri, v.FUNCTION, "function", assignment.functions)
        self.add(iri, v.VERIFIED, f.boolean(assignment.verified))
        code = assignment.org_id.partition("/")[0]
        if len(code) == 6 and code.isascii() and code.isdigit():
            self.add(iri, v.IN_REGION, region_iri(code))
            self._known_region(code, None)

    def _known_region(self, code: str, name: str | None) -> None:
        while code and self._first(region_iri(code)):
            self.triples.extend(region_triples(code, name))
            code, name = parent_region(code), None

    def _first(self, iri: str) -> bool:
        if iri in self._shared:
            return False
        self._shared.add(iri)
        return True
