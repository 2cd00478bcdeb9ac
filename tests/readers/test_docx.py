"""Word documents: what the XML says and what is printed of it."""

from __future__ import annotations

import io
import zipfile

import pytest

from mskg.readers import read_bytes
from mskg.readers.numbering_styles import numbered

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def docx(body: str, **parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        )
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{xml}</w:{name}>")
    return packed.getvalue()


def text(body: str, **parts: str) -> str:
    return read_bytes(docx(body, **parts), "a.docx").text


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{content}</w:t></w:r>"


def item(content: str, level: int = 0, number: int = 1) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(r(content), numbering)


def level(number: int, form: str, label: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
    )


OUTLINE = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%1.%3.", "<w:isLgl/>")
    + level(3, "decimalEnclosedCircle", "%4")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (3, "ideographTraditional", "丙"),
        (20, "decimalEnclosedCircle", "⑳"),
        (4, "decimalEnclosedParen", "⑷"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (28, "upperLetter", "BB"),
        (14, "lowerRoman", "xiv"),
        (7, "decimalZero", "07"),
        (6, "bullet", ""),
    ],
)
def test_number_formats(value: int, form: str, shown: str) -> None:
    assert numbered(value, form) == shown


def test_levels_count_and_restart() -> None:
    body = [item("甲"), item("乙", 1), item("丙", 1), item("丁"), item("戊", 1), item("己", 2)]
    body += [item("庚", 3), item("辛", 3)]
    assert text("".join(body), numbering=OUTLINE).split("\n") == [
        *("一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "2.1. 己", "①庚", "②辛"),
    ]


def test_start_override_begins_a_list_and_counts_on() -> None:
    body = item("甲") + item("乙", number=2) + item("丙", number=2) + item("丁")
    assert text(body, numbering=OUTLINE) == "一、甲\n五、乙\n六、丙\n七、丁"


def test_numbering_through_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="S"><w:basedOn w:val="H"/></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        '<w:numFmt w:val="decimal"/><w:pStyle w:val="H"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    off = '<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p(r("5万户"), '<w:pStyle w:val="H"/>') + p(r("乙"), '<w:pStyle w:val="S"/>')
    body += p(r("没有编号"), off)
    assert text(body, numbering=numbering, styles=styles) == "3. 5万户\n4. 乙\n没有编号"


def test_number_alone_in_a_cell_is_its_text() -> None:
    cells = "".join(f"<w:tc>{x}</w:tc>" for x in (item(""), p(r("名称")), p(r("单位"))))
    assert text(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", numbering=OUTLINE) == "一、\n名称\n单位"


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = p(
        r("新建")
        + f"<w:ins>{r('改建')}</w:ins><w:del><w:r><w:delText>扩建</w:delText></w:r></w:del>"
        f"<w:moveFrom>{r('旧处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo>"
    )
    body += p(r("前半"), "<w:rPr><w:del/></w:rPr>") + p(r("后半"))
    rows = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    kept = rows.format("", *map(p, map(r, "甲乙丙")))
    gone = rows.format("<w:trPr><w:del/></w:trPr>", *map(p, map(r, "丁戊己")))
    table = f"<w:tbl>{kept}{gone}</w:tbl>"
    assert text(body + table) == "新建改建新处\n前半后半\n甲\n乙\n丙"


def test_what_is_not_printed_is_left_out() -> None:
    body = p(
        r("看得见") + r("看不见", "<w:vanish/>") + r("也看得见", '<w:vanish w:val="0"/>')
        + "<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='DATE'>"
        + r("2024年") + "</w:fldSimple>"
        + "<w:r><w:ruby><w:rt>" + r("pīn") + "</w:rt><w:rubyBase>" + r("拼")
        + "</w:rubyBase></w:ruby></w:r>"
    )  # fmt: skip
    assert text(body) == "看得见也看得见2024年拼"


def test_breaks_tabs_links_and_controls_are_kept() -> None:
    body = p(
        r("一") + "<w:r><w:br/></w:r>" + r("二") + "<w:r><w:tab/></w:r>"
        f"<w:hyperlink>{r('三')}</w:hyperlink><w:r><w:noBreakHyphen/></w:r>"
    )
    body += f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('四'))}</w:sdtContent></w:sdt>"
    assert text(body) == "一\n二\t三-\n四"


def test_text_box_is_read_once() -> None:
    inner = f"<w:txbxContent>{p(r('框内'))}</w:txbxContent>"
    body = p(
        r("框外") + "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>" + inner
        + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + inner
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip
    assert text(body) == "框外\n框内"


def test_cited_notes_follow_the_text() -> None:
    body = p(r("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + p(r("下文"))
    notes = f'<w:footnote w:id="1">{p(r("没用到"))}</w:footnote>'
    notes += f'<w:footnote w:id="2">{p(r("注释"))}</w:footnote>'
    assert text(body, footnotes=notes) == "正文\n下文\n注释"


def test_merged_cells_have_spans() -> None:
    def cell(content: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(content))}</w:tc>"

    rows = [
        cell("甲", '<w:vMerge w:val="restart"/>') + cell("乙") + cell("丙"),
        cell("", "<w:vMerge/>") + cell("丁", '<w:gridSpan w:val="2"/>'),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("戊") + cell("己"),
    ]
    document = read_bytes(
        docx("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"), "a.docx"
    )
    found = {
        document.text[b.begin : b.end]: (b.locator.row, b.locator.column, b.row_span, b.column_span)
        for b in document.blocks
    }
    assert found == {
        "甲": (1, 1, 2, 1), "乙": (1, 2, 1, 1), "丙": (1, 3, 1, 1),
        "丁": (2, 2, 1, 2), "戊": (3, 2, 1, 1), "己": (3, 3, 1, 1),
    }  # fmt: skip


def test_table_inside_a_cell_stays_in_it_and_frames_are_taken_apart() -> None:
    def table(*cells: str) -> str:
        return "<w:tbl><w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in cells) + "</w:tr></w:tbl>"

    inner = table(p(r("小甲")), p(r("小乙")))
    document = read_bytes(docx(table(p(r("长长的内容")) + inner, p(r("二")), p(r("三")))), "a.docx")
    assert document.text.startswith("长长的内容\n小甲 小乙\n二")
    assert {b.kind for b in document.blocks} == {"cell"}
    framed = read_bytes(docx(table(p(r("题目")) + p(r("正文")))), "a.docx")
    assert [b.kind for b in framed.blocks] == ["paragraph", "paragraph"]


def test_strict_form_is_read_too() -> None:
    data = docx(p(r("严格格式")))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        xml = old.read("word/document.xml").decode()
        xml = xml.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        new.writestr("word/document.xml", xml)
    assert read_bytes(strict.getvalue(), "a.docx").text == "严格格式"


@pytest.mark.parametrize("kind", ['w:type="page"', 'w:type="column"', ""])
def test_break_between_a_number_and_its_text(kind: str) -> None:
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p(f"<w:r><w:br {kind}/></w:r>" + r("道路工程"), numbering)
    assert text(body, numbering=OUTLINE) == "一、道路工程"


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_words_are_left_out_and_told(mark: str) -> None:
    body = p(r("新建道路") + r("52", mark) + r("46公里", '<w:strike w:val="0"/>'))
    document = read_bytes(docx(body), "a.docx")
    assert document.text == "新建道路46公里"
    assert document.notes == ("划掉的文字没有读：52",)
