"""Stores filled with plans for tests of queries, and rdflib behind the same methods."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import rdflib

from mskg.ns import REFERENCE_GRAPH, TALLIES_GRAPH, document_iri
from mskg.rdf import (
    add_tallies,
    contribution,
    derived_graph,
    derived_triples,
    plan_triples,
    reference_triples,
    tally_triples,
    to_rdflib,
)
from mskg.rdf.terms import Literal, Term, Triple
from mskg.store import Solutions, Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mskg.model import Plan
    from mskg.rdf import Tallies

__all__ = ["RdflibStore", "fill_store"]


def fill_store(store: Store, plans: Collection[Plan]) -> None:
    """Put the graphs of `plans` and the reference graph into `store`, as one batch."""
    with store.writing():
        store.replace_graph(REFERENCE_GRAPH, reference_triples())
        for plan in plans:
            store.replace_graph(document_iri(plan.document.key), plan_triples(plan))
            store.replace_graph(derived_graph(plan), derived_triples(plan))
        store.replace_graph(TALLIES_GRAPH, _tallies(plans))


def _tallies(plans: Iterable[Plan]) -> Iterator[Triple]:
    total: Tallies = {}
    for plan in plans:
        add_tallies(total, contribution(plan))
    yield from tally_triples(total)


class RdflibStore:
    """The reading half of a store on rdflib, another SPARQL engine than Oxigraph."""

    def __init__(
        self, plans: Collection[Plan], graphs: Iterable[tuple[str, Iterable[Triple]]] = ()
    ) -> None:
        self._graph = rdflib.Dataset(default_union=True)
        self._add(REFERENCE_GRAPH, reference_triples())
        for plan in plans:
            self._add(document_iri(plan.document.key), plan_triples(plan))
            self._add(derived_graph(plan), derived_triples(plan))
        for name, triples in graphs:
            self._add(name, triples)
        self._add(TALLIES_GRAPH, _tallies(plans))

    def _add(self, name: str, triples: Iterable[Triple]) -> None:
        to_rdflib(triples, self._graph.graph(rdflib.URIRef(name)))

    def select(self, query: str, *, timeout: float | None = None) -> Solutions:
        """Return the solutions of a SELECT query."""
        with warnings.catch_warnings():
            # rdflib 7.6 itself still uses the names it has deprecated.
            warnings.filterwarnings("ignore", "Dataset", DeprecationWarning)
            result = self._graph.query(query)
            names = tuple(str(name) for name in result.vars or ())
            rows = tuple(tuple(_term(row[name]) for name in names) for row in result)
        return Solutions(names, rows)


def _term(value: Any) -> Term | None:
    if isinstance(value, rdflib.Literal):
        datatype = "" if value.datatype in (None, rdflib.XSD.string) else str(value.datatype)
        return Literal(str(value), datatype, (value.language or "").lower())
    return None if value is None else str(value)
