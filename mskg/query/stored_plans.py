"""Whole plans out of a store, by key, IRI, or region and year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mskg.errors import QueryError
from mskg.query.catalogue import Parameter
from mskg.query.parameters import parameter_values
from mskg.rdf import plan_from_triples
from mskg.rdf.terms import lexical
from mskg.store.text import term_text
from mskg.text.naming import unknown

if TYPE_CHECKING:
    from mskg.model import Plan
    from mskg.store import Store

__all__ = ["stored_plan"]

_DOCUMENTS: Final = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mskg: <https://w3id.org/mskg/ontology#>
SELECT DISTINCT ?document ?key ?region ?year ?prevailing WHERE {
  ?document a mskg:PlanDocument ; mskg:documentKey ?key ; mskg:announces ?program .
  OPTIONAL { ?program mskg:region ?region }
  OPTIONAL { ?program mskg:year ?year }
  OPTIONAL { ?document dcterms:isReplacedBy ?prevailing }
} ORDER BY ?key"""
_YEAR_TEXT: Final = re.compile(r"\d{4}年?\Z")
_YEAR = Parameter("year", "year")
_REGION = Parameter("region", "region")


def stored_plan(store: Store, name: str, *, region: str = "", replaced: bool = False) -> Plan:
    """Return a plan of `store`.

    Parameters
    ----------
    name:
        Key or IRI of its document, ``REGION@YEAR``, or a year with `region`; a region alone
        where the store has one plan of it.
    region:
        The region, where `name` is a year.
    replaced:
        A region and year also stand for the documents that another one of the same program
        replaces; else only for the one that prevails. A key or IRI always names its document.

    Raises
    ------
    QueryError
        If there is none, or more than one.
    """
    rows = [tuple(map(lexical, row)) for row in store.select(_DOCUMENTS).rows]
    keys = {key: document for document, key, *_ in rows}
    if name in keys or name in keys.values():
        found = [keys.get(name, name)]
    else:
        counted = [row for row in rows if replaced or not row[-1]]
        found = _named(store, counted, name, region)
    if len(found) > 1:
        several = ", ".join(sorted(key for key, document in keys.items() if document in found))
        raise QueryError(
            f"{name}: the store has {len(found)} such documents",
            hint=f"name one by its key: {several}",
            zh=f"{name}：库中有 {len(found)} 份这样的文件（用编号指明一份：{several}）",
        )
    if not found:
        raise unknown(
            f"{name}: no file, and no document of the store",
            f"{name}：既不是文件，也不是库中的文件",
            name,
            sorted(keys),
        )
    graph = term_text(found[0])
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
    return plan_from_triples(store.construct(text))


def _named(store: Store, rows: list[tuple[str, ...]], name: str, region: str) -> list[str]:
    """Return the documents that ``REGION@YEAR``, a year or a region names."""
    place, at, year = name.rpartition("@")
    if at:
        return _of(store, rows, place, year)
    if _YEAR_TEXT.match(name):
        return _of(store, rows, region, name)
    try:
        return _of(store, rows, name, "")
    except QueryError:
        return []  # no region either: the nearest keys say more than the nearest regions


def _of(store: Store, rows: list[tuple[str, ...]], place: str, year: str) -> list[str]:
    """Return the documents of a region and a year, either of which may be open."""
    if not place and not year:
        return []
    places = parameter_values(store, "diff", _REGION, place) if place else None
    years = parameter_values(store, "diff", _YEAR, year) if year else None
    return sorted(
        {
            document
            for document, _, own, of_year, _ in rows
            if (places is None or own in places) and (years is None or of_year in years)
        }
    )
