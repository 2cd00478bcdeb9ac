"""What style sheets hide or strike out, and tables that are made of boxes."""

from __future__ import annotations

import pytest

from mskg.readers import read_bytes
from tests.readers.test_html import BODY, text

HEAD = ("序号", "项目名称", "建设内容", "责任单位")
ROWS = (("1", "道路工程", "新建道路3条", "县住建局"), ("2", "饮水工程", "新建水厂2座", "县水务局"))


def styled(rules: str, markup: str) -> str:
    return text(f"<head><style>{rules}</style></head><body>{BODY}{markup}</body>")


@pytest.mark.parametrize(
    "rules",
    [
        ".m{display:none}",
        "div.m , .n { color: red; display : none }",
        "#b{visibility:hidden}",
        "<!-- .m{color:red} body > div.m {display:none!important} -->",
        ".m{display:block} div.m{display:none} .m{display:inline}",  # the nearer rule wins
        "@media (max-width:700px){.m{display:block}} .m{display:none}",
    ],
)
def test_copies_hidden_by_a_style_are_left_out(rules: str) -> None:
    assert "手机版" not in styled(rules, '<div class="m" id="b"><p>手机版</p></div>')


@pytest.mark.parametrize(
    "rules",
    [
        ".m:hover{display:none}",
        "@media print{.m{display:none}}",
        "@media (max-width:700px){.m{display:none}}",
        ".m{display:none} .m#b{display:block}",
        ".m{",
        "}{;display:none",
    ],
)
def test_what_is_shown_is_read(rules: str) -> None:
    assert "正文" in styled(rules, '<div class="m" id="b"><p>正文</p></div>')


@pytest.mark.parametrize(
    "markup",
    [
        "<del>52</del>46公里",
        "<s>52</s>46公里",
        '<span style="text-decoration:line-through">52</span>46公里',
        '<span class="old">52</span>46公里',
    ],
)
def test_struck_words_are_left_out_and_told(markup: str) -> None:
    style = "<head><style>.old{text-decoration: line-through red}</style></head>"
    page = f"{style}{BODY}<p>{markup}</p>"
    document = read_bytes(page.encode(), "a.html")
    assert document.text.endswith("46公里")
    assert "52" not in document.text
    assert any("划掉" in note and "52" in note for note in document.notes)


def test_references_to_notes_are_left_out() -> None:
    assert text(f"{BODY}<p>46公里<sup>[1]</sup>，30m<sup>2</sup></p>").endswith("46公里，30m2")


@pytest.mark.parametrize(
    ("outer", "row", "cell"),
    [("div", "div", "div"), ("ul", "li", "span"), ("dl", "dd", "p"), ("div", "ul", "li")],
)
def test_tables_of_boxes(outer: str, row: str, cell: str) -> None:
    rows = "".join(
        f"<{row}>" + "".join(f"<{cell}>{c}</{cell}>\n" for c in r) + f"</{row}>"
        for r in (HEAD, *ROWS)
    )
    document = read_bytes(f"{BODY}<{outer}>{rows}</{outer}>".encode(), "a.html")
    cells = {(b.locator.row, b.locator.column): document.text[b.begin : b.end]
             for b in document.blocks if b.kind == "cell"}  # fmt: skip
    assert cells == {
        (r, c): value for r, row in enumerate((HEAD, *ROWS), 1) for c, value in enumerate(row, 1)
    }


@pytest.mark.parametrize("apart", [False, True])
def test_boxes_side_by_side_and_a_head_of_its_own(apart: bool) -> None:
    def boxes(row: tuple[str, ...]) -> str:
        return "".join(f"<div>{c}</div>" for c in row)

    flat = f"<div class=grid>{''.join(map(boxes, (HEAD, *ROWS)))}</div>"
    body = "".join(f"<div>{boxes(row)}</div>" for row in ROWS)
    split = f"<div><div><div>{boxes(HEAD)}</div></div><div>{body}</div></div>"
    document = read_bytes((BODY + (split if apart else flat)).encode(), "a.html")
    places = [b.locator for b in document.blocks if b.kind == "cell"]
    assert max((p.row, p.column) for p in places) == (3, 4)


def test_boxes_of_text_are_no_table() -> None:
    markup = "<div><div><span>一、</span><span>道路</span><span>工程</span></div></div>"
    document = read_bytes((BODY + markup).encode(), "a.html")
    assert all(b.kind == "paragraph" for b in document.blocks)


def test_numbers_of_a_reversed_list() -> None:
    markup = f"{BODY}<ol reversed><li>甲</li><li>乙</li><li value=7>丙</li><li>丁</li></ol>"
    assert text(markup).split("\n")[-4:] == ["4. 甲", "3. 乙", "7. 丙", "6. 丁"]
