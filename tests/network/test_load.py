"""The same network from plans and from a store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from reference_plans import STEMS, reference_plan

from mskg.errors import InputError, QueryError
from mskg.network import Duty, collaboration, duties_from_plan, duties_from_store, programs
from mskg.ns import document_iri
from mskg.query import run_query
from mskg.rdf import derived_graph, derived_triples, plan_triples
from mskg.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model import Plan

PLANS = [reference_plan(stem) for stem in STEMS]


def stored(store: Store, plans: list[Plan]) -> Store:
    for plan in plans:
        store.replace_graph(document_iri(plan.document.key), plan_triples(plan))
        store.replace_graph(derived_graph(plan), derived_triples(plan))
    return store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store(None) as opened:
        yield stored(opened, PLANS)


@pytest.mark.parametrize("collectives", [False, True])
@pytest.mark.parametrize("share", ["item", "task"])
def test_store_and_plans_give_one_network(store: Store, share: str, collectives: bool) -> None:
    options = {"share": share, "include_collectives": collectives}
    from_plans = collaboration(PLANS, **options)  # type: ignore[arg-type]
    from_store = collaboration(store, **options)  # type: ignore[arg-type]
    assert from_store.departments == from_plans.departments
    assert from_store.tasks == from_plans.tasks
    assert from_store.pairs == from_plans.pairs
    assert (from_store.note(), from_store.title) == (from_plans.note(), from_plans.title)
    assert len(from_plans.departments) > 70


def test_duty_rows_are_equal(store: Store) -> None:
    def key(duty: Duty) -> tuple[str, ...]:
        return (duty.task_iri, duty.department_iri, duty.side, duty.item_iri)

    from_plan = set(duties_from_plan(reference_plan("004")))
    assert set(duties_from_store(store, region="湛河区")) == from_plan
    assert len({key(duty) for duty in from_plan}) == len(from_plan) > 80


@pytest.mark.parametrize("region", ["湛河区", "410411"])
def test_region_by_name_or_code(store: Store, region: str) -> None:
    network = collaboration(store, region=region)
    assert {task.region for task in network.tasks.values()} == {"湛河区"}
    assert network.pairs == collaboration(PLANS, region=region).pairs
    assert network.title == "湛河区2023年部门协作网络"


def test_year(store: Store) -> None:
    network = collaboration(store, year=2024)
    assert {task.year for task in network.tasks.values()} == {2024}
    assert network.pairs == collaboration(PLANS, year=2024).pairs
    assert len(network.tasks) == 25


def test_programme_duties_are_counted_in_the_note(store: Store) -> None:
    assert "项目级职责4项" in collaboration(store, region="山海关区").note()
    assert "4 programme-level duties" in collaboration(store, region="山海关区").note("en")


@pytest.mark.parametrize("region", ["无此区", 'a"b\\', "} DROP ALL {", "", "湛合区"])
def test_unknown_region_is_one_clear_line_with_the_nearest(store: Store, region: str) -> None:
    rows = duties_from_store(store)
    for source in (store, PLANS, rows):
        with pytest.raises(QueryError) as error:
            collaboration(source, region=region, year=2023)
        assert str(error.value).startswith(f"no region with tasks is called {region!r}")
        assert "湛河区" in error.value.hint
        assert region in error.value.line("zh")


def test_part_of_a_name_is_enough_where_it_means_one_region(store: Store) -> None:
    rows = duties_from_store(store)
    code = "https://w3id.org/mskg/id/region/410411"
    for source, names in ((store, ["湛河", "湛河區", code]), (rows, ["湛河", "湛河區"])):
        for name in names:
            found = collaboration(source, region=name)
            assert {task.region for task in found.tasks.values()} == {"湛河区"}
        with pytest.raises(QueryError) as error:
            collaboration(source, region="区")
        assert "may mean more than one region (one of: 山海关区 130303, 湛河区 410411)" in str(
            error.value
        )


def test_years_without_tasks_are_one_clear_line(store: Store) -> None:
    with pytest.raises(InputError, match="no task of region '湛河' in 2030 names a department"):
        collaboration(store, region="湛河", year=2030)


@pytest.mark.parametrize("level", ["department", "post"])
def test_large_stores_are_read_in_batches_that_tell_the_progress(
    monkeypatch: pytest.MonkeyPatch, store: Store, level: str
) -> None:
    whole = collaboration(store, level=level)
    monkeypatch.setattr(programs, "_BATCH", 2)
    told: list[tuple[int, int]] = []
    found = collaboration(store, level=level, progress=lambda *step: told.append(step))
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert (found.departments, found.tasks) == (whole.departments, whole.tasks)


def test_functions_come_from_both_sources() -> None:
    plan = reference_plan("004")
    first = plan.tasks[0]
    departments = tuple(replace(a, functions=("health", "ageing")) for a in first.departments)
    plan = replace(plan, tasks=(replace(first, departments=departments),))
    with open_store(None) as opened:
        stored(opened, [plan])
        for source in (plan, opened):
            network = collaboration(source)
            assert {d.functions for d in network.departments.values()} == {("ageing", "health")}


def test_names_with_quotes_and_control_characters_pass() -> None:
    plan = reference_plan("004")
    first = plan.tasks[0]
    odd = 'A"局\\n<&>\u0001'
    departments = tuple(replace(entry, org=odd + entry.org) for entry in first.departments)
    plan = replace(plan, tasks=(replace(first, departments=departments),))
    with open_store(None) as opened:
        names = {d.name for d in collaboration(stored(opened, [plan])).departments.values()}
    assert names == {d.name for d in collaboration(plan).departments.values()}
    assert all(name.startswith(odd) for name in names)


def test_catalogue_query_counts_the_same_pairs(store: Store) -> None:
    table = run_query(store, "shared-tasks", {})
    asked = {(frozenset((row[0], row[1])), int(str(row[2]))) for row in table.rows}
    network = collaboration(store)
    names = {iri: department.name for iri, department in network.departments.items()}
    assert asked == {
        (frozenset((names[pair.first], names[pair.second])), pair.tasks) for pair in network.pairs
    }
