"""Every query of the catalogue gives the expected rows, on every store and on rdflib.

A case is an entry of ``<query>/cases.json`` with the parameters, and a file ``<case>.csv`` with
the rows, which were checked by reading the documents. A case marked ``rdflib`` runs on that
slow engine too, as those on the small sample plan always do.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mskg.query import Catalogue, run_query

FOLDER = Path(__file__).parent
KINDS = ("memory", "disk", "server", "rdflib")
CASES = [
    pytest.param(query.parent.name, case, spec, id=f"{query.parent.name}-{case}")
    for query in sorted(FOLDER.glob("*/cases.json"))
    for case, spec in json.loads(query.read_text(encoding="utf-8")).items()
]


def test_every_query_has_cases() -> None:
    tested = {path.parent.name for path in FOLDER.glob("*/cases.json")}
    assert tested == set(Catalogue().names)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "case", "spec"), CASES)
def test_rows(stores: Any, name: str, case: str, spec: dict[str, Any], kind: str) -> None:
    if kind == "rdflib" and not (spec.get("rdflib") or spec.get("data") == "sample"):
        return  # rdflib is slow: a sample of the cases shows that the queries are portable
    store = stores.get(kind, spec.get("data", "five"))
    today = date.fromisoformat(spec["today"]) if "today" in spec else None
    table = run_query(
        store, name, spec.get("params"), evidence=spec.get("evidence", False), today=today
    )
    text = (FOLDER / name / f"{case}.csv").read_text(encoding="utf-8")
    expected = [tuple(row) for row in csv.reader(io.StringIO(text))]
    assert [table.columns, *table.lexical()] == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", Catalogue().names)
def test_the_file_runs_as_it_is(stores: Any, name: str, kind: str) -> None:
    query = Catalogue().get(name)
    found = stores.get(kind, "ledger").select(query.text)
    assert set(query.columns) <= set(found.variables)
    if name not in {"lead-and-support", "tasks-without-number", "tasks-without-unit"}:
        assert found.rows


def test_no_file_is_left_over() -> None:
    used = {(name, f"{case}.csv") for name, case, _ in (param.values for param in CASES)}
    assert {(path.parent.name, path.name) for path in FOLDER.glob("*/*.csv")} == used
