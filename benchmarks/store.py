"""Stores at size: ``python -m benchmarks store [--quick] [--large] [--plans N] [--limit S]``.

N plans (330, about 1.1 million triples; `--quick` 24) are drawn, written as texts and read, checked
and stored by the real pipeline, each task with a leader added, in a temporary folder, or in one
that is kept (`--folder`), where a store that is there already is used again. Printed are CPU times:

- the build without reading, beside ``oxigraph load`` of the same quads;
- every query of the catalogue, unbound and bound to a region, in memory, on disk, and on rdflib in
  memory with the same quads; rdflib is stopped after S seconds (10), but not before six times what
  our store took, and the ratio is then a least one.

`--large` makes a store of 3,200 plans (about 10 million triples): the same plans, moved to other
places and years as plan objects, not read again. Printed are the opening, a look-up of one task,
every query bound to a region and to a department, and the totals.
"""

from __future__ import annotations

import argparse
import math
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import moved_plans, with_leaders, write_texts
from mskg.ns import REFERENCE_GRAPH, VOCABULARY, document_iri
from mskg.pipeline import read_each
from mskg.pipeline.tallying import following_tallies
from mskg.query import Catalogue, run_query
from mskg.query.run import query_text
from mskg.rdf import derived_graph, derived_triples, plan_triples, reference_triples
from mskg.store import Store, open_store
from mskg.validation import validate_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mskg.model import Plan

__all__ = ["main", "put_plans"]

_DAY = date(2024, 6, 1)
_ENOUGH = 0.1  # seconds of CPU that its clock measures well
_TIMES = 6  # what rdflib may take at least, as a multiple of our time
_PLACE = f"""SELECT ?region ?task ?department WHERE {{
  ?program <{VOCABULARY}hasTask> ?task ; <{VOCABULARY}region> ?region .
  ?task <{VOCABULARY}accountableDepartment> ?department .
}} LIMIT 1 OFFSET 20"""


def _cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.process_time()
    found = work()
    return time.process_time() - begin, found


def _repeated(work: Callable[[], Any]) -> float:
    """Return the CPU seconds of `work`, done as often as the coarse clock of the CPU needs."""
    times = 0
    begin = time.process_time()
    while (spent := time.process_time() - begin) < _ENOUGH:
        work()
        times += 1
    return spent / times


def put_plans(store: Store, plans: Iterable[Plan], at_once: int = 200) -> None:
    """Store `plans` as a build does, `at_once` a time, so that memory does not grow."""
    with store.writing():
        store.replace_graph(REFERENCE_GRAPH, reference_triples())
        some: list[Plan] = []
        for plan in plans:
            some.append(plan)
            if len(some) == at_once:
                _put(store, some)
                some = []
        _put(store, some)


def _put(store: Store, plans: Sequence[Plan]) -> None:
    documents = [document_iri(plan.document.key) for plan in plans]
    with following_tallies(store, documents, plans):
        for plan in plans:
            store.replace_graph(document_iri(plan.document.key), plan_triples(plan))
            store.replace_graph(derived_graph(plan), derived_triples(plan))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _build(folder: Path, plans: Sequence[Plan], quads: Path) -> None:
    """Print the cost of everything but reading, beside that of ``oxigraph load``."""
    checked, _ = _cpu(lambda: [validate_plan(plan) for plan in plans])
    with open_store(folder / "store", write=True) as store:
        stored, _ = _cpu(lambda: put_plans(store, plans))
        count = 0
        with quads.open("w", encoding="utf-8") as out:
            for piece in store.dump("nq"):
                count += piece.count("\n")
                out.write(piece)
    print(f"{count:,} triples of {len(plans)} plans; peak {_peak():.0f} MB")
    program = shutil.which("oxigraph")
    if program is None:
        print("no oxigraph here to compare with: pip install oxigraph")
        return
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    location = str(folder / "peer")
    command = [program, "load", "--location", location, "--file", str(quads)]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peer = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    print(
        f"build without reading: checked {checked:.1f} s + stored {stored:.1f} s CPU;"
        f" oxigraph load {peer:.1f} s; ratio {(checked + stored) / peer:.1f}"
        f" ({stored / peer:.1f} without checking)"
    )


@contextmanager
def _own_names() -> Iterator[None]:
    """Let rdflib 7.6 use the names it has deprecated itself."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Dataset", DeprecationWarning)
        yield


class _LimitReached(BaseException):
    """Time is up; no `Exception`, as rdflib catches those and goes on without a value."""


class _Rdflib:
    """The quads in rdflib, with a limit of time for each query."""

    def __init__(self, quads: Path) -> None:
        import rdflib

        self._graph = rdflib.Dataset(default_union=True)
        with _own_names(), quads.open("rb") as content:
            self._graph.parse(content, format="nquads")

    def seconds(self, query: str, limit: float) -> float:
        """Return the CPU time of `query`, or the `limit` where it takes longer."""

        def stop(*_: object) -> None:
            raise _LimitReached

        former = signal.signal(signal.SIGPROF, stop)
        signal.setitimer(signal.ITIMER_PROF, limit, 0.1)
        try:
            with _own_names():
                return _cpu(lambda: len(list(self._graph.query(query))))[0]
        except _LimitReached:
            return limit
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, former)


def _compare(folder: Path, plans: Sequence[Plan], quads: Path, least: int) -> None:
    memory = open_store()
    put_plans(memory, plans)
    peer = _Rdflib(quads)
    ratios: list[float] = []
    print(f"{'CPU ms':28s} {'memory':>9s} {'disk':>9s} {'rdflib':>9s} {'ratio':>8s}")
    with open_store(folder / "store") as disk:
        region = str(disk.select(_PLACE).rows[0][0])
        for query in Catalogue():
            names = {parameter.name for parameter in query.parameters}
            for bound in ({}, {"region": region}) if "region" in names else ({},):
                text = query_text(memory, query, bound, today=_DAY)
                ours = _repeated(partial(memory.select, text))
                stored = _repeated(partial(disk.select, text))
                limit = max(least, _TIMES * ours)
                theirs = peer.seconds(text, limit)
                ratios.append(theirs / ours)
                sign = ">" if theirs >= limit else " "
                name = query.name + (" --region" if bound else "")
                print(
                    f"{name:28s} {ours * 1e3:9.1f} {stored * 1e3:9.1f} {theirs * 1e3:9.0f}"
                    f" {sign}{ratios[-1]:6.0f}x",
                    flush=True,
                )
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"geometric mean {mean:.0f}x, least {min(ratios):.1f}x")


def _large(folder: Path, plans: Sequence[Plan], count: int) -> None:
    stored = 0.0
    if not (folder / "large").exists():
        with open_store(folder / "large", write=True) as store:
            stored, _ = _cpu(lambda: put_plans(store, moved_plans(plans, count)))
    opened, store = _cpu(lambda: open_store(folder / "large"))
    with store:
        total = store.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }").rows[0][0]
        size = int(getattr(total, "value", "0"))
        print(f"{size:,} triples of {count} plans; opened in {opened * 1e3:.1f} ms")
        if stored:
            rate = size / stored
            print(f"stored in {stored:.0f} s CPU, {rate:,.0f} a second, peak {_peak():.0f} MB")
        region, task, department = map(str, store.select(_PLACE).rows[0])
        look = f"SELECT ?p ?o WHERE {{ <{task}> ?p ?o }}"
        found = _repeated(partial(store.select, look))
        print(f"look-up of a task {found * 1e3:.2f} ms")
        for query in Catalogue():
            names = {parameter.name for parameter in query.parameters}
            given: list[dict[str, object]] = [
                {name: value}
                for name, value in (("region", region), ("department", department))
                if name in names
            ]
            if "totals" in query.tags:
                given.append({})
            for bound in given:
                run = partial(run_query, store, query.name, bound, today=_DAY)
                table = run()
                seconds = _repeated(run)
                wanted = 0.1 if bound else 1.0
                late = "" if seconds < wanted else "  SLOWER THAN WANTED"
                name = " ".join([query.name, *(f"--{name}" for name in bound)])
                print(
                    f"{name:32s} {seconds * 1e3:9.1f} ms {len(table.rows):6d} rows{late}",
                    flush=True,
                )


def main(arguments: list[str]) -> int:
    """Print the figures; return 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks store", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="24 plans instead of 330")
    parser.add_argument("--large", action="store_true", help="also 10 million triples")
    parser.add_argument("--only-large", action="store_true", help="only the large store")
    parser.add_argument("--plans", type=int, default=0)
    parser.add_argument("--copies", type=int, default=0, help="plans of the large store")
    parser.add_argument("--limit", type=int, default=10, help="seconds for a query of rdflib")
    parser.add_argument("--folder", type=Path, help="keep the stores here, and use what is here")
    given = parser.parse_args(arguments)
    count = given.plans or (24 if given.quick else 330)
    with tempfile.TemporaryDirectory() as place:
        folder = given.folder or Path(place)
        texts = write_texts(folder / "texts", count, 1)
        reading, read = _cpu(lambda: [found for _, found in read_each(texts)])
        plans = {found.plan.document.key: with_leaders(found.plan) for found in read if found.plan}
        print(f"{len(plans)} plans of {count} texts read in {reading:.1f} s CPU")
        if not given.only_large:
            quads = folder / "all.nq"
            if not quads.exists():
                _build(folder, list(plans.values()), quads)
            _compare(folder, list(plans.values()), quads, given.limit)
        if given.large or given.only_large:
            _large(folder, list(plans.values()), given.copies or (200 if given.quick else 3200))
    return 0
