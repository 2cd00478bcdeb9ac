"""Pairs, weights and what stands behind an edge."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_plans import STEMS, reference_plan

from mskg.errors import InputError
from mskg.network import Collaboration, Duty, collaboration


def duty(task: str, department: str, side: str = "related", item: str = "") -> Duty:
    return Duty(f"t:{task}", task, f"d:{department}", department, side, item_iri=item)


def iri_of(network: Collaboration, name: str) -> str:
    return next(d.iri for d in network.departments.values() if d.name == name)


def shared(network: Collaboration, first: str, second: str) -> int:
    return len(network.tasks_behind(first, second))


@pytest.fixture(scope="module")
def zhanhe() -> Collaboration:
    return collaboration(reference_plan("004"))


def test_35_printed_names_of_zhanhe_are_33_bodies_and_one_of_them_is_a_collective() -> None:
    labelled = [
        entry
        for task in reference_plan("004").tasks
        for entry in task.departments
        if not entry.optional
    ]
    assert len({entry.name for entry in labelled}) == 35
    assert len({entry.org_id for entry in labelled}) == 33
    assert len({entry.org_id for entry in labelled if entry.collective}) == 1


def test_zhanhe_network_holds_the_bodies_without_the_collective(zhanhe: Collaboration) -> None:
    # 32 bodies named in the brackets and 市城市管理局, which items of task 6 name.
    assert len(zhanhe.departments) == 33
    assert not any(department.kind == "collective" for department in zhanhe.departments.values())
    assert "未计入集体单位1个（湛河区各乡（街道）），涉及职责2项" in zhanhe.note()
    assert "collectives (1:" in zhanhe.note("en")


def test_zhanhe_counts_equal_the_count_by_hand(zhanhe: Collaboration) -> None:
    finance = iri_of(zhanhe, "湛河区财政局")
    assert len(zhanhe.tasks_of(finance)) == 9
    assert [task.title[:9] for task in zhanhe.tasks_of(finance, "accountable")] == [
        "加强农村基础设施建"
    ]
    assert shared(zhanhe, "湛河区住房和城乡建设局", "湛河区财政局") == 6
    for name in ("湛河区卫生健康委员会", "湛河区教育体育局", "湛河区民政局"):
        assert shared(zhanhe, name, "湛河区财政局") == 5
    assert max(pair.tasks for pair in zhanhe.pairs) == 6


def test_every_zhanhe_pair_equals_the_pairs_of_the_annotation(zhanhe: Collaboration) -> None:
    expected: dict[frozenset[str], int] = {}
    for task in reference_plan("004").tasks:
        bodies = {entry.org for entry in task.departments if not entry.collective}
        for pair in combinations(sorted(bodies), 2):
            expected[frozenset(pair)] = expected.get(frozenset(pair), 0) + 1
    names = {iri: department.name for iri, department in zhanhe.departments.items()}
    found = {frozenset((names[p.first], names[p.second])): p.tasks for p in zhanhe.pairs}
    assert found == expected


def test_collectives_come_in_when_asked_for() -> None:
    network = collaboration(reference_plan("004"), include_collectives=True)
    assert len(network.departments) == 34
    collective = next(d for d in network.departments.values() if d.kind == "collective")
    assert len(network.tasks_of(collective.iri)) == 2
    assert network.projection.nodes[collective.iri]["kind"] == "collective"
    assert "集体" not in network.note()


@pytest.mark.parametrize("share", ["item", "task"])
@pytest.mark.parametrize("stem", [stem[:3] for stem in STEMS if stem[:3] != "001"])
def test_projection_equals_that_of_networkx(stem: str, share: str) -> None:
    network = collaboration(reference_plan(stem), share=share)
    departments = list(network.departments)
    by_count = nx.bipartite.weighted_projected_graph(network.bipartite, departments)
    by_newman = nx.bipartite.collaboration_weighted_projected_graph(network.bipartite, departments)
    by_jaccard = nx.bipartite.overlap_weighted_projected_graph(network.bipartite, departments)
    pairs = {frozenset((p.first, p.second)): p for p in network.pairs}
    if share == "item":
        # Units of different items are apart; all that is joined is joined by networkx too.
        assert pairs.keys() <= {frozenset(edge) for edge in by_count.edges}
    else:
        assert pairs.keys() == {frozenset(edge) for edge in by_count.edges}
        for pair in pairs.values():
            assert pair.tasks == by_count.edges[pair.first, pair.second]["weight"]
            newman = by_newman.edges[pair.first, pair.second]["weight"]
            assert pair.newman == pytest.approx(newman)
            jaccard = by_jaccard.edges[pair.first, pair.second]["weight"]
            assert pair.jaccard == pytest.approx(jaccard)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 6)), min_size=1, max_size=60))
def test_projection_of_any_duties_equals_that_of_networkx(rows: list[tuple[int, int]]) -> None:
    network = Collaboration([duty(str(t), str(d)) for t, d in rows])
    expected = nx.bipartite.weighted_projected_graph(network.bipartite, list(network.departments))
    found = {(p.first, p.second): p.tasks for p in network.pairs}
    assert found == {
        (min(a, b), max(a, b)): data["weight"] for a, b, data in expected.edges(data=True)
    }
    for (first, second), tasks in found.items():
        assert len(network.tasks_behind(first, second)) == tasks


@pytest.mark.parametrize("weight", ["count", "newman", "jaccard"])
def test_weight_of_an_edge_is_the_one_chosen(weight: str) -> None:
    rows = [duty("1", "a"), duty("1", "b"), duty("1", "c"), duty("2", "a"), duty("2", "b")]
    graph = Collaboration(rows, weight=weight).projection
    expected = {"count": 2.0, "newman": 1 / 2 + 1, "jaccard": 1.0}
    assert graph.edges["d:a", "d:b"]["weight"] == pytest.approx(expected[weight])
    expected = {"count": 1.0, "newman": 1 / 2, "jaccard": 1 / 2}
    assert graph.edges["d:b", "d:c"]["weight"] == pytest.approx(expected[weight])


def test_in_charge_and_related_in_one_task_is_in_charge_once() -> None:
    network = collaboration(reference_plan("004"))
    health = iri_of(network, "湛河区卫生健康委员会")
    task = next(t for t in network.tasks.values() if t.title.startswith("提高妇女儿童"))
    assert task.members[health] == "accountable"
    assert network.bipartite.edges[health, task.iri]["side"] == "accountable"


def test_units_of_different_items_are_apart_and_joined_at_task_level() -> None:
    rows = [
        duty("1", "whole"),
        duty("1", "a", item="i1"),
        duty("1", "b", item="i2"),
        duty("1", "c", item="i2"),
    ]
    apart = {(p.first, p.second) for p in Collaboration(rows).pairs}
    assert apart == {("d:a", "d:whole"), ("d:b", "d:whole"), ("d:c", "d:whole"), ("d:b", "d:c")}
    assert Collaboration(rows).tasks_behind("d:a", "d:b") == []
    assert len(Collaboration(rows, share="task").pairs) == 6


def test_rows_of_a_table_with_units_of_their_own_share_nothing() -> None:
    # 泾源县 names one unit a row; task 3 has three rows and three units.
    network = collaboration(reference_plan("003"))
    assert network.pairs == ()
    assert "3项任务中有单位不算共同承担" in network.note()
    assert len(collaboration(reference_plan("003"), share="task").pairs) == 3 + 1 + 1


def test_units_that_some_items_name_share_the_whole_task(zhanhe: Collaboration) -> None:
    # Two of six items of task 6 name 市城市管理局: it works with the units of the task.
    assert shared(zhanhe, "平顶山市城市管理局", "湛河区财政局") == 1


def test_order_of_rows_does_not_matter() -> None:
    rows = [duty(str(t), str(d)) for t in range(5) for d in range(t + 2)]
    forwards, backwards = Collaboration(rows), Collaboration(rows[::-1] + rows[:4])
    assert forwards.pairs == backwards.pairs
    assert list(forwards.projection.nodes) == list(backwards.projection.nodes)
    assert list(forwards.bipartite.edges) == list(backwards.bipartite.edges)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"weight": "counts"}, "unknown weight 'counts' (one of: count, newman, jaccard)"),
        ({"share": "group"}, "unknown share 'group' (one of: item, task)"),
        (
            {"level": "village"},
            "unknown level 'village' (one of: department, function, place-function, post)",
        ),
    ],
)
def test_wrong_option_is_one_clear_line(options: dict[str, str], words: str) -> None:
    with pytest.raises(InputError) as error:
        Collaboration([duty("1", "a")], **options)
    assert str(error.value) == words


def test_no_duties_are_an_error() -> None:
    with pytest.raises(InputError, match="names a department"):
        Collaboration([])
    with pytest.raises(InputError, match="names a department"):
        collaboration(reference_plan("001"))  # an explainer that names no unit


def test_asking_behind_an_edge_of_a_stranger_is_an_error(zhanhe: Collaboration) -> None:
    with pytest.raises(InputError, match="'区教育局' is no department of this network"):
        zhanhe.tasks_behind("湛河区财政局", "区教育局")
