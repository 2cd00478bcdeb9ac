"""Tables whose cells are nothing but pieces of text: which piece belongs to which column.

A piece is a line, or what ends with a pipe (`cell |` line after line), or what stands
between spaces. The header is a run of pieces that are column headings, the first of them
序号 (or another heading of numbers). A piece that is just the next number opens a row. Inside
a row the pieces are laid over the columns from left to right so that each stands where its
form fits best (a body's name under 责任单位, a short date under 完成时限); a cell may be empty,
may take several pieces, and merged rows may start again further left.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from mskg.layout.cells import Cells, trimmed
from mskg.layout.entries import has_quantity
from mskg.model.outline import Stretch
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mskg.lexicon.cues import Label

__all__ = ["plain_rows", "shifted_columns"]

_NUMBER_SIGN = re.compile("[序编项号]")
_NUMBERS = re.compile(r"(?:序号?|编号|序列|项次|号)")  # headings of the column of numbers
# A group between rows: short, numbered, and no sentence.
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))(?:20\d\d年|[^。;\d]){2,40}"
)
_UNKNOWN_HEAD = re.compile(r"(?![一二三四五六七八九十(])[^\d。;,:、]{1,10}")
_ATTACHMENT = re.compile(r"附件(?:[\d一二三四五六]|:|$)")
_WORDS = re.compile(r"[一-鿿].*[一-鿿]")
_LEVEL = re.compile(r"[省市县区州旗镇乡][^\d,;。]+$")
_LONGEST_BODY = 16
_UNIT = re.compile(r"\([一-鿿/]{1,6}\)")
_YEAR = re.compile(r"20\d\d年度?")
_ROW_NUMBER = re.compile(r"\(?(\d{1,3})\)?[.、]?")
_FEWEST = 3
_WIDEST = 14
_BODY = re.compile(
    r"(?:[局委办会院社队厅署处站所团联]|中心|公司|集团|政府|部门|单位|街道|平台|镇街|医院|银行|办公室|指挥部|管委会|条线|新城|科技城|[乡镇村县区市])(?:等)?(?:\([^()]*\))?$"
)
_DATE = re.compile(r"\d月|20\d\d[./-]\d|^20\d\d年?$|年[底内末]|季度|半年|全年|长期|持续|[上中下]旬")
_MONEY = re.compile(r"[\d.,]+(?:万|亿)?元?")
_ONE_LEAD = -0.5  # cost of a further name where one leads: the others help
_EMPTY = -0.6  # cost of a column without a line
_AGAIN = -1.2  # cost of starting again further left (merged cells)
_CLEARLY = 0.5  # by how much another place must fit better
_MORE = {"lines": -0.15, "spaced": -0.15, "piped": -3.0}  # cost of a further piece in a cell


def plain_rows(
    folded: str, end: int, label_of: Callable[[str], Label | None]
) -> tuple[str, list[Cells]]:
    """Return the kind, and the headers and rows, of the piece tables in ``folded[:end]``."""
    for kind, pieces in _PIECES:
        rows = _Pieces(folded, pieces(folded, end), label_of, _MORE[kind]).rows()
        if rows:
            return kind, rows
    return "", []


def _line_pieces(folded: str, end: int) -> Iterator[tuple[Stretch, bool]]:
    for match in re.finditer(r"^.*\S.*$", folded[:end], re.MULTILINE):
        yield trimmed(folded, match.start(), match.end()), True


def _piped_pieces(folded: str, end: int) -> Iterator[tuple[Stretch, bool]]:
    """Yield the lines above the first 序号 that ends with a pipe, and then what pipes end."""
    first = re.search(rf"^[\s|]*{_NUMBERS.pattern}[ \t]*\|", folded[:end], re.MULTILINE)
    if first is None:
        return
    for match in re.finditer(r"[^|]*[^|\s][^|]*", folded[first.start() : end]):
        yield trimmed(folded, first.start() + match.start(), first.start() + match.end()), True


def _spaced_pieces(folded: str, end: int) -> Iterator[tuple[Stretch, bool]]:
    """Yield what stands between spaces; single characters side by side (备 注) are one piece."""
    if not re.search(
        rf"^[ \t]*(?:序[ \t]+号|{_NUMBERS.pattern})[ \t]+[^\s\d]", folded[:end], re.MULTILINE
    ):
        return
    for match in re.finditer(r"(?<!\S)[一-鿿](?:[ \t]+[一-鿿](?!\S))+|\S+", folded[:end]):
        above = folded[folded.rfind("\n", 0, match.start()) + 1 : match.start()]
        yield Stretch(*match.span()), not above.strip()


_PIECES = (("lines", _line_pieces), ("piped", _piped_pieces), ("spaced", _spaced_pieces))


class _Pieces:
    """The pieces of a text, and the tables they make."""

    def __init__(
        self,
        folded: str,
        pieces: Iterable[tuple[Stretch, bool]],
        label_of: Callable[[str], Label | None],
        more: float,
    ) -> None:
        found, self._more = _whole_headings(folded, list(pieces), label_of), more
        self._places = [place for place, _ in found]
        self._opens = [opens for _, opens in found]  # whether a row may begin here
        self._texts = [unspaced(folded[p.begin : p.end]) for p in self._places]
        self._label_of = label_of

    def rows(self) -> list[Cells]:
        """Return the headers and rows."""
        rows: list[Cells] = []
        index = 0
        while index < len(self._places):
            kinds = self._header(index)
            if not kinds:
                index += 1
                continue
            found: list[Cells] = [list(self._places[index : index + len(kinds)])]
            start = index + len(kinds)
            index = self._body(start, kinds, found)
            if not any(len(row) == len(kinds) for row in found[1:]):
                # The column of numbers is empty: rows begin where lines start again on the left.
                lines, texts = self._places[start:index], self._texts[start:index]
                laid = _laid(lines, texts, kinds, self._more)
                found[1:] = laid if _all_assigned(laid, kinds) else []
            if {"title", "content"} & set(kinds):  # else a list of contacts or the like
                rows += found
        return rows

    def _header(self, index: int) -> list[str]:
        """Return the kinds of the columns headed from `index` on; empty where none are."""
        if not self._opens[index] or not _NUMBERS.fullmatch(self._texts[index]):
            return []
        kinds, known, sure = ["number"], 1, 1
        for text in self._texts[index + 1 : index + _WIDEST]:
            label = self._label_of(text)
            first = _number(text) is not None or _HEADING.fullmatch(text) is not None
            if first and known * 3 >= len(kinds) * 2:
                sure = len(kinds)  # all that stands before the first row heads a column
                break
            if label.kind == "number" if label else not _UNKNOWN_HEAD.fullmatch(text):
                break
            lead = label is not None and label.role == "lead"
            kinds.append("lead" if lead else label.kind if label else "note")
            known += label is not None
            sure = len(kinds) if known == len(kinds) else sure
        return kinds[:sure] if sure >= _FEWEST else []

    def _body(self, index: int, kinds: list[str], rows: list[Cells]) -> int:
        """Append the rows that begin at `index`; return where the table ends."""
        while index < len(self._places) and not (self._header(index) or self._leaves(index)):
            number = _number(self._texts[index])
            if number is None:
                rows.append([self._places[index]])  # a heading between the rows
                index += 1
                continue
            stop = index + 1
            while stop < len(self._places) and not self._ends_row(stop, number + 1, kinds):
                stop += 1
            rows.extend(_row(self._places[index:stop], self._texts[index:stop], kinds, self._more))
            index = stop
        return index

    def _ends_row(self, index: int, expected: int, kinds: list[str]) -> bool:
        """Tell whether the next row, a heading between rows or another header begins here."""
        text = self._texts[index]
        if not self._opens[index]:
            return False
        heading = "category" not in kinds and _HEADING.fullmatch(text) is not None
        return (
            heading
            or self._is_next(index, expected)
            or self._leaves(index)
            or bool(self._header(index))
        )

    def _leaves(self, index: int) -> bool:
        """Tell whether another attachment begins here."""
        return self._opens[index] and _ATTACHMENT.match(self._texts[index]) is not None

    def _is_next(self, index: int, expected: int) -> bool:
        """Tell the number of a row: the next one, a new 1, or one behind a small gap.

        What follows must be words: 4 | 100% are figures of the row above.
        """
        number = _number(self._texts[index])
        follows = self._texts[index + 1] if index + 1 < len(self._texts) else ""
        in_order = number is not None and (number == 1 or expected <= number <= expected + 2)
        return in_order and _WORDS.search(follows) is not None


def _whole_headings(
    folded: str, pieces: list[tuple[Stretch, bool]], label_of: Callable[[str], Label | None]
) -> list[tuple[Stretch, bool]]:
    """Join column headings broken over pieces: 总投资 / (万元), 2023年 / 目标进度."""
    whole: list[tuple[Stretch, bool]] = []
    heading = 0  # pieces of a header that may still come
    for place, opens in pieces:
        printed = folded[place.begin : place.end]
        if not heading and not _NUMBER_SIGN.search(printed):
            whole.append((place, opens))
            continue
        text = unspaced(printed)
        above = whole[-1][0] if heading and whole else Stretch(0, 0)
        before = unspaced(folded[above.begin : above.end])
        unit = _UNIT.fullmatch(text) and label_of(before)
        year = _YEAR.fullmatch(before) and label_of(text)
        # 市政府 / 分管领导: two lines of one cell, the first of which is no heading
        broken = heading and not label_of(before) and label_of(before + text)
        heading = _WIDEST if _NUMBERS.fullmatch(text) else max(0, heading - 1)
        heading = 0 if _number(text) is not None else heading
        if unit or year or broken:
            whole[-1] = (Stretch(above.begin, place.end), whole[-1][1])
        else:
            whole.append((place, opens))
    return whole


def _number(text: str) -> int | None:
    match = _ROW_NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def _row(lines: list[Stretch], texts: list[str], kinds: list[str], more: float) -> list[Cells]:
    """Return the row, and the rows of merged cells below it, that the lines make."""
    rows = _laid(lines[1:], texts[1:], kinds, more)
    rows[0][0] = lines[0]
    return rows


def _all_assigned(rows: list[Cells], kinds: list[str]) -> bool:
    """Tell whether every row says what is to be done and, under its heading, by which body."""
    duty = [kind in {"department", "lead"} for kind in kinds]
    return all(
        any(cell and is_duty for cell, is_duty in zip(row, duty, strict=True))
        and any(cell and not is_duty for cell, is_duty in zip(row, duty, strict=True))
        for row in rows
    )


def _laid(lines: list[Stretch], texts: list[str], kinds: list[str], more: float) -> list[Cells]:
    """Return the rows that lines make: what stands further left than the line above opens one."""
    rows: list[Cells] = [[None] * len(kinds)]
    last = 0
    for line, column in zip(lines, _columns(_mended(texts), kinds, more), strict=True):
        if column < last:
            rows.append([None] * len(kinds))
        place = rows[-1][column]
        rows[-1][column] = Stretch(place.begin, line.end) if place else line
        last = column
    return rows


def _mended(texts: list[str]) -> list[str]:
    """Return the texts with the two pieces of a broken name (区综合行政 / 执法局) as the whole."""
    whole = list(texts)
    for at, (first, second) in enumerate(pairwise(texts)):
        broken = _LEVEL.match(first) and not _is_body(first) and not _LEVEL.match(second)
        if broken and _is_body(second) and len(first) + len(second) <= _LONGEST_BODY:
            whole[at] = whole[at + 1] = first + second
    return whole


def _columns(texts: list[str], kinds: list[str], more: float) -> list[int]:
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
            options = [
                (scores[i - 1][p] + _step(p, column, _ONE_LEAD if kinds[p] == "lead" else more), p)
                for p in range(1, width)
            ]
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


def _step(previous: int, column: int, more: float) -> float:
    if column == previous:
        return more
    if column > previous:
        return _EMPTY * (column - previous - 1)
    return _AGAIN


def _fit(text: str, kind: str) -> float:
    """Return how well the form of `text` fits a column of `kind`."""
    body = _is_body(text)
    short_date = len(text) <= 14 and _DATE.search(text) is not None
    name = re.fullmatch(r"[一-鿿·]{2,4}", text) is not None and not body
    if kind in {"department", "lead"}:
        return 2.0 if body else -2.0
    if kind == "number":
        return 2.0 if _number(text) is not None else -2.0
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
    if kind == "category":
        return 0.6 if len(text) <= 12 and not body and not has_quantity(text) else -0.5
    return 0.0 if not body else -0.5


def _is_body(text: str) -> bool:
    if text[:1] in "省市县区州旗镇乡":  # 迁建县政务服务中心。 is what is done
        text = text.removesuffix("。")
    pieces = [piece for piece in re.split(r"[、,;/]", text) if piece]
    return bool(pieces and _BODY.search(pieces[0])) and all(
        len(piece) <= 24
        and not re.search(r"[\d。]", piece)
        and (_BODY.search(piece) or piece.endswith(("社区", "村")))  # never alone: it is a site too
        for piece in pieces
    )
