"""What the service says about itself and its data: SPARQL 1.1 Service Description, VoID."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.errors import MskgError
from mskg.ns import DATA, PREFIXES, VOCABULARY
from mskg.rdf import graph_text
from mskg.rdf.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.rdf.terms import Term, Triple
    from mskg.store import Store

__all__ = ["FORMS", "description", "void"]

# Media type → form of `graph_text`.
FORMS: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_TYPE: Final = PREFIXES["rdf"] + "type"
_INTEGER: Final = PREFIXES["xsd"] + "integer"
_RESULTS: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
_COUNTS: Final = {
    "triples": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "classes": "SELECT ?what (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?what } GROUP BY ?what",
    "properties": "SELECT ?what (COUNT(*) AS ?n) WHERE { ?s ?what ?o } GROUP BY ?what",
}


def description(base: str, form: str) -> str:
    """Return the description of the service at the address `base`."""
    service, dataset = f"{base}/sparql", f"{base}/.well-known/void#dataset"
    triples: list[Triple] = [
        (service, _TYPE, _SD + "Service"),
        (service, _SD + "endpoint", service),
        (service, _SD + "supportedLanguage", _SD + "SPARQL11Query"),
        (service, _SD + "feature", _SD + "UnionDefaultGraph"),
        (service, _SD + "defaultDataset", dataset),
        (dataset, _TYPE, _SD + "Dataset"),
        (dataset, _SD + "defaultGraph", f"{dataset}-union"),
        (f"{dataset}-union", _TYPE, _SD + "Graph"),
        *((service, _SD + "resultFormat", _FORMATS + name) for name in _RESULTS),
    ]
    return graph_text(triples, form)


def void(base: str, store: Store, form: str) -> str:
    """Return what is in the data; counts that take too long are left out."""
    dataset = f"{base}/.well-known/void#dataset"
    triples: list[Triple] = [
        (dataset, _TYPE, _VOID + "Dataset"),
        (dataset, PREFIXES["dcterms"] + "title", Literal("民生实事知识图谱", "", "zh")),
        (dataset, PREFIXES["dcterms"] + "title", Literal("Livelihood plans", "", "en")),
        (dataset, _VOID + "sparqlEndpoint", f"{base}/sparql"),
        (dataset, _VOID + "uriSpace", Literal(DATA)),
        (dataset, _VOID + "vocabulary", VOCABULARY),
        *_counted(dataset, store),
    ]
    return graph_text(triples, form)


def _counted(dataset: str, store: Store) -> Iterator[Triple]:
    for (count,) in _rows(store, "triples"):
        yield dataset, _VOID + "triples", _number(count)
    for kind, link, value in (
        ("classes", "class", "entities"),
        ("properties", "property", "triples"),
    ):
        rows = _rows(store, kind)
        if rows:
            yield dataset, _VOID + kind, _number(Literal(str(len(rows))))
        for place, (what, count) in enumerate(sorted(rows, key=str), 1):
            part = f"{dataset}-{link}-{place}"
            yield dataset, f"{_VOID}{link}Partition", part
            yield part, _VOID + link, str(what)
            yield part, _VOID + value, _number(count)


def _rows(store: Store, kind: str) -> tuple[tuple[Term | None, ...], ...]:
    try:
        return store.select(_COUNTS[kind]).rows
    except MskgError:
        return ()


def _number(count: Term | None) -> Literal:
    return Literal(count.value if isinstance(count, Literal) else "0", _INTEGER)
