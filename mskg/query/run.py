"""Run a named query and show, where asked, the sentences its rows rest on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mskg.query.catalogue import Catalogue, NamedQuery
from mskg.query.parameters import fill, parameter_terms
from mskg.query.table import ResultTable, Value, table_of
from mskg.rdf.terms import Literal
from mskg.store import Solutions, Store
from mskg.store.text import term_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["check", "query_text", "run_query"]

_EVIDENCE = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mskg: <https://w3id.org/mskg/ontology#>
SELECT DISTINCT ?thing ?begin ?quote ?source ?page ?line ?table ?row WHERE {
  VALUES ?thing { %s }
  ?thing mskg:hasEvidence ?evidence .
  ?evidence mskg:quote ?quote ; mskg:begin ?begin ; mskg:inDocument ?document .
  OPTIONAL { ?document mskg:documentNumber ?number }
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document mskg:sourceFile ?file }
  BIND(COALESCE(?number, ?title, ?file) AS ?source)
  OPTIONAL { ?evidence mskg:page ?page }
  OPTIONAL { ?evidence mskg:line ?line }
  OPTIONAL { ?evidence mskg:table ?table }
  OPTIONAL { ?evidence mskg:row ?row }
}
"""
_BATCH = 500
_PLACES = ("page", "line", "table", "row")
_SHOWN = {"quote": "原文", "source": "出处", "place": "位置"}


def run_query(
    store: Store,
    name: str,
    params: Mapping[str, object] | None = None,
    *,
    evidence: bool = False,
    today: date | None = None,
    timeout: float | None = None,
    catalogue: Catalogue | None = None,
) -> ResultTable:
    """Run the named query `name`.

    Parameters
    ----------
    store:
        Where to ask.
    params:
        Values by parameter name: texts as a person types them, or Python values. Regions
        and departments may be names, parts of names, codes or IRIs.
    evidence:
        Add columns with the quoted sentence, the document and the place behind each row.
    today:
        The date that ``today`` means in defaults of parameters.
    timeout:
        Seconds after which the query is given up (see `Store`).
    catalogue:
        Other queries than those that come with mskg.

    Raises
    ------
    QueryError
        If the query or a parameter is unknown, or a value can't be used.
    StoreError
        If the store fails.
    """
    query = (catalogue or Catalogue()).get(name)
    text = query_text(store, query, params, today=today)
    solutions = _sorted_lists(query, store.select(text, timeout=timeout))
    table = table_of(solutions, query.columns, query.titles_zh, name)
    if evidence and query.evidence:
        return _with_evidence(store, table, solutions, query.evidence)
    return table


def query_text(
    store: Store,
    query: NamedQuery,
    params: Mapping[str, object] | None = None,
    *,
    today: date | None = None,
) -> str:
    """Return the SPARQL text of `query` filled with `params`, as `run_query` sends it."""
    return fill(query, parameter_terms(store, query, params or {}, today))


def check(store: Store, *, catalogue: Catalogue | None = None) -> list[ResultTable]:
    """Run the violation queries; return the tables that are not empty, as they should be."""
    tables = []
    for query in (catalogue or Catalogue()).violations:
        table = table_of(store.select(query.text), query.columns, query.titles_zh, query.name)
        if len(table):
            tables.append(table)
    return tables


def _sorted_lists(query: NamedQuery, solutions: Solutions) -> Solutions:
    """Sort the parts of joined cells, whose order SPARQL leaves open."""
    places = {solutions.variables.index(name) for name in query.lists}
    if not places:
        return solutions
    rows = tuple(
        tuple(
            Literal("、".join(sorted(filter(None, cell.value.split("、")))))
            if place in places and isinstance(cell, Literal)
            else cell
            for place, cell in enumerate(row)
        )
        for row in solutions.rows
    )
    return Solutions(solutions.variables, rows)


def _with_evidence(
    store: Store, table: ResultTable, solutions: Solutions, variable: str
) -> ResultTable:
    place = solutions.variables.index(variable)
    behind = [_things(row[place]) for row in solutions.rows]
    quotes = _quotes(store, sorted({thing for things in behind for thing in things}))
    rows = []
    for row, things in zip(table.rows, behind, strict=True):
        found = sorted({entry for thing in things for entry in quotes.get(thing, [])})
        joined: tuple[Value, ...] = tuple(
            "\n".join(dict.fromkeys(column)) or None
            for column in list(zip(*found, strict=True))[1:] or ((), (), ())
        )
        rows.append(row + joined)
    return replace(
        table,
        columns=(*table.columns, *_SHOWN),
        rows=tuple(rows),
        titles_zh=(*(table.titles_zh or ("",) * len(table.columns)), *_SHOWN.values()),
    )


def _things(cell: object) -> list[str]:
    """Return the IRIs in a hidden cell: one, or several joined by blanks."""
    text = cell.value if isinstance(cell, Literal) else cell
    return text.split() if isinstance(text, str) else []


def _quotes(store: Store, things: list[str]) -> dict[str, list[tuple[int, str, str, str]]]:
    """Return offset, quote, document and place for each thing that has evidence."""
    found: dict[str, list[tuple[int, str, str, str]]] = {}
    for start in range(0, len(things), _BATCH):
        batch = " ".join(term_text(thing) for thing in things[start : start + _BATCH])
        columns = ("thing", "begin", "quote", "source", *_PLACES)
        for row in table_of(store.select(_EVIDENCE % batch), columns).rows:
            thing, begin, quote, source, *places = row
            where = ", ".join(
                f"{name} {place}" for name, place in zip(_PLACES, places, strict=True) if place
            )
            entry = (int(str(begin)), str(quote), str(source or ""), where)
            found.setdefault(str(thing), []).append(entry)
    return found
