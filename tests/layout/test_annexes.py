"""A plan and the breakdown annexed to it: each task once, with what both say. All is made up."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

TASKS = (
    ("老旧小区改造", "改造老旧小区14个", "县住建局"),
    ("公园绿地建设", "新建口袋公园6个", "县城管局"),
    ("社区养老服务提升", "新建社区养老服务站9个", "县民政局"),
    ("中小学校舍改造", "改造校舍8栋", "县教育局"),
)
SIGNS = "一二三四"
LISTS = {
    "with units": "（{n}）{0}。{1}。（责任单位：{2}）\n",
    "without units": "（{n}）{0}。{1}。\n",
    "names": "（{n}）{0}\n",
}
ANNEXES = {
    "table": ("序号\t项目名称\t目标任务\t责任单位\n", "{i}\t{0}\t{1}\t{2}\n"),
    "list": ("", "{i}.{0}。{1}。\n责任单位：{2}\n"),
    "list of the same marks": ("", "（{n}）{0}。{1}。\n责任单位：{2}\n"),
}


@pytest.mark.parametrize("annex", ANNEXES)
@pytest.mark.parametrize("form", LISTS)
def test_a_breakdown_repeats_the_tasks(form: str, annex: str) -> None:
    def printed(row: str) -> str:
        return "".join(
            row.format(*task, n=SIGNS[number], i=number + 1) for number, task in enumerate(TASKS)
        )

    head, row = ANNEXES[annex]
    plan = plan_of(
        "某县2023年民生实事实施方案\n\n一、总体要求\n用心用情。\n\n二、主要任务\n"
        + printed(LISTS[form])
        + "\n三、保障措施\n（一）加强组织领导。各单位要高度重视。\n\n附件：任务分解表\n\n附件\n\n"
        + f"某县2023年民生实事任务分解表\n\n{head}{printed(row)}"
    )
    assert [(task.title, [unit.name for unit in task.departments]) for task in plan.tasks] == [
        (title, [unit]) for title, _, unit in TASKS
    ]
