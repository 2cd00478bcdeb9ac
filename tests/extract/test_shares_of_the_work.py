"""Shares of the year's work: what is due behind a date, and what is reported without one.

All figures are made up.
"""

from __future__ import annotations

from datetime import date

import pytest
from reading_plans import plan_of

DUE = {
    "6月底前完成年度任务的50%，年底前全部完成": (date(2022, 6, 30), 50, "eq"),
    "二季度完成年度任务的55%": (date(2022, 6, 30), 55, "eq"),
    "上半年完成全年任务的50%以上": (date(2022, 6, 30), 50, "ge"),
    "第二季度：完成目标任务的45%": (date(2022, 6, 30), 45, "eq"),
    "到6月底完成年度计划的55%": (date(2022, 6, 30), 55, "eq"),
    "6月底，完成全年目标任务的50%": (date(2022, 6, 30), 50, "eq"),
    "9月30日前达到年度目标的75%": (date(2022, 9, 30), 75, "eq"),
    "三季度末完成全年任务的85%": (date(2022, 9, 30), 85, "eq"),
    "二季度完成总工程量的40%": (date(2022, 6, 30), 40, "eq"),
}
REPORTED = [
    "截至6月底完成年度任务的50%",
    "截至6月底，已完成年度任务的50%",
    "上半年已完成全年任务的52%",
    "累计培训1500人，为年度任务的50%",
]


def _plan(words: str) -> str:
    return (
        f"平江县2022年民生实事\n1.技能培训\n开展技能培训3000人次。{words}。\n"
        "2.新建公厕3座。\n3.硬化道路5公里。\n"
    )


@pytest.mark.parametrize("words", list(DUE))
def test_due(words: str) -> None:
    day, share, op = DUE[words]
    (item,) = plan_of(_plan(words)).tasks[0].items
    (found,) = [(m.due, i) for m in item.milestones for i in m.indicators]
    assert found[0] == day
    assert (int(found[1].value), found[1].unit, found[1].op) == (share, "%", op)


@pytest.mark.parametrize("words", REPORTED)
def test_reported(words: str) -> None:
    (item,) = plan_of(_plan(words)).tasks[0].items
    shares = [i for i in item.indicators if i.unit == "%"]
    shares += [i for m in item.milestones for i in m.indicators if i.unit == "%"]
    assert shares == []
