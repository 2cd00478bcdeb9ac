"""Folding keeps every offset; views lead back to what is printed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mskg.text import FoldedText, fold, is_han, script_of

CJK = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x3000, 0x303F), (0xFF00, 0xFFEF)]
CJK += [(0x20000, 0x2A6DF), (0x2F800, 0x2FA1F)]
TEXT = st.text(
    st.one_of(
        st.sampled_from("新建學位６００個，（責任單位：縣教育局）。完成30%\n\t　 ab12“”"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(("first", "last"), CJK)
def test_every_cjk_character_folds_to_one_character(first: int, last: int) -> None:
    for code in range(first, last + 1):
        assert len(fold(chr(code))) == 1, hex(code)


@pytest.mark.parametrize(("first", "last"), CJK)
def test_characters_fold_alike_alone_and_in_a_run(first: int, last: int) -> None:
    run = "".join(map(chr, range(first, last + 1, 7)))
    assert fold(run) == "".join(map(fold, run))


@given(TEXT)
def test_folding_keeps_length_and_is_stable(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("責任單位：縣衛生健康委員會", "责任单位:县卫生健康委员会"),
        ("新增學位６００個，", "新增学位600个,"),
        ("（１）", "(1)"),
        ("９５％", "95%"),
        ("９５﹪", "95%"),
        ("１—９月", "1-9月"),
        ("１～９月", "1~9月"),
        ("「兩癌」", "“两癌”"),
        ("圍繞著民生", "围绕着民生"),
        ("乾淨乾部", "干净干部"),
        ("。、《》", "。、《》"),
        # what OCR takes for another character
        ("培训32OO人、l.2万户", "培训3200人、1.2万户"),
        ("新建敬老院l所，ll月底前完工", "新建敬老院1所,11月底前完工"),
        ("9月1曰前、6月未前", "9月1日前、6月末前"),
        ("己建成35处", "已建成35处"),
        ("自己建成、周末未前往、IPv4、O2O平台、A1区", "自己建成、周末未前往、IPv4、O2O平台、A1区"),
    ],
)
def test_script_and_width(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_phrases_are_not_reworded() -> None:
    # A phrase profile turns 滑鼠 and 網路 into the words of the other side of the strait.
    assert fold("網路滑鼠") == "网路滑鼠"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("新建公办幼儿园两所", "simplified"),
        ("新建公辦幼兒園兩所，責任單位：縣教育局", "traditional"),
        ("", "simplified"),
        ("abc 123", "simplified"),
        ("新建公办幼儿园，改造老旧小区" * 20 + "縣", "mixed"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize("character", "一鿿㐀𠀀")
def test_han(character: str) -> None:
    assert is_han(character)


@pytest.mark.parametrize("character", "，1aあ。〇 ")
def test_not_han(character: str) -> None:
    assert not is_han(character)


@given(TEXT, st.data())
def test_view_leads_back_to_the_document(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    view = FoldedText(text).view(begin, end)
    assert len(view.text) == len(view.folded) == len(view.origin) == len(view)
    assert list(view.origin) == sorted(set(view.origin))
    for character, folded, origin in zip(view.text, view.folded, view.origin, strict=True):
        assert begin <= origin < end
        printed = text[origin]
        assert character == printed or (character == " " and printed.isspace())
        assert folded == fold(character)
    kept = "".join(text[begin:end].split())
    assert "".join(view.text.split()) == kept


@given(TEXT.filter(lambda text: bool(text.split())), st.data())
def test_ranges_hold_the_characters_of_the_view(text: str, data: st.DataObject) -> None:
    view = FoldedText(text).view()
    left = data.draw(st.integers(0, len(view) - 1))
    right = data.draw(st.integers(left + 1, len(view)))
    begin, end = view.range(left, right)
    assert "".join(text[begin:end].split()) == "".join(view.text[left:right].split())
    cut = view.cut(left, right)
    assert (cut.text, cut.origin) == (view.text[left:right], view.origin[left:right])
    assert cut.range(0, len(cut)) == (begin, end)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("新建 2 所", "新建2所"),
        ("区农\n业农村局", "区农业农村局"),
        ("完成10\n20项", "完成10 20项"),
        ("B 超 检查", "B超检查"),
        (" \n　 ", ""),
    ],
)
def test_white_space_in_views(text: str, shown: str) -> None:
    assert FoldedText(text).view().text == shown


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("区农\n业农村局", "区农业农村局"),
        ("新建 公办 幼儿园", "新建公办幼儿园"),
        ("完成 2 所", "完成 2 所"),
        ("2023 年\n6 月", "2023 年6 月"),
        ("  新建。\n", "新建。"),
        ("", ""),
    ],
)
def test_printed(text: str, printed: str) -> None:
    assert FoldedText(text).printed(0, len(text)) == printed


@given(TEXT)
def test_printed_keeps_every_character_that_is_no_space(text: str) -> None:
    shown = FoldedText(text).printed(0, len(text))
    assert "".join(shown.split()) == "".join(text.split())
    assert "\n" not in shown


def test_traditional_and_simplified_text_share_offsets() -> None:
    printed = "新建公辦幼兒園２所，責任單位：縣教育局"
    folded = FoldedText(printed)
    at = folded.folded.index("县教育局")
    assert printed[at : at + 4] == "縣教育局"
    assert folded.folded.index("责任单位") == printed.index("責任單位")
    assert unicodedata.normalize("NFKC", printed[7]) == folded.folded[7] == "2"
