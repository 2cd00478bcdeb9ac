"""Words about persons inside texts: names, telephone numbers, and how to make them unreadable."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mskg.lexicon.cues import labels
from mskg.lexicon.units import units

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["contact_hint", "is_telephone", "masked", "names_pattern"]

_DIGIT: Final = "[0-9０-９]"
_DASH: Final = "[ –—－-]?"
# A mobile number has eleven digits, the first two 13 to 19; others follow an area code (0…).
_NUMBER: Final = (
    f"[1１][3-9３-９]{_DIGIT}{_DASH}{_DIGIT}{{4}}{_DASH}{_DIGIT}{{4}}"
    f"|[（(]?[0０]{_DIGIT}{{2,3}}[)）]?{_DASH}[2-9２-９]{_DIGIT}{{6,7}}"
)
_SHORTEST_NUMBER: Final = 7
# Quantities that reach eleven digits. No kind whose words begin a person's name or task behind
# a number: 张, 方, 网格员.
_AMOUNTS: Final = {"money", "mass", "area"}
_LONG_AMOUNTS: Final = {"energy", "length", "volume"}
_HIDDEN: Final = "□"


@cache
def _label() -> str:
    """Return a pattern for the labels of contacts: 联系人：, 监督电话：."""
    words = sorted((x.text for x in labels().values() if x.kind == "contact"), key=len)
    return f"(?:{'|'.join(map(re.escape, reversed(words)))})\\s*[:：]\\s*"


@cache
def contact_hint() -> str:
    """Return a regular expression (of XPath too) that finds every text which may hold a contact."""
    return f"{_label()}|{_NUMBER}"


@cache
def _amount() -> str:
    """Return a pattern for what behind a number makes it an amount: 元, 平方米, 亿千瓦时."""
    words = [
        unit.text
        for unit in units().values()
        if unit.kind in _AMOUNTS or (unit.kind in _LONG_AMOUNTS and len(unit.text) > 1)
    ]
    return f"\\s*[万亿]?(?:{'|'.join(map(re.escape, words))})"


@cache
def _contact() -> re.Pattern[str]:
    behind = f"(?!\\.?[0-9０-９A-Za-z])(?!{_amount()})"
    alone = f"(?<![0-9０-９A-Za-z.￥¥])(?:{_NUMBER}){behind}"
    return re.compile(f"(?P<before>{_label()})[^，。；、,;：:\\s]+|{alone}")


def is_telephone(number: str) -> bool:
    """Return whether a number in a field for contacts is that of a person: 12345 is a hotline."""
    return len(number) >= _SHORTEST_NUMBER


def names_pattern(names: Iterable[str]) -> str:
    """Return a regular expression (of XPath too) for `names`, longer ones first (李  静 too).

    A name may be printed with blanks between its characters.
    """
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    return "|".join(r"\s*".join(map(re.escape, name)) for name in ordered)


def masked(text: str, names: str = "") -> str:
    """Return `text` with every sign of a contact or of a name turned to □, its length unchanged.

    Parameters
    ----------
    names:
        A pattern of `names_pattern`; empty for no names.
    """
    text = _contact().sub(_hide, text)
    return re.sub(names, lambda found: _HIDDEN * len(found[0]), text) if names else text


def _hide(found: re.Match[str]) -> str:
    before = found["before"] or ""
    return before + _HIDDEN * (len(found[0]) - len(before))
