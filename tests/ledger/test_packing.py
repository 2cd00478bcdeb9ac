"""What is kept for reading in bulk gives the same as the graphs, and never outlives them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from ledger_store import bundled_plan, bundled_store, one, put, seen
from sparql_server import oxigraph_server

from mskg.ledger import find_row, history, ledger_rows, record_event, standings
from mskg.ledger.packing import packed_rows, write_packed
from mskg.model import Event
from mskg.ns import document_iri
from mskg.rdf import Literal, plan_triples, run_of
from mskg.rdf.vocabulary import ROW_TABLE
from mskg.store import Store, open_store

JUNE = date(2023, 6, 30)


def _read(store: Store, rules: str) -> None:
    """Store the plan of 泾源县 as a run under `rules` gives it."""
    plan = bundled_plan("003")
    run = run_of(plan, rules=rules, version="1")
    store.replace_graph(document_iri(plan.document.key), plan_triples(plan, run=run))


def test_packed_rows_are_the_rows_of_the_plan_until_it_is_read_anew() -> None:
    store = bundled_store("003")
    rows = ledger_rows(store)
    write_packed(store, rows)  # no run is named, so nothing is kept
    assert packed_rows(store, [rows[0].program]) == {}
    _read(store, "one")
    write_packed(store, rows)
    assert packed_rows(store, [rows[0].program]) == {rows[0].program: list(rows)}
    assert ledger_rows(store) == rows
    _read(store, "two")
    assert packed_rows(store, [rows[0].program]) == {}
    assert ledger_rows(store) == rows


def test_reports_read_in_bulk_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    store = bundled_store("003")
    aid, start = one(store, "9", "法律援助"), one(store, "2", "开工建设")
    put(
        store, JUNE, seen(aid, JUNE, Decimal(118), note="在办"), seen(start, JUNE, state="complete")
    )
    put(store, JUNE, seen(aid, JUNE, Decimal(117)), reported=date(2023, 7, 3))
    one_by_one = standings(store, JUNE)
    monkeypatch.setattr(history, "_FEW", 0)  # now from the tables of the reports on these rows
    assert standings(store, JUNE) == one_by_one
    monkeypatch.setattr(history, "_MANY", 0)  # and from those of all reports
    assert standings(store, JUNE) == one_by_one
    assert standings(store, date(2023, 6, 29)) != one_by_one
    plain = standings(store, JUNE, words=False)
    assert [s.pace for s in plain] == [s.pace for s in one_by_one]
    # A report that another program wrote has observations, but no table; one that an earlier
    # version wrote has a table of another format.
    query = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } }"
    graph = next(name for name in store.graphs() if "/report/" in name)
    triples = store.construct(query % graph)
    foreign = [triple for triple in triples if triple[1] != ROW_TABLE]
    for table in ([], [(graph, ROW_TABLE, Literal(f"{aid.id}\t2023-06-30\t1\t件"))]):
        store.replace_graph(graph, [*foreign, *table])
        assert standings(store, JUNE) == one_by_one
    # Of another program too: the head of a report in a graph of its own.
    head = [triple for triple in foreign if triple[0] == graph]
    store.replace_graph(graph, [triple for triple in foreign if triple not in head])
    store.replace_graph(f"{graph}/head", head)
    for many in (0, 4000):
        monkeypatch.setattr(history, "_MANY", many)
        assert standings(store, JUNE) == one_by_one


def test_nothing_of_other_plans_is_asked_for() -> None:
    """What one plan costs must not grow with the store."""
    store = bundled_store("001", "003")
    programs = sorted({row.program for row in ledger_rows(store)})
    for wanted, other in (programs, programs[::-1]):
        rows = ledger_rows(store, program=wanted)
        put(store, JUNE, *(seen(row, JUNE, state="under-way") for row in rows[:3]))
        answers: list[str] = []
        watched = _Watched(store, answers)
        task = find_row(watched, rows[-1].task)
        standings(watched, JUNE, program=wanted)
        record_event(watched, Event("started", task.id, JUNE, "督查室"))
        assert any(wanted in answer for answer in answers)
        assert not [answer for answer in answers if other in answer]


class _Watched:
    """A store that keeps what it answers."""

    def __init__(self, store: Store, answers: list[str]) -> None:
        self._store, self._answers = store, answers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def select(self, *given: Any, **more: Any) -> Any:
        found = self._store.select(*given, **more)
        self._answers += [str(row) for row in found.rows]
        return found


def test_a_server_gives_the_same_as_memory() -> None:
    memory = bundled_store("003")
    aid, start = one(memory, "9", "法律援助"), one(memory, "2", "开工建设")
    closed = Event("closed", start.id, date(2023, 3, 30), "督查室", "验收单")
    with oxigraph_server() as address, open_store(address, write=True) as server:
        for graph in memory.graphs():
            query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
            server.replace_graph(graph, memory.construct(query))
        for store in (memory, server):
            put(store, JUNE, seen(aid, JUNE, Decimal("118.5"), note="在办"))
            record_event(store, replace(closed, note="开工令已发"))
        assert ledger_rows(server) == ledger_rows(memory)
        assert standings(server, JUNE) == standings(memory, JUNE)
