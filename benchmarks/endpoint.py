"""The endpoint beside `oxigraph serve`: ``python -m benchmarks endpoint [REQUESTS] [options]``.

The bundled plans are stored over and over, as plans of made-up places, up to so many triples
(1,000,000). `mskg serve` makes its public copy of that store; `oxigraph serve-read-only` serves
the very same files. Both get the same look-ups (all facts of a task, drawn at random) from
`--clients` connections (16) at a time: first in three interleaved rounds of 10,000 each, for the
ratio, then REQUESTS (100,000) to ours alone, beside the department self-join over the whole store
sent again and again, in five parts. Printed are answers a second, CPU a request of each server
with its processes, median and 99th percentile, statuses, what was lost, and the memory of ours
before and after each part. The exit code is 1 if something was lost, a look-up got no 200, or a
figure is missed: ratio at least 0.2, 99th percentile at most ten times the median.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from benchmarks.load import Load, get_request, run_load
from mskg.ns import DATA, document_iri
from mskg.pipeline import read_plan
from mskg.rdf import Literal, derived_graph, derived_triples, plan_triples
from mskg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.rdf import Term, Triple

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT / "data" / "documents"
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
_LEAST_RATIO = 0.2
_MOST_SPREAD = 10
_ROUND = 10_000
_ROUNDS = 3
_PARTS = 5  # of the look-ups beside the self-join
_LOOK_UP = "SELECT ?p ?o WHERE {{ <{0}> ?p ?o }}"
_SELF_JOIN = """PREFIX mskg: <https://w3id.org/mskg/ontology#>
SELECT ?a ?b (COUNT(DISTINCT ?t) AS ?n) WHERE {
  ?t mskg:hasAssignment/mskg:department ?a , ?b FILTER(?a != ?b) }
GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b LIMIT 20"""


class _Server(NamedTuple):
    name: str
    port: int
    path: str
    process: subprocess.Popen[str]


def main(arguments: list[str]) -> int:
    """Make the store, run the servers and the load; return 1 if a figure is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks endpoint")
    parser.add_argument("requests", type=int, nargs="?", default=100_000)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        tasks = _fill(store, given.triples)
        random.Random(given.seed).shuffle(tasks)
        with _ours(store) as ours, _oxigraph(next((store / "public").glob("*/db"))) as theirs:
            return _measure(ours, theirs, tasks, given.requests, given.clients)


def _fill(path: Path, triples: int) -> list[str]:
    """Store copies of the bundled plans under other names; return the tasks."""
    plans = [read_plan(file) for file in sorted(DOCUMENTS.glob("*.txt"))]
    graphs = [(document_iri(p.document.key), list(plan_triples(p))) for p in plans]
    graphs += [(derived_graph(p), list(derived_triples(p))) for p in plans]
    size = sum(len(of_graph) for _, of_graph in graphs)
    copies = max(1, round(triples / size))
    begin = time.perf_counter()
    with open_store(path, write=True) as store, store.writing():
        for number in range(copies):
            for name, of_graph in graphs:
                copied = [_renamed(triple, number) for triple in of_graph]
                store.replace_graph(_other(name, number), copied)
    seconds = time.perf_counter() - begin
    print(f"{copies * size:,} triples in {copies * len(plans):,} plans, stored in {seconds:.0f} s")
    own = [s for _, of_graph in graphs for s, p, o in of_graph if str(o).endswith("#Task")]
    return [_other(task, number) for number in range(copies) for task in own]


def _renamed(triple: Triple, number: int) -> Triple:
    subject, link, value = triple
    return _other(subject, number), link, _value(value, number)


def _value(value: Term, number: int) -> Term:
    return value if isinstance(value, Literal) else _other(value, number)


def _other(iri: str, number: int) -> str:
    """Return the IRI of a thing of another place; concepts are shared by all."""
    if not iri.startswith(DATA) or iri.startswith(f"{DATA}concept/"):
        return iri
    return f"{DATA}n{number}/{iri[len(DATA) :]}"


@contextmanager
def _ours(store: Path) -> Iterator[_Server]:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "mskg", "serve", "--store", str(store), "--port", "0"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stderr is not None
    try:
        port = next(int(m[1]) for line in process.stderr if (m := _ADDRESS.search(line)))
        print(
            f"mskg serve is ready after {time.perf_counter() - begin:.1f} s, with its public copy"
        )
        yield _Server("mskg serve", port, "/sparql", process)
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()


@contextmanager
def _oxigraph(database: Path) -> Iterator[_Server]:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).parent / "oxigraph"
    command = [str(program), "serve-read-only", "--location", str(database)]
    command += ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, text=True)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
                break
            except OSError:
                time.sleep(0.05)
        yield _Server("oxigraph serve", port, "/query", process)
    finally:
        process.terminate()
        process.wait()


def _measure(ours: _Server, theirs: _Server, tasks: list[str], requests: int, clients: int) -> int:
    look_ups = {
        server.name: [get_request(server.path, _LOOK_UP.format(task)) for task in tasks]
        for server in (ours, theirs)
    }
    rates: dict[str, list[float]] = {}
    for _ in range(_ROUNDS):
        for server in (theirs, ours):
            load = _round(server, look_ups[server.name], min(_ROUND, requests), clients)
            rates.setdefault(server.name, []).append(load.rate)
    ratio = sorted(rates[ours.name])[1] / sorted(rates[theirs.name])[1]
    print(f"ratio of the middle rounds: {ratio:.2f} (at least {_LEAST_RATIO})")
    before = _memory(ours)
    print(f"now {requests:,} look-ups to ours, beside the department self-join")
    part = max(1, requests // _PARTS)
    sound, spread, memory = True, 0.0, [before]
    with _self_joins(ours) as ends:
        for _ in range(_PARTS):
            load = _round(ours, look_ups[ours.name], part, clients)
            sound = sound and load.statuses == {200: part} and not load.lost
            spread = max(spread, load.quantile(0.99) / load.quantile(0.5))
            memory.append(_memory(ours))
    print(f"  self-joins beside them: {ends}")
    print(
        f"  memory of ours, before and after each part: {', '.join(f'{m:.0f}' for m in memory)} MB"
    )
    print(f"  99th percentile: {spread:.1f} times the median at worst (at most {_MOST_SPREAD})")
    return 0 if sound and ratio >= _LEAST_RATIO and spread <= _MOST_SPREAD else 1


def _round(server: _Server, look_ups: list[bytes], count: int, clients: int) -> Load:
    begin = _cpu(server)
    load = run_load(server.port, look_ups, count, clients)
    each = (_cpu(server) - begin) / count * 1e6
    print(
        f"  {server.name:<15} {load.rate:8.0f} /s  {each:5.0f} µs CPU each"
        f"  median {load.quantile(0.5):6.2f} ms  p99 {load.quantile(0.99):7.2f} ms"
        f"  {load.statuses}  lost {load.lost}"
    )
    return load


@contextmanager
def _self_joins(server: _Server) -> Iterator[dict[int, int]]:
    """Send the slow query again and again until the block ends; yield how often it ended how."""
    ends: dict[int, int] = {}
    done = threading.Event()
    url = f"http://127.0.0.1:{server.port}{server.path}?" + urlencode({"query": _SELF_JOIN})

    def ask() -> None:
        while not done.is_set():
            try:
                with urllib.request.urlopen(url) as answer:
                    status = answer.status
                    answer.read()
            except urllib.error.HTTPError as error:
                status = error.code
            ends[status] = ends.get(status, 0) + 1

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield ends
    finally:
        done.set()
        asking.join()


def _processes(server: _Server) -> list[int]:
    """Return the numbers of a server's process and of those it started."""
    found = [server.process.pid]
    for number in found:
        path = Path(f"/proc/{number}/task/{number}/children")
        found += [int(child) for child in path.read_text().split()]
    return found


def _cpu(server: _Server) -> float:
    """Return the CPU seconds of all processes of a server, those that have ended included."""
    ticks = 0
    for number in _processes(server):
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15] if number == server.process.pid else fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(server: _Server) -> float:
    """Return the resident megabytes of all processes of a server."""
    kilobytes = 0
    for number in _processes(server):
        status = Path(f"/proc/{number}/status").read_text()
        kilobytes += int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]
    return kilobytes / 1024
