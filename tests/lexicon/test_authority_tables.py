"""The authority tables refer to each other correctly and are sorted."""

from __future__ import annotations

import re

import pytest

from mskg.lexicon.areas import areas
from mskg.lexicon.departments import bare, forms, functions, irregular_names, suffixes, variants
from mskg.lexicon.regions import region_table
from mskg.lexicon.tables import read_table
from mskg.resolve.bodies import parse_body
from mskg.text.folding import fold

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("areas", "id"),
        ("departments", "id"),
        ("department_forms", "form"),
        ("department_names", "form"),
        ("department_suffixes", "suffix"),
        ("functions", "id"),
        ("ledger_columns", "id"),
        ("network", "id"),
        ("regions", "code"),
        *((table, "id") for table in ("basic_services", "counting", "issue_kinds", "region_types")),
        *((table, "id") for table in ("roles", "statuses", "target_groups", "thing_families")),
        *((table, "id") for table in ("things", "work_stages")),
    ],
)
def test_keys_are_unique_and_sorted(table: str, key: str) -> None:
    keys = [row[key] for row in read_table(table)]
    assert len(keys) == len(set(keys))
    assert keys == sorted(keys)


def test_names_of_one_province_are_sorted_and_known() -> None:
    keys = [(row["province"], row["form"]) for row in read_table("department_variants")]
    assert keys == sorted(set(keys))
    for (province, form), name in variants().items():
        assert region_table().by_code[province].is_province, province
        assert parse_body(name) is not None, name
        assert parse_body(form) is None or parse_body(form).template != f"{{r}}{name}", form


@pytest.mark.parametrize(
    "table",
    [
        *("areas", "departments", "department_forms", "regions", "basic_services", "counting"),
        *("issue_kinds", "ledger_columns", "region_types", "roles", "sdg", "statuses"),
        "target_groups",
        *("thing_families", "things", "work_stages"),
    ],
)
def test_every_row_names_its_source(table: str) -> None:
    assert all(row["source"] for row in read_table(table))


def test_ids_can_stand_in_iris() -> None:
    ids = [
        row["id"]
        for name in ("areas", "departments", "functions", "statuses", "things")
        for row in read_table(name)
    ]
    ids += [entry.id for entry in irregular_names().values()]
    assert [i for i in ids if not SLUG.match(i)] == []


def test_functions_exist() -> None:
    used = {f for row in read_table("departments") for f in row["functions"].split()}
    used |= {f for entry in irregular_names().values() for f in entry.functions}
    assert used <= functions().keys()


def test_forms_belong_to_departments_and_hold_no_connector() -> None:
    ids = {row["id"] for row in read_table("departments")}
    for text, form in forms().items():
        assert form.department in ids
        assert bare(text) == text


def test_abbreviations_expand_to_forms_of_the_same_department() -> None:
    wrong = [
        (form.text, form.name)
        for form in forms().values()
        if form.name and forms()[bare(form.name)].department != form.department
    ]
    assert wrong == []


def test_all_forms_are_folded() -> None:
    texts = [*forms(), *irregular_names(), *(suffix.text for suffix in suffixes())]
    assert fold("\n".join(texts)) == "\n".join(texts)


def test_suffixes_are_tried_longest_first() -> None:
    lengths = [len(suffix.text) for suffix in suffixes()]
    assert lengths == sorted(lengths, reverse=True)


def test_area_keywords_are_distinct_within_an_area() -> None:
    for area in areas().values():
        assert len(area.keywords) == len(set(area.keywords)) > 0


class TestRegions:
    """The table of places (state of 2026)."""

    @pytest.mark.parametrize(
        ("code", "name"),
        [
            ("130303", "山海关区"),
            ("130929", "献县"),
            ("130200", "唐山市"),
            ("640424", "泾源县"),
            ("410411", "湛河区"),
            ("540481", "米林市"),
            ("659012", "白杨市"),
            ("330114", "钱塘区"),
            ("130502", "襄都区"),
        ],
    )
    def test_codes(self, code: str, name: str) -> None:
        assert region_table().by_code[code].name == name

    def test_sizes(self) -> None:
        codes = [row["code"] for row in read_table("regions")]
        assert sum(code.endswith("0000") for code in codes) == 34
        assert 2800 < sum(not code.endswith("00") for code in codes) < 2950

    def test_parents_exist_and_end_at_a_province(self) -> None:
        table = region_table()
        assert {table.chain(region)[-1].is_province for region in table.by_code.values()} == {True}

    def test_every_name_is_found_in_folded_text(self) -> None:
        table = region_table()
        names = [region.name for region in table.by_code.values()]
        lost = [n for n, f in zip(names, fold("\n".join(names)).split("\n"), strict=True)
                if table.match(f + "人民政府") != f]  # fmt: skip
        assert lost == []

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("恩施州", "422800"),
            ("长阳县", "420528"),
            ("宁夏区", "640000"),
            ("鄂伦春旗", "150723"),
            ("密云县", "110228"),
            ("襄樊市", "420600"),
        ],
    )
    def test_common_and_former_names(self, name: str, code: str) -> None:
        assert [region.code for region in region_table().by_name[name]] == [code]

    @pytest.mark.parametrize(
        ("code", "short"),
        [
            ("410411", "湛河"),
            ("130929", "献县"),
            ("640000", "宁夏"),
            ("422800", "恩施"),
            ("530925", "双江"),
            ("310115", "浦东"),
            ("150722", "莫力达瓦"),
            ("140302", "城区"),
        ],
    )
    def test_short_names(self, code: str, short: str) -> None:
        assert region_table().by_code[code].short == short

    def test_match_takes_the_longest_name(self) -> None:
        table = region_table()
        assert (
            table.match("双江拉祜族佤族布朗族傣族自治县教育局") == "双江拉祜族佤族布朗族傣族自治县"
        )
        assert table.match("关于湛河区", 2) == "湛河区"
        assert table.match("教育局") == ""
