"""Web pages: the article, its tables, and nothing of the site around it."""

from __future__ import annotations

import pytest

from mskg.readers import read_bytes

BODY = "<p>" + "为认真落实民生实事，现将有关任务分解如下，请各单位抓好落实。" * 3 + "</p>"


def text(markup: str, encoding: str = "utf-8") -> str:
    return read_bytes(markup.encode(encoding), "a.html").text


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("gb18030", "gb2312"),  # 镕 is no GB2312 character
        ("utf-8", "gb2312"),  # converted, without changing what it says
        ("utf-16", "utf-16"),
        ("gb18030", "utf-8"),
        ("gb18030", ""),
    ],
)
def test_encoding_is_found(encoding: str, declared: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    markup = f"<html><head>{meta}</head><body><p>民生实事由朱镕负责</p></body></html>"
    assert text(markup, encoding) == "民生实事由朱镕负责"


def test_big5_page() -> None:
    markup = "<html><head><meta charset=big5></head><body><p>民生實事工程</p></body></html>"
    assert text(markup, "big5") == "民生實事工程"


def test_site_is_left_out() -> None:
    menu = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(20))
    markup = (
        f"<body><ul>{menu}</ul><div class='TRS_Editor'><p>来源：本站 浏览次数：3</p>{BODY}"
        f"<p>第一项。</p></div><div><ul>{menu}</ul>主办单位：某县政府 ICP备1号</div></body>"
    )
    found = text(markup)
    assert found.endswith("第一项。")
    assert "栏目" not in found
    assert "浏览" not in found
    assert "ICP" not in found


def test_article_is_found_without_a_hint() -> None:
    menu = "".join(f"<a href='/{n}'>栏目{n}</a> " for n in range(50))
    markup = f"<body><div>{menu}</div><div><div>{BODY}<p>尾句。</p></div></div></body>"
    assert text(markup) == BODY[3:-4] + "\n尾句。"


def test_duty_line_of_the_plan_is_no_furniture() -> None:
    markup = f"<div id=zoom>{BODY}<p>主办单位：县教育局</p>{BODY}</div>"
    assert "主办单位：县教育局" in text(markup)


def test_title_and_number_outside_the_article_come_first() -> None:
    markup = (
        "<head><title>关于印发2024年民生实事方案的通知_某县人民政府</title></head><body>"
        "<table><tr><td>索引号</td><td>发文字号：某政办发〔2024〕3号</td></tr></table>"
        f"<div id=zoom>{BODY}</div></body>"
    )
    first, second, *_ = text(markup).split("\n")
    assert (first, second) == ("某政办发〔2024〕3号", "关于印发2024年民生实事方案的通知")


def test_a_number_alone_below_the_title_is_the_documents() -> None:
    body = BODY.replace("第一项", "按某政办发〔2023〕9号第一项")
    markup = (
        "<head><title>关于印发2024年民生实事方案的通知_某县人民政府</title></head><body>"
        "<h2>关于印发2024年民生实事方案的通知</h2><p>某政办发〔2024〕3号</p>"
        f"<div id=zoom>{body}</div></body>"
    )
    assert text(markup).split("\n")[0] == "某政办发〔2024〕3号"


def test_hidden_and_struck_text_is_dropped() -> None:
    markup = (
        "<p>看得见<span style='display: none'>看不见</span><del>划掉</del><script>x()</script>"
        "<ruby>实<rp>(</rp><rt>shí</rt><rp>)</rp></ruby>事</p><p hidden>藏起</p>"
    )
    assert text(markup) == "看得见实事"


def test_breaks_and_source_lines() -> None:
    assert text("<p>第一行<br/>第二\n   行 and\n more</p>") == "第一行\n第二行 and more"
    assert text("<pre>甲\n  乙</pre>") == "甲\n  乙"


def test_numbers_of_lists_are_printed() -> None:
    assert text("<ol start=3><li>甲</li><li>乙<ol type=a><li>丙</li></ol></li></ol>") == (
        "3. 甲\n4. 乙\na. 丙"
    )
    assert text("<ol style='list-style-type:cjk-ideographic'><li>甲</li></ol>") == "一、甲"
    assert text("<ol><li>1、甲</li><li>2、乙</li></ol>") == "1、甲\n2、乙"


def test_spans_put_cells_into_their_columns() -> None:
    markup = (
        "<table><tr><td rowspan=2>甲<td colspan=2>乙<td>丙<tr><td>丁<td>戊<td>己"
        "<tr><td rowspan=0>庚<td>辛<td>壬<td>癸</table>"
    )
    document = read_bytes(markup.encode(), "a.html")
    places = {
        document.text[b.begin : b.end]: (b.locator.row, b.locator.column, b.row_span, b.column_span)
        for b in document.blocks
    }
    assert places["甲"] == (1, 1, 2, 1)
    assert places["乙"] == (1, 2, 1, 2)
    assert places["丙"] == (1, 4, 1, 1)
    assert [places[c][1] for c in "丁戊己庚辛壬癸"] == [2, 3, 4, 1, 2, 3, 4]
    assert places["庚"][2] == 1


def test_layout_table_is_taken_apart() -> None:
    data = "<table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>"
    markup = f"<table><tr><td>菜单</td><td>{BODY}{data}</td></tr></table>"
    document = read_bytes(markup.encode(), "a.html")
    assert [b.kind for b in document.blocks].count("cell") == 6
    assert [b.kind for b in document.blocks].count("paragraph") == 1


def test_web_archive() -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
    part = b"Content-Type: text/html; charset=gb2312\n\n" + "<p>网页存档</p>".encode("gb18030")
    assert read_bytes(head + part + b"\n--x--\n", "a.doc").text == "网页存档"


def test_unclosed_tags_do_not_nest_without_end() -> None:
    markup = "<div id=zoom>" + "<font><b>民生实事。<p>" * 20_000 + "</div>"
    assert text(markup).count("民生实事。") == 20_000
