"""The questions of users: which classes and properties answer each, and which query."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS

from mskg import resources
from mskg.model import Observation, ProgressReport
from mskg.ns import DATA, PREFIXES, REFERENCE_GRAPH, VOCABULARY
from mskg.pipeline import read_plan
from mskg.query import ANSWERABLE, Catalogue, Question, competency_questions, run_query, run_sparql
from mskg.rdf import derived_triples, plan_triples, reference_triples, report_triples
from mskg.rdf.vocabulary import TYPE
from mskg.store import Store, open_store

_QUESTIONS = competency_questions()
_ANSWERED = [question for question in _QUESTIONS if question.answerable == "yes"]


def _named(question: Question) -> str:
    return f"{question.id}-{question.query or question.answerable.replace(' ', '-')}"


def _iri(name: str) -> rdflib.URIRef:
    """Return a term of ours, or of another vocabulary (sosa:observedProperty)."""
    prefix, colon, local = name.partition(":")
    return rdflib.URIRef(PREFIXES[prefix] + local if colon else VOCABULARY + name)


@cache
def _ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=resources.read_text("ontology/mskg.ttl"), format="turtle")


@cache
def _plans() -> list[Any]:
    documents = sorted((resources.folder("data") / "documents").glob("*.txt"))
    return [read_plan(path) for path in documents]


@cache
def _used() -> set[str]:
    """Return the terms that the graphs of the bundled plans use."""
    triples = [t for plan in _plans() for t in (*plan_triples(plan), *derived_triples(plan))]
    triples += report_triples(_report())
    return {p for _, p, _ in triples} | {str(o) for _, p, o in triples if p == TYPE}


def _report() -> ProgressReport:
    """Return a report of September on 泾源县: 170 cases of legal aid, where 180 are asked for."""
    row = f"{DATA}program/640424/2023/livelihood/task/9/item/1/indicator/1"
    at = date(2023, 9, 30)
    return ProgressReport(at, at, "司法局", (Observation(row, at, Decimal(170), "件", row),))


@pytest.fixture(scope="module", name="store")
def _store() -> Any:
    with open_store() as store:
        store.replace_graph(REFERENCE_GRAPH, reference_triples())
        for number, plan in enumerate(_plans()):
            store.replace_graph(f"urn:{number}", plan_triples(plan))
            store.replace_graph(f"urn:{number}/derived", derived_triples(plan))
        store.replace_graph("urn:report", report_triples(_report()))
        yield store


def test_every_question_is_there() -> None:
    assert [question.id for question in _QUESTIONS] == list(range(1, 33))
    assert all(all(question.text) and all(question.user) for question in _QUESTIONS)


@pytest.mark.parametrize("question", _QUESTIONS, ids=_named)
class TestQuestion:
    def test_says_which_terms_answer_it(self, question: Question) -> None:
        assert question.answerable in ANSWERABLE
        assert question.classes
        assert question.properties
        for name in question.classes:
            assert (_iri(name), RDF.type, OWL.Class) in _ontology(), name
        for name in question.properties:
            kinds = set(_ontology().objects(_iri(name), RDF.type))
            assert kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}, name

    def test_its_classes_are_reached_by_its_properties(self, question: Question) -> None:
        reached = {name for found in question.properties for name in _ends(_iri(found))}
        assert set(question.classes) <= reached

    def test_plans_have_what_it_asks_for(self, question: Question) -> None:
        wanted = {*question.classes, *question.properties}
        missing = {name for name in wanted if str(_iri(name)) not in _used()}
        assert bool(missing) == (question.answerable == "no data"), missing

    def test_a_declared_answer_is_a_query_with_these_terms(self, question: Question) -> None:
        if question.answerable != "yes":
            assert not question.query, "a question with a query is answerable: yes"
            return
        query = Catalogue().get(question.query)
        assert question.parameters.keys() <= {parameter.name for parameter in query.parameters}
        terms = set(re.findall(r"(?<=mskg:)\w+|sosa:\w+", query.text))
        assert set(question.properties) <= terms


@pytest.mark.parametrize("question", _ANSWERED, ids=_named)
def test_the_bundled_plans_give_rows(question: Question, store: Store) -> None:
    table = run_query(store, question.query, question.parameters)
    assert table.rows


def test_the_query_of_the_readme_tells_what_can_t_be_compared(store: Store) -> None:
    _, _, rest = resources.read_text("ontology/README.md").partition("```sparql\n")
    table = run_sparql(store, rest.partition("```")[0])
    rows = {tuple(map(str, row)) for row in table.lexical()}
    told = {(row[0], row[2], row[3], row[4], row[6], row[7], row[8]) for row in rows}
    stage = "一个是“建成”，一个是“新开工”"
    assert ("唐山市", "15593", "套", "山海关区", "736", "套", stage) in told
    assert ("唐山市", "15593", "套", "献县", "291", "套", stage) in told
    # 2 and 50 quarters against 2,899 households; 200 person-times against 5,000 cases
    assert {(row[2], row[6]) for row in rows} >= {("50", "2899"), ("5000", "200")}


@cache
def _ends(name: rdflib.URIRef) -> frozenset[str]:
    """Return the classes that can stand at either end of a property; all where none is said."""
    graph = _ontology()
    found: set[str] = set()
    for link in (RDFS.domain, RDFS.range):
        stated = list(graph.objects(name, link))
        if not stated and link == RDFS.domain:
            stated = list(graph.subjects(RDF.type, OWL.Class))
        for node in stated:
            members = graph.value(node, OWL.unionOf)
            for entry in graph.items(members) if members else [node]:
                found.add(str(entry).removeprefix(VOCABULARY))
    return frozenset(found)
