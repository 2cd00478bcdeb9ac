"""Rows and standings with the words about persons made unreadable: names, telephone numbers.

Texts keep their length; ids and fingerprints stay, so that a sheet comes back as it went out.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from operator import is_
from typing import TYPE_CHECKING

from mskg.rdf.contacts import masked
from mskg.store.private import names_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mskg.ledger.recurring import Duty
    from mskg.ledger.rows import Due, LedgerRow, Report, Standing
    from mskg.model import Event
    from mskg.store import Store

__all__ = ["hidden_duties", "hidden_rows", "hidden_standings", "hidden_texts"]


def hidden_rows(store: Store, rows: Sequence[LedgerRow]) -> tuple[LedgerRow, ...]:
    """Return `rows` with □ for the persons whom the documents of their programs name."""
    persons = _persons(store, rows)
    return tuple(_row(row, persons.get(row.program, "")) for row in rows)


def hidden_standings(store: Store, standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return `standings` with □ for the same, in what was reported too."""
    persons = _persons(store, [standing.row for standing in standings])
    return tuple(_standing(entry, persons.get(entry.row.program, "")) for entry in standings)


def hidden_duties(store: Store, duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """Return `duties` with □ for the same."""
    persons = names_behind(store, {duty.program for duty in duties})
    return tuple(
        duty._replace(text=_hidden(duty.text, names), title=_hidden(duty.title, names))
        for duty in duties
        for names in [persons.get(duty.program, "")]
    )


def hidden_texts(store: Store, texts: Mapping[str, str]) -> dict[str, str]:
    """Return `texts`, by the IRI of the task they are of, with □ for the same."""
    persons = names_behind(store, texts)
    return {task: _hidden(text, persons.get(task, "")) for task, text in texts.items()}


def _persons(store: Store, rows: Iterable[LedgerRow]) -> Mapping[str, str]:
    return names_behind(store, {row.program for row in rows})


def _row(row: LedgerRow, names: str) -> LedgerRow:
    old = (row.task_title, row.label, row.quote, row.document_title, row.due)
    title, label, quote, document = (_hidden(text, names) for text in old[:4])
    due = _due(row.due, names)
    if (title, label, quote, document, due) == old:
        return row
    return row._replace(
        task_title=title, label=label, quote=quote, document_title=document, due=due
    )


def _due(due: Due | None, names: str) -> Due | None:
    words = _hidden(due.words, names) if due else ""
    return replace(due, words=words) if due and words != due.words else due


def _standing(standing: Standing, names: str) -> Standing:
    row, due = _row(standing.row, names), _due(standing.due, names)
    history = tuple([_report(report, names) for report in standing.history])
    events = tuple([_event(event, names) for event in standing.events])
    actual = standing.actual and _report(standing.actual, names)
    if (
        row is standing.row
        and due is standing.due
        and actual is standing.actual
        and all(map(is_, history, standing.history))
        and events == standing.events
    ):
        return standing
    return standing._replace(row=row, due=due, actual=actual, history=history, events=events)


def _report(report: Report, names: str) -> Report:
    note, evidence, who = report.note, report.evidence, _hidden(report.reporter, names)
    if note or evidence:
        note, evidence = _hidden(note, names), _hidden(evidence, names)
    if who == report.reporter and note == report.note and evidence == report.evidence:
        return report  # as nearly all of millions
    return report._replace(note=note, evidence=evidence, reporter=who)


def _event(event: Event, names: str) -> Event:
    by, evidence, note = (_hidden(t, names) for t in (event.by, event.evidence, event.note))
    return replace(event, by=by, evidence=evidence, note=note)


@lru_cache(maxsize=1 << 14)
def _hidden(text: str, names: str) -> str:
    """Return `text` masked: titles, names and notes come again and again."""
    return masked(text, names) if text else text
