"""Numbers and dates of a spreadsheet cell as its format prints them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

__all__ = ["BUILT_IN", "from_serial", "is_date_format", "shown_date", "shown_number"]

# Formats that a file names only by number (ECMA-376 part 1, 18.8.30; zh-cn column).
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 30: "m/d/yy",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    31: 'yyyy"年"m"月"d"日"',
}  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DATE_PART = re.compile(r"yyyy|yy|m{1,5}|d{1,4}|h{1,2}|s{1,2}|AM/PM|上午/下午", re.IGNORECASE)
_NUMBER_PART = re.compile(r"[#0?,.]*[#0?][#0?,.]*")


def is_date_format(code: str) -> bool:
    """Tell whether `code` prints a date or time."""
    bare = _LITERAL.sub("", code.partition(";")[0])
    return re.search(r"(?i)[ymdhs]", bare) is not None and "general" not in bare.lower()


def from_serial(serial: float, *, since_1904: bool = False) -> datetime | None:
    """Return the date of a spreadsheet serial number, None where it is none."""
    origin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    if not 0 <= serial < 2_958_466:  # the year 10000
        return None
    return origin + timedelta(days=serial)


def shown_date(moment: date | datetime | time | timedelta, code: str = "") -> str:
    """Return a date as `code` prints it, always in the order year, month, day.

    A format without day gives no day: 2023年6月 must not become the first of June.
    """
    if isinstance(moment, time | timedelta):
        return str(moment)
    bare = _LITERAL.sub("", code.partition(";")[0]).lower()
    bare = re.sub(r"h+\W?m+", "", bare)  # minutes
    if not re.search(r"[ymd]", bare):
        bare = "ymd"
    day = f"{moment.day}日" if "d" in bare else ""
    month = f"{moment.month}月" if "m" in bare else ""
    return (f"{moment.year}年" if "y" in bare else "") + month + day


def shown_number(text: str, code: str = "") -> str:
    """Return a stored number as `code` prints it: percent, decimals, words around it."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    section = code.partition(";")[0]
    bare = _LITERAL.sub("", section)
    percent = "%" in bare
    if not code or "general" in code.lower() or re.search(r"[eE/@]", bare):
        return _plain(number)
    match = _NUMBER_PART.search(bare)
    if not match:
        return _plain(number)
    decimals = len(match[0].partition(".")[2].replace(",", ""))
    value = (number * 100 if percent else number).quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP
    ) if abs(number) < Decimal(10) ** 20 else number  # fmt: skip
    before, after = _words(section)
    return f"{before}{_plain(value)}{'%' if percent else ''}{after}"


def _plain(number: Decimal) -> str:
    """Return digits without exponent and without the noise of binary fractions."""
    rounded = Decimal(f"{number:.15g}") if number else Decimal(0)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _words(section: str) -> tuple[str, str]:
    """Return the literal text of a format before and behind its number: 0"万元"."""
    words = ["", ""]
    behind = 0
    for match in re.finditer(rf"{_LITERAL.pattern}|({_NUMBER_PART.pattern})", section):
        if match[3]:
            behind = 1
        else:
            words[behind] += match[1] or match[2] or ""
    return words[0], words[1]
