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


HEADER = "序号项目名称主要内容牵头单位配合单位完成时限"
ROWS = [  # name, text, lead, helpers, deadline
    ("口袋公园建设工程", "建成口袋公园12处。", "县公安局交通管理局", "各乡镇", "2023年底前"),
    (
        "家政进社区活动",
        "活动80场，培训家政人员300至500人。",
        "县妇女联合会",
        "各街道办事处",
        "第二季度末前",
    ),
    ("家庭适老化改造工程项目", "改造2万户。", "县民政局", "县财政局、各镇（街道）", "10月中旬前"),
    ("家风馆提升工程", "新建4家。", "县住房公积金管理中心", "各乡镇", "11月5日前"),
    ("HPV疫苗接种项目", "接种6口之家女孩900人。", "县卫生健康局", "县教育局", "12月底前"),
]


def test_rows_without_a_break_between_them() -> None:
    text = HEADER + "".join(f"{n}{''.join(row)}" for n, row in enumerate(ROWS, 1))
    plan = plan_of(f"弥渡县2023年民生实事任务分解表\n{text}\n")
    assert [task.title for task in plan.tasks if task.no != 2] == [
        row[0] for n, row in enumerate(ROWS, 1) if n != 2
    ]
    named = [[(unit.name, unit.role) for unit in task.departments] for task in plan.tasks]
    assert named == [
        [(lead, "lead"), *((name, "related") for name in helpers.split("、"))]
        for _, _, lead, helpers, _ in ROWS
    ]
    due = [[str(m.due) for item in task.items for m in item.milestones] for task in plan.tasks]
    assert due == [["2023-12-31"], ["2023-06-30"], ["2023-10-20"], ["2023-11-05"], ["2023-12-31"]]
