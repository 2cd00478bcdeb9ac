"""One row on trial: its standing at a date, by the rules of a profile.

Rules, in this order, for a row with a number (ids as in `Standing.rule`):

``closed``
    It was struck off (销号) and not reopened: reached on that day at the latest.
``reached``
    A value that satisfies the target was reported: late after the due period, early before
    it, exceeded where a final target is surpassed, else on schedule.
``ceiling``
    不高于5%: on schedule as long as the value is not above it; behind, after the due date overdue.
``overdue``
    The due date has passed and the last value falls short of the target.
``two-readings``
    10月前: between 30 September and 31 October it is behind, unless the profile says otherwise.
``stale``
    The last report is too old to say anything.
``stage``
    Behind where the last value falls short of the last stage due; ahead where it reaches the
    next one already. The row of the final target (without one, of the last stage) answers for
    that; a stage to come is ``open`` until its own day.
``linear``, ``half``
    No stages in the plan: the value is compared with an assumed one, and marked as such.
``last-day``
    It is due on this very day, and not reached.
``open``
    Nothing tells what must be reached by now.

A row without a number is judged by the states reported (``state``, ``overdue``, ``last-day``,
``open``). A row of which nothing was reported is ``no-data``, never behind; a stage or milestone
to come is ``open``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.ledger.history import closed_by
from mskg.ledger.rows import Standing
from mskg.ledger.series import Series, summed
from mskg.ledger.words import SIGNS, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from mskg.ledger.profile import Profile
    from mskg.ledger.rows import Due, LedgerRow, Report

__all__ = ["Case"]

_DONE: Final = ("complete", "closed")
_BEFORE: Final = ("not-started", "preparation")
_ENDED: Final = "terminated"
_CEILINGS: Final = ("le", "lt")
_HALF_DAY: Final = (6, 30)


class _Verdict(NamedTuple):
    pace: str
    rule: str
    zh: str
    en: str
    expected: Decimal | None = None
    assumed: bool = False
    met: date | None = None


@dataclass
class Case:
    """A row, what was reported of its series up to `at`, and the rules it is judged by."""

    row: LedgerRow
    at: date
    profile: Profile
    series: Series

    def __post_init__(self) -> None:
        self.asked = next(a for a in self.series.asked if a.row is self.row)
        self.closed = closed_by(self.asked.events)
        self.states = self.series.states(self.row)
        self.values = self._values() if self.row.target is not None else []
        self.actual = self.values[-1] if self.values else self.states[-1] if self.states else None
        self.due_end = self._due_end()

    def standing(self) -> Standing:
        """Return the standing."""
        verdict = self._verdict()
        state = self._state(verdict)
        colour = self.profile.colour(state, verdict.pace)
        return Standing(
            self.row, self.at, state, verdict.pace, verdict.rule, verdict.zh, verdict.en,
            self.asked.target, self.asked.due, verdict.expected, verdict.assumed, self.actual,
            verdict.met, self.series.reports, self.asked.events, *colour,
        )  # fmt: skip

    def _verdict(self) -> _Verdict:
        if self.states and self.states[-1].state == _ENDED:
            return _Verdict("not-due", "ended", "报告为终止，不再判断", "reported as terminated")
        if self.asked.target is None:
            return self._by_state()
        return self._by_value(self.asked.target)

    # -------- rows without a number

    def _by_state(self) -> _Verdict:
        done = next((report for report in self.states if report.state in _DONE), None)
        if self.states and self.states[-1].state not in _DONE:
            done = None  # taken back by a later report
        met = done.at if done else None
        if self.closed and (met is None or self.closed.at < met):
            met = self.closed.at
        if met:
            rule = "closed" if self.closed else "state"
            return self._reached(met, rule, None)
        if not self.states:
            return self._no_data()
        last = self.states[-1]
        if self.due_end and self.at > self.due_end:
            return _Verdict(
                "overdue",
                "overdue",
                f"{self.due_end} 到期，{last.at} 报告尚未完成",
                f"due {self.due_end}; reported as not complete on {last.at}",
            )
        return self._two_readings() or self._open()

    # -------- rows with a number

    def _by_value(self, target: Decimal) -> _Verdict:
        if not self.values:
            return self._without_values()
        if self.row.comparator in _CEILINGS:
            return self._ceiling(target)
        met = self._met(target)
        if self.closed and (met is None or self.closed.at < met):
            return self._reached(self.closed.at, "closed", target)
        if met:
            return self._reached(met, "reached", target)
        last = self.values[-1]
        if self.due_end and self.at > self.due_end:
            value, goal = shown(last.value), self._goal(target)
            return _Verdict(
                "overdue",
                "overdue",
                f"{self.due_end} 到期，{last.at} 报告 {value}，目标 {goal}",
                f"due {self.due_end}; {value} reported on {last.at}, target {goal}",
            )
        if verdict := self._two_readings():
            return verdict
        if self._is_ahead_of():
            return self._open()
        if (self.at - last.at).days > self.profile.stale_days:
            return _Verdict(
                "no-data",
                "stale",
                f"最近一次报告是 {last.at}，超过 {self.profile.stale_days} 天",
                f"the last report is of {last.at}, more than {self.profile.stale_days} days ago",
            )
        return self._by_stage(last) or self._by_time(target, last)

    def _without_values(self) -> _Verdict:
        if self.closed:
            return self._reached(self.closed.at, "closed", None)
        others = [report for report in self.series.reports if report.value is not None]
        if any(report.row == self.row.id for report in others):
            units = "、".join(sorted({report.unit or "（无）" for report in others}))
            return _Verdict(
                "not-comparable",
                "unit",
                f"报告的单位是 {units}，目标的单位是 {self.row.unit or '（无）'}，不作换算",
                f"reported in {units}, target in {self.row.unit or '(none)'}: nothing is converted",
            )
        if self.states and self.states[-1].state in _DONE:
            return self._by_state()
        return self._no_data()

    def _ceiling(self, target: Decimal) -> _Verdict:
        last = self.values[-1]
        value = last.value or Decimal(0)
        held = value <= target if self.row.comparator == "le" else value < target
        late = self.due_end is not None and self.at > self.due_end
        pace = "on-schedule" if held else "overdue" if late else "behind"
        zh, en = ("未超过上限", "within the limit") if held else ("超过上限", "above the limit")
        return _Verdict(
            pace,
            "ceiling",
            f"{last.at} 报告 {shown(value)}，上限 {self._goal(target)}，{zh}",
            f"{shown(value)} on {last.at}, limit {self._goal(target)}: {en}",
            expected=target,
            met=last.at if held and late else None,
        )

    def _by_stage(self, last: Report) -> _Verdict | None:
        stages = self._stages_so_far()
        if not stages:
            return None
        value = last.value or Decimal(0)
        gone = [entry for entry in stages if entry[0].end <= self.at]
        ahead = [entry for entry in stages if entry[0].end > self.at]
        expected = max((asked for _, asked in gone), default=Decimal(0))
        if gone:
            zh = f"{gone[-1][0].end} 的阶段目标 {shown(expected)}"
            en = f"stage of {gone[-1][0].end}: {shown(expected)}"
        else:
            zh, en = "第一个阶段尚未到期", "no stage is due yet"
        zh += f"，{last.at} 报告 {shown(value)}"
        en += f"; {shown(value)} reported on {last.at}"
        if value < expected * self.profile.stage:
            return _Verdict("behind", "stage", f"低于{zh}", f"below the {en}", expected)
        if ahead and value >= ahead[0][1] > expected:
            following = ahead[0]
            return _Verdict(
                "ahead", "stage",
                f"{zh}，已达到 {following[0].end} 的 {shown(following[1])}",
                f"{en}, which reaches the {shown(following[1])} of {following[0].end}", expected,
            )  # fmt: skip
        return _Verdict("on-schedule", "stage", zh, en, expected)

    def _by_time(self, target: Decimal, last: Report) -> _Verdict:
        exact = self._assumed(target)
        if exact is None or self.at == self.due_end:
            return self._open()
        # Of one park nobody has half: where whole things are counted, no part of one is asked for.
        whole = self.row.kind_of_number == "count" and target == target.to_integral_value()
        expected = exact.to_integral_value(ROUND_FLOOR) if whole else exact
        value, rule = last.value or Decimal(0), self.profile.fallback
        words = {"linear": ("时间进度", "time gone"), "half": ("双过半", "half by 30 June")}[rule]
        zh = f"按{words[0]}推算应为 {shown(expected)}（假定），{last.at} 报告 {shown(value)}"
        en = f"assumed by {words[1]}: {shown(expected)}; {shown(value)} reported on {last.at}"
        pace = "on-schedule"
        if value < expected * self.profile.assumed:
            pace = "behind"
        elif exact and value >= exact * self.profile.ahead:
            pace = "ahead"
        return _Verdict(pace, rule, zh, en, expected, assumed=True)

    # -------- parts of the rules

    def _values(self) -> list[Report]:
        values = self.series.values(self.row)
        if self.row.cumulative:
            return values
        stages = self.series.stages(self.row)
        if self.row.kind == "stage" and self.asked.due:
            # A value of its own period: after the stage before it.
            end = self.asked.due.end
            before = max((due.end for due, _ in stages if due.end < end), default=date.min)
            return [report for report in values if report.at > before]
        if stages and sum(asked for _, asked in stages) == self.asked.target:
            return summed(values)
        return values

    def _met(self, target: Decimal) -> date | None:
        """Return the first date from which on the values satisfy the target."""
        if self.row.comparator == "approx":
            target *= self.profile.about
        wanted: Callable[[Decimal], bool] = (
            target.__lt__ if self.row.comparator == "gt" else target.__le__
        )
        met = None
        for report in self.values:
            if wanted(report.value or Decimal(0)):
                met = met or report.at
            elif self.row.cumulative:
                met = None  # a correction took the value back
        return met

    def _reached(self, met: date, rule: str, target: Decimal | None) -> _Verdict:
        due = self.asked.due
        zh, en = f"{met} 完成", f"reached on {met}"
        if rule == "closed":
            zh, en = f"{met} 销号", f"closed on {met}"
        elif target is not None and self.values:
            zh += f"（{shown(self.values[-1].value)}，目标 {self._goal(target)}）"
            en += f" ({shown(self.values[-1].value)}, target {self._goal(target)})"
        if due:
            zh, en = f"{zh}，{due.end} 到期", f"{en}, due {due.end}"
        pace = "on-schedule"
        if due and self.due_end and met > self.due_end:
            pace = "late"
        elif target is not None and self._surpassed(target):
            pace = "exceeded"
        elif due and met < (due.begin or due.end):
            pace = "early"
        return _Verdict(pace, rule, zh, en, target, met=met)

    def _surpassed(self, target: Decimal) -> bool:
        if not self.values or (self.values[-1].value or Decimal(0)) <= target:
            return False
        exact = self.row.comparator != "approx" and self.row.kind_of_number != "share"
        return exact and self._carries()

    def _stages_so_far(self) -> list[tuple[Due, Decimal]]:
        if not self.row.cumulative:
            return []
        due, stages = self.asked.due, self.series.stages(self.row)
        if due and self.row.kind == "stage":
            return [entry for entry in stages if entry[0].end <= due.end]
        return stages

    def _assumed(self, target: Decimal) -> Decimal | None:
        due, row = self.asked.due, self.row
        if due is None or not row.grows:
            return None
        year = row.year or due.end.year
        first = date(year, 1, 1)
        if due.end <= first or self.profile.fallback == "none":
            return None
        base = row.baseline or Decimal(0)
        if self.profile.fallback == "half":
            half = date(year, *_HALF_DAY)
            gone, days = int(self.at >= half and due.end > half), 2
        else:
            days = (due.end - first).days + 1
            gone = min(max((self.at - first).days + 1, 0), days)
        return base + (target - base) * gone / days  # divided last: a third of 3 is 1

    def _two_readings(self) -> _Verdict | None:
        due = self.asked.due
        if due is None or due.warn is None or self.at <= due.warn:
            return None
        if self.profile.ambiguous != "warn":
            return None
        return _Verdict(
            "behind",
            "two-readings",
            f"“{due.words}”也可理解为 {due.warn} 到期，尚未完成",
            f"“{due.words}” may also mean {due.warn}, and it is not reached",
        )

    def _due_end(self) -> date | None:
        due = self.asked.due
        if due is None:
            return None
        return due.warn if due.warn and self.profile.ambiguous == "early" else due.end

    def _is_ahead_of(self) -> bool:
        """Return whether the row is a stage to come, for which another row answers until then."""
        return self.due_end is not None and self.at < self.due_end and not self._carries()

    def _carries(self) -> bool:
        """Return whether the row answers for its series: the final target, else the last stage."""
        if self.row.target is None or self.row.kind == "indicator":
            return self.row.kind == "indicator"
        rows = [asked.row for asked in self.series.asked]
        return rows[-1].id == self.row.id and all(row.kind == "stage" for row in rows)

    def _open(self) -> _Verdict:
        if self.at == self.due_end and self.actual:
            return _Verdict(
                "behind",
                "last-day",
                f"今天到期，{self.actual.at} 报告尚未完成",
                f"due on this day; reported as not reached on {self.actual.at}",
            )
        return _Verdict("not-due", "open", self._due_words("zh"), self._due_words("en"))

    def _no_data(self) -> _Verdict:
        if self._is_ahead_of():
            return self._open()
        if self.due_end and self.at > self.due_end:
            zh, en = f"{self.due_end} 已到期，没有报告", f"due {self.due_end}, nothing reported"
        else:
            zh, en = "没有报告", "nothing was reported"
        return _Verdict("no-data", "no-data", zh, en)

    def _due_words(self, language: str) -> str:
        if self.due_end is None:
            return "文中没有期限" if language == "zh" else "the plan states no due date"
        if language == "zh":
            return f"{self.due_end} 到期，此前没有应达到的值"
        return f"due {self.due_end}; nothing must be reached before"

    def _goal(self, target: Decimal) -> str:
        return f"{SIGNS.get(self.row.comparator, '')}{shown(target)} {self.row.unit}".strip()

    def _state(self, verdict: _Verdict) -> str:
        if self.closed:
            return "closed"
        days = {event.kind: event.at for event in self.asked.events}
        begun = days.get("started")
        last = self.states[-1] if self.states else None
        if last and not (begun and last.state in _BEFORE and last.at <= begun):
            return last.state
        if verdict.met:
            return "complete"
        if begun or (self.values and (self.values[-1].value or 0) > (self.row.baseline or 0)):
            return "under-way"
        return "adjusted" if "adjusted" in days else ""
