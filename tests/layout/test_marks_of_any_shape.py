"""Marks of any shape, as long as they count on from one line to the next."""

from __future__ import annotations

import itertools

import pytest
from reading_plans import plan_of

TASKS = (
    ("老旧小区改造", "改造老旧小区14个", "县住建局"),
    ("公园绿地建设", "新建口袋公园6个", "县城管局"),
    ("社区养老服务提升", "新建社区养老服务站9个", "县民政局"),
    ("中小学校舍改造", "改造校舍8栋", "县教育局"),
)
WORDS = ["第{}项", "第{}件", "实事{}", "任务{}", "民生实事{}", "重点任务{}", "实事之{}", "No.{}"]
SEPARATORS = ["：", "、", " ", "　", "｜", "|", "——", "，", "\n"]
FRAMED = [
    "【{}】",
    "［{}］",
    "〔{}〕",
    "〈{}〉",
    "《{}》",
    "（第{}件）",
    "【实事{}】",
    "【第{}项】",
]
BARE = ["{}: ", "{}｜", "{}—", "{}——", "{}-", "{}/", "{}，", "**{}** ", "■{}. ", "### {}. "]
SIGNS = ["❶❷❸❹", "➊➋➌➍", "㈠㈡㈢㈣", "⑴⑵⑶⑷", "⒈⒉⒊⒋"]
MARKS = [
    *(word + sign for word, sign in itertools.product(WORDS, SEPARATORS)),
    *FRAMED,
    *BARE,
    "I. ",
    *SIGNS,
    "①、②、③、④、",
]


def _mark(form: str, number: int, numbers: str) -> str:
    if form == "I. ":
        return ["I. ", "II. ", "III. ", "IV. "][number]
    if "{}" in form:
        return form.format(numbers[number])
    width = len(form) // len(TASKS)
    return form[width * number : width * (number + 1)]


@pytest.mark.parametrize("form", MARKS)
def test_marks(form: str) -> None:
    for numbers, body in itertools.product(
        ("1234", "一二三四"), ("{0}。{1}。（责任单位：{2}）\n", "{0}\n{1}。\n责任单位：{2}\n")
    ):
        text = "某县2023年民生实事项目\n\n2023年，全县办好4件民生实事。\n\n"
        for number, task in enumerate(TASKS):
            text += _mark(form, number, numbers) + body.format(*task)
        found = [
            (task.no, task.title, [unit.name for unit in task.departments])
            for task in plan_of(text).tasks
        ]
        assert found == [(n, name, [unit]) for n, (name, _, unit) in enumerate(TASKS, 1)]


@pytest.mark.parametrize("word", ["附件{}：", "第{}条　", "第{}季度：", "表{} "])
def test_what_counts_other_things_is_no_mark(word: str) -> None:
    plan = plan_of(
        "某县2023年民生实事\n1.新建学校2所。（责任单位：县教育局）\n2.改造公厕3座。（责任单位：县城管局）\n"
        + "".join(f"{word.format(n)}改造安排{n}\n" for n in "一二三")
    )
    assert [task.no for task in plan.tasks] == [1, 2]
