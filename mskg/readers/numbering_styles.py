"""Numbers of automatic lists as a word processor prints them (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from typing import Final

__all__ = ["numbered"]

_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_OLD = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
# One character for a number, from 1 on; behind the last one plain digits follow.
_SIGNS: Final = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
_SIGNS["decimalEnclosedCircleChinese"] = _SIGNS["decimalEnclosedCircle"]
_COUNTING = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "taiwaneseDigital",
    "japaneseDigitalTenThousand",
    "koreanDigital2",
}
_DIGITWISE = {
    "ideographDigital",
    "taiwaneseDigital",
    "japaneseDigitalTenThousand",
    "koreanDigital2",
}
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def numbered(value: int, style: str) -> str:
    """Return `value` in the number format `style`, such as ``chineseCounting``.

    Unknown formats give plain digits; ``none`` and ``bullet`` give nothing.
    """
    if style in {"none", "bullet"}:
        return ""
    if value < 1:
        return str(value)
    if style in _SIGNS:
        signs = _SIGNS[style]
        return signs[value - 1] if value <= len(signs) else str(value)
    if style in _COUNTING:
        return _counting(value, style)
    if style in {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}:
        return _legal(value, _LEGAL if style == "chineseLegalSimplified" else _LEGAL_OLD)
    if style in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if style == "upperLetter" else letter.lower()
    if style in {"upperRoman", "lowerRoman"}:
        return _roman(value) if style == "upperRoman" else _roman(value).lower()
    return _digits(value, style)


def _digits(value: int, style: str) -> str:
    if style == "decimalZero":
        return f"{value:02d}"
    if style == "numberInDash":
        return f"- {value} -"
    if style in {"decimalFullWidth", "decimalFullWidth2"}:
        return str(value).translate({ord("0") + n: ord("０") + n for n in range(10)})
    return str(value)


def _counting(value: int, style: str) -> str:
    """Return 十一 for 11; in two formats of Word only up to a bound, then digit by digit."""
    if style in _DIGITWISE or (style == "chineseCounting" and value > 99) or value > 9999:
        return "".join(_HAN[int(digit)] for digit in str(value))
    text = _legal(value, "零" + _HAN[1:], "十百千")
    return text.removeprefix("一") if 10 <= value < 20 else text


def _legal(value: int, digits: str, units: str = "拾佰仟") -> str:
    if value > 9999:
        return str(value)
    text = ""
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            text += digits[digit] + (units[place - 1] if place else "")
        elif text and value % 10**place:
            text += "" if text.endswith(digits[0]) else digits[0]
    return text


def _roman(value: int) -> str:
    text = ""
    for number, sign in _ROMAN:
        text += sign * (value // number)
        value %= number
    return text
