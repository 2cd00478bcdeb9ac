"""The parts of tasks in a store, as the full-text index takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.query.fulltext import Part
from mskg.rdf.terms import lexical
from mskg.store.text import term_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.store import Store

__all__ = ["document_versions", "parts_of", "replaced_documents"]

_PREFIXES: Final = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mskg: <https://w3id.org/mskg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_DOCUMENTS: Final = """SELECT DISTINCT ?document ?program ?run ?hash WHERE {
  ?document a mskg:PlanDocument ; mskg:announces ?program .
  OPTIONAL { ?document prov:wasGeneratedBy ?run }
  OPTIONAL { ?document mskg:fileHash ?hash }
}"""
_REPLACED: Final = """SELECT DISTINCT ?document WHERE {
  ?document a mskg:PlanDocument ; dcterms:isReplacedBy ?prevailing
} ORDER BY ?document"""
_ITEMS: Final = """
SELECT DISTINCT ?document ?task ?item ?number ?position ?order ?title ?text ?place ?name ?year
WHERE {
  VALUES ?document { %s }
  ?document mskg:announces ?program .
  ?program mskg:hasTask ?task .
  ?task dcterms:title ?title ; mskg:ordinalPath ?number ; mskg:position ?position .
  ?task mskg:hasItem ?item .
  ?item mskg:position ?order .
  OPTIONAL { ?item mskg:text ?text }
  OPTIONAL { ?program mskg:region ?place . OPTIONAL { ?place skos:prefLabel ?name } }
  OPTIONAL { ?program mskg:year ?year }
} ORDER BY ?document ?position ?order ?item ?name"""
_LABELS: Final = """SELECT DISTINCT ?item ?label WHERE {
  VALUES ?document { %s }
  ?document mskg:announces ?program .
  ?program mskg:hasTask ?task .
  ?task mskg:hasItem ?item .
  ?item mskg:hasIndicator ?indicator .
  ?indicator rdfs:label ?label
} ORDER BY ?item ?label"""
_STAGES: Final = """SELECT DISTINCT ?item ?label WHERE {
  VALUES ?document { %s }
  ?document mskg:announces ?program .
  ?program mskg:hasTask ?task .
  ?task mskg:hasItem ?item .
  ?item mskg:hasMilestone ?milestone .
  ?milestone mskg:text ?label
} ORDER BY ?item ?label"""
_UNITS: Final = """SELECT DISTINCT ?work ?full ?name WHERE {
  VALUES ?document { %s }
  ?document mskg:announces ?program .
  ?program mskg:hasTask ?task .
  { ?task mskg:hasAssignment ?assignment . BIND(?task AS ?work) }
  UNION
  { ?task mskg:hasItem ?work . ?work mskg:hasAssignment ?assignment }
  ?assignment mskg:printedName ?name
  OPTIONAL { ?assignment mskg:department ?unit . OPTIONAL { ?unit skos:prefLabel ?full } }
} ORDER BY ?work ?full ?name"""
_ABOVE: Final = "SELECT DISTINCT ?region ?above WHERE { ?region mskg:parentRegion ?above }"


def document_versions(store: Store) -> dict[str, str]:
    """Return what tells one reading of each document in `store` from another, by IRI.

    The program is part of it: a document that another one replaces, or replaces no more, is
    not read again, but the IRIs of its tasks change.
    """
    found = store.select(_PREFIXES + _DOCUMENTS).rows
    return {str(document): " ".join(map(lexical, version)) for document, *version in found}


def replaced_documents(store: Store) -> list[str]:
    """Return the IRIs of the documents that another one of the same program replaces."""
    return [lexical(document) for (document,) in store.select(_PREFIXES + _REPLACED).rows]


def parts_of(store: Store, documents: Sequence[str]) -> Iterator[tuple[str, list[Part]]]:
    """Yield each of `documents` (IRIs) with the parts of its tasks, in printed order."""
    batch = " ".join(map(term_text, documents))
    labels = _grouped(store, _LABELS % batch)
    stages = _grouped(store, _STAGES % batch)
    units = _units(store, _UNITS % batch)
    above = {str(place): str(parent) for place, parent in store.select(_PREFIXES + _ABOVE).rows}
    found: dict[str, dict[str, Part]] = {document: {} for document in documents}
    for row in store.select(_PREFIXES + _ITEMS % batch).rows:
        document, task, item, number, _, _, title, text, place, name, year = row
        key = lexical(item)
        told = [lexical(text), *(line for line in stages.get(key, []) if line not in lexical(text))]
        found[lexical(document)][key] = Part(
            item=key,
            task=lexical(task),
            number=lexical(number),
            region=lexical(name),
            regions=_upwards(lexical(place), above),
            year=lexical(year),
            title=lexical(title),
            indicators="\n".join(labels.get(key, [])),
            units=units.get(key) or units.get(lexical(task), ""),
            text="\n".join(filter(None, told)),
        )
    for document, parts in found.items():
        yield document, list(parts.values())


def _grouped(store: Store, query: str) -> dict[str, list[str]]:
    """Return the texts of each thing, each text once."""
    found: dict[str, dict[str, None]] = {}
    for thing, *texts in store.select(_PREFIXES + query).rows:
        for text in filter(None, map(lexical, texts)):
            found.setdefault(lexical(thing), {})[text] = None
    return {thing: list(texts) for thing, texts in found.items()}


def _units(store: Store, query: str) -> dict[str, str]:
    """Return the full names of each work's units, an empty line, and what else is printed."""
    names: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for work, full, printed in store.select(_PREFIXES + query).rows:
        whole, other = names.setdefault(lexical(work), ({}, {}))
        whole[lexical(full) or lexical(printed)] = None
        other[lexical(printed)] = None
    return {
        work: "\n".join([*whole, "", *(name for name in other if name not in whole)])
        for work, (whole, other) in names.items()
    }


def _upwards(place: str, above: dict[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    while place and place not in found:
        found.append(place)
        place = above.get(place, "")
    return tuple(found)
