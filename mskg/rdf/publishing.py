"""The files of the ontology that are made from tables: one a concept scheme, and the regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.ns import DATA
from mskg.rdf.concepts import TABLES
from mskg.rdf.graphs import to_rdflib
from mskg.rdf.regions import region_reference
from mskg.rdf.schemes import SCHEMES, scheme_iri, scheme_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Triple

__all__ = ["region_file", "scheme_files"]

_MADE: Final = (
    "# Made from {tables} by `mskg ontology build`: change the table, not this file.\n"
    "# 由 {tables} 生成（mskg ontology build）：请改表，不要改本文件。\n\n"
)


def scheme_files() -> Iterator[tuple[str, str]]:
    """Yield path (``schemes/roles.ttl``) and Turtle text of the file of every concept scheme."""
    for name, scheme in SCHEMES.items():
        table = TABLES.get(name, "things")
        yield f"schemes/{scheme.file}.ttl", _text(scheme_triples(name), f"{table}.csv")


def region_file() -> tuple[str, str]:
    """Return path and Turtle text of the file of all regions."""
    return "regions.ttl", _text(region_reference(), "regions.csv, regions_former.csv")


def _text(triples: Iterable[Triple], tables: str) -> str:
    paths = ", ".join(f"data/vocabulary/{name}" for name in tables.split(", "))
    graph = to_rdflib(triples)
    graph.bind("region", f"{DATA}region/")
    graph.bind("sdgs", "http://metadata.un.org/sdg/")
    for name in SCHEMES:
        graph.bind(name, f"{scheme_iri(name)}/")
    return _MADE.format(tables=paths) + graph.serialize(format="turtle").strip() + "\n"
