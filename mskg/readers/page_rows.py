"""Rows of a table without rules all around: white gaps, rules across, numbers in front."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from mskg.readers.radicals import CHARACTER_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.readers.page_chars import Box, Letter

__all__ = ["Level", "Run", "RunLine", "bottom_of", "row_cells", "top_of"]

_MERGED = 2  # columns in front whose cells may reach over several rows
_FEWEST = 5  # columns of a table whose first two need not show its rows
_WIDER = 0.15  # of the letter size: by how much a gap between rows exceeds one inside a cell
_MOSTLY = 0.8  # of the rows that gaps show must be parted by rules, or the rules are others
_ALIKE = 0.1  # of the letter size: gaps that differ by less are one as good as the other
_FILLED = 0.6
_ORDERED = 0.5  # share of numbers in a column that numbers the rows
_NUMBER = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[、.．]?")


@dataclass(frozen=True, slots=True)
class Level:
    """A rule across a page: its height, and the stretches from left to right that it covers."""

    y: float
    stretches: tuple[tuple[float, float], ...]
    closed: bool = True

    def covers(self, left: float, right: float) -> bool:
        """Tell whether the rule lies over the middle of a column."""
        middle = (left + right) / 2
        return not self.closed or any(a <= middle <= b for a, b in self.stretches)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one line that stand close together."""

    letters: tuple[Letter, ...]

    @property
    def x0(self) -> float:
        """Return the left edge."""
        return float(self.letters[0]["x0"])

    @property
    def x1(self) -> float:
        """Return the right edge."""
        return float(max(c["x1"] for c in self.letters))

    @property
    def text(self) -> str:
        """Return the text without spaces, radicals as the characters they stand for."""
        letters = (c["text"] for c in self.letters if c["text"].strip())
        return "".join(letters).translate(CHARACTER_OF)


RunLine: TypeAlias = list[Run]
"""The runs of one height, from left to right."""


def top_of(line: RunLine) -> float:
    """Return the upper edge of a line."""
    return float(min(c["top"] for run in line for c in run.letters))


def bottom_of(line: RunLine) -> float:
    """Return the lower edge of a line."""
    return float(max(c["bottom"] for run in line for c in run.letters))


def row_cells(
    lines: Sequence[RunLine], columns: Sequence[float], levels: Sequence[Level], size: float,
    head: int,
) -> list[Box]:  # fmt: skip
    """Return the cells of a table with known columns.

    Parameters
    ----------
    lines:
        From those of its header, or of its first row where it goes on from the page before.
    columns:
        Edges of the columns.
    levels:
        Rules and shaded edges.
    size:
        Of a letter.
    head:
        How many of the lines are the header.
    """
    if len(lines) <= head:
        return []
    cuts = _cuts(lines, columns, levels, size, head)
    while lines and _crosses(lines[-1], columns):
        lines = lines[:-1]  # a note below the table
    if len(lines) <= head:
        return []
    groups = [line for line in lines if _crosses(line, columns)]
    edges = [y for group in groups for y in (top_of(group) - 1, bottom_of(group) + 1)]
    cuts += [
        Level(y, (), closed=False) for y in edges if all(abs(y - c.y) > size / 2 for c in cuts)
    ]
    begin, end = top_of(lines[0]) - 1, bottom_of(lines[-1]) + 1
    inner = sorted((cut for cut in cuts if begin < cut.y < end), key=lambda cut: cut.y)
    cells: list[Box] = []
    bounds = [begin, *(cut.y for cut in inner), end]
    spanned = [_row_at(_middle(g), bounds) for g in groups]
    for left, right in pairwise(columns):
        letters = [
            c for ln in lines for r in ln for c in r.letters
            if left <= (c["x0"] + c["x1"]) / 2 <= right
        ]  # fmt: skip
        top = begin
        for number, cut in enumerate(inner):
            if number in spanned or number + 1 in spanned or _is_closed(cut, left, right, letters):
                cells += [(left, top, right, cut.y)] if number not in spanned else []
                top = cut.y
        cells.append((left, top, right, end))
    cells += [(columns[0], bounds[n], columns[-1], bounds[n + 1]) for n in spanned]
    return cells


def _is_closed(cut: Level, left: float, right: float, letters: Sequence[Letter]) -> bool:
    """Tell whether a cut ends a cell: no letter stands on it, and a rule if any covers it."""
    reach = [c for c in letters if c["top"] + 1 < cut.y < c["bottom"] - 1]
    return not reach and cut.covers(left, right)


def _row_at(y: float, bounds: Sequence[float]) -> int:
    return max(n for n, top in enumerate(bounds[:-1]) if top <= y or n == 0)


def _middle(line: RunLine) -> float:
    return float(line[0].letters[0]["top"] + line[0].letters[0]["bottom"]) / 2


def _crosses(line: RunLine, columns: Sequence[float]) -> bool:
    return any(run.x0 < x - 1 and run.x1 > x + 1 for run in line for x in columns[1:-1])


def _cuts(
    lines: Sequence[RunLine], columns: Sequence[float], levels: Sequence[Level], size: float,
    head: int,
) -> list[Level]:  # fmt: skip
    """Return the places between rows; those inside the header are left out."""
    gaps = _gaps(lines, columns[0])
    inner = _inner_gap(lines, columns)
    least = 0.0 if inner is None else inner + _WIDER * size
    wide = [gap for gap in gaps if gap[1] - gap[0] > least]
    if len(columns) > _FEWEST:  # the gaps of the columns that are not merged count
        wide = [
            max((g for g in gaps if g[0] < b and a < g[1]), key=_height, default=(a, b))
            for a, b in _gaps(lines, columns[_MERGED])
            if b - a > least
        ]
    cuts = [Level((a + b) / 2, (), closed=False) for a, b in wide]
    ruled = [level for level in levels if top_of(lines[0]) - size < level.y]
    if len(ruled) >= _MOSTLY * len(cuts):
        cuts = ruled
    else:
        cuts += [r for r in ruled if all(abs(r.y - cut.y) > size for cut in cuts)]
    foot = max(map(bottom_of, lines[:head]), default=0.0)
    if head:
        below = top_of(lines[head])
        # No cell reaches from the header into the rows, whatever its rules cover.
        cuts = [cut for cut in cuts if cut.y > max(foot, below) + 1]
        cuts.append(Level((foot + below) / 2, (), closed=False))
    marks = _numbers(lines[head:], columns)
    above = _are_above(lines[head:], columns, marks)
    begin = foot if head else top_of(lines[0])
    for lower in marks:
        # A row that begins on this page is parted from what stands above it.
        if not any(begin < cut.y < lower for cut in cuts) and (head or begin < lower - size):
            gap = _best(gaps, begin - 1, lower, size, last=above)
            cuts += [Level(gap, (), closed=False)] if gap else []
        begin = lower
    return cuts


def _height(gap: tuple[float, float]) -> float:
    return gap[1] - gap[0]


def _best(
    gaps: Sequence[tuple[float, float]], upper: float, lower: float, size: float, *, last: bool
) -> float | None:
    """Return the middle of the widest gap between two heights; of equal ones the last or middle."""
    between = [g for g in gaps if upper < (g[0] + g[1]) / 2 < lower]
    if not between:
        return None
    widest = max(map(_height, between))
    good = [g for g in between if _height(g) > widest - _ALIKE * size]
    chosen = good[-1] if last else good[len(good) // 2]
    return (chosen[0] + chosen[1]) / 2


def _are_above(lines: Sequence[RunLine], columns: Sequence[float], marks: Sequence[float]) -> bool:
    """Tell whether cells begin at one height: the line of a number goes through most columns."""
    numbered = [line for line in lines if _middle(line) in marks]
    filled = sum(len(line) for line in numbered)
    return filled > _FILLED * len(numbered) * (len(columns) - 1)


def _gaps(lines: Sequence[RunLine], left: float) -> list[tuple[float, float]]:
    """Return the heights at which the lines right of `left` leave the whole width white."""
    gaps = []
    reach = None
    letters = [c for ln in lines for r in ln for c in r.letters if c["x1"] > left]
    for top, bottom in sorted((c["top"], c["bottom"]) for c in letters):
        if reach is not None and top > reach:
            gaps.append((reach, top))
        reach = bottom if reach is None else max(reach, bottom)
    return gaps


def _inner_gap(lines: Sequence[RunLine], columns: Sequence[float]) -> float | None:
    """Return the white between two lines of one cell, None where no cell has two."""
    last: dict[int, float] = {}
    gaps: Counter[float] = Counter()
    for line in lines:
        for run in line:
            column = sum(x <= (run.x0 + run.x1) / 2 for x in columns)
            letter = run.letters[0]
            if column in last and 0 <= letter["top"] - last[column] < 2 * letter["size"]:
                gaps[round(letter["top"] - last[column])] += 1
            last[column] = letter["bottom"]
    return float(gaps.most_common(1)[0][0]) if gaps else None


def _numbers(lines: Sequence[RunLine], columns: Sequence[float]) -> list[float]:
    """Return where rows begin: the middles of the lines with their numbers, or 合计 among them."""
    for left, right in pairwise(columns[: _MERGED + 2]):
        found = [
            (run, line)
            for line in lines
            for run in line
            if left - 1 <= run.x0 and run.x1 <= right + 1
        ]
        marks = [_NUMBER.fullmatch(run.text) is not None for run, _ in found]
        if sum(marks) >= max(1, _ORDERED * len(found)):
            return [
                _middle(line)
                for n, (_, line) in enumerate(found)
                if marks[n] or n == 0 or marks[n - 1]  # not the second half of a broken word
            ]
    return []
