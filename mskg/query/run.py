"""Run a named query and show, where asked, the sentences its rows rest on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.query.catalogue import Catalogue, NamedQuery
from mskg.query.evidence import with_evidence
from mskg.query.parameters import fill, parameter_terms
from mskg.query.table import ResultTable, table_of, without_contacts
from mskg.rdf.terms import Literal
from mskg.store import Solutions, Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["check", "query_text", "run_query"]

_DIGITS = re.compile(r"(\d+)")


def run_query(  # noqa: PLR0913 - each parameter is a choice of the user's
    store: Store,
    name: str,
    params: Mapping[str, object] | None = None,
    *,
    evidence: bool = False,
    names: bool = False,
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
        Add columns with the quoted sentence, the document and the place behind each row. A
        query whose rows sum up whole plans has no evidence, and no such columns.
    names:
        Keep names and telephone numbers of persons; else every sign of a telephone number is
        □, and in the sentences also that of the name of a responsible leader.
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
    if not names:
        table = without_contacts(table)
    if evidence and query.evidence:
        return with_evidence(store, table, solutions, query.evidence, names=names)
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


def check(
    store: Store, *, timeout: float | None = None, catalogue: Catalogue | None = None
) -> list[ResultTable]:
    """Run the violation queries; return the tables that are not empty, as they should be.

    Parameters
    ----------
    timeout:
        Seconds for each query.
    """
    tables = []
    for query in (catalogue or Catalogue()).violations:
        found = store.select(query.text, timeout=timeout)
        table = table_of(found, query.columns, query.titles_zh, query.name)
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
            Literal("、".join(sorted(filter(None, cell.value.split("、")), key=_natural)))
            if place in places and isinstance(cell, Literal)
            else cell
            for place, cell in enumerate(row)
        )
        for row in solutions.rows
    )
    return Solutions(solutions.variables, rows)


def _natural(text: str) -> list[tuple[int, str]]:
    """Return what sorts `text` as people do: 2 before 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(text)]
