"""A year of monthly reports on the plans of a store, by a simple rule of its own.

What a row reports depends on its place alone: of every seven rows the first is done a month
early, the second in time, the third half-way from its first month on, the fourth three weeks
late, the fifth is never reported, the sixth surpasses its target, the seventh is done late and
then closed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from mskg.ledger import LedgerRow, ledger_rows
from mskg.model import Event, Observation, ProgressReport
from mskg.rdf import event_node, event_triples, report_node, report_triples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.store import Store

SHIFTS = (-30, 0, None, 21, None, 0, 21)
HALF, NEVER, MORE, CLOSED = 2, 4, 5, 6


def month_ends(year: int) -> list[date]:
    """Return the last days of the months."""
    firsts = [date(year, month, 1) for month in range(2, 13)] + [date(year + 1, 1, 1)]
    return [day - timedelta(days=1) for day in firsts]


def done_day(place: int, row: LedgerRow) -> date | None:
    """Return the day on which the row at `place` is done; None if never."""
    shift = SHIFTS[place % 7]
    end = row.due.end if row.due else date(row.year or 2023, 12, 31)
    return None if shift is None else end + timedelta(days=shift)


def said_of(place: int, row: LedgerRow, at: date) -> Observation | None:
    """Return what is reported of the row at `place` at the end of a month."""
    kind, day = place % 7, done_day(place, row)
    if kind == NEVER:
        return None
    done = day is not None and day <= at
    if row.target is None:
        return Observation(row.id, at, state="complete" if done else "under-way")
    value = row.target if done else row.target / 2 if kind == HALF else row.target / 4
    if kind == MORE and done:
        value += 1
    indicator = row.id if row.kind == "indicator" else row.series
    return Observation(row.id, at, value, row.unit, indicator, "under-way" if not done else "",
                       note="按月报送", evidence="台账")  # fmt: skip


def write_year(store: Store, year: int = 2023) -> tuple[LedgerRow, ...]:
    """Write twelve reports and the closings into `store`; return the rows."""
    rows = ledger_rows(store, year=year)
    with store.writing():
        for at in month_ends(year):
            said = tuple(entry for n, row in enumerate(rows) if (entry := said_of(n, row, at)))
            report = ProgressReport(at, at + timedelta(days=2), "县政府督查室", said)
            store.replace_graph(report_node(report), report_triples(report))
        for event in _closings(rows):
            store.replace_graph(event_node(event), event_triples(event))
    return rows


def _closings(rows: tuple[LedgerRow, ...]) -> Iterator[Event]:
    for place, row in enumerate(rows):
        day = done_day(place, row)
        if place % 7 == CLOSED and day is not None:
            yield Event("closed", row.id, day + timedelta(days=7), by="督查员", evidence="验收单")
