"""Take a filled ledger into a store: every row is accepted, or reported with its cell.

A report is one named graph whose IRI is the hash of its content. Nothing is overwritten: what
counts for a date is what was handed in last, and everything before stays. So the state of a
store depends on the set of reports in it, not on the order in which they came, and importing a
file twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.errors import InputError
from mskg.ledger.checking import Finding, RowChecker
from mskg.ledger.history import reports_of
from mskg.ledger.packing import write_packed
from mskg.ledger.private import hidden_rows
from mskg.ledger.profile import read_profile
from mskg.ledger.reading import ledger_rows, ledger_tasks
from mskg.ledger.series import series_of
from mskg.ledger.sheet import VOTES, ledger_columns
from mskg.ledger.sheet_reading import FilledRow, read_ledger
from mskg.model import ProgressReport
from mskg.model.progress import REPORT_KINDS
from mskg.rdf import report_node, report_triples
from mskg.store.text import term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from mskg.ledger.profile import Profile
    from mskg.ledger.rows import LedgerRow
    from mskg.model import Observation
    from mskg.store import Store

__all__ = ["Imported", "import_ledger"]

_TASK: Final = "/task/"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Parameters
    ----------
    accepted:
        Observations taken from the file.
    findings:
        What is wrong (``error``) or was taken with a doubt (``warning``), with its cell.
    graph:
        IRI of the graph of the report; empty where nothing was filled in, or nothing taken.
    written:
        Whether the store changed; False where it has this very report already.
    filled:
        Rows of the file in which something was filled in.
    """

    accepted: int
    findings: tuple[Finding, ...]
    graph: str
    written: bool
    filled: int

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)


class _Known(NamedTuple):
    rows: dict[str, LedgerRow]
    tasks: dict[str, LedgerRow]


def import_ledger(
    store: Store,
    path: Path,
    *,
    as_of: date,
    reporter: str,
    reported: date | None = None,
    profile: Profile | None = None,
    partial: bool = False,
) -> Imported:
    """Import a filled ledger, a mid-year review or a satisfaction vote.

    Parameters
    ----------
    path:
        What `ledger_bytes` wrote, filled in.
    as_of:
        The day the report speaks of; rows without a date of their own get it.
    reporter:
        Who hands it in.
    reported:
        The day it was handed in; None means `as_of`. Of two values for one date the later
        one counts.
    profile:
        Whose ``jump`` tells how far beyond the target a value may lie without a note.
    partial:
        Take the rows that are in order even where others are not.

    Returns
    -------
    Imported
        With errors and without `partial` nothing was written.

    Raises
    ------
    InputError
        If the file is no ledger, or the report has no reporter.
    StoreError
        If the store can't be written; it is as before then.
    """
    if not reporter.strip():
        raise InputError(
            "the report names no reporter",
            hint="--reporter NAME",
            zh="没有写明报送单位（--reporter 名称）",
        )
    filled = [row for row in read_ledger(path) if _is_filled(row)]
    if not filled:
        return Imported(0, (), "", written=False, filled=0)
    known = _known(store, filled)
    day = reported or as_of
    observations, findings = _checked(store, known, filled, as_of, day, profile)
    wrong = any(finding.severity == "error" for finding in findings)
    if not observations or (wrong and not partial):
        return Imported(0, tuple(findings), "", written=False, filled=len(filled))
    report = ProgressReport(as_of, day, reporter.strip(), tuple(observations), _kind(filled))
    node = report_node(report)
    new = not store.ask(f"ASK {{ GRAPH {term_text(node)} {{ ?s ?p ?o }} }}")
    if new:
        with store.writing():
            store.replace_graph(node, report_triples(report))
            write_packed(store, known.rows.values())
    return Imported(len(observations), tuple(findings), node, written=new, filled=len(filled))


def _programs(rows: Iterable[FilledRow]) -> list[str]:
    return sorted({row.text("id").partition(_TASK)[0] for row in rows} - {""})


def _is_filled(row: FilledRow) -> bool:
    kinds = (ledger_columns(), ledger_columns("mid-year-review"))
    names = {column.id for columns in kinds for column in columns if column.use == "fill"}
    return any(row.text(name) for name in names)


def _kind(rows: Sequence[FilledRow]) -> str:
    named = {row.text("report-kind") for row in rows} - {""}
    if len(named) > 1 or not named <= set(REPORT_KINDS):
        raise InputError(
            f"the column report-kind says {', '.join(sorted(named))}",
            hint="export the sheet again",
            zh=f"“报告类型”一列写的是 {'、'.join(sorted(named))}（请重新导出再填）",
        )
    return next(iter(named), "ledger")


def _checked(
    store: Store,
    known: _Known,
    filled: Sequence[FilledRow],
    as_of: date,
    reported: date,
    profile: Profile | None,
) -> tuple[list[Observation], list[Finding]]:
    """Return the observations of the rows that are in order, and what is to be said of the rest."""
    history = reports_of(store, list(known.rows), words=False)
    checker = RowChecker(
        series_of(list(known.rows.values()), history, {}),
        as_of,
        reported,
        profile or read_profile(),
    )
    found: dict[Observation, None] = {}
    # Findings quote the plan.
    rows, tasks = (
        {row.id: row for row in hidden_rows(store, list(entries.values()))} for entries in known
    )
    for entry in filled:
        voted = any(entry.text(column) for column in VOTES) or entry.text("report-kind")
        row = (tasks if voted else rows).get(entry.text("id"))
        taken = checker.votes(entry, row) if voted else checker.row(entry, row)
        found.update(dict.fromkeys(taken))
    return list(found), checker.findings


def _known(store: Store, filled: Iterable[FilledRow]) -> _Known:
    """Return the rows of the programs that the file speaks of, by IRI."""
    entries = list(filled)
    programs = _programs(entries)
    if not programs:
        return _Known({}, {})  # without ids; of no program `ledger_rows` would give everything
    votes = any(row.text("report-kind") for row in entries)
    try:
        rows = ledger_rows(store, program=programs)
    except InputError:
        return _Known({}, {})  # each row is reported as unknown
    tasks = ledger_tasks(store, program=programs) if votes else ()
    return _Known({row.id: row for row in rows}, {row.id: row for row in tasks})
