"""A full-text index of parts of tasks in one SQLite file (FTS5 of the standard library).

Chinese has no blanks between words, and FTS5's own trigrams find nothing shorter than three
characters. So each text is indexed as its overlapping pairs of characters, folded to
simplified script: 残疾儿童 is 残疾, 疾儿, 儿童 and the last 童 alone. A word of two characters
or more is a phrase of its pairs, a single character the beginning of a pair: every word is
found, wherever it stands, and nothing else is.
"""

from __future__ import annotations

import json
import re
import sqlite3
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.errors import StoreError
from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["FullTextIndex", "Hit", "Part", "runs"]

_RUN: Final = re.compile(r"[^\W_]+")
_BLANKS: Final = re.compile(r"\s+")
# A word in a title weighs most, then one in an indicator, a department, the text.
_WEIGHTS: Final = (8.0, 4.0, 3.0, 1.0)
_FIELDS: Final = ("title", "indicators", "units", "text")
_SCHEMA: Final = """
CREATE TABLE document (iri TEXT PRIMARY KEY, version TEXT NOT NULL);
CREATE TABLE part (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL, item TEXT NOT NULL, task TEXT NOT NULL,
  number TEXT NOT NULL, region TEXT NOT NULL, regions TEXT NOT NULL, year TEXT NOT NULL,
  title TEXT NOT NULL, indicators TEXT NOT NULL, units TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX part_document ON part (document);
CREATE VIRTUAL TABLE word USING fts5(
  title, indicators, units, text,
  content='', prefix='1', tokenize="unicode61 remove_diacritics 0"
);
"""


class Part(NamedTuple):
    """A part of a task: what is searched, and what is shown of it.

    ``regions`` holds the IRIs of the region and of those above it; ``indicators`` and
    ``units`` are names, one a line, and after an empty line those only printed differently.
    """

    item: str
    task: str
    number: str
    region: str
    regions: tuple[str, ...]
    year: str
    title: str
    indicators: str
    units: str
    text: str


class Hit(NamedTuple):
    """A part that was found, and how well it fits (greater is better)."""

    part: Part
    score: float


def runs(text: str) -> list[str]:
    """Return the runs of letters and digits in `text`, folded to one script, width and case."""
    return _RUN.findall(_folded(text))


def _folded(text: str) -> str:
    """Return `text` as it is matched: a blank between Chinese characters is no blank."""
    return _BLANKS.sub("", fold(text)).lower()


def _tokens(text: str) -> str:
    """Return the pairs of characters of `text`, as FTS5 is given them."""
    found: list[str] = []
    for run in runs(text):
        found += map("".join, pairwise(run))
        found.append(run[-1])
    return " ".join(found)


def _expression(words: Sequence[str], *, every: bool) -> str:
    """Return the FTS5 query for `words`; empty where they hold no letter and no digit."""
    found = []
    for word in words:
        phrases = []
        for run in runs(word):
            pairs = " ".join(map("".join, pairwise(run)))
            phrases.append(f'"{pairs}"' if pairs else f'"{run}" *')
        if phrases:
            found.append(f"({' AND '.join(phrases)})")
    return (" AND " if every else " OR ").join(found)


class FullTextIndex:
    """The index in one file, or in memory.

    Parameters
    ----------
    path:
        The file; made where it is missing. ``:memory:`` is gone when closed.

    Raises
    ------
    StoreError
        If the SQLite of this Python has no FTS5, or the file is no index.
    """

    def __init__(self, path: str) -> None:
        try:
            self._base = sqlite3.connect(path)
            if not self._base.execute("PRAGMA user_version").fetchone()[0]:
                self._base.executescript(_SCHEMA + "PRAGMA user_version = 1;")
        except sqlite3.Error as error:
            raise StoreError(
                f"{path}: the search index can't be used ({error})",
                zh=f"{path}：检索索引不能用（{error}）",
            ) from error

    def versions(self) -> dict[str, str]:
        """Return the version of every document in the index, by IRI."""
        return dict(self._base.execute("SELECT iri, version FROM document"))

    def drop(self, document: str) -> None:
        """Take a document out of the index."""
        columns = ", ".join(_FIELDS)
        old = self._base.execute(f"SELECT id, {columns} FROM part WHERE document = ?", (document,))
        for number, *texts in old.fetchall():
            # A table without contents must be told what it forgets.
            self._base.execute(
                f"INSERT INTO word (word, rowid, {columns}) VALUES ('delete', ?, ?, ?, ?, ?)",
                (number, *map(_tokens, texts)),
            )
        self._base.execute("DELETE FROM part WHERE document = ?", (document,))
        self._base.execute("DELETE FROM document WHERE iri = ?", (document,))

    def put(self, document: str, version: str, parts: Iterable[Part]) -> None:
        """Make `parts` all that the index holds of a document."""
        self.drop(document)
        self._base.execute("INSERT INTO document VALUES (?, ?)", (document, version))
        for part in parts:
            values = (document, *part[:4], f" {' '.join(part.regions)} ", *part[5:])
            number = self._base.execute(
                f"INSERT INTO part VALUES (NULL{', ?' * len(values)})", values
            ).lastrowid
            texts = (part.title, part.indicators, part.units, part.text)
            self._base.execute(
                f"INSERT INTO word (rowid, {', '.join(_FIELDS)}) VALUES (?, ?, ?, ?, ?)",
                (number, *map(_tokens, texts)),
            )

    def find(
        self,
        words: Sequence[str],
        *,
        every: bool = True,
        where: Mapping[str, Sequence[str]] | None = None,
        without: Sequence[str] = (),
        limit: int = 20,
    ) -> tuple[list[Hit], int, int]:
        """Return the best part of each task that holds `words`, and how many tasks do.

        The last number counts the tasks that hold them in the documents left out.

        Parameters
        ----------
        every:
            All words must be there; else any of them.
        where:
            IRIs of regions (``regions``: in it or below it; ``region``: just it) and ``year``.
        without:
            IRIs of documents to leave out.
        limit:
            Most tasks returned; 0 is all.
        """
        expression = _expression(words, every=every)
        if not expression:
            return [], 0, 0
        tests, values = _tests(where or {})
        source = f"FROM word JOIN part ON part.id = word.rowid WHERE word MATCH ?{tests}"
        # One value however many documents: SQLite limits the number of values.
        out = "part.document IN (SELECT value FROM json_each(?))"
        skipped = json.dumps(list(without))
        counts = dict(
            self._base.execute(
                f"SELECT {out}, COUNT(DISTINCT part.task) {source} GROUP BY 1",
                (skipped, expression, *values),
            ).fetchall()
        )
        rank = f"bm25(word, {', '.join(map(str, _WEIGHTS))})"
        # Only the best parts are read whole; beside MIN, SQLite takes the id of that row.
        found = self._base.execute(
            "WITH hit AS MATERIALIZED ("
            f"  SELECT part.id AS id, part.task AS task, {rank} AS fit {source} AND NOT {out}"
            "), best AS (SELECT id, MIN(fit) AS fit FROM hit GROUP BY task ORDER BY 2, 1 LIMIT ?)"
            f"SELECT {', '.join(f'part.{name}' for name in Part._fields)}, fit "
            "FROM best JOIN part USING (id) ORDER BY fit, id",
            (expression, *values, skipped, limit or -1),
        )
        return [_hit(row) for row in found], counts.get(0, 0), counts.get(1, 0)

    def commit(self) -> None:
        """Keep what was put and dropped."""
        self._base.commit()

    def close(self) -> None:
        """Release the file."""
        self._base.close()


def _tests(where: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """Return SQL conditions on the part, and their values."""
    tests, values = "", []
    for name, wanted in where.items():
        if name == "regions":
            tests += f" AND ({' OR '.join(['instr(part.regions, ?)'] * len(wanted))})"
            values += [f" {iri} " for iri in wanted]
        elif name == "region":
            tests += f" AND ({' OR '.join(['part.regions LIKE ?'] * len(wanted))})"
            values += [f" {iri} %" for iri in wanted]
        else:
            tests += f" AND part.year IN ({', '.join('?' * len(wanted))})"
            values += list(wanted)
    return tests, values


def _hit(row: Sequence[str]) -> Hit:
    item, task, number, region, regions, *rest, fit = row
    return Hit(Part(item, task, number, region, tuple(regions.split()), *rest), -float(fit))
