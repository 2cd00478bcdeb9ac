"""A reasoner (HermiT) finds the ontology consistent with real plans, and sees contradictions."""

from __future__ import annotations

import io
import shutil

import pytest
import rdflib
from reference_plans import reference_plan

from mskg import resources
from mskg.ns import DATA
from mskg.rdf import (
    contribution,
    derived_triples,
    plan_triples,
    reference_triples,
    region_reference,
    tallies_header,
    tally_triples,
    to_rdflib,
    vocabulary,
)

owlready2 = pytest.importorskip(
    "owlready2", reason="HermiT comes with owlready2: pip install owlready2", exc_type=ImportError
)
pytestmark = pytest.mark.skipif(
    shutil.which("java") is None, reason="HermiT needs Java: apt-get install default-jre-headless"
)

# HermiT stops at datatypes outside OWL 2; the shapes check dates and years.
_OUTSIDE_OWL = (rdflib.XSD.date, rdflib.XSD.gYear)


def _graph(stem: str) -> rdflib.Graph:
    graph = rdflib.Graph().parse(data=resources.read_text("ontology/mskg.ttl"), format="turtle")
    plan = reference_plan(stem)
    to_rdflib(plan_triples(plan), graph)
    to_rdflib(derived_triples(plan), graph)
    to_rdflib([*tallies_header("1"), *tally_triples(contribution(plan))], graph)
    for triple in list(graph):
        if _is_date(triple[2]):
            graph.remove(triple)
    return graph


def _is_date(term: rdflib.term.Node) -> bool:
    return isinstance(term, rdflib.Literal) and term.datatype in _OUTSIDE_OWL


def _reason(graph: rdflib.Graph) -> list[object]:
    world = owlready2.World()
    data = io.BytesIO(graph.serialize(format="nt", encoding="utf-8"))
    ontology = world.get_ontology("https://w3id.org/mskg/test#").load(fileobj=data)
    with ontology:
        owlready2.sync_reasoner_hermit(world, debug=0)
    return list(world.inconsistent_classes())


@pytest.mark.parametrize("stem", ["000", "003", "004"])
def test_plans_are_consistent_with_the_ontology(stem: str) -> None:
    assert _reason(_graph(stem)) == []


def test_alignments_schemes_and_regions_are_consistent_with_a_plan() -> None:
    graph = _graph("004")
    for path in (resources.folder("ontology") / "alignments").glob("*.ttl"):
        graph.parse(path)
    to_rdflib(reference_triples(), graph)
    # One province with all that lies in it stands for all.
    henan = rdflib.URIRef(f"{DATA}region/410000")
    regions = to_rdflib(region_reference())
    below = set(regions.transitive_subjects(rdflib.URIRef(vocabulary.PARENT_REGION), henan))
    assert len(below) > 100
    for triple in regions:
        if triple[0] in below and not _is_date(triple[2]):
            graph.add(triple)
    assert _reason(graph) == []


@pytest.mark.parametrize(
    ("link", "of"),
    [(vocabulary.DUE_AT, vocabulary.TASK), (vocabulary.HAS_TARGET, vocabulary.EVIDENCE)],
)
def test_a_contradiction_is_found(link: str, of: str) -> None:
    graph = _graph("004")
    if of == vocabulary.EVIDENCE:
        graph.add((rdflib.URIRef("urn:e"), rdflib.RDF.type, rdflib.URIRef(of)))
    node = next(graph.subjects(rdflib.RDF.type, rdflib.URIRef(of)))
    graph.add((node, rdflib.URIRef(link), rdflib.URIRef("urn:x")))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        _reason(graph)
