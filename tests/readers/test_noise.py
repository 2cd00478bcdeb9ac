"""What copying and printing add is dropped and reported; what only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mskg.readers import read_bytes


def read(text: str) -> tuple[str, tuple[str, ...]]:
    document = read_bytes(text.encode(), "a.txt")
    return document.text, document.notes


def test_pinyin_that_comes_again_and_again() -> None:
    text = "民生實(shí)事\n" * 4 + "為（wèi）民"
    assert read(text) == ("民生實事\n" * 4 + "為民", ("去掉了夹在字后的拼音 5 处",))


@pytest.mark.parametrize("text", ["实(shí)事" * 4, "甲(a)乙(b)丙(c)丁(d)戊(e)", "PM2.5（é）" * 6])
def test_other_brackets_stay(text: str) -> None:
    assert read(text) == (text, ())


@pytest.mark.parametrize(
    "line", ["— 3 —", "-3-", "－ 12 －", "第3页", "第 3 页 共 5 页", "共5页，第3页", "Page 3 of 5"]
)
def test_page_number_lines(line: str) -> None:
    assert read(f"上页\n{line}\n下页") == ("上页\n下页", ("去掉了单独成行的页码 1 行",))


@pytest.mark.parametrize("line", ["3", "2023-2024", "第3项", "—", "见第3页", "--"])
def test_other_short_lines_stay(line: str) -> None:
    assert read(f"上文\n{line}\n下文") == (f"上文\n{line}\n下文", ())


def test_invisible_characters() -> None:
    text, notes = read("民\u200b生\u00ad实\ufeff事")
    assert (text, notes) == ("民生实事", ("去掉了看不见的字符 3 个",))


def test_entities_become_characters() -> None:
    text, notes = read("新增&nbsp;12&nbsp;所，&ldquo;两癌&rdquo;&ge;95%，R&D;&#20844;厕")
    assert text == "新增\xa012\xa0所，“两癌”≥95%，R&D;公厕"
    assert notes == ("还原了网页的字符代码（如 &nbsp;）6 处",)


def test_radicals_become_characters() -> None:
    assert read("⺠⽣实事⼀项") == ("民生实事一项", ("部首写法改回了汉字（如⺠→民）3 处",))


def test_form_feeds_count_pages_and_lines_keep_their_numbers() -> None:
    document = read_bytes("甲\n\f乙\n— 1 —\n丙\v丁".encode(), "a.txt")
    assert document.text == "甲\n乙\n丙\n丁"
    places = [(b.locator.page, b.locator.line) for b in document.blocks]
    assert places == [(1, 1), (2, 2), (2, 4)]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_spans_hold_for_any_text(text: str) -> None:
    document = read_bytes(("民" + text).encode(), "a.txt")
    for block in document.blocks:
        quote = document.text[block.begin : block.end]
        assert quote
        assert document.span(block.begin, block.end).quote == quote


def test_keycaps() -> None:
    text = "1\ufe0f\u20e3 修路\n  \U0001f51f修桥\n热线1\ufe0f\u20e32\u20e3345"
    note = "按键符号改成了数字（如 1️⃣→1、）3 处"
    assert read(text) == ("1、 修路\n  10、修桥\n热线12345", (note,))
