"""Tables copied without any separator: where a name, a person and a body begin.

All figures and names are made up.
"""

from __future__ import annotations

import itertools

import pytest
from reading_plans import plan_of

NAMES = ["农村公路提升工程", "养老服务提升项目", "政务服务提质项目", "文化惠民行动"]
TEXTS = [
    "新建通组公路47公里。",
    "建设居家养老服务中心5个，完成改造12户。",
    "推行“一窗通办”，新设服务点23个。",
    "组织送戏下乡65场。",
]
UNITS = [
    "县人力资源和社会保障局",
    "县文化和旅游局",
    "县住房和城乡建设局",
    "县交通运输局",
    "县民政局",
]
PEOPLE = ["张海云", "李芬", "字明远", ""]


@pytest.mark.parametrize(("unit", "person"), list(itertools.product(UNITS, PEOPLE)))
def test_cells_of_a_row(unit: str, person: str) -> None:
    header = "序号项目名称主要内容" + ("责任领导" if person else "") + "牵头单位配合单位\n"
    rows = [
        f"{n}{name}{text}{person}{unit}县财政局、县妇联\n"
        for n, (name, text) in enumerate(zip(NAMES, TEXTS, strict=True), 1)
    ]
    plan = plan_of("弥渡县2021年民生实事任务分解表\n" + header + "".join(rows))
    assert [task.title for task in plan.tasks] == NAMES
    for task in plan.tasks:
        named = [(found.name, found.role) for found in task.departments]
        assert named == [(unit, "lead"), ("县财政局", "related"), ("县妇联", "related")]
        assert [leader.name for leader in task.leaders] == ([person] if person else [])
