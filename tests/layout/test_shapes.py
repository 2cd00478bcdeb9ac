"""One table in many shapes: the columns in any order, as a web page, tabs, pipes, lines or blanks."""

# ruff: noqa: E501 - the tables of Chinese text read better with a row on a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mskg.pipeline import read_plan

if TYPE_CHECKING:
    from pathlib import Path

    from mskg.model import Task

TITLE = "临泉县2023年民生实事项目清单"
HEADINGS = {
    "no": "序号", "title": "项目名称", "content": "建设内容", "lead": "牵头单位",
    "related": "配合单位", "due": "完成时限", "leader": "责任领导", "sum": "总投资（万元）",
}  # fmt: skip
ROWS = [
    (
        "1",
        "改造老旧小区",
        "改造老旧小区12个，惠及居民3400户",
        "县住建局",
        "县财政局、各乡镇",
        "12月底前",
        "张伟",
        "1200",
    ),
    ("2", "新建公园", "新建口袋公园5个", "县城管局", "县林业局", "10月底前", "李强", "350"),
    ("3", "养老服务", "新建社区养老服务站8个", "县民政局", "县财政局", "11月底前", "王芳", "96"),
    (
        "4",
        "就业培训",
        "开展职业技能培训2600人次",
        "县人社局",
        "县总工会",
        "12月20日前",
        "张伟",
        "130",
    ),
    ("5", "农村公路", "改造农村公路46公里", "县交通运输局", "各乡镇", "9月底前", "李强", "5600"),
    ("6", "校舍改造", "改造校舍9栋", "县教育局", "县发改委", "8月31日前", "王芳", "880"),
]
NUMBERS = [[12, 3400], [5], [8], [2600], [46], [9]]
ORDERS = [
    "no title content lead related due",
    "no title content sum due leader lead related",
    "no content lead related due",
    "title content lead related due",
    "no lead title content due related",
    "no title leader lead related content due",
    "no title content due lead related leader sum",
    "no title content lead",
]


def _html(rows: list[list[str]]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<h1>{TITLE}</h1><table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _joined(rows: list[list[str]], between: str) -> str:
    return f"{TITLE}\n" + "".join(between.join(row) + "\n" for row in rows)


def _piped(rows: list[list[str]]) -> str:
    head, *others = ("| " + " | ".join(row) + " |\n" for row in rows)
    return f"{TITLE}\n\n{head}|{'---|' * len(rows[0])}\n" + "".join(others)


SHAPES = {
    "html": ("html", _html),
    "tabs": ("txt", lambda rows: _joined(rows, "\t")),
    "lines": ("txt", lambda rows: _joined(rows, "\n")),
    "blanks": ("txt", lambda rows: _joined(rows, "  ")),
    "pipes": ("md", _piped),
}


def _check(task: Task, row: dict[str, str], numbers: list[int]) -> None:
    targets = [int(i.value) for item in task.items for i in item.indicators]
    wanted = [*numbers, int(row["sum"]) * 10_000] if "sum" in row else numbers
    assert sorted(targets) == sorted(wanted)
    units = {
        (row["lead"], "lead"),
        *((n, "related") for n in row.get("related", "").split("、") if n),
    }
    assert {(d.name, d.role) for d in task.departments} == units
    assert [leader.name for leader in task.leaders] == ([row["leader"]] if "leader" in row else [])
    assert any(m.due for item in task.items for m in item.milestones) is ("due" in row)
    if "title" in row:
        assert task.title == row["title"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("order", ORDERS)
def test_shapes(tmp_path: Path, shape: str, order: str) -> None:
    columns = [list(HEADINGS).index(key) for key in order.split()]
    rows = [[row[at] for at in columns] for row in ROWS]
    suffix, write = SHAPES[shape]
    page = tmp_path / f"plan.{suffix}"
    page.write_text(write([[HEADINGS[key] for key in order.split()], *rows]), "utf-8")
    tasks = read_plan(page).tasks
    assert len(tasks) == len(rows)
    for task, row, numbers in zip(tasks, rows, NUMBERS, strict=True):
        _check(task, dict(zip(order.split(), row, strict=True)), numbers)
