"""The ontology as values for pages about it: its header, its terms, the concepts of a scheme."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg import resources
from mskg.ns import PREFIXES, VOCABULARY
from mskg.rdf import vocabulary as v
from mskg.rdf.schemes import scheme_triples
from mskg.rdf.terms import Literal

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = [
    "Header",
    "OntologyTerm",
    "SchemeConcept",
    "Texts",
    "ontology_header",
    "ontology_terms",
    "scheme_concepts",
]

_KINDS: Final = {
    "Class": "class",
    "ObjectProperty": "object property",
    "DatatypeProperty": "datatype property",
    "AnnotationProperty": "annotation property",
}
_IRI: Final = "https://w3id.org/mskg/ontology"
_MATCHES: Final = ("subClassOf", "subPropertyOf", "closeMatch", "relatedMatch")
_MORE_PREFIXES: Final = {
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "sdg": "http://metadata.un.org/sdg/",
    "sdgo": "http://metadata.un.org/sdg/ontology#",
    "time": "http://www.w3.org/2006/time#",
    "unit": PREFIXES["qudt"],
    "qudt": "http://qudt.org/schema/qudt/",
}


class Texts(NamedTuple):
    """A text in Chinese and English."""

    zh: str
    en: str


_NONE: Final = Texts("", "")


class Header(NamedTuple):
    """What the ontology says about itself."""

    title: Texts
    description: Texts
    version: str
    licence: str
    namespace: str
    version_iri: str
    creator: str


@dataclass(frozen=True)
class OntologyTerm:
    """A class or property of ours.

    ``domain``, ``range`` and ``parents`` are names as people write them (Task, xsd:string);
    ``matches`` pairs the way of matching (closeMatch) with a term of another vocabulary.
    """

    name: str
    kind: str
    label: Texts
    definition: Texts
    module: str
    example: str = ""
    sources: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    inverse: str = ""
    deprecated: bool = False
    replaced_by: tuple[str, ...] = ()
    matches: tuple[tuple[str, str, str], ...] = ()


@dataclass
class SchemeConcept:
    """A concept of a scheme; the links are pairs of the kind of link and an IRI."""

    notation: str
    iri: str
    label: Texts = _NONE
    definition: Texts = _NONE
    others: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def ontology_header() -> Header:
    """Return what the ontology says about itself."""
    import rdflib
    from rdflib import DCTERMS, OWL

    graph, iri = _core(), rdflib.URIRef(_IRI)
    return Header(
        _texts(graph, iri, DCTERMS.title),
        _texts(graph, iri, DCTERMS.description),
        str(graph.value(iri, OWL.versionInfo)),
        str(graph.value(iri, DCTERMS.license)),
        VOCABULARY,
        str(graph.value(iri, OWL.versionIRI)),
        str(graph.value(iri, DCTERMS.creator)),
    )


def ontology_terms() -> tuple[OntologyTerm, ...]:
    """Return all terms of ours: classes first, then properties, each in the order of names."""
    import rdflib
    from rdflib import OWL, RDF

    graph = _core()
    found = [
        _term(node, kind)
        for name, kind in _KINDS.items()
        for node in graph.subjects(RDF.type, OWL[name])
        if isinstance(node, rdflib.URIRef) and node.startswith(VOCABULARY)
    ]
    return tuple(sorted(found, key=lambda term: (term.kind != "class", term.name.lower())))


def scheme_concepts(name: str) -> tuple[SchemeConcept, ...]:
    """Return the concepts of the scheme `name` (a key of `SCHEMES`), in their own order."""
    concepts: dict[str, SchemeConcept] = {}
    for subject, predicate, value in scheme_triples(name):
        if predicate == v.TYPE and value == v.CONCEPT:
            concepts[subject] = SchemeConcept("", subject)
        elif subject in concepts:
            _add(concepts[subject], predicate, value)
    return tuple(concepts.values())


_LINKS: Final = {
    v.BROADER: "broader",
    v.BROAD_MATCH: "broadMatch",
    v.EXACT_MATCH: "exactMatch",
    v.RELATED_MATCH: "relatedMatch",
    v.WORK_STAGE: "workStage",
    v.COUNTED_IN: "countedIn",
    v.COMPARES: "compares",
}


def _add(concept: SchemeConcept, predicate: str, value: str | Literal) -> None:
    if not isinstance(value, Literal):
        if predicate in _LINKS:
            concept.links.append((_LINKS[predicate], value))
        return
    changed = {value.language: value.value} if value.language in ("zh", "en") else {}
    if predicate == v.NOTATION and not value.datatype:
        concept.notation = value.value
    elif predicate == v.NOTATION:
        concept.notes.append(f"UCUM {value.value}")
    elif predicate == v.PREF_LABEL:
        concept.label = concept.label._replace(**changed)
    elif predicate == v.DEFINITION:
        concept.definition = concept.definition._replace(**changed)
    elif predicate in (v.ALT_LABEL, v.HIDDEN_LABEL):
        concept.others.append(value.value)
    elif predicate in (v.HISTORY_NOTE, v.SCOPE_NOTE) and value.language == "zh":
        concept.notes.append(value.value)
    elif predicate in (v.VALID_FROM, v.VALID_THROUGH):
        concept.notes.append(("自 " if predicate == v.VALID_FROM else "至 ") + value.value)


@cache
def _core() -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(data=resources.read_text("ontology/mskg.ttl"), format="turtle")


@cache
def _alignments() -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for path in sorted((resources.folder("ontology") / "alignments").glob("*.ttl")):
        graph.parse(path)
    return graph


def _term(node: rdflib.URIRef, kind: str) -> OntologyTerm:
    import rdflib
    from rdflib import DCTERMS, OWL, RDFS, SKOS

    graph = _core()
    module = str(graph.value(node, rdflib.URIRef(VOCABULARY + "module")) or "core")
    inverse = graph.value(node, OWL.inverseOf) or graph.value(None, OWL.inverseOf, node)
    parents = [*graph.objects(node, RDFS.subClassOf), *graph.objects(node, RDFS.subPropertyOf)]
    return OntologyTerm(
        node.removeprefix(VOCABULARY),
        kind,
        _texts(graph, node, RDFS.label),
        _texts(graph, node, SKOS.definition),
        module.rpartition("/")[2],
        str(graph.value(node, SKOS.example) or ""),
        tuple(sorted(map(str, graph.objects(node, DCTERMS.source)))),
        _classes(node, RDFS.domain),
        _classes(node, RDFS.range),
        tuple(sorted(map(_short, parents))),
        _short(inverse) if inverse else "",
        (node, OWL.deprecated, rdflib.Literal(True)) in graph,
        tuple(sorted(map(_short, graph.objects(node, DCTERMS.isReplacedBy)))),
        _matches(node),
    )


def _matches(node: rdflib.URIRef) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        sorted(
            (name, _short(value), str(value))
            for _, link, value in _alignments().triples((node, None, None))
            if (name := str(link).rpartition("#")[2]) in _MATCHES
        )
    )


def _texts(graph: rdflib.Graph, node: Node, link: rdflib.URIRef) -> Texts:
    found = {getattr(text, "language", ""): str(text) for text in graph.objects(node, link)}
    return Texts(found.get("zh", ""), found.get("en", ""))


def _classes(node: Node, link: rdflib.URIRef) -> tuple[str, ...]:
    from rdflib import OWL

    graph = _core()
    names: list[str] = []
    for value in graph.objects(node, link):
        members = graph.value(value, OWL.unionOf)
        names += map(_short, graph.items(members) if members else [value])
    return tuple(names)


def _short(node: Node) -> str:
    """Return a term as people write it: Task, xsd:string, prov:Plan."""
    text = str(node)
    if text.startswith(VOCABULARY):
        return text.removeprefix(VOCABULARY)
    known = {**PREFIXES, **_MORE_PREFIXES}
    fitting = [(ns, prefix) for prefix, ns in known.items() if text.startswith(ns)]
    if not fitting:
        return text
    namespace, prefix = max(fitting, key=lambda entry: len(entry[0]))
    return f"{prefix}:{text.removeprefix(namespace)}"
