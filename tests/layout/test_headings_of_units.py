"""Headings that say whose the tasks below are, of a unit or a leader, with and without marks."""

from __future__ import annotations

import itertools

import pytest
from reading_plans import plan_of

GROUPS = (
    ("县教育局", "张伟", ("新建学校3所", "改造校舍9栋")),
    ("县交通运输局", "李娜", ("改造农村公路46公里", "新开公交线路3条")),
    ("县住建局", "王芳", ("改造老旧小区12个", "新建口袋公园5个", "建设公厕7座")),
)
UNITS = (
    *("{unit}负责的实事", "{unit}承办的实事", "由{unit}承办的项目", "{unit}牵头实施项目", "{unit}"),
    *("{unit}（{count}项）", "{unit}{count}项", "{unit}：", "由{unit}负责", "{unit}工作任务"),
)
LEADERS = (
    *(
        "副县长{leader}牵头",
        "{leader}副县长牵头",
        "{leader}副县长牵头重点工作",
        "责任领导：{leader}",
    ),
    *("县领导：{leader}（副县长）", "副县长{leader}负责的实事"),
)
LABELS = ("责任单位：{unit}", "牵头单位：{unit}。", "牵头部门: {unit}")
MARKS = {"numeral": "{n}、", "bracket": "（{n}）", "none": "", "framed": "【"}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("heading", [*UNITS, *LEADERS])
def test_headings(heading: str, mark: str) -> None:
    for running, sign in itertools.product((True, False), ("{}.", "{}、")):
        text = "某县2023年民生实事任务分解\n\n2023年，全县办好7件民生实事，分工如下。\n\n"
        number, wanted = 0, []
        for group, (unit, leader, tasks) in enumerate(GROUPS):
            text += MARKS[mark].format(n="一二三"[group])
            text += heading.format(unit=unit, leader=leader, count=len(tasks))
            text += "】\n" if mark == "framed" else "\n"
            for place, task in enumerate(tasks, 1):
                number += 1
                text += sign.format(number if running else place) + f"{task}。\n"
                wanted.append(unit if heading in UNITS else leader)
        tasks_found = plan_of(text).tasks
        named = [task.departments if heading in UNITS else task.leaders for task in tasks_found]
        assert [[entry.name for entry in entries] for entries in named] == [[n] for n in wanted]


@pytest.mark.parametrize("mark", ["numeral", "bracket", "none"])
@pytest.mark.parametrize("heading", LABELS)
def test_labels_above_their_tasks(heading: str, mark: str) -> None:
    for running, between in itertools.product((True, False), ("", "\n")):
        if mark == "none" and not running:
            continue  # then a label and numbers that start anew are of one entry
        text = "某县2023年民生实事任务分解\n\n2023年，全县办好7件民生实事，分工如下。\n\n"
        number, wanted = 0, []
        for group, (unit, _, tasks) in enumerate(GROUPS):
            text += MARKS[mark].format(n="一二三"[group]) + heading.format(unit=unit) + "\n"
            for place, task in enumerate(tasks, 1):
                number += 1
                text += f"{number if running else place}.{task}。\n"
                wanted.append(unit)
            text += between
        found = [[entry.name for entry in task.departments] for task in plan_of(text).tasks]
        assert found == [[unit] for unit in wanted]
