"""SPARQL constraints: their results, made of Oxigraph's solutions as pySHACL makes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from rdflib import RDF, BNode, Graph, Literal, URIRef, Variable
from rdflib.namespace import SH

from mskg.store.text import blank_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from mskg.validation.compiled import CompiledShape
    from mskg.validation.fast import Judge

__all__ = ["SparqlConstraint", "add_results", "is_special"]

_THIS: Final = Variable("this")
_PATH: Final = Variable("path")
_VALUE: Final = Variable("value")
_SPECIAL: Final = re.compile(
    r"[$?](?:PATH|shapesGraph|currentShape|failure)\b|\b(?:MINUS|VALUES|SERVICE)\b|\bAS\s+[$?]this\b",
    re.IGNORECASE,
)
_NESTED: Final = re.compile(r"\bSELECT\s+((?:(?:[?$]\w+|\*)\s+)+)", re.IGNORECASE)
_NAMES_THIS: Final = re.compile(r"[?$]this\b")


class SparqlConstraint(NamedTuple):
    """A SPARQL constraint of a shape.

    ``query`` has a solution where ``$this`` violates it, prefixes included; a ``set_based`` one
    gives all violating ``$this`` at once where none is substituted.
    """

    node: Node
    query: str
    set_based: bool


def is_special(text: str) -> bool:
    """Whether a query is one that SHACL forbids, or that asks for more than ``$this``."""
    bare = blank_out(text)
    inner = _NESTED.findall(bare)
    return bool(_SPECIAL.search(bare)) or not all(_NAMES_THIS.search(names) for names in inner)


def add_results(
    report: Graph, shapes: Graph, entry: CompiledShape, nodes: Iterable[URIRef], judge: Judge
) -> bool:
    """Add what the SPARQL constraints of a shape find at `nodes` to a SHACL report.

    Returns
    -------
    bool
        Whether that is all that pySHACL would find; else nothing was added, and pySHACL has to
        look at the shape.
    """
    if entry.core or not all(_messages(shapes, entry.shape, one) for one in entry.constraints):
        return False
    found = []
    for constraint in entry.constraints:
        for node in nodes:
            solutions = judge.solutions(constraint.query, node)
            if solutions is None:
                return False
            found += [(constraint, node, solution) for solution in _told_apart(solutions)]
    root = next(report.subjects(RDF.type, SH.ValidationReport), None)
    if root is None:
        root = BNode()
        report.add((root, RDF.type, SH.ValidationReport))
    for constraint, node, solution in found:
        result = _add_result(report, shapes, entry.shape, node, solution)
        report.add((root, SH.result, result))
        for message in _messages(shapes, entry.shape, constraint):
            report.add((result, SH.resultMessage, _filled(message, solution)))
    return True


def _told_apart(solutions: Iterable[dict[Variable, Node]]) -> Iterator[dict[Variable, Node]]:
    seen = set()
    for solution in solutions:
        key = frozenset(solution.items())
        if key not in seen and not solution.keys().isdisjoint((_THIS, _PATH, _VALUE)):
            seen.add(key)
            yield solution


def _messages(shapes: Graph, shape: Node, constraint: SparqlConstraint) -> set[Node]:
    return {m for node in (shape, constraint.node) for m in shapes.objects(node, SH.message)}


def _add_result(
    report: Graph, shapes: Graph, shape: Node, node: URIRef, solution: dict[Variable, Node]
) -> Node:
    """Add a result without its messages; return its node."""
    result = BNode()
    path = shapes.value(shape, SH.path)
    value = solution.get(_VALUE, node if path is None else None)
    path = solution.get(_PATH, path)
    severity = shapes.value(shape, SH.severity)
    report.add((result, RDF.type, SH.ValidationResult))
    report.add((result, SH.sourceConstraintComponent, SH.SPARQLConstraintComponent))
    report.add((result, SH.sourceShape, shape))
    report.add((result, SH.resultSeverity, severity or SH.Violation))
    report.add((result, SH.focusNode, solution.get(_THIS, node)))
    if value is not None:
        report.add((result, SH.value, value))
    if path is not None:
        report.add((result, SH.resultPath, path))
        _copy_below(path, shapes, report)
    return result


def _copy_below(path: Node, source: Graph, target: Graph) -> None:
    """Copy what describes a path that is no property."""
    if isinstance(path, BNode) and (path, None, None) not in target:
        for name, value in source.predicate_objects(path):
            target.add((path, name, value))
            _copy_below(value, source, target)


def _filled(message: Node, solution: dict[Variable, Node]) -> Node:
    if not isinstance(message, Literal):
        return message
    text = str(message.value)
    for variable, value in solution.items():
        text = re.sub(f"{{[?$]{variable}}}", lambda _, value=value: str(value), text)  # type: ignore[misc]
    return Literal(text, lang=message.language)
