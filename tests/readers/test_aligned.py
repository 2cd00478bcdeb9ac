"""Tables of plain text whose columns are set with blanks: cells are told by their place."""

# ruff: noqa: E501 - a line of Chinese text is a line of the plan

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import pytest

from mskg.extract import extract_plan
from mskg.layout import outline_document
from mskg.readers import read_bytes

if TYPE_CHECKING:
    from mskg.model import Plan

HEAD = "安平县2024年民生实事责任分解表\n\n"
WIDTHS = (6, 20, 40, 20, 12)
NAMES = ("序号", "实事名称", "建设内容", "责任单位", "完成时限")
ROWS = (
    ("1", "农村街巷硬化及道路养护工程", "完成102个行政村街巷硬化，硬化里程210公里、面积63万平方米。", "县交通局、各乡镇", "10月底前"),
    ("2", "校舍“安全”工程", "拆除重建校舍2.16万平方米，加固校舍7800平方米，涉及中小学11所。", "县教育局", "8月底前"),
    ("3", "农家书屋和体育健身", "新建农家书屋80个，为50个行政村安装健身器材。", "县文化局、县体育局、县民族宗教事务局", "9月底前"),
)  # fmt: skip


def _width(text: str, wide: str) -> int:
    return sum(2 if east_asian_width(char) in wide else 1 for char in text)


def _set(rows: list[tuple[str, ...]], wide: str = "WFA") -> str:
    """Return rows as a typist sets them: every cell broken at the width of its column."""
    lines: list[str] = []
    for row in rows:
        columns: list[list[str]] = []
        for text, width in zip(row, WIDTHS, strict=True):
            parts = [""]
            for char in text:
                if _width(parts[-1] + char, wide) > width - 2:
                    parts.append("")
                parts[-1] += char
            columns.append(parts)
        for number in range(max(map(len, columns))):
            cells = [parts[number] if number < len(parts) else "" for parts in columns]
            line = "".join(
                cell + " " * (width - _width(cell, wide))
                for cell, width in zip(cells, WIDTHS, strict=True)
            )
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def _plan(text: str) -> Plan:
    document = read_bytes(text.encode(), "plan.txt")
    return extract_plan(document, outline_document(document))


@pytest.mark.parametrize("wide", ["WFA", "WF"], ids=["wide quotes", "narrow quotes"])
@pytest.mark.parametrize("between", ["", "\n"], ids=["close", "apart"])
def test_cells_that_go_on_below_themselves(wide: str, between: str) -> None:
    text = (
        HEAD
        + between.join(_set([row], wide) for row in (NAMES, *ROWS))
        + "\n附注：以上各项按月报告。\n"
    )
    plan = _plan(text)
    assert [task.title for task in plan.tasks] == [row[1] for row in ROWS]
    assert [task.items[0].text for task in plan.tasks] == [row[2] for row in ROWS]
    assert ["、".join(d.name for d in task.departments) for task in plan.tasks] == [
        row[3] for row in ROWS
    ]
    assert [str(task.items[0].milestones[0].due) for task in plan.tasks] == [
        "2024-10-31",
        "2024-08-31",
        "2024-09-30",
    ]


def test_headings_between_rows_and_the_header_of_the_next_page() -> None:
    first, second, third = (_set([row]) for row in ROWS)
    header = _set([NAMES])
    text = f"{HEAD}{header}\n一、改善农村生产生活条件\n\n{first}\n{second}\n             - 3 -\n\n{header}\n二、发展社会事业\n\n{third}\n合计  3项\n"
    assert read_bytes(text.encode(), "a.txt").notes == ("去掉了表格中间的页码和重复的表头 2 行",)
    plan = _plan(text)
    assert [(task.no, task.group) for task in plan.tasks] == [
        (1, "改善农村生产生活条件"),
        (2, "改善农村生产生活条件"),
        (3, "发展社会事业"),
    ]


def test_a_cell_knows_the_line_it_begins_on() -> None:
    text = HEAD + _set([NAMES, *ROWS])
    document = read_bytes(text.encode(), "plan.txt")
    cell = next(
        block for block in document.blocks if document.text[block.begin :].startswith("校舍")
    )
    line = text[: text.index("校舍")].count("\n") + 1
    assert (cell.locator.line, cell.locator.row, cell.locator.column) == (line, 3, 2)


def test_a_cell_that_reaches_over_its_edge() -> None:
    rows = (
        _set([NAMES, *ROWS])
        + "4     养老服务中心及农村幸福院建设 新建幸福院12所。                     县民政局            10月底前\n"
    )
    plan = _plan(HEAD + rows)
    assert plan.tasks[-1].title == "养老服务中心及农村幸福院建设"
    assert [d.name for d in plan.tasks[-1].departments] == ["县民政局"]


def test_another_table_ends_the_first() -> None:
    second = "序号  项目名称        责任单位\n1     公厕建设        县城管局\n2     路灯安装        县住建局\n3     危房改造        县住建局\n"
    text = f"{HEAD}{_set([NAMES, *ROWS])}\n附件2\n{second}"
    titles = [task.title for task in _plan(text).tasks]
    assert titles == [*(row[1] for row in ROWS), "公厕建设", "路灯安装", "危房改造"]
