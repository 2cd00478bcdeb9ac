"""Validation against pySHACL: plans per CPU second, and one draft from process start.

``python -m benchmarks validation [--plans N] [--runs N]``

Two ratios, each with its peer in the same run:

- *corpus*: plans per CPU second of `mskg.validation` over those of pySHACL with cached query
  parsing (the shapes as they are written, each query parsed once for the whole run), both from
  the triples of a plan to its findings; wanted: at least 10;
- *draft*: wall time of ``mskg validate draft.txt`` on a draft with a violation, from process
  start, over that of ``python -c "import rdflib, pyshacl"``; wanted: at most 5.

The plans are the bundled ones and those of ``tests/golden``, in turn and evenly chosen. Before
anything is timed, both ways must find the same.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import pyshacl
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery

from benchmarks.speed import plan_files
from mskg.errors import MskgError
from mskg.pipeline import read_plan
from mskg.rdf import derived_triples, plan_triples, to_rdflib
from mskg.resources import folder
from mskg.validation import validate_graph
from mskg.validation.shapes import load_shapes
from mskg.validation.validate import results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mskg.rdf import Triple

__all__ = ["main"]

WANTED_CORPUS = 10
WANTED_DRAFT = 5
_CHANGES = (("完成工程量的60%", "完成工程量的20%"),)


class CachedGraph(Graph):
    """A graph of rdflib that parses each query once, and does nothing else differently."""

    def query(self, query_object: Any, *arguments: Any, **named: Any) -> Any:
        """Query the graph as `rdflib.Graph.query` does."""
        if isinstance(query_object, str):
            prefixes = named.get("initNs") or dict(self.namespaces())
            key = tuple(sorted((prefix, str(iri)) for prefix, iri in prefixes.items()))
            query_object = _parsed(query_object, key)
        return super().query(query_object, *arguments, **named)


@lru_cache(maxsize=1024)
def _parsed(text: str, prefixes: tuple[tuple[str, str], ...]) -> Any:
    return prepareQuery(text, initNs=dict(prefixes))


def _plans(count: int) -> list[list[Triple]]:
    files = plan_files()
    step = max(1, len(files) // count)
    found = []
    for path in files[::step][:count]:
        try:
            plan = read_plan(path)
        except MskgError:  # a page that is no plan
            continue
        found.append([*plan_triples(plan), *derived_triples(plan)])
    return found


def _shapes() -> Graph:
    shapes = Graph()
    for path in sorted(folder("shapes").glob("*.ttl")):
        shapes.parse(path)
    return shapes


def _by_pyshacl(triples: list[Triple], shapes: Graph) -> Graph:
    data = to_rdflib(triples)
    view = CachedGraph(store=data.store, identifier=data.identifier, bind_namespaces="none")
    report = pyshacl.validate(view, shacl_graph=shapes)[1]
    assert isinstance(report, Graph)
    return report


def _keys(report: Graph) -> list[tuple[str, ...]]:
    names = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraintComponent)
    return sorted(
        tuple(str(report.value(node, name)) if name is not SH.resultPath else "" for name in names)
        for node in report.objects(None, SH.result)
    )


def _check(plans: Iterable[list[Triple]], shapes: Graph) -> int:
    from mskg.rdf.tuples import graph_over

    total = 0
    for triples in plans:
        ours = _keys(results(graph_over(triples), triples, load_shapes()))
        if ours != _keys(_by_pyshacl(triples, shapes)):
            raise SystemExit("the two ways find different things")
        total += len(ours)
    return total


def _seconds(work: Callable[[list[Triple]], object], plans: Iterable[list[Triple]]) -> float:
    begin = time.process_time()
    for triples in plans:
        work(triples)
    return time.process_time() - begin


def _corpus(count: int) -> None:
    plans, shapes = _plans(count), _shapes()
    found = _check(plans, shapes)
    slow = _seconds(lambda triples: _by_pyshacl(triples, shapes), plans)
    quick = _seconds(validate_graph, plans)
    size = sum(map(len, plans)) // len(plans)
    print(f"corpus: {len(plans)} plans of {size} triples, {found} results, the same both ways")
    print(f"  pySHACL with cached queries {len(plans) / slow:8.2f} plans a CPU second")
    print(f"  mskg                        {len(plans) / quick:8.2f} plans a CPU second")
    print(f"  ratio {slow / quick:.1f} (wanted: at least {WANTED_CORPUS})")


def _wall(command: Sequence[str | Path]) -> float:
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ})
    assert done.returncode in (0, 1), done.stderr
    return time.perf_counter() - begin


def _draft(runs: int) -> None:
    (source,) = (folder("data") / "documents").glob("003_*.txt")
    text = source.read_text(encoding="utf-8")
    for old, new in _CHANGES:
        assert old in text
        text = text.replace(old, new, 1)
    ratios, walls = [], []
    with tempfile.TemporaryDirectory() as place:
        draft = Path(place) / "draft.txt"
        draft.write_text(text, encoding="utf-8")
        for _ in range(runs):
            peer = _wall([sys.executable, "-c", "import rdflib, pyshacl"])
            walls.append(_wall([sys.executable, "-m", "mskg", "validate", draft]))
            ratios.append(walls[-1] / peer)
    print(f"draft: mskg validate in {median(walls):.2f} s wall from process start")
    print(
        f"  ratio to import rdflib, pyshacl {median(ratios):.1f} (wanted: at most {WANTED_DRAFT})"
    )


def main(arguments: list[str]) -> int:
    """Print both ratios beside what is wanted; fail only where the two ways find other things."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks validation", description=__doc__)
    parser.add_argument("--plans", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args(arguments)
    _corpus(chosen.plans)
    _draft(chosen.runs)
    return 0
