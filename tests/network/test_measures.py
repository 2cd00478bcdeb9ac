"""Measures against values worked out by hand and against networkx."""

from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import pytest
from reference_plans import reference_plan

from mskg.network import Collaboration, Duty, collaboration, measures
from mskg.network.layout import layout


def duty(task: str, department: str, side: str = "related") -> Duty:
    return Duty(f"t:{task}", task, f"d:{department}", department, side)


@pytest.fixture(scope="module")
def two_teams() -> Collaboration:
    """a–b–c share tasks 1 and 2, x–y share 3 and 4, b and x share 5; z works alone."""
    rows = [duty(task, name) for task in "12" for name in "abc"]
    rows += [duty(task, name) for task in "34" for name in "xy"]
    rows += [duty("5", "b", "accountable"), duty("5", "x"), duty("6", "z", "accountable")]
    rows += [duty("7", "b", "accountable"), duty("8", "b", "accountable")]
    return Collaboration(rows)


def test_rows_by_hand(two_teams: Collaboration) -> None:
    rows = {row.name: row for row in measures(two_teams).departments}
    assert [row.name for row in measures(two_teams).departments] == ["b", "x", "a", "c", "y", "z"]
    b = rows["b"]
    assert (b.tasks_accountable, b.tasks_related, b.degree, b.weighted_degree) == (3, 2, 3, 5.0)
    assert b.lead_share == pytest.approx(3 / 4)
    assert (rows["z"].degree, rows["z"].core, rows["z"].betweenness) == (0, 0, 0.0)
    assert (rows["a"].core, rows["x"].core) == (2, 1)
    # b lies between {a, c} and {x, y}: 4 of the 10 pairs of other departments.
    assert b.betweenness == pytest.approx(4 / 10)
    assert rows["a"].community == rows["b"].community == rows["c"].community == 1
    assert rows["x"].community == rows["y"].community == 2


def test_whole_network_by_hand(two_teams: Collaboration) -> None:
    network = measures(two_teams).network
    assert (network.departments, network.tasks, network.edges) == (6, 8, 5)
    assert network.density == pytest.approx(5 / 15)
    assert (network.components, network.communities) == (2, 3)
    assert network.lead_hhi == pytest.approx((3 / 4) ** 2 + (1 / 4) ** 2)
    # Weights: 6 + 2 inside, 1 between, 9 in all; strengths of the teams 13 and 5.
    assert network.modularity == pytest.approx(8 / 9 - (13 / 18) ** 2 - (5 / 18) ** 2)
    assert network.methods["betweenness"].en == "exact"


def test_zhanhe_measures_agree_with_networkx() -> None:
    network = collaboration(reference_plan("004"))
    graph = network.projection
    found = {row.iri: row for row in measures(network).departments}
    for _, _, data in graph.edges(data=True):
        data["distance"] = 60 // data["weight"]  # whole numbers: ties must stay ties
    between = nx.betweenness_centrality(graph, weight="distance")
    core = nx.core_number(graph)
    for iri, row in found.items():
        assert row.betweenness == pytest.approx(between[iri])
        assert row.core == core[iri]
        assert row.weighted_degree == graph.degree(iri, weight="weight")
    groups = [{i for i, r in found.items() if r.community == g} for g in (1, 2, 3)]
    assert measures(network).network.modularity == pytest.approx(
        nx.community.modularity(graph, groups)
    )
    assert sum(row.lead_share for row in found.values()) == pytest.approx(1)
    assert measures(network).departments[0].name == "湛河区财政局"


def test_region_without_shared_tasks_has_measures() -> None:
    network = measures(collaboration(reference_plan("003"))).network
    assert (network.edges, network.density, network.modularity) == (0, 0.0, 0.0)
    assert network.communities == network.departments == 12


def test_measures_and_layout_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from reference_plans import reference_plan\n"
        "from mskg.network import collaboration, measures\n"
        "from mskg.network.view import network_table\n"
        "c = collaboration(reference_plan('004'))\n"
        "print(measures(c), network_table(c), network_table(c, graph='bipartite'))\n"
    )
    outputs = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        run = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000


def test_networks_import_nothing_heavy_before_they_are_built() -> None:
    code = (
        "import sys, mskg.network, mskg.export\n"
        "heavy = {'networkx', 'numpy', 'scipy', 'rdflib', 'pyoxigraph', 'lxml', 'openpyxl'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def test_layout_puts_close_partners_close() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("a", "b", weight=8)
    graph.add_edge("b", "c", weight=1)
    graph.add_node("alone")
    places = layout(graph, dict.fromkeys(graph, 1))

    def apart(first: str, second: str) -> float:
        (x1, y1), (x2, y2) = places[first], places[second]
        return float(((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5)

    assert apart("a", "b") < apart("b", "c") < apart("a", "c")
    assert apart("alone", "b") > 0
    assert list(places) == list(layout(graph, dict.fromkeys(graph, 1)))


def test_large_component_is_laid_out_by_community() -> None:
    graph = nx.connected_caveman_graph(40, 8)
    group_of = {node: node // 8 for node in graph}
    places = layout(graph, group_of)
    assert len(set(places.values())) == 320
    for group in range(40):
        points = [places[node] for node in graph if group_of[node] == group]
        spread = max(x for x, _ in points) - min(x for x, _ in points)
        assert spread < 2 * 8**0.5
