"""JSON-LD: a tree with the published context and frame, loss-free, the same every time."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from plan_strategies import plans
from pyld import jsonld
from reference_plans import STEMS, reference_plan

from mskg import resources
from mskg.model import Plan
from mskg.ns import DATA, VOCABULARY
from mskg.pipeline import read_plan
from mskg.rdf import jsonld_dataset, plan_text, plan_triples, to_rdflib
from mskg.rdf.files import parse_rdf

_DOCUMENTS = sorted((resources.folder("data") / "documents").glob("*.txt"))


@cache
def _published(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(resources.read_text(f"ontology/{name}.jsonld"))
    return document


@cache
def _read(number: int) -> Plan:
    return read_plan(_DOCUMENTS[number])


def _graph(text: str) -> set[Any]:
    parsed = parse_rdf(text.encode(), "json-ld")
    assert isinstance(parsed, rdflib.Dataset)
    return {quad[:3] for quad in parsed.quads()}


@pytest.mark.parametrize("number", range(5))
def test_nothing_is_lost(number: int) -> None:
    plan = _read(number)
    assert _graph(plan_text(plan, "json-ld")) == set(to_rdflib(plan_triples(plan)))


@given(plans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_lost_of_any_plan(plan: Plan) -> None:
    assert _graph(plan_text(plan, "json-ld")) == set(to_rdflib(plan_triples(plan)))


@pytest.mark.parametrize("number", [0, 2])
def test_another_processor_reads_the_same(number: int) -> None:
    plan = _read(number)
    quads = jsonld.to_rdf(json.loads(plan_text(plan, "json-ld")), {"format": "application/n-quads"})
    read = rdflib.Graph().parse(data=quads, format="nt")
    assert set(read) == set(to_rdflib(plan_triples(plan)))


@pytest.mark.parametrize("number", [1, 3, 4])
def test_the_published_frame_gives_the_same_tree(number: int) -> None:
    plan = _read(number)
    flat = jsonld.from_rdf(
        to_rdflib(plan_triples(plan)).serialize(format="nt"), {"useNativeTypes": True}
    )
    frame = _published("frame") | _published("context")
    framed = jsonld.frame(flat, frame)
    ours = json.loads(plan_text(plan, "json-ld"))
    included = ours.pop("included", [])
    assert {node["type"] for node in included} <= {"http://qudt.org/schema/qudt/Unit"}
    assert framed.pop("@context") == ours.pop("@context")
    assert _unordered(framed) == _unordered(ours)


def _unordered(value: Any) -> Any:
    """Return `value` without what JSON-LD leaves open: order and empty lists, case of tags."""
    if isinstance(value, dict):
        return {
            key.lower() if key.startswith("zh") else key: _unordered(entry)
            for key, entry in value.items()
            if entry != []
        }
    if isinstance(value, list):
        return sorted(map(_unordered, value), key=lambda entry: json.dumps(entry, sort_keys=True))
    return value


def test_a_plan_reads_from_the_document_down() -> None:
    document = json.loads(plan_text(_read(0), "json-ld"))
    assert document["type"] == "PlanDocument"
    assert document["documentNumber"] == "山政办字〔2023〕7号"
    program = document["program"]
    assert program["region"]["prefLabel"] == {"zh": "山海关区"}
    assert program["year"] == "2023"
    assert [task["number"] for task in program["tasks"]] == list(range(1, 18))
    task = program["tasks"][0]
    assert list(task)[:3] == ["id", "type", "title"]
    assert task["id"] == "program/130303/2023/livelihood/task/1"
    (target,) = task["items"][0]["indicators"][0]["targets"]
    assert (target["value"], target["unit"], target["evidence"]["quote"]) == ("736", "套", "736套")
    (assignment,) = task["assignments"]
    assert assignment["role"]["notation"] == "lead"
    assert assignment["department"]["prefLabel"] == {"zh": "山海关区城乡建设中心"}
    assert assignment["department"]["inRegion"] == "region/130303"


def test_every_property_of_the_ontology_has_a_key() -> None:
    ontology = rdflib.Graph().parse(data=resources.read_text("ontology/mskg.ttl"), format="turtle")
    wanted = {
        str(term)
        for kind in (rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty)
        for term in ontology.subjects(rdflib.RDF.type, kind)
        if str(term).startswith(VOCABULARY)
        and (term, rdflib.OWL.deprecated, rdflib.Literal(True)) not in ontology
    }
    named = {
        (meaning if isinstance(meaning, str) else meaning["@id"]).replace("mskg:", VOCABULARY)
        for name, meaning in _published("context")["@context"].items()
        if name != "@version"
    }
    assert wanted <= named


@pytest.mark.parametrize("stem", STEMS)
def test_the_same_plan_gives_the_same_bytes(stem: str) -> None:
    plan = reference_plan(stem)
    assert plan_text(plan, "json-ld") == plan_text(plan, "json-ld")


def test_a_dataset_keeps_its_graphs() -> None:
    triples = list(plan_triples(_read(1)))
    graphs = [(f"{DATA}doc/a", triples), (f"{DATA}graph/b", triples[:1]), (f"{DATA}graph/c", [])]
    text = "".join(jsonld_dataset(graphs))
    read = parse_rdf(text.encode(), "json-ld")
    assert isinstance(read, rdflib.Dataset)
    sizes = {str(graph.identifier): len(graph) for graph in read.graphs() if len(graph)}
    assert sizes == {f"{DATA}doc/a": len(set(triples)), f"{DATA}graph/b": 1}
    assert json.loads(text)["@graph"][0]["@graph"][0]["type"] == "PlanDocument"
