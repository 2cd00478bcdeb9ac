"""What a person should look at: vague words, bodies of other places, names misspelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from mskg.lexicon.regions import region_table
from mskg.lexicon.tables import read_table
from mskg.lexicon.vague import find_vague
from mskg.model import Issue, Plan
from mskg.pipeline import read_plan
from mskg.resolve import Correction, Corrections, Scope, propose_names, report_names
from mskg.resolve.likely import likely_body

DOCUMENTS = Path(__file__).resolve().parents[2] / "data" / "documents"
XIAN = Scope(region_table().by_code["130929"], "献县", "key")
TEXT = """献县2024年民生实事
一、新建幼儿园3所，积极争取资金。（牵头单位：县教育局、县妇连）
二、积极推动路灯建设，做到应建尽建；第一批安装5盏，适时扩大。（牵头单位：县交通局）
三、为符合条件的家庭签约2000户，新建车位约300个，配套若干充电桩。（牵头单位：县住建局）
四、新增学位400个左右。（牵头单位：县教育局；配合单位：郑州市财政局、县推动发展办）
"""


@pytest.fixture(name="plan")
def _plan(tmp_path: Path) -> Plan:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return read_plan(path)


def of(plan: Plan, code: str) -> list[Issue]:
    return [issue for issue in plan.issues if issue.code == code]


def test_vague_words_are_told_with_their_place(plan: Plan) -> None:
    found = of(plan, "vague")
    words = [issue.span.quote for issue in found if issue.span]
    assert words == ["积极", "推动", "应建尽建", "适时", "约", "若干", "左右"]
    for issue in found:
        assert issue.severity == "info"
        assert issue.span is not None
        assert TEXT[issue.span.begin : issue.span.end] == issue.span.quote
        assert issue.span.quote in issue.message
        assert issue.span.quote in issue.message_en
    assert found[0].span is not None
    assert found[0].span.locator.line == 3  # in line 2 a number stands beside 积极
    assert {issue.span.locator.line for issue in found[4:6] if issue.span} == {4}


def test_traditional_script_is_vague_too(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT.replace("应建尽建", "應建盡建").replace("适时", "適時"), encoding="utf-8")
    words = [issue.span.quote for issue in of(read_plan(path), "vague") if issue.span]
    assert "應建盡建" in words
    assert "適時" in words


def test_the_table_of_vague_words_is_sorted_and_sourced() -> None:
    rows = read_table("vague")
    assert [row["word"] for row in rows] == sorted({row["word"] for row in rows})
    assert all(row["source"] for row in rows)
    for row in rows:
        word = row["word"].replace("…", "改")
        assert list(find_vague(word)) == [(0, len(word), row["kind"])]


def test_issues_of_vague_words_in_the_five_plans() -> None:
    """Counted by reading: 山海关 has 应查尽查 and 约5500平方米, 湛河 only 积极配合."""
    words = {}
    for path in sorted(DOCUMENTS.glob("*.txt")):
        found = of(read_plan(path), "vague")
        words[path.name[:3]] = [issue.span.quote for issue in found if issue.span]
    assert words["000"] == ["约", "应查尽查", "不断", "积极"]
    assert words["004"] == ["积极"]
    assert {"應篩盡篩", "左右", "約", "應保盡保", "應救盡救"} <= set(words["002"])
    assert {"应筛尽筛", "应保尽保", "约"} <= set(words["003"])


def test_a_body_of_another_place_is_a_warning_until_someone_decides(
    plan: Plan, tmp_path: Path
) -> None:
    (issue,) = of(plan, "other-place")
    assert issue.severity == "warning"
    assert "河南省郑州市" in issue.message
    assert issue.span is not None
    assert issue.span.quote == "郑州市财政局"
    (row,) = [row for row in propose_names(plan) if row.quote == "郑州市财政局"]
    assert (row.kind, row.value) == ("org", "郑州市财政局")
    path = tmp_path / "plan.txt"
    assert of(read_plan(path, corrections=Corrections((row,))), "other-place") == []


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_bodies_above_and_below_are_no_strangers(path: Path) -> None:
    assert of(read_plan(path), "other-place") == []


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("县妇连", "县妇联"),
        ("县残连", "县残联"),
        ("县人社居", "县人社局"),
        ("县发该局", "县发改局"),
        ("献县教育居", "献县教育局"),
        ("縣婦連", "县妇联"),
        ("县水里局", ""),  # 水利局 and 水务局 are as near
        ("县糖业办", ""),
        ("县城投公司", ""),
        ("县重点项目办", ""),
        ("各乡镇", ""),
        ("", ""),
    ],
)
def test_a_misspelt_name_gets_its_like(printed: str, meant: str) -> None:
    found = likely_body(printed, XIAN)
    assert (found[0] if found else "") == meant


def test_the_report_proposes_the_likely_name(plan: Plan) -> None:
    (name,) = [name for name in report_names(plan) if name.printed == "县妇连"]
    assert (name.state, name.likely, name.likely_org) == ("unresolved", "县妇联", "献县妇女联合会")
    (row,) = [row for row in propose_names(plan) if row.quote == "县妇连"]
    assert row.row[1:4] == ("县妇连", "org", "献县妇女联合会")
    assert "县妇联" in row.note
    assert isinstance(row, Correction)
