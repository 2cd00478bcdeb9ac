"""Tables as text."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from mskg.ns import PREFIXES
from mskg.query import ResultTable
from mskg.query.table import python_value
from mskg.rdf.terms import Literal

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
