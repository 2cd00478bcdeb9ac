"""From names that people type to the terms of a store: regions, departments, concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mskg.errors import QueryError, StoreError
from mskg.ns import DATA, REFERENCE_GRAPH
from mskg.rdf.terms import Literal
from mskg.store.text import term_text, values_of
from mskg.text.naming import ambiguous, meant, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.query.catalogue import Parameter
    from mskg.store import Store

__all__ = ["find_named", "known_values"]

_PREFIXES = (
    "PREFIX mskg: <https://w3id.org/mskg/ontology#>\n"
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
)
# Each query gives ?thing and ?name; a printed name and a code are names too. A region has its
# type and names in the graph of every plan of the place: first each once, then its names.
_NAMES = {
    "region": """
        SELECT ?thing ?name WHERE {
          { SELECT DISTINCT ?thing WHERE { ?thing a mskg:Region } }
          OPTIONAL { ?thing (skos:prefLabel|mskg:regionCode)+ ?name } }""",
    "department": """
        SELECT DISTINCT ?thing ?name WHERE {
          { ?thing a mskg:Department ; skos:prefLabel ?name }
          UNION { ?thing a mskg:Collective ; skos:prefLabel ?name }
          UNION { ?assignment mskg:department ?thing ; mskg:printedName ?name } }""",
}
_WRITTEN = (
    "SELECT DISTINCT ?name { { ?a mskg:printedName ?name } UNION { ?a skos:prefLabel ?name } }"
)
_NAMED = """
        SELECT DISTINCT ?thing WHERE {
          %s
          { ?thing skos:prefLabel ?name ; a ?kind
            FILTER(?kind IN (mskg:Department, mskg:Collective)) }
          UNION { ?assignment mskg:printedName ?name ; mskg:department ?thing }
        }"""
_MANY = 2000  # names that are looked up in one query
_CONCEPTS = f"""
        SELECT DISTINCT ?thing ?name WHERE {{
          GRAPH <{REFERENCE_GRAPH}> {{ ?thing skos:prefLabel|skos:notation ?name }}
          FILTER(STRSTARTS(STR(?thing), "%s")) }}"""
_YEARS = "SELECT DISTINCT ?year WHERE { ?program mskg:year ?year } ORDER BY ?year"
_KINDS_ZH = {
    "region": "地区",
    "department": "部门",
    "function": "职能",
    "area": "政策领域",
    "origin": "任务来源",
    "thing": "计量对象",
    "target-group": "服务对象",
}
_SEVERAL = {"department", "thing"}


class _Name(NamedTuple):
    thing: str
    name: str


def find_named(store: Store, kind: str, given: str) -> list[str]:
    """Return the IRIs of what `given` names in `store`, sorted.

    Parameters
    ----------
    kind:
        region, department, function, area, origin, thing or target-group.
    given:
        An IRI, a code, a name as printed or in full, or a part of one. Script does not
        matter (教育局 finds 教育局 printed in either script). A part of a name may mean
        several departments (民政局: one of each region), but only one region.

    Raises
    ------
    QueryError
        If nothing, or more than one region, is meant; names the nearest.
    """
    if given.startswith(("http://", "https://")):
        return [_checked(given)]
    if kind == "department" and (found := _departments(store, given)):
        return found
    names = list(_names(store, kind))
    found = meant(given, names)
    if not found:
        message = f"no {kind} in the store is called {given!r}"
        message_zh = f"数据库中没有名为 {given!r} 的{_KINDS_ZH[kind]}"
        raise unknown(message, message_zh, given, (entry.name for entry in names))
    if len(found) > 1 and kind not in _SEVERAL:
        labels = (f"{entry.name} <{entry.thing}>" for entry in names if entry.thing in found)
        raise ambiguous(kind, _KINDS_ZH[kind], given, labels)
    return found


def _departments(store: Store, given: str) -> list[str]:
    """Return the departments that `given` names; none where too many names match, or others'.

    A large store prints few names again and again: first the names are compared, then those
    that match are looked up.
    """
    printed = (row[0] for row in store.select(_PREFIXES + _WRITTEN).rows)
    names = {term_text(name): name for name in printed if isinstance(name, Literal)}
    called = meant(given, [(text, name.value) for text, name in names.items()])
    listed = values_of("name", [names[text] for text in called], _MANY) if called else ""
    if not listed:
        return []
    return sorted({str(row[0]) for row in store.select(_PREFIXES + _NAMED % listed).rows})


def known_values(store: Store, parameter: Parameter) -> list[str]:
    """Return what a person can write for `parameter`: its choices, or names of the store.

    Chinese names stand before codes and ids; nothing is known of numbers, dates and words.
    """
    if parameter.choices:
        return list(parameter.choices)
    if parameter.type == "year":
        rows = store.select(_PREFIXES + _YEARS).rows
        return [row[0].value for row in rows if isinstance(row[0], Literal)]
    if parameter.type not in _KINDS_ZH:
        return []
    names = {entry.name for entry in _names(store, parameter.type)}
    return sorted(names, key=lambda name: (name.isascii(), name))


def _checked(iri: str) -> str:
    try:
        term_text(iri)
    except StoreError as error:
        raise QueryError(str(error), zh=error.zh) from error
    return iri


def _names(store: Store, kind: str) -> Iterable[_Name]:
    query = _NAMES.get(kind) or _CONCEPTS % f"{DATA}concept/{kind}/"
    for thing, name in store.select(_PREFIXES + query).rows:
        if isinstance(name, Literal):
            yield _Name(str(thing), name.value)
