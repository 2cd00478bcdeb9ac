"""Measures against definitions, brute force, networkx, igraph and cases of the literature."""

from __future__ import annotations

from itertools import combinations

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_plans import reference_plan

from mskg.errors import InputError
from mskg.network import Collaboration, Duty, collaboration, measures
from mskg.network.attributes import attributes_of
from mskg.network.centrality import (
    betweenness,
    brokerage,
    constraint,
    distances,
    eigenvector,
    pagerank,
)
from mskg.network.communities import adjusted_rand, communities
from mskg.network.measures import NetworkMeasures, integer_graph
from mskg.network.notes import EXACT
from mskg.network.whole import centralisation, core_periphery, nestedness

GRAPHS = st.integers(2, 7).flatmap(
    lambda n: st.sets(
        st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] < e[1])
    ).map(lambda edges: graph_of(n, edges))
)


def graph_of(count: int, edges: set[tuple[int, int]]) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(edges, weight=1.0, distance=1.0)
    return graph


def weighted(graph: nx.Graph[int]) -> nx.Graph[int]:
    for first, second, data in graph.edges(data=True):
        data.setdefault("weight", 1.0 + (first * 7 + second) % 5)
    weights = [data["weight"] for _, _, data in graph.edges(data=True)]
    for (_, _, data), distance in zip(graph.edges(data=True), distances(weights), strict=True):
        data["distance"] = distance
    return nx.convert_node_labels_to_integers(graph, ordering="sorted")


def zhanhe() -> nx.Graph[int]:
    return integer_graph(collaboration(reference_plan("004")))


def as_igraph(graph: nx.Graph[int]) -> igraph.Graph:
    edges = list(graph.edges)
    weights = [graph.edges[edge]["weight"] for edge in edges]
    return igraph.Graph(len(graph), edges, edge_attrs={"weight": weights})


@pytest.mark.parametrize(
    "graph", [weighted(nx.karate_club_graph()), zhanhe()], ids=["karate", "D4"]
)
def test_node_measures_equal_those_of_igraph(graph: nx.Graph[int]) -> None:
    other = as_igraph(graph)
    distance = [1 / weight for weight in other.es["weight"]]
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2
    between, how = betweenness(graph)
    assert how == EXACT
    expected = [value / pairs for value in other.betweenness(weights=distance)]
    assert [between[n] for n in range(len(graph))] == pytest.approx(expected, abs=1e-9)
    assert pagerank(graph) == pytest.approx(other.pagerank(weights="weight"), abs=1e-8)
    central = other.eigenvector_centrality(weights="weight")
    length = sum(value**2 for value in central) ** 0.5
    assert eigenvector(graph) == pytest.approx([v / length for v in central], abs=1e-7)
    assert constraint(graph) == pytest.approx(other.constraint(weights="weight"), abs=1e-9)
    assert nx.core_number(graph) == dict(enumerate(other.coreness()))


def test_paths_of_equal_length_are_equal() -> None:
    third, sixth, half = distances([3.0, 6.0, 2.0])
    assert third + sixth == half
    third, other, whole = distances([0.75, 1.5, 0.5])  # 4/3 + 2/3 = 2
    assert third + other == whole
    many = [1 + n / 997 for n in range(500)]
    assert distances(many) == [1 / weight for weight in many]


def test_karate_club_has_its_published_figures() -> None:
    graph = weighted(nx.karate_club_graph())
    for _, _, data in graph.edges(data=True):
        data.update(weight=1.0, distance=1.0)
    # Zachary's two factions: nodes 0 and 33 lead; betweenness 0.4376 and 0.3041 (Freeman).
    between, _ = betweenness(graph)
    assert (between[0], between[33]) == (
        pytest.approx(0.4376, abs=5e-5),
        pytest.approx(0.3041, abs=5e-5),
    )
    # The greatest modularity of this graph is 0.4198 (Brandes et al. 2008), in four groups.
    found = communities(graph)
    assert found.modularity == pytest.approx(0.4198, abs=0.005)
    assert 0.5 < (found.stability or 0) <= 1
    leiden = communities(graph, "leiden")
    assert leiden.modularity == pytest.approx(0.4198, abs=5e-5)
    assert len(leiden.groups) == 4
    assert communities(graph, "leiden") == leiden


def test_eigenvector_lives_in_the_largest_component() -> None:
    graph = graph_of(6, {(0, 1), (1, 2), (0, 2), (3, 4)})
    assert eigenvector(graph) == pytest.approx([1 / 3**0.5] * 3 + [0] * 3)


@given(GRAPHS)
def test_core_is_the_best_of_all(graph: nx.Graph[int]) -> None:
    """Borgatti and Everett's error, over every subset of the nodes."""

    def against(core: set[int]) -> int:
        missing = sum(not graph.has_edge(a, b) for a, b in combinations(sorted(core), 2))
        outside = set(graph) - core
        return missing + sum(a in outside and b in outside for a, b in graph.edges)

    size, fit = core_periphery(graph)
    order = sorted(graph, key=lambda node: (-graph.degree(node), node))
    least = min(against(set(c)) for k in range(len(graph) + 1) for c in combinations(graph, k))
    assert against(set(order[:size])) == least
    assert fit is None or -1 <= fit <= 1


def test_star_and_clique_with_pendants() -> None:
    star = nx.star_graph(6)
    assert centralisation([d / 6 for _, d in star.degree], star=1 - 1 / 6) == pytest.approx(1)
    between = nx.betweenness_centrality(star)
    assert centralisation(list(between.values()), star=1.0) == pytest.approx(1)
    clique = nx.complete_graph(5)
    assert centralisation([d / 4 for _, d in clique.degree], star=1 - 1 / 4) == 0
    # A full core of four, each with an outer node of its own: the model fits exactly.
    clique = nx.complete_graph(4)
    clique.add_edges_from((node, node + 4) for node in range(4))
    assert core_periphery(clique) == (4, 1.0)


def test_communities_of_two_cliques_are_stable() -> None:
    graph = weighted(nx.barbell_graph(6, 0))
    found = communities(graph)
    assert found.groups == [list(range(6)), list(range(6, 12))]
    assert found.stability == 1
    assert "stability over 20 seeds" in found.method.en


def test_adjusted_rand_by_hand() -> None:
    assert adjusted_rand([0, 0, 1, 1], [1, 1, 0, 0]) == 1
    # Hubert and Arabie: 0 agreements beyond chance; pairs 1 and 1 of 2, expected 2·2/6.
    assert adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx((0 - 4 / 6) / (2 - 4 / 6))
    assert adjusted_rand([0, 1, 2], [0, 1, 2]) == 1


def of_matrix(rows: list[str]) -> Collaboration:
    return Collaboration(
        Duty(f"t:{column}", "t", f"d:{row}", f"d{row}", "related")
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
        if cell == "1"
    )


def test_nestedness_of_extremes_and_by_hand() -> None:
    nested = of_matrix(["1111", "1110", "1100", "1000"])
    assert nestedness(nested.incidence) == (100, EXACT)
    apart = of_matrix(["1100", "1100", "0011", "0011"])
    assert nestedness(apart.incidence) == (0, EXACT)
    # Rows 111, 110, 001: pairs 1-2 all of 2, 1-3 all of 1, 2-3 none of 1: 2 of 3.
    # Columns 110, 110, 101 have equal sizes: 0. (2 + 0) / (3 + 3).
    assert nestedness(of_matrix(["111", "110", "001"]).incidence)[0] == pytest.approx(100 / 3)


@given(
    st.integers(2, 6).flatmap(
        lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=2, max_size=6)
    )
)
def test_nestedness_equals_its_definition(cells: list[list[bool]]) -> None:
    matrix = np.array(cells, dtype=int)
    matrix = matrix[matrix.any(axis=1)][:, matrix.any(axis=0)]
    if min(matrix.shape) < 2:
        return

    def paired(rows: np.ndarray) -> list[float]:
        found = []
        for one, other in combinations(sorted(rows, key=lambda r: -r.sum()), 2):
            smaller = other.sum()
            found.append((one & other).sum() / smaller if one.sum() > smaller else 0.0)
        return found

    every = [*paired(matrix), *paired(matrix.T)]
    network = of_matrix(["".join(map(str, line)) for line in matrix.tolist()])
    assert nestedness(network.incidence)[0] == pytest.approx(100 * sum(every) / len(every))


def test_brokerage_counts_pairs_that_only_meet_here() -> None:
    # 0 joins 1 (roads), 2 (health) and 3 (health); 1 and 2 are joined too.
    graph = graph_of(4, {(0, 1), (0, 2), (0, 3), (1, 2)})
    assert brokerage(graph, ["x", "roads", "health", "health"]) == [1, 0, 0, 0]
    assert brokerage(graph, ["x", "", "health", "health"]) == [0, 0, 0, 0]


def test_fields_and_load_by_hand() -> None:
    def duty(task: str, name: str, side: str, areas: tuple[str, ...], month: str) -> Duty:
        return Duty(f"t:{task}", task, f"d:{name}", name, side, areas=areas, months=(month,))

    rows = [
        duty("1", "a", "accountable", ("health",), "2023-06"),
        duty("2", "a", "related", ("health",), "2023-12"),
        duty("3", "a", "related", ("housing",), "2023-12"),
        duty("3", "b", "accountable", ("housing",), "2023-12"),
    ]
    a, b = measures(Collaboration(rows)).departments
    assert a.participation == pytest.approx(1 - (2 / 3) ** 2 - (1 / 3) ** 2)
    assert b.participation == 0
    assert a.load == (("2023-06", 1), ("2023-12", 2))
    assert a.peak == ("2023-12", 2)
    assert (a.lead_share, b.lead_share) == (0.5, 0.5)


def test_due_months_of_a_plan_are_those_of_its_stages() -> None:
    network = collaboration(reference_plan("003"))
    training = next(t for t in network.tasks.values() if "就业" in t.title or "创业" in t.title)
    assert all(month.startswith("2023-") for month in training.months)
    assert len(training.months) >= 2
    # A plan without dates of its own tasks has that of the program.
    network = collaboration(reference_plan("000"))
    assert {month for task in network.tasks.values() for month in task.months} >= {"2023-12"}


def test_levels_and_functions_mix() -> None:
    def duty(task: str, code: str, slug: str, function: str) -> Duty:
        iri = f"https://w3id.org/mskg/id/org/{code}/{slug}"
        return Duty(f"t:{task}", task, iri, slug, "related", functions=(function,))

    rows = [duty("1", "410411", "a", "health"), duty("1", "410411", "b", "health")]
    rows += [duty("2", "410411", "a", "health"), duty("2", "410400", "c", "housing")]
    rows += [duty("3", "410400", "c", "housing"), duty("3", "410400", "d", "housing")]
    found = measures(Collaboration(rows)).network
    assert found.cross_level_share == pytest.approx(1 / 3)
    graph = nx.path_graph(4)
    nx.set_node_attributes(graph, dict(enumerate("xxyy")), "kind")
    expected = nx.attribute_assortativity_coefficient(graph, "kind")
    assert found.assortativity_function == pytest.approx(expected)
    assert found.assortativity_level == pytest.approx(expected)


def test_every_measure_has_a_meaning_in_both_languages() -> None:
    for what in ("node", "edge", "network"):
        for attribute in attributes_of(what):
            assert attribute.meaning("zh")
            assert attribute.meaning("en")
            assert attribute.type in {"string", "integer", "double"}
    fields = {name for name in NetworkMeasures.__dataclass_fields__ if name != "methods"}
    assert {attribute.key for attribute in attributes_of("network")} == fields


def test_unknown_algorithm_is_one_clear_line() -> None:
    network = collaboration(reference_plan("004"))
    with pytest.raises(InputError, match=r"unknown communities 'walktrap' \(one of: louvain"):
        measures(network, algorithm="walktrap")


def test_leiden_without_its_library_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "graspologic_native", None)
    with pytest.raises(InputError, match=r"pip install 'mskg\[leiden\]'"):
        measures(collaboration(reference_plan("004")), algorithm="leiden")


def test_one_department_alone_has_measures() -> None:
    found = measures(Collaboration([Duty("t:1", "t", "d:1", "局", "accountable")]))
    assert (found.network.edges, found.network.communities, found.network.density) == (0, 1, 0)
    assert found.network.degree_centralisation is None
    assert found.departments[0].constraint is None
