"""Printed names of departments in many places → organisation, id, functions."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mskg.lexicon.departments import forms, irregular_names
from mskg.lexicon.regions import Region, region_table
from mskg.resolve import Scope, resolve_name

with (Path(__file__).parent / "names.csv").open(encoding="utf-8", newline="") as _file:
    NAMES = list(csv.DictReader(_file))


def scope(code: str, text: str = "") -> Scope:
    region = region_table().by_code[code]
    return Scope(region, text or region.name, "document")


@pytest.mark.parametrize("row", NAMES, ids=lambda row: f"{row['region']}-{row['printed']}")
def test_name(row: dict[str, str]) -> None:
    found = resolve_name(row["printed"], scope(row["region"]))
    assert found.org == row["org"]
    assert found.org_id == row["org_id"]
    assert " ".join(found.functions) == row["functions"]
    assert found.collective == (row["collective"] == "y")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "410411",
            ["区卫健局", "区卫生健康局", "区卫健委", "区卫生健康委", "湛河区卫生健康委员会"],
        ),
        ("130200", ["市發改委", "市發展改革委", "市发展和改革委员会", "唐山市发改委", "发改委"]),
        (
            "410411",
            [
                "市公安局湛河分局",
                "湛河公安分局",
                "区公安分局",
                "平顶山市公安局湛河区分局",
                "公安分局",
            ],
        ),
        ("411628", ["团县委", "共青团鹿邑县委", "共青团鹿邑县委员会", "县团委"]),
        ("411628", ["县税务局", "国家税务总局鹿邑县税务局"]),
        ("411628", ["县政府办", "县府办", "县政府办公室", "鹿邑县人民政府办公室"]),
        ("411628", ["县供销社", "县供销合作社", "县供销合作社联合社"]),
        ("330110", ["良渚街道", "良渚街道办", "良渚街道办事处"]),
        ("330110", ["未来科技城", "未来科技城管委会"]),
        ("370100", ["市住建局", "市住房城乡建设局", "市住房和城乡建设局"]),
        ("330110", ["区资规分局", "规划和自然资源分局", "市规划和自然资源局余杭分局"]),
        ("430626", ["县委政法委", "县政法委", "政法委", "中共平江县委政法委员会"]),
    ],
)
def test_one_body_has_one_id(code: str, names: list[str]) -> None:
    assert len({resolve_name(name, scope(code)).org_id for name in names}) == 1


def test_a_street_that_was_a_town_keeps_its_office() -> None:
    place = scope("410411")
    assert resolve_name("某山镇街道办事处", place).org == "湛河区某山镇街道办事处"
    assert resolve_name("某山镇", place).org == "湛河区某山镇"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市教育局", "区教育局"),
        ("区教育局", "区体育局"),
        ("区农业农村局", "区水利局"),
        ("区疾控中心", "区疾控局"),
        ("区公安分局", "市公安局"),
        ("区委办", "区政府办"),
        ("河滨街道", "高阳路街道"),
        ("市公安局湛河分局", "市公安局卫东分局"),
    ],
)
def test_different_bodies_have_different_ids(one: str, other: str) -> None:
    place = scope("410411")
    assert resolve_name(one, place).org_id != resolve_name(other, place).org_id


@pytest.mark.parametrize(
    ("printed", "org", "suspect"),
    [
        ("市公安局漯河分局", "平顶山市公安局湛河分局", "“漯河分局”应为“湛河分局”"),
        ("甚河区民政局", "湛河区民政局", "“甚河区”应为“湛河区”"),
        ("区卫生建康委", "湛河区卫生健康委员会", "“卫生建康委”应为“卫生健康委”"),
        ("区住房和城建设局", "湛河区住房和城乡建设局", "“住房和城建设局”应为“住房和城乡建设局”"),
    ],
)
def test_printing_errors_are_repaired_and_marked(printed: str, org: str, suspect: str) -> None:
    found = resolve_name(printed, scope("410411"))
    assert (found.org, found.suspect) == (org, suspect)


@pytest.mark.parametrize(
    "printed",
    ["市公安局卫东分局", "区创业服务中心", "漯河市民政局", "新华区民政局", "区经济协作局"],
)
def test_unusual_names_are_not_repaired(printed: str) -> None:
    assert resolve_name(printed, scope("410411")).suspect == ""


@pytest.mark.parametrize(
    ("printed", "org"),
    [
        ("教育局", "教育局"),
        ("区教育局", "区教育局"),
        ("人社局", "人力资源和社会保障局"),
        ("市卫健委", "市卫生健康委员会"),
        ("经开区", "经开区"),
        ("城投集团", "城投集团"),
        ("各镇街", "各镇街"),
        ("区政府办", "区人民政府办公室"),
    ],
)
def test_without_a_place_the_printed_level_word_stays(printed: str, org: str) -> None:
    found = resolve_name(printed, Scope(None, "", "document"))
    assert found.org == org
    assert not found.verified


def test_bodies_of_two_documents_without_a_place_are_not_one() -> None:
    one, other = (resolve_name("区教育局", Scope(None, "", key)) for key in ("a", "b"))
    assert one.org_id != other.org_id


def test_the_document_tells_which_name_of_a_place_is_in_use() -> None:
    assert resolve_name("州教育局", scope("422800", "恩施州人民政府")).org == "恩施州教育局"
    assert resolve_name("州教育局", scope("422800")).org == "恩施土家族苗族自治州教育局"


@pytest.mark.parametrize("printed", ["县糖业办", "县剑麻企业服务中心", "县糖业发展局"])
def test_unknown_names_stay_provisional(printed: str) -> None:
    found = resolve_name(printed, scope("430626"))
    assert found.rule == "none"
    assert not found.verified
    assert found.functions == ()
    assert found.org.startswith("平江县" + printed[1:3])
    assert found.org_id.startswith("430626/x-")


@pytest.mark.parametrize("name", ["住房和城乡建设局", "政务服务和大数据管理局", "自然资源和规划局"])
def test_names_are_not_split_at_and(name: str) -> None:
    assert not resolve_name("县" + name, scope("430626")).collective


_LEVEL = {"市辖区": "区", "县": "县", "县级市": "市", "地级市": "市", "省": "省", "旗": "旗"}
_PLACES = [region for region in region_table().by_code.values() if region.kind in _LEVEL]
_BODIES = [stem + end for stem in forms() for end in ("局", "委", "中心", "办", "大队", "公司")]
_BODIES += list(irregular_names())


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(_PLACES), st.sampled_from(_BODIES), st.integers(0, 2))
def test_a_full_name_resolves_to_itself(region: Region, body: str, form: int) -> None:
    place = Scope(region, region.name, "document")
    printed = ("", _LEVEL[region.kind], region.name)[form] + body
    once = resolve_name(printed, place)
    again = resolve_name(once.org, place)
    if not once.collective:
        assert (again.org, again.org_id) == (once.org, once.org_id)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_gives_an_organisation(text: str) -> None:
    found = resolve_name(text, scope("410411"))
    assert found.org_id.startswith("410411/") or not found.org or found.verified or found.org_id


@pytest.mark.parametrize("unit", ["服务管理", "县", "各", "（", "和", "局", "平江县"])
def test_long_nonsense_ends(unit: str) -> None:
    """How soon it ends is measured by ``python -m benchmarks cost``."""
    found = resolve_name(unit * 500, scope("430626"))
    assert found.org_id.startswith("430626/") or found.verified
