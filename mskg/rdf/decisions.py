"""Triples of the decisions of people, which belong in a graph of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.ns import DATA, PREFIXES, VOCABULARY, child_iri, digest, document_iri
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal, Triple
from mskg.resolve.corrections import ANY_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.resolve import Correction

__all__ = ["correction_triples"]

_QUOTE: Final = VOCABULARY + "quote"
_CREATOR: Final = PREFIXES["dcterms"] + "creator"
_COMMENT: Final = PREFIXES["rdfs"] + "comment"


def correction_triples(rows: Iterable[Correction]) -> Iterator[Triple]:
    """Yield each decision as a `mskg:Correction`; one without a document holds for all."""
    for row in rows:
        node = child_iri(DATA.rstrip("/"), "correction", digest("\n".join(row.row), 16))
        yield node, v.TYPE, v.CORRECTION
        yield node, v.CORRECTION_KIND, Literal(row.kind)
        if row.document != ANY_DOCUMENT:
            yield node, v.IN_DOCUMENT, document_iri(row.document)
        printed = (_QUOTE, row.quote), (v.DECISION, row.value)
        for predicate, text in (*printed, (_CREATOR, row.by), (_COMMENT, row.note)):
            if text:
                yield node, predicate, Literal(text)
