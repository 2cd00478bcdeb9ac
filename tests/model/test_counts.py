"""The counts of a plan: every fact once, numbers understood and not."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

from mskg.model.counts import Counts, count_plan

TEXT = """甲县2024年民生实事
一、新建幼儿园3所，新增学位900个。（牵头单位：县教育局；配合单位：县财政局）
二、篮球场、足球场各建2个，6月底前完成。（牵头单位：县体育局）
三、为65岁以上老人免费体检。（牵头单位：县卫健局）
四、改造厕所100座。
"""


def test_every_fact_counts_once() -> None:
    counts = count_plan(plan_of(TEXT))
    assert (counts.tasks, counts.assignments, counts.indicators) == (4, 4, 5)
    assert counts.milestones == 1
    assert counts.facts == 4 + 5 + 1
    # 3, 900, 2 (two targets), 6月 and 65岁 (set aside), 100
    assert (counts.numbers, counts.unknown, counts.coverage) == (6, 0, "100.0%")


@pytest.mark.parametrize(
    ("numbers", "unknown", "shown"),
    [(0, 0, ""), (3, 1, "66.6%"), (3000, 1, "99.9%"), (100000, 1, "99.9%"), (7, 7, "0.0%")],
)
def test_coverage_is_never_rounded_up(numbers: int, unknown: int, shown: str) -> None:
    assert Counts(numbers=numbers, unknown=unknown).coverage == shown
