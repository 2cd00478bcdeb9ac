"""Targets are set side by side only where the rules of comparability allow."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from mskg.lexicon.comparing import differences
from mskg.ns import DATA
from mskg.pipeline import build
from mskg.query import run_query
from mskg.rdf.vocabulary import IS_REPLACED_BY
from mskg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.store import Store

# Two counties and two years: what each counts under nearly the same words.
PLANS = {
    ("献县", 2023): ("改造农村户厕300座", "办理法律援助案件120件", "新开工棚户区改造安置房200套"),
    ("献县", 2024): ("改造农村户厕260座", "办理法律援助案件140件", "建成棚户区改造安置房180套"),
    ("湛河区", 2024): (
        "完成农村户厕改造450户",
        "提供法律援助服务900人次",
        "新开工棚户区改造安置房520套",
    ),
}
TITLES = ("农村户厕改造", "法律援助", "棚户区改造")


@pytest.fixture(scope="module", name="store")
def _store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    paths = []
    for (place, year), promises in PLANS.items():
        path = tmp_path_factory.mktemp("plans") / f"{year}.txt"
        tasks = "".join(
            f"{number}、{title}。{promise}。（牵头单位：{body}）\n"
            for number, title, promise, body in zip(
                "一二三", TITLES, promises, ("县农业农村局", "县司法局", "县住建局"), strict=True
            )
        )
        path.write_text(f"{place}{year}年民生实事任务清单\n{tasks}", encoding="utf-8")
        paths.append(path)
    with open_store() as store:
        build(paths, store)
        yield store


def rows(store: Store, **params: object) -> set[tuple[object, ...]]:
    """Return what was compared: thing, least, greatest, thing not comparable, reason."""
    found = run_query(store, "comparable-targets", params).to_dicts()
    shown = ("comparable", "thingName", "least", "greatest", "against", "reason")
    assert all((row["comparable"] == "可比") == (row["reason"] is None) for row in found)
    return {tuple(str(row[name] or "") for name in shown[1:]) for row in found}


TOILETS, HOUSEHOLDS = "农村户厕改造（座）", "农村户厕改造（户）"
CASES, TIMES = "法律援助案件（件）", "法律援助服务（人次）"
STARTED, COMPLETED = "棚改安置住房新开工（套）", "棚改安置住房建成（套）"
COUNTING = "一个按设施或场所计，一个按户计"
STAGES = "一个是“建成”，一个是“新开工”"


def test_two_places_that_count_differently_are_not_compared(store: Store) -> None:
    legal = "一个按案件计，一个按人次计"
    assert rows(store, year=2024) == {
        (TOILETS, "260", "260", HOUSEHOLDS, COUNTING),
        (HOUSEHOLDS, "450", "450", TOILETS, COUNTING),
        (CASES, "140", "140", TIMES, legal),
        (TIMES, "900", "900", CASES, legal),
        (STARTED, "520", "520", COMPLETED, STAGES),
        (COMPLETED, "180", "180", STARTED, STAGES),
    }


def test_of_both_years_what_counts_the_same_is_compared(store: Store) -> None:
    found = rows(store, word="棚")
    assert found == {
        (STARTED, "200", "520", "", ""),
        (STARTED, "200", "520", COMPLETED, STAGES),
        (COMPLETED, "180", "180", STARTED, STAGES),
    }


def test_years_of_one_place(store: Store) -> None:
    assert rows(store, region="献县", min=1) == {
        (TOILETS, "260", "300", "", ""),
        (CASES, "120", "140", "", ""),
        (STARTED, "200", "200", "", ""),
        (COMPLETED, "180", "180", "", ""),
        (STARTED, "200", "200", COMPLETED, STAGES),
        (COMPLETED, "180", "180", STARTED, STAGES),
    }
    assert rows(store, region="献县") == set()


def test_the_other_side_need_not_have_the_word(store: Store) -> None:
    found = rows(store, word="户厕改造（户）", year=2024)
    assert found == {(HOUSEHOLDS, "450", "450", TOILETS, COUNTING)}


def test_the_reasons_are_those_of_the_rules(store: Store) -> None:
    table = run_query(store, "comparable-targets", {"language": "en", "word": "棚", "year": 2024})
    (reason,) = differences("shanty-housing-completed", "shanty-housing-started")
    for row in table.to_dicts():
        assert (row["comparable"], row["reason"]) == ("not comparable", reason.en)


def test_a_replaced_plan_of_an_earlier_year_is_no_year_to_compare_with(store: Store) -> None:
    def years(**params: object) -> set[tuple[object, ...]]:
        found = run_query(store, "targets-over-years", params).to_dicts()
        return {(row["earlierYear"], row["planYear"], row["change"]) for row in found}

    both = {(2023, 2024, Decimal(-40)), (2023, 2024, Decimal(20))}
    assert years() == both
    earlier = f"{DATA}program/130929/2023/livelihood"
    note = f"{DATA}doc/later/derived"
    store.replace_graph(note, [(earlier, IS_REPLACED_BY, f"{earlier}/2")])
    assert years() == set()
    assert years(all="yes") == both
    store.drop_graph(note)
