"""The benchmark of networks: what it draws, and that it compares like with like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.network import (
    DEPARTMENTS,
    TASKS,
    generated_duties,
    make_store,
    measure,
    measure_store,
    projection_ratio,
)
from mskg.network import Collaboration

if TYPE_CHECKING:
    from pathlib import Path


def test_generated_duties_are_the_same_every_time_and_of_the_size_asked_for() -> None:
    rows = list(generated_duties(3, 2))
    assert rows == list(generated_duties(3, 2))
    network = Collaboration(rows)
    assert len(network.incidence.tasks) == 3 * 2 * TASKS
    assert len(network.departments) <= 3 * DEPARTMENTS
    busiest = max(len(network.tasks_of(iri)) for iri in network.departments)
    assert busiest > 2 * TASKS / 3


def test_every_figure_is_there_and_the_projections_are_equal() -> None:
    found = measure(2, 2)
    assert found["tasks"] == 80
    assert found["projection"].keys() == {"pairs", "graph", "networkx"}
    assert all("how" in value for name, value in found["measures"].items() if name != "graph")


def test_the_store_holds_the_same_network(tmp_path: Path) -> None:
    rows = Collaboration(generated_duties(2, 2))
    assert make_store(tmp_path, 2, 2)["triples"] > len(rows.incidence.task)
    found = measure_store(tmp_path)
    assert (found["tasks"], found["duties"]) == (80, len(rows.incidence.task))
    assert found["edges"] == len(rows.columns)


def test_a_projection_that_differs_is_noticed() -> None:
    network = Collaboration(generated_duties(1, 1))
    network.columns.tasks[0] += 1
    with pytest.raises(AssertionError, match="differ"):
        projection_ratio(network)
