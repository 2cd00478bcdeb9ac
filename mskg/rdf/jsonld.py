"""JSON-LD of plans, written directly: a tree that reads well, and the same bytes every time.

The names of keys are those of ``ontology/context.jsonld``, whose order is the order of the keys;
nodes are nested as ``ontology/frame.jsonld`` says. A general processor takes a second for what
is done here in some hundredths of one, and keeps no order.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mskg import resources
from mskg.ns import DATA, PREFIXES, VOCABULARY
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Term, Triple

__all__ = ["jsonld_dataset", "jsonld_text"]

_XSD: Final = PREFIXES["xsd"]
# The longest namespace first, so that an IRI gets its nearest prefix.
_NAMESPACES: Final = sorted(
    ((ns, prefix) for prefix, ns in PREFIXES.items() if prefix != "id"), key=lambda e: -len(e[0])
)
# What leads up or sideways in the tree: the other node stands elsewhere.
_NOT_NESTED: Final = frozenset(
    {v.IN_DOCUMENT, v.IN_PROGRAM, v.IN_TASK, v.IN_REGION, v.MEASURE_UNIT, v.DUE_AT, v.PART_OF}
    | {v.WAS_GENERATED_BY}
)


class _Key(NamedTuple):
    """A key of the context: its place in the order, coercion and container."""

    place: int
    name: str
    type: str = ""
    container: str = ""


def jsonld_text(triples: Iterable[Triple]) -> str:
    """Return the graph of a plan as one JSON-LD tree, from the document down.

    Lists are in the order of the plan. A node that several others refer to is written out at
    each of them. Nodes that nothing leads down to stand under ``included``, so nothing is lost.
    """
    tree = _Tree(triples)
    roots = tree.of_type(v.PLAN_DOCUMENT)
    document: dict[str, Any] = {}
    if len(roots) == 1:
        document |= tree.nested(roots[0])
        if rest := tree.unseen():
            document["included"] = rest
    else:
        document["@graph"] = tree.unseen()
    body = json.dumps(document, ensure_ascii=False, indent=1)
    # The context in one line, so that a reader sees the plan at once.
    return f'{{\n "@context": {_context_line()},{body[1:]}\n'


def jsonld_dataset(graphs: Iterable[tuple[str, Iterable[Triple]]]) -> Iterator[str]:
    """Yield the pieces of one JSON-LD text with all named `graphs`, each plan as a tree."""
    yield f'{{\n"@context": {_context_line()},\n"@graph": ['
    for number, (name, triples) in enumerate(graphs):
        tree = _Tree(triples)
        nodes = [tree.nested(root) for root in tree.of_type(v.PLAN_DOCUMENT)]
        graph = {"id": _reference(name), "@graph": [*nodes, *tree.unseen()]}
        yield ("," if number else "") + "\n" + json.dumps(graph, ensure_ascii=False, indent=1)
    yield "\n]\n}\n"


class _Tree:
    """The nodes of one graph, written as nested objects."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._nodes: dict[str, dict[str, list[Term]]] = {}
        for subject, predicate, value in triples:
            values = self._nodes.setdefault(subject, {}).setdefault(predicate, [])
            if value not in values:
                values.append(value)
        self._seen: set[str] = set()

    def of_type(self, kind: str) -> list[str]:
        """Return the nodes of the class `kind`, sorted."""
        return sorted(node for node, found in self._nodes.items() if kind in found.get(v.TYPE, ()))

    def nested(self, node: str, above: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return `node` with the nodes below it; `above` are those it stands in."""
        self._seen.add(node)
        found = self._nodes[node]
        result: dict[str, Any] = {"id": _reference(node)}
        if types := found.get(v.TYPE):
            names = sorted(_type_name(str(value)) for value in types)
            result["type"] = names[0] if len(names) == 1 else names
        for predicate in sorted(found.keys() - {v.TYPE}, key=_by_place):
            key = _key(predicate)
            values = found[predicate]
            if key.container == "@language":
                result[key.name] = _by_language(values)
                continue
            written = [
                self._value(value, key, predicate, (*above, node))
                for value in sorted(values, key=self._order)
            ]
            several = len(written) > 1 or key.container == "@set"
            result[key.name] = written if several else written[0]
        return result

    def unseen(self) -> list[dict[str, Any]]:
        """Return the nodes not yet written, each once and flat."""
        rest = sorted(self._nodes.keys() - self._seen)
        # Everything stands above: so nothing is nested.
        return [self.nested(node, tuple(self._nodes)) for node in rest]

    def _value(self, value: Term, key: _Key, predicate: str, above: tuple[str, ...]) -> Any:
        if isinstance(value, Literal):
            return _literal(value, key)
        if value in self._nodes and predicate not in _NOT_NESTED and value not in above:
            return self.nested(value, above)
        name = _reference(value)
        return name if key.type == "@id" else {"id": name}

    def _order(self, value: Term) -> tuple[int, int, str]:
        """Order nodes by position, then 2 before 10, and literals by their text."""
        if isinstance(value, Literal):
            return 0, 0, "\t".join(value)
        positions = self._nodes.get(value, {}).get(v.POSITION, ())
        place = next((int(p.value) for p in positions if isinstance(p, Literal)), 0)
        return place, len(value), value


def _literal(value: Literal, key: _Key) -> Any:
    if value.datatype == _XSD + "integer" and str(int(value.value)) == value.value:
        return int(value.value)
    if value.datatype == _XSD + "boolean" and value.value in ("true", "false"):
        return value.value == "true"
    if _compact(value.datatype) == key.type and not value.language:
        return value.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "@type": _compact(value.datatype)}


def _by_language(values: list[Term]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for value in sorted(values):
        if isinstance(value, Literal):
            found.setdefault(value.language or "@none", []).append(value.value)
    order = sorted(found, key=lambda language: (not language.startswith("zh"), language))
    return {name: found[name] if len(found[name]) > 1 else found[name][0] for name in order}


def _by_place(predicate: str) -> tuple[int, str]:
    key = _key(predicate)
    return key.place, key.name


@cache
def _context() -> dict[str, Any]:
    context: dict[str, Any] = json.loads(resources.read_text("ontology/context.jsonld"))["@context"]
    return context


@cache
def _context_line() -> str:
    return json.dumps(_context(), ensure_ascii=False)


@cache
def _keys() -> dict[str, _Key]:
    keys = {}
    for place, (name, meaning) in enumerate(_context().items()):
        if name.startswith("@"):
            continue
        defined = meaning if isinstance(meaning, dict) else {"@id": meaning}
        prefix, colon, local = defined["@id"].partition(":")
        if colon and prefix in PREFIXES:
            kind, container = defined.get("@type", ""), defined.get("@container", "")
            keys[PREFIXES[prefix] + local] = _Key(place, name, kind, container)
    return keys


def _key(predicate: str) -> _Key:
    return _keys().get(predicate) or _Key(len(_keys()) + 1000, _type_name(predicate))


def _type_name(iri: str) -> str:
    """Return a class or property as the vocabulary of the context names it."""
    return iri[len(VOCABULARY) :] if iri.startswith(VOCABULARY) else _compact(iri)


@cache
def _reference(iri: str) -> str:
    """Return a node: relative to the base where it is one of ours."""
    return iri[len(DATA) :] if iri.startswith(DATA) else _compact(iri)


@cache
def _compact(iri: str) -> str:
    for namespace, prefix in _NAMESPACES:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
