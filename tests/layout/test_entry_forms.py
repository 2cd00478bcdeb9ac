"""Entries of a list in every combination of mark, name, duty and chapters around it."""

from __future__ import annotations

import itertools

import pytest
from reading_plans import plan_of

HEAD = "临泉县2023年民生实事项目实施方案\n\n为切实办好民生实事，结合我县实际，制定本方案。\n\n"
TASKS = (
    ("老旧小区改造", "改造老旧小区12个", 12, "县住建局"),
    ("公园绿地建设", "新建口袋公园5个", 5, "县城管局"),
    ("社区养老服务提升", "新建社区养老服务站8个", 8, "县民政局"),
    ("职业技能培训", "开展职业技能培训2600人次", 2600, "县人社局"),
    ("农村公路改造", "改造农村公路46公里", 46, "县交通运输局"),
    ("中小学校舍改造", "改造校舍9栋", 9, "县教育局"),
)
MARKS = (
    *(
        "{han}、",
        "{n}.",
        "{n}、",
        "（{han}）",
        "({n})",
        "{han}是",
        "第{han}，",
        "{circled}",
        "0{n} ",
    ),
    *("**{n}.** ", "项目{han}：", "实事{n}：", "【{n}】", "（第{n}件）", ""),
)
BODIES = {
    "name and sentence": "{name}。{what}。",
    "name on its line": "{name}\n{what}。",
    "name and colon": "{name}：{what}。",
    "sentence": "{what}。",
    "clause": "{what}；",
    "label": "{name}\n主要内容：{what}。",
    "framed": "【{name}】{what}。",
    "project": "{name}项目。{what}。",
}
NAMED = set(BODIES) - {"sentence", "clause", "project"}
DUTIES = ("", "\n责任单位：{unit}", "（责任单位：{unit}）", "由{unit}牵头实施。")
CHAPTERS = (
    ("", ""),
    (
        "一、总体要求\n坚持以人民为中心，用心用情办实事。\n二、主要任务\n",
        "三、保障措施\n（一）加强组织领导。各单位要高度重视。\n（二）强化督导检查。每月通报一次。\n",
    ),
)
# Without a mark, what stands on a line of its own may be anything.
UNCLEAR = {("", "name on its line"), ("", "sentence"), ("", "clause"), ("【{n}】", "framed")}
CASES = [pair for pair in itertools.product(MARKS, BODIES) if pair not in UNCLEAR]


def _entry(number: int, mark: str, body: str, duty: str) -> str:
    name, what, _, unit = TASKS[number]
    signs = {"n": number + 1, "han": "一二三四五六"[number], "circled": "①②③④⑤⑥"[number]}
    return mark.format(**signs) + body.format(name=name, what=what) + duty.format(unit=unit)


@pytest.mark.parametrize(("mark", "body"), CASES, ids=[f"{m} {b}" for m, b in CASES])
def test_entries(mark: str, body: str) -> None:
    for duty, (before, behind) in itertools.product(DUTIES, CHAPTERS):
        if (body == "clause" and duty) or (before and mark == "{han}、"):
            continue
        entries = (_entry(n, mark, BODIES[body], duty) + "\n" for n in range(len(TASKS)))
        tasks = plan_of(HEAD + before + "".join(entries) + behind).tasks
        items = [task.items for task in tasks]
        values = [[int(i.value) for item in own for i in item.indicators] for own in items]
        assert values == [[value] for _, _, value, _ in TASKS]
        units = [[d.name for d in task.departments] for task in tasks]
        assert units == [[unit] if duty else [] for *_, unit in TASKS]
        if body in NAMED:
            assert [task.title for task in tasks] == [name for name, *_ in TASKS]
