"""Two networks side by side, against figures worked out by hand."""

from __future__ import annotations

import pytest
from reference_plans import reference_plan

from mskg.network import Collaboration, Duty, collaboration, compare


def network(year: int, tasks: dict[str, str]) -> Collaboration:
    return Collaboration(
        (
            Duty(f"t:{year}:{task}", task, f"d:{name}", name, "related", year=year)
            for task, names in tasks.items()
            for name in names
        ),
    )


def test_ranks_pairs_and_overlap_by_hand() -> None:
    before = network(2023, {"1": "ab", "2": "ab", "3": "ac", "4": "d"})
    after = network(2024, {"1": "ab", "2": "bc", "3": "bc", "4": "b", "5": "e"})
    found = compare(before, after)
    nodes = {node.name: node for node in found.nodes}
    assert (nodes["a"].tasks, nodes["a"].rank, nodes["a"].change) == ((3, 1), (1, 3), -2)
    assert (nodes["b"].tasks, nodes["b"].rank, nodes["b"].change) == ((2, 4), (2, 1), 1)
    assert (nodes["c"].rank, nodes["c"].degree) == ((3, 2), (1, 1))
    assert (nodes["d"].tasks, nodes["d"].rank, nodes["d"].change) == ((1, None), (3, None), None)
    assert nodes["e"].tasks == (None, 1)
    pairs = {(p.first[-1], p.second[-1]): p.tasks for p in found.pairs}
    assert pairs == {("b", "c"): (0, 2), ("a", "b"): (2, 1), ("a", "c"): (1, 0)}
    assert (found.pairs[0].first, found.pairs[0].second) == ("d:b", "d:c")
    # Of a–b, a–c, b–c among the nodes of both, one is in both networks.
    assert found.overlap == pytest.approx(1 / 3)
    # Tasks of a, b, c: 3 2 1 and 1 4 2; squared rank differences 4, 1, 1: 1 − 6·6/(3·8).
    assert found.correlation == pytest.approx(-0.5)
    assert found.titles == ("2023年部门协作网络", "2024年部门协作网络")


def test_a_network_with_itself() -> None:
    one = collaboration(reference_plan("004"))
    found = compare(one, one)
    assert (found.overlap, found.correlation) == (1, pytest.approx(1))
    assert {node.change for node in found.nodes} == {0}
    assert all(pair.tasks[0] == pair.tasks[1] for pair in found.pairs)


def test_networks_without_common_nodes() -> None:
    found = compare(network(2023, {"1": "ab"}), network(2024, {"1": "cd"}))
    assert (found.overlap, found.correlation) == (None, None)
