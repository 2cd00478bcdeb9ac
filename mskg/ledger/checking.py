"""The checks that a row of a filled ledger passes before it is taken."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.ledger.sheet import VOTES, reported_states
from mskg.ledger.words import shown
from mskg.lexicon.tables import read_table
from mskg.model import Observation
from mskg.text.numerals import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mskg.ledger.profile import Profile
    from mskg.ledger.rows import LedgerRow, Report
    from mskg.ledger.series import Series
    from mskg.ledger.sheet_reading import FilledRow

__all__ = ["Finding", "RowChecker"]

_NUMBER: Final = re.compile(r"([+-]?)(\d[\d,]*(?:\.\d+)?)\s*(.*)\Z", re.DOTALL)
_WIDE: Final = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")
_DATE: Final = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\Z")
_CEILINGS: Final = ("le", "lt")
_ALL: Final = Decimal(100)


class Finding(NamedTuple):
    """Something to say of a cell: ``error`` (not taken) or ``warning`` (taken)."""

    place: str
    severity: str
    code: str
    zh: str
    en: str


class _WrongCellError(Exception):
    """A cell that can't be taken."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


@cache
def _states() -> dict[str, str]:
    """Return the notation of each word for a state that can be reported."""
    return {
        word: row["id"]
        for row in read_table("statuses")
        if row["kind"] == "reported"
        for word in (row["id"], row["zh"], row["en"], *row["alt"].split())
    }


class RowChecker:
    """Checks rows one after the other against the plan, the history, and each other.

    Parameters
    ----------
    series:
        What is known, by series.
    as_of, reported:
        The day the report speaks of, the day it was handed in.
    profile:
        Whose ``jump`` tells how far beyond the target a value may lie without a note.
    """

    def __init__(
        self, series: Mapping[str, Series], as_of: date, reported: date, profile: Profile
    ) -> None:
        self.findings: list[Finding] = []
        self._series, self._as_of, self._reported = series, as_of, reported
        self._profile = profile
        self._seen: dict[tuple[object, ...], tuple[Observation, str]] = {}

    def row(self, entry: FilledRow, row: LedgerRow | None) -> tuple[Observation, ...]:
        """Return the observation of a row of the ledger; nothing where something is wrong."""
        try:
            known = self._known(entry, row)
            return (self._observation(entry, known),)
        except _WrongCellError as wrong:
            self.findings.append(wrong.finding)
            return ()

    def votes(self, entry: FilledRow, row: LedgerRow | None) -> tuple[Observation, ...]:
        """Return the observations of a row of a review or vote: each count, and the words."""
        try:
            known = self._known(entry, row)
            note, evidence = entry.text("note"), entry.text("evidence")
            found = []
            for column, unit in VOTES.items():
                if entry.text(column):
                    value = self._number(entry, column, unit)
                    if value < 0 or value % 1:
                        raise self._wrong(
                            entry, column, "votes",
                            f"票数应是不小于 0 的整数：{entry.text(column)}",
                            f"a number of votes is 0 or a whole number: {entry.text(column)}",
                        )  # fmt: skip
                    found.append(Observation(known.id, self._as_of, value, unit))
            if note or evidence:
                found.append(Observation(known.id, self._as_of, note=note, evidence=evidence))
        except _WrongCellError as wrong:
            self.findings.append(wrong.finding)
            return ()
        return tuple(found)

    # -------- one row

    def _known(self, entry: FilledRow, row: LedgerRow | None) -> LedgerRow:
        if row is None:
            raise self._wrong(
                entry, "id", "unknown-row",
                "数据库的计划里没有这一行（行标识对不上）；请重新导出台账再填",
                "no plan of the store has this row: export the ledger again",
            )  # fmt: skip
        if entry.text("fingerprint") != row.fingerprint:
            raise self._wrong(
                entry, "fingerprint", "plan-changed",
                f"计划的原文已变，现为“{row.quote[:40]}”；请重新导出台账，核对后再填",
                f"the plan says something else now ({row.quote[:40]}): export the ledger again",
            )  # fmt: skip
        return row

    def _observation(self, entry: FilledRow, row: LedgerRow) -> Observation:
        at = self._day(entry)
        value = self._value(entry, row)
        state = self._state(entry)
        measured = row.series if value is not None and row.target is not None else ""
        unit = row.unit if value is not None else ""
        note, evidence = entry.text("note"), entry.text("evidence")
        found = Observation(row.id, at, value, unit, measured, state, note, evidence)
        self._same_row(entry, found)
        doubts = [*self._doubtful_date(entry, row, at)]
        if value is not None:
            self._one_value(entry, row, found)
            # What is on record was looked at when it came; a sheet comes in again as it is.
            doubts += () if self._on_record(row, found) else self._doubts(entry, row, at, value)
        for doubt in doubts:
            if not note:
                raise _WrongCellError(
                    doubt._replace(
                        zh=f"{doubt.zh}；确实如此，请在“说明”里写明原因",
                        en=f"{doubt.en}: if it is so, say why in the note",
                    )
                )
            self.findings.append(doubt._replace(severity="warning"))
        return found

    def _value(self, entry: FilledRow, row: LedgerRow) -> Decimal | None:
        if not entry.text("value"):
            return None
        if row.target is None:
            raise self._wrong(
                entry, "value", "no-number",
                "这一行在计划里没有数字，请选“状态”，数字写进“说明”",
                "the plan has no number here: choose a state, and write the number in the note",
            )  # fmt: skip
        stated = entry.text("unit")
        if "unit" in entry.places and stated != row.unit:
            raise self._wrong(
                entry, "unit", "unit",
                f"单位是“{stated}”，计划的单位是“{row.unit}”；不作换算，请按计划的单位填",
                f"the unit is {stated!r}, that of the plan {row.unit!r}: nothing is converted",
            )  # fmt: skip
        value = self._number(entry, "value", row.unit)
        if value < 0 and row.kind_of_number != "change":
            raise self._wrong(
                entry, "value", "sign", f"实际值是负数：{shown(value)}",
                f"the value is negative: {shown(value)}",
            )  # fmt: skip
        return value

    def _number(self, entry: FilledRow, column: str, unit: str) -> Decimal:
        given = entry.cells[column]
        if isinstance(given, Decimal):
            return given
        found = _NUMBER.match(entry.text(column).translate(_WIDE))
        if not found:
            raise self._wrong(
                entry, column, "no-value", f"不是数字：{entry.text(column)}",
                f"no number: {entry.text(column)}",
            )  # fmt: skip
        if found[3].strip() not in {"", unit}:
            raise self._wrong(
                entry, column, "unit",
                f"数字后面写着“{found[3].strip()}”，单位应是“{unit}”，只填数字；不作换算",
                f"{found[3].strip()!r} stands behind the number; give it in {unit!r}, digits only",
            )  # fmt: skip
        value = plain_number(found[2])
        return -value if found[1] == "-" else value

    def _state(self, entry: FilledRow) -> str:
        word = entry.text("state")
        if not word:
            return ""
        state = _states().get(word)
        if state in {"closed", "adjusted"}:
            command = "close" if state == "closed" else "adjust"
            raise self._wrong(
                entry, "state", "event",
                f"“{word}”要有依据和经手人，请用 mskg ledger {command}",
                f"{word!r} needs evidence and somebody who decided: mskg ledger {command}",
            )  # fmt: skip
        if state is None:
            listed = "、".join(words["zh"] for words in reported_states().values())
            english = ", ".join(words["en"] for words in reported_states().values())
            raise self._wrong(
                entry, "state", "state", f"没有“{word}”这个状态（可选 {listed}）",
                f"no state is called {word!r} (choose one of {english})",
            )  # fmt: skip
        return state

    def _day(self, entry: FilledRow) -> date:
        given = entry.cells.get("date")
        if given is None:
            return self._as_of
        day = given if isinstance(given, date) else _date(entry.text("date"))
        if day is None:
            raise self._wrong(
                entry, "date", "date", f"不是日期：{entry.text('date')}（如 2023-06-30）",
                f"no date: {entry.text('date')} (such as 2023-06-30)",
            )  # fmt: skip
        if day > self._as_of:
            raise self._wrong(
                entry, "date", "future", f"日期 {day} 在报告日 {self._as_of} 之后",
                f"the date {day} is after that of the report, {self._as_of}",
            )  # fmt: skip
        return day

    # -------- against other rows and reports

    def _same_row(self, entry: FilledRow, found: Observation) -> None:
        key = ("row", found.row)
        before, place = self._seen.setdefault(key, (found, entry.place))
        if before != found:
            raise self._wrong(
                entry, "id", "twice", f"这一行在 {place} 已填过，内容不同",
                f"the row is filled in at {place} too, and differs",
            )  # fmt: skip

    def _one_value(self, entry: FilledRow, row: LedgerRow, found: Observation) -> None:
        """Let a series have one value a date: in the file, and of one day of reporting."""
        place = entry.at("value")
        before, other = self._seen.setdefault((row.series, row.unit, found.at), (found, place))
        if before.value != found.value:
            raise self._wrong(
                entry, "value", "two-values",
                f"{other} 为同一指标填了 {shown(before.value)}，这里是 {shown(found.value)}",
                f"{other} gives {shown(before.value)} for the same indicator,"
                f" here it is {shown(found.value)}",
            )  # fmt: skip
        for report in self._values(row):
            handed_in = report.reported or report.at
            if report.at != found.at or report.value == found.value:
                continue
            if handed_in == self._reported:
                raise self._wrong(
                    entry, "value", "same-day",
                    f"{report.reporter} 在 {handed_in} 已报 {report.at} 为 {shown(report.value)}；"
                    "要更正，请用 --reported 写明更晚的报送日期",
                    f"{report.reporter} handed in {shown(report.value)} for {report.at} on"
                    f" {handed_in}: to correct it, give a later day with --reported",
                )  # fmt: skip

    def _on_record(self, row: LedgerRow, found: Observation) -> bool:
        said = (found.row, found.at, found.value, found.unit, self._reported)
        return any(
            (old.row, old.at, old.value, old.unit, old.reported or old.at) == said
            for old in self._series[row.series].reports
        )

    def _doubts(
        self, entry: FilledRow, row: LedgerRow, at: date, value: Decimal
    ) -> Iterator[Finding]:
        place = entry.at("value")
        if row.cumulative and row.comparator not in _CEILINGS and row.kind_of_number != "change":
            before = [report for report in self._values(row) if report.at < at]
            after = [report for report in self._values(row) if report.at > at]
            if before and (before[-1].value or 0) > value:
                yield _falls(place, shown(value), before[-1])
            if after and value > (after[0].value or 0):
                yield _falls(place, shown(value), after[0], later=True)
        limit = _ALL if row.share else (row.target or Decimal(0)) * self._profile.jump
        beyond = row.comparator not in _CEILINGS and row.target and value > limit
        if beyond and (row.kind != "stage" or row.share):
            yield Finding(
                place, "error", "jump",
                f"{shown(value)} 远超目标 {shown(row.target)} {row.unit}",
                f"{shown(value)} is far beyond the target {shown(row.target)} {row.unit}",
            )  # fmt: skip

    def _doubtful_date(self, entry: FilledRow, row: LedgerRow, at: date) -> Iterator[Finding]:
        if row.year and at.year < row.year:
            yield Finding(
                entry.at("date"), "error", "before-the-year",
                f"日期 {at} 早于计划年度 {row.year}",
                f"the date {at} is before the year {row.year} of the plan",
            )  # fmt: skip

    def _values(self, row: LedgerRow) -> list[Report]:
        return self._series[row.series].values(row)

    def _wrong(self, entry: FilledRow, column: str, code: str, zh: str, en: str) -> _WrongCellError:
        return _WrongCellError(Finding(entry.at(column), "error", code, zh, en))


def _falls(place: str, value: str, other: Report, *, later: bool = False) -> Finding:
    known = shown(other.value)
    if later:
        return Finding(
            place, "error", "falls", f"累计值 {value} 大于后来 {other.at} 的 {known}",
            f"the running total {value} is above the {known} of {other.at}, which is later",
        )  # fmt: skip
    return Finding(
        place, "error", "falls", f"累计值 {value} 小于 {other.at} 的 {known}",
        f"the running total {value} is below the {known} of {other.at}",
    )  # fmt: skip


def _date(text: str) -> date | None:
    found = _DATE.match(text.translate(_WIDE))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
