"""Accuracy on the five annotated plans by the project's own scorer: floors for each and all."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from reference_plans import FOLDER, STEMS

from benchmarks.accuracy import score_documents, total, unknown_numbers
from benchmarks.scoring import compare_records

if TYPE_CHECKING:
    from benchmarks.scoring import Score
    from mskg.model import Plan

# Figures that the foundation of the project promises for the five plans taken together.
FLOORS = {
    "task": 1.0,
    "title": 0.97,
    "role": 0.99,
    "org": 0.97,
    "indicator": 0.97,
    "indicator_name": 0.9,
    "milestone": 0.98,
    "stage_target": 0.96,
    "header": 1.0,
}
# All five are read without an error; a change that costs one is to be looked at.
EACH = dict.fromkeys(FLOORS, 1.0)


@cache
def results() -> dict[str, tuple[dict[str, Score], Plan]]:
    return score_documents()


def test_all_five_are_scored() -> None:
    assert sorted(results()) == STEMS
    assert len(STEMS) == 5


@pytest.mark.parametrize("kind", FLOORS)
def test_accuracy_of_all(kind: str) -> None:
    score = total(scores for scores, _ in results().values())[kind]
    assert score.hits > 0
    assert score.f1 >= FLOORS[kind], (score.missed, score.invented)


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("stem", STEMS)
def test_accuracy_of_each(stem: str, kind: str) -> None:
    score = results()[stem][0][kind]
    assert score.f1 >= EACH[kind], (score.missed, score.invented)


def test_at_most_two_percent_of_the_numbers_are_unknown() -> None:
    unknown, everything = unknown_numbers(plan for _, plan in results().values())
    assert everything > 300
    assert unknown <= 0.02 * everything


@pytest.mark.parametrize("stem", STEMS)
def test_no_number_of_the_reference_is_set_aside(stem: str) -> None:
    scores, _ = results()[stem]
    assert scores["indicator_value"].missed.total() == 0
    assert scores["stage_target"].missed.total() == 0


# The scorer itself: every kind of mistake must cost something.
def _record() -> dict[str, object]:
    import json

    path = next(FOLDER.glob("004*.json"))
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_a_record_agrees_with_itself() -> None:
    assert {
        kind: s.f1 for kind, s in compare_records(_record(), _record()).items() if s.f1 < 1
    } == {}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("task", lambda r: r["tasks"].pop()),
        ("title", lambda r: r["tasks"][0].update(title="另一个名称")),
        ("role", lambda r: r["tasks"][0]["departments"][0].update(role="audit")),
        ("org", lambda r: r["tasks"][0]["departments"][0].update(org="某某公司")),
        ("indicator", lambda r: r["tasks"][0]["items"][0]["indicators"][0].update(op="lt")),
        ("indicator_value", lambda r: r["tasks"][0]["items"][0]["indicators"][0].update(value=1)),
        ("header", lambda r: r["document"].update(docNumber="平湛办〔2023〕9号")),
        (
            "milestone",
            lambda r: r["tasks"][0]["items"][0]["milestones"].append(
                {"due": "2023-01-31", "text": "1月", "indicators": []}
            ),
        ),
    ],
)
def test_every_mistake_costs(kind: str, change) -> None:  # type: ignore[no-untyped-def]
    found = _record()
    change(found)
    assert compare_records(_record(), found)[kind].f1 < 1
