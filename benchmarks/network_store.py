"""A store of generated plans, for the benchmark of networks: what the network reads of it.

A graph a program holds its tasks with title, policy area and due date, the duties as shortcut
properties, and, as documents do, the names of its place and departments again. Sentences,
indicators and evidence, which a network does not read, are left out. Writing them the way of
``mskg build`` would take hours, so the quads are loaded in bulk beneath the store.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from mskg.ns import DATA, PREFIXES, VOCABULARY, concept_iri
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal
from mskg.store import open_store
from mskg.store.generations import StoreFolder
from mskg.store.text import nquads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mskg.network import Duty
    from mskg.rdf.terms import Triple

__all__ = ["write_store"]

_TITLE = PREFIXES["dcterms"] + "title"
_YEAR = VOCABULARY + "year"
_SHORTCUTS = {"accountable": v.ACCOUNTABLE_DEPARTMENT, "related": v.RELATED_DEPARTMENT}


def write_store(folder: Path, duties: Iterable[Duty]) -> int:
    """Write a store to `folder` and return its number of triples; `duties` by program."""
    with open_store(folder, write=True) as store:
        store.replace_graph(f"{DATA}benchmark", [(f"{DATA}benchmark", v.LABEL, Literal("x"))])
    count = 0
    dump = folder / "all.nq"
    with dump.open("w", encoding="utf-8") as out:
        for program, rows in groupby(duties, key=attrgetter("program")):
            triples = list(dict.fromkeys(_triples(program, list(rows))))
            count += len(triples)
            out.writelines(nquads(f"{program}/document", triples))
    place = StoreFolder(folder)
    database = ox.Store(str(place.database(place.current())))
    database.bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS)
    database.flush()
    del database
    dump.unlink()
    return count


def _triples(program: str, duties: list[Duty]) -> Iterator[Triple]:
    code = program.removeprefix(f"{DATA}program/").partition("/")[0]
    region = f"{DATA}region/{code}"
    yield program, v.TYPE, v.PROGRAM
    yield program, v.REGION, region
    yield program, _YEAR, Literal(str(duties[0].year), PREFIXES["xsd"] + "gYear")
    yield region, v.TYPE, v.REGION_CLASS
    yield region, v.PREF_LABEL, Literal(duties[0].region, "", "zh-hans")
    yield region, v.REGION_CODE, Literal(code)
    for duty in duties:
        task, department = duty.task_iri, duty.department_iri
        yield program, v.HAS_TASK, task
        yield task, v.TYPE, v.TASK
        yield task, _TITLE, Literal(duty.task_title, "", "zh-hans")
        yield task, v.POLICY_AREA, concept_iri("area", duty.areas[0])
        yield task, v.FINAL_DUE, Literal(f"{duty.months[0]}-28", PREFIXES["xsd"] + "date")
        yield task, _SHORTCUTS[duty.side], department
        yield department, v.TYPE, v.DEPARTMENT_CLASS
        yield department, v.PREF_LABEL, Literal(duty.department_name, "", "zh-hans")
        yield department, v.FUNCTION, concept_iri("function", duty.functions[0])
