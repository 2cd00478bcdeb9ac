"""What a store says of the plans that a ledger is made of, by bulk queries.

Each query reads one kind of thing of all chosen programs at once: thousands of plans cost a
few large answers, not thousands of small ones.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.ledger.rows import Department
from mskg.model import Locator
from mskg.rdf.terms import lexical
from mskg.store.text import is_iri, prefix_lines, values_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from mskg.rdf.terms import Term
    from mskg.store import Store

__all__ = [
    "MilestoneFact",
    "NumberFact",
    "ProgramFact",
    "TaskFact",
    "departments_of",
    "evidence_of",
    "milestones_of",
    "numbers_of",
    "programs_of",
    "tasks_of",
]

_PREFIXES: Final = prefix_lines("dcterms", "mskg", "rdfs", "skos")
_MANY: Final = 500  # programs up to which they are named in a query
_MANY_PARTS: Final = 4000  # the same for their tasks, items and departments
_PROGRAMS: Final = """
SELECT ?program ?place ?region ?year ?key ?title WHERE {
  #programs#
  ?program a mskg:Program .
  FILTER NOT EXISTS { ?program dcterms:isReplacedBy ?prevailing }
  OPTIONAL { ?program mskg:region ?place . OPTIONAL { ?place skos:prefLabel ?region } }
  OPTIONAL { ?program mskg:year ?year }
  OPTIONAL { ?document mskg:announces ?program ; mskg:documentKey ?key
             OPTIONAL { ?document dcterms:title ?title } }
}"""
_TASKS: Final = """
SELECT ?program ?task ?title ?path ?position ?number ?due ?text WHERE {
  #programs#
  ?program mskg:hasTask ?task .
  ?task dcterms:title ?title ; mskg:ordinalPath ?path ; mskg:position ?position .
  OPTIONAL { ?task mskg:number ?number }
  OPTIONAL { ?task mskg:finalDue ?due }
  OPTIONAL { ?task mskg:hasEvidence ?evidence . ?evidence mskg:quote ?text }
}"""
_ORIGINS: Final = """
SELECT ?task ?origin WHERE {
  #programs#
  ?program mskg:hasTask ?task . ?task mskg:taskOrigin ?origin .
}"""
_ITEMS: Final = """
SELECT ?task ?item ?position ?text WHERE {
  #programs#
  ?program mskg:hasTask ?task . ?task mskg:hasItem ?item .
  ?item mskg:position ?position .
  OPTIONAL { ?item mskg:text ?text }
}"""
_NUMBERS: Final = """
SELECT ?item ?indicator ?target ?label ?kind ?accumulation ?unit ?value ?comparator ?basis
       ?position ?baseline ?part ?milestone ?evidence WHERE {
  #programs#
  ?program mskg:hasTask ?task . ?task mskg:hasItem ?item . ?item mskg:hasIndicator ?indicator .
  ?indicator rdfs:label ?label ; mskg:indicatorKind ?kind ; mskg:hasTarget ?target .
  ?target mskg:value ?value ; mskg:comparator ?comparator ; mskg:basis ?basis .
  OPTIONAL { ?target mskg:position ?position }
  OPTIONAL { ?indicator mskg:accumulation ?accumulation }
  OPTIONAL { ?target mskg:unit ?unit }
  OPTIONAL { ?target mskg:baseline ?baseline }
  OPTIONAL { ?target mskg:partLabel ?part }
  OPTIONAL { ?target mskg:dueAt ?milestone }
  OPTIONAL { ?target mskg:hasEvidence ?evidence }
}"""
_MILESTONES: Final = """
SELECT ?holder ?milestone ?position ?text ?due ?start ?precision ?evidence ?ambiguous WHERE {
  #programs#
  { ?program mskg:hasTask ?task . ?task mskg:hasItem ?holder .
    ?holder mskg:hasMilestone ?milestone }
  UNION
  { ?program mskg:hasMilestone ?milestone . BIND(?program AS ?holder) }
  ?milestone mskg:text ?text ; mskg:position ?position ; mskg:hasDeadline ?deadline .
  OPTIONAL { ?deadline mskg:due ?due }
  OPTIONAL { ?deadline mskg:periodStart ?start }
  OPTIONAL { ?deadline mskg:precision ?precision }
  OPTIONAL { ?milestone mskg:hasEvidence ?evidence
             OPTIONAL { ?ambiguous mskg:hasEvidence ?evidence ; mskg:code "ambiguous-date" } }
}"""
_DUTIES: Final = """
SELECT ?node ?department ?role ?order WHERE {
  #programs#
  { ?program mskg:hasTask ?node } UNION
  { ?program mskg:hasTask ?task . ?task mskg:hasItem ?node }
  ?node mskg:hasAssignment ?assignment .
  ?assignment mskg:department ?department ; mskg:role ?role ; mskg:order ?order .
}"""
_ACCOUNTABLE: Final = """
SELECT ?node ?department WHERE {
  #nodes#
  ?node mskg:accountableDepartment|mskg:accountableCollective ?department .
}"""
_NAMES: Final = """
SELECT DISTINCT ?department ?name WHERE {
  #departments#
  ?department skos:prefLabel ?name .
}"""
_EVIDENCE: Final = """
SELECT ?evidence ?quote ?page ?line ?table ?row ?column WHERE {
  #programs#
  { ?program mskg:hasTask ?node }
  UNION { ?program mskg:hasTask ?task . ?task mskg:hasItem ?item .
          ?item mskg:hasMilestone ?node }
  UNION { ?program mskg:hasTask ?task . ?task mskg:hasItem ?item .
          ?item mskg:hasIndicator ?indicator . ?indicator mskg:hasTarget ?node }
  ?node mskg:hasEvidence ?evidence . ?evidence mskg:quote ?quote .
  OPTIONAL { ?evidence mskg:page ?page }
  OPTIONAL { ?evidence mskg:line ?line }
  OPTIONAL { ?evidence mskg:table ?table }
  OPTIONAL { ?evidence mskg:row ?row }
  OPTIONAL { ?evidence mskg:column ?column }
}"""


class ProgramFact(NamedTuple):
    """A program that counts, with its place and the document that announces it."""

    iri: str
    place: str
    region: str
    year: int | None
    document: str
    title: str


class TaskFact(NamedTuple):
    """A task; ``items`` are the texts of its items by IRI, in their order."""

    iri: str
    program: str
    title: str
    path: str
    position: int
    number: str
    due: date | None
    quote: str
    items: dict[str, str]
    origins: tuple[str, ...]


class NumberFact(NamedTuple):
    """A target with the indicator that it is for."""

    item: str
    indicator: str
    target: str
    label: str
    kind: str
    accumulation: str
    unit: str
    value: Decimal
    comparator: str
    basis: str
    position: int
    baseline: Decimal | None
    part: str
    milestone: str
    evidence: str


class MilestoneFact(NamedTuple):
    """A milestone of an item or of a program."""

    holder: str
    iri: str
    position: int
    text: str
    due: date | None
    start: date | None
    precision: str
    evidence: str
    ambiguous: bool


def _select(
    store: Store, query: str, wanted: Collection[str] | None, variable: str = "program"
) -> Iterator[tuple[Term | None, ...]]:
    """Yield the rows of `query`, in which few values of `variable` are named; None: all count."""
    most = _MANY if variable == "program" else _MANY_PARTS
    listed = "" if wanted is None else values_of(variable, wanted, most)
    yield from store.select(_PREFIXES + query.replace(f"#{variable}s#", listed)).rows


def _whole(term: Term | None) -> int:
    text = lexical(term)
    return int(text) if text.lstrip("-").isdecimal() else 0


def _day(term: Term | None) -> date | None:
    text = lexical(term)
    return date.fromisoformat(text[:10]) if text else None


def _number(term: Term | None) -> Decimal | None:
    text = lexical(term)
    return Decimal(text) if text else None


def programs_of(store: Store, only: Collection[str] | None = None) -> dict[str, ProgramFact]:
    """Return the programs that no other document replaces, by IRI; of `only` where it is given."""
    if only is not None:
        only = list(filter(is_iri, only))
    found: dict[str, ProgramFact] = {}
    for program, place, region, year, key, title in sorted(
        _select(store, _PROGRAMS, only), key=str
    ):
        digits = lexical(year)[:4]
        fact = ProgramFact(
            lexical(program), lexical(place), lexical(region),
            int(digits) if digits.isdecimal() else None, lexical(key), lexical(title),
        )  # fmt: skip
        found.setdefault(fact.iri, fact)
    return found


def tasks_of(store: Store, programs: Sequence[str]) -> dict[str, TaskFact]:
    """Return the tasks of `programs` by IRI, in the order of the plans."""
    origins: dict[str, set[str]] = defaultdict(set)
    for task, origin in _select(store, _ORIGINS, programs):
        origins[lexical(task)].add(lexical(origin).rpartition("/")[2])
    items: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for task, item, position, text in _select(store, _ITEMS, programs):
        items[lexical(task)].append((_whole(position), lexical(item), lexical(text)))
    found: dict[str, TaskFact] = {}
    for row in _select(store, _TASKS, programs):
        program, iri, title, path, position, number, due, quote = row
        task = lexical(iri)
        own = {item: text for _, item, text in sorted(items[task])}
        named = tuple(sorted(origins.get(task, ())))
        found[task] = TaskFact(
            task, lexical(program), lexical(title), lexical(path), _whole(position),
            lexical(number), _day(due), lexical(quote), own, named,
        )  # fmt: skip
    ordered = sorted(found.values(), key=lambda task: (task.program, task.position, task.iri))
    return {task.iri: task for task in ordered}


def numbers_of(store: Store, programs: Sequence[str]) -> dict[str, list[NumberFact]]:
    """Return the targets of `programs` by item."""
    found: dict[str, dict[str, NumberFact]] = defaultdict(dict)
    for row in _select(store, _NUMBERS, programs):
        item, indicator, target, label, kind, accumulation, unit, *rest = map(lexical, row)
        value, baseline = _number(row[7]), _number(row[11])
        if value is None:
            continue
        fact = NumberFact(
            item, indicator, target, label, kind, accumulation, unit, value, rest[1], rest[2],
            _whole(row[10]), baseline, rest[5], rest[6], rest[7],
        )  # fmt: skip
        found[fact.item].setdefault(fact.target, fact)
    return {item: sorted(facts.values(), key=_in_order) for item, facts in found.items()}


def _in_order(fact: NumberFact) -> tuple[int, str, str]:
    return (len(fact.indicator), fact.indicator, fact.target)  # indicator/2 before indicator/10


def milestones_of(store: Store, programs: Sequence[str]) -> dict[str, list[MilestoneFact]]:
    """Return the milestones of `programs` by their holder: an item, or the program."""
    found: dict[str, dict[str, MilestoneFact]] = defaultdict(dict)
    for holder, iri, position, text, due, start, precision, evidence, ambiguous in _select(
        store, _MILESTONES, programs
    ):
        fact = MilestoneFact(
            lexical(holder), lexical(iri), _whole(position), lexical(text), _day(due), _day(start),
            lexical(precision), lexical(evidence), ambiguous is not None,
        )  # fmt: skip
        found[fact.holder].setdefault(fact.iri, fact)
    return {
        holder: sorted(facts.values(), key=lambda fact: (fact.position, fact.iri))
        for holder, facts in found.items()
    }


def departments_of(store: Store, programs: Sequence[str]) -> dict[str, tuple[Department, ...]]:
    """Return the departments of every task and item that names some, accountable ones first."""
    duties = sorted(_select(store, _DUTIES, programs), key=lambda row: (str(row), row[3]))
    nodes, bodies = ({lexical(row[place]) for row in duties} for place in (0, 1))
    names = dict(_pairs(_select(store, _NAMES, bodies, "department")))
    accountable = set(_pairs(_select(store, _ACCOUNTABLE, nodes, "node")))
    found: dict[str, dict[str, tuple[bool, int, Department]]] = defaultdict(dict)
    for row in duties:
        node, iri, role = (lexical(term) for term in row[:3])
        answers = (node, iri) in accountable
        duty = Department(role.rpartition("/")[2], iri, names.get(iri, ""), answers)
        entry = (not answers, _whole(row[3]), duty)
        if iri not in found[node] or entry < found[node][iri]:
            found[node][iri] = entry
    return {
        node: tuple(duty for _, _, duty in sorted(entries.values()))
        for node, entries in found.items()
    }


def _pairs(rows: Iterable[tuple[Term | None, ...]]) -> Iterator[tuple[str, str]]:
    for one, other in rows:
        yield lexical(one), lexical(other)


def evidence_of(store: Store, programs: Sequence[str]) -> dict[str, tuple[str, Locator]]:
    """Return quote and place of the evidence of tasks, milestones and targets by its IRI."""
    return {
        lexical(iri): (lexical(quote), Locator(*map(_whole, places)))
        for iri, quote, *places in _select(store, _EVIDENCE, programs)
    }
