"""Parse the queries of shapes once, and order their joins for one focus node.

rdflib orders the triple patterns of a query without knowing that ``$this`` will be bound, so
that a question about one node can walk through the whole graph. Here the patterns are
ordered outwards from ``$this``. The order of patterns never changes an answer.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from rdflib import BNode, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query

__all__ = ["prepare"]

_Variables: TypeAlias = frozenset[Any]
_GIVEN: Final[_Variables] = frozenset({Variable("this")})


@lru_cache(maxsize=512)
def prepare(text: str, namespaces: tuple[tuple[str, str], ...]) -> Query:
    """Return the parsed query `text`, ready to be evaluated again and again.

    The namespaces belong to the key: one text means different things under different ones.
    """
    query = prepareQuery(text, initNs=dict(namespaces))
    _order(query.algebra, _GIVEN)
    return query


def _order(node: Any, known: _Variables) -> _Variables:
    """Order the patterns below `node`; return `known` with the variables they bind."""
    if isinstance(node, list | tuple):
        for entry in node:
            _order(entry, known)
        return known
    if not isinstance(node, CompValue):
        return known
    if node.name == "BGP":
        node["triples"] = _outwards(node.triples, known)
        return known | _variables(node.triples)
    if node.name in ("LeftJoin", "Filter", "Extend") or (node.name == "Join" and node.lazy):
        # These evaluate their second part for every solution of the first.
        first = "p1" if "p1" in node else "p"
        inside = _order(node[first], known)
        for key in node:
            if key != first:
                _order(node[key], inside)
        return inside
    for entry in node.values():
        _order(entry, known)
    return known


def _outwards(triples: list[Any], known: _Variables) -> list[Any]:
    # rdflib sorts the patterns again, by the number of variables unknown at the start; the
    # sort is stable, so an order that keeps to these classes is the order that is used.
    classes = {len(_variables([triple]) - known) for triple in triples}
    ordered: list[Any] = []
    for unknown in sorted(classes):
        rest = [triple for triple in triples if len(_variables([triple]) - known) == unknown]
        ordered += _greedy(rest, known | _variables(ordered))
    return ordered


def _greedy(rest: list[Any], known: _Variables) -> list[Any]:
    ordered = []
    while rest:
        best = min(rest, key=partial(_cost, rest, known))
        rest.remove(best)
        ordered.append(best)
        known |= _variables([best])
    return ordered


def _cost(rest: list[Any], known: _Variables, triple: Any) -> tuple[bool, int, int]:
    """Patterns that touch what is known come first; of these, those that bind the least.

    A variable that few other patterns ask for is most often a plain value of a node that is
    known already, and costs nothing; one that many ask for leads on to further nodes.
    """
    variables = _variables([triple])
    new = variables - known
    asked = sum(variable in other for variable in new for other in rest)
    return not variables & known, len(new), asked


def _variables(triples: list[Any]) -> _Variables:
    terms = (term for triple in triples for term in triple)
    return frozenset(term for term in terms if isinstance(term, Variable | BNode))
