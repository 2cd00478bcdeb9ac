"""Reports of actual values and events as triples: one named graph each.

The IRI of a report or event is a hash of its content, so that writing it again changes
nothing, and the state of a store depends on the set of reports in it, not on their order.
"""

from __future__ import annotations

import json
from operator import itemgetter
from os.path import commonprefix
from typing import TYPE_CHECKING, Final

from mskg.ns import child_iri, concept_iri, event_iri, report_iri
from mskg.rdf import fields as f
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model import Event, Observation, ProgressReport

__all__ = ["TABLE_FORMAT", "event_node", "event_triples", "report_node", "report_triples"]

TABLE_FORMAT: Final = 2
"""First entry of a table of rows, before day handed in, reporter, kind, start of IRIs, rows."""


def report_node(report: ProgressReport) -> str:
    """Return the IRI of `report` and of its named graph; the order of its rows is no matter."""
    return _node(report, sorted(map(_content, report.observations)))


def _node(report: ProgressReport, rows: list[list[str]]) -> str:
    head = [report.as_of.isoformat(), report.reported.isoformat(), report.reporter, report.kind]
    return report_iri(json.dumps([head, rows], ensure_ascii=False))


def _content(entry: Observation) -> list[str]:
    value = "" if entry.value is None else f.DECIMAL.write(entry.value, "").value
    texts = (entry.unit, entry.indicator, entry.state, entry.note, entry.evidence)
    return [entry.row, entry.at.isoformat(), value, *texts]


def report_triples(report: ProgressReport) -> Iterator[Triple]:
    """Yield the triples of `report`, which belong in the graph `report_node`."""
    rows = sorted(((_content(entry), entry) for entry in report.observations), key=itemgetter(0))
    node = _node(report, [content for content, _ in rows])
    yield node, v.TYPE, v.PROGRESS_REPORT
    yield node, v.TYPE, v.ENTITY
    yield node, v.AS_OF, f.DATE.write(report.as_of, "")
    yield node, v.ISSUED, f.DATE.write(report.reported, "")
    yield node, v.AGENT_NAME, Literal(report.reporter)
    yield node, v.REPORT_KIND, Literal(report.kind)
    # The same once more as one text: a store gives one long text as fast as one short one.
    yield node, v.ROW_TABLE, Literal(_table(report, [content for content, _ in rows]))
    for number, (_, entry) in enumerate(rows, 1):
        yield from _observation(node, child_iri(node, "row", number), entry)


def _table(report: ProgressReport, rows: list[list[str]]) -> str:
    """Return all rows as one text: a head, what their IRIs begin with, a list for each row."""
    start = commonprefix([row for row, *_ in rows])  # noqa: RUF071 - of letters, not of folders
    lines = [[row[len(start) :], *told[:3], told[4]] for row, *told in rows]
    head = [TABLE_FORMAT, report.reported.isoformat(), report.reporter, report.kind, start]
    return json.dumps([*head, lines], ensure_ascii=False, separators=(",", ":"))


def _observation(report: str, node: str, entry: Observation) -> Iterator[Triple]:
    yield node, v.TYPE, v.OBSERVATION
    yield node, v.TYPE, v.SOSA_OBSERVATION
    yield node, v.IN_REPORT, report
    yield node, v.REPORTS_ON, entry.row
    yield node, v.RESULT_TIME, f.DATE.write(entry.at, "")
    if entry.value is not None:
        yield node, v.SIMPLE_RESULT, f.DECIMAL.write(entry.value, "")
    if entry.indicator:
        yield node, v.OBSERVED_PROPERTY, entry.indicator
    if entry.state:
        yield node, v.REPORTED_STATE, concept_iri("status", entry.state)
    texts = (v.UNIT, entry.unit), (v.NOTE, entry.note), (v.EVIDENCE_TEXT, entry.evidence)
    yield from ((node, link, Literal(text)) for link, text in texts if text)


def event_node(event: Event) -> str:
    """Return the IRI of `event` and of its named graph."""
    value = "" if event.value is None else f.DECIMAL.write(event.value, "").value
    due = event.due.isoformat() if event.due else ""
    texts = [event.kind, event.row, event.at.isoformat(), event.by, event.evidence, event.note]
    return event_iri(json.dumps([*texts, value, due], ensure_ascii=False))


def event_triples(event: Event) -> Iterator[Triple]:
    """Yield the triples of `event`, which belong in the graph `event_node`."""
    node = event_node(event)
    yield node, v.TYPE, v.EVENT
    yield node, v.TYPE, v.ACTIVITY
    yield node, v.EVENT_KIND, Literal(event.kind)
    yield node, v.AFFECTS, event.row
    yield node, v.DATE, f.DATE.write(event.at, "")
    texts = (v.AGENT_NAME, event.by), (v.EVIDENCE_TEXT, event.evidence), (v.NOTE, event.note)
    yield from ((node, link, Literal(text)) for link, text in texts if text)
    if event.value is not None:
        yield node, v.NEW_VALUE, f.DECIMAL.write(event.value, "")
    if event.due is not None:
        yield node, v.NEW_DUE, f.DATE.write(event.due, "")
