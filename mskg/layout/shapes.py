"""Marks of any shape that count on line by line: 第1项｜, 【实事一】, 任务1 , No.1：."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mskg.lexicon.cues import any_of, cue_pattern
from mskg.text import BULLETS, whole_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["Shaped", "shaped_marks"]

_FEWEST = 3
_STEP = 3  # numbers that a list which stands may leave out
_ROMAN = {"I": 1, "V": 5, "X": 10}
_PAIRS = {"[": "]", "(": ")", "【": "】", "〖": "〗", "<": ">", "《": "》", "〈": "〉", "": ""}


class Shaped(NamedTuple):
    """A mark that others of the same `shape` count on from; its text begins at ``body``."""

    shape: str
    value: int
    begin: int
    body: int


@cache
def _pattern() -> re.Pattern[str]:
    noun = any_of("mark-noun")
    return re.compile(
        rf"""
        ^[ \t#*>{BULLETS}-]*
        (?P<mark>(?P<open>[\[(【〖<《〈]?)[ \t]*
        (?P<prefix>(?:[一-龥]{{1,8}}?|[Nn][Oo]\.?)??)(?P<nth>[第之]?)[ \t]*
        (?P<number>\d{{1,2}}|[一二三四五六七八九十]{{1,3}}|[IVX]{{1,4}})
        (?P<what>(?:[ \t]*[项件个大号])?(?:[ \t]?{noun}(?=[^一-龥]))?)(?P<close>[\])】〗>》〉]?))\**
        (?P<sign>[ \t]*(?:[、.:,;|丨·/~-]+[ \t]*\n?|\n|[ \t]*))\s*
        (?=[一-龥“《A-Z【(\d])
        """,
        re.VERBOSE | re.MULTILINE,
    )


def shaped_marks(folded: str, begin: int, end: int, known: Collection[int]) -> list[Shaped]:
    """Return the marks in ``folded[begin:end]`` of which at least three count on from one.

    `known` are the places of marks that are told by themselves.
    """
    by_shape: dict[str, list[Shaped]] = {}
    for match in _pattern().finditer(folded, begin, end):
        if match.start("mark") not in known and (shape := _shape(match)):
            mark = Shaped(shape, _value(match["number"]), match.start("mark"), match.end())
            by_shape.setdefault(shape, []).append(mark)
    return sorted(
        (mark for marks in by_shape.values() for mark in _counted_on(marks)),
        key=lambda mark: mark.begin,
    )


def _shape(match: re.Match[str]) -> str:
    """Return what the marks of a list have in common, empty where it can be none."""
    if _PAIRS[match["open"]] != match["close"] or "\t" in match["sign"]:
        return ""  # 项目一<tab>校舍改造: a pair of cells
    named = match["prefix"] + match["nth"] + match["what"]
    sign = match["sign"].strip(" \t") or (" " if match["sign"] else "")
    if not (sign or match["close"] or match["what"]):
        return ""
    if not named and not match["close"] and sign == "\n":
        return ""  # numbers of pages stand alone on their lines
    if cue_pattern("no-mark").search(named):
        return ""
    if not named and match.string[match.end()].isdigit():
        return ""
    line = match.string[match.end() : match.string.find("\n", match.end())]
    if "\t" in line or ("|" in sign and "|" in line):
        return ""  # a row of a table, a card
    kind = "1" if match["number"].isdigit() else "I" if match["number"].isascii() else "一"
    parts = (
        match["open"],
        match["prefix"],
        match["nth"],
        kind,
        match["what"],
        match["close"],
        sign,
    )
    return "".join(parts)


def _value(number: str) -> int:
    if number[0] not in _ROMAN:
        return whole_number(number) or 0
    values = [_ROMAN[sign] for sign in number]
    later = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, later, strict=True))


def _counted_on(marks: Iterable[Shaped]) -> Iterator[Shaped]:
    """Yield the marks of every run that counts from one on, if one of the runs is long enough."""
    runs: list[list[Shaped]] = []
    for mark in marks:
        last = runs[-1][-1].value if runs else 0
        steps = _STEP if runs and len(runs[-1]) >= _FEWEST else 1
        if runs and last < mark.value <= last + steps:
            runs[-1].append(mark)
        elif mark.value == 1:
            runs.append([mark])
    if any(len(run) >= _FEWEST for run in runs):
        yield from (mark for run in runs for mark in run)
