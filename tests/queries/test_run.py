"""Running named queries: parameters, names, evidence, and wrong input."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from mskg.errors import QueryError
from mskg.query import Catalogue, names, query_text, run_query
from mskg.query.catalogue import parse_query

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def five(stores: Any) -> Any:
    return stores.get("memory", "five")


@pytest.fixture(scope="module")
def sample(stores: Any) -> Any:
    return stores.get("memory", "sample")


@pytest.mark.parametrize(
    "region",
    ["湛河区", "湛河", "410411", 410411, "https://w3id.org/mskg/id/region/410411", ["湛河区"]],
)
def test_a_region_by_any_name(five: Any, region: object) -> None:
    assert len(run_query(five, "tasks", {"region": region})) == 10


def test_several_values_mean_any_of_them(five: Any) -> None:
    assert len(run_query(five, "tasks", {"region": ["湛河区", "泾源县"]})) == 20
    assert len(run_query(five, "programs", {"year": [2023, "2024年"]})) == 5


@pytest.mark.parametrize(
    ("department", "regions"),
    [
        ("区卫健局", {"山海关区"}),
        ("山海关区卫生健康局", {"山海关区"}),
        ("市衛生健康委", {"唐山市"}),
        ("市卫生健康委", {"唐山市"}),
        ("司法局", {"泾源县"}),
        ("财政", {"湛河区"}),
        ("民政", {"唐山市", "山海关区", "湛河区"}),
    ],
)
def test_a_department_as_printed_in_full_or_in_part(
    five: Any, department: str, regions: set[str]
) -> None:
    table = run_query(five, "department-tasks", {"department": department})
    assert {row["regionName"] for row in table.to_dicts()} == regions


def test_words_match_in_either_script(five: Any) -> None:
    for word in ("户厕", "戶廁"):
        rows = run_query(five, "targets-for-thing", {"word": word}).to_dicts()
        assert [(row["regionName"], row["value"]) for row in rows] == [
            ("唐山市", 22580),
            ("泾源县", 1310),
            ("献县", 396),
        ]


def test_values_are_python_values(sample: Any) -> None:
    row = run_query(sample, "due-by", {"date": date(2023, 6, 30)}).to_dicts()[0]
    assert row["value"] == 120
    assert row["due"] == date(2023, 6, 30)
    assert row["planYear"] is None


def test_none_means_not_given(five: Any) -> None:
    assert run_query(five, "tasks", {"region": None}) == run_query(five, "tasks")


def test_numbers_with_fractions_and_separators(five: Any) -> None:
    rows = run_query(five, "evidence", {"value": "4596.66"}).to_dicts()
    assert [(row["indicator"], row["targetValue"]) for row in rows] == [
        ("校舍面积", Decimal("4596.66"))
    ]
    assert len(run_query(five, "evidence", {"value": "22,580"})) == 1


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("shared-task", {}, "did you mean: shared-tasks"),
        ("no idea", {}, "there is no query 'no idea'"),
        ("tasks", {"regoin": "x"}, "has no parameter 'regoin'.*region"),
        ("issues", {"what": "x"}, "has no parameter 'what'"),
        ("shared-tasks", {"min": "four"}, "min='four' is not a whole number"),
        ("shared-tasks", {"min": "4.5"}, "is not a whole number"),
        ("shared-tasks", {"min": True}, "is not a whole number"),
        ("evidence", {"value": "NaN"}, "is not a number"),
        ("tasks", {"year": "23"}, "is not a year"),
        ("due-by", {"date": "2023-02-30"}, "is not a date"),
        ("due-by", {"date": "30 June"}, "is not a date"),
        ("due-by", {}, "parameter 'date' is missing"),
        ("tasks", {"region": "湛江区"}, "no region in the store is called '湛江区'.*湛河区"),
        ("tasks", {"region": ""}, "no region"),
        ("tasks", {"region": "山"}, "may mean more than one region"),
        ("tasks", {"region": "http://bad iri>"}, "not an absolute IRI"),
        ("department-tasks", {"department": "区民政科"}, "did you mean: .*区民政局"),
        ("department-tasks", {"function": "helth"}, "no function in the store.*health"),
    ],
)
def test_wrong_input(five: Any, name: str, params: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_query(five, name, params)
    assert "\n" not in str(caught.value)
    assert "\n" not in caught.value.line("zh")


@pytest.mark.parametrize(
    "given", ["民政局", "区民政局", "湛河区民政局", "各乡（街道）", "區民政局", "教"]
)
def test_departments_are_found_by_their_names_first(
    five: Any, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = names.find_named(five, "department", given)
    assert found
    monkeypatch.setattr(names, "_MANY", 0)  # now all departments with all their names
    assert names.find_named(five, "department", given) == found


def test_a_value_cannot_change_the_query(five: Any) -> None:
    nasty = '" } } # \\ 民'
    assert len(run_query(five, "evidence", {"word": nasty, "task": nasty})) == 0


def test_dates_that_follow_from_others(five: Any) -> None:
    query = Catalogue().get("due-soon")
    text = query_text(five, query, {"from": "2023-12-20"})
    assert 'VALUES ?until { "2024-01-19"^^' in text
    text = query_text(five, query, {"from": "2023-12-20", "until": "2023-12-31"})
    assert 'VALUES ?until { "2023-12-31"^^' in text


def test_filling_keeps_lines(five: Any) -> None:
    query = Catalogue().get("department-tasks")
    text = query_text(five, query, {"region": "湛河区", "department": "区民政局", "year": 2023})
    assert len(text.splitlines()) == len(query.text.splitlines())
    zhanhe = "VALUES ?region { <https://w3id.org/mskg/id/region/410411> }"
    assert f"\n  {zhanhe}\n" in text
    assert f"\n  {zhanhe} ?program mskg:region ?region .\n" in text
    assert query_text(five, query) == query.text


def test_evidence_columns(sample: Any) -> None:
    table = run_query(sample, "tasks-without-number", evidence=True)
    assert table.columns[-3:] == ("quote", "source", "place")
    assert table.titles("zh")[-3:] == ("原文", "出处", "位置")
    assert table.to_dicts()[0]["place"] == "line 3"
    without = run_query(sample, "tasks-without-number")
    assert [row[:4] for row in table.rows] == list(without.rows)


def test_evidence_where_there_is_none(five: Any) -> None:
    table = run_query(five, "tasks-without-number", {"region": "献县"}, evidence=True)
    assert {row[-3:] for row in table.rows} == {(None, None, None)}


def test_evidence_hides_the_names_of_leaders(stores: Any) -> None:
    trio = stores.get("memory", "trio")
    rows = run_query(trio, "tasks", {"region": "卢龙县"}, evidence=True).to_dicts()
    assert len(rows) == 3
    for row in rows:
        assert "□□" in row["quote"]
        assert "张三" not in row["quote"]
        assert "李四" not in row["quote"]
    read = run_query(stores.get("memory", "read"), "tasks", {"region": "泾源县"}, evidence=True)
    quotes = "".join(row["quote"] for row in read.to_dicts())
    assert "□□" in quotes
    assert not re.search(r"李\s*静|任\s*伟|王继讲|张怀彪", quotes)


def test_a_region_with_several_years_gives_each_task_once(stores: Any) -> None:
    for kind in ("memory", "disk", "server"):
        for name in Catalogue().names:
            store = stores.get(kind, "trio")
            text = query_text(store, Catalogue().get(name), today=date(2024, 6, 30))
            rows = store.select(text).rows
            assert len(set(rows)) == len(rows), (kind, name)


def test_choices(stores: Any) -> None:
    store = stores.get("memory", "trio")
    rows = run_query(store, "plan-duties", {"role": "supervisor"}).to_dicts()
    assert {row["unitName"] for row in rows} == {"昌黎县人民政府督查室"}
    with pytest.raises(QueryError, match=r"none of its choices.*supervisor"):
        run_query(store, "plan-duties", {"role": "supervisr"})


def test_parts_of_a_joined_cell_are_sorted_as_numbers(five: Any) -> None:
    table = run_query(five, "coverage", {"region": "湛河区", "word": "全"})
    numbers = table.to_dicts()[0]["taskNumbers"].split("、")
    assert numbers == sorted(numbers, key=int)
    assert "10" in numbers


def test_every_query_says_what_it_is() -> None:
    for query in [*Catalogue(), *Catalogue().violations]:
        assert query.title
        assert query.title_zh
        assert query.tags
        assert all(query.titles_zh), query.name
        assert all(parameter.help and parameter.help_zh for parameter in query.parameters)
    assert all(query.description for query in Catalogue())


HEAD = "#+ title: t\n#+ title-zh: 标题\n#+ columns: s 主语\n#+ tags: x\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "#+ param: min integer\nSELECT ?s {}", "no line VALUES"),
        (HEAD + "#+ param: min choice\nSELECT ?s { VALUES ?min { UNDEF } }", "wrong parameter"),
        (HEAD + "#+ param: min string(a|b)\nSELECT ?s { }", "wrong parameter"),
        (HEAD + "#+ param: min whole\nSELECT ?s { VALUES ?min { UNDEF } }", "wrong parameter"),
        ("#+ columns: s\nSELECT ?s {}", "title or columns"),
        ("SELECT ?s {}", "title or columns"),
    ],
)
def test_a_file_with_a_wrong_header(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parse_query("mine", text)


def test_a_catalogue_of_ones_own(five: Any, tmp_path: Path) -> None:
    text = HEAD + "SELECT ?s { VALUES ?s { 'ö' 'a|b' } }"
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    table = run_query(five, "mine", catalogue=Catalogue(tmp_path))
    assert sorted(table.lexical()) == [("a|b",), ("ö",)]
