"""Tallies: what is counted, and that they follow the documents of a store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from query_stores import fill_store

from mskg import __version__
from mskg.ns import PREFIXES, TALLIES_GRAPH, VOCABULARY, document_iri
from mskg.pipeline import read_plan
from mskg.pipeline.tallying import following_tallies
from mskg.query import run_query
from mskg.rdf import derived_graph, derived_triples, plan_triples
from mskg.store import open_store

if TYPE_CHECKING:
    from mskg.model import Plan
    from mskg.rdf import Triple
    from mskg.store import Store

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data" / "documents").glob("*.txt"))
ALL = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{TALLIES_GRAPH}> {{ ?s ?p ?o }} }}"


@pytest.fixture(name="plans", scope="module")
def _plans() -> list[Plan]:
    return [read_plan(path) for path in FILES]


def tallies(store: Store) -> list[Triple]:
    return store.construct(ALL)


def put(store: Store, leaving: set[str], plans: list[Plan]) -> None:
    """Bring a store to other documents as a build does."""
    changing = leaving | {document_iri(plan.document.key) for plan in plans}
    with store.writing(), following_tallies(store, changing, plans):
        for document in leaving:
            store.drop_graph(document)
            store.drop_graph(f"{document}/derived")
        for plan in plans:
            store.replace_graph(document_iri(plan.document.key), plan_triples(plan))
            store.replace_graph(derived_graph(plan), derived_triples(plan))


@pytest.mark.parametrize("name", ["function", "area", "month", "thing"])
def test_tallies_agree_with_the_plans(plans: list[Plan], name: str) -> None:
    """Each query counts the whole store by tallies, and named places by their plans."""
    with open_store() as store:
        fill_store(store, plans)
        places = [plan.program.region_code for plan in plans]
        for more in ({}, {"year": 2023}):
            by_tallies = run_query(store, f"totals-per-{name}", more)
            by_plans = run_query(store, f"totals-per-{name}", {"region": places, **more})
            assert by_tallies.rows == by_plans.rows
            assert by_tallies.rows


def test_pairs_are_those_of_the_plans(plans: list[Plan]) -> None:
    with open_store() as store:
        fill_store(store, plans)
        by_tallies = run_query(store, "totals-per-pair", {"min": 1}, evidence=True)
        assert by_tallies.rows == run_query(store, "shared-tasks", {}, evidence=True).rows


@pytest.mark.parametrize("seed", range(4))
def test_following_is_counting_anew(plans: list[Plan], seed: int) -> None:
    """Documents come, change and go, a few at a time, in any order."""
    chance = Random(seed)
    kept: dict[str, Plan] = {}
    with open_store() as store:
        for _ in range(6):
            some = [_changed(plan, chance) for plan in chance.sample(plans, chance.randint(0, 3))]
            written = {document_iri(plan.document.key): plan for plan in some}
            going = set(chance.sample(sorted(kept), min(len(kept), chance.randint(0, 2))))
            put(store, going - written.keys(), some)
            kept = {iri: plan for iri, plan in kept.items() if iri not in going} | written
            with open_store() as fresh:
                put(fresh, set(), list(kept.values()))
                assert tallies(store) == tallies(fresh)
                assert bool(tallies(store)) == bool(kept)


def _changed(plan: Plan, chance: Random) -> Plan:
    count = chance.randint(1, len(plan.tasks))
    return replace(plan, tasks=plan.tasks[:count])


def test_tallies_of_another_version_are_counted_anew(plans: list[Plan]) -> None:
    with open_store() as store:
        put(store, set(), plans[:3])
        right = tallies(store)
        version = f"{VOCABULARY}softwareVersion"
        old = [t for t in right if t[1] == version]
        assert [str(getattr(t[2], "value", t[2])) for t in old] == [__version__]
        store.change_graph(TALLIES_GRAPH, [*old, right[-1]], [])
        put(store, set(), plans[:1])
        assert tallies(store) == right


def test_the_graph_says_what_it_is_derived_from(plans: list[Plan]) -> None:
    with open_store() as store:
        put(store, set(), plans)
        query = f"""PREFIX prov: <{PREFIXES["prov"]}>
        SELECT ?document {{ <{TALLIES_GRAPH}> prov:wasDerivedFrom ?document }} ORDER BY ?document"""
        found = [str(row[0]) for row in store.select(query).rows]
        assert found == sorted(document_iri(plan.document.key) for plan in plans)
        generated = f"ASK {{ <{TALLIES_GRAPH}> <{PREFIXES['prov']}wasGeneratedBy> ?run }}"
        assert store.ask(generated)
