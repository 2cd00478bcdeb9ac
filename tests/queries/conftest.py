from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from progress_reports import progress_graphs
from query_stores import RdflibStore, fill_store
from reference_plans import STEMS, reference_plan
from sample_plan import sample_plan
from sparql_server import oxigraph_server

from mskg.pipeline import read_plan
from mskg.resolve.things import fill_things
from mskg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.model import Plan


def _with_things(plan: Plan) -> Plan:
    return replace(plan, tasks=fill_things(plan.tasks))


ROOT = Path(__file__).resolve().parents[2]


@cache
def plans(data: str) -> Sequence[Plan]:
    """Return the plans of a kind of data.

    ``five`` are the hand annotations of the bundled plans and ``sample`` is written by hand:
    both are independent of reading. ``read`` are the bundled plans as mskg reads them (with
    evidence, areas, sources of tasks), ``trio`` three made-up ones: two years of a county, and
    its neighbour; ``ledger`` are these with reports of progress.
    """
    if data == "five":
        return [_with_things(reference_plan(stem)) for stem in STEMS]
    if data == "sample":
        return [sample_plan()]
    folder = (
        ROOT
        / {"read": "data/documents", "trio": "tests/support/plans"}[
            "trio" if data == "ledger" else data
        ]
    )
    return [read_plan(path) for path in sorted(folder.glob("*.txt"))]


class Stores:
    """Filled stores by kind and data, made when first needed."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self._factory = factory
        self._open: dict[tuple[str, str], Any] = {}
        self._closing: list[Any] = []

    def get(self, kind: str, data: str) -> Any:
        if (kind, data) not in self._open:
            self._open[kind, data] = self._make(kind, data)
        return self._open[kind, data]

    def _make(self, kind: str, data: str) -> Any:
        graphs = list(progress_graphs()) if data == "ledger" else []
        if kind == "rdflib":
            return RdflibStore(plans(data), graphs)
        location: Any = None
        if kind == "disk":
            location = self._factory.mktemp("stores") / data
        elif kind == "server":
            server = oxigraph_server()
            location = server.__enter__()
            self._closing.append(lambda: server.__exit__(None, None, None))
        store = open_store(location, write=True)
        self._closing.append(store.close)
        fill_store(store, plans(data))
        for iri, triples in graphs:
            store.replace_graph(iri, triples)
        return store

    def close(self) -> None:
        for close in reversed(self._closing):
            close()


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    made = Stores(tmp_path_factory)
    yield made
    made.close()
