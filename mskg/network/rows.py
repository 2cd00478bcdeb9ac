"""Duty rows from a store, over its derived shortcut properties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mskg.network.duty import Duty
from mskg.network.graph import Coordination
from mskg.ns import DATA, PREFIXES, child_iri, digest
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal
from mskg.store.text import term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mskg.rdf.terms import Term
    from mskg.store.base import Store

__all__ = [
    "Place",
    "StoredTask",
    "coordination_rows",
    "duty_rows",
    "item_counts",
    "post_rows",
    "program_duty_count",
    "stored_tasks",
]

SHORTCUTS: Final = {
    v.ACCOUNTABLE_DEPARTMENT: ("accountable", False),
    v.RELATED_DEPARTMENT: ("related", False),
    v.ACCOUNTABLE_COLLECTIVE: ("accountable", True),
    v.RELATED_COLLECTIVE: ("related", True),
}
_PREFIXES: Final = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dcterms", "mskg", "rdfs", "skos")
)
_PROPERTY: Final = f"VALUES ?property {{ {' '.join(f'<{iri}>' for iri in SHORTCUTS)} }}"
_TASKS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?task ?title ?program ?region ?year WHERE {{
  ?program mskg:hasTask ?task .
  ?task dcterms:title ?title .
  #place#
}}"""
_DUTIES: Final = f"""{_PREFIXES}
SELECT DISTINCT ?task ?property ?department ?item WHERE {{
  {_PROPERTY}
  {{ ?program mskg:hasTask ?task . ?task ?property ?department . }}
  UNION
  {{ ?program mskg:hasTask ?task . ?item mskg:inTask ?task ; ?property ?department . }}
  #place#
}}"""
_DEPARTMENTS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?department ?name ?function WHERE {{
  {{ ?department a mskg:Department }} UNION {{ ?department a mskg:Collective }}
  ?department skos:prefLabel ?name .
  OPTIONAL {{ ?department mskg:function ?function }}
}}"""
_AREAS: Final = f"""{_PREFIXES}
SELECT ?task ?area WHERE {{
  ?program mskg:hasTask ?task . ?task mskg:policyArea ?area .
  #place#
}}"""
_DUE: Final = f"""{_PREFIXES}
SELECT DISTINCT ?task ?due ?stage WHERE {{
  ?program mskg:hasTask ?task .
  {{ ?task mskg:finalDue ?due . BIND(false AS ?stage) }}
  UNION
  {{
    ?item mskg:inTask ?task ; mskg:hasMilestone ?milestone .
    ?milestone mskg:hasDeadline ?deadline . ?deadline mskg:due ?due .
    BIND(true AS ?stage)
  }}
  #place#
}}"""
_POSTS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?task ?item ?name ?label ?order ?itemOrder ?taskOrder WHERE {{
  {{ ?program mskg:hasTask ?task . ?task mskg:hasLeader ?post . }}
  UNION
  {{ ?program mskg:hasTask ?task . ?item mskg:inTask ?task ; mskg:hasLeader ?post . }}
  ?post mskg:position ?order .
  ?task mskg:position ?taskOrder .
  OPTIONAL {{ ?item mskg:position ?itemOrder }}
  OPTIONAL {{ ?post mskg:personName ?name }}
  OPTIONAL {{ ?post rdfs:label ?label }}
  #place#
}}"""
_PROGRAM_DUTIES: Final = f"""{_PREFIXES}
SELECT DISTINCT ?program ?assignment ?department ?name ?role ?region ?year WHERE {{
  ?program a mskg:Program ; mskg:hasAssignment ?assignment .
  OPTIONAL {{ ?assignment mskg:department ?department . ?department skos:prefLabel ?name }}
  OPTIONAL {{ ?assignment mskg:role ?role }}
  #place#
}}"""
_ITEM_COUNTS: Final = f"""{_PREFIXES}
SELECT ?task (COUNT(DISTINCT ?item) AS ?items) WHERE {{
  {{ SELECT DISTINCT ?task WHERE {{ #own# }} }}
  ?item mskg:inTask ?task .
}}
GROUP BY ?task"""
_OWN_UNITS: Final = f"{_PROPERTY} ?own ?property ?department ; mskg:inTask ?task ."
_OWN_POSTS: Final = "?own mskg:hasLeader ?post ; mskg:inTask ?task ."


@dataclass(frozen=True, slots=True)
class Place:
    """What to select: names or codes of regions, and years; empty means all."""

    regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    def into(self, query: str) -> str:
        """Return `query` with the patterns of the selection in it."""
        # Of several documents of one program only the one that prevails counts.
        lines = ["FILTER NOT EXISTS { ?program dcterms:isReplacedBy ?prevailing }"]
        lines.append("OPTIONAL { ?program mskg:region ?place . ?place skos:prefLabel ?region }")
        lines.append("OPTIONAL { ?program mskg:year ?year }")
        if self.regions:
            wanted = ", ".join(term_text(Literal(region)) for region in self.regions)
            lines.append("OPTIONAL { ?program mskg:region ?coded . ?coded mskg:regionCode ?code }")
            lines.append(f"FILTER(STR(?region) IN ({wanted}) || STR(?code) IN ({wanted}))")
        if self.years:
            wanted = ", ".join(f'"{year}"' for year in self.years)
            lines.append(f"FILTER(STR(?year) IN ({wanted}))")
        return query.replace("#place#", "\n  ".join(lines))


@dataclass
class StoredTask:
    """A task of the store, while its rows come in."""

    titles: set[Literal] = field(default_factory=set)
    regions: set[Literal] = field(default_factory=set)
    year: int | None = None
    program: str = ""
    areas: set[str] = field(default_factory=set)
    stages: set[str] = field(default_factory=set)
    final: set[str] = field(default_factory=set)

    def duty(
        self, iri: str, department: str, name: str, side: str, functions: tuple[str, ...] = ()
    ) -> Duty:
        """Return the row of a department in this task."""
        return Duty(
            iri, preferred(self.titles), department, name, side, functions,
            preferred(self.regions), self.year, areas=tuple(sorted(self.areas)),
            months=tuple(sorted(self.stages or self.final)), program=self.program,
        )  # fmt: skip


def stored_tasks(store: Store, place: Place) -> dict[str, StoredTask]:
    """Return the tasks of a selection by IRI, with policy areas and due months.

    A month counts where something of the task falls due; where no stage has a date, the
    final due date counts, which may be that of the whole program.
    """
    tasks: dict[str, StoredTask] = defaultdict(StoredTask)
    for iri, title, program, region, year in store.select(place.into(_TASKS)).rows:
        task = tasks[str(iri)]
        task.titles.add(_literal(title))
        task.regions.add(_literal(region))
        task.program, task.year = str(program), _year(year)
    for iri, area in store.select(place.into(_AREAS)).rows:
        tasks[str(iri)].areas.add(str(area).rpartition("/")[2])
    for iri, due, stage in store.select(place.into(_DUE)).rows:
        task, month = tasks[str(iri)], _literal(due).value[:7]
        if _literal(stage).value == "false":
            task.final.add(month)
        elif task.year is None or int(month[:4]) >= task.year:
            task.stages.add(month)
    return dict(tasks)


def duty_rows(store: Store, place: Place, tasks: dict[str, StoredTask]) -> Iterator[Duty]:
    """Yield the duties in `tasks` and in their items, as they stand in the store."""
    names: dict[str, set[Literal]] = defaultdict(set)
    functions: dict[str, set[str]] = defaultdict(set)
    for department, name, function in store.select(_DEPARTMENTS).rows:
        names[str(department)].add(_literal(name))
        if isinstance(function, str):
            functions[str(department)].add(function.rpartition("/")[2])
    named = {iri: (preferred(names[iri]), tuple(sorted(functions[iri]))) for iri in names}
    for task, prop, department, item in store.select(place.into(_DUTIES)).rows:
        if str(task) not in tasks or str(department) not in named:
            continue
        side, collective = SHORTCUTS[str(prop)]
        name, known = named[str(department)]
        duty = tasks[str(task)].duty(str(task), str(department), name, side, known)
        yield duty._replace(collective=collective, item_iri=item if isinstance(item, str) else "")


def post_rows(
    store: Store, place: Place, tasks: dict[str, StoredTask], *, names: bool
) -> Iterator[Duty]:
    """Yield the posts of responsible leaders as rows; one person of a region is one post.

    Without `names` a post that is not printed is called 责任领导 with a number in the order
    of the plan; neither label nor IRI tells the person then.
    """
    numbers: dict[tuple[str, str], int] = {}
    counts: dict[str, int] = defaultdict(int)
    rows = store.select(place.into(_POSTS)).rows
    for task, item, name, label, *_ in sorted(rows, key=_post_order):
        if str(task) not in tasks:
            continue
        region = preferred(tasks[str(task)].regions)
        person, post = _literal(name).value, _literal(label).value
        key = (region, person or post)
        if key not in numbers:
            counts[region] += 1
            numbers[key] = counts[region]
        anonymous = f"{region}{post or '责任领导'}{numbers[key]}"
        shown = f"{person}（{post}）" if post and person else person or anonymous
        iri = child_iri(f"{DATA}post/{digest(region)}", "number", numbers[key])
        duty = tasks[str(task)].duty(str(task), iri, shown if names else anonymous, "accountable")
        yield duty._replace(item_iri=item if isinstance(item, str) else "")


def coordination_rows(store: Store, place: Place) -> list[Coordination]:
    """Return the duties for whole programs of the selection."""
    found = set()
    for program, _, department, name, role, region, year in _program_rows(store, place):
        if isinstance(department, str):
            found.add(
                Coordination(
                    str(program), f"{_literal(region).value}{_year(year) or ''}", department,
                    _literal(name).value, str(role).rpartition("/")[2],
                    _literal(region).value, _year(year),
                )
            )  # fmt: skip
    return sorted(found, key=lambda row: (row.program, row.department, row.role))


def program_duty_count(store: Store, place: Place) -> int:
    """Return how many duties the programs of the selection name for themselves."""
    return len({row[1] for row in _program_rows(store, place)})


def _program_rows(store: Store, place: Place) -> Sequence[Sequence[Term | None]]:
    return store.select(place.into(_PROGRAM_DUTIES)).rows


def item_counts(store: Store, *, posts: bool = False) -> dict[str, int]:
    """Return the number of items of each task in which some item has units (posts) of its own."""
    query = _ITEM_COUNTS.replace("#own#", _OWN_POSTS if posts else _OWN_UNITS)
    return {str(task): int(_literal(items).value) for task, items in store.select(query).rows}


def _post_order(row: Sequence[Term | None]) -> tuple[str, int, int, int]:
    task, _, _, _, order, item_order, task_order = row
    program = str(task).rpartition("/task/")[0]
    places = (int(_literal(term).value or 0) for term in (task_order, item_order, order))
    return (program, *places)  # type: ignore[return-value]


def _literal(term: Term | None) -> Literal:
    return term if isinstance(term, Literal) else Literal(term or "")


def _year(term: Term | None) -> int | None:
    digits = _literal(term).value[:4]
    return int(digits) if digits.isdigit() else None


def preferred(values: Iterable[Literal]) -> str:
    """Return the Chinese value where there is one; of several the first in order."""
    return min(values, key=lambda text: (not text.language.startswith("zh"), text.value)).value
