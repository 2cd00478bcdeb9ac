"""Find with Oxigraph where the compiled shapes may find something: one store a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
from rdflib import RDF, RDFS, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH, XSD

from mskg.rdf.terms import Literal, Triple
from mskg.validation.compiled import TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rdflib.term import Node

    from mskg.validation.compiled import CompiledShape

__all__ = ["aimed", "suspects", "tuples_of"]

_SUBCLASS: Final = str(RDFS.subClassOf)
_TYPE: Final = str(RDF.type)
_THIS: Final = ox.Variable("this")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def tuples_of(graph: Graph) -> list[Triple] | None:
    """Return the triples of an rdflib graph as tuples; None where Oxigraph would read it otherwise.

    That is where it has blank nodes, or strings whose type is written out: rdflib tells them
    from plain ones.
    """
    found: list[Triple] = []
    for subject, predicate, value in graph:
        if isinstance(subject, BNode) or isinstance(value, BNode):
            return None
        if isinstance(value, RdfLiteral):
            if value.datatype == XSD.string:
                return None
            term = Literal(str(value), str(value.datatype or ""), value.language or "")
            found.append((str(subject), str(predicate), term))
        else:
            found.append((str(subject), str(predicate), str(value)))
    return found


def suspects(
    triples: Sequence[Triple], shapes: Iterable[CompiledShape]
) -> dict[Node, list[URIRef]] | None:
    """Return the shapes that may find something in `triples`, each with the nodes to look at.

    None where the graph is one that the compiled shapes can't judge: with classes that are
    subclasses of others, or with terms that Oxigraph refuses or can't tell apart.
    """
    store = _store(triples)
    if store is None:
        return None
    used = {p for _, p, _ in triples} | {v for _, p, v in triples if p == _TYPE}
    found: dict[Node, list[URIRef]] = {}
    for entry in shapes:
        if entry.needs and not entry.needs & used:
            continue
        try:
            nodes = _nodes(store, entry)
        except SyntaxError:  # rdflib takes some queries of users that Oxigraph does not
            nodes = {row["this"].value for row in _rows(store, entry.targets)}
        if nodes:
            found[entry.shape] = [URIRef(node) for node in sorted(nodes)]
    return found


def _nodes(store: ox.Store, entry: CompiledShape) -> set[str]:
    """Return the targets that may violate a shape."""
    nodes: set[str] = set()
    if entry.core:
        nodes.update(row["this"].value for row in _rows(store, entry.core))
    for text in entry.set_based:
        nodes.update(row["this"].value for row in _rows(store, text) if row["this"] is not None)
    if entry.set_based and nodes:
        nodes &= {row["this"].value for row in _rows(store, entry.targets)}
    if entry.selects:
        targets = [row["this"] for row in _rows(store, entry.targets)]
        for text in entry.selects:
            nodes.update(n.value for n in targets if _violates(store, text, n))
    return nodes


def _rows(store: ox.Store, text: str, node: Any = None) -> Any:
    return store.query(text, substitutions={_THIS: node} if node is not None else None)


def _violates(store: ox.Store, text: str, node: Any) -> bool:
    return next(iter(_rows(store, text, node)), None) is not None


def _store(triples: Sequence[Triple]) -> ox.Store | None:
    if any(predicate == _SUBCLASS for _, predicate, _ in triples):
        return None
    store = ox.Store()
    try:
        # Text that Oxigraph parses is twice as fast as making its terms one by one.
        store.load(_n_triples(triples), format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):  # an IRI or a language tag that is none
        return None
    return store if len(store) == len(set(triples)) else None


def _n_triples(triples: Sequence[Triple]) -> bytes:
    lines = []
    for subject, predicate, value in triples:
        if isinstance(value, str):
            lines.append(f"<{subject}> <{predicate}> <{value}> .\n")
            continue
        text = value.value.translate(_ESCAPES)
        tail = f"@{value.language}" if value.language else ""
        if value.datatype and not tail:
            tail = f"^^<{value.datatype}>"
        lines.append(f'<{subject}> <{predicate}> "{text}"{tail} .\n')
    return "".join(lines).encode("utf-8", "surrogatepass")


def aimed(shapes: Graph, found: Mapping[Node, Sequence[URIRef]], whole: Iterable[Node]) -> Graph:
    """Return the shapes that are left to look at.

    Parameters
    ----------
    found:
        Shapes with the nodes that they are to look at, instead of their targets.
    whole:
        Shapes that keep their targets.
    """
    left = Graph(bind_namespaces="none")
    for prefix, namespace in shapes.namespaces():  # pySHACL names terms by them
        left.bind(prefix, namespace)
    kept = set(whole)
    seen: set[Node] = set()
    # Constraint components of a user's own are not linked to the shapes that use them.
    waiting: list[Node] = [*found, *kept, *shapes.subjects(SH.parameter)]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for predicate, value in shapes.predicate_objects(node):
            if predicate in TARGETS and node not in kept:
                continue
            if predicate == RDF.type and value == RDFS.Class and node not in kept:
                continue
            left.add((node, predicate, value))
            if not isinstance(value, RdfLiteral) and predicate not in TARGETS:
                waiting.append(value)
    for shape, nodes in found.items():
        for target in nodes:
            left.add((shape, SH.targetNode, target))
    return left
