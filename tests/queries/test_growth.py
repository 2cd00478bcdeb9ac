"""A query bound to a region or a department does the same work in a store of any size.

Time says little on a busy machine, so the rows are counted that the engine goes through to answer,
as `oxigraph query --explain` tells them: in a store of a few plans, and in one that holds many
plans of other places beside them.
"""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from progress_reports import progress_graphs
from query_stores import fill_store
from sparql_server import oxigraph_program

from benchmarks.corpus import moved_plans
from mskg.ns import DATA
from mskg.pipeline import read_plan
from mskg.query import Catalogue, run_query
from mskg.query.run import query_text
from mskg.store import open_store
from mskg.store.generations import StoreFolder

if TYPE_CHECKING:
    from mskg.store import Store

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2023, 10, 1)
BOUND = {
    "region": f"{DATA}region/130322",
    "department": [f"{DATA}org/130322/civil-affairs", f"{DATA}org/410411/civil-affairs"],
}
CASES = [
    pytest.param(query.name, name, id=f"{query.name}-{name}")
    for query in Catalogue()
    for name in BOUND
    if name in {parameter.name for parameter in query.parameters}
]
MORE = 32  # plans of other places


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Store]:
    oxigraph_program()
    folders = (ROOT / "data/documents", ROOT / "tests/support/plans")
    plans = [read_plan(path) for folder in folders for path in sorted(folder.glob("*.txt"))]
    made = {}
    for name, more in (("few", 0), ("many", MORE)):
        place = tmp_path_factory.mktemp("growth") / name
        with open_store(place, write=True) as store, store.writing():
            fill_store(store, [*plans, *moved_plans(plans, more)])
            for iri, triples in progress_graphs():
                store.replace_graph(iri, triples)
        made[name] = open_store(place)
    return made


def _work(store: Store, text: str, folder: Path) -> int:
    """Return how many rows the steps of a plan for the query `text` give in sum."""
    place = StoreFolder(Path(store.location))
    told = folder / "explained.json"
    command = [oxigraph_program(), "query", "--location", str(place.database(place.current()))]
    command += ["--query", text, "--union-default-graph", "--results-format", "csv"]
    command += ["--stats", "--explain-file", str(told)]
    subprocess.run(command, check=True, capture_output=True)
    return _rows(json.loads(told.read_text(encoding="utf-8"))["plan"])


def _rows(step: dict[str, Any]) -> int:
    return int(step.get("number of results") or 0) + sum(map(_rows, step.get("children", ())))


@pytest.mark.parametrize(("name", "parameter"), CASES)
def test_more_plans_make_no_more_work(
    stores: dict[str, Store], tmp_path: Path, name: str, parameter: str
) -> None:
    few, many = stores["few"], stores["many"]
    given = {parameter: BOUND[parameter]}
    text = query_text(few, Catalogue().get(name), given, today=DAY)
    assert run_query(few, name, given, today=DAY) == run_query(many, name, given, today=DAY)
    assert _work(many, text, tmp_path) <= 1.1 * _work(few, text, tmp_path) + 20


def test_a_query_that_goes_through_the_whole_store_is_noticed(
    stores: dict[str, Store], tmp_path: Path
) -> None:
    text = query_text(stores["few"], Catalogue().get("tasks"), {})
    assert _work(stores["many"], text, tmp_path) > 2 * _work(stores["few"], text, tmp_path)
