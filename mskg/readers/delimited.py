"""Rows of a spreadsheet pasted into plain text, whose cells in quotes go on over several lines.

序号,项目名称,主要内容,责任单位
1,校园食堂改造,"改造学校食堂18个，
新建3个。",县教育局
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from mskg.lexicon.cues import column_of
from mskg.readers.composing import Cell, LineTable, Table
from mskg.text import fold, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["find_delimited"]

_FEWEST = 3  # columns, and rows with the header
_LONGEST_HEADING = 30
_LONGEST_CELL = 60  # lines; a quote that never closes would take the rest of the document
_BRACKET = re.compile(r"\([^()]*\)")
# "两癌"筛查: a cell that only begins with a quoted word, which the dialect would unquote.
_QUOTED_WORD = re.compile(r'(^|\t)("[^"\t]*"[^"\t][^\t]*)')


def find_delimited(lines: Sequence[str]) -> list[LineTable]:
    """Return the tables among `lines` (counted from 0) that are rows of comma-separated values.

    A table begins with a row of known headings. Rows with tabs between their cells are read as
    they stand, if no cell in quotes goes on below its line.
    """
    tables: list[LineTable] = []
    signs = ",\t" if any('"' in line for line in lines) else ","
    at = 0
    while at < len(lines):
        found = next((t for sign in signs if (t := _table(lines, at, sign))), None)
        tables += [found] if found else []
        at = found.last if found else at + 1
    return tables


def _table(lines: Sequence[str], at: int, sign: str) -> LineTable | None:
    if lines[at].count(sign) < _FEWEST - 1 or _known(lines[at].split(sign)) < _FEWEST - 1:
        return None  # nearly every line
    rows = _rows(lines, at, sign)
    _, _, header = next(rows, (at, at, []))
    if not _is_header(header):
        return None
    found = [(at, header)]
    last, wraps = at + 1, False
    for first, behind, cells in rows:
        if cells and not 1 < len(cells) <= len(header):
            break
        if cells:
            found.append((first, cells))
            last, wraps = behind, wraps or behind > first + 1
    if len(found) < _FEWEST or (sign == "\t" and not wraps):
        return None
    table = Table()
    for number, (line, cells) in enumerate(found, 1):
        filled = [*cells, *[""] * (len(header) - len(cells))]
        for column, text in enumerate(filled, 1):
            table.cells.append(Cell(number, column, [text] if text else [], line=line + 1))
    return LineTable(at, last, table)


def _rows(lines: Sequence[str], at: int, sign: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the rows from line `at` on, and the lines that each takes, until none can be one."""
    begin = at

    def quoted() -> Iterator[str]:
        for number in range(at, len(lines)):
            if number - begin > _LONGEST_CELL:
                return
            yield _QUOTED_WORD.sub(_escaped, f"{lines[number]}\n")

    reader = csv.reader(quoted(), delimiter=sign)
    try:
        for cells in reader:
            end = at + reader.line_num
            if end - begin > _LONGEST_CELL:
                return
            yield begin, end, [cell.strip() for cell in cells]
            begin = end
    except csv.Error:
        return


def _escaped(match: re.Match[str]) -> str:
    text = match[2].rstrip("\n")
    escaped = text.replace('"', '""')
    return f'{match[1]}"{escaped}"' + "\n" * (len(match[2]) - len(text))


def _is_header(cells: Sequence[str]) -> bool:
    return len(cells) >= _FEWEST and _known(cells) >= max(_FEWEST, len(cells) - 1)


def _known(cells: Sequence[str]) -> int:
    """Return how many cells are known headings of columns."""
    short = (cell.strip(' "') for cell in cells if len(cell) <= _LONGEST_HEADING)
    names = (_BRACKET.sub("", unspaced(fold(cell))) for cell in short)
    return sum(column_of(name) is not None for name in names if name)
