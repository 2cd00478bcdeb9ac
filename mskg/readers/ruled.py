"""Tables that plain text draws with lines: boxes of legal databases, grids of ASCII signs.

    ┌──┬──────┬──────┐
    │序号│项目名称　　│责任单位　　│
    ├──┼──────┼──────┤
    │１　│农村公路　　│县交通运输局│
    │　　│建设工程　　│　　　　　　│
    └──┴──────┴──────┘

A rule across the table ends its rows; one across some of its columns ends their cells alone, and
the others go on below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from mskg.readers.composing import Cell, LineTable, Table
from mskg.readers.noise import is_page_line
from mskg.text import unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.readers.composing import Content

__all__ = ["find_ruled"]

_DOWN = "│┃┆┇┊┋║╎╏|｜"
_ACROSS = r"─━┄┅┈┉═╌╍—－=\-"
# All else that Unicode has for drawing boxes, and the sign that ASCII grids have for it.
_CROSS = "+" + "".join(s for s in map(chr, range(0x2500, 0x2571)) if s not in _DOWN + _ACROSS)
_BOX = re.compile(r"[┌├┼┏┣╔╠╭]|^\s*\+[-=]+\+", re.MULTILINE)
_RULE = re.compile(rf"[{_ACROSS}\s]*[{_ACROSS}][{_ACROSS}\s]*")
_EDGE = re.compile(f"[{_DOWN}{_CROSS}]")
_SIDE = re.compile(f"[{_DOWN}]")
# A plus sign may stand in a cell too (3+6个); where it crosses lines, one goes out from it.
_CROSSED = re.compile(rf"[{_CROSS[1:]}]|\+[-=]{{2}}|[-=]{{2}}\+")
_NUMBER = re.compile(r"\d{1,3}")
_FREE = 4  # columns of type left free behind a line whose cell is not full: it is a line of its own
_FEWEST = 2  # columns, and rows


@dataclass(slots=True)
class _Band:
    """What stands between two rules: for each column its lines, each with the room behind it.

    ``goes_on`` tells of each column whether no rule parts it from the band above.
    """

    line: int
    goes_on: list[bool]
    columns: list[list[tuple[str, int]]]
    across: bool = True  # each line is one cell
    numbered: bool = False  # a number stands in the first column

    def add(self, pieces: Sequence[str]) -> None:
        self.across = self.across and len(pieces) == 1
        width = len(self.columns)
        if len(pieces) > width:
            pieces = [*pieces[: width - 1], "│".join(pieces[width - 1 :])]
        self.numbered = self.numbered or _NUMBER.fullmatch(pieces[0].strip()) is not None
        for column, piece in zip(self.columns, pieces, strict=False):
            if text := piece.strip():
                free = sum(map(_width, piece[len(piece.rstrip()) :]))
                column.append((text, free))

    def words(self) -> str:
        return unspaced("".join(text for column in self.columns for text, _ in column))


def find_ruled(text: str, lines: Sequence[str]) -> list[LineTable]:
    """Return the tables among the `lines` of `text` (counted from 0) that are drawn with lines.

    A box around text, with one column, is none.
    """
    if _BOX.search(text) is None:
        return []  # nearly every text
    tables: list[LineTable] = []
    at = 0
    while at < len(lines):
        bands, last = _bands(lines, at) if _is_rule(lines[at]) else ([], at + 1)
        pages = sum(map(is_page_line, lines[at:last]))
        found = _table(bands, at, last, pages)
        tables += [found] if found else []
        at = last
    return tables


def _pieces(line: str) -> list[str]:
    """Return what stands between the edges of a line; those at its ends need not be drawn."""
    pieces = (_EDGE if _CROSSED.search(line) else _SIDE).split(line)
    inner = pieces[0].strip() == "" and len(pieces) > 1
    pieces = pieces[1:] if inner else pieces
    return pieces[:-1] if pieces[-1].strip() == "" and len(pieces) > 1 else pieces


def _is_rule(line: str) -> bool:
    """Tell a line that is drawn across the whole table."""
    crossed = _CROSSED.search(line) is not None
    return crossed and all(_RULE.fullmatch(piece) for piece in _pieces(line))


def _bands(lines: Sequence[str], first: int) -> tuple[list[_Band], int]:
    """Return what stands between the rules from line `first` on, and the line behind the last."""
    bands: list[_Band] = []
    last = first
    width = len(_pieces(lines[first]))
    for number in range(first, len(lines)):
        line = lines[number]
        if not line.strip() or is_page_line(line):
            continue
        if _SIDE.search(line) is None and not _is_rule(line):
            break
        last = number + 1
        pieces = _pieces(line)
        ruled = [_RULE.fullmatch(piece) is not None for piece in pieces]
        crossed = any(ruled) and _CROSSED.search(line) is not None
        if crossed:
            width = max(width, len(pieces))
            goes_on = [not over for over in ruled]
            bands.append(_Band(number + 1, goes_on, [[] for _ in range(width)]))
            pieces = ["" if over else piece for over, piece in zip(ruled, pieces, strict=True)]
        elif bands[-1].numbered and _NUMBER.fullmatch(pieces[0].strip()):
            # The next row, though no rule is drawn above it.
            bands.append(_Band(number + 1, [False] * width, [[] for _ in range(width)]))
        if not (crossed and all(ruled)):
            bands[-1].add(pieces)
    return [band for band in bands if band.words()], last


def _table(bands: Sequence[_Band], first: int, last: int, pages: int) -> LineTable | None:
    if len(bands) < _FEWEST:
        return None
    header = bands[0].words()
    rows = [bands[0], *(band for band in bands[1:] if band.words() != header)]
    width = max(len(band.columns) for band in rows)
    if width < _FEWEST or len(rows) < _FEWEST:
        return None
    return LineTable(first, last, _cells(rows, width), pages + len(bands) - len(rows))


def _cells(rows: Sequence[_Band], width: int) -> Table:
    cells: dict[tuple[int, int], Cell] = {}
    for number, band in enumerate(rows, 1):
        for at in range(1 if band.across else width):
            own = band.columns[at] if at < len(band.columns) else []
            above = cells.get((number - 1, at))
            if above and at < len(band.goes_on) and band.goes_on[at] and not all(band.goes_on):
                cells[number, at] = above
                above.row_span += 1
                text = _joined([(above.text, 0), *own]) if own else above.text
                above.content = [text] if text else []
                continue
            text = _joined(own)
            span = width if band.across else 1
            content: list[Content] = [text] if text else []
            cells[number, at] = Cell(number, at + 1, content, 1, span, line=band.line + 1)
    # A cell that goes on stands at each of its rows.
    return Table(list({id(cell): cell for cell in cells.values()}.values()))


def _joined(lines: Sequence[tuple[str, int]]) -> str:
    """Return the text of a cell: a line that leaves room behind it ends, others go on below."""
    text, room = "", 0
    for line, free in lines:
        text += "\n" if text and room >= _FREE else ""
        apart = text[-1:].isascii() and text[-1:].isalpha() and line[:1].isascii()
        text += f" {line}" if apart and line[:1].isalpha() else line
        room = free
    return text


def _width(char: str) -> int:
    return 2 if east_asian_width(char) in "WFA" else 1
