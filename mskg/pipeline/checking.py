"""Validate whatever a file holds: a document, a plan record, or RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rdflib

    from mskg.model import Plan


__all__ = ["RDF_SUFFIXES", "to_graph", "validate"]

RDF_SUFFIXES = frozenset({".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf"})


def to_graph(plan: Plan) -> rdflib.Graph:
    """Return `plan` as an rdflib graph: its document graph with what follows from it."""
    from mskg.rdf import derived_triples, plan_triples, to_rdflib

    return to_rdflib([*plan_triples(plan), *derived_triples(plan)])
