"""CSV, xlsx and SVG from rows and shapes."""

from __future__ import annotations

import csv
import io
import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from mskg.render.clean import xml_text
from mskg.render.csv import csv_bytes, csv_text
from mskg.render.svg import Drawing, Label, Line, Mark, svg_text, text_width
from mskg.render.xlsx import Sheet, xlsx_bytes

SVG = "{http://www.w3.org/2000/svg}"
ODD = '“引号”,"双",\n换行；=1+1\t<&>'


@given(st.text())
def test_xml_text_is_what_xml_can_hold(text: str) -> None:
    clean = xml_text(text)
    element = etree.Element("a")
    element.text = clean
    assert "".join(char for char in text if char in clean) == clean
    read = etree.fromstring(etree.tostring(element, encoding="utf-8")).text or ""
    assert read == clean


def test_xml_text_drops_control_characters_only() -> None:
    assert xml_text("区\x00民\x0b政\x1f局\ufffe\U0001f600\t") == "区民政局\U0001f600\t"


def test_csv_reads_back() -> None:
    text = csv_text(["名称", "数"], [[ODD, 3], [None, Decimal("1.50")]])
    assert list(csv.reader(io.StringIO(text))) == [["名称", "数"], [ODD, "3"], ["", "1.50"]]


def test_csv_has_a_byte_order_mark_when_asked() -> None:
    assert csv_bytes(["甲"], [], bom=True) == b"\xef\xbb\xbf" + csv_bytes(["甲"], [])


def test_xlsx_reads_back_with_types() -> None:
    rows = [
        [ODD.replace("\t", ""), 3, Decimal("4.5"), True, date(2023, 6, 30), None],
        ["=HYPERLINK(1)", -1, 0.25, False, date(2024, 1, 1), "控\x01制"],
    ]
    data = xlsx_bytes([Sheet("任务", list("abcdef"), rows), Sheet("空[/]表", ["甲"], [])])
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["任务", "空   表"]
    cells = [[cell.value for cell in row] for row in book["任务"].iter_rows()]
    assert cells[0] == list("abcdef")
    assert cells[1][:4] == [rows[0][0], 3, 4.5, True]
    assert cells[1][4].date() == date(2023, 6, 30)
    assert cells[1][5] is None
    assert cells[2][0] == "=HYPERLINK(1)"
    assert book["任务"]["A3"].data_type == "s"  # a text, not a formula
    assert cells[2][5] == "控制"
    assert book["任务"].freeze_panes == "A2"
    assert book["任务"].auto_filter.ref == "A1:F3"


def test_xlsx_has_the_same_bytes_at_another_time() -> None:
    sheets = [Sheet("任务", ["甲"], [["值"]])]
    first = xlsx_bytes(sheets)
    time.sleep(2.1)  # times inside zip files count in steps of two seconds
    assert xlsx_bytes(sheets) == first


def test_svg_holds_its_shapes_as_text() -> None:
    shapes = [
        Line(0, 0, 10, 20, 1.5, "#000000", 0.5, "甲 — 乙: <2>"),
        Mark(5, 5, 4, "#ff0000", tip="圆"),
        Mark(15, 5, 4, "#00ff00", square=True),
        Label(5, 20, '区"民政\x00局"<&>', 13, bold=True),
    ]
    root = etree.fromstring(svg_text(Drawing(100, 50, "标题&", "说明", shapes)).encode())
    assert root.get("viewBox") == "0 0 100 50"
    assert root.findtext(f"{SVG}title") == "标题&"
    assert root.findtext(f"{SVG}line/{SVG}title") == "甲 — 乙: <2>"
    assert root.findtext(f"{SVG}text") == '区"民政局"<&>'
    assert len(root.findall(f"{SVG}circle")) == 1
    assert len(root.findall(f"{SVG}rect")) == 2  # background and square
    assert "Noto Sans CJK SC" in (root.get("font-family") or "")


@pytest.mark.parametrize(("text", "ems"), [("民政局", 3.0), ("ab", 1.12), ("", 0.0)])
def test_text_width_counts_wide_characters_double(text: str, ems: float) -> None:
    assert text_width(text, 10) == pytest.approx(10 * ems)
