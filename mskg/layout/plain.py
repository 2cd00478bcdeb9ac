"""Tables whose cells are nothing but lines: which line belongs to which column.

The header is a run of lines that are column headings, the first of them 序号 (or another
heading of numbers). A line that is just the next number opens a row. Inside a row the
lines are laid over the columns from left to right so that each line stands where its form
fits best (a body's name under 责任单位, a short date under 完成时限); a cell may be empty,
may take several lines, and merged rows may start again further left.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from mskg.layout.cells import Cells, trimmed
from mskg.layout.entries import has_quantity
from mskg.model.outline import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable

    from mskg.lexicon.cues import Label

__all__ = ["plain_rows", "shifted_columns"]

_ROW_NUMBER = re.compile(r"\(?(\d{1,3})\)?[.、]?")
_FEWEST = 3
_WIDEST = 14
_BODY = re.compile(
    r"(?:[局委办会院社队厅署处站所团联]|中心|公司|集团|政府|部门|单位|街道|平台|镇街|医院|银行|办公室|指挥部|管委会|[乡镇县区市])(?:等)?(?:\([^()]*\))?$"
)
_DATE = re.compile(r"\d月|20\d\d[./-]\d|年[底内末]|季度|半年|全年|长期|持续|[上中下]旬")
_MONEY = re.compile(r"[\d.,]+(?:万|亿)?元?")
_EMPTY = -0.6  # cost of a column without a line
_AGAIN = -1.2  # cost of starting again further left (merged cells)
_CLEARLY = 0.5  # by how much another place must fit better
_MORE = -0.15  # cost of a further line in one cell


def plain_rows(folded: str, end: int, label_of: Callable[[str], Label | None]) -> list[Cells]:
    """Return the headers and rows of plain-line tables in ``folded[:end]``."""
    lines = [
        trimmed(folded, m.start(), m.end())
        for m in re.finditer(r"^.*\S.*$", folded[:end], re.MULTILINE)
    ]
    texts = [re.sub(r"\s", "", folded[p.begin : p.end]) for p in lines]
    rows: list[Cells] = []
    index = 0
    while index < len(lines):
        kinds = _header(texts, index, label_of)
        if not kinds:
            index += 1
            continue
        rows.append(list(lines[index : index + len(kinds)]))
        index = _body(lines, texts, index + len(kinds), kinds, rows, label_of)
    return rows


def _header(texts: list[str], index: int, label_of: Callable[[str], Label | None]) -> list[str]:
    """Return the kinds of the columns whose headings begin at `index`; empty where none do."""
    if not re.fullmatch(r"序号?|编号|序列|项次|号", texts[index]):
        return []
    kinds = ["number"]
    for text in texts[index + 1 : index + _WIDEST]:
        label = label_of(text)
        if label is None or label.kind == "number":
            break
        kinds.append(label.kind)
    return kinds if len(kinds) >= _FEWEST else []


def _body(
    lines: list[Stretch],
    texts: list[str],
    index: int,
    kinds: list[str],
    rows: list[Cells],
    label_of: Callable[[str], Label | None],
) -> int:
    """Append the rows that begin at `index`; return where the table ends."""
    expected = 1
    while index < len(lines) and not _header(texts, index, label_of):
        number = _number(texts[index])
        if number is None:
            rows.append([lines[index]])  # a heading between the rows
            index += 1
            continue
        expected = number + 1
        stop = index + 1
        while stop < len(lines) and not (
            _is_next(texts[stop], expected) or _header(texts, stop, label_of)
        ):
            stop += 1
        rows.extend(_row(lines[index:stop], texts[index:stop], kinds))
        index = stop
    return index


def _number(text: str) -> int | None:
    match = _ROW_NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def _is_next(text: str, expected: int) -> bool:
    """Tell the number of a row: the next one, a new 1, or one behind a small gap."""
    number = _number(text)
    return number is not None and (number == 1 or expected <= number <= expected + 2)


def _row(lines: list[Stretch], texts: list[str], kinds: list[str]) -> list[Cells]:
    """Return the row, and the rows of merged cells below it, that the lines make."""
    columns = _columns(texts[1:], kinds)
    rows: list[Cells] = [[lines[0], *([None] * (len(kinds) - 1))]]
    last = 0
    for line, column in zip(lines[1:], columns, strict=True):
        if column < last:
            rows.append([None] * len(kinds))
        place = rows[-1][column]
        rows[-1][column] = Stretch(place.begin, line.end) if place else line
        last = column
    return rows


def _columns(texts: list[str], kinds: list[str]) -> list[int]:
    """Return the best column of every line, by dynamic programming over lines and columns."""
    width = len(kinds)
    best = [0.0] + [_EMPTY * (c - 1) if c > 1 else 0.0 for c in range(1, width)]
    scores = [[float("-inf")] * width for _ in texts]
    back = [[0] * width for _ in texts]
    for i, text in enumerate(texts):
        for column in range(1, width):
            fit = _fit(text, kinds[column])
            if i == 0:
                scores[i][column] = best[column] + fit
                continue
            options = [(scores[i - 1][p] + _step(p, column), p) for p in range(1, width)]
            value, back[i][column] = max(options, key=lambda option: (option[0], -option[1]))
            scores[i][column] = value + fit
    if not texts:
        return []
    tail = [scores[-1][c] + _EMPTY * (width - 1 - c) for c in range(width)]
    column = max(range(1, width), key=lambda c: tail[c])
    path = [column]
    for i in range(len(texts) - 1, 0, -1):
        column = back[i][column]
        path.append(column)
    return path[::-1]


def shifted_columns(texts: list[str], kinds: list[str]) -> tuple[int, ...] | None:
    """Return where the cells of a row stand that lost the merged cells on its left.

    Copies of web tables drop cells that a merge covers, so that all others move to the left.
    None where the cells fit best as they stand.
    """
    stay = tuple(range(len(texts)))
    numbered = kinds[0] == "number"

    def fit(places: tuple[int, ...]) -> float:
        if numbered and places[0] == 0:
            return 0.0 if _number(texts[0]) is not None else -9.0
        return sum(_fit(text, kinds[place]) for text, place in zip(texts, places, strict=True))

    if len(texts) >= len(kinds) or (numbered and _number(texts[0]) is not None):
        return None
    best = max(combinations(range(len(kinds)), len(texts)), key=lambda p: (fit(p), p == stay))
    return best if best != stay and fit(best) > fit(stay) + _CLEARLY else None


def _step(previous: int, column: int) -> float:
    if column == previous:
        return _MORE
    if column > previous:
        return _EMPTY * (column - previous - 1)
    return _AGAIN


def _fit(text: str, kind: str) -> float:
    """Return how well the form of `text` fits a column of `kind`."""
    body = _is_body(text)
    short_date = len(text) <= 14 and _DATE.search(text) is not None
    name = re.fullmatch(r"[一-鿿·]{2,4}", text) is not None and not body
    if kind == "department":
        return 2.0 if body else -2.0
    if kind == "leader":
        return 2.0 if name else -2.0
    if kind == "deadline":
        return 2.0 if short_date else 0.8 if _DATE.search(text[:8]) else -1.0
    if kind in {"funding", "contact"}:
        return 2.0 if _MONEY.fullmatch(text) else -1.0
    if kind in {"content", "progress"}:
        plain = -1.5 if body else -1.0 if short_date else 1.0
        return plain + (0.6 if has_quantity(text) or "。" in text or len(text) > 20 else 0.0)
    if kind == "title":
        if body or short_date:
            return -1.5
        sentence = 0.3 if text.endswith("。") else -0.5 if text.endswith(";") else 0.0
        return sentence + (0.9 if len(text) <= 25 else -0.4)
    return 0.0 if not body else -0.5


def _is_body(text: str) -> bool:
    pieces = [piece for piece in re.split(r"[、,;/]", text) if piece]
    return bool(pieces) and all(
        len(piece) <= 24 and not re.search(r"[\d。]", piece) and _BODY.search(piece)
        for piece in pieces
    )
