"""Cells: the ways in which the rows of a table reach us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from mskg.model.outline import Stretch
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.model import Block

__all__ = [
    "Cells",
    "aligned_rows",
    "block_tables",
    "closed_rows",
    "line_cells",
    "line_rows",
    "tabbed_rows",
    "text_of",
    "trimmed",
]

_GAP = 80  # characters of blank line looked back for
_OPEN = ("、", ",", ";", "(")  # a cell that ends so goes on in the next line
_NOTE = re.compile(r"[ ]*(?:※|注\d?:|附注:|抄送:)")  # stands below a table, not in it
_BETWEEN = re.compile(r"[ \t]*[^\s\d][^。,;\n]{2,30}")  # a heading between the rows
_ALONE = 2  # pieces of a line that are no row
_CLOSINGS = 4  # pipes alone on a line that make a table of them
_BELOW = re.compile(r"(?:\n(?![ ]*\n)[^\t|\n]+(?=\n|\Z))+")
Cells: TypeAlias = list[Stretch | None]


def block_tables(blocks: Sequence[Block], end: int) -> list[list[Cells]]:
    """Return the rows of each real table; a merged cell stands in every row it covers."""
    tables: dict[int, dict[tuple[int, int], Stretch]] = {}
    for block in blocks:
        if block.kind != "cell" or block.begin >= end:
            continue
        grid = tables.setdefault(block.locator.table, {})
        place = Stretch(block.begin, min(block.end, end))
        for row in range(block.row_span):
            grid.setdefault((block.locator.row + row, block.locator.column), place)
    found = []
    for grid in tables.values():
        width = max(column for _, column in grid)
        found.append(
            [
                [grid.get((row, column)) for column in range(1, width + 1)]
                for row in sorted({row for row, _ in grid})
            ]
        )
    return found


def tabbed_rows(folded: str, end: int) -> list[Cells]:
    """Return groups of cells that each open a line with a tab; a blank line ends a group."""
    groups: list[list[Stretch]] = []
    starts = list(re.finditer(r"^\t(?![^\n]*\t)", folded[:end], re.MULTILINE))
    for index, match in enumerate(starts):
        stop = starts[index + 1].start() if index + 1 < len(starts) else end
        above = folded[max(0, match.start() - _GAP) : match.start()]
        opens = index == 0 or re.search(r"\n[ ]*\n\Z", above) is not None
        if opens:
            groups.append([])
        groups[-1].append(trimmed(folded, match.end(), stop))
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


def line_cells(folded: str, end: int) -> list[Cells]:
    """Return the cells of every line that tabs or pipes part, whatever stands around it.

    Lines without cells right below one go on with its last cell.
    """
    found: list[Cells] = []
    for match in re.finditer(r"^.*[\t|].*$", folded[:end], re.MULTILINE):
        separator = "|" if "|" in match.group() else "\t"
        cells = _cells(folded, match.start(), match.group(), separator)
        filled: Cells = [cell for cell in cells if cell and cell.begin < cell.end]
        last = filled.pop() if filled else None
        more = _BELOW.match(folded, match.end(), end)
        found.append([*filled, trimmed(folded, last.begin, more.end()) if last and more else last])
    return found


def line_rows(folded: str, end: int) -> list[Cells]:
    """Return rows of cells separated by tabs or pipes on one line."""
    rows: list[Cells] = []
    width = 0  # cells of the header; a row that has them all is complete
    closed = True  # a blank line ends the cell above
    ended = False  # whether the last cell above ends with a pipe
    for match in re.finditer(r"^.*$", folded[:end], re.MULTILINE):
        line = match.group()
        closed = closed or not line.strip()
        separator = "|" if line.count("|") >= 2 else "\t" if line.strip().count("\t") else ""
        if not separator:
            last = rows[-1][-1] if rows else None
            open_ = last and folded[last.begin : last.end].endswith(_OPEN)
            closed = closed or _NOTE.match(line) is not None
            if last and not closed and (open_ or len(rows[-1]) < width):  # a cell broken over lines
                rows[-1][-1] = trimmed(folded, last.begin, match.end())
            elif last and not closed and _BETWEEN.fullmatch(line):
                rows.append([trimmed(folded, match.start(), match.end())])
                closed = True
            continue
        if re.fullmatch(r"[\s|:\-]+", line) and "-" in line:
            continue
        cells = _cells(folded, match.start(), line, separator)
        short = rows[-1] if rows and not closed and len(rows[-1]) < width else []
        first = cells[0]
        if short and ended and len(short) + len(cells) == width:  # a row broken between cells
            rows[-1] = [*short, *cells]
        elif short and short[-1] and first and len(short) + len(cells) - 1 == width:
            rows[-1] = [*short[:-1], trimmed(folded, short[-1].begin, first.end), *cells[1:]]
        else:
            rows.append(cells)
            width = width or (len(cells) if len(cells) > 2 else 0)
        closed, ended = False, separator == "|" and line.rstrip().endswith("|")
    return rows


def aligned_rows(folded: str, end: int) -> list[Cells]:
    """Return rows of cells that two or more blanks part, as columns set in a line of type are."""
    rows: list[Cells] = []
    for line in re.finditer(r"^[^\t|\n]*\S(?:  |\u3000)[^\t|\n]*$", folded[:end], re.MULTILINE):
        pieces = re.finditer(r"\S+(?: \S+)*", line.group())
        cells: Cells = [Stretch(line.start() + m.start(), line.start() + m.end()) for m in pieces]
        blanks = all(folded[cell.end - 1] == ":" for cell in cells if cell)
        if len(cells) > _ALONE and not blanks:  # 填报人：  联系电话： are to be filled in
            rows.append(cells)
    return rows


def closed_rows(folded: str, end: int) -> list[Cells]:
    """Return rows whose cells are broken over lines: a pipe opens a cell, one alone ends the row.

    Copies of web pages keep the line breaks inside a cell (长沙/先导/区管委会) and lose the
    cells that a merge covers.
    """
    closings = list(re.finditer(r"^[ \t]*\|[ \t]*$", folded[:end], re.MULTILINE))
    if len(closings) < _CLOSINGS:
        return []
    rows: list[Cells] = []
    start = folded.rfind("\n", 0, folded[:end].find("\n|")) + 1  # the line that opens the header
    for closing in closings:
        rows.append(_cells(folded, start, folded[start : closing.start()], "|"))
        start = closing.end()
    return rows


def _cells(folded: str, begin: int, line: str, separator: str) -> Cells:
    cells: Cells = []
    offset = begin
    for piece in line.split(separator):
        cells.append(trimmed(folded, offset, offset + len(piece)))
        offset += len(piece) + 1
    if separator == "|":
        if line.lstrip().startswith("|"):
            cells = cells[1:]
        if line.rstrip().endswith("|"):
            cells = cells[:-1]
    return cells


def text_of(folded: str, place: Stretch | None) -> str:
    """Return the text of a cell without white space, "" where there is none."""
    return unspaced(folded[place.begin : place.end]) if place else ""


def trimmed(folded: str, begin: int, end: int) -> Stretch:
    """Return ``[begin, end)`` without white space and Markdown stars at its ends."""
    while begin < end and folded[begin] in " \t\n*":
        begin += 1
    while end > begin and folded[end - 1] in " \t\n*":
        end -= 1
    return Stretch(begin, end)
