"""Concepts and regions that plans refer to: roles, functions, counted things, places."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.lexicon.tables import read_table
from mskg.ns import DATA, concept_iri, region_iri
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "ROLES",
    "Label",
    "concept_triples",
    "parent_region",
    "reference_triples",
    "region_triples",
]


class Label(NamedTuple):
    """A label in Chinese and English."""

    zh: str
    en: str


ROLES: Final = {
    "lead": Label("牵头", "lead"),
    "responsible": Label("责任", "responsible"),
    "related": Label("配合", "related"),
    "coordinator": Label("总协调", "coordinator"),
    "supervisor": Label("督查考核", "supervisor"),
    "finance": Label("资金保障", "finance"),
    "audit": Label("审计", "audit"),
    "other": Label("其他", "other"),
}
"""The closed list of roles; ``ontology/roles.ttl`` publishes it with definitions."""

_TABLES: Final = {"function": "functions", "area": "areas", "thing": "things", "origin": "origins"}
_SCHEMES: Final = {
    "role": Label("责任角色", "roles of departments"),
    "function": Label("部门职能", "functions of departments"),
    "area": Label("政策领域", "policy areas"),
    "thing": Label("计量对象", "counted things"),
    "origin": Label("任务来源", "sources of tasks"),
}


def reference_triples() -> Iterator[Triple]:
    """Yield the concept schemes: roles, and and those of the tables."""
    for scheme, label in _SCHEMES.items():
        notations = _labels(scheme)
        if not notations:
            continue
        iri = _scheme_iri(scheme)
        yield iri, v.TYPE, v.CONCEPT_SCHEME
        yield iri, v.PREF_LABEL, Literal(label.zh, "", "zh")
        yield iri, v.PREF_LABEL, Literal(label.en, "", "en")
        for notation in notations:
            yield from concept_triples(scheme, notation)
            yield concept_iri(scheme, notation), v.IN_SCHEME, iri


def concept_triples(scheme: str, notation: str) -> Iterator[Triple]:
    """Yield type, notation and known labels of one concept."""
    iri = concept_iri(scheme, notation)
    yield iri, v.TYPE, v.CONCEPT
    yield iri, v.NOTATION, Literal(notation)
    label = _labels(scheme).get(notation)
    if label:
        yield iri, v.PREF_LABEL, Literal(label.zh, "", "zh")
        if label.en:
            yield iri, v.PREF_LABEL, Literal(label.en, "", "en")


def region_triples(code: str, name: str | None = None) -> Iterator[Triple]:
    """Yield what is known of the region `code`.

    Parameters
    ----------
    code:
        Six-digit code (行政区划代码).
    name:
        The name to label the region with instead of that of the code table; empty for
        no label.
    """
    iri = region_iri(code)
    label = _regions().get(code, ("", ""))[0] if name is None else name
    yield iri, v.TYPE, v.REGION_CLASS
    if label:
        yield iri, v.PREF_LABEL, Literal(label, "", "zh")
    yield iri, v.REGION_CODE, Literal(code)
    if parent := parent_region(code):
        yield iri, v.PARENT_REGION, region_iri(parent)


def parent_region(code: str) -> str:
    """Return the code of the region above the region `code`; empty where there is none."""
    return _regions().get(code, ("", ""))[1]


def _scheme_iri(scheme: str) -> str:
    return f"{DATA}concept/{scheme}"


@cache
def _labels(scheme: str) -> dict[str, Label]:
    if scheme == "role":
        return ROLES
    try:
        rows = read_table(_TABLES[scheme])
    except FileNotFoundError:  # a table that this release does not have
        return {}
    return {row["id"]: Label(row["zh"], row["en"]) for row in rows}


@cache
def _regions() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["name"], row["parent"]) for row in read_table("regions")}
