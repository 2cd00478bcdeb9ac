"""Lists whose entries open with a sign instead of a number, alone and below numbered headings.

What the text counts tells whether the headings or the lines below them are the tasks. All
figures and names are made up.
"""

from __future__ import annotations

import itertools

import pytest
from reading_plans import plan_of

BULLETS = ["•", "●", "➤", "▶", "→", "★", "◆", "✓ ", "· ", "✅", "🔹 "]
HEADS = {
    "01": "{:02d} {}",
    "numeral": "{han}、{}",
    "arabic": "{:d}.{}",
    "bracket": "（{han}）{}",
}
GROUPS = {
    "就业增收": ["新增城镇就业1600人", "开展职业技能培训700人次"],
    "住有所居": ["改造老旧小区14个", "完成D级危房改造23户"],
    "出行便利": ["改造农村公路47公里", "新增停车泊位850个", "开通公交支线2条"],
    "颐养健康": ["为老年人免费体检1.9万人次", "新建社区养老服务站9个"],
}


def _text(title: str, bullet: str, head: str | None) -> str:
    lines = [title]
    for number, (name, promises) in enumerate(GROUPS.items(), 1):
        form = "{1}" if head is None else HEADS[head].replace("{}", "{1}")
        form = form.replace("{:", "{0:").replace("{han}", "一二三四"[number - 1])
        lines += [form.format(number, name), *(f"{bullet}{promise}。" for promise in promises)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("head", [*HEADS, None])
@pytest.mark.parametrize("bullet", BULLETS)
def test_lines_below_headings_are_the_tasks_where_the_title_counts_them(
    bullet: str, head: str | None
) -> None:
    plan = plan_of(_text("平江县2024年九件民生实事", bullet, head))
    promises = list(itertools.chain.from_iterable(GROUPS.values()))
    assert [task.title for task in plan.tasks] == promises


@pytest.mark.parametrize("head", list(HEADS))
@pytest.mark.parametrize("bullet", BULLETS)
def test_the_headings_are_the_tasks_where_the_title_counts_them(bullet: str, head: str) -> None:
    plan = plan_of(_text("平江县2024年四件民生实事", bullet, head))
    assert [task.title for task in plan.tasks] == list(GROUPS)
    found = [i.value for task in plan.tasks for item in task.items for i in item.indicators]
    assert [int(value) for value in found] == [1600, 700, 14, 23, 47, 850, 2, 19000, 9]
