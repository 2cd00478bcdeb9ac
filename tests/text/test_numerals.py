"""Numerals: Chinese ones against a renderer of our own, printed ones as exact decimals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mskg.text import chinese_number, plain_number

if TYPE_CHECKING:
    from decimal import Decimal

DIGITS = "零一二三四五六七八九"


def written(n: int) -> str:
    """Write `n` (1 to 99,999,999) as official texts do: 一万零五十, 十二, 一百一十."""
    high, low = divmod(n, 10_000)
    text = _section(high) + "万" if high else ""
    if low:
        gap = bool(high) and low < 1000
        text += ("零" if gap else "") + _section(low)
    return text.removeprefix("一") if text.startswith("一十") else text


def _section(n: int) -> str:
    text, gap = "", False
    for position, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, position)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
            gap = False
        elif text:
            gap = True
    return text


@pytest.mark.parametrize(
    ("n", "text"),
    [(10, "十"), (12, "十二"), (110, "一百一十"), (1005, "一千零五"), (10_050, "一万零五十"),
     (200_000, "二十万"), (1_000_001, "一百万零一"), (30_004_000, "三千万四千")],
)  # fmt: skip
def test_the_renderer_writes_as_people_do(n: int, text: str) -> None:
    assert written(n) == text


@given(st.integers(1, 99_999_999))
@example(99_999_999)
@example(10_000)
def test_chinese_number_reads_what_was_written(n: int) -> None:
    assert chinese_number(written(n)) == n


@given(st.integers(1, 99_999_999))
def test_formal_and_colloquial_digits_mean_the_same(n: int) -> None:
    plain = written(n)
    formal = plain.translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert chinese_number(formal) == n
    assert chinese_number(plain.replace("二千", "两千").replace("零", "〇")) == n


@given(st.integers(1900, 2099))
def test_years_are_read_digit_by_digit(year: int) -> None:
    assert chinese_number("".join(DIGITS[int(d)] for d in str(year))) == year
    assert chinese_number("".join("〇一二三四五六七八九"[int(d)] for d in str(year))) == year


@pytest.mark.parametrize("text", ["", "三个", "12", "第三", "十 二", "二十一项", "几十", "半"])
def test_what_is_no_chinese_numeral_is_none(text: str) -> None:
    assert chinese_number(text) is None


MULTIPLIERS = {
    "": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "万亿": 10**12,
}  # fmt: skip


@given(
    st.decimals(min_value=0, max_value=10**9, places=6, allow_nan=False),
    st.sampled_from(sorted(MULTIPLIERS)),
)
def test_plain_number_is_exact(value: Decimal, multiplier: str) -> None:
    assert plain_number(f"{value:f}", multiplier) == value * MULTIPLIERS[multiplier]


@given(st.integers(0, 10**12))
def test_thousands_commas_change_nothing(n: int) -> None:
    assert plain_number(f"{n:,}") == n


@given(st.integers(0, 10**60))
@example(12345678901234567890123456789012345)
def test_long_numbers_stay_exact(n: int) -> None:
    assert int(plain_number(str(n))) == n


@pytest.mark.parametrize(
    ("digits", "multiplier", "wanted"),
    [("1.75", "万", "17500"), ("0.459666", "万", "4596.66"), ("16.4", "亿", "1640000000"),
     ("0.885", "万", "8850"), ("7.2", "万", "72000"), ("1,200", "", "1200"), ("35.0", "", "35")],
)  # fmt: skip
def test_numbers_are_printed_without_exponent(digits: str, multiplier: str, wanted: str) -> None:
    assert str(plain_number(digits, multiplier)) == wanted


def test_an_unknown_multiplier_is_an_error() -> None:
    with pytest.raises(KeyError):
        plain_number("3", "打")
