"""The violation queries: silent on good plans, and each finds its own fault."""

from __future__ import annotations

from typing import Any

import pytest
from query_stores import fill_store
from sample_plan import sample_plan

from mskg.ns import PREFIXES
from mskg.query import Catalogue, check
from mskg.rdf.terms import Literal, Triple
from mskg.store import open_store

M = PREFIXES["mskg"]
A = PREFIXES["rdf"] + "type"
X = "https://example.org/x"
G = "https://example.org/graph"
INTEGER = PREFIXES["xsd"] + "integer"

FAULTS: dict[str, list[Triple]] = {
    "assignment-without-role": [(X, A, M + "Assignment"), (X, M + "printedName", Literal("局"))],
    "evidence-of-wrong-length": [
        (X, A, M + "Evidence"),
        (X, M + "inDocument", G),
        (X, M + "begin", Literal("5", INTEGER)),
        (X, M + "end", Literal("9", INTEGER)),
        (X, M + "quote", Literal("三个字")),
    ],
    "evidence-outside-document": [
        (X, A, M + "Evidence"),
        (X, M + "inDocument", "https://example.org/another"),
    ],
    "item-without-task": [(X, A, M + "Item"), (X, M + "inTask", "https://example.org/no-task")],
    "milestone-without-deadline": [
        (X, A, M + "Milestone"),
        (X, M + "hasDeadline", "https://example.org/empty"),
    ],
    "program-without-document": [(X, A, M + "Program")],
    "shared-task-number": [
        (X, M + "hasTask", "https://example.org/1"),
        (X, M + "hasTask", "https://example.org/2"),
        ("https://example.org/1", M + "ordinalPath", Literal("1.1")),
        ("https://example.org/2", M + "ordinalPath", Literal("1.1")),
    ],
    "target-without-indicator": [
        (X, A, M + "Target"),
        (X, M + "value", Literal("1", INTEGER)),
        (X, M + "comparator", Literal("eq")),
        ("https://example.org/no-indicator", M + "hasTarget", X),
    ],
    "target-without-value": [
        (X, A, M + "Target"),
        (X, M + "value", Literal("1", INTEGER)),
        ("https://example.org/i", A, M + "Indicator"),
        ("https://example.org/i", M + "hasTarget", X),
    ],
    "task-without-program": [(X, A, M + "Task"), (X, M + "inProgram", "https://example.org/p")],
}


@pytest.mark.parametrize("kind", ["memory", "disk", "server"])
@pytest.mark.parametrize("data", ["five", "sample"])
def test_good_plans_have_none(stores: Any, kind: str, data: str) -> None:
    assert check(stores.get(kind, data)) == []


def test_every_query_has_a_fault() -> None:
    assert {query.name for query in Catalogue().violations} == set(FAULTS)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_each_finds_its_fault(name: str) -> None:
    with open_store(None) as store:
        fill_store(store, [sample_plan()])
        store.replace_graph(G, FAULTS[name])
        tables = check(store)
    assert [table.name for table in tables] == [name]
    assert len(tables[0]) == 1
    assert X in tables[0].rows[0]
