"""The ontology says what the graphs use: no more terms, no fewer, in both languages."""

from __future__ import annotations

import inspect
from functools import cache
from typing import TYPE_CHECKING

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from plan_strategies import plans
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD
from reference_plans import STEMS, reference_plan

from mskg import resources
from mskg.ns import DATA, PREFIXES, VOCABULARY
from mskg.pipeline import read_plan
from mskg.rdf import (
    Literal,
    derived_triples,
    fields,
    plan_triples,
    run_triples,
    to_rdflib,
    vocabulary,
)

if TYPE_CHECKING:
    from mskg.model import Plan
    from mskg.rdf import Triple

_IRI = rdflib.URIRef("https://w3id.org/mskg/ontology")
_MODULE = rdflib.URIRef(f"{_IRI}#module")
_PAGES = (
    *(DCTERMS.source, _MODULE, DCTERMS.license, OWL.versionIRI, OWL.priorVersion),
    rdflib.URIRef("http://purl.org/vocab/vann/changes"),
)
_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
# Written by the progress ledger, not by reading a document.
_OF_THE_LEDGER = {
    *("Observation", "Event", "eventKind", "affects", "ProgressReport", "reportsOn", "inReport"),
    *("reportedState", "reportKind", "agentName", "evidenceText", "note", "newValue", "newDue"),
    *("rowTable", "ledgerRows"),
}
_MODULES = [rdflib.URIRef(f"{_IRI}/{name}") for name in ("core", "reading", "progress", "derived")]
_CORE = _MODULES[0]
# Counted over many plans, so that no single plan has them.
_TALLIES = {
    *("Tally", "tallyYear", "tallyFunction", "tallyArea", "tallyMonth", "tallyThing", "tallyUnit"),
    *("firstDepartment", "secondDepartment", "firstFunction", "secondFunction", "countedTasks"),
    *("accountableTasks", "countedPlans", "countedTargets", "sharedTasks", "valueSum"),
}
# What no bundled plan has: their examples say where they come from in words.
_NOT_IN_BUNDLED_PLANS = (
    _OF_THE_LEDGER
    | _TALLIES
    | {
        *("workStage", "countedIn", "compares"),  # of reference data
        *("ProgressNote", "hasProgress", "asOf", "Correction", "correctionKind", "decision"),
        *(
            "fundingText",
            "fundingEvidence",
            "siteText",
            "siteEvidence",
            "upperValue",
            "programOrdinal",
        ),
        *("organisationName", "collective", "page", "table", "row", "column", "rulesHash"),
        "personName",  # never shown
    }
)


@cache
def _ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=resources.read_text("ontology/mskg.ttl"), format="turtle")


def _terms() -> list[rdflib.URIRef]:
    return [
        term
        for kind in _KINDS
        for term in _ontology().subjects(RDF.type, kind)
        if isinstance(term, rdflib.URIRef) and term.startswith(VOCABULARY)
    ]


def _everything(plan: Plan) -> rdflib.Graph:
    graph = to_rdflib(plan_triples(plan, run="https://w3id.org/mskg/id/run/0"))
    to_rdflib(derived_triples(plan), graph)
    return to_rdflib(run_triples(plan, rules="r", version="1"), graph)


def test_the_header_says_what_it_is() -> None:
    header = dict.fromkeys(_ontology().predicates(_IRI))
    names = {str(name).rpartition("/")[2].rpartition("#")[2] for name in header}
    wanted = {"versionIRI", "priorVersion", "title", "description", "creator", "license"}
    assert wanted | {"preferredNamespacePrefix", "preferredNamespaceUri", "changes"} <= names
    assert not {"issued", "created", "modified", "date"} & names
    version = str(_ontology().value(_IRI, OWL.versionInfo))
    assert _ontology().value(_IRI, OWL.versionIRI) == rdflib.URIRef(f"{_IRI}/{version}")
    assert f"## {version}" in resources.read_text("ontology/CHANGELOG.md")


@pytest.mark.parametrize("term", _terms(), ids=lambda term: term.removeprefix(VOCABULARY))
def test_every_term_is_explained_in_both_languages(term: rdflib.URIRef) -> None:
    graph = _ontology()
    for link in (RDFS.label, SKOS.definition):
        assert sorted(str(text.language) for text in graph.objects(term, link)) == ["en", "zh"]  # type: ignore[attr-defined]
    assert graph.value(term, RDFS.isDefinedBy) == _IRI
    assert len(list(graph.objects(term, RDF.type))) == 1
    assert len(list(graph.objects(term, SKOS.example))) == 1
    assert graph.value(term, _MODULE) in _MODULES


def test_the_core_is_small() -> None:
    graph = _ontology()
    core = set(graph.subjects(_MODULE, _CORE))
    classes = core & set(graph.subjects(RDF.type, OWL.Class))
    assert 15 <= len(classes) <= 25
    assert 40 <= len(core - classes) <= 70


@cache
def _bundled() -> dict[str, dict[str, set[str]]]:
    """Return what the bundled plans say with each term: by plan (山海关区2023), by term."""
    said: dict[str, dict[str, set[str]]] = {}
    for path in sorted((resources.folder("data") / "documents").glob("*.txt")):
        plan = read_plan(path)
        triples = [*_as_triples(plan)]
        names = _names(triples)
        by_term = said.setdefault(f"{plan.program.region}{plan.program.year}", {})
        for subject, predicate, value in triples:
            if isinstance(value, Literal):
                by_term.setdefault(predicate, set()).add(value.value)
            elif predicate == vocabulary.TYPE:
                by_term.setdefault(value, set()).update(names.get(subject, ()))
                by_term[value].add(subject.removeprefix(DATA))
            else:
                by_term.setdefault(predicate, set()).update(names.get(value, ()))
                by_term[predicate].add(value.removeprefix(DATA))
    return said


def _as_triples(plan: Plan) -> list[Triple]:
    read = [*plan_triples(plan), *derived_triples(plan)]
    return [*read, *run_triples(plan, rules="r", version="0.1.0")]


def _names(triples: list[Triple]) -> dict[str, set[str]]:
    """Return the words that stand for each node: its texts, or those of what it points to."""
    found: dict[str, set[str]] = {}
    for subject, _, value in triples:
        if isinstance(value, Literal):
            found.setdefault(subject, set()).add(value.value)
    return found


_EXAMPLES = [
    term
    for term in _terms()
    if term.removeprefix(VOCABULARY) not in _NOT_IN_BUNDLED_PLANS
    and (term, OWL.deprecated, rdflib.Literal(True)) not in _ontology()
]


@pytest.mark.parametrize("term", _EXAMPLES, ids=lambda term: term.removeprefix(VOCABULARY))
def test_examples_are_values_of_bundled_plans(term: rdflib.URIRef) -> None:
    value, _, where = str(_ontology().value(term, SKOS.example)).removesuffix("）").rpartition("（")
    assert value in _bundled()[where][str(term)]


def test_examples_without_a_bundled_plan_are_told_apart() -> None:
    said = {term for terms in _bundled().values() for term in terms}
    rest = {term for term in _NOT_IN_BUNDLED_PLANS if term not in {"personName", "rulesHash"}}
    assert not {VOCABULARY + term for term in rest} & said


def _faulty_deprecations(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    """Return deprecated terms that are still used, or don't say what became of them."""
    used = {rdflib.URIRef(iri) for iri in _used_by_the_code()}
    old = set(graph.subjects(OWL.deprecated, rdflib.Literal(True)))
    told = {*graph.subjects(DCTERMS.isReplacedBy), *graph.subjects(SKOS.changeNote)}
    return (old & used) | (old - told)


def test_deprecated_terms_are_not_used_and_say_what_became_of_them() -> None:
    graph = _ontology()
    assert _faulty_deprecations(graph) == set()
    term, old = rdflib.URIRef(vocabulary.DUE_AT), rdflib.URIRef(VOCABULARY + "old")
    changed = graph + rdflib.Graph()
    for node in (term, old):
        changed.add((node, OWL.deprecated, rdflib.Literal(True)))
    changed.add((term, SKOS.changeNote, rdflib.Literal("gone")))
    assert _faulty_deprecations(changed) == {term, old}


def test_no_term_is_of_two_kinds_and_every_foreign_term_is_declared() -> None:
    graph = _ontology()
    declared = {
        term
        for kind in (*_KINDS, OWL.AnnotationProperty)
        for term in graph.subjects(RDF.type, kind)
    }
    known = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
    used = {
        node
        for triple in graph
        for node in triple
        if isinstance(node, rdflib.URIRef) and not str(node).startswith(known)
    }
    # Pages about a term or the ontology are named, not described.
    pages = {page for link in _PAGES for page in graph.objects(None, link)}
    assert used - declared - pages == {_IRI}
    for term in declared:
        assert len(list(graph.objects(term, RDF.type))) == 1


def _used_by_the_code() -> set[str]:
    constants = {value for _, value in inspect.getmembers(vocabulary) if isinstance(value, str)}
    tables = [value for _, value in inspect.getmembers(fields) if isinstance(value, tuple)]
    predicates = {
        field.predicate for table in tables for field in table if isinstance(field, fields.Field)
    }
    return {iri for iri in constants | predicates if iri.startswith(VOCABULARY)} - {VOCABULARY}


def test_the_code_and_the_ontology_have_the_same_terms() -> None:
    old = set(_ontology().subjects(OWL.deprecated, rdflib.Literal(True)))
    assert _used_by_the_code() == {str(term) for term in _terms() if term not in old}


@pytest.mark.parametrize("stem", STEMS)
def test_reference_plans_use_defined_terms_only(stem: str) -> None:
    _check(_everything(reference_plan(stem)))


@given(plans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_plan_contradicts_domains_ranges_or_disjointness(plan: Plan) -> None:
    _check(_everything(plan))


def test_a_wrong_type_is_found() -> None:
    graph = _everything(reference_plan("004"))
    task = next(graph.subjects(RDF.type, rdflib.URIRef(vocabulary.TASK)))
    graph.add((task, rdflib.URIRef(vocabulary.DUE_AT), task))
    with pytest.raises(AssertionError, match="dueAt"):
        _check(graph)


def _check(graph: rdflib.Graph) -> None:
    """Assert that types, kinds of property, domains and ranges are those of the ontology."""
    ontology = _ontology()
    types = {node: set(graph.objects(node, RDF.type)) for node in set(graph.subjects())}
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            assert not value.startswith(VOCABULARY) or (value, None, None) in ontology, value
            continue
        if not predicate.startswith(VOCABULARY):
            continue
        literal = isinstance(value, rdflib.Literal)
        kind = OWL.DatatypeProperty if literal else OWL.ObjectProperty
        assert (predicate, RDF.type, kind) in ontology, predicate
        _check_classes(types[subject], predicate, RDFS.domain)
        if isinstance(value, rdflib.Literal):
            _check_datatype(value, predicate)
        else:
            _check_classes(types[value], predicate, RDFS.range)


def _check_classes(
    types: set[rdflib.term.Node], predicate: rdflib.term.Node, link: rdflib.URIRef
) -> None:
    allowed = _classes(predicate, link)
    # A node without a type stands for a reference to something that the plan lacks.
    assert not allowed or not types or types & allowed, f"{predicate} {link} {types}"


@cache
def _classes(predicate: rdflib.term.Node, link: rdflib.URIRef) -> set[rdflib.term.Node]:
    ontology = _ontology()
    allowed: set[rdflib.term.Node] = set()
    for node in ontology.objects(predicate, link):
        members = ontology.value(node, OWL.unionOf)
        allowed |= set(ontology.items(members)) if members else {node}
    return allowed


def _check_datatype(value: rdflib.Literal, predicate: rdflib.term.Node) -> None:
    wanted = _ontology().value(predicate, RDFS.range)
    found = value.datatype or (RDF.langString if value.language else XSD.string)
    assert wanted in (found, RDFS.Literal), f"{predicate}: {found}"
