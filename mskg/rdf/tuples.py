"""Term tuples behind the interface of an rdflib graph, without turning them into terms first.

A graph of a plan has thousands of triples, of which a look at a few nodes needs a few dozen:
building all terms of rdflib takes longer than everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rdflib
from rdflib.store import Store

from mskg.rdf.graphs import bind_prefixes
from mskg.rdf.terms import Literal, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["graph_over"]


def graph_over(triples: Iterable[Triple]) -> rdflib.Graph:
    """Return a read-only rdflib graph of `triples`; its terms are made when they are asked for."""
    graph = rdflib.Graph(store=_TupleStore(triples), bind_namespaces="none")
    bind_prefixes(graph)
    return graph


class _TupleStore(Store):
    """A store of term tuples, indexed by each of their parts."""

    context_aware = True  # pySHACL wants a store that could have several graphs
    graph_aware = True

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__()
        self._triples = dict.fromkeys(triples)
        self._indices: tuple[dict[Term, list[Triple]], ...] = ({}, {}, {})
        for triple in self._triples:
            for index, part in zip(self._indices, triple, strict=True):
                index.setdefault(part, []).append(triple)
        self._terms: dict[Term, Any] = {}
        self._prefixes: dict[str, Any] = {}

    def triples(
        self, triple_pattern: tuple[Any, Any, Any], context: Any = None
    ) -> Iterator[tuple[tuple[Any, Any, Any], Any]]:
        """Yield the triples that match a pattern, where None matches everything."""
        wanted = [None if part is None else _tuple_of(part) for part in triple_pattern]
        lists = [
            index.get(part, [])
            for index, part in zip(self._indices, wanted, strict=True)
            if part is not None
        ]
        for triple in min(lists, key=len) if lists else list(self._triples):
            if all(w is None or w == part for w, part in zip(wanted, triple, strict=True)):
                terms = tuple(map(self._term, triple))
                # The store compares lexical forms; rdflib would not hold 1 and 1.0 as one.
                yield (terms[0], terms[1], terms[2]), iter((context,))

    def __len__(self, context: Any = None) -> int:
        return len(self._triples)

    def bind(self, prefix: str, namespace: Any, override: bool = True) -> None:
        """Keep a prefix."""
        if override or prefix not in self._prefixes:
            self._prefixes[prefix] = namespace

    def namespace(self, prefix: str) -> Any:
        """Return the namespace of a prefix."""
        return self._prefixes.get(prefix)

    def prefix(self, namespace: Any) -> str | None:
        """Return the prefix of a namespace."""
        return next((p for p, ns in self._prefixes.items() if ns == namespace), None)

    def namespaces(self) -> Iterator[tuple[str, Any]]:
        """Yield the prefixes."""
        yield from self._prefixes.items()

    def _term(self, part: Term) -> Any:
        term = self._terms.get(part)
        if term is None:
            term = self._terms[part] = _term_of(part)
        return term


def _term_of(part: Term) -> Any:
    """Return the term of rdflib; the lexical form stays as it is."""
    if isinstance(part, Literal):
        datatype = rdflib.URIRef(part.datatype) if part.datatype else None
        return rdflib.Literal(
            part.value, lang=part.language or None, datatype=datatype, normalize=False
        )
    return rdflib.URIRef(part)


def _tuple_of(term: Any) -> Term:
    if isinstance(term, rdflib.Literal):
        # A datatype that tuples leave out never matches: rdflib tells "x" from "x"^^xsd:string.
        return Literal(str(term), str(term.datatype or ""), term.language or "")
    return str(term)
