"""Deadlines as days of a calendar, and duties that recur."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from standings import due, ledger_row, sample

from mskg.ledger.calendar import deadline_days, duty_days
from mskg.ledger.recurring import Duty, recurrence
from mskg.render.ics import CalendarDay, calendar_bytes

END = date(2023, 12, 31)
PROGRAM = "https://example.org/泾源县"


def days_of(rows, **options: object) -> list[CalendarDay]:
    return sorted(deadline_days(rows, **options), key=lambda day: (day.day, day.title))


def test_a_day_for_each_task_and_deadline() -> None:
    rows = [entry.row for entry in sample()]
    days = days_of(rows, issued={PROGRAM: date(2023, 1, 31)}, reminders=(7, 1))
    # Of two readings the earlier one: 9月前 is 31 August.
    assert [(day.day.month, day.day.day, day.title[0]) for day in days] == [
        (3, 31, "1"), (5, 31, "3"), (6, 30, "1"), (8, 31, "3"), (12, 31, "2")
    ]  # fmt: skip
    last = days[-1]
    assert last.title == "2 就业创业服务提升工程：城镇新增就业；发放创业担保贷款"
    assert last.text.splitlines() == [
        "泾源县 2023 · 2 就业创业服务提升工程",
        "责任部门：泾源县人力资源和社会保障局",
        "• 城镇新增就业 ≥ 500 人",
        "• 发放创业担保贷款 15,000,000 元",
        "期限：2023-12-31（“12月底” 沿用清单总期限）",
        "“6月底，完成城镇新增就业954户；”",
        "“6月底，完成发放创业担保贷款954户；”",
        "关于印发2023年民生实事的通知 第240行",
    ]
    assert last.categories == ("泾源县", "泾源县人力资源和社会保障局")
    assert last.stamp == date(2023, 1, 31)
    assert last.reminders == (7, 1)


def test_a_task_without_numbers_is_named_once() -> None:
    row = ledger_row(1, 1, "甲")
    (day,) = days_of([row._replace(kind="task", label=row.task_title)])
    assert day.title == f"{row.task_number} {row.task_title}"


def test_an_id_stays_when_the_deadline_moves() -> None:
    row = ledger_row(1, 1, "甲")
    (before,) = days_of([row])
    (after,) = days_of([row], moved={row.id: due(END, "12月底")})
    assert before.uid == after.uid
    assert (before.day, after.day) == (date(2023, 6, 30), END)


def test_ids_are_unique_where_a_part_of_a_day_moves() -> None:
    rows = [ledger_row(1, n, f"行{n}") for n in range(3)]
    (before,) = days_of(rows)
    days = days_of(rows, moved={rows[1].id: due(END, "12月底")})
    assert [day.day for day in days] == [date(2023, 6, 30), END]
    assert days[0].uid == before.uid != days[1].uid
    assert "行1" in days[1].title


def test_calendar_of_the_same_rows_is_the_same_file() -> None:
    rows = [entry.row for entry in sample()]
    data = calendar_bytes("甲", deadline_days(rows))
    assert data == calendar_bytes("甲", deadline_days(rows))
    assert b"DTSTAMP:20230101T000000Z" in data  # the year of the plan where no day is known


@pytest.mark.parametrize(
    ("rule", "words", "since", "first", "days", "interval"),
    [
        ("monthly", "一月一通报", (1, 31), (1, 31), [-1], None),
        ("monthly", "每月25日前报送进展", (1, 31), (2, 25), [25], None),
        ("monthly", "每月二十五日前报送", (1, 31), (2, 25), [25], None),
        ("monthly", "每月31日前报送", (2, 1), (2, 28), [-1], None),
        ("quarterly", "一季度一报告", (1, 31), (3, 31), [-1], 3),
        ("quarterly", "每季度末月２０日前", (3, 21), (6, 20), [20], 3),
        ("quarterly", "每季度首月20日前报告", (3, 21), (4, 20), [20], 3),
        ("half-yearly", "每半年报告一次", (1, 1), (6, 30), [-1], 6),
        ("yearly", "每年报告", (2, 1), (12, 31), [-1], 12),
        ("ten-daily", "每旬调度", (1, 15), (1, 20), [10, 20, -1], None),
    ],
)
def test_recurrence(rule, words, since, first, days, interval) -> None:
    found, parts = recurrence(rule, words, 2023, date(2023, *since))
    assert found == date(2023, *first)
    assert parts["bymonthday"] == days
    assert parts.get("interval") == interval
    assert parts["until"] == END


def test_recurrence_by_week_and_day() -> None:
    found, parts = recurrence("weekly", "每周调度", 2023, date(2023, 1, 31))
    assert (found, found.weekday(), parts["byday"]) == (date(2023, 2, 3), 4, "FR")
    assert recurrence("daily", "每天", 2023, date(2022, 5, 1))[0] == date(2023, 1, 1)
    # A plan issued after its year has one day at the end of it.
    assert recurrence("monthly", "每月", 2023, date(2024, 5, 1))[0] == END


def test_a_calendar_repeats_a_duty_on_the_days_of_its_rule() -> None:
    from dateutil.rrule import rrulestr
    from icalendar import Calendar

    duty = Duty("https://example.org/d", PROGRAM, "quarterly", "一季度一报告", "", "", frozenset())
    rows = [entry.row for entry in sample()]
    (day,) = duty_days([duty], rows, issued={PROGRAM: date(2023, 1, 31)})
    assert day.title == "整份清单：一季度一报告"
    event = Calendar.from_ical(calendar_bytes("甲", [day])).walk("VEVENT")[0]
    start = event.decoded("dtstart")
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=start)
    assert [found.date() for found in rule] == [
        date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30), END
    ]  # fmt: skip
    other = duty._replace(program="https://example.org/elsewhere")
    assert duty_days([other], rows) == ()
    assert timedelta(days=1) == event.decoded("dtend") - start
