"""Stores with bundled plans, and reports put into them, for tests of the ledger."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mskg import resources
from mskg.ledger import ledger_rows
from mskg.model import Observation, Plan, ProgressReport
from mskg.ns import document_iri
from mskg.pipeline import read_plan
from mskg.rdf import derived_graph, derived_triples, plan_triples, report_node, report_triples
from mskg.store import Store, open_store

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from mskg.ledger import LedgerRow

__all__ = ["bundled_plan", "bundled_store", "one", "put", "seen"]


@cache
def bundled_plan(stem: str) -> Plan:
    """Return the bundled plan whose file begins with `stem`."""
    return read_plan(next((resources.folder("data") / "documents").glob(f"{stem}*.txt")))


def bundled_store(*stems: str) -> Store:
    """Return a store in memory with these bundled plans."""
    store = open_store(None)
    for stem in stems:
        plan = bundled_plan(stem)
        store.replace_graph(document_iri(plan.document.key), plan_triples(plan))
        store.replace_graph(derived_graph(plan), derived_triples(plan))
    return store


def one(store: Store, task: str, label: str, target: Decimal | None = None) -> LedgerRow:
    """Return the first row of a task whose label holds `label` (and whose target is `target`)."""
    return next(
        row
        for row in ledger_rows(store)
        if row.task_number == task
        and label in row.label
        and (target is None or row.target == target)
    )


def seen(
    row: LedgerRow, at: date, value: Decimal | None = None, *, state: str = "", note: str = ""
) -> Observation:
    """Return an observation of `row` in its unit."""
    unit = row.unit if value is not None else ""
    return Observation(row.id, at, value, unit, row.series if unit else "", state, note)


def put(store: Store, as_of: date, *observations: Observation, reported: date | None = None) -> str:
    """Store a report and return its graph."""
    report = ProgressReport(as_of, reported or as_of, "县政府督查室", observations)
    node = report_node(report)
    store.replace_graph(node, report_triples(report))
    return node
