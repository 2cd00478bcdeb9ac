"""The scorer: what counts as hit, missed, invented; optional entries count neither way."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from benchmarks.accuracy import total
from benchmarks.matching import align_tasks, fold, fold_organisation, name_overlap, similarity
from benchmarks.scoring import Score, compare_records

Record = dict[str, Any]


def indicator(name: str, value: float, unit: str, **more: Any) -> Record:
    return {"name": name, "value": value, "unit": unit, "op": "eq", **more}


def task(no: int, title: str, *indicators: Record, departments: tuple[Record, ...] = ()) -> Record:
    item = {"text": f"{title}的内容", "indicators": list(indicators), "milestones": []}
    return {"no": no, "title": title, "departments": list(departments), "items": [item]}


@pytest.fixture(name="reference")
def _reference() -> Record:
    bureau = {"name": "区教育局", "org": "甲区教育局", "role": "lead"}
    return {
        "document": {"title": "甲区2023年民生实事", "docNumber": None},
        "program": {"region": "甲区", "year": 2023, "deadlines": [{"due": "2023-06-30"}]},
        "tasks": [
            task(1, "新建学校", indicator("新建小学", 3, "所"), departments=(bureau,)),
            task(
                2,
                "改造道路",
                indicator("改造", 12.5, "公里"),
                indicator("补助", 1, "元", optional=True),
            ),
        ],
    }


def figures(score: Score) -> tuple[int, int, int]:
    return score.hits, score.missed.total(), score.invented.total()


def test_record_agrees_with_itself(reference: Record) -> None:
    scores = compare_records(reference, reference)
    assert all(score.f1 == 1.0 for score in scores.values())
    assert figures(scores["task"]) == (2, 0, 0)
    assert figures(scores["indicator"]) == (2, 0, 0)
    assert figures(scores["header"]) == (3, 0, 0)
    assert figures(scores["programme_deadline"]) == (1, 0, 0)


def test_lost_task_loses_its_facts(reference: Record) -> None:
    found = copy.deepcopy(reference)
    del found["tasks"][0]
    scores = compare_records(reference, found)
    assert figures(scores["task"]) == (1, 1, 0)
    assert figures(scores["department"]) == (0, 1, 0)
    assert figures(scores["indicator"]) == (1, 1, 0)
    assert scores["task"].recall == 0.5
    assert scores["task"].precision == 1.0


def test_invented_task_brings_invented_facts(reference: Record) -> None:
    found = copy.deepcopy(reference)
    found["tasks"].append(task(3, "完全无关", indicator("x", 9, "个")))
    scores = compare_records(reference, found)
    assert figures(scores["task"]) == (2, 0, 1)
    assert figures(scores["indicator"]) == (2, 0, 1)


@pytest.mark.parametrize(("key", "value"), [("value", 4), ("unit", "座"), ("op", "ge")])
def test_value_unit_and_comparator_must_agree(reference: Record, key: str, value: object) -> None:
    found = copy.deepcopy(reference)
    found["tasks"][0]["items"][0]["indicators"][0][key] = value
    assert figures(compare_records(reference, found)["indicator"]) == (1, 1, 1)


def test_optional_entry_is_neither_missed_nor_invented(reference: Record) -> None:
    found = copy.deepcopy(reference)
    del found["tasks"][1]["items"][0]["indicators"][1]
    assert figures(compare_records(reference, found)["indicator"]) == (2, 0, 0)


def test_name_needs_half_of_its_characters(reference: Record) -> None:
    found = copy.deepcopy(reference)
    names = found["tasks"][0]["items"][0]["indicators"]
    names[0]["name"] = "小学"
    assert figures(compare_records(reference, found)["indicator_name"]) == (3, 0, 0)
    names[0]["name"] = "幼儿园"
    assert figures(compare_records(reference, found)["indicator_name"]) == (2, 1, 0)


def test_role_counts_apart_from_the_department(reference: Record) -> None:
    found = copy.deepcopy(reference)
    found["tasks"][0]["departments"][0]["role"] = "related"
    scores = compare_records(reference, found)
    assert figures(scores["department"]) == (1, 0, 0)
    assert figures(scores["role"]) == (0, 1, 1)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("甲区教育局", "甲区教育局"),
        ("教育局", "甲区教育局"),
        ("河北省甲区教育局", "甲区教育局"),
        ("甲区财政局", "甲区财政局"),
        ("局", "局"),
    ],
)
def test_organisation_with_or_without_its_place(name: str, expected: str) -> None:
    assert fold_organisation(name, ["甲区教育局"]) == expected


def test_tasks_are_paired_in_order() -> None:
    wanted = [task(1, "新建学校"), task(2, "改造道路"), task(3, "建设公园")]
    assert align_tasks(wanted, [wanted[1], wanted[2]]) == [(1, 0), (2, 1)]
    assert len(align_tasks(wanted, [wanted[2], wanted[0]])) == 1


def test_folding_and_similarity() -> None:
    assert fold("（一） 新建，") == "(一)新建"
    assert similarity("", "x") == 0.0
    assert similarity("新建学校。", "新建学校") == 1.0
    assert name_overlap("学校新建", "新建学校") == 1.0


def test_total_adds_up(reference: Record) -> None:
    scores = compare_records(reference, reference)
    assert figures(total([scores, scores])["task"]) == (4, 0, 0)
