"""Words in tasks, indicators and departments: the best parts of tasks, with the sentence.

The index of a store on disk lies beside its generations and belongs to one of them::

    STORE/search/000002.sqlite

It is made from the one before it, only for the documents that changed, when it is first asked
for; ``mskg build`` asks at its end. Nobody changes it later, so readers are never disturbed.
Stores in memory and on servers, and folders that can't be written, get one in memory.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.errors import QueryError
from mskg.query.catalogue import Parameter
from mskg.query.evidence import with_evidence
from mskg.query.fulltext import FullTextIndex, Hit, runs
from mskg.query.parameters import parameter_values
from mskg.query.parts import document_versions, parts_of, replaced_documents
from mskg.query.table import ResultTable
from mskg.rdf.hiding import hidden
from mskg.store import Solutions
from mskg.store.private import names_behind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mskg.store import Store

__all__ = ["Found", "open_index", "search"]

_FOLDER: Final = "search"
_BATCH: Final = 100
_SENTENCE: Final = re.compile(r"[^。；;！？!?\n]+[。；;！？!?]?")
# name of a filter → what the index calls it, type of its value
_FILTERS: Final = {
    "region": ("region", "region"),
    "within": ("regions", "region"),
    "year": ("year", "year"),
}
_COLUMNS: Final = {
    "regionName": "地区",
    "planYear": "年度",
    "taskNumber": "任务序号",
    "title": "任务名称",
    "foundIn": "所在",
    "sentence": "句子",
    "units": "单位",
    "score": "得分",
    "item": "IRI",
}


class Found(NamedTuple):
    """The best results as a table, and how many there are in all.

    ``replaced`` counts those in documents that another one replaces, left out.
    """

    table: ResultTable
    total: int
    replaced: int = 0


def search(  # noqa: PLR0913 - each parameter is a choice of the user's
    store: Store,
    words: Sequence[str] | str,
    *,
    every: bool = True,
    where: Mapping[str, object] | None = None,
    replaced: bool = False,
    limit: int = 20,
    evidence: bool = False,
    names: bool = False,
) -> Found:
    """Find `words` in titles and texts of tasks, names of indicators and of departments.

    Script, width and case make no difference; words of one or two characters are found too.
    A result is the best part of a task. It ranks by BM25 over all fields, in which a word in
    the title weighs 8, in the name of an indicator 4, of a department 3, in the text 1.

    Parameters
    ----------
    words:
        One text, whose blanks part words, or several.
    every:
        All words must be there; else any of them.
    where:
        ``region``, ``within`` and ``year`` as in the queries of the catalogue: names, codes or
        IRIs; one or a list.
    replaced:
        Also look in documents that another one of the same program replaces (drafts,
        explainers, notices corrected later).
    limit:
        Most rows; 0 is all.
    evidence:
        Add the columns quote, source and place (see `run_query`).
    names:
        Keep names and telephone numbers of persons; else every sign of them is □.

    Raises
    ------
    QueryError
        If there is nothing to look for, or a region or year can't be used.
    StoreError
        If the store fails.
    """
    given = words.split() if isinstance(words, str) else list(words)
    if not any(map(runs, given)):
        raise QueryError(
            "nothing to look for",
            hint="give a word with letters or digits",
            zh="没有要找的词（请给出含文字或数字的词）",
        )
    tests = _tests(store, where or {})
    without = [] if replaced else replaced_documents(store)
    index = open_index(store)
    try:
        hits, total, skipped = index.find(
            given, every=every, where=tests, without=without, limit=limit
        )
    finally:
        index.close()
    rows = tuple(_row(hit, given) for hit in hits)
    if not names:
        persons = names_behind(store, (hit.part.item for hit in hits))
        rows = tuple((*hidden(row[:-1], persons.get(str(row[-1]), "")), row[-1]) for row in rows)
    table = ResultTable(tuple(_COLUMNS), rows, tuple(_COLUMNS.values()), "search")
    if evidence:
        behind = Solutions(("item",), tuple((hit.part.item,) for hit in hits))
        table = with_evidence(store, table, behind, "item", names=names)
    return Found(table, total, skipped)


def open_index(store: Store, advance: Callable[[int, int], None] | None = None) -> FullTextIndex:
    """Return the index of what `store` holds now, made or brought up to date where needed.

    Parameters
    ----------
    advance:
        Called with the number of documents read so far and in all, while it is made.
    """
    generation = str(getattr(store, "generation", ""))
    if generation:
        folder = Path(store.location) / _FOLDER
        path = folder / f"{generation}.sqlite"
        try:
            if not path.exists():
                _make(store, folder, path, advance)
            return FullTextIndex(str(path))
        except OSError:
            pass  # a folder that can't be written: an index in memory serves this once
    index = FullTextIndex(":memory:")
    _bring_up_to_date(index, store, advance)
    return index


def _make(
    store: Store, folder: Path, path: Path, advance: Callable[[int, int], None] | None
) -> None:
    """Make the index at `path`, beside first, from the newest one of an older generation."""
    folder.mkdir(exist_ok=True)
    former = sorted(folder.glob("*.sqlite"))
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        if former:
            shutil.copyfile(former[-1], beside)
        index = FullTextIndex(str(beside))
        try:
            _bring_up_to_date(index, store, advance)
        finally:
            index.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    for old in former:
        if old < path:
            _discard(old)


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # on Windows another process reads it: the next search removes it


def _bring_up_to_date(
    index: FullTextIndex, store: Store, advance: Callable[[int, int], None] | None
) -> None:
    wanted, present = document_versions(store), index.versions()
    for document in sorted(present.keys() - wanted.keys()):
        index.drop(document)
    changed = sorted(iri for iri, version in wanted.items() if present.get(iri) != version)
    for start in range(0, len(changed), _BATCH):
        batch = changed[start : start + _BATCH]
        for document, parts in parts_of(store, batch):
            index.put(document, wanted[document], parts)
        if advance is not None:
            advance(start + len(batch), len(changed))
    index.commit()


def _tests(store: Store, where: Mapping[str, object]) -> dict[str, list[str]]:
    """Return the terms of regions and years by the names of the index."""
    return {
        _FILTERS[name][0]: parameter_values(
            store, "search", Parameter(name, _FILTERS[name][1]), value
        )
        for name, value in where.items()
        if value is not None
    }


def _row(hit: Hit, words: Sequence[str]) -> tuple[str | int | float | None, ...]:
    part = hit.part
    wanted = [run for word in words for run in runs(word)]
    fields = {
        "title": part.title,
        "indicator": part.indicators,
        "unit": part.units,
        "text": part.text,
    }
    found = [name for name, text in fields.items() if _holds(text, wanted)]
    return (
        part.region or None,
        int(part.year) if part.year.isdecimal() else part.year or None,
        part.number,
        part.title,
        " ".join(found),
        _sentence(part.text, wanted) or part.title,
        part.units.partition("\n\n")[0].replace("\n", "、") or None,
        round(hit.score, 3),
        part.item,
    )


def _holds(text: str, wanted: Sequence[str]) -> int:
    """Return how many of the folded runs `wanted` stand in `text`."""
    present = "\n".join(runs(text))
    return sum(run in present for run in wanted)


def _sentence(text: str, wanted: Sequence[str]) -> str:
    """Return the first sentence with most of the words; else the first one."""
    sentences = [match[0].strip() for match in _SENTENCE.finditer(text)]
    return max(sentences, key=lambda sentence: _holds(sentence, wanted), default="")
