"""Date expressions of official texts: the last day of the period, its precision, its rule."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mskg.text import DateExpression, find_dates, fold

YEAR = 2023

# text, due, first day, precision
DATED = [
    ("6月底", "2023-06-30", "2023-06-21", "late"),
    ("6月末", "2023-06-30", "2023-06-21", "late"),
    ("6月下旬", "2023-06-30", "2023-06-21", "late"),
    ("6月中旬", "2023-06-20", "2023-06-11", "mid"),
    ("6月中", "2023-06-20", "2023-06-11", "mid"),
    ("6月上旬", "2023-06-10", "2023-06-01", "early"),
    ("6月初", "2023-06-10", "2023-06-01", "early"),
    ("5月中下旬", "2023-05-31", "2023-05-21", "late"),
    ("9月", "2023-09-30", "2023-09-01", "month"),
    ("9月份", "2023-09-30", "2023-09-01", "month"),
    ("10月1日", "2023-10-01", "2023-10-01", "day"),
    ("6月30号", "2023-06-30", "2023-06-30", "day"),
    ("六月底", "2023-06-30", "2023-06-21", "late"),
    ("十一月底", "2023-11-30", "2023-11-21", "late"),
    ("十二月", "2023-12-31", "2023-12-01", "month"),
    ("十月一日", "2023-10-01", "2023-10-01", "day"),
    ("六月二十五日", "2023-06-25", "2023-06-25", "day"),
    # leap years
    ("2月底", "2023-02-28", "2023-02-21", "late"),
    ("2024年2月底", "2024-02-29", "2024-02-21", "late"),
    ("2024年2月29日", "2024-02-29", "2024-02-29", "day"),
    ("2024年2月", "2024-02-29", "2024-02-01", "month"),
    # years
    ("2024年6月", "2024-06-30", "2024-06-01", "month"),
    ("2022年12月31日", "2022-12-31", "2022-12-31", "day"),
    ("二〇二三年六月", "2023-06-30", "2023-06-01", "month"),
    ("二〇二三年六月三十日", "2023-06-30", "2023-06-30", "day"),
    ("今年6月", "2023-06-30", "2023-06-01", "month"),
    ("明年6月", "2024-06-30", "2024-06-01", "month"),
    ("次年3月底", "2024-03-31", "2024-03-21", "late"),
    ("去年12月", "2022-12-31", "2022-12-01", "month"),
    # ends of years
    ("年底", "2023-12-31", "2023-01-01", "year"),
    ("年末", "2023-12-31", "2023-01-01", "year"),
    ("2024年底", "2024-12-31", "2024-01-01", "year"),
    ("2023年末", "2023-12-31", "2023-01-01", "year"),
    ("今年底", "2023-12-31", "2023-01-01", "year"),
    ("今年年底", "2023-12-31", "2023-01-01", "year"),
    ("明年底", "2024-12-31", "2024-01-01", "year"),
    # quarters and half-years
    ("一季度", "2023-03-31", "2023-01-01", "quarter"),
    ("第二季度", "2023-06-30", "2023-04-01", "quarter"),
    ("三季度末", "2023-09-30", "2023-07-01", "quarter"),
    ("第4季度", "2023-12-31", "2023-10-01", "quarter"),
    ("前三季度", "2023-09-30", "2023-01-01", "quarter"),
    ("2024年一季度", "2024-03-31", "2024-01-01", "quarter"),
    ("上半年", "2023-06-30", "2023-01-01", "half-year"),
    ("下半年", "2023-12-31", "2023-07-01", "half-year"),
    ("2024年上半年", "2024-06-30", "2024-01-01", "half-year"),
    # ranges
    ("6-8月", "2023-08-31", "2023-06-01", "month"),
    ("6至8月", "2023-08-31", "2023-06-01", "month"),
    ("1—9月", "2023-09-30", "2023-01-01", "month"),
    ("1～6月", "2023-06-30", "2023-01-01", "month"),
    ("6月至8月", "2023-08-31", "2023-06-01", "month"),
    ("6月-8月底", "2023-08-31", "2023-06-01", "late"),
    ("6月1日至30日", "2023-06-30", "2023-06-01", "day"),
    ("6月1日至7月15日", "2023-07-15", "2023-06-01", "day"),
    ("6月1日-8月31日", "2023-08-31", "2023-06-01", "day"),
    ("2023年11月至2024年3月", "2024-03-31", "2023-11-01", "month"),
    ("2022年9月-2023年6月", "2023-06-30", "2022-09-01", "month"),
    # ISO and its relatives
    ("2023-06-30", "2023-06-30", "2023-06-30", "day"),
    ("2023/6/30", "2023-06-30", "2023-06-30", "day"),
    ("2023.6.30", "2023-06-30", "2023-06-30", "day"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
    # full width and spaces within are folded away before
    ("６月底", "2023-06-30", "2023-06-21", "late"),
    ("二○二三年六月", "2023-06-30", "2023-06-01", "month"),
]

BEFORE = [
    # holidays on the same day each year
    ("国庆节前", "2023-10-01", False),
    ("“五一”前", "2023-05-01", False),
    ("十一前", "2023-10-01", False),
    ("元旦前", "2024-01-01", False),
    ("2025年元旦前", "2025-01-01", False),
    ("6月底前", "2023-06-30", False),
    ("10月1日前", "2023-10-01", False),
    ("12月31日之前", "2023-12-31", False),
    ("12月31日以前", "2023-12-31", False),
    ("年底前", "2023-12-31", False),
    ("三季度末前", "2023-09-30", False),
    ("9月中旬前", "2023-09-20", False),
    ("10月前", "2023-10-31", True),  # some read the end of September
    ("10月份前", "2023-10-31", True),
]

RECURRING = [
    ("每月", "monthly"),
    ("逐月按时兑付", "monthly"),
    ("按月报送", "monthly"),
    ("每个月", "monthly"),
    ("一月一调度", "monthly"),
    ("月月有进展", "monthly"),
    ("每季度", "quarterly"),
    ("每季", "quarterly"),
    ("按季通报", "quarterly"),
    ("一季度一通报", "quarterly"),
    ("每半年", "half-yearly"),
    ("每年", "yearly"),
    ("每周", "weekly"),
    ("每个星期", "weekly"),
    ("每旬", "ten-daily"),
    ("每天", "daily"),
]

NO_DATE = [
    "6-12月龄婴儿", "12月龄", "5个月", "3个月内", "2月30日", "2023年2月29日", "13月", "6月31日",
    "0月5日", "月嫂培训", "五月饼", "2023年度", "全年", "3年内", "2023年", "第十二届", "35-64岁",
    "四季如春", "春节前", "国庆前夕", "五一路前段", "三十日", "1-2家", "5月球", "12.5月",
]  # fmt: skip

TRADITIONAL = [
    ("六月底前", "2023-06-30"),
    ("於１２月底前", "2023-12-31"),
    ("二〇二三年十二月三十一日", "2023-12-31"),
    ("第三季度末", "2023-09-30"),
    ("３月１５號", "2023-03-15"),
]


def _only(text: str) -> DateExpression:
    found = find_dates(fold(text), YEAR)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("text", "due", "first", "precision"), DATED, ids=[d[0] for d in DATED])
def test_dates(text: str, due: str, first: str, precision: str) -> None:
    found = _only(text)
    assert (str(found.due), str(found.first), found.precision) == (due, first, precision)
    assert (found.begin, found.end) == (0, len(text))
    assert not found.before
    assert not found.recurrence


@pytest.mark.parametrize(("text", "due", "bare"), BEFORE, ids=[b[0] for b in BEFORE])
def test_before(text: str, due: str, bare: bool) -> None:
    found = _only(text)
    assert (str(found.due), found.before, found.bare_before) == (due, True, bare)
    assert found.end == len(text)


@pytest.mark.parametrize(("text", "rule"), RECURRING, ids=[r[0] for r in RECURRING])
def test_recurring_rules(text: str, rule: str) -> None:
    found = _only(text)
    assert (found.recurrence, found.due, found.first) == (rule, None, None)


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(fold(text), YEAR) == []


@pytest.mark.parametrize(("text", "due"), TRADITIONAL, ids=[t[0] for t in TRADITIONAL])
def test_traditional_texts_are_folded_first(text: str, due: str) -> None:
    assert str(_only(text).due) == due


@pytest.mark.parametrize(
    ("text", "starts"),
    [("自2009年8月1日起", True), ("8月5日以来", True), ("从3月开始", True), ("3月开始征兵", False),
     ("8月5日", False)],
)  # fmt: skip
def test_starts(text: str, starts: bool) -> None:
    assert _only(text).starts is starts


@pytest.mark.parametrize(
    ("text", "printed"), [("2023年6月", True), ("6月", False), ("今年6月", True), ("年底", False)]
)
def test_whether_the_year_is_printed(text: str, printed: bool) -> None:
    assert _only(text).has_year is printed


def test_within_the_year_is_marked() -> None:
    assert _only("年内").whole_year
    assert not _only("年底前").whole_year


def test_dates_without_year_need_one() -> None:
    assert find_dates("6月底", None) == []
    assert [d.due for d in find_dates("2023年6月底", None)] == [date(2023, 6, 30)]


def test_several_dates_come_in_order() -> None:
    found = find_dates("3月底开工,每月调度,6月、9月底检查,12月31日前完工", YEAR)
    assert [str(d.due) for d in found] == [
        "2023-03-31", "None", "2023-06-30", "2023-09-30", "2023-12-31",
    ]  # fmt: skip
    assert [d.begin for d in found] == sorted(d.begin for d in found)


def test_a_printed_year_holds_for_the_dates_behind_it() -> None:
    found = find_dates("2024年6月底完成主体,10月底完工", YEAR)
    assert [str(d.due) for d in found] == ["2024-06-30", "2024-10-31"]


def test_a_date_behind_what_is_done_is_of_this_year() -> None:
    text = "去年10月动工以来已完成主体工程的35%,8月20日前竣工"
    assert [str(d.due) for d in find_dates(text, 2023)] == ["2022-10-31", "2023-08-20"]
    assert [str(d.due) for d in find_dates("去年10月动工,12月封顶", 2023)] == [
        "2022-10-31",
        "2022-12-31",
    ]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_of_a_century(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat()):
        found = _only(text)
        assert (found.due, found.first, found.precision) == (day, day, "day")


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_the_end_of_every_month(year: int, month: int) -> None:
    following = date(year + month // 12, month % 12 + 1, 1)
    for text in (f"{year}年{month}月底前", f"{year}年{month}月"):
        assert _only(text).due == following - timedelta(days=1)


@given(
    st.text(
        st.sampled_from("0123456789年月日底前初末中上下旬季度半每逐按至到-~一二三十个内起，。"),
        max_size=40,
    )
)
def test_any_text_gives_dates_inside_it_in_order(text: str) -> None:
    found = find_dates(fold(text), YEAR)
    for entry in found:
        assert 0 <= entry.begin < entry.end <= len(text)
        assert (entry.due is None) == bool(entry.recurrence)
        if entry.due and entry.first:
            # Months printed backwards (9月至6月) stay so: a slip that the shapes report.
            printed = fold(text)[entry.begin : entry.end]
            assert entry.first <= entry.due or any(sign in printed for sign in "-~至到")
    for left, right in itertools.pairwise(found):
        assert left.end <= right.begin
