"""The steps of a SPARQL query, as its algebra orders them, for people who ask why it is slow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mskg.errors import QueryError
from mskg.ns import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import rdflib

__all__ = ["ParseError", "Step", "query_steps"]

_PLACE: Final = re.compile(r"\s*\(at char \d+\),\s*\(line:(\d+), col:(\d+)\)")
_PLAIN: Final = {
    "Distinct": "DISTINCT",
    "Reduced": "REDUCED",
    "Join": "JOIN",
    "LeftJoin": "OPTIONAL",
    "Union": "UNION",
    "Minus": "MINUS",
    "OrderBy": "ORDER BY",
    "values": "VALUES",
    "SelectQuery": "",
    "AskQuery": "ASK",
    "ConstructQuery": "CONSTRUCT",
    "DescribeQuery": "DESCRIBE",
}
_SILENT: Final = {"AggregateJoin", "ToMultiSet", "GroupGraphPatternSub", "SelectQuery"}


class ParseError(QueryError):
    """A query that rdflib can't parse; ``line`` and ``column`` count from 1."""

    def __init__(self, detail: str, line: int, column: int) -> None:
        super().__init__(detail)
        self.at = (line, column)


class Step(NamedTuple):
    """One step, inside the step above it that has a smaller `depth`.

    ``pattern`` is the text of a triple pattern, with full IRIs, and empty for other steps;
    ``apart`` says that the parts of the step share no variable, so that every row of one goes with
    every row of the other.
    """

    depth: int
    text: str
    pattern: str = ""
    apart: bool = False


def query_steps(text: str) -> list[Step]:
    """Return the steps of a query of any form, the outermost first.

    Raises
    ------
    ParseError
        If `text` is no SPARQL 1.1 query.
    """
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    names = rdflib.Graph(bind_namespaces="none").namespace_manager
    for prefix, namespace in PREFIXES.items():
        names.bind(prefix, namespace)
    try:
        algebra = prepareQuery(text).algebra
    except Exception as error:  # pyparsing and rdflib raise many kinds
        place = _PLACE.search(str(error))
        raise ParseError(
            " ".join(_PLACE.sub("", str(error)).split()),
            int(place[1]) if place else 0,
            int(place[2]) if place else 0,
        ) from error
    return list(_walk(algebra, 0, names))


def _walk(node: Any, depth: int, names: Any) -> Iterator[Step]:
    kind = getattr(node, "name", "")
    if kind in {"BGP", "TriplesBlock"}:
        yield from _patterns(node, depth, names)
        return
    if kind not in _SILENT:
        yield Step(depth, _title(kind, node), apart=kind == "Join" and _apart(node.p1, node.p2))
        depth += 1
    for inner in _inside(node):
        yield from _walk(inner, depth, names)


def _inside(node: Any) -> Iterator[Any]:
    """Yield the steps inside a step, and the patterns of its EXISTS."""
    for name in ("p", "p1", "p2", "graph"):
        if hasattr(node.get(name), "name"):
            yield node[name]
    for part in node.get("part") or ():
        if hasattr(part, "name"):
            yield part
    if node.name in {"Filter", "LeftJoin"} and hasattr(node.get("expr"), "name"):
        yield from _exists(node.expr)


def _exists(expression: Any) -> Iterator[Any]:
    if expression.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
        yield expression
        return
    for value in expression.values():
        for entry in value if isinstance(value, list) else [value]:
            if hasattr(entry, "name") and hasattr(entry, "values"):
                yield from _exists(entry)


def _title(kind: str, node: Any) -> str:
    if kind == "Project":
        return "SELECT " + " ".join(variable.n3() for variable in node.PV)
    if kind == "Slice":
        limit = f"LIMIT {node.length}" if node.length is not None else ""
        return f"{limit} OFFSET {node.start}".strip() if node.start else limit
    if kind == "Extend":
        return f"BIND {node.var.n3()}"
    if kind == "Graph":
        return f"GRAPH {node.term.n3()}"
    if kind == "Group":
        return "GROUP BY"
    if kind in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
        return "EXISTS" if kind == "Builtin_EXISTS" else "NOT EXISTS"
    return _PLAIN.get(kind, kind.upper())


def _patterns(node: Any, depth: int, names: Any) -> Iterator[Step]:
    triples = [tuple(t[i : i + 3]) for t in node.triples for i in range(0, len(t), 3)]
    groups = _connected(triples)
    if len(groups) > 1:
        yield Step(depth, "JOIN", apart=True)
        depth += 1
    for group in groups:
        for triple in group:
            shown = " ".join(_short(term, names) for term in triple)
            full = " ".join(term.n3() for term in triple)
            yield Step(depth, shown, full)


def _short(term: Any, names: Any) -> str:
    return str(term.n3(names))


def _connected(triples: Sequence[Any]) -> list[list[Any]]:
    """Return the triples in groups that share variables, in their order."""
    groups: list[tuple[set[Any], list[Any]]] = []
    for triple in triples:
        own, members = _variables_of(triple), [triple]
        apart = []
        for variables, others in groups:
            if variables & own:
                own, members = own | variables, others + members
            else:
                apart.append((variables, others))
        groups = [*apart, (own, members)]
    bound = [triple for variables, group in groups if not variables for triple in group]
    free = [group for variables, group in groups if variables]
    # A pattern without variables only tests: it multiplies nothing.
    return [bound + free[0], *free[1:]] if free else [bound]


def _variables_of(triple: Sequence[Any]) -> set[rdflib.Variable | rdflib.BNode]:
    import rdflib

    return {term for term in triple if isinstance(term, rdflib.Variable | rdflib.BNode)}


def _apart(left: Any, right: Any) -> bool:
    """Tell whether two steps that both have variables share none."""
    one, two = (set(node.get("_vars") or ()) for node in (left, right))
    return bool(one and two) and not one & two
