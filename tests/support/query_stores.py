"""Stores filled with plans for tests of queries, and rdflib behind the same methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rdflib

from mskg.ns import document_iri
from mskg.rdf import derived_graph, derived_triples, plan_triples, to_rdflib
from mskg.rdf.terms import Literal, Term
from mskg.store import Solutions, Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.model import Plan

__all__ = ["RdflibStore", "fill_store"]


def fill_store(store: Store, plans: Iterable[Plan]) -> None:
    """Put the graphs of `plans` into `store`, as one batch."""
    with store.writing():
        for plan in plans:
            store.replace_graph(document_iri(plan.document.key), plan_triples(plan))
            store.replace_graph(derived_graph(plan), derived_triples(plan))


class RdflibStore:
    """The reading half of a store on rdflib, another SPARQL engine than Oxigraph."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self._graph = rdflib.Graph()
        for plan in plans:
            to_rdflib([*plan_triples(plan), *derived_triples(plan)], self._graph)

    def select(self, query: str, *, timeout: float | None = None) -> Solutions:
        """Return the solutions of a SELECT query."""
        result = self._graph.query(query)
        names = tuple(str(name) for name in result.vars or ())
        rows = tuple(tuple(_term(row[name]) for name in names) for row in result)
        return Solutions(names, rows)


def _term(value: Any) -> Term | None:
    if isinstance(value, rdflib.Literal):
        datatype = "" if value.datatype in (None, rdflib.XSD.string) else str(value.datatype)
        return Literal(str(value), datatype, (value.language or "").lower())
    return None if value is None else str(value)
