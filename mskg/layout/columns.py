"""Columns: what stands below a heading, told by its words and by the cells.

A header may have two rows; what it does not say, such as what 单位 or 进度 stands over, the
cells do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from mskg.layout.placing import MEASURE, PACE, STAGE, is_body, is_measure
from mskg.lexicon.cues import Label, column_of
from mskg.lexicon.units import unit_pattern
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from mskg.layout.cells import Cells

__all__ = ["bracketed_unit", "column_label", "header", "lower_header", "told_by_cells"]

_YEAR = re.compile(r"20\d\d年度?(?:计划|投资)*")  # below 计划投资: one column a year
# What stands before the words of a heading: 2022年预期目标, 1-10月推进情况.
_DATED = re.compile(
    r"(?:截[至止])?(?:(?P<year>20\d\d年度?)|"
    r"(?:(?:20\d\d年)?(?:\d{1,2}(?:月份?)?[-~至到])?\d{1,2}月份?(?:\d{1,2}日|[底末])?))(?=\D)"
)
_LONGEST_HEADING = 40  # with white space and brackets
_FEWEST = 3  # labelled columns that make a header
_SHORTEST_NAME = 4  # characters of that of a task
_LONGEST_PART = 10  # characters of a heading below another one
_TOTAL = re.compile(r"合计|总计|小计|总额")
_MOST = 0.7
_DONE = re.compile(r"完成|达到")
_DAY = re.compile(r"\d月|20\d\d[./年-]|年[底内末]|季度|半年|全年|长期")
_ASIDE = re.compile(r"[*#]|\([^()]*\)")
_OF_WHICH = re.compile(r"\A其中:")  # 其中：县级配套, below the heading of the whole sum
_OTHER_UNITS = re.compile(r"(?:单位|部门)\(([^()]*(?:单位|部门))\)\Z")
_NO_HEADING = re.compile(r"[。;,:]|\d{2}")


@lru_cache(maxsize=1 << 12)
def column_label(text: str) -> Label | None:
    """Return what a column headed `text` holds, or None where the text is no heading."""
    if len(text) > _LONGEST_HEADING:
        return None
    text = unspaced(text)
    if part := _OF_WHICH.match(text):  # of what stands before it, whatever its own words are
        return column_label(text[part.end() :]) or Label(text[part.end() :], "", "")
    if unit := bracketed_unit(text):
        label = column_label(text[: text.rindex("(")])
        if label and unit == "%" and _DONE.search(label.text):
            label = replace(label, kind="progress")  # 完成目标(%): how much of it
        return replace(label, unit=unit) if label else None
    name = _ASIDE.sub("", text)
    if not name or len(name) > 16:
        return None
    if STAGE.fullmatch(name):
        return Label(name, "deadline", "")
    if other := _OTHER_UNITS.search(text):
        return _two_roles(column_of(name), column_of(other[1]))
    if dated := _DATED.match(name):
        label = column_label(name[dated.end() :])
        # 1-10月推进情况 is progress.
        if label and (dated["year"] or label.kind == "progress"):
            return replace(label, text=name)
    return None if _NO_HEADING.search(name) else column_of(name)


def _two_roles(first: Label | None, second: Label | None) -> Label | None:
    """Return the heading 牵头单位（协办单位）: in a cell, brackets give the second role."""
    if first is None or second is None or not (first.role and second.role):
        return first
    return replace(first, role=f"{first.role}({second.role})")


def bracketed_unit(text: str) -> str:
    """Return the unit in brackets that `text` ends with: 总投资(万元), 城镇新增就业（人）."""
    match = _unit().search(text) if text.endswith(")") else None
    return match[1] if match else ""


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\((?:单位:)?([千万亿]?{unit_pattern()}|%)\)\Z")


def header(folded: str, cells: Cells) -> tuple[Label, ...]:
    """Return the columns that a row of `cells` heads; empty where it is no header."""
    found = [column_label(folded[c.begin : c.end]) if c else None for c in cells]
    filled = sum(1 for c in cells if c and folded[c.begin : c.end].strip())
    found = [_part_of(label, whole) for whole, label in pairwise([None, *found])]
    known = [label for label in found if label]
    pair = filled == len(known) == 2 and known[0].kind == "number"  # 序号, 项目名称
    kinds = {label.kind for label in known}
    # A wide table may have columns of its own, such as 村（社区） and 惠及范围.
    sure = len(kinds & {"number", "department", "deadline", "funding"}) > 1
    enough = _MOST * filled if sure else filled - 1
    if not pair and (len(known) < _FEWEST or len(known) < enough):
        return ()
    if not kinds & {"title", "content"} or len(kinds) < 2:
        return ()
    return tuple(label if label and label.kind else Label("", "note", "") for label in found)


def _part_of(label: Label | None, whole: Label | None) -> Label | None:
    """Return 市本级（万元） behind 资金总额（万元） as a sum too, for it is a part of that."""
    if label is None or label.kind or whole is None or whole.kind != "funding":
        return label
    unit = bracketed_unit(label.text)
    text = label.text.removesuffix(f"({unit})") if unit else label.text
    return replace(label, text=text, kind="funding", unit=unit or whole.unit)


def lower_header(folded: str, cells: Cells, columns: tuple[Label, ...]) -> tuple[Label, ...]:
    """Return the columns below a second header row too; empty where `cells` are none."""
    lower = _lower_storey(folded, cells, columns)
    return _two_storeys(columns, _below(columns, lower)) if lower else ()


def _lower_storey(
    folded: str, cells: Cells, columns: tuple[Label, ...]
) -> tuple[Label | None, ...]:
    """Return the labels of a second header row: two or more, and nothing but labels.

    Any words are labels that stand below a heading over several columns and nowhere else.
    """
    texts = [_OF_WHICH.sub("", folded[c.begin : c.end].strip()) if c else "" for c in cells]
    if len(cells) != len(columns):
        return ()
    blank = [not label.text for label in (*columns, Label("-", "", ""))]
    inside = all(blank[at] or blank[at + 1] for at, text in enumerate(texts) if text)
    words = inside and all(map(_is_words, filter(None, texts)))
    found = tuple(_lower_label(text, words) if text else None for text in texts)
    good = sum(label is not None for label in found)
    return found if good >= 2 and good == sum(map(bool, texts)) else ()


def _lower_label(text: str, any_words: bool) -> Label | None:
    own = Label(text, "", "")
    if _YEAR.fullmatch(text) or _TOTAL.fullmatch(text):
        return own
    return column_label(text) or (own if any_words else None)


def _is_words(text: str) -> bool:
    return len(text) <= _LONGEST_PART and not re.search(r"[\d。;,:]", text)


def _below(upper: tuple[Label, ...], lower: tuple[Label | None, ...]) -> tuple[Label | None, ...]:
    """Return a second header row that lost the cells on its left, put below the cell it divides."""
    count = sum(label is not None for label in lower)
    if any(label is None for label in lower[:count]):
        return lower
    blank = ["" if label.text else "-" for label in upper]
    wide = "-" * (count - 1)
    for at in range(len(upper) - count, 0, -1):
        if upper[at].text and "".join(blank[at + 1 : at + count]) == wide:
            return (*[None] * at, *lower[:count], *[None] * (len(upper) - at - count))
    return lower


def _two_storeys(upper: tuple[Label, ...], lower: tuple[Label | None, ...]) -> tuple[Label, ...]:
    """Return the columns of a header of two rows: the lower row is the more exact one.

    What the upper row prints over several columns, such as the unit 万元, holds for all.
    """
    columns = []
    over = Label("", "note", "")
    for above, below in zip(upper, lower, strict=True):
        over = above if above.text else over
        if below is None:
            columns.append(above)
        else:
            # 资金到位 below 实施情况 is no sum that is promised.
            kind = over.kind if over.kind == "progress" else below.kind or over.kind
            unit = below.unit or over.unit
            text = over.text + below.text if _TOTAL.fullmatch(below.text) else below.text
            columns.append(replace(below, text=text, kind=kind, unit=unit))
    return tuple(columns)


def told_by_cells(folded: str, columns: tuple[Label, ...], body: list[Cells]) -> tuple[Label, ...]:
    """Return the columns, those whose heading leaves it open told by what the cells hold."""
    measured = (_measured(folded, body, at, column) for at, column in enumerate(columns))
    return _titled(folded, _one_leader(tuple(measured)), body)


def _measured(folded: str, body: list[Cells], at: int, column: Label) -> Label:
    """Return the column as what its cells tell: 单位 over measure words, 进度 without a date."""
    if not MEASURE.fullmatch(column.text) and column.text != PACE:
        return column
    cells = [row[at] for row in body if at < len(row)]
    texts = [folded[cell.begin : cell.end].strip() for cell in cells if cell]
    if column.text == PACE:
        dated = sum(_DAY.search(text) is not None for text in texts)
        return column if dated * 2 > len(texts) else replace(column, kind="progress")
    measures = sum(map(is_measure, texts))
    return replace(column, kind="unit") if measures * 2 > len(texts) else column


def _one_leader(columns: tuple[Label, ...]) -> tuple[Label, ...]:
    """Return the columns, 责任人 as a contact where another one names the leaders (分管领导)."""
    led = any(c.kind == "leader" and "领导" in c.text for c in columns)
    return tuple(
        replace(c, kind="contact") if led and c.kind == "leader" and "领导" not in c.text else c
        for c in columns
    )


def _titled(folded: str, columns: tuple[Label, ...], body: list[Cells]) -> tuple[Label, ...]:
    """Return the columns, an unknown one behind the numbers as names where none is over names.

    攻坚战役: names differ from row to row, while places and bodies come again.
    """
    kinds = [column.kind for column in columns]
    if kinds[:2] != ["number", "note"] or columns[1].text or "title" in kinds:
        return columns
    cells = [row[1] for row in body if len(row) > 1 and row[0]]
    texts = [folded[cell.begin : cell.end].strip() if cell else "" for cell in cells]
    names = len(set(texts)) == len(texts) and all(map(_is_name, texts))
    return (columns[0], replace(columns[1], kind="title"), *columns[2:]) if names else columns


def _is_name(text: str) -> bool:
    return _SHORTEST_NAME <= len(text) <= _LONGEST_HEADING and not is_body(text)
