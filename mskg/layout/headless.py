"""Tables whose header is missing or not understood: the form of the cells tells the columns.

Rows that open with numbers that count on are enough evidence when one column holds nothing but
names of bodies. What stands before it is what is to be done; what stands behind it and speaks
of the state of the work is progress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.layout.cells import text_of
from mskg.layout.placing import is_body, is_day, row_number
from mskg.lexicon.cues import Label, cue_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mskg.layout.cells import Cells

__all__ = ["headless_table"]

_FEWEST = 3  # rows, and columns
_MOST = 0.7  # share of cells that tells what a column holds
_SOME = 0.5
_SAYS = 6  # characters that say what is done; names of people have fewer


def headless_table(folded: str, rows: Sequence[Cells]) -> tuple[list[Label], list[Cells]]:
    """Return the columns and rows of a table without header; nothing where there is none."""
    table = _numbered(folded, rows)
    if len(table) < _FEWEST:
        return [], []
    columns = [[_text(folded, row, at) for row in table] for at in range(len(table[0]))]
    bodies = [at for at, texts in enumerate(columns) if _share(texts, is_body) >= _MOST]
    if not bodies or bodies[0] < 2:  # nothing stands between the number and the body
        return [], []
    kinds = ["number", *map(_kind, columns[1:])]
    words = [at for at in range(1, bodies[0]) if kinds[at] not in {"deadline", "department"}]
    if not words or _share(columns[words[-1]], lambda text: len(text) >= _SAYS) < _SOME:
        return [], []  # people and their bodies
    # The last column of words before the bodies says what is done, the one before it its name.
    for at, kind in zip(reversed(words), ("content", "title"), strict=False):
        kinds[at] = kind
    roles = ("responsible",) if len(bodies) == 1 else ("lead", *["related"] * len(bodies))
    role = dict(zip(bodies, roles, strict=False))
    return [Label("", kind, role.get(at, "")) for at, kind in enumerate(kinds)], table


def _kind(texts: list[str]) -> str:
    """Return what a column of `texts` holds, wherever it stands."""
    if _share(texts, is_body) >= _MOST:
        return "department"
    if _share(texts, is_day) >= _MOST:
        return "deadline"
    reported = _share(texts, lambda text: cue_pattern("state-of-work").search(text) is not None)
    return "progress" if reported >= _SOME else "note"


def _share(texts: list[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts)


def _numbered(folded: str, rows: Sequence[Cells]) -> list[Cells]:
    """Return the longest run of rows of one width whose numbers count on."""
    runs: list[list[Cells]] = [[]]
    last = 0
    for row in rows:
        number = row_number(_text(folded, row, 0)) if len(row) >= _FEWEST else None
        same = bool(runs[-1]) and len(row) == len(runs[-1][-1]) and number == last + 1
        if not same:
            runs.append([])
        if number is not None:
            runs[-1].append(row)
            last = number
    return max(runs, key=len)


def _text(folded: str, row: Cells, at: int) -> str:
    return text_of(folded, row[at] if at < len(row) else None)
