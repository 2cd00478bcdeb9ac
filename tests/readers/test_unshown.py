"""What is there but not to be read: watermarks, hidden rows, text that lies sideways."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from mskg.errors import ReadError
from mskg.readers import read_bytes, read_document
from mskg.readers.pdf_page import is_sideways, watermark

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


def test_a_page_that_lies_sideways_is_told() -> None:
    assert not is_sideways(_page(_letter("内", upright=False)))
    with pytest.raises(ReadError, match="lie sideways") as caught:
        read_document(FILES / "table-sideways.pdf")
    assert "转正" in caught.value.line("zh")


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
