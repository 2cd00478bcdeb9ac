"""What tells telephone numbers and contact persons in a text, and amounts from them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from mskg.lexicon.cues import labels
from mskg.lexicon.units import units

__all__ = ["contact_label", "telephone", "telephone_hint"]

_DIGIT: Final = "[0-9０-９]"
_DASH: Final = "[ –—－-]?"
# A mobile number has eleven digits, the first two 13 to 19; others follow an area code (0…).
_NUMBER: Final = (
    f"[1１][3-9３-９]{_DIGIT}{_DASH}{_DIGIT}{{4}}{_DASH}{_DIGIT}{{4}}"
    f"|[（(]?[0０]{_DIGIT}{{2,3}}[)）]?{_DASH}[2-9２-９]{_DIGIT}{{6,7}}"
)
# Quantities that reach eleven digits. No kind whose words begin a person's name or task behind
# a number: 张, 方, 网格员.
_AMOUNTS: Final = {"money", "mass", "area"}
_LONG_AMOUNTS: Final = {"energy", "length", "volume"}


@cache
def contact_label() -> str:
    """Return a pattern for the labels of contacts: 联系人：, 监督电话：."""
    words = sorted((x.text for x in labels().values() if x.kind == "contact"), key=len)
    return f"(?:{'|'.join(map(re.escape, reversed(words)))})\\s*[:：]\\s*"


@cache
def telephone_hint() -> str:
    """Return a pattern (of XPath too) for what has the form of a telephone number."""
    return _NUMBER


@cache
def telephone() -> str:
    """Return a pattern for telephone numbers, not for amounts (13800138000元) and codes."""
    words = [
        unit.text
        for unit in units().values()
        if unit.kind in _AMOUNTS or (unit.kind in _LONG_AMOUNTS and len(unit.text) > 1)
    ]
    amount = f"\\s*[万亿]?(?:{'|'.join(map(re.escape, words))})"
    behind = f"(?!\\.?[0-9０-９A-Za-z])(?!{amount})"
    return f"(?<![0-9０-９A-Za-z.￥¥])(?:{_NUMBER}){behind}"
