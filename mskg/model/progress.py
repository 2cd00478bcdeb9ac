"""What became of a plan: observations, the report that brings them, and events.

Follows SOSA (observation, observed property, result) and PROV-O (activity). Status is never
kept here: it is computed from these and the plan for a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

__all__ = ["EVENT_KINDS", "REPORT_KINDS", "Event", "Observation", "ProgressReport"]

EVENT_KINDS = ("started", "closed", "reopened", "adjusted")
REPORT_KINDS = ("ledger", "text", "mid-year-review", "satisfaction-vote")


@dataclass(frozen=True, slots=True)
class Observation:
    """One actual value, or a state, of a row of the ledger at a date.

    Parameters
    ----------
    row:
        IRI of the row it is reported on: an indicator, target, milestone or task.
    at:
        Date of the value.
    indicator:
        IRI of the indicator that was measured; empty without a value.
    state:
        Reported state, a notation of ``statuses.csv``; empty if none.
    """

    row: str
    at: date
    value: Decimal | None = None
    unit: str = ""
    indicator: str = ""
    state: str = ""
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """Observations handed in together; one named graph.

    Parameters
    ----------
    as_of:
        The day that the report speaks of.
    reported:
        The day on which it was handed in; a later report corrects an earlier one.
    reporter:
        Name of the body or office that reports.
    kind:
        ``ledger``, ``text`` (read from a document), ``mid-year-review``, ``satisfaction-vote``.
    """

    as_of: date
    reported: date
    reporter: str
    observations: tuple[Observation, ...]
    kind: str = "ledger"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a row of the ledger.

    Parameters
    ----------
    kind:
        started, closed (销号), reopened or adjusted.
    row:
        IRI of the row.
    at:
        The day of the event.
    by:
        Who decided or entered it; for ``closed`` the one who checked.
    evidence:
        What proves it: an acceptance record, a document number, an address.
    value, due:
        For ``adjusted``: the new target, the new last day; None where unchanged.
    """

    kind: str
    row: str
    at: date
    by: str = ""
    evidence: str = ""
    note: str = ""
    value: Decimal | None = None
    due: date | None = None
