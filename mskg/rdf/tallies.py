"""Tallies: numbers that follow from many plans, kept ready for national questions.

A tally counts the tasks of one combination (a function and a year, two departments, a counted
thing with a unit and a year, …) over all plans that count. It is a node of the graph
`mskg.ns.TALLIES_GRAPH`. What one plan adds to each tally is its `contribution`: contributions
can be added and taken back, so that tallies follow a store without being counted anew.
"""

from __future__ import annotations

from decimal import Context, Decimal
from itertools import combinations, product
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from mskg.ns import (
    DATA,
    PREFIXES,
    TALLIES_GRAPH,
    child_iri,
    concept_iri,
    digest,
    organisation_iri,
    run_iri,
)
from mskg.rdf import fields as f
from mskg.rdf import vocabulary as v
from mskg.rdf.derived import derived_triples
from mskg.rdf.terms import Literal
from mskg.rdf.writer import all_assignments, task_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mskg.model import Plan
    from mskg.rdf.terms import Triple

__all__ = [
    "Tallies",
    "TallyKey",
    "add_tallies",
    "contribution",
    "tallies_header",
    "tally_numbers",
    "tally_triples",
]


class TallyKey(NamedTuple):
    """What a tally counts: its kind, the year of the plans, and what it is about.

    ``year`` is empty for pairs of departments, which are counted over all years, and where the
    year of a plan is unknown. ``parts`` are the values of the links of the kind.
    """

    kind: str
    year: str
    parts: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The node of the tally."""
        name = digest(" ".join(self.parts), 16)
        return child_iri(f"{DATA}tally/{self.kind}", self.year or "x", name)


Tallies: TypeAlias = dict[TallyKey, dict[str, Decimal]]
"""Numbers of tallies by property, zeros left out; pairs of departments have a 1 by each task."""

_LINKS: Final[dict[str, tuple[str, ...]]] = {
    "area": (v.TALLY_AREA,),
    "departments": (v.FIRST_DEPARTMENT, v.SECOND_DEPARTMENT),
    "function": (v.TALLY_FUNCTION,),
    "functions": (v.FIRST_FUNCTION, v.SECOND_FUNCTION),
    "month": (v.TALLY_MONTH,),
    "thing": (v.TALLY_THING, v.TALLY_UNIT),
}
_TEXTS: Final = {v.TALLY_MONTH, v.TALLY_UNIT}
_NUMBERS: Final = {
    v.COUNTED_TASKS: f.INTEGER,
    v.ACCOUNTABLE_TASKS: f.INTEGER,
    v.COUNTED_PLANS: f.INTEGER,
    v.COUNTED_TARGETS: f.INTEGER,
    v.SHARED_TASKS: f.INTEGER,
    v.VALUE_SUM: f.DECIMAL,
}
_DUTIES: Final = {v.ACCOUNTABLE_DEPARTMENT, v.RELATED_DEPARTMENT}
_GYEAR: Final = PREFIXES["xsd"] + "gYear"
_ONE: Final = Decimal(1)
_ZERO: Final = Decimal(0)
_TASK: Final = {v.COUNTED_TASKS: _ONE}
_LED_TASK: Final = {v.COUNTED_TASKS: _ONE, v.ACCOUNTABLE_TASKS: _ONE}
_MONTH: Final = 7  # letters of 2023-06
# Sums must not depend on the order of the plans: more digits than any sum of ours has.
_EXACT: Final = Context(prec=60)


def contribution(plan: Plan) -> Tallies:
    """Return what `plan` adds to each tally."""
    year = f"{plan.program.year:04d}" if plan.program.year else ""
    functions = _functions(plan)
    found: Tallies = {}
    for task in _counted_tasks(plan):
        once = _shared(task, functions, year)
        once.update(_of_functions(task, functions, year))
        for area in task.areas:
            once[TallyKey("area", year, (concept_iri("area", area),))] = _TASK
        if task.due:
            once[TallyKey("month", year, (task.due[:_MONTH],))] = _TASK
        add_tallies(found, once)
    add_tallies(found, _things(plan, year))
    for key, numbers in found.items():
        if key.kind != "departments":
            numbers[v.COUNTED_PLANS] = _ONE
    return found


def _shared(task: _CountedTask, functions: Mapping[str, tuple[str, ...]], year: str) -> Tallies:
    """Return the tallies of the pairs of departments, and of functions, that share `task`."""
    found: Tallies = {}
    for pair in task.pairs:
        found[TallyKey("departments", "", pair)] = {v.SHARED_TASKS: _ONE, task.node: _ONE}
        for both in product(*(functions.get(department, ()) for department in pair)):
            if both[0] != both[1]:
                found[TallyKey("functions", year, tuple(sorted(both)))] = _TASK
    return found


def _of_functions(
    task: _CountedTask, functions: Mapping[str, tuple[str, ...]], year: str
) -> Tallies:
    found: Tallies = {}
    for departments, numbers in ((task.related, _TASK), (task.accountable, _LED_TASK)):
        for department in departments:
            for function in functions.get(department, ()):
                found[TallyKey("function", year, (function,))] = numbers
    return found


def add_tallies(
    total: Tallies, more: Mapping[TallyKey, Mapping[str, Decimal]], sign: int = 1
) -> None:
    """Add a contribution to `total` (`sign` 1) or take it back (-1); zeros vanish."""
    for key, numbers in more.items():
        sums = total.setdefault(key, {})
        for name, number in numbers.items():
            found = _EXACT.add(sums.pop(name, _ZERO), sign * number)
            if found:
                sums[name] = found
        if not sums:
            del total[key]


def tally_triples(tallies: Mapping[TallyKey, Mapping[str, Decimal]]) -> Iterator[Triple]:
    """Yield the nodes of `tallies`."""
    for key, numbers in tallies.items():
        node = key.iri
        yield node, v.TYPE, v.TALLY
        if key.year:
            yield node, v.TALLY_YEAR, Literal(key.year, _GYEAR)
        for link, part in zip(_LINKS[key.kind], key.parts, strict=True):
            yield node, link, Literal(part) if link in _TEXTS else part
        for name, number in numbers.items():
            if name in _NUMBERS:
                yield node, name, _NUMBERS[name].write(number, "")
            else:
                yield node, v.WAS_DERIVED_FROM, name


def tally_numbers(triples: Iterable[Triple]) -> dict[str, dict[str, Decimal]]:
    """Return the numbers of the tallies that `triples` hold, by node."""
    found: dict[str, dict[str, Decimal]] = {}
    for node, name, value in triples:
        if name in _NUMBERS and isinstance(value, Literal):
            found.setdefault(node, {})[name] = Decimal(value.value)
        elif name == v.WAS_DERIVED_FROM:
            found.setdefault(node, {})[str(value)] = _ONE
    return found


def tallies_header(version: str) -> Iterator[Triple]:
    """Yield what says that the graph of tallies is derived, and by which `version` of mskg.

    The documents that are counted are named beside it, by ``prov:wasDerivedFrom``.
    """
    run = run_iri(f"{TALLIES_GRAPH}\n{version}")
    agent = child_iri(f"{DATA}software", "mskg", version)
    yield TALLIES_GRAPH, v.TYPE, v.PROV_ENTITY
    yield TALLIES_GRAPH, v.SOFTWARE_VERSION, Literal(version)
    yield TALLIES_GRAPH, v.WAS_GENERATED_BY, run
    yield run, v.TYPE, v.ACTIVITY
    yield run, v.WAS_ASSOCIATED_WITH, agent
    yield agent, v.TYPE, v.SOFTWARE_AGENT
    yield agent, v.LABEL, Literal(f"mskg {version}")


class _CountedTask(NamedTuple):
    """What is counted of a task: who works on it, in which areas, until when."""

    node: str
    accountable: set[str]
    related: set[str]
    pairs: set[tuple[str, str]]
    areas: tuple[str, ...]
    due: str


def _counted_tasks(plan: Plan) -> Iterator[_CountedTask]:
    """Yield the tasks; two departments share one as `queries/shared-tasks.rq` says."""
    duties: dict[str, dict[str, set[str]]] = {}
    due: dict[str, str] = {}
    for node, link, value in derived_triples(plan):
        if link in _DUTIES:
            duties.setdefault(node, {}).setdefault(link, set()).add(str(value))
        elif link == v.FINAL_DUE and isinstance(value, Literal):
            due[node] = value.value
    for node, task in zip(task_nodes(plan), plan.tasks, strict=True):
        items = [duties.get(child_iri(node, "item", n + 1), {}) for n in range(len(task.items))]
        own = duties.get(node, {})
        groups = [*filter(None, items), *([own] if not all(items) else [])]
        yield _CountedTask(
            node,
            set().union(*(group.get(v.ACCOUNTABLE_DEPARTMENT, ()) for group in (own, *items))),
            set().union(*(group.get(v.RELATED_DEPARTMENT, ()) for group in (own, *items))),
            {
                pair
                for group in groups
                for pair in combinations(sorted(set().union(*group.values())), 2)
            },
            task.areas,
            due.get(node, ""),
        )


def _functions(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return the functions of each organisation; the first assignment describes it."""
    return {
        organisation_iri(entry.org_id): tuple(
            concept_iri("function", name) for name in entry.functions
        )
        for entry in reversed(list(all_assignments(plan)))
        if entry.org_id
    }


def _things(plan: Plan, year: str) -> Tallies:
    """Return the tallies of final targets; a part of another target (其中) is not added to it."""
    found: Tallies = {}
    listed = [i for task in plan.tasks for item in task.items for i in item.indicators]
    by_id = {indicator.id: indicator for indicator in reversed(listed)}
    for indicator in listed:
        whole = by_id.get(indicator.of, indicator) if indicator.of else indicator
        if whole.counted_thing and not whole.part_of:
            thing = concept_iri("thing", whole.counted_thing)
            key = TallyKey("thing", year, (thing, indicator.unit))
            numbers = {v.COUNTED_TARGETS: _ONE, v.VALUE_SUM: indicator.value}
            add_tallies(found, {key: numbers})
    return found
