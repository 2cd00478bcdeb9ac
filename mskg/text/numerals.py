"""Numbers as printed in Chinese official texts, as exact decimals."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["COMMA", "MULTIPLIERS", "chinese_number", "plain_number", "whole_number"]

COMMA = r"(?:(?<!\d),|,(?!\d{3}))"
"""A comma (folded) that parts clauses, not the one inside 3,500; a regular expression."""

MULTIPLIERS = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}


def plain_number(digits: str, multiplier: str = "") -> Decimal:
    """Return the value of ASCII `digits` times `multiplier`.

    Thousands may be parted by commas, or by spaces as GB/T 15835 has it.

    Exact: ``plain_number("0.459666", "万")`` is ``Decimal("4596.66")``.

    Raises
    ------
    KeyError
        If `multiplier` is not one of `MULTIPLIERS`.
    """
    plain = digits.replace(",", "").replace(" ", "")
    if not multiplier and plain.isdecimal():  # most numbers
        return Decimal(plain)
    whole, _, part = plain.partition(".")
    zeros = MULTIPLIERS[multiplier].adjusted()
    # Moving the point rounds nothing, however long the number is.
    part = part.ljust(zeros, "0")
    rest = part[zeros:].rstrip("0")
    return Decimal(f"{whole}{part[:zeros]}.{rest}" if rest else whole + part[:zeros])


def whole_number(text: str) -> int | None:
    """Return the value of a whole number (21, 二十一, or one circled sign: ⑳), else None."""
    if text.isdecimal():
        return int(text)
    return _CIRCLED.find(text) + 1 if len(text) == 1 and text in _CIRCLED else chinese_number(text)


def chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral (二十一, 一百零五, 二〇二三), else None."""
    text = text.translate(_FORMAL)
    if not text or any(c not in _DIGITS and c not in _TENS and c not in _GROUPS for c in text):
        return None
    if all(c in _DIGITS for c in text):  # a year or a single digit: 二〇二三
        return int("".join(str(_DIGITS[c]) for c in text))
    return _positional(text)


def _positional(text: str) -> int | None:
    total = section = digit = 0
    last = 1_000_000_000
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            if _TENS[c] >= last and section:
                return None
            section += (digit or 1) * _TENS[c]
            last, digit = _TENS[c], 0
        else:
            total = (total + section + digit) * _GROUPS[c]
            section = digit = 0
            last = 1_000_000_000
    # 一百五 is 150 in speech; official texts write 一百五十, so the digit stands as it is.
    return total + section + digit
