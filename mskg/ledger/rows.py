"""What the ledger passes on: rows, deadlines, reports of actual values, standings.

A row is what somebody can be asked about: an indicator, one stage of it, a milestone or a task
without a number. A `Standing` is a row at a date; it is computed and never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.model import Event, Locator

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

__all__ = ["Department", "Due", "LedgerRow", "Report", "Standing"]

_NOWHERE: Final = Locator()
_GROWING: Final = ("count", "money", "funding")


class Department(NamedTuple):
    """A body with a duty for a row: ``role`` is a notation of the role scheme."""

    role: str
    iri: str
    name: str
    accountable: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """When a row is due.

    Parameters
    ----------
    begin, end:
        First and last day of the period; the row is overdue after `end`.
    precision:
        day, early, mid, late, month, quarter, half-year or year.
    words:
        The deadline as printed.
    scope:
        Where the deadline stands: ``own`` (of the row itself), ``item``, ``task`` or ``program``.
    warn:
        Where the words have two readings (10月前: 31 October or 30 September), the earlier one;
        None where there is one reading.
    """

    end: date
    begin: date | None = None
    precision: str = ""
    words: str = ""
    scope: str = "own"
    warn: date | None = None


class LedgerRow(NamedTuple):
    """One row of the ledger; there are a hundred thousand of them in a province.

    Parameters
    ----------
    id:
        IRI of the indicator, the stage target, the milestone or the task.
    kind:
        ``indicator``, ``stage``, ``milestone`` or ``task``.
    series:
        IRI of what is measured: equal for an indicator and all its stages. Values of one series
        in one unit are one history, on whichever of its rows they were reported.
    program, region, year:
        IRI of the program, name of its place, its year.
    task, task_number, task_title:
        IRI, number as printed (or ordinal path), title.
    departments:
        The accountable ones first.
    label:
        Name of the indicator, text of the milestone, or title of the task.
    unit, comparator, target:
        Of the target that the plan states; `target` is None for a row without a number.
    kind_of_number:
        count, share, change, money, funding or time standard; empty without a number.
    cumulative:
        Whether values grow from report to report (False: each is one of its period).
    share:
        Whether the target is a share of the whole task (完成任务的50%).
    whole:
        The value that `share` is a share of, in `whole_unit`; None where the plan states none.
    due:
        None where the plan states no date.
    quote, fingerprint, locator:
        The sentence behind the row, the hash of it, and its place.
    document, document_title:
        Key and title of the document.
    origins:
        Who set the task: province, prefecture, congress (票决), own.
    """

    id: str
    kind: str
    series: str
    program: str
    region: str
    year: int | None
    task: str
    task_number: str
    task_title: str
    label: str
    departments: tuple[Department, ...] = ()
    unit: str = ""
    comparator: str = "eq"
    target: Decimal | None = None
    kind_of_number: str = ""
    cumulative: bool = True
    share: bool = False
    whole: Decimal | None = None
    whole_unit: str = ""
    baseline: Decimal | None = None
    due: Due | None = None
    quote: str = ""
    fingerprint: str = ""
    locator: Locator = _NOWHERE
    document: str = ""
    document_title: str = ""
    origins: tuple[str, ...] = ()
    position: int = 0

    @property
    def grows(self) -> bool:
        """Whether the value can be expected to grow with time, so that half of it means something.

        Shares, changes and values of single periods can't; nor can a limit that is raised
        (由8万元提高到16万元).
        """
        raised = self.kind_of_number == "money" and bool(self.baseline)
        return self.cumulative and self.kind_of_number in _GROWING and not raised

    @property
    def accountable(self) -> tuple[Department, ...]:
        """The departments that answer for the row."""
        return tuple(entry for entry in self.departments if entry.accountable)


class Report(NamedTuple):
    """One actual value or state as somebody reported it; there are millions of them.

    Parameters
    ----------
    row:
        IRI of the row it was reported on.
    at, value, unit, state, note, evidence:
        Date of the value, the value, its unit, the state reported (a notation of
        ``statuses.csv``, empty if none), and the words given with it.
    reported, reporter:
        When it was handed in, and by whom.
    source:
        ``ledger``, ``text`` (read from a plan), ``mid-year-review``, ``satisfaction-vote``.
    graph:
        IRI of the named graph of its report.
    superseded:
        Whether a later report says something else for the same date.
    """

    row: str
    at: date
    value: Decimal | None = None
    unit: str = ""
    state: str = ""
    note: str = ""
    evidence: str = ""
    reported: date | None = None
    reporter: str = ""
    source: str = "ledger"
    graph: str = ""
    superseded: bool = False


class Standing(NamedTuple):
    """A row at a date, with everything that says why.

    Parameters
    ----------
    row:
        The row as the plan states it.
    at:
        The date.
    state:
        State reported (notation of kind ``reported`` in ``statuses.csv``); empty if unknown.
    pace:
        Computed notation (kind ``computed``): ahead, on-schedule, behind, overdue, late, early,
        exceeded, no-data, not-due, not-comparable.
    target, due:
        What was asked for at the date: those of the row, or of the latest adjustment.
    expected:
        The value that the rule asks for at the date; None where no rule gives one.
    assumed:
        Whether `expected` rests on an assumption (linear, 双过半), not on a stage of the plan.
    actual:
        The report that counts; None without data.
    met:
        First date at which the target was reported as reached.
    history:
        All reports of the row up to the date, oldest first, superseded ones included.
    events:
        started, closed, reopened, adjusted up to the date, oldest first.
    rule, why_zh, why_en:
        Id of the rule of the profile, and the reason in words.
    colour_zh, colour_en, colour:
        Colour word of the government, its English, and a CSS colour.
    """

    row: LedgerRow
    at: date
    state: str
    pace: str
    rule: str
    why_zh: str
    why_en: str
    target: Decimal | None = None
    due: Due | None = None
    expected: Decimal | None = None
    assumed: bool = False
    actual: Report | None = None
    met: date | None = None
    history: tuple[Report, ...] = ()
    events: tuple[Event, ...] = ()
    colour_zh: str = ""
    colour_en: str = ""
    colour: str = ""
