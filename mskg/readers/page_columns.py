"""Text set in two columns: which lines stand in which, so that the first is read first."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

from mskg.readers.page_chars import letter_rows, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.readers.page_chars import Letter
    from mskg.readers.page_lines import Line

__all__ = ["columned_lines"]

_FEWEST = 5  # lines that stand side by side
_GUTTER = 0.8  # of the letter size: the white between two columns, at least
_MIDDLE = (0.35, 0.65)  # of the width of the text: where columns of one width are parted
_FULL = 0.4  # share of the lines of a column that reach its edge: running text
_SLACK, _SLACK_READ = 1.5, 3.0  # letters by which a full line may miss the edge, if recognised


def columned_lines(letters: Sequence[Letter], page: int) -> list[Line]:
    """Return the lines that `letters` make; those in columns know their band and column.

    The lines of the second column are moved below those of the first in x, so that both
    have the same edges.
    """
    shown = [c for c in letters if c["text"].strip()]
    rows = letter_rows(shown)
    gutter = _gutter(rows, shown) if len(rows) >= _FEWEST else None
    if gutter is None:
        return lines_of(letters, page)
    lines: list[Line] = []
    for crossing, group in groupby(rows, key=lambda row: _crosses(row, gutter)):
        found = list(group)
        inside = [c for row in found for c in row]
        sides = _sides(inside, gutter)
        if crossing or not _are_columns(found, sides, gutter):
            lines += lines_of(inside, page)
            continue
        band = min(c["top"] for c in inside)
        move = min(c["x0"] for c in sides[1]) - min(c["x0"] for c in sides[0])
        for column, side in enumerate(sides, 1):
            for line in lines_of(side, page):
                line.band, line.column = band, column
                if column > 1:
                    line.x0, line.x1 = line.x0 - move, line.x1 - move
                lines.append(line)
    return lines


def _gutter(
    rows: Sequence[Sequence[Letter]], letters: Sequence[Letter]
) -> tuple[float, float] | None:
    """Return the edges of the white strip that most rows leave in the middle."""
    left, right = min(c["x0"] for c in letters), max(c["x1"] for c in letters)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    size = median(c["size"] for c in letters)
    white: Counter[int] = Counter()
    for row in rows:
        reach = left
        for char in sorted(row, key=lambda c: c["x0"]):
            if char["x0"] - reach > _GUTTER * size and reach > left:
                white.update(range(int(max(reach, low)) + 1, int(min(char["x0"], high)) + 1))
            reach = max(reach, char["x1"])
    most = max(white.values(), default=0)
    if most < _FEWEST:
        return None
    xs = [x for x, count in white.items() if count >= 0.9 * most]
    middle = xs[len(xs) // 2]
    strip = sorted(x for x in xs if abs(x - middle) <= len(xs))
    return (float(strip[0] - 1), float(strip[-1])) if strip else None


def _crosses(row: Sequence[Letter], gutter: tuple[float, float]) -> bool:
    left, right = _sides(row, gutter)
    if not left or not right:
        return any(gutter[0] < (c["x0"] + c["x1"]) / 2 < gutter[1] for c in row)
    white = min(c["x0"] for c in right) - max(c["x1"] for c in left)
    return bool(white < _GUTTER / 2 * right[0]["size"])


def _sides(letters: Sequence[Letter], gutter: tuple[float, float]) -> list[list[Letter]]:
    middle = sum(gutter) / 2
    left = [c for c in letters if c["x0"] + c["x1"] < 2 * middle]
    return [left, [c for c in letters if c["x0"] + c["x1"] >= 2 * middle]]


def _are_columns(
    rows: Sequence[Sequence[Letter]], sides: Sequence[Sequence[Letter]], gutter: tuple[float, float]
) -> bool:
    """Tell whether both sides hold running text: most of their lines reach the edge."""
    middle = sum(gutter) / 2
    both = sum(min(c["x0"] for c in row) < middle < max(c["x0"] for c in row) for row in rows)
    if both < _FEWEST:
        return False
    for side in sides:
        lines = letter_rows(side)
        edge = max(c["x1"] for c in side)
        size = median(c["size"] for c in side)
        slack = (_SLACK_READ if "line" in side[0] else _SLACK) * size
        full = sum(max(c["x1"] for c in line) > edge - slack for line in lines)
        if full < _FULL * len(lines):
            return False
    return True
