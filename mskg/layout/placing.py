"""Which column a piece of text stands in, told by its form.

The pieces of a row are laid over the columns from left to right so that each stands where its
form fits best: a body's name under 责任单位, a short date under 完成时限. A cell may be empty or
take several pieces, and merged rows may start again further left. Fits and costs are points
that add up; they were set on real tables.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from mskg.layout.entries import has_quantity
from mskg.lexicon.cues import cue_pattern, cues
from mskg.lexicon.departments import body_end, body_values
from mskg.lexicon.persons import surname_and_name
from mskg.lexicon.units import unit_pattern
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from mskg.lexicon.cues import Label

__all__ = [
    "MEASURE",
    "PACE",
    "STAGE",
    "columns_of",
    "form_of",
    "is_body",
    "is_day",
    "is_measure",
    "kind_of",
    "row_number",
    "shifted_columns",
]

PACE = "进度"
"""A heading over deadlines in one table, over what is done in the next."""
MEASURE = re.compile(r"(?:计量|度量|数量)?单位")
"""A heading over units in charge or over measure words."""

STAGE = re.compile(
    r"(?:截[至止]到?|至)?(?:20\d\d年)?(?:(?:\d{1,2}月?[-~至到])?\d{1,2}月(?:份|\d{1,2}日|[底末])?|[上下]半年|年[底末]"
    r"|第?[一二三四1-4]季度[底末]?)前?(?:应|需|须)?(?:完成)?(?:目标|任务|计划|进度|节点|要求|安排|工作)*"
)
"""A stage that heads a column, over dates or over what is done by then: 3月底, 上半年目标."""

_IN_CHARGE = re.compile(r"(?<=[局委办厅府])\s+[\u4e00-\u9fff]{2,4}$")  # 市民政局 王某某
_LEVEL = re.compile(r"[省市县区州旗镇乡][^\d,;。]+$")
_LONGEST_BODY = 16
_SHORT_BODY = 8  # 建设交通委; a longer one that begins so is what is built
_ROW_NUMBER = re.compile(r"\(?(\d{1,3})\)?(?:[.、]|\*{1,2})?")
_WORD = 2  # characters of a text that says little
_DATE = re.compile(r"\d月|20\d\d[./-]\d|^20\d\d年?$|年[底内末]|季度|半年|全年|长期|持续|[上中下]旬")
_OPENS_DATE = re.compile(r"(?:20\d\d年)?\d{1,2}月(?!份?龄)")
_LONGEST_DAY = 14
_MONEY = re.compile(r"[\d.,]+(?:万|亿)?元?")
_ONE_LEAD = -0.5  # cost of a further name where one leads: the others help
_FUNDS = re.compile(r"(?:投资|资金|自筹|补助|补贴|财政|贷款|债券|拨款)$")
_FIGURE = re.compile(r"[\d.,]+%?")
_TWO_FIGURES = -3.0  # cost of a bare number behind another one in a cell
_FIGURE_MORE = -0.8  # cost of one behind words, and of a numbered name
_ENTRY = re.compile(r"\d{1,3}[、.](?!\d)")
_GROUP = re.compile(r"[一二三四五六七八九十]{1,3}、")
_STRANGE_NAME = 0.6  # 新建公园 is none, 乌日图那顺 is one
_EMPTY = -0.6  # cost of a column without a line
_AGAIN = -1.2  # cost of starting again further left (merged cells)
_NEVER = -99.0
_CUT = -1.0  # cost of a cell that is cut in two
_CLEARLY = 0.5  # by how much another place must fit better
_SURELY = 2.5  # the same for a row that has its number


def form_of(text: str) -> str:
    """Return what tells the column of a cell: its text without blanks or a person behind a body."""
    return unspaced(_IN_CHARGE.sub("", text))


def row_number(text: str) -> int | None:
    """Return the number of a row that `text` is nothing but: 3, (3), 3., 3*."""
    match = _ROW_NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def is_measure(text: str) -> bool:
    """Tell whether `text` is nothing but a measure word: 万人, 元/月/人."""
    return _measure().fullmatch(text) is not None


@cache
def _measure() -> re.Pattern[str]:
    return re.compile(rf"[千万亿]?{unit_pattern()}(?:/[\u4e00-\u9fff]{{1,3}})*")


def kind_of(label: Label | None, *, measured: bool) -> str:
    """Return what a column holds, for `columns_of`: units that lead are told apart.

    Parameters
    ----------
    measured:
        Whether the table has measure words, so that 单位 may stand above them.
    """
    if label is None:
        return "note"
    if measured and MEASURE.fullmatch(label.text):
        return "unit"
    if measured and "指标" in label.text and label.kind == "title":
        return "indicator"
    if label.kind == "progress" and label.unit == "%":
        return "rate"
    if label.role == "lead":
        return "lead"
    return "pace" if label.text == PACE or STAGE.fullmatch(label.text) else label.kind


def _mended(texts: list[str]) -> list[str]:
    """Return the texts with the two pieces of a broken name (区综合行政 / 执法局) as the whole."""
    whole = list(texts)
    for at, (first, second) in enumerate(pairwise(texts)):
        broken = _LEVEL.match(first) and not is_body(first) and not _LEVEL.match(second)
        if broken and is_body(second) and len(first) + len(second) <= _LONGEST_BODY:
            whole[at] = whole[at + 1] = first + second
    return whole


def columns_of(
    texts: list[str], kinds: list[str], more: float, *, again: float = _AGAIN
) -> list[int]:
    """Return the best column of every text, by dynamic programming over texts and columns.

    Parameters
    ----------
    kinds:
        What the columns hold, as `kind_of` names it.
    more:
        Cost of a further text in a cell.
    again:
        Cost of starting again further left.
    """
    texts = _mended(texts)
    width = len(kinds)
    first = int(kinds[0] == "number")
    best = [_EMPTY * max(0, c - first) for c in range(width)]
    scores = [[float("-inf")] * width for _ in texts]
    back = [[0] * width for _ in texts]
    for i, text in enumerate(texts):
        further = _further(texts[i - 1], text, more)
        for column in range(first, width):
            fit = _fit(text, kinds[column])
            if i == 0:
                scores[i][column] = best[column] + fit
                continue
            options = []
            for p in range(first, width):
                same = min(further, _ONE_LEAD) if kinds[p] == "lead" else further
                options.append((scores[i - 1][p] + _step(p, column, same, again), -p))
            value, left = max(options)  # of equal ones that furthest left
            back[i][column] = -left
            scores[i][column] = value + fit
    if not texts:
        return []
    tail = [scores[-1][c] + _EMPTY * (width - 1 - c) for c in range(width)]
    column = max(range(first, width), key=lambda c: tail[c])
    path = [column]
    for i in range(len(texts) - 1, 0, -1):
        column = back[i][column]
        path.append(column)
    return path[::-1]


def _further(above: str, text: str, more: float) -> float:
    """Return the cost of `text` in the cell of the one `above` it."""
    if _ENTRY.match(text):
        return min(more, _FIGURE_MORE)
    if not _FIGURE.fullmatch(text):
        return more
    return _TWO_FIGURES if _FIGURE.fullmatch(above) else min(more, _FIGURE_MORE)


def shifted_columns(texts: list[str], kinds: list[str]) -> tuple[int, ...] | None:
    """Return the columns of the cells of a row that has not as many as the header.

    Copies of web tables drop cells that a merge covers, so that all others move to the left, and
    cut a cell that stands below one heading in two. None where the cells fit best as they stand.
    """
    left = int(kinds[0] == "number")
    first = int(left and row_number(texts[0]) is not None)  # cells that surely stand right
    own, kinds = texts[first:], kinds[left:]
    best = columns_of(own, kinds, _CUT, again=_NEVER)
    places = (*range(first), *(left + column for column in best))
    if first < left or len(own) > len(kinds):
        return places  # a row that lacks its number, or has more cells, can't stand as it is
    gain = _worth(own, best, kinds) - _worth(own, list(range(len(own))), kinds)
    return places if gain > (_SURELY if first else _CLEARLY) else None


def _worth(texts: list[str], columns: list[int], kinds: list[str]) -> float:
    fits = sum(_fit(text, kinds[column]) for text, column in zip(texts, columns, strict=True))
    return fits + _CUT * (len(columns) - len(set(columns)))


def _step(previous: int, column: int, more: float, again: float) -> float:
    if column == previous:
        return more
    if column > previous:
        return _EMPTY * (column - previous - 1)
    return again


def _fit(text: str, kind: str) -> float:
    """Return how well the form of `text` fits a column of `kind`."""
    body = is_body(text)
    if kind in {"department", "lead"}:
        return 2.0 if body else -2.0
    if kind == "leader":
        return -2.0 if body else _fit_person(text)
    if kind == "indicator":  # its measure word stands in the next column
        return 1.2 if len(text) <= _LONGEST_BODY and not body and "。" not in text else -0.5
    if kind == "unit":
        return 2.0 if is_measure(text) else -2.0
    if kind in {"number", "rate"}:
        wanted = row_number(text) is not None if kind == "number" else _FIGURE.fullmatch(text)
        return 2.0 if wanted else -2.0
    if kind in {"funding", "contact"}:
        return 2.0 if _MONEY.fullmatch(text) else 1.2 if _FUNDS.search(text) else -1.0
    if kind == "category":
        if _GROUP.match(text):
            return 2.0
        return 0.6 if len(text) <= 12 and not body and not has_quantity(text) else -0.5
    if kind in {"content", "progress", "title", "deadline", "pace"}:
        return _fit_words(text, kind, body=body)
    return 0.0 if not body else -0.5


def _fit_person(text: str) -> float:
    if surname_and_name().fullmatch(text):
        return 2.0
    return _STRANGE_NAME if re.fullmatch(r"[一-鿿·]{2,6}", text) else -2.0


def _fit_words(text: str, kind: str, *, body: bool) -> float:
    """Return how well `text` fits a column of sentences, names or dates."""
    short_date = is_day(text)
    if kind == "deadline":
        opens = 1.5 if _OPENS_DATE.match(text) else 0.8  # 9月底前完成，确保10月15日前供暖
        return 2.0 if short_date else opens if _DATE.search(text[:8]) else -1.0
    short_date = short_date and not _FIGURE.fullmatch(text)  # 2000 may be a number of people
    if kind == "pace" and short_date:
        return 2.0
    if kind == "title":
        if body or short_date:
            return -1.5
        sentence = 0.3 if text.endswith(("。", *cues("project-noun"))) else 0.0
        sentence = -0.5 if text.endswith(";") else 0.5 if _ENTRY.match(text) else sentence
        return sentence + (0.2 if len(text) <= _WORD else 0.9 if len(text) <= 25 else -0.4)
    plain = 1.0 if len(text) > _WORD else 0.6
    plain = -1.5 if body else -1.0 if short_date else plain
    return plain + (0.6 if has_quantity(text) or "。" in text or len(text) > 20 else 0.0)


def is_day(text: str) -> bool:
    """Tell whether `text` is nothing but a date or a time: 12月底前, 全年, 长期."""
    return len(text) <= _LONGEST_DAY and _DATE.search(text) is not None


@lru_cache(maxsize=1 << 12)
def is_body(text: str) -> bool:
    """Tell whether `text` is nothing but names of bodies: 县教育局、县财政局."""
    if text[:1] in "省市县区州旗镇乡":  # 迁建县政务服务中心。 is what is done
        text = text.removesuffix("。")
    pieces = [piece for piece in re.split(r"[、,;/](?![^()]*\))", text) if piece]
    if not pieces or not _body().search(pieces[0]) or _is_built(pieces[0]):
        return False
    return all(
        len(piece) <= 24
        and not re.search(r"[\d。]", piece)
        and (
            _body().search(piece) or piece.endswith(("社区", "村"))
        )  # never alone: it is a site too
        for piece in pieces
    )


@cache
def _body() -> re.Pattern[str]:
    division = r"(?<=[一-鿿]{3})[科股]"
    no_place = "".join(f"(?<!{word})" for word in body_values("no-place"))  # 改造老旧小区
    place = rf"[乡镇村县区市]{no_place}"
    return re.compile(rf"(?:{body_end()}|{place}|{division})等?(?:\([^()]*\))?$")


@cache
def _surely_body() -> re.Pattern[str]:
    return re.compile(rf"{body_end(sure=True)}(?:\([^()]*\))?$")


def _is_built(name: str) -> bool:
    """Tell 建成启用区级老年活动中心, which is what is done, from 建设和交通管理委员会."""
    if len(name) <= _SHORT_BODY or _surely_body().search(name):
        return False
    return cue_pattern("build-verb").match(name) is not None
