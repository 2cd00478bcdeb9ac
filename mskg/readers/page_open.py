"""Tables without rules: columns told from white strips down the page, rows from white gaps.

Chinese is set without spaces, so a strip that stays white over many lines parts columns. A
table is taken for one only where its headings are known words, or where it goes on from the
page before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from mskg.lexicon.cues import column_of, label_of
from mskg.readers.page_chars import is_inside, letter_rows
from mskg.readers.page_rows import Run, bottom_of, row_cells, top_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.readers.page_chars import Box, Letter
    from mskg.readers.page_rows import Level, RunLine

__all__ = ["OpenTable", "open_tables", "parted_cells"]

_APART = 0.4  # of the letter size: a gap that can part two cells
_TOUCHING = 0.1  # of the letter size: a gap between two full cells, at the edge of a column
_STRIP = 0.35  # of the letter size: a white strip between columns, at least
_WIDE = 0.72  # of the width of the text: a longer run is a line of a paragraph
_FEWEST = 3  # headings of a table
_LONGEST = 15  # characters of a heading
_TALLEST = 6  # lines of a header
_LOOSE = 2.5  # letters of white below which a table has ended
_UNIT = re.compile(r"[(（].{1,8}[)）]\Z")  # 总投资 with （万元） below it
_STRAY = 20  # of so many lines one may cross a strip: footer, note, title


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table without rules: its cells, and the edges of its columns from left to right."""

    cells: list[Box]
    columns: tuple[float, ...]


def open_tables(
    letters: Sequence[Letter], levels: Sequence[Level], before: Sequence[float] = ()
) -> list[OpenTable]:
    """Return the tables without rules that `letters` make.

    Parameters
    ----------
    levels:
        Heights at which a rule or the edge of a shaded row crosses the page.
    before:
        Column edges of the table that the page before ended with, empty if it did not.
    """
    lines = [_runs(row) for row in letter_rows(letters)]
    if not lines:
        return []
    size = median(c["size"] for c in letters if c["text"].strip())
    heads = _heads(lines)
    starts = [0, *heads] if before and 0 not in heads else list(heads)
    found: list[OpenTable] = []
    for start, stop in pairwise([*starts, len(lines)]):
        region, columns = lines[start:stop], tuple(before)
        if start in heads:
            region = _region(lines, start, stop, size)
            columns = _columns(region, heads[start], size, before)
        if len(columns) <= _FEWEST:
            continue
        region = _within([_parted(line, columns) for line in region], columns, size)
        cells = row_cells(region, columns, levels, size, heads.get(start, 0))
        found += [OpenTable(cells, columns)] if cells else []
    return found


def parted_cells(cells: Sequence[Box], letters: Sequence[Letter]) -> list[Box]:
    """Return `cells` with those taken apart that span columns and keep their text to them.

    Some styles of tables leave out the upright rules of every second row.
    """
    lefts = sorted({round(x0) for x0, _, _, _ in cells})
    parted: list[Box] = []
    for cell in cells:
        left, top, right, bottom = cell
        inner = [x for x in lefts if left + 2 < x < right - 2]
        lines = [_runs(row) for row in letter_rows([c for c in letters if is_inside(c, cell)])]
        used = {sum(x <= run.x0 + 1 for x in inner) for line in lines for run in line}
        if len(used) < _FEWEST or any(_is_across(line, inner) for line in lines):
            parted.append(cell)
        else:
            parted += [(a, top, b, bottom) for a, b in pairwise([left, *inner, right])]
    return parted


def _runs(row: Sequence[Letter]) -> RunLine:
    row = [c for c in sorted(row, key=lambda c: c["x0"]) if c["text"].strip()]
    runs: list[list[Letter]] = [row[:1]]
    for before, char in pairwise(row):
        if char["x0"] - before["x1"] > _APART * char["size"]:
            runs.append([])
        runs[-1].append(char)
    return [Run(tuple(run)) for run in runs]


def _heads(lines: Sequence[RunLine]) -> dict[int, int]:
    """Return the first line of every header and the number of its lines.

    The words of a header may be broken, and its cells centred at several heights.
    """
    heads: dict[int, int] = {}
    start = 0
    while start < len(lines):
        best = max((_known(lines[start : start + n]), -n) for n in range(1, _TALLEST + 1))
        # The line above may begin it all the same: 序 above 号.
        later = max((_known(lines[start + 1 : start + 1 + n]), -n) for n in range(1, _TALLEST + 1))
        if best[0] >= _FEWEST and best[0] >= later[0]:
            end = start - best[1]
            while _is_rest(lines, start, end):
                end += 1
            heads[start], start = end - start, end
        else:
            start += 1
    return heads


def _is_rest(lines: Sequence[RunLine], start: int, number: int) -> bool:
    """Tell whether a line holds the last words of a header: units, or ends of known headings."""
    if number >= len(lines):
        return False
    stacks = _stacks(lines[start : number + 1])
    ended = (text for text, last in stacks if any(last is run for run in lines[number]))
    return all(_UNIT.search(text) or label_of(text) is not None for text in ended)


def _stacks(lines: Sequence[RunLine]) -> list[tuple[str, Run]]:
    """Return the texts that `lines` print one below the other, each with its last run."""
    stacks: list[list[Run]] = []
    for run in sorted((run for line in lines for run in line), key=lambda r: r.x0):
        if stacks and run.x0 < max(r.x1 for r in stacks[-1]):
            stacks[-1].append(run)
        else:
            stacks.append([run])
    ordered = [sorted(stack, key=_top) for stack in stacks]
    return [("".join(run.text for run in stack), stack[-1]) for stack in ordered]


def _known(lines: Sequence[RunLine]) -> int:
    """Return how many known headings `lines` print one below the other, 0 for no header."""
    texts = [text for text, _ in _stacks(lines)]
    if any(len(text) > _LONGEST for text in texts):
        return 0
    known = sum(map(_is_heading, texts))
    return known if 2 * known >= len(texts) else 0


def _top(run: Run) -> float:
    return float(run.letters[0]["top"])


def _is_heading(text: str) -> bool:
    return not re.search(r"[，。；]", text) and column_of(text) is not None


def _region(lines: Sequence[RunLine], start: int, stop: int, size: float) -> list[RunLine]:
    """Return the lines of a table from its header, up to a paragraph or to wide white."""
    left, right = min(ln[0].x0 for ln in lines), max(ln[-1].x1 for ln in lines)
    region = [lines[start]]
    for line in lines[start + 1 : stop]:
        if any(run.x1 - run.x0 > _WIDE * (right - left) for run in line):
            break
        if top_of(line) - max(map(bottom_of, region[-3:])) > _LOOSE * size:
            break
        region.append(line)
    return region


def _columns(
    lines: Sequence[RunLine], head: int, size: float, before: Sequence[float]
) -> tuple[float, ...]:
    """Return the edges of the columns: the middles of the strips that hardly a run crosses."""
    left, right = min(ln[0].x0 for ln in lines), max(ln[-1].x1 for ln in lines)
    counted = [ln for ln in lines if not _is_group(ln, left, right, size)]
    runs = [run for line in counted for run in line]
    spare = len(lines) // _STRAY + 1 if len(lines) > _STRAY // 3 else 0
    headings = [run for line in lines[:head] for run in line] * (spare + 1)  # count for many
    strips = [
        (a, b)
        for a, b in _white(runs, spare)
        if b - a >= _STRIP * size
        and sum(r.x1 <= a for r in [*runs, *headings]) > spare
        and sum(r.x0 >= b for r in [*runs, *headings]) > spare
    ]
    inner = list(before)[1:-1]
    if len(inner) == len(strips) and all(
        a - 1 <= x <= b + 1 for x, (a, b) in zip(inner, strips, strict=True)
    ):
        return tuple(before)
    kept = [r for ln in lines for r in ln if not _is_across([r], [(a + b) / 2 for a, b in strips])]
    left, right = min(r.x0 for r in kept), max(r.x1 for r in kept)
    return (left, *((a + b) / 2 for a, b in strips if left < a and b < right), right)


def _white(runs: Iterable[Run], spare: int) -> list[tuple[float, float]]:
    """Return the whitest part of every strip that at most `spare` runs cross."""
    steps = sorted([(r.x0, 1) for r in runs] + [(r.x1, -1) for r in runs])
    strips: list[list[tuple[int, float, float]]] = [[]]
    count = 0
    for (x, step), (following, _) in pairwise(steps):
        count += step
        if count > spare:
            strips.append([])
        elif following > x:
            strips[-1].append((count, x, following))
    found = []
    for strip in filter(None, strips):
        least = min(count for count, _, _ in strip)
        parts = [(b - a, a, b) for count, a, b in strip if count == least]
        found.append(max(parts)[1:])
    return found


def _is_group(line: RunLine, left: float, right: float, size: float) -> bool:
    """Tell whether a line may be that of a cell over all columns: at the left edge or centred."""
    if len(line) != 1:
        return False
    run = line[0]
    centred = abs((run.x0 + run.x1) - (left + right)) < 2 * size
    return (run.x0 < left + size or centred) and run.x1 - run.x0 > 3 * size


def _is_across(line: RunLine, edges: Sequence[float]) -> bool:
    return any(run.x0 < x - 1 and run.x1 > x + 1 for run in line for x in edges)


def _parted(line: RunLine, columns: Sequence[float]) -> RunLine:
    """Return the line with runs parted at the edges of columns, where full cells nearly touch."""
    runs: RunLine = []
    for run in line:
        begin = 0
        for n, (before, char) in enumerate(pairwise(run.letters), 1):
            gap = char["x0"] - before["x1"]
            at_edge = any(before["x1"] - 1 <= x <= char["x0"] + 1 for x in columns[1:-1])
            if at_edge and gap > _TOUCHING * char["size"]:
                runs.append(Run(run.letters[begin:n]))
                begin = n
        runs.append(Run(run.letters[begin:]))
    return runs


def _within(lines: Sequence[RunLine], columns: Sequence[float], size: float) -> list[RunLine]:
    """Return `lines` up to the first that keeps to neither the columns nor the whole width."""
    for number, line in enumerate(lines):
        outside = line[0].x1 < columns[0] or line[-1].x0 > columns[-1]
        group = _is_group(line, columns[0], columns[-1], size)
        if outside or (_is_across(line, columns[1:-1]) and not group):
            return list(lines[:number])
    return list(lines)
