"""Term tuples behind the interface of an rdflib graph, without turning them into terms first.

A graph of a plan has thousands of triples, of which a look at a few nodes needs a few dozen:
building all terms of rdflib takes longer than everything else.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import rdflib
from rdflib.store import Store

from mskg.rdf.graphs import bind_prefixes
from mskg.rdf.terms import Literal, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Tuples", "graph_over", "tuples_under"]


class Tuples:
    """Triples with look-ups; each index is made when it is first needed."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = dict.fromkeys(triples)

    @cached_property
    def by_subject(self) -> dict[str, list[Triple]]:
        """The triples of each subject."""
        return self._index(0)

    @cached_property
    def by_predicate(self) -> dict[str, list[Triple]]:
        """The triples of each predicate."""
        return self._index(1)

    @cached_property
    def by_value(self) -> dict[Term, list[Triple]]:
        """The triples of each object."""
        return self._index(2)

    def _index(self, place: int) -> dict[Any, list[Triple]]:
        index: dict[Any, list[Triple]] = {}
        for triple in self.triples:
            index.setdefault(triple[place], []).append(triple)
        return index

    def objects(self, subject: str, predicate: str) -> list[Term]:
        """Return the values of a property of `subject`."""
        return [o for _, p, o in self.by_subject.get(subject, ()) if p == predicate]

    def subjects(self, predicate: str, value: Term) -> list[str]:
        """Return what has `value` as that of a property."""
        return [s for s, p, _ in self.by_value.get(value, ()) if p == predicate]


def graph_over(triples: Iterable[Triple]) -> rdflib.Graph:
    """Return a read-only rdflib graph of `triples`; its terms are made when they are asked for."""
    graph = rdflib.Graph(store=_TupleStore(Tuples(triples)), bind_namespaces="none")
    bind_prefixes(graph)
    return graph


def tuples_under(graph: rdflib.Graph) -> Tuples:
    """Return the triples of `graph`; a blank node is its name."""
    if isinstance(graph.store, _TupleStore):
        return graph.store.tuples
    return Tuples((str(s), str(p), _tuple_of(o)) for s, p, o in graph)


class _TupleStore(Store):
    """A store of term tuples."""

    context_aware = True  # pySHACL wants a store that could have several graphs
    graph_aware = True

    def __init__(self, tuples: Tuples) -> None:
        super().__init__()
        self.tuples = tuples
        self._terms: dict[Term, Any] = {}
        self._prefixes: dict[str, Any] = {}

    def triples(
        self, triple_pattern: tuple[Any, Any, Any], context: Any = None
    ) -> Iterator[tuple[tuple[Any, Any, Any], Any]]:
        """Yield the triples that match a pattern, where None matches everything."""
        subject, predicate, value = (
            None if part is None else _tuple_of(part) for part in triple_pattern
        )
        for triple in list(self._candidates(subject, predicate, value)):
            if (
                (subject is None or subject == triple[0])
                and (predicate is None or predicate == triple[1])
                and (value is None or value == triple[2])
            ):
                terms = tuple(map(self._term, triple))
                # The store compares lexical forms; rdflib would not hold 1 and 1.0 as one.
                yield (terms[0], terms[1], terms[2]), iter((context,))

    def _candidates(self, subject: Any, predicate: Any, value: Any) -> Iterable[Triple]:
        """Return triples among which all that match are: few, where subject or value is known."""
        if subject is not None:
            return self.tuples.by_subject.get(subject, ())
        if value is not None:
            return self.tuples.by_value.get(value, ())
        if predicate is not None:
            return self.tuples.by_predicate.get(predicate, ())
        return self.tuples.triples

    def __len__(self, context: Any = None) -> int:
        return len(self.tuples.triples)

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
