"""What the nodes and edges of a network can be: functions, places, leaders, directions, roles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_plans import reference_plan

from mskg.errors import InputError
from mskg.model import Leader
from mskg.network import Collaboration, Duty, collaboration, duties_from_rows, store_of
from mskg.network.duty import organ_level
from mskg.network.view import network_table
from mskg.query import ResultTable, run_query


def duty(task: str, department: str, side: str = "related", **more: object) -> Duty:
    return Duty(f"t:{task}", task, f"d:{department}", department, side)._replace(**more)


def pairs_of(network: Collaboration) -> dict[tuple[str, str], int]:
    names = {iri: node.name for iri, node in network.departments.items()}
    return {(names[p.first], names[p.second]): p.tasks for p in network.pairs}


TWO_PLACES = [
    duty("1", "甲卫健", functions=("health",), region="甲区"),
    duty("1", "甲教体", functions=("education", "sport"), region="甲区"),
    duty("2", "乙卫健", functions=("health",), region="乙区"),
    duty("2", "乙教育", functions=("education",), region="乙区"),
    duty("2", "乙体育", functions=("sport",), region="乙区"),
    duty("3", "无职能", region="乙区"),
]


def test_functions_of_every_place_are_one_node() -> None:
    network = Collaboration(TWO_PLACES, level="function")
    assert {n.kind for n in network.departments.values()} == {"function"}
    assert {n.name: n.regions for n in network.departments.values()} == {
        "卫生健康": ("乙区", "甲区"),
        "教育": ("乙区", "甲区"),
        "体育": ("乙区", "甲区"),
    }
    # 教体 of 甲 is one body: its two functions don't work together by that alone.
    assert pairs_of(network) == {
        ("教育", "卫生健康"): 2,
        ("卫生健康", "体育"): 2,
        ("教育", "体育"): 1,
    }
    assert len(network.tasks_behind("教育", "体育")) == 1
    assert "未计入没有职能分类的单位1个（无职能）" in network.note()
    assert "left out: 1 bodies without a known function" in network.note("en")


def test_functions_of_each_place_are_nodes_of_their_own() -> None:
    network = Collaboration(TWO_PLACES, level="place-function")
    assert len(network.departments) == 6
    assert pairs_of(network)["甲区教育", "甲区卫生健康"] == 1
    table = network_table(network, lang="en")
    assert "甲区 Health" in {node.label for node in table.nodes}


def test_functions_have_names_in_both_languages() -> None:
    network = Collaboration(TWO_PLACES, level="function")
    assert {n.label for n in network_table(network, lang="en").nodes} == {
        "Health",
        "Education",
        "Sport",
    }


def test_functions_that_nobody_knows_are_one_clear_line() -> None:
    with pytest.raises(InputError, match="none of the 1 bodies of this selection has a known"):
        Collaboration([duty("1", "某局")], level="function")


def test_leaders_are_numbered_and_named_only_when_asked() -> None:
    plan = reference_plan("003")
    names = {leader.name for task in plan.tasks for leader in task.leaders}
    assert len(names) == 4
    quiet = collaboration(plan, level="post")
    assert len(quiet.departments) == 4
    everything = repr([quiet.departments, quiet.tasks, network_table(quiet)])
    assert not [name for name in names if name in everything]
    assert "泾源县责任领导1" in {node.name for node in quiet.departments.values()}
    named = collaboration(plan, level="post", names=True)
    assert {node.name for node in named.departments.values()} == names
    assert named.departments.keys() == quiet.departments.keys()
    # By hand: 7, 5, 1 and 1 of the 14 rows of the table, in 5, 4, 1 and 1 of its tasks.
    rows = Counter(leader.name for t in plan.tasks for item in t.items for leader in item.leaders)
    assert sorted(rows.values()) == [1, 1, 5, 7]
    assert sorted(len(quiet.tasks_of(iri)) for iri in quiet.departments) == [1, 1, 4, 5]


def test_a_printed_post_stands_for_the_person() -> None:
    plan = reference_plan("003")
    task = replace(plan.tasks[0], items=(), leaders=(Leader("任伟", "副县长"),))
    quiet = collaboration(replace(plan, tasks=(task,)), level="post")
    assert [node.name for node in quiet.departments.values()] == ["泾源县副县长1"]
    named = collaboration(replace(plan, tasks=(task,)), level="post", names=True)
    assert [node.name for node in named.departments.values()] == ["任伟（副县长）"]


def test_no_leader_at_all_is_one_clear_line() -> None:
    with pytest.raises(InputError, match="names a responsible leader"):
        collaboration(reference_plan("004"), level="post")


def test_arcs_go_from_who_leads_to_who_supports() -> None:
    rows = [duty("1", "a", "accountable"), duty("1", "b"), duty("1", "c")]
    rows += [duty("2", "a", "accountable"), duty("2", "b"), duty("3", "b", "accountable")]
    rows += [duty("3", "a"), duty("4", "a", "accountable"), duty("4", "c", "accountable")]
    network = Collaboration(rows)
    arcs = {(a.first, a.second): a for a in network.arcs}
    assert {ends: arc.tasks for ends, arc in arcs.items()} == {
        ("d:a", "d:b"): 2,
        ("d:a", "d:c"): 1,
        ("d:b", "d:a"): 1,
    }
    assert arcs["d:a", "d:b"].newman == pytest.approx(1 / 2 + 1)
    # a leads 1, 2 and 4; b supports 1 and 2: two of three.
    assert arcs["d:a", "d:b"].jaccard == pytest.approx(2 / 3)
    assert set(network.directed.edges) == set(arcs)
    assert network.directed.edges["d:a", "d:b"]["weight"] == 2


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5), st.integers(0, 6), st.booleans(), st.integers(0, 3), st.booleans()
        ),
        min_size=1,
        max_size=50,
    )
)
def test_pairs_and_arcs_equal_a_plain_count(rows: list[tuple[int, int, bool, int, bool]]) -> None:
    """Items, functions and sides in any mixture, against a count that follows the words."""
    duties = [
        duty(
            str(task), str(body), "accountable" if leads else "related",
            item_iri=f"i{item}" if item else "",
            functions=("health", "education")[: 1 + several],
        )
        for task, body, leads, item, several in rows
    ]  # fmt: skip
    # A body has the same functions in every row.
    known = {d.department_iri: d.functions for d in duties}
    duties = [d._replace(functions=known[d.department_iri]) for d in duties]
    for level in ("department", "function"):
        network = Collaboration(duties, level=level)
        found = {(p.first, p.second): p.tasks for p in network.pairs}
        arcs = {(p.first, p.second): p.tasks for p in network.arcs}
        shared: dict[tuple[str, str], set[str]] = {}
        directed: dict[tuple[str, str], set[str]] = {}
        iri_of = {
            node.functions[0]: iri for iri, node in network.departments.items() if node.functions
        }
        stands = [
            (d, node)
            for d in duties
            for node in (
                [d.department_iri] if level == "department" else map(iri_of.get, d.functions)
            )
        ]
        leads = {(d.task_iri, node) for d, node in stands if d.side == "accountable"}
        for (a, one), (b, other) in combinations(stands, 2):
            apart = a.item_iri and b.item_iri and a.item_iri != b.item_iri
            if a.task_iri != b.task_iri or one == other or apart:
                continue
            if a.department_iri != b.department_iri:
                shared.setdefault((min(one, other), max(one, other)), set()).add(a.task_iri)
                for first, second in ((one, other), (other, one)):
                    if (a.task_iri, first) in leads and (a.task_iri, second) not in leads:
                        directed.setdefault((first, second), set()).add(a.task_iri)
        assert found == {ends: len(tasks) for ends, tasks in shared.items()}
        assert arcs == {ends: len(tasks) for ends, tasks in directed.items()}
        for (first, second), tasks in shared.items():
            assert {t.iri for t in network.tasks_behind(first, second)} == tasks


def test_only_one_role_or_area() -> None:
    plan = reference_plan("004")
    leads = collaboration(plan, role="accountable")
    # 五 and 六 … are led by several: 区财政局 leads one task alone.
    assert all(side == "accountable" for t in leads.tasks.values() for side in t.members.values())
    assert "只含牵头（负责）职责" in leads.note()
    tasks = [
        replace(task, areas=("elderly-care",) if n < 3 else ()) for n, task in enumerate(plan.tasks)
    ]
    with_areas = replace(plan, tasks=tuple(tasks))
    for name in ("elderly-care", "养老"):
        assert len(collaboration(with_areas, area=name).tasks) == 3
    with pytest.raises(InputError, match="no policy area '火星'"):
        collaboration(plan, area="火星")
    with pytest.raises(InputError, match="in the area 'housing' names a department"):
        collaboration(with_areas, area="housing")
    with pytest.raises(InputError, match="unknown role 'boss'"):
        collaboration(plan, role="boss")


def test_several_regions_and_years() -> None:
    plans = [reference_plan(stem) for stem in ("000", "002", "004")]
    network = collaboration(plans, region=["湛河区", "130303"], year=[2023])
    assert {task.region for task in network.tasks.values()} == {"湛河区", "山海关区"}


def test_coordinators_are_edges_of_their_own_and_never_count() -> None:
    plan = reference_plan("000")
    plain = collaboration(plan)
    asked = collaboration(plan, include_coordinators=True)
    assert "项目级职责" in plain.note()
    assert "项目级职责" not in asked.note()
    assert (plain.pairs, plain.departments) == (asked.pairs, asked.departments)
    both = network_table(asked, graph="bipartite")
    kinds = {edge.kind for edge in both.edges}
    assert kinds == {"accountable", "related", "coordinates"} - (
        set() if any(e.kind == "related" for e in both.edges) else {"related"}
    )
    program = next(node for node in both.nodes if node.kind == "program")
    to_program = [edge for edge in both.edges if edge.target == program.id]
    assert {edge.kind for edge in to_program} == {"coordinates"}
    assert len(to_program) == len({c.department for c in asked.coordination})
    one_mode = network_table(asked)
    ends = [frozenset((edge.source, edge.target)) for edge in one_mode.edges]
    assert len(ends) == len(set(ends))


def test_edges_with_collectives_are_of_a_kind_of_their_own() -> None:
    table = network_table(collaboration(reference_plan("004"), include_collectives=True))
    collective = next(node.id for node in table.nodes if node.kind == "collective")
    for edge in table.edges:
        assert (edge.kind == "with-collective") is (collective in (edge.source, edge.target))


def test_a_query_result_is_a_source() -> None:
    table = ResultTable(
        ("部门", "任务", "角色", "年度"),
        (
            ("甲局", "修路", "牵头", 2023),
            ("乙局", "修路", "配合", 2023),
            ("甲局", "种树", "牵头", 2024),
        ),
    )
    network = collaboration(table)
    assert pairs_of(network) == {("乙局", "甲局"): 1} or pairs_of(network) == {("甲局", "乙局"): 1}
    assert {t.year: len(t.members) for t in network.tasks.values()} == {2023: 2, 2024: 1}
    (arc,) = network.arcs
    assert network.departments[arc.first].name == "甲局"


def test_the_result_of_a_catalogue_query_gives_the_network_of_the_store() -> None:
    with store_of([reference_plan("004")]) as store:
        rows = run_query(store, "department-tasks", {})
        network = collaboration(rows)
        whole = collaboration(store, share="task", role="accountable")
    found = {frozenset(ends): tasks for ends, tasks in pairs_of(network).items()}
    assert {
        frozenset(ends): tasks for ends, tasks in pairs_of(whole).items()
    }.items() <= found.items()


def test_table_without_the_needed_columns_is_one_clear_line() -> None:
    with pytest.raises(InputError, match="no column 'department' among task, name"):
        list(duties_from_rows(("task", "name"), [("a", "b")]))


def test_identities_made_from_a_table_are_plain_iris() -> None:
    columns = ("task", "department", "region")
    rows = [
        *(("修路", "甲局", region) for region in ('4"10', "平顶山", "410411", "")),
        ("a://修路 一", "见 b://<甲局>", "410411"),
        ("https://example.org/t/1", "https://example.org/u/1", "410411"),
    ]
    made = [(d.task_iri, d.department_iri, d.program) for d in duties_from_rows(columns, rows)]
    for iri in {iri for iris in made for iri in iris}:
        assert re.fullmatch(r"https://[a-z0-9./-]+", iri)
    assert len({unit for _, unit, _ in made}) == len(rows)
    assert made[-1][:2] == ("https://example.org/t/1", "https://example.org/u/1")


@pytest.mark.parametrize(
    ("iri", "level"),
    [
        ("https://w3id.org/mskg/id/org/410000/finance", "province"),
        ("https://w3id.org/mskg/id/org/410400/finance", "prefecture"),
        ("https://w3id.org/mskg/id/org/410411/finance", "county"),
        ("https://w3id.org/mskg/id/org/x-1234abcd/finance", ""),
        ("d:1", ""),
    ],
)
def test_level_of_an_organ(iri: str, level: str) -> None:
    assert organ_level(iri) == level


def test_bipartite_graph_is_bipartite() -> None:
    graph = collaboration(reference_plan("004")).bipartite
    assert nx.is_bipartite(graph)
