"""Decisions of a person that win over every rule, as rows that can be edited and reviewed.

A row is keyed by the document and by the quote: the words as printed, white space ignored.
So it still holds when the document is read again by a better program. A row that begins with
``#`` is a proposal or a remark and has no effect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.lexicon.regions import Region, region_table
from mskg.lexicon.units import unit_of
from mskg.text import MULTIPLIERS, fold, plain_number, unspaced

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

__all__ = [
    "ANY_DOCUMENT",
    "COLUMNS",
    "COLUMN_WORDS",
    "KINDS",
    "KIND_WORDS",
    "Correction",
    "Corrections",
    "correction_of",
    "number_of",
    "region_of",
    "squeeze",
]

COLUMNS: Final = ("document", "quote", "kind", "value", "by", "note")
ANY_DOCUMENT: Final = "*"
# Kind → what its value is, in Chinese and English; empty where it takes none.
KINDS: Final = {
    "not-a-task": ("", ""),
    "not-an-indicator": ("", ""),
    "value": ("数值，如 17500 或 1.75万", "a number such as 17500 or 1.75万"),
    "name": ("所指事物的名称，如 公办幼儿园", "what is counted, such as 公办幼儿园"),
    "belongs-to": ("任务的名称或编号，如 3 或 2.1", "title or path of a task, such as 3 or 2.1"),
    "unit": ("不带万、亿的单位，如 人次", "a measure word without 万 or 亿, such as 人次"),
    "org": ("机构全称", "the full name of the body"),
    "same-body": ("另一个印出的名称，或机构 id", "another printed name, or the id of a body"),
    "never-same-body": ("另一个印出的名称，或机构 id", "another printed name, or the id of a body"),
    "region": ("六位行政区划代码，或不重名的地名", "a six-digit code, or a name of one place only"),
}
# The words by which Chinese sheets name columns and kinds; both forms are read everywhere.
COLUMN_WORDS: Final = ("文件编号", "引文", "种类", "改为", "经办", "说明")
KIND_WORDS: Final = {
    "not-a-task": "不是任务",
    "not-an-indicator": "不是指标",
    "value": "数值是",
    "name": "指标名是",
    "belongs-to": "属于任务",
    "unit": "单位是",
    "org": "机构全称是",
    "same-body": "同一机构",
    "never-same-body": "不是同一机构",
    "region": "地区是",
}
_KINDS: Final = {word: kind for kind, word in KIND_WORDS.items()}
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(\D*)\Z")


@lru_cache(maxsize=1 << 14)
def squeeze(text: str) -> str:
    """Return `text` folded and without white space, as quotes are compared."""
    return unspaced(fold(text))


def number_of(value: str) -> Decimal | None:
    """Return the number that `value` is (``17500``, ``1.75万``), None where it is none."""
    match = _NUMBER.match(squeeze(value))
    if match is None or match[2] not in MULTIPLIERS:
        return None
    return plain_number(match[1], match[2])


def region_of(value: str) -> Region | None:
    """Return the place with the code or the name `value`; None for a name of several."""
    table = region_table()
    found = table.by_name.get(squeeze(value), ())
    return table.by_code.get(value) or (found[0] if len(found) == 1 else None)


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision.

    Parameters
    ----------
    document:
        Key of the document, or ``*`` for all.
    quote:
        The words as printed; for a region empty where the whole document is meant.
    kind, value:
        What is decided, see `KINDS`.
    by, note:
        Who decided, and why.
    place:
        File and line of the row.
    """

    document: str
    quote: str
    kind: str
    value: str = ""
    by: str = ""
    note: str = ""
    place: str = ""

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of the row, in the order of `COLUMNS`."""
        return (self.document, self.quote, self.kind, self.value, self.by, self.note)

    @property
    def words(self) -> str:
        """The quote as it is compared."""
        return squeeze(self.quote)

    @property
    def subject(self) -> tuple[str, str, str]:
        """What is decided on: two rows about one subject of one document contradict each other."""
        other = squeeze(self.value) if self.kind == "never-same-body" else ""
        return (self.kind, self.words, other)


@dataclass(frozen=True)
class Corrections:
    """All decisions that are in force."""

    rows: tuple[Correction, ...] = ()

    @cached_property
    def _by_document(self) -> dict[str, tuple[Correction, ...]]:
        found: dict[str, list[Correction]] = {}
        for row in self.rows:
            found.setdefault(row.document, []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    def of(self, key: str) -> tuple[Correction, ...]:
        """Return the rows for the document `key`: its own ones win over those for all."""
        own = self._by_document.get(key, ())
        decided = {row.subject for row in own}
        common = self._by_document.get(ANY_DOCUMENT, ())
        return (*own, *(row for row in common if row.subject not in decided))

    @property
    def documents(self) -> tuple[str, ...]:
        """The keys of the documents that have rows of their own."""
        return tuple(sorted(self._by_document.keys() - {ANY_DOCUMENT}))


def correction_of(cells: dict[str, str], place: str) -> Correction:
    """Return the decision of a row.

    Parameters
    ----------
    cells:
        By the names of `COLUMNS`; a kind may be its Chinese word.
    place:
        File and line of the row.

    Raises
    ------
    InputError
        If a cell is wrong.
    """
    document, quote, kind, value, by, note = (cells.get(name, "") for name in COLUMNS)
    row = Correction(document, quote, _KINDS.get(kind, kind), value, by, note, place)
    if row.kind not in KINDS:
        raise InputError(
            f"{place}: unknown kind {row.kind!r}",
            hint=f"use one of {' '.join(KINDS)}",
            zh=f"{place}：没有这种更正 {row.kind!r}（可用 {' '.join(KINDS)}，"
            f"或 {' '.join(KIND_WORDS.values())}）",
        )
    whole = row.kind == "region" and row.document != ANY_DOCUMENT
    if not row.document or not (row.words or whole):
        raise InputError(
            f"{place}: no document key or no quote",
            hint="a row needs both; * means every document",
            zh=f"{place}：没有文件编号或引文（两者都要有；* 表示所有文件）",
        )
    if not _CHECKS[row.kind](row.value):
        zh, en = KINDS[row.kind]
        raise InputError(
            f"{place}: {row.kind} can't have the value {row.value!r}",
            hint=f"wanted {en or 'none'}",
            zh=f"{place}：{row.kind} 的值不能是 {row.value!r}（应为{zh or '空'}）",
        )
    return row


def _is_unit(value: str) -> bool:
    plain = squeeze(value)
    return bool(plain) and (unit_of(plain) is not None or not re.match(r"[\d万亿]", plain))


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "not-a-task": lambda value: not value,
    "not-an-indicator": lambda value: not value,
    "value": lambda value: number_of(value) is not None,
    "name": bool,
    "belongs-to": bool,
    "unit": _is_unit,
    "org": bool,
    "same-body": bool,
    "never-same-body": bool,
    "region": lambda value: region_of(value) is not None,
}
