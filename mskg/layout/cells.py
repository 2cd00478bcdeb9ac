"""Cells: the ways in which the rows of a table reach us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from mskg.model.outline import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mskg.model import Block

__all__ = ["Cells", "block_rows", "line_rows", "plain_rows", "tabbed_rows"]

Cells: TypeAlias = list[Stretch | None]

_NUMBER = re.compile(r"\(?(\d{1,3})\)?[.、]?\Z")


def block_rows(blocks: Sequence[Block], end: int) -> list[Cells]:
    """Return the rows of real tables; a merged cell stands in every row it covers."""
    tables: dict[int, dict[tuple[int, int], Stretch]] = {}
    for block in blocks:
        if block.kind != "cell" or block.begin >= end:
            continue
        grid = tables.setdefault(block.locator.table, {})
        place = Stretch(block.begin, min(block.end, end))
        for row in range(block.row_span):
            grid.setdefault((block.locator.row + row, block.locator.column), place)
    rows: list[Cells] = []
    for grid in tables.values():
        width = max(column for _, column in grid)
        rows += (
            [grid.get((row, column)) for column in range(1, width + 1)]
            for row in sorted({row for row, _ in grid})
        )
    return rows


def tabbed_rows(folded: str, end: int) -> list[Cells]:
    """Return groups of cells that each open a line with a tab; a blank line ends a group."""
    groups: list[list[Stretch]] = []
    starts = list(re.finditer(r"^\t(?![^\n]*\t)", folded[:end], re.MULTILINE))
    for index, match in enumerate(starts):
        stop = starts[index + 1].start() if index + 1 < len(starts) else end
        opens = index == 0 or re.search(r"\n[ ]*\n\Z", folded[: match.start()]) is not None
        if opens:
            groups.append([])
        groups[-1].append(_trim(folded, match.end(), stop))
    return _joined(groups, len(groups[0]) if groups else 0)


def _joined(groups: list[list[Stretch]], width: int) -> list[Cells]:
    """Join groups that a blank line inside a cell cut apart: their cells fill one row."""
    rows: list[Cells] = []
    pending: Cells = []
    for group in groups:
        if pending and len(pending) + len(group) > width:
            rows.append(pending)
            pending = []
        pending = [*pending, *group]
        if len(pending) >= width:
            rows.append(pending)
            pending = []
    return [*rows, pending] if pending else rows


def line_rows(folded: str, end: int) -> list[Cells]:
    """Return rows of cells separated by tabs or pipes on one line."""
    rows: list[Cells] = []
    for match in re.finditer(r"^.*$", folded[:end], re.MULTILINE):
        line = match.group()
        separator = "|" if line.count("|") >= 2 else "\t" if line.strip().count("\t") else ""
        if not separator:
            last = rows[-1][-1] if rows else None
            if last and line.strip():  # a cell broken over lines
                rows[-1][-1] = _trim(folded, last.begin, match.end())
            continue
        if re.fullmatch(r"[\s|:\-]+", line) and "-" in line:
            continue
        rows.append(_cells(folded, match.start(), line, separator))
    return rows


def _cells(folded: str, begin: int, line: str, separator: str) -> Cells:
    cells: Cells = []
    offset = begin
    for piece in line.split(separator):
        cells.append(_trim(folded, offset, offset + len(piece)))
        offset += len(piece) + 1
    if separator == "|":
        if line.lstrip().startswith("|"):
            cells = cells[1:]
        if line.rstrip().endswith("|"):
            cells = cells[:-1]
    return cells


def plain_rows(folded: str, end: int, label_of: Callable[[str], object]) -> list[Cells]:
    """Return rows of a table whose cells are nothing but lines, numbered in the first column.

    The header is a run of lines that are all column headings and begins with 序号; a line
    that is just the next number opens a row. Where a row has more lines than columns, the
    surplus is text of its longest cell broken over lines.
    """
    lines = [
        _trim(folded, m.start(), m.end())
        for m in re.finditer(r"^.*\S.*$", folded[:end], re.MULTILINE)
    ]
    texts = [re.sub(r"\s", "", folded[p.begin : p.end]) for p in lines]
    rows: list[Cells] = []
    index = 0
    while index < len(lines):
        width = _header_width(texts, index, label_of)
        if width < 3:
            index += 1
            continue
        rows.append(list(lines[index : index + width]))
        index = _body(lines, texts, index + width, width, rows, label_of)
    return rows


def _header_width(texts: list[str], index: int, label_of: Callable[[str], object]) -> int:
    if not re.fullmatch(r"序号|编号|序列|项次", texts[index]):
        return 0
    width = 1
    while index + width < len(texts) and width < 12 and label_of(texts[index + width]):
        width += 1
    return width


def _body(
    lines: list[Stretch],
    texts: list[str],
    index: int,
    width: int,
    rows: list[Cells],
    label_of: Callable[[str], object],
) -> int:
    """Append the rows that begin at `index`; return where the table ends."""
    expected = 1
    while index < len(lines):
        if _header_width(texts, index, label_of) >= 3:
            return index
        match = _NUMBER.match(texts[index])
        if not match:
            group: Cells = [lines[index]]
            rows.append(group)
            index += 1
            continue
        number = int(match[1])
        expected = number + 1
        stop = index + 1
        while stop < len(lines) and not _opens_row(texts, stop, expected, label_of):
            stop += 1
        rows.append(_row(lines[index:stop], texts[index:stop], width))
        index = stop
    return index


def _opens_row(
    texts: list[str], index: int, expected: int, label_of: Callable[[str], object]
) -> bool:
    match = _NUMBER.match(texts[index])
    if match and int(match[1]) in (expected, 1):
        return True
    return _header_width(texts, index, label_of) >= 3


def _row(lines: list[Stretch], texts: list[str], width: int) -> Cells:
    """Return one row: the surplus lines are joined into the longest stretch of neighbours."""
    surplus = len(lines) - width
    if surplus <= 0:
        return list(lines)
    sizes = [len(text) for text in texts]
    best = max(range(1, width), key=lambda i: sum(sizes[i : i + surplus + 1]))
    merged = Stretch(lines[best].begin, lines[best + surplus].end)
    return [*lines[:best], merged, *lines[best + surplus + 1 :]]


def _trim(folded: str, begin: int, end: int) -> Stretch:
    while begin < end and folded[begin] in " \t\n*":
        begin += 1
    while end > begin and folded[end - 1] in " \t\n*":
        end -= 1
    return Stretch(begin, end)
