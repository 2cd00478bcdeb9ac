"""All regions as a graph: name, code, parent, type; former ones with end and successor."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from mskg.lexicon.tables import read_table
from mskg.ns import PREFIXES, concept_iri, region_iri
from mskg.rdf import vocabulary as v
from mskg.rdf.concepts import region_triples
from mskg.rdf.details import labelled
from mskg.rdf.terms import Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["region_reference"]

_XSD: Final = PREFIXES["xsd"]
_END_UNKNOWN: Final = ("已撤销，撤销时间不详", "no longer in use, since when is not known")
_SUCCESSOR_UNKNOWN: Final = ("由哪里接续不详", "what took its place is not known")


def region_reference() -> Iterator[Triple]:
    """Yield all regions: name, code, parent, type, and former ones with end and successor.

    Types are concepts of the scheme region-type. Where the tables don't know the end or the
    successor of a former region, a note says so. Where a code stayed and only the name changed,
    the region keeps its node and has the old name as another label, with a note.
    """
    types = {row["zh"]: concept_iri("region-type", row["id"]) for row in read_table("region_types")}
    current = {row["code"]: row for row in read_table("regions")}
    former = read_table("regions_former")
    times = Counter(row["code"] for row in former)
    for code, row in current.items():
        yield from region_triples(code)
        yield region_iri(code), v.DCTERMS_TYPE, types[row["kind"]]
    for row in former:
        node = region_iri(row["code"])
        if row["code"] in current or times[row["code"]] > 1:
            yield from _renamed(node, row)
            continue
        yield from region_triples(row["code"], row["name"])
        if row["parent"]:
            yield node, v.PARENT_REGION, region_iri(row["parent"])
        yield node, v.DCTERMS_TYPE, types[row["kind"]]
        if row["valid_to"]:
            yield node, v.VALID_THROUGH, _date(row["valid_to"])
        else:
            yield from labelled(node, v.HISTORY_NOTE, *_END_UNKNOWN)
        if not row["successor"]:
            yield from labelled(node, v.HISTORY_NOTE, *_SUCCESSOR_UNKNOWN)
        if row["successor"]:
            yield node, v.IS_REPLACED_BY, region_iri(row["successor"])
            # A place that took over the name is new; one that took over the land may be older.
            if row["valid_to"] and current.get(row["successor"], {}).get("short") == row["short"]:
                yield region_iri(row["successor"]), v.VALID_FROM, _date(row["valid_to"])


def _renamed(node: str, row: dict[str, str]) -> Iterator[Triple]:
    yield node, v.ALT_LABEL, Literal(row["name"], "", "zh")
    until = row["valid_to"]
    zh = f"{until} 以前称{row['name']}" if until else f"曾称{row['name']}"
    en = f"named {row['name']} until {until}" if until else f"formerly named {row['name']}"
    yield from labelled(node, v.HISTORY_NOTE, zh, en)


def _date(text: str) -> Literal:
    """Return a day, or a year where only that is known."""
    return Literal(text, _XSD + ("date" if "-" in text else "gYear"))
