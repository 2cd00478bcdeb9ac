"""Entries whose lines are promises without full stops, with and without bullets."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

HEAD = "某区2023年政府实事项目安排\n\n实事项目\n\n"


def _counts(text: str) -> list[list[tuple[str, int]]]:
    plan = plan_of(HEAD + text)
    return [
        [(i.name, int(i.value)) for t in [task] for i in t.items[0].indicators]
        for task in plan.tasks
    ]


@pytest.mark.parametrize("bullet", ["", "*", "●", "· "])
def test_every_line_is_a_clause_of_its_own(bullet: str) -> None:
    text = (
        f"01\n\n新增就业9000人\n\n{bullet}帮助430名长期失业青年实现就业创业\n\n开展职业培训5000人次\n\n"
        f"02\n\n新建社区助餐点15家\n\n{bullet}2家老年人日间服务中心\n\n"
        f"03\n\n改造老旧小区7个\n\n{bullet}新增充电桩30个\n\n{bullet}更新健身路径120处\n\n"
    )
    assert _counts(text) == [
        [("新增就业", 9000), ("帮助长期失业青年实现就业创业", 430), ("开展职业培训", 5000)],
        [("新建社区助餐点", 15), ("老年人日间服务中心", 2)],
        [("改造老旧小区", 7), ("新增充电桩", 30), ("更新健身路径", 120)],
    ]


def test_the_last_entry_keeps_all_its_promises() -> None:
    few = "".join(f"{n:02}\n\n新建公园{n}个\n\n改造公厕{n}座\n\n" for n in (1, 2))
    many = "03\n\n" + "".join(f"新建第{n}类站点1{n}处\n\n" for n in "123456")
    assert [len(found) for found in _counts(few + many)] == [2, 2, 6]


def test_a_sentence_broken_at_the_width_of_the_page_stays_whole() -> None:
    text = "".join(
        f"{n}.加强农村公路建设和养护管理，改造提升农村公路{n}00公\n里，实施村道安全生命防护工程{n}0公里\n"
        for n in range(1, 5)
    )
    names = [[name for name, _ in found] for found in _counts(text)]
    assert names == [["改造提升农村公路", "实施村道安全生命防护工程"]] * 4
