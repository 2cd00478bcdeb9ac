"""Accuracy on plans in other layouts than the five bundled ones, and on what is no plan."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from benchmarks.accuracy import Scores, score_documents, total, unknown_numbers
from mskg.errors import NotAPlanError
from mskg.pipeline import read_plan

FOLDER = Path(__file__).parent
# What the project promises on documents it has never seen.
FLOORS = {
    "task": 0.98,
    "role": 0.96,
    "org": 0.95,
    "indicator": 0.95,
    "indicator_name": 0.9,
    "milestone": 0.95,
    "stage_target": 0.9,
}


COLLECTIONS = (
    "written",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "heldout",
)


@cache
def _read(collection: str) -> tuple[Scores, tuple[int, int]]:
    found = score_documents(collection=collection)
    plans = [plan for _, plan in found.values()]
    return total(scores for scores, _ in found.values()), unknown_numbers(plans)


@pytest.mark.parametrize("kind", FLOORS)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_accuracy_holds(collection: str, kind: str) -> None:
    scores, _ = _read(collection)
    assert scores[kind].hits > 20
    assert scores[kind].f1 >= FLOORS[kind]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_few_numbers_stay_unknown(collection: str) -> None:
    _, (unknown, everything) = _read(collection)
    assert everything > 300
    assert unknown <= 0.02 * everything


@pytest.mark.parametrize("path", sorted((FOLDER / "negative").glob("*.txt")), ids=lambda p: p.stem)
def test_no_task_is_invented(path: Path) -> None:
    with pytest.raises(NotAPlanError) as caught:
        read_plan(path)
    assert path.name in str(caught.value)
    assert caught.value.exit_code == 1
