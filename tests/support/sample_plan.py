"""A small plan written by hand, with what the reference plans lack.

It has spans and evidence, issues, unused numbers, functions of departments, a firm, stage
targets of one indicator, and neither a region code nor a year.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mskg.model import (
    Assignment,
    Document,
    DocumentInfo,
    Indicator,
    Issue,
    Item,
    Milestone,
    Plan,
    Program,
    Span,
    Task,
    UnusedNumber,
)
from mskg.model.document import Block, Locator

LINES = (
    "示例县民生实事清单",
    "1.法律援助工程。办理法律援助案件300件以上，其中14周岁以下10件左右。"
    "6月底，完成法律援助120件；12月底，完成300件。（牵头单位：县司法局；配合单位：县财政局、县司法局）",
    "2.供水工程。每月通报一次，改造管网2期。（责任单位：县供水公司）",
)


def _document() -> Document:
    text = "\n".join(LINES)
    blocks, begin = [], 0
    for number, line in enumerate(LINES, 1):
        blocks.append(Block(begin, begin + len(line), locator=Locator(line=number)))
        begin += len(line) + 1
    return Document("sample.txt", text, tuple(blocks), "txt", "0" * 64)


DOCUMENT = _document()


def _span(words: str, within: str = "") -> Span:
    start = DOCUMENT.text.index(within) if within else 0
    begin = DOCUMENT.text.index(words, start)
    return DOCUMENT.span(begin, begin + len(words))


def _unit(name: str, role: str, words: str, order: int, function: str = "") -> Assignment:
    functions = (function,) if function else ()
    org = "示例县" + name.removeprefix("县")
    org_id = {"县司法局": "x-demo/justice", "县财政局": "x-demo/finance"}.get(name, "x-demo/water")
    return Assignment(
        name, role, _span(name, words), order, org=org, org_id=org_id, functions=functions
    )


def _indicator(number: str, name: str, value: str, op: str, words: str, of: str = "") -> Indicator:
    return Indicator(number, name, Decimal(value), "件", op, digits=value, of=of, span=_span(words))


def sample_plan() -> Plan:
    """Return the plan."""
    stages = (
        Milestone(
            date(2023, 6, 30), "6月底，完成法律援助120件", date(2023, 6, 21), "late",
            indicators=(_indicator("1-3", "法律援助", "120", "eq", "完成法律援助120件", of="1-1"),),
            span=_span("6月底，完成法律援助120件"),
        ),
        Milestone(
            date(2023, 12, 31), "12月底，完成300件", date(2023, 12, 21), "late",
            indicators=(_indicator("1-4", "法律援助", "300", "eq", "完成300件", of="1-1"),),
            span=_span("12月底，完成300件"),
        ),
    )  # fmt: skip
    aid = Item(
        LINES[1],
        indicators=(
            _indicator("1-1", "法律援助案件", "300", "ge", "办理法律援助案件300件以上"),
            _indicator("1-2", "14周岁以下法律援助案件", "10", "approx", "其中14周岁以下10件左右"),
        ),
        milestones=stages,
        span=_span(LINES[1]),
    )
    recurring = Milestone(None, "每月通报一次", recurrence="monthly", span=_span("每月通报一次"))
    water = Item(LINES[2], milestones=(recurring,), span=_span(LINES[2]))
    justice = _unit("县司法局", "lead", "牵头单位", 1, "justice")
    finance = _unit("县财政局", "related", "配合单位", 2, "finance")
    twice = _unit("县司法局", "related", "县财政局、县司法局", 3, "justice")
    firm = _unit("县供水公司", "responsible", "责任单位", 1)
    return Plan(
        "sample.txt",
        DocumentInfo("sample-2023", "0" * 64, "示例县民生实事清单"),
        Program("示例县", declared_count=2),
        (
            Task(1, "1", "法律援助工程", (aid,), departments=(justice, finance, twice),
                 span=_span(LINES[1]), title_span=_span("法律援助工程")),
            Task(2, "2", "供水工程", (water,), departments=(firm,), span=_span(LINES[2])),
        ),
        issues=(
            Issue("warning", "lead-and-related", "县司法局既牵头又配合",
                  "the unit leads and supports", _span("县司法局", "县财政局、县司法局")),
            Issue("info", "no-year", "没有写明年度"),
        ),
        unused_numbers=(
            UnusedNumber("14", "age", _span("14"), "1"),
            UnusedNumber("2", "unknown", _span("2期"), "2"),
        ),
    )  # fmt: skip
