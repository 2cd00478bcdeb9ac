"""Units of measure: from the printed word to the unit of QUDT."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from reference_plans import reference_plan

from mskg.lexicon.units import unit_of, units
from mskg.model import DocumentInfo, Indicator, Item, Plan, Program, Task
from mskg.ns import PREFIXES
from mskg.rdf import Literal, plan_from_triples, plan_triples, vocabulary

QUDT = PREFIXES["qudt"]


def _plan(unit: str) -> Plan:
    item = Item("x", indicators=(Indicator("1-1-1", "新建绿道", Decimal(3), unit),))
    program = Program("湛河区", "410411", 2023)
    return Plan("a.txt", DocumentInfo("k", "h"), program, (Task(1, "1", "绿道", (item,)),))


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("公里", "KiloM"),
        ("千米", "KiloM"),
        ("米", "M"),
        ("厘米", "CentiM"),
        ("平方米", "M2"),
        ("㎡", "M2"),
        ("平方公里", "KiloM2"),
        ("公顷", "HA"),
        ("公頃", "HA"),
        ("亩", ""),
        ("畝", ""),
        ("里", ""),
        ("斤", ""),
        ("吨", "TONNE"),
        ("噸", "TONNE"),
        ("公斤", "KiloGM"),
        ("吨/日", "TONNE-PER-DAY"),
        ("立方米", "M3"),
        ("千瓦", "KiloW"),
        ("兆瓦", "MegaW"),
        ("度", "KiloW-HR"),
        ("%", "PERCENT"),
        ("‰", "PERMILLE"),
        ("倍", ""),
        ("元", "CCY_CNY"),
        ("元/月", ""),
        ("小时", "HR"),
        ("工作日", ""),
        ("个月", ""),
        ("岁", "YR"),
        ("人", "NUM"),
        ("人（次）", "NUM"),
        ("件（套）", "NUM"),
        ("戶", "NUM"),
        ("", ""),
        ("光年", ""),
    ],
)
def test_codes(printed: str, code: str) -> None:
    unit = unit_of(printed)
    assert (unit.qudt if unit else "") == code


def test_one_code_stands_for_one_size() -> None:
    """Words with one code of a length, a mass … are other names of one unit."""
    same = {
        "KiloM": {"公里", "千米", "km", "㎞"},
        "M": {"米", "延米", "延长米"},
        "KiloGM": {"公斤", "千克", "kg"},
        "KiloW-HR": {"千瓦时", "度", "kWh"},
        "CCY_CNY": {"元", "人民币", "块钱"},
    }
    for code, words in same.items():
        assert {word for word, unit in units().items() if unit.qudt == code} == words
    kinds: dict[str, set[str]] = {}
    for unit in units().values():
        if unit.qudt:
            kinds.setdefault(unit.qudt, set()).add(unit.kind)
            assert re.fullmatch(r"[A-Z][A-Za-z0-9_]*(-[A-Z0-9a-z]+)*", unit.qudt)
    assert {code for code, found in kinds.items() if len(found) > 1} <= {"YR", "WK"}


def test_indicator_and_target_have_the_unit_and_it_has_a_type() -> None:
    triples = list(plan_triples(_plan("公里")))
    assert {s.rpartition("/")[2] for s, p, _ in triples if p == vocabulary.MEASURE_UNIT} == {
        "1",
        "target",
    }
    assert {o for _, p, o in triples if p == vocabulary.MEASURE_UNIT} == {QUDT + "KiloM"}
    assert triples.count((QUDT + "KiloM", vocabulary.TYPE, vocabulary.QUDT_UNIT)) == 1


@pytest.mark.parametrize("printed", ["亩", "", "光年"])
def test_a_unit_that_qudt_lacks_is_left_out(printed: str) -> None:
    assert all(p != vocabulary.MEASURE_UNIT for _, p, _ in plan_triples(_plan(printed)))


def test_reading_back_goes_by_the_printed_word() -> None:
    for plan in (_plan("公頃"), reference_plan("002")):
        triples = list(plan_triples(plan))
        assert any(p == vocabulary.MEASURE_UNIT for _, p, _ in triples)
        assert plan_from_triples(triples) == plan
        bare = [triple for triple in triples if triple[1] != vocabulary.MEASURE_UNIT]
        assert plan_from_triples(bare) == plan


def test_a_counted_thing_is_a_concept_with_both_names() -> None:
    plan = _plan("公里")
    item = plan.tasks[0].items[0]
    entry = Indicator("1-1-1", "新建绿道", Decimal(3), "公里", counted_thing="greenways")
    task = Task(1, "1", "绿道", (Item(item.text, indicators=(entry,)),))
    triples = list(plan_triples(Plan("a.txt", plan.document, plan.program, (task,))))
    concept = next(o for _, p, o in triples if p == vocabulary.COUNTED_THING)
    labels = {
        value.language: value.value
        for node, link, value in triples
        if node == concept and link == vocabulary.PREF_LABEL and isinstance(value, Literal)
    }
    assert labels == {"zh": "绿道（公里）", "en": "Greenways"}
