"""The sentences that the rows of a result rest on, with their documents and places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mskg.query.table import ResultTable, Value, table_of, term_of
from mskg.rdf.hiding import hidden
from mskg.rdf.terms import Literal
from mskg.store.private import names_in
from mskg.store.text import term_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.store import Solutions, Store

__all__ = ["with_evidence"]

_EVIDENCE = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mskg: <https://w3id.org/mskg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?thing ?begin ?quote ?document ?source ?page ?line ?table ?row WHERE {
  VALUES ?thing { %s }
  { ?thing mskg:hasEvidence|mskg:countEvidence ?evidence }
  UNION { ?thing prov:wasDerivedFrom ?counted . ?counted mskg:hasEvidence ?evidence }
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


def with_evidence(
    store: Store, table: ResultTable, solutions: Solutions, variable: str, *, names: bool = False
) -> ResultTable:
    """Return `table` with the columns quote, source and place.

    Parameters
    ----------
    solutions:
        The rows that `table` was made of, with their hidden variables.
    variable:
        The variable whose things the rows rest on: an IRI, or several joined by blanks.
    names:
        Keep names and telephone numbers of persons; else every sign of them is □.
    """
    place = solutions.variables.index(variable)
    behind = [_things(row[place]) for row in solutions.rows]
    quotes = _quotes(store, sorted({thing for things in behind for thing in things}), names=names)
    rows = []
    for row, things in zip(table.rows, behind, strict=True):
        found = sorted({entry for thing in things for entry in quotes.get(thing, [])})
        joined: tuple[Value, ...] = tuple(
            "\n".join(dict.fromkeys(column)) or None
            for column in list(zip(*found, strict=True))[1:] or ((), (), ())
        )
        rows.append(row + joined)
    # A table that came out of no store has no terms.
    terms = tuple(
        (*old, *map(term_of, new[len(old) :])) for old, new in zip(table.terms, rows, strict=False)
    )
    return replace(
        table,
        columns=(*table.columns, *_SHOWN),
        rows=tuple(rows),
        terms=terms,
        titles_zh=(*(table.titles_zh or ("",) * len(table.columns)), *_SHOWN.values()),
    )


def _things(cell: object) -> list[str]:
    """Return the IRIs in a hidden cell: one, or several joined by blanks."""
    text = cell.value if isinstance(cell, Literal) else cell
    return text.split() if isinstance(text, str) else []


def _quotes(
    store: Store, things: list[str], *, names: bool
) -> dict[str, list[tuple[int, str, str, str]]]:
    """Return offset, quote, document and place for each thing that has evidence."""
    columns = ("thing", "begin", "quote", "document", "source", *_PLACES)
    rows = list(_batches(store, _EVIDENCE, things, columns))
    persons = {} if names else names_in(store, {str(row[3]) for row in rows})
    found: dict[str, list[tuple[int, str, str, str]]] = {}
    for thing, begin, quote, document, source, *places in rows:
        where = ", ".join(
            f"{name} {place}" for name, place in zip(_PLACES, places, strict=True) if place
        )
        texts = (str(quote), str(source or ""))
        if not names:
            texts = hidden(texts, persons.get(str(document), ""))
        entry = (int(str(begin)), *texts, where)
        found.setdefault(str(thing), []).append(entry)
    return found


def _batches(
    store: Store, query: str, things: list[str], columns: Sequence[str]
) -> Iterator[tuple[Value, ...]]:
    for start in range(0, len(things), _BATCH):
        batch = " ".join(term_text(thing) for thing in things[start : start + _BATCH])
        yield from table_of(store.select(query % batch), columns).rows
