"""The standing of every row at a date: read from a store, judged by the rules of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.ledger.garbage import uncollected
from mskg.ledger.history import events_of, reports_of
from mskg.ledger.noted import with_noted
from mskg.ledger.profile import read_profile
from mskg.ledger.reading import ledger_rows
from mskg.ledger.series import series_of
from mskg.ledger.verdict import Case
from mskg.ledger.words import silent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mskg.ledger.history import History
    from mskg.ledger.profile import Profile
    from mskg.ledger.rows import LedgerRow, Standing
    from mskg.ledger.words import Tell
    from mskg.model import Event
    from mskg.store import Store

__all__ = ["judged", "standings"]


@uncollected()
def standings(  # noqa: PLR0913 - each parameter is a choice of the user's
    store: Store,
    at: date,
    profile: Profile | None = None,
    *,
    region: str | Sequence[str] | None = None,
    year: int | None = None,
    program: str | None = None,
    department: str | None = None,
    words: bool = True,
    tell: Tell = silent,
) -> tuple[Standing, ...]:
    """Return the standing of every row at the date `at`, in the order of the plans.

    It depends on the store, the date and the profile alone, never on the clock.

    Parameters
    ----------
    at:
        The date; reports and events of later dates don't count.
    profile:
        Rules; None for the default ones.
    region, year, program, department:
        See `ledger_rows`.
    words:
        Whether notes and evidence of reports are read, which takes longer.
    tell:
        Called with each step as it begins: rows, reports, standings.
    """
    tell("rows")
    rows = ledger_rows(store, region=region, year=year, program=program, department=department)
    tell("reports")
    history = reports_of(store, [row.id for row in rows], at, words=words)
    history = with_noted(store, rows, history, at)
    events = events_of(store, {iri for row in rows for iri in (row.id, row.task)}, at)
    tell("standings")
    return judged(rows, at, profile or read_profile(), history, events)


def judged(
    rows: Sequence[LedgerRow],
    at: date,
    profile: Profile,
    history: History,
    events: Mapping[str, tuple[Event, ...]],
) -> tuple[Standing, ...]:
    """Return the standing of `rows` from what was reported up to `at`."""
    series = series_of(rows, history, events)
    return tuple(Case(row, at, profile, series[row.series]).standing() for row in rows)
