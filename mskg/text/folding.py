"""Folding of script and width into an index form of equal length.

Stored text and quotes stay as printed; only matching looks at the folded form. Script is
folded by OpenCC ``t2s``, which keeps one character one character (a phrase profile would
rewrite words and so falsify quotations).
"""

from __future__ import annotations

import re
from functools import cache
from operator import ne
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["fold", "is_han", "letter_digits", "misread", "script_of", "unspaced"]

# Full-width ASCII to ASCII; full stops, enumeration commas and quotes keep their
# own form. 〔2023〕 and 各县〔市、区〕 are printed with other brackets as often.
_WIDTH = {0xFF01 + i: chr(0x21 + i) for i in range(94)} | {
    0x3000: " ",
    0x00A0: " ",
    0x2003: " ",
    ord("﹪"): "%",
    ord("﹙"): "(",
    ord("﹚"): ")",
    ord("〔"): "(",
    ord("〕"): ")",
    ord("["): "[",
    ord("「"): "“",
    ord("」"): "”",
    ord("『"): "“",
    ord("』"): "”",
    ord("〝"): "“",
    ord("〞"): "”",
    ord("﹣"): "-",
    ord("－"): "-",
    ord("–"): "-",
    ord("—"): "-",
    ord("―"): "-",
    ord("―"): "-",
    ord("～"): "~",
    ord("〜"): "~",
    ord("∼"): "~",
    ord("．"): ".",
    ord("｡"): "。",
    ord("﹑"): "、",
    ord("﹐"): ",",
    ord("﹔"): ";",
    ord("﹕"): ":",
    ord("､"): "、",
    # t2s leaves them alone because 著 is also a simplified character; as a cue it is 着.
    ord("著"): "着",
    ord("囘"): "回",
}
# 📌责任单位: a picture before a word is a bullet.
_PICTURE = re.compile("[\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f9ff]")
_OFTEN = [(sign, _WIDTH[ord(sign)]) for sign in "，：；（）！？　—〔〕"]
_ANY_WIDTH = re.compile(f"[{re.escape(''.join(map(chr, _WIDTH)))}]")
# OCR writes l or I for 1 and O for 0: in a numeral with other digits (32OO人), alone before what
# is counted (l所, ll月); never inside a word such as IPv4 or in O2O.
_LETTER_NUMERAL = re.compile(
    r"(?<![A-Za-z\d.])(?![\dlI.,]*O2O)(?=[\dlIO.,]*[lIO])"
    r"(?:(?=[lIO.,]*\d)[\dlIO]+(?:[.,][\dlIO]+)*(?=\s?[\u3400-\u9fff%])|[lI]{1,2}(?=[月日万亿所处座个项条名户人套栋]))"
)
_DIGITS = str.maketrans("lIO", "110")
# It takes 曰 for 日, 未 for 末 and 己 for 已: 9月1曰前, 6月未前, 己建成.
_MISREAD = re.compile(
    r"(?<=[\d一二三四五六七八九十])曰|(?<=月)未(?=前)|(?<![自知克利体])己(?=[建完开投累到竣改])"
)
_MEANT = {"曰": "日", "未": "末", "己": "已"}


@cache
def _to_simplified() -> Callable[[str], str]:
    import opencc

    convert: Any = opencc.OpenCC("t2s").convert
    return convert  # type: ignore[no-any-return]


@cache
def _traditional() -> re.Pattern[str]:
    """Return a pattern for the characters that t2s changes, of which most texts have none."""
    signs = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    simple = _to_simplified()("\n".join(signs)).split("\n")
    changed = "".join(sign for sign, other in zip(signs, simple, strict=True) if sign != other)
    return re.compile(f"[{changed}\U00020000-\U0003ffff]")


def _simplify(text: str) -> str:
    if _traditional().search(text) is None:
        return text
    convert = _to_simplified()
    folded = convert(text)
    if len(folded) == len(text):
        return folded
    # Never seen with t2s, but offsets depend on it: fall back to one character at a time.
    return "".join(c if len(s := convert(c)) != 1 else s for c in text)


_STRAIGHT = re.compile(r'"([^"\n]{1,60})"')  # quotes that a keyboard sets alike on both sides


def fold(text: str) -> str:
    """Return `text` in simplified script and half width, of equal length."""
    folded = _simplify(text)
    for wide, narrow in _OFTEN:  # one after the other in a tenth of the time that all take at once
        folded = folded.replace(wide, narrow)
    if _ANY_WIDTH.search(folded):
        folded = folded.translate(_WIDTH)
    if _PICTURE.search(folded):
        folded = _PICTURE.sub("●", folded)
    if '"' in folded:
        folded = _STRAIGHT.sub(r"“\1”", folded)
    if any(sign in folded for sign in ("曰", "月未", "己")):
        folded = _MISREAD.sub(lambda match: _MEANT[match.group()], folded)
    if not _has_letters(folded):
        return folded
    return _LETTER_NUMERAL.sub(lambda match: match.group().translate(_DIGITS), folded)


def unspaced(text: str) -> str:
    """Return `text` without any white space."""
    return "".join(text.split())


def misread(text: str) -> list[int]:
    """Return the offsets of characters in `text` that OCR took for others (9月1曰, 6月未前)."""
    if not any(sign in text for sign in _MEANT):
        return []
    return [match.start() for match in _MISREAD.finditer(text.translate(_WIDTH))]


def letter_digits(text: str) -> list[int]:
    """Return where in `text` the first letter of each numeral is that has any (l5元, 1O0人)."""
    if not _has_letters(text):
        return []
    numerals = _LETTER_NUMERAL.finditer(text.translate(_WIDTH))
    return [
        next(at for at in range(*match.span()) if text[at] in "lIOｌＩＯ") for match in numerals
    ]


def _has_letters(text: str) -> bool:
    # Plain searches are a hundred times quicker than the pattern, and most texts have none.
    return any(letter in text for letter in "lIOｌＩＯ")


def is_han(character: str) -> bool:
    """Tell whether `character` is a CJK ideograph."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def script_of(text: str) -> str:
    """Return ``simplified``, ``traditional`` or ``mixed`` for the Han characters of `text`.

    Traditional when more than 5 % of them change under t2s (whole documents show 20–35 %),
    mixed when some do (stray characters in a simplified text show about 0.1 %).
    """
    simplified = _simplify(text)
    if simplified == text:
        return "simplified"
    total = max(1, sum(map(is_han, text)))
    changed = sum(map(ne, text, simplified))
    return "traditional" if changed / total > 0.05 else "mixed"
