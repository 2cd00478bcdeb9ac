"""Concepts and regions that plans refer to: roles, functions, counted things, places."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.lexicon.tables import read_table
from mskg.ns import concept_iri, region_iri
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "TABLES",
    "Label",
    "concept_label",
    "concept_triples",
    "parent_region",
    "region_triples",
]


class Label(NamedTuple):
    """A label in Chinese and English."""

    zh: str
    en: str


TABLES: Final = {
    "role": "roles",
    "function": "functions",
    "area": "areas",
    "thing": "things",
    "thing-family": "thing_families",
    "stage": "work_stages",
    "counting": "counting",
    "measure-word": "units",
    "target-group": "target_groups",
    "origin": "origins",
    "status": "statuses",
    "issue": "issue_kinds",
    "region-type": "region_types",
    "service": "basic_services",
    "sdg": "sdg",
    "department-name": "departments",
}
"""The table of ``data/vocabulary`` that holds the concepts of a scheme."""


def concept_label(scheme: str, notation: str) -> Label | None:
    """Return the label of the concept `notation`; None where the scheme has no such concept."""
    return _labels(scheme).get(notation)


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
    if scheme == "thing" and (family := _families().get(notation)):
        # Another scheme holds the families, so that this is a match, not skos:broader.
        yield iri, v.BROAD_MATCH, concept_iri("thing-family", family)


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


@cache
def _labels(scheme: str) -> dict[str, Label]:
    return {row["id"]: Label(row["zh"], row["en"]) for row in read_table(TABLES[scheme])}


@cache
def _families() -> dict[str, str]:
    return {row["id"]: row["family"] for row in read_table(TABLES["thing"])}


@cache
def _regions() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["name"], row["parent"]) for row in read_table("regions")}
