"""A store whose texts hold names and telephone numbers that nobody should see."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from query_stores import fill_store

from mskg.model import Observation, ProgressReport
from mskg.ns import CORRECTIONS_GRAPH, PREFIXES, VOCABULARY
from mskg.pipeline import read_plan
from mskg.rdf import plan_triples, report_node, report_triples
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal
from mskg.store import open_store

if TYPE_CHECKING:
    from mskg.model import Plan

__all__ = ["PRIVATE", "leaders", "store_with_persons"]

DOCUMENTS = Path(__file__).resolve().parents[2] / "data" / "documents"
# Never written to anybody: a leader of the plans stands for them in the first text.
EVENT = [("x:event", v.TYPE, "x:Closing"), ("x:event", v.AGENT_NAME, Literal("Li Si"))]
PRIVATE = ("0335-5051234", "13912345678", "欧阳问天", "8051234", "Zhang San", "Li Si", "王督查")


@cache
def _plans() -> list[Plan]:
    return [read_plan(path) for path in sorted(DOCUMENTS.glob("*.txt"))]


def leaders() -> list[str]:
    """Return the names of the leaders in the bundled plans."""
    tasks = [task for plan in _plans() for task in plan.tasks]
    return sorted({leader.name for task in tasks for leader in task.leaders})


def _a_task() -> str:
    """Return the IRI of the first task of the first plan."""
    triples = plan_triples(_plans()[0])
    return min(s for s, p, o in triples if p == v.TYPE and o == v.TASK)


def store_with_persons(path: Path) -> Path:
    """Make a store at `path` and return it."""
    name = leaders()[0]
    text = f"联系人：欧阳问天，联系电话：8051234；或致电0335-5051234、13912345678。{name}同意。"
    row = "https://w3id.org/mskg/id/correction/1"
    day = date(2023, 6, 30)
    done = Observation(_a_task(), day, state="under-way", note="已开工")
    report = ProgressReport(day, day, "王督查", (done,))
    said = [
        (row, v.TYPE, v.CORRECTION),
        (row, v.CREATOR, Literal("Zhang San")),
        (row, VOCABULARY + "quote", Literal(text)),
        (row, PREFIXES["rdfs"] + "label", Literal("更正", "", "zh")),
    ]
    with open_store(path, write=True) as store, store.writing():
        fill_store(store, _plans())
        store.replace_graph(CORRECTIONS_GRAPH, said)
        store.replace_graph("x:closed", EVENT)
        store.replace_graph(report_node(report), report_triples(report))
        # Rows of a plan as they are kept for reading in bulk, in a graph of their own.
        store.replace_graph(
            "x:plan/ledger", [("x:plan", v.LEDGER_ROWS, Literal(f'[1,["{name}"]]'))]
        )
    return path
