"""Who set a task: by its group, its row, its name, or the prose around the list."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

from mskg.resolve import resolve_plan

HEAD = "湛河区2023年民生实事项目清单\n"


def _origins(text: str) -> list[tuple[str, ...]]:
    return [task.origins for task in plan_of(text).tasks]


def test_by_group() -> None:
    text = HEAD + (
        "一、省达任务\n1.新建公办幼儿园2所。\n2.改造老旧小区23个。\n"
        "二、区级自定\n3.新增城镇就业4400人。\n4.新建公厕3座。\n"
    )
    assert _origins(text) == [("province",)] * 2 + [("own",)] * 2


def test_by_column() -> None:
    text = HEAD + (
        "序号\t项目名称\t建设内容\t任务来源\t责任单位\n"
        "1\t幼儿园建设\t新建幼儿园2所\t省定\t区教育局\n"
        "2\t小区改造\t改造老旧小区23个\t市定\t区住建局\n3\t就业\t新增就业4400人\t\t区人社局\n"
    )
    assert _origins(text) == [("province",), ("prefecture",), ()]


@pytest.mark.parametrize("mark", ["（省定）", "【省级下达】"])
def test_by_name(mark: str) -> None:
    text = HEAD + (
        f"1.幼儿园建设工程{mark}。新建公办幼儿园2所。\n2.小区改造工程。改造老旧小区23个。\n"
        "3.就业工程。新增城镇就业4400人。\n"
    )
    assert _origins(text) == [("province",), (), ()]


def test_by_a_vote() -> None:
    text = (
        HEAD + "经区人大代表票决产生的3件民生实事如下：\n1.新建公办幼儿园2所。\n"
        "2.改造老旧小区23个。\n3.新增城镇就业4400人。\n"
    )
    assert _origins(text) == [("congress",)] * 3
    assert _origins(text.replace("票决产生的", "票决制试点后的")) == [()] * 3


@pytest.mark.parametrize(
    ("place", "origin"), [("平顶山市湛河区", "prefecture"), ("平顶山市", "own")]
)
def test_what_the_city_sets_is_its_own(place: str, origin: str) -> None:
    text = f"{place}人民政府2023年民生实事\n一、市定项目\n" + (
        "1.新建公办幼儿园2所。（责任单位：教育局）\n2.改造老旧小区23个。（责任单位：住建局）\n"
        "二、省定项目\n3.新增就业4400人。（责任单位：人社局）\n4.新建公厕3座。（责任单位：城管局）\n"
    )
    plan = resolve_plan(plan_of(text))
    assert [task.origins for task in plan.tasks] == [(origin,)] * 2 + [("province",)] * 2
