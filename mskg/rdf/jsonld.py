"""JSON-LD of triples, written directly: compact, and the same bytes every time.

The serialiser of rdflib orders neither nodes nor values.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from mskg.ns import PREFIXES
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.rdf.terms import Term, Triple

__all__ = ["jsonld_text"]

_XSD: Final = PREFIXES["xsd"]
# The longest namespace first, so that an IRI gets its nearest prefix.
_NAMESPACES: Final = sorted(((ns, p) for p, ns in PREFIXES.items()), key=lambda e: -len(e[0]))


def jsonld_text(triples: Iterable[Triple]) -> str:
    """Return `triples` as a JSON-LD document with the prefixes of the project.

    Nodes, properties and values are sorted; each node stands once at the top level.
    """
    nodes: dict[str, dict[str, set[Term]]] = {}
    for subject, predicate, value in triples:
        nodes.setdefault(subject, {}).setdefault(predicate, set()).add(value)
    graph = [_node(subject, nodes[subject]) for subject in sorted(nodes)]
    document = {"@context": PREFIXES, "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _node(subject: str, properties: dict[str, set[Term]]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _compact(subject)}
    for predicate in sorted(properties, key=lambda name: (name != v.TYPE, name)):
        if predicate == v.TYPE:
            node["@type"] = sorted(_compact(str(value)) for value in properties[predicate])
            continue
        values = [_value(value) for value in sorted(properties[predicate], key=_order)]
        node[_compact(predicate)] = values if len(values) > 1 else values[0]
    return node


def _value(value: Term) -> Any:
    if not isinstance(value, Literal):
        return {"@id": _compact(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype == _XSD + "integer":
        return int(value.value)
    if value.datatype == _XSD + "boolean":
        return value.value == "true"
    if value.datatype:
        return {"@value": value.value, "@type": _compact(value.datatype)}
    return value.value


def _order(value: Term) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, Literal) else (value,)


def _compact(iri: str) -> str:
    for namespace, prefix in _NAMESPACES:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
