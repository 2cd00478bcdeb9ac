"""Rows that measure one thing: what they ask for at a date, and what was reported of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from mskg.ledger.history import event_order, in_order
from mskg.ledger.rows import Due

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mskg.ledger.history import History
    from mskg.ledger.rows import LedgerRow, Report
    from mskg.model import Event

__all__ = ["Asked", "Series", "series_of", "summed"]

_ALL: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for on a row, after the adjustments up to the date."""

    row: LedgerRow
    target: Decimal | None
    due: Due | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Rows of one series, in order of their due dates, with all reports on them.

    ``reports`` are in order; of several for one date and unit all but the last are superseded.
    """

    asked: tuple[Asked, ...]
    reports: tuple[Report, ...]

    def values(self, row: LedgerRow) -> list[Report]:
        """Return the valid reports in the unit of `row`, one a date, oldest first.

        A stage that is a share of the task (完成任务的50%) also takes values of the task itself,
        as their share of the whole: this is what the share means, no conversion of units.
        """
        found: dict[date, Report] = {}
        valid = [r for r in self.reports if r.value is not None and not r.superseded]
        if row.share and row.whole:
            for report in valid:
                if report.unit == row.whole_unit and report.value is not None:
                    value = report.value * _ALL / row.whole
                    found[report.at] = report._replace(value=value, unit=row.unit)
        # A value in the unit of the row itself wins over one that had to be turned into it.
        direct = {report.at: report for report in valid if report.unit == row.unit}
        if not found:
            return list(direct.values())
        return sorted((found | direct).values(), key=in_order)

    def states(self, row: LedgerRow) -> list[Report]:
        """Return the valid reports on `row` itself that tell a state, oldest first."""
        return [
            report
            for report in self.reports
            if report.state and report.row == row.id and not report.superseded
        ]

    def stages(self, row: LedgerRow) -> list[tuple[Due, Decimal]]:
        """Return the stages of the plan, in the unit of `row`, in order of date."""
        found = []
        for asked in self.asked:
            stage, target = asked.row, asked.target
            if stage.kind != "stage" or target is None or asked.due is None:
                continue
            if stage.unit == row.unit:
                found.append((asked.due, target))
            elif stage.share and stage.whole is not None and stage.whole_unit == row.unit:
                found.append((asked.due, target * stage.whole / _ALL))
        return sorted(found, key=lambda entry: (entry[0].end, entry[1]))


def series_of(
    rows: Sequence[LedgerRow],
    history: History,
    events: Mapping[str, tuple[Event, ...]],
) -> dict[str, Series]:
    """Return the series of `rows` by their IRI."""
    grouped: dict[str, list[LedgerRow]] = {}
    for row in rows:
        grouped.setdefault(row.series, []).append(row)
    found = {}
    for iri, members in grouped.items():
        asked = tuple(_asked(row, _events_on(row, events)) for row in members)
        reports = [report for row in members for report in history.of(row.id)]
        if len(members) > 1:
            reports.sort(key=in_order)
        found[iri] = Series(asked, _marked(reports))
    return found


def _events_on(row: LedgerRow, events: Mapping[str, tuple[Event, ...]]) -> tuple[Event, ...]:
    """Return the events of a row; a task that is closed closes all its rows."""
    own = events.get(row.id, ())
    if row.task == row.id or row.task not in events:
        return own
    return tuple(sorted((*events[row.task], *own), key=event_order))


def _asked(row: LedgerRow, events: tuple[Event, ...]) -> Asked:
    target, due = row.target, row.due
    for event in events:
        if event.kind == "adjusted":
            target = target if event.value is None else event.value
            if event.due is not None:
                due = Due(event.due, words=event.note or event.evidence)
    return Asked(row, target, due, events)


def _marked(reports: list[Report]) -> tuple[Report, ...]:
    """Return `reports` with those marked that a later one for the same date corrects."""
    if len({report.at for report in reports}) == len(reports):  # as in most series
        return tuple(reports)
    later: set[tuple[object, ...]] = set()
    found: list[Report] = []
    for report in reversed(reports):
        key = _key(report)
        found.append(report._replace(superseded=True) if key in later else report)
        later.add(key)
    return tuple(reversed(found))


def _key(report: Report) -> tuple[object, ...]:
    if report.value is None:
        return (report.at, report.row, report.source)
    return (report.at, report.unit, report.source == "satisfaction-vote")


def summed(values: list[Report]) -> list[Report]:
    """Return values of single periods as a running sum."""
    total = Decimal(0)
    found = []
    for report in values:
        total += report.value or 0
        found.append(report._replace(value=total))
    return found
