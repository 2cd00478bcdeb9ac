"""Tables of plain text whose columns are set with blanks, as in a printed notice.

Nothing but the place on the line tells the columns, and a cell goes on below itself:

    序号  实事名称        建设内容                责任单位
    1     农村街巷硬化    完成102个行政村街巷     县交通局
          工程            硬化全覆盖。

Places are columns of type: a Chinese character takes two. Characters that some fonts set
narrow and others wide (“ ” ①) are tried both ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from mskg.lexicon.cues import column_of
from mskg.readers.composing import Cell, LineTable, Table
from mskg.readers.noise import is_page_line
from mskg.text import fold, unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["find_aligned"]

_PIECE = re.compile(r"[^\s\u3000]+(?: [^\s\u3000]+)*")
_PARTED = re.compile(r"\S(?:  |\u3000)\s*\S{2,12}(?:  |\u3000)")
_FEWEST = 3  # columns of a table that have a known heading
_FEWEST_ROWS = 2
_LONGEST_HEADING = 30
_SENTENCE = re.compile(r"[。，；：,;:]|[ \u3000]{2}")
_BRACKET = re.compile(r"\([^()]*\)")
_TOTAL = re.compile(r"合计|总计|小计")
_WIDE, _NARROW = "WFA", "WF"


@dataclass(slots=True)
class _Row:
    line: int
    cells: list[str]
    heading: bool = False


def find_aligned(lines: Sequence[str]) -> list[LineTable]:
    """Return the tables among `lines` (counted from 0) whose columns are set with blanks.

    A table begins with a line of known headings. Nothing is returned where no cell is empty or
    goes on below itself: full rows of one line are read like any other text.
    """
    tables: list[LineTable] = []
    at, needed = 0, False
    while at < len(lines):
        starts = _header(lines[at])
        found = [_table(lines, at, wide) for wide in (_WIDE, _NARROW)] if starts else []
        best, own = max(filter(None, found), key=lambda pair: pair[0].last, default=(None, False))
        tables += [best] if best else []
        needed = needed or own
        at = best.last if best else at + 1
    return tables if needed else []


def _header(line: str) -> list[re.Match[str]]:
    """Return the headings of a line that is nothing but headings of columns, else nothing."""
    inner = line.strip()
    if ("  " not in inner and "\u3000" not in inner) or _PARTED.search(line) is None:
        return []  # nearly every line
    pieces, folded = list(_PIECE.finditer(line)), fold(line)
    if len(pieces) < _FEWEST or "|" in line or "\t" in line:
        return []
    names = [_BRACKET.sub("", unspaced(folded[slice(*piece.span())])) for piece in pieces]
    known = sum(column_of(name) is not None for name in names if len(name) <= _LONGEST_HEADING)
    return pieces if known >= max(_FEWEST, len(pieces) - 1) else []


def _table(lines: Sequence[str], at: int, wide: str) -> tuple[LineTable, bool] | None:
    """Return the table that begins at a line, and whether a cell is empty or goes on below."""
    header = _header(lines[at])
    starts = [_width(lines[at][: piece.start()], wide) for piece in header]
    starts[0] = 0
    numbered = column_of(unspaced(fold(header[0].group())))
    counted = numbered is not None and numbered.kind == "number"
    rows = [_Row(at, [piece.group() for piece in header])]
    last, dropped, blank, needed = at + 1, 0, False, False
    for number in range(at + 1, len(lines)):
        line = lines[number]
        again = unspaced(line) == unspaced(lines[at])  # the header, on the next page
        if not line.strip() or is_page_line(line) or again:
            dropped += bool(line.strip())
            blank = True
            continue
        if _header(line):
            break  # that of another table
        cells = _cut(line, starts, wide)
        if cells is None:
            if _SENTENCE.search(line.strip()) or len(line.strip()) > _LONGEST_HEADING:
                break
            rows.append(_Row(number, [line.strip()], heading=True))
        elif _opens(cells, rows[-1], counted=counted, blank=blank):
            rows.append(_Row(number, cells))
            needed = needed or not all(cells)
        else:
            rows[-1].cells = list(map(_joined, rows[-1].cells, cells))
            needed = True
        last, blank = number + 1, False
    while rows[-1].heading:  # a line behind the table
        last = rows.pop().line
    if sum(not row.heading for row in rows) <= _FEWEST_ROWS:
        return None
    return LineTable(at, last, _cells(rows, len(starts)), dropped), needed


def _cut(line: str, starts: Sequence[int], wide: str) -> list[str] | None:
    """Return the cells of a line, None where text stands across the edge of a column."""
    # Where one reaches over its edge, the blanks between them tell as many cells.
    ways: list[list[str]] = [_PIECE.findall(line), line.split()]
    whole = next((pieces for pieces in ways if len(pieces) == len(starts)), None)
    cells = [""] * len(starts)
    column = place = 0
    last = " "
    for char in line.rstrip():
        while column + 1 < len(starts) and place >= starts[column + 1]:
            column += 1
            if not last.isspace() and not char.isspace():
                return whole
        cells[column] += char
        place += _width(char, wide)
        last = char
    return [cell.strip() for cell in cells]


def _width(text: str, wide: str) -> int:
    return sum(2 if east_asian_width(char) in wide else 1 for char in text)


def _opens(cells: Sequence[str], above: _Row, *, counted: bool, blank: bool) -> bool:
    """Tell whether a line begins a row: with its number, or with most of its cells."""
    if above.heading or (counted and cells[0]) or _TOTAL.match(cells[0]):
        return True
    filled = sum(map(bool, cells))
    return not counted and bool(cells[0]) and (blank or filled * 2 > len(cells))


def _joined(above: str, below: str) -> str:
    apart = above[-1:].isascii() and above[-1:].isalpha() and below[:1].isascii()
    return above + (" " if apart and below[:1].isalpha() else "") + below


def _cells(rows: Sequence[_Row], width: int) -> Table:
    table = Table()
    for number, row in enumerate(rows, 1):
        across = width if row.heading else 1
        for column, text in enumerate(row.cells, 1):
            content = [text] if text else []
            table.cells.append(Cell(number, column, [*content], 1, across, line=row.line + 1))
    return table
