"""Tables whose cells are nothing but pieces of text: which piece belongs to which column.

A piece is a line, or what ends with a pipe (`cell |` line after line), or what stands
between spaces. The header is a run of pieces that are column headings, the first of them
序号 (or another heading of numbers), or all of them known, one over units. A piece that is just
the next number opens a row; without numbers, what stands further left again. Inside
a row the pieces are laid over the columns from left to right so that each stands where its
form fits best (a body's name under 责任单位, a short date under 完成时限); a cell may be empty,
may take several pieces, and merged rows may start again further left.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mskg.layout.cells import Cells, trimmed
from mskg.layout.placing import columns_of, is_body, is_measure, kind_of, row_number
from mskg.lexicon.cues import column_of, column_words, labels
from mskg.lexicon.cues import label_of as exact_label
from mskg.model.outline import Stretch
from mskg.text import any_word
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mskg.lexicon.cues import Label

__all__ = ["plain_rows"]

_NUMBER_SIGN = re.compile("[序编项号]")
_NUMBERS = re.compile(r"(?:序号?|编号|序列|项次|名次|号)")  # headings of the column of numbers
# A group between rows: short, numbered, and no sentence.
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))(?:20\d\d年|[^。;\d]){2,40}"
)
_UNKNOWN_HEAD = re.compile(r"(?![一二三四五六七八九十(])[^\d。;,:、]{1,10}")
_ATTACHMENT = re.compile(r"附件(?:[\d一二三四五六]|:|$)")
_WORDS = re.compile(r"[一-鿿].*[一-鿿]")
_UNIT = re.compile(r"\([一-鿿/%]{1,6}\)")
_YEAR = re.compile(r"20\d\d年度?")
_FEWEST = 3
_MOST = 0.7  # share of the rows of a table without numbers that name a body
_WIDEST = 14
_NOTE = re.compile(r"※|注\d?:|附注:|抄送:")
_PARAGRAPH = re.compile(r"[^|]{30,}。")
_DIVIDED = 2  # columns below one heading
_IN_UNIT = re.compile(r"\([^()]*元\)$")
_MARK_ALONE = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、]")
# Cost of a further piece in a cell.
_MORE = {"lines": -0.15, "spaced": -0.15, "columned": -1.0, "piped": -3.0}


def plain_rows(
    folded: str, end: int, label_of: Callable[[str], Label | None]
) -> tuple[str, list[Cells]]:
    """Return the kind, and the headers and rows, of the piece tables in ``folded[:end]``."""
    for kind, pieces in _PIECES:
        rows = _Pieces(folded, pieces(folded, end), label_of, _MORE[kind]).rows()
        if rows:
            return kind, rows
    return "", []


@cache
def _heading_line() -> re.Pattern[str]:
    """Return a pattern for a line that every header of lines has: over numbers or over units."""
    known = [*map(column_of, column_words()), *labels().values()]
    words = {label.text for label in known if label and label.kind == "department"}
    named = rf"[^\n。;,]{{0,24}}{any_word(sorted(words))}[^\n。;,]{{0,16}}"
    return re.compile(rf"^[ \t]*(?:序|{_NUMBERS.pattern}|{named})[ \t]*$", re.MULTILINE)


def _line_pieces(folded: str, end: int) -> Iterator[tuple[Stretch, bool]]:
    if _heading_line().search(folded, 0, end) is None:
        return  # as in most running text, of which every line would be looked at
    for match in re.finditer(r"^.*\S.*$", folded[:end], re.MULTILINE):
        yield trimmed(folded, match.start(), match.end()), True


def _piped_pieces(folded: str, end: int) -> Iterator[tuple[Stretch, bool]]:
    """Yield the lines above the first 序号 that ends with a pipe, and then what pipes end."""
    first = re.search(rf"^[ \t|]*{_NUMBERS.pattern}[ \t]*\|", folded[:end], re.MULTILINE)
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


def _columned_pieces(folded: str, end: int) -> Iterator[tuple[Stretch, bool]]:
    """Yield what two or more blanks part, as they part the headings of the first header.

    A line that begins without blanks goes on with the cell above, unless it opens a row.
    """
    first = _COLUMNED.search(folded, 0, end)
    if first is None:
        return
    begin = first.start()
    for match in re.finditer(_CELL, folded[begin:end], re.MULTILINE):
        at = begin + match.start()
        above = folded[folded.rfind("\n", 0, at) + 1 : at]
        yield Stretch(at, begin + match.end()), not above.strip()


_COLUMNED = re.compile(
    rf"^[ \t]*{_NUMBERS.pattern}(?:[ \t]{{2,}}\S+(?: \S+)*){{3,}}[ \t]*$", re.MULTILINE
)
_CELL = rf"\S+(?:(?: |[ \t]*\n(?!\d{{1,3}}[ \t]{{2,}}|{_NUMBERS.pattern}[ \t]))\S+)*"

_PIECES = (
    ("lines", _line_pieces),
    ("piped", _piped_pieces),
    ("columned", _columned_pieces),
    ("spaced", _spaced_pieces),
)


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
        self._measured = sum(map(is_measure, self._texts)) >= _FEWEST

    def rows(self) -> list[Cells]:
        """Return the headers and rows."""
        rows: list[Cells] = []
        index = 0
        while index < len(self._places):
            kinds = self._header(index)
            if not kinds:
                index += 1
                continue
            order = self._order(index, kinds)
            found: list[Cells] = [[self._places[index + at] for at in order]]
            start = index + len(kinds)
            kinds = [kinds[at] for at in order]
            if kinds[0] != "number":
                index = self._unnumbered(start, kinds, found)
                rows += found if found[1:] else []  # else labels of a page, no header
                continue
            if led := self._leads(index):  # 责任单位 before 序号
                found[0].append(self._places[index - 1])
                kinds.append("department")
            index = self._body(start, kinds, found, led=led)
            if not any(len(row) == len(kinds) for row in found[1:]):
                # The column of numbers is empty: rows begin where lines start again on the left.
                lines, texts = self._places[start:index], self._texts[start:index]
                laid = _laid(lines, texts, kinds, self._more)
                found[1:] = laid if all(_is_assigned(row, kinds) for row in laid) else []
            if {"title", "content"} & set(kinds):  # else a list of contacts or the like
                rows += found
        return rows

    def _header(self, index: int) -> list[str]:
        """Return the kinds of the columns headed from `index` on; empty where none are."""
        if not self._opens[index]:
            return []
        if not _NUMBERS.fullmatch(self._texts[index]):
            return self._unnumbered_header(index)
        kinds, known, sure = ["number"], 1, 1
        for text in self._texts[index + 1 : index + _WIDEST]:
            label = self._label_of(text)
            first = row_number(text) is not None or _HEADING.fullmatch(text) is not None
            # Behind the lower row of a header stands the category of the first row.
            first |= label is None and self._texts[index + len(kinds) - 1].startswith("其中:")
            if first and known * 3 >= len(kinds) * 2:
                sure = len(kinds)  # all that stands before the first row heads a column
                break
            if label.kind == "number" if label else not _UNKNOWN_HEAD.fullmatch(text):
                break
            kinds.append(kind_of(label, measured=self._measured))
            known += label is not None
            sure = len(kinds) if known == len(kinds) else sure
        pair = sure == 2 and kinds[1] in {"title", "content"} and self._is_next(index + 2, 1)
        return kinds[:sure] if sure >= _FEWEST or pair else []

    def _order(self, index: int, kinds: list[str]) -> list[int]:
        """Return which headings are over columns, from left to right.

        The lower row of a header stands behind the upper one, in place of the heading that it
        divides: 投资（万元） … 责任单位 / 总投资 / 其中：上级补助.
        """
        texts = self._texts[index : index + len(kinds)]
        lower = len(kinds)
        while kinds[lower - 1] == "funding" or texts[lower - 1].startswith("其中:"):
            lower -= 1
        divided = [
            at for at in range(lower) if kinds[at] == "funding" and _IN_UNIT.search(texts[at])
        ]
        whole = list(range(len(kinds)))
        if len(kinds) - lower < _DIVIDED or len(divided) != 1:
            return whole
        at = divided[0]
        return [*whole[:at], *whole[lower:], *whole[at + 1 : lower]]

    def _unnumbered_header(self, index: int) -> list[str]:
        """Return the kinds of headings none of which is over numbers: all known, and of duties."""
        labels = []
        for text in self._texts[index : index + _WIDEST]:
            label = self._label_of(text)
            if label is None or label.kind == "number" or "|" in text:
                break
            labels.append(label)
        kinds = [kind_of(label, measured=self._measured) for label in labels]
        duties = sum(kind in {"department", "lead"} for kind in kinds)
        named = len({label.text for label in labels}) == len(labels) > _FEWEST
        return kinds if named and duties and {"title", "content"} & set(kinds) else []

    def _leads(self, index: int) -> bool:
        """Tell whether the heading before the one of the numbers is over units."""
        label = self._label_of(self._texts[index - 1]) if index else None
        return label is not None and label.kind == "department"

    def _body(self, index: int, kinds: list[str], rows: list[Cells], *, led: bool) -> int:
        """Append the rows that begin at `index`; return where the table ends.

        The units that stand before the number of a row are `led` behind its other cells.
        """
        while index < len(self._places) and not (self._header(index) or self._leaves(index)):
            number = row_number(self._texts[index])
            if number is None:
                if not (led and is_body(self._texts[index])):
                    rows.append([self._places[index]])  # a heading between the rows
                index += 1
                continue
            stop = index + 1
            while stop < len(self._places) and not self._ends_row(stop, number + 1, kinds):
                stop += 1
            places, texts = self._places[index:stop], self._texts[index:stop]
            if stop == len(self._places):  # the last row: notes below the table are none of it
                notes = next((n for n in range(len(texts)) if _is_note(texts, n)), stop)
                places, texts = places[:notes], texts[:notes]
            if led and is_body(self._texts[index - 1]):
                if is_body(texts[-1]) and self._is_next(stop, number + 1):
                    places, texts = places[:-1], texts[:-1]  # those of the next row
                places, texts = [*places, self._places[index - 1]], [*texts, self._texts[index - 1]]
            rows.extend(_row(places, texts, kinds, self._more))
            index = stop
        return index

    def _unnumbered(self, index: int, kinds: list[str], rows: list[Cells]) -> int:
        """Append the rows of a table without numbers; return where the table ends."""
        stop = index
        while stop < len(self._places) and not (self._header(stop) or self._leaves(stop)):
            stop += 1
        laid = _laid(*self._marked(index, stop), kinds, self._more)
        good = [n for n, row in enumerate(laid, 1) if _is_assigned(row, kinds)]
        if len(good) < _FEWEST or len(good) < _MOST * good[-1]:
            return index
        rows.extend(laid[: good[-1]])  # what follows the last row that names a body is no table
        return stop

    def _marked(self, begin: int, end: int) -> tuple[list[Stretch], list[str]]:
        """Return places and texts, a mark alone ((一)) with the heading behind it as one."""
        places, texts = self._places[begin:end], self._texts[begin:end]
        for at in reversed(range(len(texts) - 1)):
            if _MARK_ALONE.fullmatch(texts[at]):
                places[at : at + 2] = [Stretch(places[at].begin, places[at + 1].end)]
                texts[at : at + 2] = [texts[at] + texts[at + 1]]
        return places, texts

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
        number = row_number(self._texts[index]) if index < len(self._texts) else None
        follows = self._texts[index + 1] if index + 1 < len(self._texts) else ""
        in_order = number is not None and (number == 1 or expected <= number <= expected + 2)
        return in_order and _WORDS.search(follows) is not None


def _is_note(texts: list[str], at: int) -> bool:
    """Tell a note below a table, or a paragraph behind the units of its last row."""
    paragraph = at > 0 and is_body(texts[at - 1]) and _PARAGRAPH.fullmatch(texts[at])
    return bool(paragraph) or _NOTE.match(texts[at]) is not None


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
        # 市政府 / 分管领导, 资金 / 来源: two lines of one cell, of which one is no heading
        cut = not label_of(before) or (not label_of(text) and exact_label(before + text))
        broken = heading and cut and label_of(before + text)
        heading = _WIDEST if _NUMBERS.fullmatch(text) else max(0, heading - 1)
        heading = 0 if row_number(text) is not None else heading
        if unit or year or broken:
            whole[-1] = (Stretch(above.begin, place.end), whole[-1][1])
        else:
            whole.append((place, opens))
    return whole


def _row(lines: list[Stretch], texts: list[str], kinds: list[str], more: float) -> list[Cells]:
    """Return the row, and the rows of merged cells below it, that the lines make."""
    rows = _laid(lines[1:], texts[1:], kinds, more)
    rows[0][0] = lines[0]
    return rows


def _is_assigned(row: Cells, kinds: list[str]) -> bool:
    """Tell whether a row says what is to be done and, under its heading, by which body."""
    duty = [kind in {"department", "lead"} for kind in kinds]
    named = any(cell and is_duty for cell, is_duty in zip(row, duty, strict=True))
    return named and any(cell and not is_duty for cell, is_duty in zip(row, duty, strict=True))


def _laid(lines: list[Stretch], texts: list[str], kinds: list[str], more: float) -> list[Cells]:
    """Return the rows that lines make: what stands further left than the line above opens one."""
    rows: list[Cells] = [[None] * len(kinds)]
    last = 0
    for line, column in zip(lines, columns_of(texts, kinds, more), strict=True):
        if column < last:
            rows.append([None] * len(kinds))
        place = rows[-1][column]
        rows[-1][column] = Stretch(place.begin, line.end) if place else line
        last = column
    return rows
