"""What a store knows of the documents in it: from which file, read by which runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mskg.ns import CORRECTIONS_GRAPH
from mskg.rdf.terms import lexical
from mskg.rdf.vocabulary import IN_DOCUMENT
from mskg.store.text import prefix_lines

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from mskg.rdf import Triple
    from mskg.store import Store

__all__ = ["Run", "StoredDocument", "known_runs", "standing_decisions", "stored_documents"]

_RUNS: Final = f"""{prefix_lines("mskg", "prov")}
SELECT ?document ?run ?hash ?rules ?version WHERE {{
  ?run prov:used ?document ; mskg:fileHash ?hash ; mskg:rulesHash ?rules ;
    mskg:softwareVersion ?version .
}}"""
_DOCUMENTS: Final = f"""{prefix_lines("mskg", "prov")}
SELECT DISTINCT ?document ?source ?run WHERE {{
  GRAPH ?document {{
    ?document mskg:announces ?program .
    OPTIONAL {{ ?document mskg:sourceFile ?source }}
    OPTIONAL {{ ?document prov:wasGeneratedBy ?run }}
  }}
}}"""
_DECIDED: Final = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{CORRECTIONS_GRAPH}> {{ ?s ?p ?o }} }}"


@dataclass(frozen=True, slots=True)
class Run:
    """A finished reading: of which document, in which graph, from which bytes, how."""

    document: str
    graph: str
    file_hash: str
    rules: str
    version: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its graph in the store.

    ``run`` is the IRI of the run that it names. On a server that has no such run, a build was
    stopped while it wrote the document.
    """

    iri: str
    source: str = ""
    run: str = ""


def known_runs(store: Store) -> list[Run]:
    """Return the finished readings that `store` knows."""
    return [Run(*map(lexical, row)) for row in store.select(_RUNS).rows]


def stored_documents(store: Store) -> dict[str, StoredDocument]:
    """Return the documents of `store` by their IRIs."""
    rows = (StoredDocument(*map(lexical, row)) for row in store.select(_DOCUMENTS).rows)
    return {document.iri: document for document in rows}


def standing_decisions(store: Store, unread: AbstractSet[str]) -> list[Triple]:
    """Return the triples of the decisions that go on: those of the documents `unread`.

    A decision for all documents goes on as long as there is such a document.
    """
    former: dict[str, list[Triple]] = {}
    for triple in store.construct(_DECIDED):
        former.setdefault(triple[0], []).append(triple)
    kept: list[Triple] = []
    for triples in former.values():
        about = {str(value) for _, predicate, value in triples if predicate == IN_DOCUMENT}
        if about & unread if about else unread:
            kept += triples
    return kept
