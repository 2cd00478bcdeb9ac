"""What was reported: values, states and events of rows, as a store has them."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.ledger.rows import Report
from mskg.model import Event
from mskg.model.progress import EVENT_KINDS
from mskg.ns import PREFIXES
from mskg.rdf import TABLE_FORMAT
from mskg.rdf.terms import Literal, lexical
from mskg.store.text import prefix_lines, term_text, values_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mskg.rdf.terms import Term
    from mskg.store import Store

__all__ = ["History", "closed_by", "event_order", "events_of", "in_order", "reports_of"]

_PREFIXES: Final = prefix_lines("dcterms", "mskg", "sosa")
_SILENT: Final = ("", "")
_FEW: Final = 100  # rows up to which their observations are asked for, not the tables of reports
_MANY: Final = 4000  # rows up to which they are named in a query
_REPORTS: Final = """
SELECT ?report ?issued ?who ?kind WHERE {
  #reports#
  ?report dcterms:issued ?issued ; mskg:agentName ?who ; mskg:reportKind ?kind .
}"""
_TABLES: Final = f"""
SELECT ?report ?table WHERE {{
  GRAPH ?graph {{
    ?report a mskg:ProgressReport .
    OPTIONAL {{
      ?report mskg:rowTable ?table
      FILTER(STRSTARTS(?table, "[{TABLE_FORMAT},"))
    }}
  }}
}}"""
# Of few rows: by graphs, and nothing OPTIONAL, for which stores go through all reports.
_GRAPHS: Final = """
SELECT DISTINCT ?graph WHERE {
  #rows# GRAPH ?graph { ?observation mskg:reportsOn ?row }
}"""
_REPORTS_IN: Final = """
SELECT ?graph ?report WHERE {
  #graphs# GRAPH ?graph { ?report a mskg:ProgressReport }
}"""
_TABLES_IN: Final = f"""
SELECT ?report ?table WHERE {{
  #graphs#
  GRAPH ?graph {{ ?report mskg:rowTable ?table FILTER(STRSTARTS(?table, "[{TABLE_FORMAT},")) }}
}}"""
_ALL_REPORTS: Final = "?report a mskg:ProgressReport ."
_REPORTS_ON: Final = """{ SELECT DISTINCT ?report WHERE {
    #rows# ?observation mskg:reportsOn ?row ; mskg:inReport ?report . } }"""
# One text a row instead of one solution an observation: a store gives hundreds of thousands
# of short answers slowly, and a few long ones fast.
_VALUES: Final = """
SELECT ?row (GROUP_CONCAT(?piece; separator="\\n") AS ?pieces) WHERE {
  #rows#
  ?observation mskg:reportsOn ?row ; mskg:inReport ?report ; sosa:resultTime ?at .
  #until#
  OPTIONAL { ?observation sosa:hasSimpleResult ?value }
  OPTIONAL { ?observation mskg:unit ?unit }
  OPTIONAL { ?observation mskg:reportedState ?state }
  BIND(CONCAT(STR(?at), "\\t", STR(?report), "\\t", STR(?observation), "\\t",
    COALESCE(STR(?value), ""), "\\t", COALESCE(STR(?unit), ""), "\\t",
    COALESCE(STR(?state), "")) AS ?piece)
} GROUP BY ?row"""
_WORDS: Final = """
SELECT ?observation ?note ?evidence WHERE {
  { #rows# ?observation mskg:note ?note . }
  UNION { #rows# ?observation mskg:evidenceText ?evidence . }
}"""
_EVENTS: Final = """
SELECT ?event ?kind ?row ?at ?by ?evidence ?note ?value ?due WHERE {
  #rows#
  ?event a mskg:Event ; mskg:eventKind ?kind ; mskg:affects ?row ; dcterms:date ?at .
  OPTIONAL { ?event mskg:agentName ?by }
  OPTIONAL { ?event mskg:evidenceText ?evidence }
  OPTIONAL { ?event mskg:note ?note }
  OPTIONAL { ?event mskg:newValue ?value }
  OPTIONAL { ?event mskg:newDue ?due }
}"""


_IN_ORDER: Final = attrgetter("at", "reported", "graph")  # as `in_order` of what a table holds


class History(NamedTuple):
    """Reports by row, oldest first: by the date of the value, then as they were handed in."""

    by_row: Mapping[str, tuple[Report, ...]]

    def of(self, row: str) -> tuple[Report, ...]:
        """Return the reports on `row`."""
        return self.by_row.get(row, ())


class _Head(NamedTuple):
    issued: date
    who: str
    kind: str


def reports_of(
    store: Store, rows: Sequence[str], until: date | None = None, *, words: bool = True
) -> History:
    """Return what was reported on `rows` for the dates up to `until`.

    Parameters
    ----------
    words:
        Whether notes and evidence are read too, which takes longer.
    """
    listed = values_of("row", rows, _MANY)
    reports = _REPORTS_ON.replace("#rows#", listed) if listed else _ALL_REPORTS
    if len(rows) > _FEW:
        tables = _tables_on(store, listed) if listed else dict(_pairs(store, _TABLES))
        if all(tables.values()):  # foreign reports may have observations only
            said = _said(store, listed) if words and tables else {}
            return _from_tables(tables, set(rows), said, until or date.max)
    heads = {
        lexical(iri): _Head(_day(lexical(issued)), lexical(who), lexical(kind))
        for iri, issued, who, kind in _rows(store, _REPORTS.replace("#reports#", reports))
    }
    if not heads:
        return History({})
    said = _said(store, listed) if words else {}
    return _from_observations(store, set(rows), listed, heads, said, until)


def _tables_on(store: Store, listed: str) -> dict[str, str]:
    """Return the table of each report on the rows `listed`, empty for one that has none."""
    graphs = {lexical(graph) for (graph,) in _rows(store, _GRAPHS.replace("#rows#", listed))}
    if not graphs:
        return {}
    within = values_of("graph", graphs)
    reports = tuple(_pairs(store, _REPORTS_IN.replace("#graphs#", within)))
    tables = dict(_pairs(store, _TABLES_IN.replace("#graphs#", within)))
    # A graph without a report of its own has observations of one that stands elsewhere.
    apart = graphs - {graph for graph, _ in reports}
    return dict.fromkeys([*apart, *(report for _, report in reports)], "") | tables


def _rows(store: Store, query: str) -> tuple[tuple[Term | None, ...], ...]:
    return store.select(_PREFIXES + query).rows


def _pairs(store: Store, query: str) -> Iterator[tuple[str, str]]:
    return ((lexical(one), lexical(other)) for one, other in _rows(store, query))


def _from_observations(
    store: Store,
    wanted: set[str],
    listed: str,
    heads: Mapping[str, _Head],
    said: Mapping[str, tuple[str, str]],
    until: date | None,
) -> History:
    """Return the reports as the nodes of their observations tell them."""
    limit = ""
    if until is not None:
        day = term_text(Literal(until.isoformat(), PREFIXES["xsd"] + "date"))
        limit = f"FILTER(?at <= {day})"
    query = _VALUES.replace("#rows#", listed).replace("#until#", limit)
    found = {}
    for row, pieces in _rows(store, query):
        iri = lexical(row)
        if iri in wanted and pieces is not None:
            # Without rows a query with GROUP BY may give one empty group.
            found[iri] = _reports(iri, lexical(pieces).split("\n"), heads, said)
    return History(found)


def _from_tables(
    tables: Mapping[str, str], rows: set[str], said: Mapping[str, tuple[str, str]], until: date
) -> History:
    """Return the reports of the tables that hold the rows of each report as one text.

    The n-th row is the observation ``…/row/n`` (see `mskg.rdf.progress`).
    """
    found: dict[str, list[Report]] = {row: [] for row in rows}
    last = until.isoformat()
    note, evidence = _SILENT
    for graph, table in tables.items():
        _, handed_in, who, kind, start, lines = json.loads(table)
        issued = _day(handed_in)
        for place, (row, day, value, unit, state) in enumerate(lines, 1):
            iri = start + row
            reports = found.get(iri)
            if reports is None or day > last:
                continue
            if said:
                note, evidence = said.get(f"{graph}/row/{place}", _SILENT)
            number = _number(value) if value else None
            reports.append(
                Report(
                    iri, _day(day), number, unit, state, note, evidence, issued, who, kind, graph
                )
            )
    for reports in found.values():
        reports.sort(key=_IN_ORDER)
    return History({row: tuple(reports) for row, reports in found.items() if reports})


def _said(store: Store, listed: str) -> dict[str, tuple[str, str]]:
    """Return note and evidence by observation, of the rows `listed` or of all."""
    about = f"{listed} ?observation mskg:reportsOn ?row ." if listed else ""
    found: dict[str, tuple[str, str]] = {}
    for node, note, evidence in _rows(store, _WORDS.replace("#rows#", about)):
        before = found.get(lexical(node), _SILENT)
        found[lexical(node)] = (lexical(note) or before[0], lexical(evidence) or before[1])
    return found


def _reports(
    row: str, pieces: Iterable[str], heads: Mapping[str, _Head], said: Mapping[str, tuple[str, str]]
) -> tuple[Report, ...]:
    found = []
    for piece in pieces:
        at, graph, node, value, unit, state = piece.split("\t")
        head = heads.get(graph)
        if head is None:
            continue
        note, evidence = said.get(node, ("", ""))
        found.append(
            Report(
                row, _day(at), _number(value) if value else None, unit, state.rpartition("/")[2],
                note, evidence, head.issued, head.who, head.kind, graph,
            )
        )  # fmt: skip
    found.sort(key=in_order)
    return tuple(found)


def in_order(report: Report) -> tuple[date, date, str]:
    """Return what sorts reports: date of the value, day handed in, then the graph."""
    return (report.at, report.reported or report.at, report.graph)


def events_of(
    store: Store, rows: Collection[str], until: date | None = None
) -> dict[str, tuple[Event, ...]]:
    """Return the events of `rows`, which may be tasks too, up to `until`, oldest first.

    Of many rows those of others are returned too.
    """
    found: dict[str, list[Event]] = defaultdict(list)
    for row in _rows(store, _EVENTS.replace("#rows#", values_of("row", rows, _MANY))):
        _, kind, target, at, by, evidence, note, value, due = (lexical(term) for term in row)
        day = _day(at)
        if until is None or day <= until:
            event = Event(
                kind, target, day, by, evidence, note,
                Decimal(value) if value else None, _day(due) if due else None,
            )  # fmt: skip
            found[target].append(event)
    return {row: tuple(sorted(events, key=event_order)) for row, events in found.items()}


def event_order(event: Event) -> tuple[object, ...]:
    """Return what sorts events: by day; on one day started, closed, reopened, adjusted."""
    kind = EVENT_KINDS.index(event.kind) if event.kind in EVENT_KINDS else len(EVENT_KINDS)
    value = Decimal(0) if event.value is None else event.value
    return (event.at, kind, event.by, event.evidence, event.note, value, event.due or date.min)


@lru_cache(maxsize=1 << 12)
def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


@lru_cache(maxsize=1 << 16)
def _number(text: str) -> Decimal:
    return Decimal(text)


def closed_by(events: tuple[Event, ...]) -> Event | None:
    """Return the closing that still holds."""
    closed = None
    for event in events:
        if event.kind in ("closed", "reopened"):
            closed = event if event.kind == "closed" else None
    return closed
