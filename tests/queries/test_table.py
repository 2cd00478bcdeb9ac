"""Tables as text."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest

from mskg.errors import QueryError
from mskg.export import write_rows
from mskg.ns import PREFIXES
from mskg.query import ResultTable, run_query
from mskg.query.table import python_value, table_of, term_of
from mskg.rdf.terms import Literal
from mskg.store import Solutions

XSD = PREFIXES["xsd"]
TABLE = ResultTable(
    ("departmentA", "tasksShared", "due"),
    (("区民政局, 区残联", 4, date(2023, 6, 30)), ('a "b"\n|c', Decimal("0.5"), None)),
    ("部门甲", "", "期限"),
)


def test_titles() -> None:
    assert TABLE.titles() == ("department A", "tasks shared", "due")
    assert TABLE.titles("zh") == ("部门甲", "tasks shared", "期限")


def test_csv() -> None:
    assert TABLE.to_csv() == (
        'department A,tasks shared,due\n"区民政局, 区残联",4,2023-06-30\n"a ""b""\n|c",0.5,\n'
    )
    assert TABLE.to_csv(bom=True, language="zh").startswith("\ufeff部门甲,tasks shared,期限\n")


def test_tsv() -> None:
    assert TABLE.to_tsv().splitlines()[1] == "区民政局, 区残联\t4\t2023-06-30"


def test_json() -> None:
    assert json.loads(TABLE.to_json()) == [
        {"departmentA": "区民政局, 区残联", "tasksShared": 4, "due": "2023-06-30"},
        {"departmentA": 'a "b"\n|c', "tasksShared": 0.5, "due": None},
    ]


def test_markdown() -> None:
    assert TABLE.to_markdown() == (
        "| department A | tasks shared | due |\n| --- | --- | --- |\n"
        '| 区民政局, 区残联 | 4 | 2023-06-30 |\n| a "b" \\|c | 0.5 |  |\n'
    )


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        ("https://example.org/", "https://example.org/"),
        (Literal("x", "", "zh"), "x"),
        (Literal("007", XSD + "integer"), 7),
        (Literal("2023", XSD + "gYear"), 2023),
        (Literal("4400.0", XSD + "decimal"), 4400),
        (Literal("0.50", XSD + "decimal"), Decimal("0.5")),
        (Literal("1.5E1", XSD + "double"), 15.0),
        (Literal("2023-06-30", XSD + "date"), date(2023, 6, 30)),
        (Literal("2023-06-30+08:00", XSD + "date"), "2023-06-30+08:00"),
        (Literal("true", XSD + "boolean"), True),
        (Literal("x", XSD + "decimal"), "x"),
    ],
)
def test_python_value(term: object, value: object) -> None:
    found = python_value(term)  # type: ignore[arg-type]
    assert found == value
    assert type(found) is type(value)


ROWS = (
    ("https://e.org/x", Literal("a<b&c", "", "zh"), None),
    ("_:b1", Literal("1.50", XSD + "decimal"), Literal("t")),
)
GRID = table_of(Solutions(("s", "o", "n"), ROWS), ("s", "o", "n"))


def test_sparql_json_and_xml_read_back_as_they_were() -> None:
    for text, form in (
        (GRID.to_sparql_json(), ox.QueryResultsFormat.JSON),
        (GRID.to_sparql_xml(), ox.QueryResultsFormat.XML),
    ):
        found = ox.parse_query_results(text, format=form)
        assert isinstance(found, ox.QuerySolutions)
        assert [v.value for v in found.variables] == ["s", "o", "n"]
        rows = [list(row) for row in found]
        assert rows[0] == [
            ox.NamedNode("https://e.org/x"),
            ox.Literal("a<b&c", language="zh"),
            None,
        ]
        assert isinstance(rows[1][0], ox.BlankNode)
        assert rows[1][1] == ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal"))
        assert rows[1][2] == ox.Literal("t")


@pytest.mark.parametrize("answer", [True, False])
def test_sparql_results_of_an_answer(answer: bool) -> None:
    table = ResultTable(("answer",), ((answer,),), form="ASK")
    for text, form in (
        (table.to_sparql_json(), ox.QueryResultsFormat.JSON),
        (table.to_sparql_xml(), ox.QueryResultsFormat.XML),
    ):
        found = ox.parse_query_results(text, format=form)
        assert isinstance(found, ox.QueryBoolean)
        assert bool(found) is answer


def test_values_without_terms_become_literals() -> None:
    binding = json.loads(TABLE.to_sparql_json())["results"]["bindings"][0]
    assert binding["tasksShared"] == {"type": "literal", "value": "4", "datatype": XSD + "integer"}
    assert binding["due"]["datatype"] == XSD + "date"
    values = [True, 2, 0.5, Decimal("1.25"), None, "x"]
    assert [python_value(term_of(value)) for value in values] == values


def test_xml_leaves_out_what_it_cannot_hold() -> None:
    text = ResultTable(("a",), (("x\x00y",),)).to_sparql_xml()
    assert "<literal>xy</literal>" in text


def test_rdf_only_of_graphs() -> None:
    triples = (
        ("https://e.org/s", "https://e.org/p", "_:b"),
        ("_:b", "https://e.org/q", Literal("x")),
    )
    names = ("subject", "predicate", "object")
    graph = replace(table_of(Solutions(names, triples), names), form="CONSTRUCT")
    assert len(list(ox.parse(graph.to_rdf(), format=ox.RdfFormat.TURTLE))) == 2
    assert len(graph.to_rdf("nt").splitlines()) == 2
    with pytest.raises(QueryError, match="is no graph"):
        GRID.to_rdf()


def test_data_frames() -> None:
    table = ResultTable(
        ("name", "n", "share", "due"),
        (("甲", 4, Decimal("0.25"), date(2023, 6, 30)), ("乙", None, None, None)),
    )
    frame = table.to_pandas()
    assert str(frame.dtypes["n"]) == "Int64"
    assert frame["n"].sum() == 4
    assert frame["share"].max() == 0.25
    assert frame["n"].isna().tolist() == [False, True]
    other = table.to_polars()
    assert other.schema["n"].is_integer()
    assert other.schema["share"].is_float()
    assert other["due"].to_list() == [date(2023, 6, 30), None]
    empty = replace(table, rows=())
    assert list(empty.to_pandas().columns) == other.columns == empty.to_polars().columns


@pytest.mark.parametrize(("name", "method"), [("pandas", "to_pandas"), ("polars", "to_polars")])
def test_a_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, method: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(
        QueryError, match=rf"{name} is not installed \(pip install 'mskg\[{name}\]'"
    ):
        getattr(TABLE, method)()


def test_a_spreadsheet_has_numbers_dates_and_evidence(stores: Any, tmp_path: Path) -> None:
    table = run_query(stores.get("memory", "trio"), "targets-over-years", evidence=True)
    path = write_rows(tmp_path / "t.xlsx", table.titles("zh"), table.rows, title="逐年")
    sheet = openpyxl.load_workbook(path)["逐年"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("地区", "指标", "单位")
    assert rows[0][-3:] == ("原文", "出处", "位置")
    assert rows[1][3:8] == (2023, 400, 2024, 520, 120)
    assert rows[1][8] == "520座\n400座"
