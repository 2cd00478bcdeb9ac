"""Marks that nest, and the page on which a clerk sees what was read of a document."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from reading_plans import document_of

from mskg.export import explain_html
from mskg.export.flow import Paragraph, Table, flow
from mskg.export.marks import KINDS, Mark, Piece, nest, plan_marks
from mskg.export.points import open_points
from mskg.export.words import rule_words
from mskg.model import Document, Issue, Plan, Span, UnusedNumber
from mskg.pipeline import read_document_plan

ROOT = Path(__file__).resolve().parents[2]
PLANS = sorted((ROOT / "data" / "documents").glob("*.txt"))
FILES = ROOT / "tests" / "readers" / "files"
LETTERS = "abcdefghijklmnop"


def flat(pieces: tuple[Piece, ...]) -> str:
    return "".join(p.text if p.mark is None else flat(p.inside) for p in pieces)


def heads(pieces: tuple[Piece, ...]) -> list[Mark]:
    found = []
    for piece in pieces:
        if piece.mark is not None:
            found += [piece.mark] * piece.mark.head
            found += heads(piece.inside)
    return found


def ends(pieces: tuple[Piece, ...], begin: int) -> None:
    """Assert that every mark holds exactly the text between its begin and end."""
    at = begin
    for piece in pieces:
        if piece.mark is None:
            at += len(piece.text)
        else:
            assert piece.mark.begin == at
            ends(piece.inside, at)
            at += len(flat(piece.inside))
            assert piece.mark.end == at


places = st.tuples(st.integers(0, 15), st.integers(1, 16)).filter(lambda p: p[0] < p[1])


@given(st.lists(st.tuples(places, st.sampled_from(sorted(KINDS))), unique=True, max_size=8))
def test_marks_nest_and_no_text_is_lost(drawn: list[tuple[tuple[int, int], str]]) -> None:
    order = list(KINDS)
    marks = [
        Mark(begin, end, kind, "", "", id=f"{kind}-{begin}-{end}") for (begin, end), kind in drawn
    ]
    marks.sort(key=lambda mark: (mark.begin, -mark.end, order.index(mark.kind)))
    pieces = nest(LETTERS, 0, 16, marks)
    assert flat(pieces) == LETTERS
    ends(pieces, 0)
    assert sorted(mark.id for mark in heads(pieces)) == sorted(mark.id for mark in marks)


@pytest.fixture(scope="module", name="read", params=PLANS, ids=lambda path: path.stem[:3])
def _read(request: pytest.FixtureRequest) -> tuple[Document, Plan]:
    return read_document_plan(request.param)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_link_of_the_page_leads_somewhere(read: tuple[Document, Plan], lang: str) -> None:
    page = html.document_fromstring(explain_html(*read, lang=lang))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    goals = {goal.removeprefix("#") for goal in page.xpath("//a/@href")}
    assert goals
    assert goals <= set(ids)
    assert page.xpath("//script | //link | //img | //@onclick | //@src") == []
    assert page.get("lang") == {"zh": "zh-CN", "en": "en"}[lang]
    assert len(page.xpath("//nav/ol/li")) == len(read[1].tasks)


def test_the_page_holds_the_whole_text(read: tuple[Document, Plan]) -> None:
    document, plan = read
    page = html.document_fromstring(explain_html(document, plan, names=True))
    for ref in page.xpath("//a[@class='ref']"):
        ref.text = ""
    shown = "".join(page.xpath("//section[@id='text']")[0].itertext())
    letters = "".join(document.text.split())
    assert letters in "".join(shown.split())


def test_every_fact_has_its_mark(read: tuple[Document, Plan]) -> None:
    document, plan = read
    marks = {mark.id for mark in plan_marks(plan, open_points(document, plan, "zh"), "zh")}
    for task in plan.tasks:
        for entry in task.departments:
            assert entry.span is None or f"department-{entry.span.begin}-{entry.span.end}" in marks
        for item in task.items:
            for indicator in item.indicators:
                assert indicator.span is not None
                assert f"indicator-{indicator.span.begin}-{indicator.span.end}" in marks
    assert {n.rule for n in plan.unused_numbers if rule_words(n.rule, "zh") == n.rule} == set()


@pytest.mark.parametrize("name", ["table.docx", "table.html", "table.xlsx", "table-browser.pdf"])
def test_tables_are_tables(name: str) -> None:
    document, plan = read_document_plan(FILES / name)
    tables = [part for part in flow(document) if isinstance(part, Table)]
    assert max(table.columns for table in tables) >= 7
    page = html.document_fromstring(explain_html(document, plan))
    (cell,) = [td for td in page.xpath("//td") if td.text_content().strip() == "区水务局"]
    assert [c.text_content().strip() for c in cell.getparent()][:2] == ["1", "供水管网改造工程"]
    assert page.xpath("//td[@rowspan='3']")


def test_blocks_leave_out_nothing_but_white_space() -> None:
    for path in (*PLANS, FILES / "table.docx", FILES / "table.txt"):
        document = read_document_plan(path)[0]
        covered = set()
        for part in flow(document):
            blocks = (
                [part.block] if isinstance(part, Paragraph) else [c for r in part.rows for c in r]
            )
            covered |= {offset for block in blocks for offset in range(block.begin, block.end)}
        rest = "".join(c for at, c in enumerate(document.text) if at not in covered)
        assert rest.strip() == "", path


HOSTILE = """甲县2024年民生实事<script>alert(1)</script>
一、新建"幼儿园"3所&共&lt;i&gt;，共<b>12</b>处。（牵头单位：县教育局）
二、新建公厕5座。（牵头单位：县城管局）
三、新建道路6公里。（牵头单位：县交通局）
"""


def read_text(text: str, tmp_path: Path) -> tuple[Document, Plan]:
    path = tmp_path / "<i>plan.txt"
    path.write_text(text, encoding="utf-8")
    return read_document_plan(path)


def test_text_is_never_markup(tmp_path: Path) -> None:
    page = explain_html(*read_text(HOSTILE, tmp_path))
    assert "<script" not in page
    assert "<i>" not in page
    assert "&lt;b&gt;" in page
    assert "&amp;共&lt;i&gt;" in page  # an entity was read as the character it spells


def test_points_say_where_what_and_what_to_do(tmp_path: Path) -> None:
    document, plan = read_text(HOSTILE, tmp_path)
    begin = document.text.index("12")
    span = Span(begin, begin + 2, "12", document.locate(begin))
    plan = replace(
        plan,
        unused_numbers=(UnusedNumber("12", "unknown", span, "1"),),
        issues=(Issue("info", "x", "说明"), Issue("violation", "y", "错处", "wrong", span)),
    )
    points = open_points(document, plan, "en")
    assert [point.kind for point in points] == ["violation", "unknown", "info"]
    assert [point.number for point in points] == [1, 2, 3]
    assert points[0].message == "wrong"
    assert points[2].message == "说明"  # better Chinese than nothing
    unknown = points[1]
    assert unknown.place == "line 2"
    assert unknown.context[1] == "12"
    assert unknown.row is not None
    assert unknown.row.row[:3] == (plan.document.key, "b>12", "not-an-indicator")
    page = html.document_fromstring(explain_html(document, plan))
    assert page.xpath("//mark[@class='unknown']/a[@href='#p-2']")
    assert "98" not in page.xpath("string(//ul[@class='counts'])")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_marks_are_readable_and_told_apart_without_colour() -> None:
    """Contrast of text as in WCAG 2.2, 1.4.3; every kind has a form of its own."""
    css = (ROOT / "mskg" / "render" / "templates" / "explained.html").read_text(encoding="utf-8")
    rules = dict(re.findall(r"^mark\.(\w+) \{ (.*) \}$", css, re.MULTILINE))
    assert set(rules) == set(KINDS)
    ink = luminance("#1b1b1b")
    forms = []
    for kind, rule in rules.items():
        if match := re.search(r"background: (#\w{6})", rule):
            assert (luminance(match[1]) + 0.05) / (ink + 0.05) > 7, kind
        forms.append(re.sub(r"#\w{6}|background: [^;]*;", "", rule).strip())
    assert all(one != other for one, other in pairwise(sorted(forms)))


def test_a_plan_without_text_still_makes_a_page() -> None:
    document = document_of("\n")
    assert list(flow(document)) == []
