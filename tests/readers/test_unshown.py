"""What is there but not to be read: watermarks, hidden rows, text that lies sideways."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from mskg.readers import read_bytes, read_document
from mskg.readers.page_rules import edge
from mskg.readers.page_turn import upright
from mskg.readers.pdf_page import struck, watermark

FILES = Path(__file__).parent / "files"
_UPRIGHT, _ASLANT = (1, 0, 0, 1, 0, 0), (0.65, 0.37, -0.37, 0.65, 0, 0)


def _letter(text: str, **settings: Any) -> dict[str, Any]:
    plain = {"text": text, "size": 12, "upright": True, "matrix": _UPRIGHT}
    return {**plain, "non_stroking_color": (0.0, 0.0, 0.0), **settings}


def _page(*letters: dict[str, Any]) -> Any:
    return SimpleNamespace(chars=[*(_letter("字") for _ in range(20)), *letters])


@pytest.mark.parametrize(
    "settings",
    [
        {"matrix": _ASLANT},
        {"size": 45, "non_stroking_color": (0.87, 0.87, 0.87)},
        {"size": 45, "non_stroking_color": 0.8},
        {"size": 45, "non_stroking_color": (0, 0, 0, 0.2)},
    ],
)
def test_aslant_or_large_and_pale_letters_are_a_watermark(settings: dict[str, Any]) -> None:
    found = watermark(_page(_letter("内", **settings)))
    assert [letter["text"] for letter in found] == ["内"]


@pytest.mark.parametrize(
    "settings",
    [
        {"size": 45},  # a title
        {"non_stroking_color": (0.8, 0.8, 0.8)},  # a grey line of the text
        {"size": 45, "non_stroking_color": (1.0, 0.0, 0.0)},  # a red letterhead
        {"size": 45, "non_stroking_color": (0, 0, 0, 1)},  # black in CMYK
        {"matrix": (0, 1, -1, 0, 0, 0)},  # turned by a right angle
    ],
)
def test_titles_and_letterheads_are_none(settings: dict[str, Any]) -> None:
    assert watermark(_page(_letter("内", **settings))) == []


def test_a_page_that_lies_sideways_is_read() -> None:
    document = read_document(FILES / "table-sideways.pdf")
    cells = {b.locator.column: document.text[b.begin : b.end] for b in document.blocks
             if b.kind == "cell" and b.locator.row == 1}  # fmt: skip
    assert list(cells.values()) == [
        "牵头单位", "序号", "完成时限", "项目名称", "年度目标任务", "配合单位",
    ]  # fmt: skip
    assert "均须于12月25日前完成" in document.text


@pytest.mark.parametrize(
    ("matrix", "box"),
    [((0, 1, -1, 0), (10, 500, 20, 510)), ((0, -1, 1, 0), (80, 100, 90, 110)),
     ((-1, 0, 0, -1), (480, 80, 490, 90))],
)  # fmt: skip
def test_letters_are_turned_as_they_run(matrix: Any, box: Any) -> None:
    """Each letter stands 90 or 100 points from where its line begins, 10 below the top."""
    letter = dict(zip(("x0", "top", "x1", "bottom"), box, strict=True))
    char = {**letter, "text": "字", "size": 10, "matrix": (*matrix, 0, 0)}
    upright_one = {**char, "matrix": _UPRIGHT}
    size = (100, 600) if matrix[0] == 0 else (600, 100)
    drawn = {"lines": [], "rects": [], "curves": []}
    page = SimpleNamespace(chars=[char, char, upright_one], width=size[0], height=size[1], **drawn)
    printed = upright(page)  # type: ignore[arg-type]
    assert [(c["x0"], c["top"]) for c in printed.chars] == [(
        {"(0, 1": 90, "(0, -": 100, "(-1, ": 110}[str(matrix)[:5]], 10)] * 2  # fmt: skip
    assert (printed.unread, printed.turned) == (1, True)


def test_letters_that_a_rule_goes_through_are_struck_out() -> None:
    letters = [
        {**_letter(c), "x0": 10.0 * n, "x1": 10.0 * n + 10, "top": 100.0, "bottom": 110.0}
        for n, c in enumerate("改造52座46座")
    ]
    page = SimpleNamespace(chars=letters, width=600)
    rules = [edge("h", 20, 105, 30, 0), edge("h", 50, 110, 30, 0), edge("h", 0, 100, 400, 0)]
    assert "".join(c["text"] for c in struck(page, rules)) == "52座"  # type: ignore[arg-type]


def test_hidden_rows_of_a_sheet_are_left_out_and_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "民生实事"
    for row in (("序号", "项目名称"), (1, "新建公厕3座"), (99, "作废"), (2, "改造小区5个")):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    data = io.BytesIO()
    book.save(data)
    document = read_bytes(data.getvalue(), "a.xlsx")
    assert "作废" not in document.text
    assert "改造小区5个" in document.text
    assert any("1 行隐藏" in note for note in document.notes)


def test_hidden_columns_of_a_sheet_are_left_out_and_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某县2024年民生实事"])
    sheet.merge_cells("A1:C1")
    for row in (("编号", "项目名称", "内部电话"), ("甲", "新建公厕3座", "5551234")):
        sheet.append(row)
    for column in "AC":
        sheet.column_dimensions[column].hidden = True
    data = io.BytesIO()
    book.save(data)
    document = read_bytes(data.getvalue(), "a.xlsx")
    assert document.text.split("\n") == ["某县2024年民生实事", "项目名称", "新建公厕3座"]
    assert any("2 列隐藏" in note for note in document.notes)


@pytest.mark.parametrize("inside", ["{}", "<p>{}</p>", "<div><p>{}</p></div>"])
def test_the_number_of_a_list_item_stays_with_its_paragraph(inside: str) -> None:
    items = "".join(
        f"<li>{inside.format(text)}</li>" for text in ("新建学校4所。", "新建公厕3座。")
    )
    page = f"<html><meta charset=utf-8><body><p>清单</p><ol>{items}</ol></body></html>"
    document = read_bytes(page.encode(), "a.html")
    assert [line for line in document.text.split("\n") if line.strip()] == [
        "清单", "1. 新建学校4所。", "2. 新建公厕3座。",
    ]  # fmt: skip
