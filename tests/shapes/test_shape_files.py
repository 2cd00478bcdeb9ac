"""The shape files themselves: complete, spelled as the ontology spells, well-formed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from mskg import resources
from mskg.lexicon.tables import read_table
from mskg.ns import VOCABULARY
from mskg.resolve.corrections import KINDS
from mskg.validation.engine import check_shapes
from mskg.validation.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

SOURCES = sorted(resources.folder("shapes").glob("*.ttl"))
README = resources.read_text("shapes/README.md")


def _parse(paths: list[object]) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(str(path))
    return graph


ALL = _parse(list(SOURCES))


def _reporting() -> list[URIRef]:
    found: set[Node] = set(ALL.subjects(RDF.type, SH.PropertyShape))
    found |= set(ALL.subjects(SH.message))
    return sorted(shape for shape in found if isinstance(shape, URIRef))


def _queries() -> Iterator[str]:
    for text in ALL.objects(None, SH.select):
        yield str(text)


@pytest.mark.parametrize("shape", _reporting(), ids=lambda shape: shape.removeprefix(SHAPES))
class TestEveryShape:
    def test_has_an_iri_of_ours_and_a_severity(self, shape: URIRef) -> None:
        assert shape.startswith(SHAPES)
        assert ALL.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}

    def test_is_named_in_both_languages(self, shape: URIRef) -> None:
        assert sorted(name.language for name in ALL.objects(shape, SH.name)) == ["en", "zh"]

    def test_says_what_is_wrong_in_both_languages(self, shape: URIRef) -> None:
        speakers = list(ALL.objects(shape, SH.sparql)) or [shape]
        for node in speakers:
            messages = list(ALL.objects(node, SH.message))
            assert sorted(text.language for text in messages) == ["en", "zh"]
            holes = {tuple(sorted(set(re.findall(r"{\?(\w+)}", text)))) for text in messages}
            assert len(holes) == 1, "both languages give the same facts"

    def test_has_its_line_in_the_readme(self, shape: URIRef) -> None:
        severity = str(ALL.value(shape, SH.severity)).removeprefix(str(SH))
        assert f"| `{shape.removeprefix(SHAPES)}` | {severity} | " in README


def test_the_readme_lists_nothing_else() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \|", README, re.MULTILINE)
    assert sorted(listed) == [shape.removeprefix(SHAPES) for shape in _reporting()]


def test_placeholders_are_variables_of_the_query() -> None:
    for constraint in ALL.objects(None, SH.sparql):
        selected = str(ALL.value(constraint, SH.select)).split("WHERE", 1)[0]
        for message in ALL.objects(constraint, SH.message):
            assert set(re.findall(r"{\?(\w+)}", message)) <= set(re.findall(r"\?(\w+)", selected))


def test_every_term_of_ours_is_in_the_ontology() -> None:
    ontology = _parse([resources.folder("ontology") / "mskg.ttl"])
    used = {str(term) for triple in ALL for term in triple if isinstance(term, URIRef)}
    terms = {term for term in used if term.startswith(VOCABULARY)}
    terms |= {VOCABULARY + name for text in _queries() for name in re.findall(r"mskg:(\w+)", text)}
    assert {term for term in terms if (URIRef(term), RDF.type, None) not in ontology} == set()


def test_every_class_of_the_model_has_a_shape() -> None:
    ontology = _parse([resources.folder("ontology") / "mskg.ttl"])
    owl_class = URIRef("http://www.w3.org/2002/07/owl#Class")
    classes = {str(term) for term in ontology.subjects(RDF.type, owl_class)}
    ours = {term.removeprefix(VOCABULARY) for term in classes if term.startswith(VOCABULARY)}
    seen = {str(term).removeprefix(VOCABULARY) for term in ALL.objects(None, SH.targetClass)}
    assert ours - {"Tally"} <= seen  # tallies are counted, never read or written by hand


def test_no_query_asks_for_missing_siblings() -> None:
    for text in _queries():
        for inside in re.findall(r"NOT EXISTS \{([^{}]*)\}", text):
            assert "hasTask" not in inside


def test_the_shapes_are_well_formed() -> None:
    assert check_shapes(ALL) == ""


def test_the_terms_that_may_be_used_are_those_of_the_ontology() -> None:
    ontology = _parse([resources.folder("ontology") / "mskg.ttl"])
    defined = {str(s).removeprefix(VOCABULARY) for s in ontology.subjects() if VOCABULARY in s}
    shape = ALL.value(URIRef(SHAPES + "term-defined"), SH.sparql)
    (listed,) = re.findall(r'"#\(([^"]*)\)\$"', str(ALL.value(shape, SH.select)))
    assert listed.split("|") == sorted(defined), "run python data/make/make_shape_terms.py"
    old = set(ontology.subjects(OWL.deprecated, Literal(True)))
    assert set(ALL.objects(URIRef(SHAPES + "Deprecated"), SH.targetSubjectsOf)) == old
    assert old, "the mechanism has an instance"


def test_the_vague_words_are_those_of_the_table() -> None:
    shape = ALL.value(URIRef(SHAPES + "item-vague"), SH.sparql)
    select = str(ALL.value(shape, SH.select))
    (asked,) = re.findall(r"REGEX\(\?plain, \"\((.+?)\)\"\)", select)
    (cut,) = re.findall(r"\*\?\((.+?)\)\[", select)
    assert asked == cut
    for row in read_table("vague"):
        word = row["word"].replace("…", "保")
        found = re.search(asked, word) is not None
        assert found == (row["kind"] != "approximate"), "run python data/make/make_shape_terms.py"
    assert re.search(asked, "積極引導")


def test_the_kinds_of_corrections_are_those_that_are_read() -> None:
    kinds = ALL.value(URIRef(SHAPES + "correction-kind"), SH["in"])
    assert sorted(map(str, Collection(ALL, kinds))) == sorted(KINDS)
