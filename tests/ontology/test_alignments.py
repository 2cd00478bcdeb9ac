"""Every aligned term exists on both sides, and the alignments contradict no plan."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS
from rdflib.namespace import DCTERMS, ORG, PROV, SDO, SOSA, TIME, VANN, DefinedNamespace

from mskg import resources
from mskg.ns import VOCABULARY
from mskg.rdf import scheme_triples

_LINKS = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch)
# Closed lists of terms that rdflib carries, and extracts for those that it lacks.
_CLOSED: tuple[type[DefinedNamespace], ...] = (*(DCTERMS, ORG, PROV, SDO, SKOS, SOSA, TIME, VANN),)
_EXTRACTS = Path(__file__).with_name("vocabularies")
FILES = sorted((resources.folder("ontology") / "alignments").glob("*.ttl"))
_WANTED = {
    *("org", "prov-o", "owl-time", "sosa", "skos", "dcterms", "schema-org"),
    *("web-annotation", "eli", "sdg"),
}


@cache
def _extracted() -> frozenset[str]:
    lines = [
        line
        for path in _EXTRACTS.glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return frozenset(line for line in lines if not line.startswith("#"))


def _exists(term: rdflib.term.Node) -> bool:
    iri = rdflib.URIRef(str(term))
    return str(iri) in _extracted() or any(iri in namespace for namespace in _CLOSED)


@cache
def _core() -> rdflib.Graph:
    return rdflib.Graph().parse(data=resources.read_text("ontology/mskg.ttl"), format="turtle")


def _matches(path: Path) -> list[tuple[rdflib.term.Node, rdflib.term.Node]]:
    graph = rdflib.Graph().parse(path)
    return [(s, o) for link in _LINKS for s, o in graph.subject_objects(link)]


def test_there_is_a_file_for_every_vocabulary() -> None:
    assert {path.stem for path in FILES} == _WANTED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestAlignment:
    def test_our_side_exists(self, path: Path) -> None:
        matches = _matches(path)
        assert matches
        ours = [s for s, _ in matches if str(s).startswith(VOCABULARY)]
        assert len(ours) == len(matches)
        for term in ours:
            assert (term, RDF.type, None) in _core(), term
            assert (term, OWL.deprecated, None) not in _core(), term

    def test_the_other_side_exists(self, path: Path) -> None:
        assert {o for _, o in _matches(path) if not _exists(o)} == set()

    def test_it_says_what_it_is_in_both_languages(self, path: Path) -> None:
        graph = rdflib.Graph().parse(path)
        header = graph.value(None, RDF.type, OWL.Ontology)
        for link in (DCTERMS.title, DCTERMS.description):
            languages = {text.language for text in graph.objects(header, link)}  # type: ignore[attr-defined]
            assert languages == {"zh", "en"}
        count = f"| {len(_matches(path))} |"
        readme = resources.read_text("ontology/alignments/README.md").splitlines()
        assert [line for line in readme if f"[`{path.name}`]" in line and count in line]

    def test_a_page_of_its_own_lists_every_match(self, path: Path) -> None:
        rows = path.with_suffix(".md").read_text(encoding="utf-8").splitlines()
        assert sum(row.startswith("| `mskg:") for row in rows) == len(_matches(path))
        for ours, theirs in _matches(path):
            one, other = f"| `mskg:{str(ours).removeprefix(VOCABULARY)}` |", str(theirs)
            name = other.rpartition("#")[2].rpartition("/")[2]
            assert [row for row in rows if row.startswith(one) and row.endswith(f"{name}` |")], ours


def test_a_term_that_is_not_there_is_seen() -> None:
    for name in ("http://www.w3.org/ns/org#Orgnization", "http://www.w3.org/ns/oa#begin"):
        assert not _exists(rdflib.URIRef(name))


def test_terms_of_others_in_the_core_exist() -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {str(term) for kind in kinds for term in _core().subjects(RDF.type, kind)}
    foreign = {term for term in terms if term.startswith("http")} - {
        term for term in terms if term.startswith(VOCABULARY)
    }
    # QUDT has no closed list in rdflib; the one term of it is its class of units.
    assert {t for t in foreign if not _exists(rdflib.URIRef(t))} == {
        "http://qudt.org/schema/qudt/Unit"
    }


@pytest.mark.parametrize("scheme", ["area", "sdg"])
def test_goals_of_the_united_nations_exist(scheme: str) -> None:
    named = {
        str(o)
        for _, _, o in scheme_triples(scheme)
        if str(o).startswith("http://metadata.un.org/sdg/")
    }
    assert len(named) > 20
    assert named <= _extracted()
