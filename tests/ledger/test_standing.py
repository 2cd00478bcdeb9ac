"""Each rule of a standing, on rows made by hand: what was reported, what follows, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mskg.errors import InputError
from mskg.ledger import Due, LedgerRow, Report, Standing, profile_names, read_profile, status_word
from mskg.ledger.history import History
from mskg.ledger.standing import judged
from mskg.model import Event

PROFILE = read_profile()


def _day(text: str) -> date:
    month, day = text.split("-")
    return date(2023, int(month), int(day))


def _row(name: str = "final", **changes: Any) -> LedgerRow:
    base = LedgerRow(
        id=name, kind="indicator", series="s", program="p", region="泾源县", year=2023, task="t",
        task_number="1", task_title="法律援助", label="办理案件", unit="件", target=Decimal(240),
        kind_of_number="count", due=Due(_day("12-31"), _day("12-21")),
    )  # fmt: skip
    return base._replace(**changes)


def _stage(name: str, value: int, end: str, **changes: Any) -> LedgerRow:
    due = Due(_day(end), _day(end).replace(day=21))
    return _row(name, kind="stage", target=Decimal(value), due=due, **changes)


def _said(at: str, value: object = None, state: str = "", **changes: Any) -> Report:
    number = None if value is None else Decimal(str(value))
    unit = "" if value is None else changes.pop("unit", "件")
    given = {"row": "final", "reported": _day(at), "reporter": "司法局", **changes}
    return Report(at=_day(at), value=number, unit=unit, state=state, **given)


def _judge(
    at: str,
    *reports: Report,
    rows: tuple[LedgerRow, ...] = (),
    events: tuple[Event, ...] = (),
    profile: Any = PROFILE,
) -> dict[str, Standing]:
    wanted = rows or (_row(),)
    by_row: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda report: (report.at, report.reported)):
        by_row.setdefault(report.row, []).append(report)
    history = History({row: tuple(found) for row, found in by_row.items()})
    by_event = {event.row: tuple(e for e in events if e.row == event.row) for event in events}
    found = judged(wanted, _day(at), profile, history, by_event)
    return {standing.row.id: standing for standing in found}


STAGED = (_row(), _stage("march", 60, "3-31"), _stage("june", 120, "6-30"))


@pytest.mark.parametrize(
    ("at", "reports", "expected"),
    [
        ("2-10", [], {"final": "no-data", "march": "not-due", "june": "not-due"}),
        ("2-10", [("2-5", 10)], {"final": "on-schedule", "march": "not-due"}),
        ("2-10", [("2-5", 60)], {"final": "ahead", "march": "early", "june": "not-due"}),
        ("3-31", [("3-25", 60)], {"final": "on-schedule", "march": "on-schedule"}),
        ("3-31", [("3-31", 59)], {"final": "behind", "march": "behind", "june": "not-due"}),
        ("4-1", [("3-31", 59)], {"final": "behind", "march": "overdue", "june": "not-due"}),
        ("4-1", [], {"final": "no-data", "march": "no-data", "june": "not-due"}),
        ("5-1", [("3-31", 59), ("4-20", 70)], {"final": "on-schedule", "march": "late"}),
        ("5-1", [("3-31", 59), ("4-20", 120)], {"final": "ahead", "june": "early"}),
        ("9-30", [("6-30", 130)], {"final": "no-data", "march": "late", "june": "on-schedule"}),
        ("12-31", [("11-30", 240)], {"final": "early"}),
        ("12-31", [("12-25", 240)], {"final": "on-schedule"}),
        ("12-31", [("12-25", 241)], {"final": "exceeded"}),
    ],
)  # fmt: skip
def test_stages_of_the_plan_tell_what_is_expected(
    at: str, reports: list[tuple[str, int]], expected: dict[str, str]
) -> None:
    found = _judge(at, *(_said(*report) for report in reports), rows=STAGED)
    assert {name: found[name].pace for name in expected} == expected
    assert not any(standing.assumed for standing in found.values())


def test_a_stage_of_the_last_days_of_june_may_be_reported_on_any_row() -> None:
    found = _judge("6-30", _said("6-25", 125, row="june"), rows=STAGED)
    assert (found["final"].pace, found["june"].pace) == ("on-schedule", "on-schedule")
    assert found["final"].expected == 120
    assert found["june"].met == _day("6-25")


def test_stages_without_a_final_target_answer_by_the_last_one() -> None:
    rows = (_stage("april", 30, "4-30", unit="%"), _stage("june", 100, "6-30", unit="%"))
    found = _judge("5-20", _said("5-20", 25, unit="%", row="april"), rows=rows)
    assert (found["april"].pace, found["june"].pace) == ("overdue", "behind")


def test_a_share_of_the_task_takes_values_of_the_task() -> None:
    half = _stage("half", 50, "6-30", share=True, whole=Decimal(20), whole_unit="名", unit="%")
    rows = (_row(target=Decimal(20), unit="名"), half)
    found = _judge("6-30", _said("6-30", 11, unit="名"), rows=rows)
    assert (found["half"].pace, found["half"].actual and found["half"].actual.value) == (
        "on-schedule",
        55,
    )
    assert (found["final"].pace, found["final"].expected) == ("on-schedule", 10)


@pytest.mark.parametrize(
    ("profile", "at", "value", "pace", "expected"),
    [
        # 240 × 90/365 = 59.2 by 31 March, whole ones 59; the default profile lets 10 % pass.
        ("default", "3-31", 54, "on-schedule", Decimal(59)),
        ("default", "3-31", 53, "behind", Decimal(59)),
        ("default", "3-31", 65, "on-schedule", Decimal(59)),
        ("default", "3-31", 66, "ahead", Decimal(59)),
        ("default", "1-1", 0, "on-schedule", Decimal(0)),
        ("half-year", "6-29", 0, "on-schedule", Decimal(0)),
        ("half-year", "6-30", 119, "behind", Decimal(120)),
        ("half-year", "6-30", 120, "on-schedule", Decimal(120)),
        ("half-year", "11-30", 132, "ahead", Decimal(120)),
        ("stages-only", "6-30", 0, "not-due", None),
    ],
)
def test_without_stages_the_profile_assumes_and_says_so(
    profile: str, at: str, value: int, pace: str, expected: Decimal | None
) -> None:
    found = _judge(at, _said(at, value), profile=read_profile(profile))["final"]
    assert (found.pace, found.expected, found.assumed) == (pace, expected, expected is not None)


def test_a_limit_that_is_raised_is_never_part_done() -> None:
    limit = _row(
        target=Decimal(160000), baseline=Decimal(80000), unit="元", kind_of_number="money"
    )  # fmt: skip
    found = _judge("6-30", _said("6-30", 80000, unit="元"), rows=(limit,))["final"]
    assert (found.pace, found.expected, found.rule) == ("not-due", None, "open")
    done = _judge("6-30", _said("6-30", 160000, unit="元"), rows=(limit,))["final"]
    assert (done.pace, done.met) == ("early", _day("6-30"))


def test_a_rate_is_judged_when_it_is_due() -> None:
    rate = _row(kind_of_number="share", unit="%", target=Decimal(95))
    assert _judge("6-30", _said("6-30", 40, unit="%"), rows=(rate,))["final"].pace == "not-due"
    late = _judge("12-31", _said("12-31", 94, unit="%"), rows=(rate,))["final"]
    assert (late.pace, late.rule) == ("behind", "last-day")


def test_a_ceiling_holds_or_is_broken() -> None:
    ceiling = _row(comparator="le", target=Decimal(5), unit="%", kind_of_number="share")
    held = _judge("6-30", _said("6-30", 4, unit="%"), rows=(ceiling,))["final"]
    broken = _judge("6-30", _said("6-30", 6, unit="%"), rows=(ceiling,))["final"]
    assert (held.pace, broken.pace) == ("on-schedule", "behind")


def test_other_units_are_never_compared() -> None:
    found = _judge("6-30", _said("6-30", 120, unit="人次"))["final"]
    assert (found.pace, found.rule) == ("not-comparable", "unit")
    assert "人次" in found.why_zh
    assert "人次" in found.why_en


def test_an_old_report_says_nothing_of_today() -> None:
    assert _judge("5-14", _said("3-30", 100), rows=STAGED)["final"].rule == "stage"
    found = _judge("5-15", _said("3-30", 100), rows=STAGED)["final"]
    assert (found.pace, found.rule) == ("no-data", "stale")


def test_a_month_with_two_readings_warns_first() -> None:
    due = Due(_day("10-31"), precision="month", words="10月前", warn=_day("9-30"))
    road = _row("road", kind="milestone", series="road", target=None, unit="", due=due)
    open_ = _said("9-20", state="under-way", row="road")
    paces = [_judge(at, open_, rows=(road,))["road"].pace for at in ("9-30", "10-1", "11-1")]
    assert paces == ["not-due", "behind", "overdue"]
    done = _said("10-20", state="complete", row="road")
    assert _judge("11-1", open_, done, rows=(road,))["road"].pace == "early"


def test_a_milestone_is_judged_by_its_state() -> None:
    start = _row("start", kind="milestone", series="start", target=None, unit="", label="开工")
    start = start._replace(due=Due(_day("4-10"), _day("4-1")))
    work = _said("4-8", state="preparation", row="start")
    done = _said("4-20", state="complete", row="start")
    paces = {
        at: _judge(at, *reports, rows=(start,))["start"].pace
        for at, reports in {
            "4-9": (work,), "4-11": (work,), "4-21": (work, done), "5-1": (),
        }.items()
    }  # fmt: skip
    assert paces == {"4-9": "not-due", "4-11": "overdue", "4-21": "late", "5-1": "no-data"}
    back = _said("5-2", state="under-way", row="start")
    assert _judge("5-3", done, back, rows=(start,))["start"].pace == "overdue"


def test_a_correction_counts_from_its_report_on_and_the_old_value_stays() -> None:
    wrong = _said("6-30", 240)
    right = _said("6-30", 100)._replace(reported=_day("7-3"), graph="b")
    found = _judge("6-30", wrong, right, rows=STAGED)["final"]
    assert (found.pace, found.actual and found.actual.value) == ("behind", 100)
    assert [(r.value, r.superseded) for r in found.history] == [(240, True), (100, False)]


def test_closing_and_reopening() -> None:
    closed = Event("closed", "final", _day("7-1"), "督查室", "验收单")
    again = Event("reopened", "final", _day("8-1"), "督查室", note="回访")
    short = _said("6-30", 200)
    found = _judge("7-15", short, events=(closed,))["final"]
    assert (found.state, found.pace, found.met, found.colour_zh) == (
        "closed", "early", _day("7-1"), "蓝",
    )  # fmt: skip
    after = _judge("8-2", short, events=(closed, again))["final"]
    assert (after.state, after.met, len(after.events)) == ("under-way", None, 2)


def test_what_was_started_is_under_way_until_something_else_is_reported() -> None:
    begun = Event("started", "final", _day("3-20"), "住建局", "开工令")
    early = _said("2-28", state="preparation")
    assert _judge("3-10", early, events=())["final"].state == "preparation"
    assert _judge("3-31", events=(begun,))["final"].state == "under-way"
    assert _judge("3-31", early, events=(begun,))["final"].state == "under-way"
    stopped = _said("4-30", state="not-started")
    assert _judge("5-1", early, stopped, events=(begun,))["final"].state == "not-started"
    assert _judge("7-1", _said("6-30", 240), events=(begun,))["final"].pace == "early"
    of_task = replace(begun, row="t")
    found = _judge("4-1", rows=STAGED, events=(of_task,))
    assert {(s.state, s.rule) for s in found.values()} <= {
        ("under-way", "no-data"),
        ("under-way", "open"),
    }


def test_a_closed_task_closes_its_rows() -> None:
    closed = Event("closed", "t", _day("7-1"), "督查室", "验收单")
    found = _judge("7-15", rows=STAGED, events=(closed,))
    assert {standing.state for standing in found.values()} == {"closed"}
    assert found["march"].pace == "late"


def test_an_adjusted_target_counts_from_its_day_on() -> None:
    lower = Event("adjusted", "final", _day("7-1"), "县政府", "40号文", value=Decimal(200))
    later = Event("adjusted", "final", _day("11-1"), "县政府", "60号文", due=_day("12-10"))
    done = _said("12-20", 200)
    before = _judge("12-20", done)["final"]
    after = _judge("12-20", done, events=(lower,))["final"]
    moved = _judge("12-20", done, events=(lower, later))["final"]
    assert (before.pace, after.pace, moved.pace) == ("behind", "early", "late")
    assert (after.target, after.row.target) == (200, 240)


def test_values_of_single_periods_add_up() -> None:
    rows = (
        _row(cumulative=False, target=Decimal(180)),
        _stage("march", 60, "3-31", cumulative=False),
        _stage("june", 120, "6-30", cumulative=False),
    )
    found = _judge("6-30", _said("3-31", 60), _said("6-30", 120), rows=rows)
    assert found["final"].actual
    assert found["final"].actual.value == 180
    assert [found[name].pace for name in ("final", "march", "june")] == [
        "early", "on-schedule", "on-schedule",
    ]  # fmt: skip
    short = _judge("6-30", _said("3-31", 60), _said("6-30", 70), rows=rows)
    assert short["june"].pace == "behind"


def test_what_was_terminated_is_not_judged() -> None:
    found = _judge("12-31", _said("6-1", 10, state="terminated"))["final"]
    assert (found.state, found.rule) == ("terminated", "ended")


def test_every_word_of_a_standing_is_in_the_table() -> None:
    for name in ("ahead", "no-data", "not-due", "not-comparable", "closed"):
        assert status_word(name)
        assert status_word(name, "en")
    assert status_word("") == ""


def test_a_profile_of_ones_own_names_what_differs(tmp_path: Any) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'id = "ours"\n[thresholds]\nassumed = 0.5\n[colours]\nlate = ["橙", "orange", "#d60"]\n',
        "utf-8",
    )
    ours = read_profile(str(path))
    assert (ours.id, ours.assumed, ours.ahead) == ("ours", Decimal("0.5"), PROFILE.ahead)
    assert ours.colour("", "late").zh == "橙"
    assert profile_names() == ["default", "half-year", "stages-only"]


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        '[expected]\nfallback = "guess"',
        "[thresholds]\nassumed = true",
        "[thresholds]\nasumed = 1",
        '[colours]\nlate = "red"',
        "[extra]\na = 1",
    ],
)
def test_a_wrong_profile_says_what_is_wrong(tmp_path: Any, text: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read_profile(str(path))
    assert "wrong.toml" in caught.value.line("zh")
    assert "wrong.toml" in caught.value.line("en")


def test_an_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="half-year"):
        read_profile("monthly")
