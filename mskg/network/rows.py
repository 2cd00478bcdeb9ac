"""Duty rows from a store: one SELECT over the derived shortcut properties."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from mskg.network.graph import Duty
from mskg.ns import PREFIXES
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal
from mskg.store.text import term_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.rdf.terms import Term
    from mskg.store.base import Store

__all__ = ["SHORTCUTS", "duty_rows", "item_counts", "program_duty_count"]

SHORTCUTS: Final = {
    v.ACCOUNTABLE_DEPARTMENT: ("accountable", False),
    v.RELATED_DEPARTMENT: ("related", False),
    v.ACCOUNTABLE_COLLECTIVE: ("accountable", True),
    v.RELATED_COLLECTIVE: ("related", True),
}
_PREFIXES: Final = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dcterms", "mskg", "skos")
)
_PROPERTY: Final = f"VALUES ?property {{ {' '.join(f'<{iri}>' for iri in SHORTCUTS)} }}"
# Of several documents of one program only the one that prevails counts.
_PREVAILS: Final = "FILTER NOT EXISTS { ?program dcterms:isReplacedBy ?prevailing }"
_DUTIES: Final = f"""{_PREFIXES}
SELECT DISTINCT ?task ?title ?department ?name ?property ?function ?region ?year ?item
WHERE {{
  {_PROPERTY}
  {{ ?program mskg:hasTask ?task . ?task ?property ?department . }}
  UNION
  {{ ?program mskg:hasTask ?task . ?item mskg:inTask ?task ; ?property ?department . }}
  ?task dcterms:title ?title .
  ?department skos:prefLabel ?name .
  OPTIONAL {{ ?department mskg:function ?function }}
  {_PREVAILS}
  #place#
}}"""
_PROGRAM_DUTIES: Final = f"""{_PREFIXES}
SELECT (COUNT(DISTINCT ?assignment) AS ?duties)
WHERE {{
  ?program a mskg:Program ; mskg:hasAssignment ?assignment .
  {_PREVAILS}
  #place#
}}"""
_ITEM_COUNTS: Final = f"""{_PREFIXES}
SELECT ?task (COUNT(DISTINCT ?item) AS ?items)
WHERE {{
  {_PROPERTY}
  ?own ?property ?department ; mskg:inTask ?task .
  ?item mskg:inTask ?task .
}}
GROUP BY ?task"""


def duty_rows(store: Store, region: str | None, year: int | None) -> Iterator[Duty]:
    """Yield the duties of tasks and of items that name units, as they stand in the store.

    Parameters
    ----------
    store:
        Where to ask.
    region:
        Name or code of the region; None for all.
    year:
        Year of the program; None for all.
    """
    titles: dict[str, set[Literal]] = defaultdict(set)
    names: dict[str, set[Literal]] = defaultdict(set)
    functions: dict[str, set[str]] = defaultdict(set)
    duties: dict[tuple[str, str, str, str], tuple[set[Literal], int | None]] = {}
    for task, title, department, name, prop, function, place, when, item in store.select(
        _DUTIES.replace("#place#", _place(region, year))
    ).rows:
        titles[str(task)].add(_literal(title))
        names[str(department)].add(_literal(name))
        if isinstance(function, str):
            functions[str(department)].add(function.rpartition("/")[2])
        key = (str(task), str(department), str(prop), item if isinstance(item, str) else "")
        regions, _ = duties.setdefault(key, (set(), _year(when)))
        regions.add(_literal(place))
    for (task_iri, department_iri, prop_iri, item_iri), (regions, of_year) in duties.items():
        side, collective = SHORTCUTS[prop_iri]
        yield Duty(
            task_iri, _preferred(titles[task_iri]), department_iri,
            _preferred(names[department_iri]), side, tuple(sorted(functions[department_iri])),
            _preferred(regions), of_year, collective, item_iri,
        )  # fmt: skip


def item_counts(store: Store) -> dict[str, int]:
    """Return the number of items of each task in which some item names units of its own."""
    rows = store.select(_ITEM_COUNTS).rows
    return {str(task): int(_literal(items).value) for task, items in rows}


def program_duty_count(store: Store, region: str | None, year: int | None) -> int:
    """Return how many duties the programs of the selection name for themselves."""
    query = _PROGRAM_DUTIES.replace("#place#", _place(region, year))
    return int(_literal(store.select(query).rows[0][0]).value)


def _place(region: str | None, year: int | None) -> str:
    lines = ["OPTIONAL { ?program mskg:region ?place . ?place skos:prefLabel ?region }"]
    lines.append("OPTIONAL { ?program mskg:year ?year }")
    if region:
        wanted = term_text(Literal(region))
        lines.append("OPTIONAL { ?program mskg:region ?coded . ?coded mskg:regionCode ?code }")
        lines.append(f"FILTER(STR(?region) = {wanted} || STR(?code) = {wanted})")
    if year:
        lines.append(f'FILTER(STR(?year) = "{year}")')
    return "\n  ".join(lines)


def _literal(term: Term | None) -> Literal:
    return term if isinstance(term, Literal) else Literal(term or "")


def _year(term: Term | None) -> int | None:
    digits = _literal(term).value[:4]
    return int(digits) if digits.isdigit() else None


def _preferred(values: set[Literal]) -> str:
    """Return the Chinese value where there is one; of several the first in order."""
    return min(values, key=lambda text: (not text.language.startswith("zh"), text.value)).value
