"""The corpus that stores are measured with, and that the benchmark of stores runs through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from benchmarks.corpus import YEARS, moved_plans, places, write_texts
from benchmarks.store import main, put_plans
from mskg.ns import TALLIES_GRAPH
from mskg.pipeline import read_each
from mskg.query import Catalogue, run_query
from mskg.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from mskg.model import Plan

COUNT = 4


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> list[Plan]:
    texts = write_texts(tmp_path_factory.mktemp("corpus") / "texts", COUNT, 1)
    return [found.plan for _, found in read_each(texts) if found.plan]


def test_each_text_is_a_plan_of_a_place_of_its_own(plans: list[Plan]) -> None:
    assert [plan.program.region_code for plan in plans] == [home.code for home in places()[:COUNT]]
    assert {plan.program.year for plan in plans} == {YEARS[0]}
    assert all(len(plan.tasks) >= 8 for plan in plans)


def test_a_moved_plan_is_one_of_its_place_and_year_alone(plans: list[Plan]) -> None:
    homes = places()
    moved = list(moved_plans(plans, len(homes) + 2))
    programs = {(plan.program.region_code, plan.program.year) for plan in moved}
    assert len(programs) == len({plan.document.key for plan in moved}) == len(moved)
    assert [plan.program.year for plan in moved[-2:]] == [YEARS[1]] * 2
    for old, new in zip(plans, moved, strict=False):
        assert [task.title for task in new.tasks] == [task.title for task in old.tasks]


def test_stored_plans_are_those_given_with_their_totals(plans: list[Plan]) -> None:
    with open_store() as store:
        put_plans(store, moved_plans(plans, 10), at_once=3)
        assert TALLIES_GRAPH in store.graphs()
        table = run_query(store, "inventory", {"language": "en"})
        found = dict(table.rows)
    assert found["plans"] == found["documents"] == found["regions"] == 10
    assert found["tasks"] == sum(len(plan.tasks) for plan in moved_plans(plans, 10))


def test_every_figure_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["money", "tasks", "totals-per-area"]  # all of them take rdflib a minute
    monkeypatch.setattr("benchmarks.store.Catalogue", lambda: map(Catalogue().get, names))
    kept = ["--folder", str(tmp_path), "--plans", "2", "--copies", "3"]
    assert main(["--limit", "1", "--large", *kept]) == 0
    printed = capsys.readouterr().out
    compared = re.findall(r"^([\w-]+)( --region)? .* >? *\d+x$", printed, re.MULTILINE)
    assert compared == [(name, bound) for name in names for bound in ("", " --region")]
    mean = re.search(r"geometric mean (\d+)x, least ([\d.]+)x", printed)
    assert mean
    assert 0 < float(mean[2]) <= float(mean[1]) + 1
    assert "of 3 plans; opened in" in printed
    assert "look-up of a task" in printed
    assert "totals-per-area --region" in printed
    assert "stored in" in printed
    assert main(["--only-large", *kept]) == 0
    assert "stored in" not in capsys.readouterr().out  # what is there is used again
