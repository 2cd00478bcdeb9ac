"""One paper as a page, a Word file and a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree, html
from openpyxl import load_workbook
from papers import AT, EVIL, sample_paper

from mskg.render.charts import clipped, month_ends, months
from mskg.render.ics import CalendarDay, calendar_bytes
from mskg.render.paper import Bars, Figure, Grid, Notes, Timeline, Value, Words, shown
from mskg.render.paper_book import paper_book
from mskg.render.paper_cut import shortened
from mskg.render.paper_page import paper_page
from mskg.render.paper_word import paper_word
from mskg.render.svg import text_width

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CLEAN = EVIL.replace("\x01", "")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Value(None), ""),
        (Value(7), "7"),
        (Value(Decimal("1E+3")), "1000"),
        (Value(Decimal("15000000.50"), sign="≥", unit="元"), "≥ 15,000,000.5 元"),
        (Value(date(2023, 6, 30)), "2023-06-30"),
        (Value(Decimal("0.9999"), share=True), "99.9%"),
        (Value(Decimal(1), share=True), "100%"),
        (Figure("完成率", Decimal("0.125"), share=True), "12.5%"),
    ],
)
def test_values_in_words(value: Value | Figure, words: str) -> None:
    assert shown(value) == words


def test_page_needs_nothing_and_every_link_leads_somewhere() -> None:
    text = paper_page(sample_paper())
    page = html.fromstring(text)
    assert not page.xpath("//script")
    assert "<script>alert" not in text
    assert "\x01" not in text
    assert not re.search(r"""(?:src|href)=["'](?!#)""", text)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href")} <= set(ids)
    assert len(page.xpath("//figure/*[local-name()='svg']")) == 3
    assert page.xpath("//tbody/tr[1]/td[3]/text()")[0] == "≥ 15,000,000.5 元"
    assert "没有行。" in page.text_content()


def test_drawings_are_well_formed_and_stay_inside() -> None:
    for text in re.findall(r"<svg.*?</svg>", paper_page(sample_paper(9)), re.DOTALL):
        drawing = etree.fromstring(text)
        width, height = (float(drawing.get(side)) for side in ("width", "height"))
        for element in drawing.iter("{*}line", "{*}circle"):
            for key, most in (("x1", width), ("x2", width), ("y1", height), ("y2", height),
                              ("cx", width), ("cy", height)):  # fmt: skip
                assert 0 <= float(element.get(key, "0")) <= most


def test_long_labels_are_cut_to_their_width() -> None:
    assert clipped("短", 100) == "短"
    cut = clipped("很长的任务名称" * 9, 200)
    assert cut.endswith("…")
    assert text_width(cut, 12) <= 200


def test_months_over_a_year() -> None:
    assert months(date(2023, 11, 15), date(2024, 2, 1)) == [
        date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1)
    ]  # fmt: skip
    assert month_ends(date(2024, 2, 3), date(2024, 3, 1)) == [date(2024, 2, 29), date(2024, 3, 31)]


def test_word_file_holds_tables_links_and_fonts() -> None:
    from docx import Document

    data = paper_word(sample_paper())
    document = Document(io.BytesIO(data))
    texts = [cell.text for cell in document.tables[1]._cells]
    assert texts[7:14] == [
        "1", CLEAN, "≥ 15,000,000.5 元", "99.9%", AT.isoformat(), "●逾期", "[1]"
    ]  # fmt: skip
    body = document.element.body
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    numbers = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(numbers) == len(set(numbers))
    goals = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert goals
    assert goals <= marks
    fonts = document.styles["Heading 1"].element.find(f"{W}rPr/{W}rFonts")
    assert fonts.get(f"{W}eastAsia") == "黑体"
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)
    # Heads of tables stand again on every page, and no row is broken over two.
    assert len(list(body.iter(f"{W}tblHeader"))) >= 4
    assert len(list(body.iter(f"{W}cantSplit"))) == len(list(body.iter(f"{W}tr")))


def test_workbook_keeps_numbers_and_shows_what_they_rest_on() -> None:
    book = load_workbook(io.BytesIO(paper_book(sample_paper())))
    titles = "通报 各任务_明细 空表 各任务进度 节点 累计 五、表决"
    assert [name.replace(" ", "_") for name in book.sheetnames] == titles.split()
    sheet = book["各任务 明细"]
    head = [cell.value for cell in sheet[1]]
    assert head[-3:] == ["怎样得出", "原文", "位置"]
    row = sheet[2]
    assert row[0].value == 1
    assert (row[1].value, row[1].data_type) == (CLEAN, "s")
    assert row[2].value == 15000000.5
    assert row[2].number_format == '"≥ "General" 元"'
    assert (row[3].value, row[3].number_format) == (0.9999, "0.0%")
    assert row[4].value.date() == AT
    assert [cell.value for cell in row[7:]] == [f"规则 1 · {CLEAN}", "原文1", "第1行"]
    assert sheet.freeze_panes == "A2"
    assert [len(book[name]._charts) for name in ("各任务进度", "累计")] == [1, 1]
    assert book["空表"]["A2"].value == "没有行。"


@pytest.mark.parametrize("writer", [paper_word, paper_book])
def test_office_files_hold_no_clock(writer) -> None:
    data = writer(sample_paper())
    assert data == writer(sample_paper())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4})-\d\d-\d\dT", core)) == {"2000"}


def test_a_long_paper_is_cut_and_says_so() -> None:
    paper = sample_paper(12)
    short = shortened(paper, 5)
    blocks = [block for section in short.sections for block in section.blocks]
    assert next(len(block.rows) for block in blocks if isinstance(block, Grid)) == 5
    assert [len(block.bars) for block in blocks if isinstance(block, Bars)] == [5]
    assert [len(block.lanes) for block in blocks if isinstance(block, Timeline)] == [5]
    left = [block.text for block in blocks if isinstance(block, Words) and "未列出" in block.text]
    assert left == ["另有 7 行未列出。"] * 3
    notes = next(block for block in blocks if isinstance(block, Notes))
    assert [note.number for note in notes.notes] == [1, 2, 3, 4, 5]
    assert shortened(paper, 12) == paper


def test_calendar_reads_back_and_is_folded_between_characters() -> None:
    from icalendar import Calendar

    days = [
        CalendarDay("b@x", date(2023, 12, 31), "第二件", "说明", date(2023, 1, 31)),
        CalendarDay(
            "a@x", date(2023, 6, 30), "很长的标题，" * 30, "一\n二；三,四\\", date(2023, 1, 31),
            ("泾源县", "民政局"), (1, 7, 0, 7), {"freq": "MONTHLY", "bymonthday": [-1]},
        ),
    ]  # fmt: skip
    data = calendar_bytes("期限", days)
    assert data == calendar_bytes("期限", list(reversed(days)))
    assert max(map(len, data.split(b"\r\n"))) <= 75
    for line in data.split(b"\r\n"):
        line.decode()  # no character is broken over two lines
    first, second = Calendar.from_ical(data).walk("VEVENT")
    assert (str(first["uid"]), str(second["uid"])) == ("a@x", "b@x")
    assert str(first["summary"]) == days[1].title
    assert str(first["description"]) == days[1].text
    assert first.decoded("dtend") == date(2023, 7, 1)
    triggers = [alarm["trigger"].to_ical().decode() for alarm in first.walk("VALARM")]
    assert triggers == ["-P6DT15H", "-PT15H", "PT9H"]
    assert first["rrule"].to_ical() == b"FREQ=MONTHLY;BYMONTHDAY=-1"
    assert not second.walk("VALARM")
