"""Put documents into a store: new ones added, changed ones replaced, the rest left alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mskg import __version__
from mskg.ns import CORRECTIONS_GRAPH, PREFIXES, REFERENCE_GRAPH, VOCABULARY, document_iri
from mskg.pipeline.many import Advance, Reading, ignore, read_many
from mskg.pipeline.prevailing import Standing, standings_in
from mskg.pipeline.rules import file_hash, rules_hash
from mskg.query import open_index
from mskg.rdf import (
    correction_triples,
    derived_graph,
    derived_triples,
    plan_triples,
    reference_triples,
    run_of,
    run_triples,
)
from mskg.rdf.vocabulary import IN_DOCUMENT
from mskg.resolve.corrections import ANY_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from mskg.model import Plan
    from mskg.rdf import Triple
    from mskg.resolve import Corrections
    from mskg.store import Store

__all__ = ["BuildResult", "build"]

_KNOWN = f"""PREFIX mskg: <{VOCABULARY}>
PREFIX prov: <{PREFIXES["prov"]}>
SELECT ?document ?hash ?rules ?version ?run WHERE {{
  ?run prov:used ?document ; mskg:fileHash ?hash ; mskg:rulesHash ?rules ;
    mskg:softwareVersion ?version .
}}"""

_DECIDED = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{CORRECTIONS_GRAPH}> {{ ?s ?p ?o }} }}"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What `build` did with one file.

    ``status`` is ``added``, ``replaced``, ``unchanged``, ``duplicate`` (a file before it is
    the same document) or ``failed``. ``document`` is its key, as far as it is known.
    ``superseded_by`` names the document of the same program that counts instead of it,
    ``supersedes`` those that it counts instead of (see `mskg.pipeline.prevailing`).
    """

    reading: Reading
    status: str
    document: str = ""
    superseded_by: str = ""
    supersedes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Run:
    """A reading that the store knows: what was read, under which rules, in which graph."""

    document: str
    graph: str
    file_hash: str
    rules: str
    version: str


def build(
    paths: Sequence[Path | str],
    store: Store,
    *,
    region: str = "",
    corrections: Corrections | None = None,
    force: bool = False,
    workers: int = 1,
    advance: Advance = ignore,
) -> list[BuildResult]:
    """Read, validate and store documents; return one result for each, in order.

    A document is known by its key. One whose bytes, rules, corrections and version of mskg are
    those of its last reading is left alone; a changed one replaces its older self. A file that
    gives no plan leaves the store as it was.

    Parameters
    ----------
    store:
        A store opened for writing.
    force:
        Read and store unchanged documents again.

    The others are those of `read_many`.
    """
    files = [Path(path) for path in paths]
    runs = _known_runs(store)
    own = {document_iri(key): key for key in corrections.documents} if corrections else {}

    def rules(document: str) -> str:
        return rules_hash(region, corrections, own.get(document, ""))

    current = {
        r.file_hash: r.document.rpartition("/")[2]
        for r in runs
        if not force and r.version == __version__ and r.rules == rules(r.document)
    }
    hashes = [file_hash(path) for path in files]
    first = {digest: number for number, digest in reversed(list(enumerate(hashes)))}
    todo = [
        number
        for number, digest in enumerate(hashes)
        if digest not in current and (not digest or first[digest] == number)
    ]
    readings = read_many(
        [files[number] for number in todo],
        region=region,
        corrections=corrections,
        check=True,
        workers=workers,
        advance=advance,
    )
    done = dict(zip(todo, _store_all(readings, store, runs, rules, corrections), strict=True))
    if todo and bool(getattr(store, "generation", None)):
        open_index(store).close()  # so that the first search need not make it
    for number, path in enumerate(files):
        if number not in done:
            known = current.get(hashes[number], "")
            done[number] = BuildResult(Reading(path), "unchanged" if known else "duplicate", known)
    return [done[number] for number in range(len(files))]


def _store_all(
    readings: Sequence[Reading],
    store: Store,
    runs: Sequence[_Run],
    rules: Callable[[str], str],
    corrections: Corrections | None,
) -> Iterator[BuildResult]:
    """Store the plans of `readings`, all in one step, and yield what became of each."""
    if not any(reading.plan for reading in readings):
        return (BuildResult(reading, "failed") for reading in readings)
    old: dict[str, list[str]] = {}
    for run in runs:
        old.setdefault(run.document, []).append(run.graph)
    with store.writing():
        store.replace_graph(REFERENCE_GRAPH, reference_triples())
        decided = _decisions(readings, store, old, corrections)
        store.replace_graph(CORRECTIONS_GRAPH, decided)
        plans = _plans(readings)
        standing = {s.plan.document.key: s for s in standings_in(store, plans.values())}
        for key, placed in standing.items():
            document = document_iri(key)
            if key in plans:
                _store_plan(placed, store, old.get(document, []), rules(document))
            else:
                _restore_plan(placed, store, old[document][0])
    return iter([_result(reading, plans, standing, old) for reading in readings])


def _plans(readings: Sequence[Reading]) -> dict[str, Plan]:
    """Return the plans by their keys; of several with one key the first one."""
    found: dict[str, Plan] = {}
    for reading in readings:
        if reading.plan is not None:
            found.setdefault(reading.plan.document.key, reading.plan)
    return found


def _result(
    reading: Reading,
    plans: dict[str, Plan],
    standing: dict[str, Standing],
    old: Collection[str],
) -> BuildResult:
    plan = reading.plan
    if plan is None:
        return BuildResult(reading, "failed")
    key = plan.document.key
    if plans[key] is not plan:
        return BuildResult(reading, "duplicate", key)
    below = [
        _name(s.plan)
        for s in standing.values()
        if s.prevailing is not None and s.prevailing.document.key == key
    ]
    above = standing[key].prevailing
    status = "replaced" if document_iri(key) in old else "added"
    return BuildResult(reading, status, key, _name(above) if above else "", tuple(below))


def _name(plan: Plan) -> str:
    return f"{plan.source} ({plan.document.key})"


def _decisions(
    readings: Sequence[Reading],
    store: Store,
    stored: Collection[str],
    corrections: Corrections | None,
) -> list[Triple]:
    """Return the decisions under which the documents of the store are read after this build.

    Those of a document stay until it is read again. Those for all documents stay until every
    document of the store is read again.
    """
    read = {document_iri(r.plan.document.key) for r in readings if r.plan is not None}
    rows = corrections.rows if corrections else ()
    now = [r for r in rows if r.document == ANY_DOCUMENT or document_iri(r.document) in read]
    former: dict[str, list[Triple]] = {}
    for triple in store.construct(_DECIDED):
        former.setdefault(triple[0], []).append(triple)
    others = set(stored) - read
    kept: list[Triple] = []
    for triples in former.values():
        about = {str(value) for _, predicate, value in triples if predicate == IN_DOCUMENT}
        if about & others if about else others:
            kept += triples
    return list(dict.fromkeys([*kept, *correction_triples(now)]))


def _store_plan(placed: Standing, store: Store, former: Sequence[str], rules: str) -> None:
    plan = placed.plan
    run = run_of(plan, rules=rules, version=__version__)
    for graph in former:
        if graph != run:
            store.drop_graph(graph)
    _restore_plan(placed, store, run)
    store.replace_graph(run, run_triples(plan, rules=rules, version=__version__))


def _restore_plan(placed: Standing, store: Store, run: str) -> None:
    """Write the graphs of a plan that the run `run` read."""
    plan = placed.plan
    store.replace_graph(document_iri(plan.document.key), plan_triples(plan, run=run))
    store.replace_graph(derived_graph(plan), derived_triples(plan, placed.prevailing))


def _known_runs(store: Store) -> list[_Run]:
    found = []
    for document, digest, rules, version, run in store.select(_KNOWN).rows:
        found.append(_Run(str(document), str(run), _text(digest), _text(rules), _text(version)))
    return found


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
