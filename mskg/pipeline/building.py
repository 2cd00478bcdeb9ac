"""Put documents into a store: new ones added, changed ones replaced, the rest left alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mskg import __version__
from mskg.ns import CORRECTIONS_GRAPH, REFERENCE_GRAPH, document_iri
from mskg.pipeline.job import Advance, Reading, ignore
from mskg.pipeline.many import read_many
from mskg.pipeline.prevailing import Standing, standings_in
from mskg.pipeline.rules import file_hash, rules_hash
from mskg.pipeline.stored import (
    Run,
    StoredDocument,
    known_runs,
    standing_decisions,
    stored_documents,
)
from mskg.pipeline.tallying import following_tallies
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
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from concurrent.futures import Executor

    from mskg.model import Plan
    from mskg.resolve import Corrections
    from mskg.store import Store

__all__ = ["BuildResult", "build"]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What `build` did with one file.

    ``status`` is ``added``, ``replaced``, ``unchanged``, ``duplicate`` (a file before it is
    the same document), ``failed`` or ``removed`` (by `build` with ``prune``). ``document`` is
    its key, as far as it is known. ``superseded_by`` names the document of the same program
    that counts instead of it, ``supersedes`` those that it counts instead of (see
    `mskg.pipeline.prevailing`). ``released`` counts the corrections under which the document
    was read before, and is no longer.
    """

    reading: Reading
    status: str
    document: str = ""
    superseded_by: str = ""
    supersedes: tuple[str, ...] = ()
    released: int = 0


def build(  # noqa: PLR0913 - what a batch can be told
    paths: Sequence[Path | str],
    store: Store,
    *,
    region: str = "",
    corrections: Corrections | None = None,
    force: bool = False,
    prune: bool = False,
    workers: int | Executor = 1,
    advance: Advance = ignore,
) -> list[BuildResult]:
    """Read, validate and store documents; return one result for each, in order.

    Documents that were removed follow.

    A document is known by its key. One whose bytes, rules, corrections and version of mskg are
    those of its last reading is left alone; a changed one replaces its older self. A file that
    gives no plan leaves the store as it was.

    Parameters
    ----------
    store:
        A store opened for writing.
    force:
        Read and store unchanged documents again.
    prune:
        Remove the documents of the store that are not among `paths`, but none that came from
        a file named like one that failed now, and none at all if no file gave a plan.

    The others are those of `read_many`.
    """
    files = [Path(path) for path in paths]
    runs = known_runs(store)
    own = {document_iri(key): key for key in corrections.documents} if corrections else {}

    def rules(document: str) -> str:
        return rules_hash(region, corrections, own.get(document, ""))

    current = {
        r.file_hash: _key(r.document)
        for r in runs
        if not force and r.version == __version__ and r.rules == rules(r.document)
    }
    present = stored_documents(store)
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
    known = {current[digest] for digest in hashes if digest in current}
    gone = _gone(present, known, readings) if prune else []
    stored = _store_all(readings, _Before(store, present, runs), rules, corrections, gone)
    done = dict(zip(todo, stored, strict=True))
    if (todo or gone) and bool(getattr(store, "generation", None)):
        from mskg.query import open_index  # only builds want it, and readers start often

        open_index(store).close()  # so that the first search need not make it
    for number, path in enumerate(files):
        if number not in done:
            key = current.get(hashes[number], "")
            done[number] = BuildResult(Reading(path), "unchanged" if key else "duplicate", key)
    removed = [
        BuildResult(Reading(Path(document.source)), "removed", _key(document.iri))
        for document in gone
    ]
    return [*(done[number] for number in range(len(files))), *removed]


def _key(document: str) -> str:
    return document.rpartition("/")[2]


def _gone(
    present: Mapping[str, StoredDocument], known: AbstractSet[str], readings: Sequence[Reading]
) -> list[StoredDocument]:
    """Return the documents of the store that were not given; of none where nothing was read."""
    given = {document_iri(key) for key in known}
    given |= {document_iri(r.plan.document.key) for r in readings if r.plan is not None}
    failed = {reading.source.name for reading in readings if reading.plan is None}
    if not given:
        return []
    return [
        document
        for iri, document in sorted(present.items())
        if iri not in given and document.source not in failed
    ]


@dataclass(frozen=True, slots=True)
class _Before:
    """A store with what it holds before the build."""

    store: Store
    documents: Mapping[str, StoredDocument]
    runs: Sequence[Run]

    def drop_runs(self, document: str, but: str = "") -> None:
        """Drop the runs that read a document: without one, a build reads it again."""
        for run in self.runs:
            if run.document == document and run.graph != but:
                self.store.drop_graph(run.graph)


def _store_all(
    readings: Sequence[Reading],
    before: _Before,
    rules: Callable[[str], str],
    corrections: Corrections | None,
    gone: Sequence[StoredDocument],
) -> list[BuildResult]:
    """Store the plans of `readings` and drop what is `gone`, all in one step."""
    plans = _plans(readings)
    if not plans and not gone:
        return [BuildResult(reading, "failed") for reading in readings]
    store = before.store
    left = before.documents.keys() - {document.iri for document in gone}
    with store.writing():
        store.replace_graph(REFERENCE_GRAPH, reference_triples())
        released = _decide(plans, store, left, corrections)
        dropped = {document.iri for document in gone}
        standing = {s.plan.document.key: s for s in standings_in(store, plans.values(), dropped)}
        counted = [placed.plan for placed in standing.values() if placed.prevailing is None]
        changing = dropped | {document_iri(key) for key in standing}
        with following_tallies(store, changing, counted):
            _drop(before, dropped)
            # A build that is stopped on a server is mended by the next one, which reads those
            # again that have no run yet: so all that hangs on them comes first.
            for key, placed in sorted(standing.items(), key=lambda entry: entry[0] in plans):
                document = document_iri(key)
                if key in plans:
                    _store_plan(placed, before, rules(document))
                else:
                    _restore_plan(placed, store, before.documents[document].run)
    return [_result(reading, plans, standing, left, released) for reading in readings]


def _plans(readings: Sequence[Reading]) -> dict[str, Plan]:
    """Return the plans by their keys; of several with one key the first one."""
    found: dict[str, Plan] = {}
    for reading in readings:
        if reading.plan is not None:
            found.setdefault(reading.plan.document.key, reading.plan)
    return found


def _drop(before: _Before, documents: AbstractSet[str]) -> None:
    """Drop all graphs of `documents`: their runs, themselves, and what was derived."""
    for document in documents:
        before.drop_runs(document)
    for graph in before.store.graphs() if documents else ():
        if graph in documents or graph.rpartition("/")[0] in documents:
            before.store.drop_graph(graph)


def _result(
    reading: Reading,
    plans: dict[str, Plan],
    standing: dict[str, Standing],
    old: AbstractSet[str],
    released: Mapping[str, int],
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
    document = document_iri(key)
    status = "replaced" if document in old else "added"
    counts = _name(above) if above else ""
    return BuildResult(reading, status, key, counts, tuple(below), released.get(document, 0))


def _name(plan: Plan) -> str:
    return f"{plan.source} ({plan.document.key})"


def _decide(
    plans: Mapping[str, Plan],
    store: Store,
    left: AbstractSet[str],
    corrections: Corrections | None,
) -> Counter[str]:
    """Write the decisions under which the documents of the store are read after this build.

    Those of a document stay until it is read again; those for all documents stay until
    every document that is `left` in the store is read again.

    Returns
    -------
    Counter[str]
        How many decisions no longer hold for the documents that were read again.
    """
    read = {document_iri(key) for key in plans}
    rows = corrections.rows if corrections else ()
    now = [r for r in rows if r.document == ANY_DOCUMENT or document_iri(r.document) in read]
    kept = standing_decisions(store, left - read)
    decided = list(dict.fromkeys([*kept, *correction_triples(now)]))
    about = [t for t in standing_decisions(store, read) if t[1] == IN_DOCUMENT]
    store.replace_graph(CORRECTIONS_GRAPH, decided)
    in_force = {subject for subject, _, _ in decided}
    return Counter(str(document) for subject, _, document in about if subject not in in_force)


def _store_plan(placed: Standing, before: _Before, rules: str) -> None:
    plan = placed.plan
    run = run_of(plan, rules=rules, version=__version__)
    before.drop_runs(document_iri(plan.document.key), but=run)
    _restore_plan(placed, before.store, run)
    before.store.replace_graph(run, run_triples(plan, rules=rules, version=__version__))


def _restore_plan(placed: Standing, store: Store, run: str) -> None:
    """Write the graphs of a plan that the run `run` read."""
    plan = placed.plan
    store.replace_graph(document_iri(plan.document.key), plan_triples(plan, run=run))
    store.replace_graph(derived_graph(plan), derived_triples(plan, placed.prevailing))
