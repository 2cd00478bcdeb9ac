"""RDF terms as plain tuples: what bulk work passes between mapping, store and export.

An IRI is a ``str``; a literal is a `Literal`; a triple is ``(subject, predicate, object)``.
There are no blank nodes in mskg data.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

__all__ = ["Literal", "Term", "Triple", "lexical"]


class Literal(NamedTuple):
    """A literal: lexical form, datatype IRI (empty means xsd:string), language tag."""

    value: str
    datatype: str = ""
    language: str = ""


Term: TypeAlias = str | Literal
Triple: TypeAlias = tuple[str, str, Term]


def lexical(term: Term | None) -> str:
    """Return the lexical form of a literal, an IRI as it is, and nothing for what is unbound."""
    return "" if term is None else term.value if isinstance(term, Literal) else term
