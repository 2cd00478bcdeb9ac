"""Labels in every form that plans print: 责任单位：, 【责任单位】, （责任单位）, bold, on lines."""

from __future__ import annotations

import itertools

import pytest
from reading_plans import plan_of

TASKS = (
    ("老旧小区改造", "改造老旧小区14个", 14, "县住建局"),
    ("公园绿地建设", "新建口袋公园6个", 6, "县城管局"),
    ("社区养老服务提升", "新建社区养老服务站9个", 9, "县民政局"),
    ("中小学校舍改造", "改造校舍8栋", 8, "县教育局"),
)
FORMS = {
    "{}：{}": "any",
    "【{}】{}": "any",
    "【{}】：{}": "any",
    "［{}］{}": "any",
    "〖{}〗{}": "any",
    "**{}**：{}": "any",
    "**{}：**{}": "any",
    "**{}** {}": "any",
    "“{}”：{}": "any",
    "（{}）{}": "any",
    "{}　　{}": "lines",
    "{}\n{}": "lines",
    "{}：\n{}": "lines",
    "● {}：{}": "lines",
    "- {}：{}": "lines",
    "▶{}：{}": "lines",
    "——{}：{}": "lines",
    "{}｜{}": "lines",
    "{}为：{}": "lines",
}
LABELS = {
    "one unit": ("目标任务", "责任单位", "", "完成时限"),
    "two units": ("建设内容", "牵头单位", "配合单位", "完成时间"),
    "other words": ("工作目标", "主办单位", "协办单位", "时间节点"),
}


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("form", FORMS)
def test_labels(form: str, labels: str) -> None:
    what, leads, helps, until = LABELS[labels]
    between = ("\n", "　") if FORMS[form] == "any" else ("\n",)
    for mark, gap in itertools.product(("一二三四", "1234"), between):
        text = "某县2023年民生实事项目\n\n2023年，全县办好4件民生实事。\n\n"
        for number, (name, content, _, unit) in enumerate(TASKS):
            values = [(what, f"{content}。"), (leads, unit), (helps, "县财政局、各乡镇")]
            values += [(until, "2023年12月底前")]
            text += f"{mark[number]}、{name}\n"
            text += gap.join(form.format(*pair) for pair in values if pair[0]) + "\n"
        tasks = plan_of(text).tasks
        helpers = [("县财政局", "related"), ("各乡镇", "related")] if helps else []
        assert [task.title for task in tasks] == [name for name, *_ in TASKS]
        assert [[(u.name, u.role) for u in task.departments] for task in tasks] == [
            [(unit, "lead" if helps else "responsible"), *helpers] for *_, unit in TASKS
        ]
        items = [item for task in tasks for item in task.items]
        assert [x.value for item in items for x in item.indicators] == [n for *_, n, _ in TASKS]
        assert {str(m.due) for item in items for m in item.milestones} == {"2023-12-31"}


def test_what_stands_behind_a_name_is_its_role() -> None:
    plan = plan_of(
        "某县2023年民生实事\n1.新建学校2所。责任单位：县教育局【牵头】、县财政局\n"
        "2.改造公厕3座。责任单位：县城管局【牵头】、县财政局\n3.改造公路8公里。责任单位：县交通局【牵头】\n"
    )
    assert [[(u.name, u.role) for u in task.departments] for task in plan.tasks] == [
        [("县教育局", "lead"), ("县财政局", "related")],
        [("县城管局", "lead"), ("县财政局", "related")],
        [("县交通局", "lead")],
    ]


@pytest.mark.parametrize("blank", ["　　", "  ", "\t", " "])
def test_labels_side_by_side(blank: str) -> None:
    text = "某县2023年民生实事\n" + "".join(
        f"项目：{name}{blank}牵头单位：{unit}{blank}责任领导：张伟{blank}投资：{number}万元\n"
        f"内容：{words}。\n时限：11月底\n\n"
        for name, words, number, unit in TASKS
    )
    tasks = plan_of(text).tasks
    assert [(t.title, [x.name for x in t.departments]) for t in tasks] == [
        (name, [unit]) for name, _, _, unit in TASKS
    ]
    assert [[x.name for x in t.leaders] for t in tasks] == [["张伟"]] * len(TASKS)
    sums = [[x.value for i in t.items for x in i.indicators] for t in tasks]
    assert sums == [[number * 10_000, number] for *_, number, _ in TASKS]


@pytest.mark.parametrize("sign", ["●", "📌", "◎ "])
def test_a_sign_before_a_label_is_no_text(sign: str) -> None:
    text = "某县2023年民生实事\n" + "".join(
        f"{n}.{words}。\n{sign}责任单位：{unit}\n" for n, (_, words, _, unit) in enumerate(TASKS, 1)
    )
    tasks = plan_of(text).tasks
    assert [[i.text for i in t.items] for t in tasks] == [
        [f"{words}。"] for _, words, _, _ in TASKS
    ]
    assert [[x.name for x in t.departments] for t in tasks] == [[unit] for *_, unit in TASKS]


def test_texts_of_two_labels_stay_two_sentences() -> None:
    text = "某县2023年民生实事\n" + "".join(
        f"{n}.{name}\n建设内容：{words}。\n年度目标：6月底前完成一半；年底前全部完成。\n责任单位：{unit}\n"
        for n, (name, words, _, unit) in enumerate(TASKS, 1)
    )
    found = [item.text for task in plan_of(text).tasks for item in task.items]
    assert found == [f"{words}。6月底前完成一半；年底前全部完成" for _, words, _, _ in TASKS]
