"""Prepared queries and moved targets change the time, not the answers."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from reference_plans import reference_plan

from mskg import resources
from mskg.rdf import plan_triples, to_rdflib
from mskg.validation import engine, shapes
from mskg.validation.queries import prepare

EXAMPLES = Path(__file__).parents[1] / "shapes"
QUERIED = (
    *("assignment-one-role", "deadline-in-year", "program-count-agrees", "program-units"),
    *("stage-falls", "stage-short", "stage-share-falls", "task-number-unique", "task-unit"),
)
MSKG = "https://w3id.org/mskg/ontology#"


def _as_written() -> Graph:
    graph = Graph()
    for path in resources.folder("shapes").glob("*.ttl"):
        graph.parse(path)
    return graph


def _results(report: Graph) -> list[tuple[str, ...]]:
    """Return the results of a SHACL report, blank nodes without their names."""
    names = (
        *(SH.focusNode, SH.resultSeverity, SH.value, SH.sourceShape),
        *(SH.sourceConstraintComponent, SH.resultMessage),
    )
    return sorted(
        tuple(
            " | ".join(sorted("_" if isinstance(v, BNode) else v.n3() for v in values))
            for values in ([*report.objects(node, name)] for name in names)
        )
        for node in report.objects(None, SH.result)
    )


def _data(name: str) -> Graph:
    if name == "004":
        return to_rdflib(plan_triples(reference_plan("004")))
    graph = Graph()
    graph.parse(EXAMPLES / "base.ttl")
    graph.parse(EXAMPLES / "invalid" / f"{name}.ttl")
    return graph


@pytest.mark.parametrize("name", QUERIED)
def test_same_results_as_pyshacl_as_it_comes(name: str) -> None:
    _, plain, _ = pyshacl.validate(_data(name), shacl_graph=_as_written())
    ours = engine.run(_data(name), shapes.load_shapes().graph)
    assert _results(ours) == _results(plain)
    assert len(_results(ours)) >= 1


def test_one_text_means_what_its_prefixes_say() -> None:
    text = "SELECT ?x WHERE { ?x a p:Task }"
    data = Graph()
    task, other = URIRef("https://example.org/task"), URIRef("https://example.org/other")
    data.add((task, RDF.type, URIRef(MSKG + "Task")))
    data.add((other, RDF.type, URIRef("https://example.org/Task")))
    for namespace, expected in ((MSKG, task), ("https://example.org/", other)):
        view = engine.PreparedGraph.of(data)
        view.bind("p", namespace, replace=True)
        assert [row.x for row in view.query(text)] == [expected]


def test_a_text_is_parsed_once() -> None:
    prepare.cache_clear()
    view = engine.PreparedGraph.of(_data("stage-falls"))
    for _ in range(5):
        view.query("SELECT ?x WHERE { ?x ?y ?z }")
    assert prepare.cache_info().misses == 1


def test_the_order_of_patterns_changes_no_answer() -> None:
    data = _data("004")
    text = f"""PREFIX m: <{MSKG}> SELECT ?unit ?role ?name WHERE {{
      ?task m:hasAssignment ?duty . ?duty m:role ?role ; m:department ?unit .
      OPTIONAL {{ ?duty m:printedName ?name . FILTER (?role != ?unit) }}
      FILTER EXISTS {{ ?task m:hasItem ?item . ?item m:position 2 }}
      {{ ?task m:number 5 }} UNION {{ ?task m:number 6 }}
    }}"""
    plain = sorted(map(str, data.query(text)))
    ours = sorted(map(str, engine.PreparedGraph.of(data).query(text)))
    assert ours == plain
    assert len(ours) > 10


def test_a_view_shares_the_triples() -> None:
    data = Graph()
    view = engine.PreparedGraph.of(data)
    data.add((URIRef("https://example.org/a"), RDF.value, Literal(1)))
    assert len(view) == 1


def test_validation_leaves_the_data_alone() -> None:
    data = _data("004")
    before = set(data)
    engine.run(data, shapes.load_shapes().graph)
    assert set(data) == before
