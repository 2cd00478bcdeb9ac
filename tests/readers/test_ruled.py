"""Tables of plain text that lines draw, made by rich and by hand."""

# ruff: noqa: E501 - a line of Chinese text is a line of the plan

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich import box
from rich.console import Console
from rich.table import Table

from mskg.extract import extract_plan
from mskg.layout import outline_document
from mskg.readers import read_bytes

if TYPE_CHECKING:
    from mskg.model import Plan

HEAD = "安平县2019年民生实事任务分解表\n\n"
NAMES = ("序号", "项目名称", "主要内容", "牵头单位", "配合单位", "完成时限")
ROWS = (
    ("1", "农村公路建设工程", "新建农村公路35公里，改造危桥4座，整治隐患路段12处。", "县交通运输局", "县财政局、县自然资源和规划局", "11月底前"),
    ("2", "校园食堂改造", "改造农村学校食堂18个，惠及学生5600人。", "县教育局", "县市场监督管理局", "8月底前"),
    ("3", "养老服务提升", "建设社区日间照料中心6个，新增床位90张。", "县民政局", "各乡镇人民政府", "10月底前"),
    ("4", "文化惠民", "送戏下乡80场次，放映公益电影1200场。", "县文化广电体育和旅游局", "", "12月底前"),
)  # fmt: skip
BOXES = {
    "square": box.SQUARE,
    "heavy": box.HEAVY,
    "double": box.DOUBLE,
    "heavy head": box.HEAVY_HEAD,
    "rounded": box.ROUNDED,
    "ascii": box.ASCII2,
}


def _plan(text: str) -> Plan:
    document = read_bytes(text.encode(), "a.txt")
    return extract_plan(document, outline_document(document))


def _drawn(style: box.Box, width: int, *, lines: bool) -> str:
    table = Table(box=style, show_lines=lines)
    for name in NAMES:
        table.add_column(name, min_width=6, overflow="fold")
    for row in ROWS:
        table.add_row(*row)
    screen = StringIO()
    Console(file=screen, width=width, color_system=None).print(table)
    return screen.getvalue()


def _facts(text: str) -> list[object]:
    return [
        (
            task.no,
            task.title,
            [(unit.name, unit.role) for unit in task.departments],
            [(str(x.value), x.unit) for item in task.items for x in item.indicators],
            [str(m.due) for item in task.items for m in item.milestones],
        )
        for task in _plan(text).tasks
    ]


@pytest.mark.parametrize("lines", [True, False], ids=["rules", "no rules"])
@pytest.mark.parametrize("width", [90, 120, 220])
@pytest.mark.parametrize("style", BOXES)
def test_tables_that_a_program_draws(style: str, width: int, *, lines: bool) -> None:
    plain = HEAD + "\n".join("\t".join(row) for row in (NAMES, *ROWS)) + "\n"
    wanted = _facts(plain)
    assert len(wanted) == len(ROWS)
    behind = "\n注：完成时限以验收为准。\n"
    assert _facts(HEAD + _drawn(BOXES[style], width, lines=lines) + behind) == wanted


def test_merged_cells_and_the_header_of_the_next_page() -> None:
    head = "│类别│项目名称│责任单位│\n"
    text = (
        "安平县2019年民生实事任务分解表\n"
        "┌──┬────┬────┐\n" + head + "├──┼────┼────┤\n"
        "│教育│新建学校│县教育局│\n"
        "│惠民│3所　　│　　　　│\n"
        "│　　├────┼────┤\n"
        "│　　│改造食堂│县教育局│\n"
        "│　　│18个　 │　　　　│\n"
        "└──┴────┴────┘\n— 1 —\n"
        "┌──┬────┬────┐\n" + head + "├──┼────┼────┤\n"
        "│养老│新增床位│县民政局│\n"
        "│　　│90张　 │　　　　│\n"
        "├──┴────┴────┤\n"
        "│以上项目年底前完成　　　│\n"
        "└────────────┘\n"
    )
    document = read_bytes(text.encode(), "a.txt")
    cells = [
        (b.locator.row, b.locator.column, b.row_span, b.column_span, document.text[b.begin : b.end])
        for b in document.blocks
        if b.kind == "cell"
    ]
    assert cells == [
        *((1, 1, 1, 1, "类别"), (1, 2, 1, 1, "项目名称"), (1, 3, 1, 1, "责任单位")),
        *((2, 1, 2, 1, "教育惠民"), (2, 2, 1, 1, "新建学校3所"), (2, 3, 1, 1, "县教育局")),
        *((3, 2, 1, 1, "改造食堂18个"), (3, 3, 1, 1, "县教育局")),
        *((4, 1, 1, 1, "养老"), (4, 2, 1, 1, "新增床位90张"), (4, 3, 1, 1, "县民政局")),
        (5, 1, 1, 3, "以上项目年底前完成"),
    ]
    assert any("2 行" in note for note in document.notes)


def test_signs_of_a_grid_in_its_cells() -> None:
    text = (
        "+------+----------+--------+\n"
        "| 序号 | 项目名称 | 数量   |\n"
        "+======+==========+========+\n"
        "| 1    | 新建公园 | 3+6个  |\n"
        "|      +----------+--------+\n"
        "|      | 改造公园 | -      |\n"
        "+------+----------+--------+\n合计+备注\n"
    )
    document = read_bytes(text.encode(), "a.txt")
    found = [document.text[b.begin : b.end] for b in document.blocks]
    assert found == [
        *("序号", "项目名称", "数量", "1", "新建公园", "3+6个", "改造公园", "-", "合计+备注")
    ]


def test_a_box_around_text_is_no_table() -> None:
    text = "┌────────┐\n│联系电话：0000│\n└────────┘\n"
    document = read_bytes(text.encode(), "a.txt")
    assert [block.kind for block in document.blocks] == ["line"] * 3


LINES = (
    *("┌─┬─┐", "├─┼─┤", "├─┴─┤", "│  ├─┤", "│甲├─┤", "└─┴─┘", "+--+--+", "|  +--+"),
    *("│甲│乙│", "│丙│", "│1│丁│", "│2│甲│乙│", "| 甲 | 乙 |", "│丙丁", "乙", "", "+-|=", "1+2-"),
)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_any_drawing_is_read(lines: list[str]) -> None:
    text = "\n".join(["序言", *lines])
    document = read_bytes(text.encode(), "a.txt")
    if not document.notes:  # else a header that came again was dropped, and told
        kept = [sign for sign in document.text if sign.isalnum()]
        assert sorted(kept) == sorted(sign for sign in text if sign.isalnum())
