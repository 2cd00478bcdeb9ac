"""Lists in groups, and tasks with parts: which of two levels the tasks are on.

Every way to print a heading of a group is combined with every way to mark entries, to say how
many there are, and to name their units. All figures and names are made up.
"""

from __future__ import annotations

import itertools

import pytest
from reading_plans import plan_of

SIGNS = "一二三四五六七八九十"
ENTRIES = [
    ("老旧小区改造", "改造老旧小区14个", "县住建局"),
    ("公园绿地建设", "新建口袋公园6个", "县城管局"),
    ("社区养老服务提升", "新建社区养老服务站9个", "县民政局"),
    ("职业技能培训", "开展职业技能培训2700人次", "县人社局"),
    ("农村公路改造", "改造农村公路47公里", "县交通运输局"),
    ("中小学校舍改造", "改造校舍8栋", "县教育局"),
    ("高标准农田建设", "建设高标准农田1.3万亩", "县农业农村局"),
    ("文化惠民演出", "送戏下乡65场", "县文旅局"),
    ("气象预警能力提升", "新建气象站7座", "县气象局"),
]
SIZES = (3, 4, 2)
HEADS = {
    "bracket": lambda n: f"（{SIGNS[n]}）",
    "numeral": lambda n: f"{SIGNS[n]}、",
    "none": lambda _: "",
}
MARKS = {
    "1.": lambda n: f"{n}.",
    "（1）": lambda n: f"（{n}）",
    "①": lambda n: "①②③④⑤⑥⑦⑧⑨"[n - 1],
}
NAMES = {
    "level": ("省级民生实事", "市级民生实事", "县级民生实事"),
    "field": ("教育方面", "医疗卫生方面", "社会保障方面"),
}
COUNTS = {"": "{}", "件": "{}（{n}件）", "项": "{}（共{n}项）"}
DECLARED = {"": "", "实事9件": "全县计划实施民生实事9件。", "9件实事": "今年办好9件民生实事。"}
DUTIES = {"": "", "bracket": "（责任单位：{}）", "line": "\n责任单位：{}"}
BELOW = "三、资金保障\n优先保障新增的3件实事。\n"  # a count of a part of them


@pytest.mark.parametrize("running", [False, True], ids=["anew", "running"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("head", "mark"), list(itertools.product(HEADS, MARKS)))
def test_groups(head: str, mark: str, name: str, running: bool) -> None:
    wrong = []
    for count, declared, duty in itertools.product(COUNTS, DECLARED, DUTIES):
        told = count or declared or running
        if not told and (name != "level" or not duty):
            continue  # may be read either way
        chapters = head != "numeral"
        text = "某县2023年民生实事实施方案\n\n为切实办好民生实事，制定本方案。"
        text += DECLARED[declared] + "\n\n"
        text += "一、总体要求\n坚持以人民为中心，用心用情。\n二、主要任务\n" if chapters else ""
        done = 0
        for group, size in enumerate(SIZES):
            text += HEADS[head](group) + COUNTS[count].format(NAMES[name][group], n=size) + "\n"
            for number in range(size):
                title, what, unit = ENTRIES[done]
                text += MARKS[mark](1 + (done if running else number))
                text += f"{title}。{what}。{DUTIES[duty].format(unit)}\n"
                done += 1
        plan = plan_of(text + (BELOW if chapters else ""))
        found = [
            ([unit.name for unit in task.departments], (task.group or "")[:4])
            for task in plan.tasks
        ]
        groups = [
            group[:4] for group, size in zip(NAMES[name], SIZES, strict=True) for _ in range(size)
        ]
        wanted = [
            ([unit] if duty else [], group)
            for (*_, unit), group in zip(ENTRIES, groups, strict=True)
        ]
        if found != wanted:
            wrong.append((count, declared, duty, found))
    assert not wrong


@pytest.mark.parametrize("mark", ["1.", "（1）", "①"])
@pytest.mark.parametrize("head", ["bracket", "numeral"])
@pytest.mark.parametrize("stop", ["\n", "。\n", "：\n"])
def test_tasks_with_parts(head: str, mark: str, stop: str) -> None:
    wrong = []
    for place in ("title", "last part", "each part", "line"):
        text = "某县2023年民生实事实施方案\n\n今年办好4件民生实事。\n\n"
        for task in range(4):
            (first, *_), unit = ENTRIES[2 * task], ENTRIES[2 * task][2]
            duty = f"（责任单位：{unit}）"
            text += HEADS[head](task) + f"{first}工程" + duty * (place == "title") + stop
            for part in range(2):
                text += MARKS[mark](part + 1) + ENTRIES[2 * task + part][1] + "。"
                text += duty * (place == "each part" or (place == "last part" and part == 1)) + "\n"
            text += f"责任单位：{unit}\n" if place == "line" else ""
        found = [
            (task.title, {unit.name for unit in task.departments}, len(task.items))
            for task in plan_of(text).tasks
        ]
        wanted = [(f"{name}工程", {unit}, 2) for name, _, unit in ENTRIES[:8:2]]
        if found != wanted:
            wrong.append((place, found))
    assert not wrong
