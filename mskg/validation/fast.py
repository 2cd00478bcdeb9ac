"""Ask Oxigraph where compiled shapes may find something, and what: one store a plan."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
from rdflib import RDF, RDFS, BNode, Graph, URIRef, Variable
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH, XSD

from mskg.errors import StoreError
from mskg.rdf.terms import Literal, Triple
from mskg.store.text import blank_out, statement_lines
from mskg.validation.compiled import TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rdflib.term import Node

    from mskg.validation.compiled import CompiledShape

__all__ = ["Judge", "aimed", "read_turtle", "tuples_of"]

_SUBCLASS: Final = str(RDFS.subClassOf)
_TYPE: Final = str(RDF.type)
_THIS: Final = ox.Variable("this")
_STRING: Final = str(XSD.string)
_DATE: Final = str(XSD.date)
_PLAIN_KINDS: Final = {str(XSD.integer), str(XSD.boolean)}
_KEPT: Final = {
    XSD.integer: r"0|-?[1-9][0-9]{0,17}",
    XSD.decimal: r"0|-?[1-9][0-9]{0,15}|-?(?:0|[1-9][0-9]{0,15})\.[0-9]{0,14}[1-9]",
    XSD.boolean: "true|false",
    XSD.date: r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}",
    XSD.gYear: "[1-9][0-9]{3}",
}
_CANONICAL: Final = {str(kind): re.compile(form) for kind, form in _KEPT.items()}
"""Literals that both libraries keep letter by letter."""
_COMPUTING: Final = re.compile(
    r"\b(?:SUM|AVG|ABS|CEIL|FLOOR|ROUND|RAND|NOW|SECONDS|STRDT)\b|\bxsd:\w|\^\^|\d\.\d|\d[eE]"
    r"|[?$]\w+\s*[-+*/]|[-+*/]\s*[?$(\d]|[)\d]\s*[-+*/]",
    re.IGNORECASE,
)
"""Signs of arithmetic in a query; also of some paths, which does no harm."""
_ASSIGNED: Final = re.compile(r"\bAS\s+[?$](\w+)", re.IGNORECASE)


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


def read_turtle(paths: Iterable[Path]) -> Graph:
    """Return the triples of Turtle files that are known to be good.

    Oxigraph parses them in a third of rdflib's time, which is felt at every start.
    """
    graph = Graph()
    terms: dict[Any, Node] = {}
    for path in paths:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            parts = (quad.subject, quad.predicate, quad.object)
            for part in parts:
                if part not in terms:
                    terms[part] = _term_of(part)
            graph.add((terms[parts[0]], terms[parts[1]], terms[parts[2]]))
    return graph


def _term_of(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return RdfLiteral(term.value, lang=term.language)
    kind = term.datatype.value
    return RdfLiteral(term.value, datatype=None if kind == _STRING else URIRef(kind))


class Judge:
    """The triples of one plan on Oxigraph, for the queries of shapes.

    Parameters
    ----------
    triples:
        The triples, as `of` found them fit.
    store:
        A store of them.
    """

    def __init__(self, triples: Sequence[Triple], store: ox.Store) -> None:
        self._store = store
        self._used = {p for _, p, _ in triples} | {str(v) for _, p, v in triples if p == _TYPE}
        self._literals = {v for _, _, v in triples if isinstance(v, Literal)}

    @classmethod
    def of(cls, triples: Sequence[Triple]) -> Judge | None:
        """Return a judge of `triples`; None where the compiled shapes can't judge them.

        That is where classes are subclasses of others, or where Oxigraph refuses terms or
        can't tell them apart.
        """
        if any(predicate == _SUBCLASS for _, predicate, _ in triples):
            return None
        store = ox.Store()
        try:
            # Text that Oxigraph parses is twice as fast as making its terms one by one.
            text = "".join(f"{line} .\n" for line in statement_lines(triples))
            store.load(text.encode(), format=ox.RdfFormat.N_TRIPLES)
        except (StoreError, SyntaxError, ValueError):  # an IRI or a language tag that is none
            return None
        return cls(triples, store) if len(store) == len(set(triples)) else None

    def suspects(
        self, shapes: Iterable[CompiledShape]
    ) -> Iterator[tuple[CompiledShape, list[URIRef]]]:
        """Yield the shapes that may find something, each with the nodes to look at."""
        for entry in shapes:
            if entry.needs and not entry.needs & self._used:
                continue
            try:
                nodes = self._nodes(entry)
            except SyntaxError:  # rdflib takes some queries of users that Oxigraph does not
                nodes = {row["this"].value for row in self._rows(entry.targets)}
            if nodes:
                yield entry, [URIRef(node) for node in sorted(nodes)]

    def _nodes(self, entry: CompiledShape) -> set[str]:
        """Return the targets that may violate a shape."""
        nodes: set[str] = set()
        if entry.core:
            nodes.update(row["this"].value for row in self._rows(entry.core))
        at_once = [one.query for one in entry.constraints if one.set_based]
        for text in at_once:
            nodes.update(r["this"].value for r in self._rows(text) if r["this"] is not None)
        if at_once and nodes:
            nodes &= {row["this"].value for row in self._rows(entry.targets)}
        one_by_one = [one.query for one in entry.constraints if not one.set_based]
        if one_by_one:
            targets = [row["this"] for row in self._rows(entry.targets)]
            for text in one_by_one:
                nodes.update(n.value for n in targets if any(True for _ in self._rows(text, n)))
        return nodes

    def _rows(self, text: str, node: Any = None) -> Any:
        return self._store.query(text, substitutions={_THIS: node} if node is not None else None)

    def solutions(self, text: str, this: URIRef) -> list[dict[Variable, Node]] | None:
        """Return the solutions of a SELECT query about `this`, as rdflib would find them.

        None where rdflib might find other terms: where Oxigraph spells a literal of the plan
        in another way, or a solution holds a number that was computed.
        """
        if not self._spelled_alike:
            return None
        try:
            result = self._rows(text, ox.NamedNode(str(this)))
            computed = _computed(text)
            names = [(Variable(v.value), v.value in computed) for v in result.variables]
            return [
                {name: self._term(v, own) for (name, own), v in zip(names, row, strict=True) if v}
                for row in result
            ]
        except (SyntaxError, _OtherSpelling):
            return None

    def _term(self, term: Any, computed: bool) -> Node:
        if isinstance(term, ox.NamedNode):
            return URIRef(term.value)
        if not isinstance(term, ox.Literal):
            raise _OtherSpelling
        if term.language:
            if term.language not in self._languages:
                raise _OtherSpelling
            return RdfLiteral(term.value, lang=self._languages[term.language])
        kind = term.datatype.value
        if kind == _STRING:
            return RdfLiteral(term.value)
        if computed and kind not in _PLAIN_KINDS:
            raise _OtherSpelling
        return RdfLiteral(term.value, datatype=URIRef(kind), normalize=False)

    @cached_property
    def _languages(self) -> dict[str, str]:
        """The language tags of the plan by how Oxigraph spells them."""
        return {v.language.lower(): v.language for v in self._literals if v.language}

    @cached_property
    def _spelled_alike(self) -> bool:
        """Whether Oxigraph gives back every literal of the plan as it is."""
        tags = {v.language for v in self._literals if v.language}
        typed = (v for v in self._literals if v.datatype and not v.language)
        return len(tags) == len(self._languages) and all(map(_is_canonical, typed))


class _OtherSpelling(Exception):  # noqa: N818 - a signal inside this module
    """A term that rdflib might have made in another form."""


def _is_canonical(literal: Literal) -> bool:
    form = _CANONICAL.get(literal.datatype)
    if form is None or not form.fullmatch(literal.value):
        return False
    if literal.datatype != _DATE:
        return True
    try:
        return bool(date.fromisoformat(literal.value))
    except ValueError:  # the 30th of February
        return False


@lru_cache(maxsize=512)
def _computed(text: str) -> frozenset[str]:
    """Return the variables of a query that may hold numbers which are not in the data."""
    bare = blank_out(text)
    return frozenset(_ASSIGNED.findall(bare) if _COMPUTING.search(bare) else ())


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
