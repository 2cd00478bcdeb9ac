"""Rows of a spreadsheet pasted into plain text."""

# ruff: noqa: E501 - a line of Chinese text is a line of the plan

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from mskg.extract import extract_plan
from mskg.layout import outline_document
from mskg.readers import read_bytes

if TYPE_CHECKING:
    from mskg.model import Plan

HEAD = "安平县2020年民生实事任务分解表\n"
ROWS = [
    ["序号", "项目名称", "主要内容", "牵头单位", "配合单位", "完成时限"],
    ["1", "农村公路建设工程", "新建农村公路35公里，\n改造危桥4座。", "县交通运输局", "县财政局\n县自然资源局", "11月底前"],
    ["2", "“两癌”筛查", "为1.2万名妇女免费筛查。", "县卫生健康局", "县妇联", "8月底前"],
    ["3", "养老服务提升", "1.建设社区日间照料中心6个；\n2.新增床位90张。", "县民政局", "各乡镇", "10月底前"],
    ["4", "文化惠民", "送戏下乡80场次。", "县文旅局", "", "12月底前"],
]  # fmt: skip
SIGNS = {"commas": ",", "tabs": "\t"}


def _plan(text: str) -> Plan:
    document = read_bytes(text.encode(), "a.txt")
    return extract_plan(document, outline_document(document))


def _pasted(sign: str) -> str:
    text = StringIO()
    csv.writer(text, delimiter=sign, lineterminator="\n").writerows(ROWS)
    return text.getvalue()


@pytest.mark.parametrize("sign", SIGNS)
def test_rows_with_cells_over_several_lines(sign: str) -> None:
    plan = _plan(HEAD + _pasted(SIGNS[sign]) + "\n联系人：办公室, 电话：0000\n")
    assert [task.title for task in plan.tasks] == [row[1] for row in ROWS[1:]]
    units = [[(unit.name, unit.role) for unit in task.departments] for task in plan.tasks]
    assert units == [
        [("县交通运输局", "lead"), ("县财政局", "related"), ("县自然资源局", "related")],
        [("县卫生健康局", "lead"), ("县妇联", "related")],
        [("县民政局", "lead"), ("各乡镇", "related")],
        [("县文旅局", "lead")],
    ]
    counts = [[x.value for item in task.items for x in item.indicators] for task in plan.tasks]
    assert counts == [[35, 4], [12000], [6, 90], [80]]


@pytest.mark.parametrize("sign", SIGNS)
def test_places_are_lines_of_the_file(sign: str) -> None:
    document = read_bytes((HEAD + _pasted(SIGNS[sign])).encode(), "a.txt")
    lines = [b.locator.line for b in document.blocks if b.kind == "cell" and b.locator.column == 1]
    assert lines == [2, 3, 6, 7, 9]


def test_a_word_in_quotes_opens_no_cell() -> None:
    rows = '序号\t项目名称\t主要内容\t责任单位\n1\t"两癌"筛查\t"筛查300人；\n复查20人。"\t县卫健局\n2\t食堂\t改造3个\t县教育局\n'
    plan = _plan(HEAD + rows)
    assert [task.title for task in plan.tasks] == ['"两癌"筛查', "食堂"]
    assert [unit.name for task in plan.tasks for unit in task.departments] == [
        "县卫健局",
        "县教育局",
    ]


def test_a_quote_that_never_closes_takes_no_text() -> None:
    rows = [[*row[:2], f'"{row[2]}', *row[3:]] for row in ROWS[1:]]
    text = HEAD + "\n".join(",".join(row) for row in [ROWS[0], *rows]) + "\n结束语。\n" * 80
    document = read_bytes(text.encode(), "a.txt")
    for row in ROWS:
        assert row[1] in document.text
    assert document.text.count("结束语") == 80
