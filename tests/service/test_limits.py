"""Slow, large and hostile queries: ended by their limits, and never in the way of others."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from served_store import Reply, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from served_store import Served

# Departments that share tasks, made worse: hours on a store of any size.
SELF_JOIN = """SELECT ?x ?y (COUNT(*) AS ?n) WHERE {
  ?a mskg:department ?x . ?b mskg:department ?y . ?c mskg:department ?z .
  ?d mskg:department ?u . ?e mskg:department ?v } GROUP BY ?x ?y"""
LOOK_UP = "SELECT ?p ?o WHERE { <https://w3id.org/mskg/id/program/410411/2023/livelihood> ?p ?o }"
PATIENCE = 60.0


@pytest.fixture(scope="module", name="strict")
def _strict(store: Path) -> Iterator[Served]:
    options = ("--timeout", "3", "--rows", "100", "--readers", "2")
    with served(store, *options) as running:
        yield running


@pytest.fixture(scope="module", name="patient")
def _patient(store: Path) -> Iterator[Served]:
    with served(store, "--timeout", "60", "--memory", "200") as running:
        yield running


def figure(server: Served, name: str) -> float:
    lines = server.get("/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(name))


def wait_for(server: Served, name: str, value: float) -> None:
    """Wait until a figure has a value."""
    end = time.monotonic() + PATIENCE
    while figure(server, name) != value:
        assert time.monotonic() < end, f"{name} is {figure(server, name)}, not {value}"
        time.sleep(0.05)


def test_look_ups_go_on_beside_slow_queries(strict: Served) -> None:
    """More slow queries than readers, and not one look-up fails or waits for them."""
    with ThreadPoolExecutor(6) as pool:
        slow = [pool.submit(strict.query, SELF_JOIN, accept_language="en") for _ in range(6)]
        answered = 0
        while not all(future.done() for future in slow):
            reply = strict.query(LOOK_UP)
            assert reply.status == 200
            answered += not all(future.done() for future in slow)
        ends = sorted(future.result().status for future in slow)
    # Four may run long, each until its time is up; the others are sent away.
    assert ends == [503, 503, 504, 504, 504, 504]
    assert answered > 20
    for future in slow:
        reply: Reply = future.result()
        if reply.status == 503:
            assert int(reply.headers["retry-after"]) > 0
            assert "long queries" in reply.text
        else:
            assert "3 s" in reply.text
    wait_for(strict, "mskg_readers_busy", 0)
    assert figure(strict, 'mskg_stopped_total{reason="time"}') == 4


@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+xml", "*/*"])
def test_rows_are_counted(strict: Served, accept: str) -> None:
    most = strict.query("SELECT * WHERE { ?s ?p ?o } LIMIT 100", accept=accept)
    assert most.status == 200
    more = strict.query("SELECT * WHERE { ?s ?p ?o } LIMIT 101", accept=accept)
    assert (more.status, "100" in more.text) == (400, True)
    triples = strict.query("CONSTRUCT WHERE { ?s ?p ?o }", accept="text/turtle")
    assert triples.status == 400


def test_rows_stop_a_query_that_never_ends(strict: Served) -> None:
    endless = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    begun = figure(strict, 'mskg_stopped_total{reason="rows"}')
    assert strict.query(endless).status == 400
    assert figure(strict, 'mskg_stopped_total{reason="rows"}') == begun + 1


def test_memory_is_bounded(patient: Served) -> None:
    """A query that wants it all ends, and its place is taken by another process."""
    greedy = """SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?f))) AS ?all) WHERE {
      ?a ?b ?c . ?d ?e ?f }"""
    reply = patient.query(greedy)
    assert (reply.status, "200 MB" in reply.text) == (507, True)
    assert patient.query(LOOK_UP).status == 200


def test_a_query_whose_client_has_left_is_ended(patient: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", patient.port)
    connection.request("GET", "/sparql?" + urlencode({"query": SELF_JOIN}))
    wait_for(patient, "mskg_readers_long", 1)
    connection.close()
    wait_for(patient, "mskg_readers_busy", 0)
    assert figure(patient, 'mskg_stopped_total{reason="gone"}') == 1


def test_a_reader_that_is_killed_is_replaced(server: Served) -> None:
    with open(f"/proc/{server.process.pid}/task/{server.process.pid}/children") as listed:
        children = [int(number) for number in listed.read().split()]
    for number in children:
        os.kill(number, signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    statuses = set()
    while 200 not in statuses:
        statuses.add(server.query(LOOK_UP).status)
        assert time.monotonic() < end
    assert statuses <= {200, 507}
    assert json.loads(server.get("/health").body)["status"] == "ok"


def test_sigterm_finishes_what_runs(store: Path) -> None:
    """A request under way is answered; then the server is gone, with nothing left behind."""
    with served(store) as server:
        slow = """SELECT (COUNT(*) AS ?n) WHERE {
          ?a mskg:department ?x . ?b mskg:department ?y . ?c mskg:department ?z
          FILTER(?x = ?y && ?y = ?z) }"""
        replies: list[Reply] = []
        asking = threading.Thread(target=lambda: replies.append(server.query(slow)))
        asking.start()
        wait_for(server, "mskg_readers_busy", 1)
        assert server.stop() == 0
        asking.join(PATIENCE)
        assert [reply.status for reply in replies] == [200]
    assert [path for path in (store / "public").iterdir() if not (path / "db").exists()] == []


def test_long_answers_come_in_pieces_and_whole(server: Served) -> None:
    """An answer beyond what is held in memory; one that breaks off is noticed."""
    wide = (
        "SELECT * WHERE { { SELECT * { ?s ?p ?o } LIMIT 1000 } { SELECT * { ?a ?b ?c } LIMIT %d } }"
    )
    whole = server.query(wide % 90)
    assert "content-length" not in whole.headers
    assert len(json.loads(whole.body)["results"]["bindings"]) == 90_000
    with pytest.raises(http.client.IncompleteRead):
        server.query(wide % 110)
    head = server.get("/sparql?" + urlencode({"query": wide % 90}), "HEAD")
    assert (head.status, head.body) == (200, b"")
    wait_for(server, "mskg_readers_busy", 0)
