"""Spreadsheets and CSV: values as printed, places as in the sheet."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from mskg.readers import read_bytes, read_document
from mskg.readers.cell_formats import shown_date, shown_number
from mskg.readers.office import find_office

FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("0.955", "0.0%", "95.5%"),
        ("0.5", "0%", "50%"),
        ("0.5", "", "0.5"),
        ("45000", '#,##0"元"', "45000元"),
        ("12.600000000000001", "General", "12.6"),
        ("12.6", "0", "13"),
        ("1E-2", "", "0.01"),
        ("3", "", "3"),
        ("1.5", '"约"0.0"万人"', "约1.5万人"),
        ("7", "[$-804]0_ ", "7"),
        ("不是数", "0", "不是数"),
    ],
)
def test_numbers_as_their_format_prints_them(stored: str, code: str, shown: str) -> None:
    assert shown_number(stored, code) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('yyyy"年"m"月"d"日"', "2024年6月30日"),
        ("yyyy/m/d", "2024年6月30日"),
        ('yyyy"年"m"月"', "2024年6月"),
        ('[$-804]m"月"d"日"', "6月30日"),
        ("yyyy-mm-dd hh:mm", "2024年6月30日"),
        ("", "2024年6月30日"),
    ],
)
def test_dates_show_no_more_than_their_format(code: str, shown: str) -> None:
    assert shown_date(date(2024, 6, 30), code) == shown


def test_formats_hidden_sheets_and_empty_sheets() -> None:
    document = read_document(FILES / "values.xlsx")
    assert "95.5%" in document.text
    assert "45000元" in document.text
    assert "2024年1月" in document.text
    assert "不该读" not in document.text
    assert document.notes == ("隐藏的工作表没有读：草稿",)


@pytest.mark.skipif(
    find_office() is None, reason="needs LibreOffice (apt install libreoffice-calc)"
)
def test_shares_of_an_old_workbook() -> None:
    document = read_document(FILES / "values.xls")
    assert "95.5%" in document.text
    assert "不该读" not in document.text
    assert document.format == "xls"


def test_shares_of_an_old_workbook_that_nothing_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mskg.readers.office.find_office", lambda: None)
    document = read_document(FILES / "values.xls")
    assert "0.955" in document.text
    assert any("1 个小数可能印成百分数" in note for note in document.notes)


@pytest.mark.parametrize("name", ["table.xlsx", "table.xls", "table.ods"])
def test_places_are_those_of_the_sheet(name: str) -> None:
    document = read_document(FILES / name)
    place = document.locate(document.text.index("校园食堂改造工程"))
    assert (place.table, place.row, place.column) == (1, 10, 2)


def test_formula_without_result_is_noted() -> None:
    book = openpyxl.Workbook()
    book.active.append(["合计", "=1+2", datetime(2024, 5, 1)])
    packed = io.BytesIO()
    book.save(packed)
    document = read_bytes(packed.getvalue(), "a.xlsx")
    assert document.text == "合计\n2024年5月1日"
    assert document.notes == ("有 1 个公式没有保存结果，读不出数值（请用表格软件打开后另存）",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_csv(encoding: str, delimiter: str) -> None:
    rows = [["序号", "名称", "内容"], ["1", "道路工程", '"改造道路，\n共3条"'], ["2", "", "建桥"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    document = read_bytes(data, "a.csv")
    cells = [
        (b.locator.row, b.locator.column, document.text[b.begin : b.end]) for b in document.blocks
    ]
    assert (2, 3, "改造道路，\n共3条") in cells
    assert (3, 2, "") in cells
    assert len(cells) == 9


def test_csv_of_one_column_is_text() -> None:
    document = read_bytes("标题，很长，很长\n一、任务\n".encode(), "a.csv")
    assert document.text == "标题，很长，很长\n一、任务"
    assert {b.kind for b in document.blocks} == {"cell"} or document.blocks[0].kind == "paragraph"
