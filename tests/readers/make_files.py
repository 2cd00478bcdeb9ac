"""Make the files under ``files/`` with the programs that people make such files with.

Run it where LibreOffice (writer and calc), Chromium and a Chinese font are installed::

    python tests/readers/make_files.py

The two plans in it are invented. ``list`` is a notice with automatic numbering, a tracked
insertion and a tracked deletion; ``table`` has a table with merged cells over several pages.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = Path(__file__).parent / "files"

LIST_HEAD = (
    "云岭县人民政府办公室",
    "云政办发〔2024〕15号",
    "云岭县人民政府办公室关于印发2024年民生实事项目实施方案的通知",
    "各乡（镇）人民政府，县政府各部门：",
    "《云岭县2024年民生实事项目实施方案》已经县政府同意，现印发给你们，请认真组织实施。",
    "云岭县人民政府办公室",
    "2024年2月18日",
    "云岭县2024年民生实事项目实施方案",
)
# Level and text of the numbered paragraphs: 一、 above （一）, which starts again.
LIST_BODY = (
    (1, "总体要求"),
    (0, "坚持尽力而为、量力而行，集中力量办好群众关心的民生实事，"
        "让改革发展成果更多更公平惠及全县人民。"),
    (1, "重点任务"),
    (2, "城镇老旧小区改造项目。改造老旧小区12个、惠及居民1860户，6月底前完成40%，11月底前全部完成。"
        "（牵头单位：县住建局，配合单位：县财政局、县自然资源局）"),
    (2, "农村公路提升项目。新建、改建农村公路85.6公里，10月底前完工通车。"
        "（牵头单位：县交通运输局）"),
    (2, "就业促进项目。城镇新增就业3200人以上，开展职业技能培训1500人次。（牵头单位：县人社局）"),
    (2, "养老服务提升项目。建成乡镇养老服务中心3所，新增养老床位150张，为260户困难老年人家庭实施"
        "适老化改造。（牵头单位：县民政局，配合单位：县残联）"),
    (2, "教育扩容项目。新建公办幼儿园2所，新增学位540个，9月1日前投入使用。（牵头单位：县教育局）"),
    (1, "保障措施"),
    (2, "加强组织领导。各牵头单位要制定工作方案，明确时间节点。"),
    (2, "加强督促检查。县政府督查室要定期通报进展情况。"),
)  # fmt: skip

TABLE_HEAD = (
    "青石区2025年民生实事任务清单",
    "青政办发〔2025〕7号",
    "青石区人民政府办公室",
    "2025年1月20日",
)
HEADER = ("序号", "项目名称", "目标任务", "完成时限", "牵头单位", "配合单位", "备注")
ROWS = (
    ("1", "供水管网改造工程", "改造老旧供水管网36公里，更换智能水表8500块。",
     "3月底，完成招投标；\n6月底，完成管网改造18公里；\n9月底，完成管网改造36公里；\n11月底，竣工验收。",
     "区水务局", "区财政局、区城管局", ""),
    ("2", "医疗服务提升工程", "为5200名适龄妇女免费开展“两癌”筛查。",
     "4月底，启动筛查；\n8月底，完成筛查3000人；\n12月底，完成筛查5200人。",
     "区卫生健康局", "区妇联", ""),
    ("", "", "新建村卫生室6所，配备康复设备24套。", "5月底，开工建设；\n10月底，全部建成投用。",
     "区卫生健康局", "各乡镇", ""),
    ("", "", "培训家庭医生80名，家庭医生签约率达到75%以上。", "12月底，完成年度任务。",
     "区医疗保障局", "", ""),
    ("3", "校园食堂改造工程", "改造提升学校食堂14个，实现“明厨亮灶”全覆盖。",
     "2月底，完成摸底；\n7月底，完成改造10个；\n8月底，完成改造14个。",
     "区教育局", "区市场监管局", ""),
    ("4", "公共充电设施建设工程", "新建公共充电桩420个，新增停车泊位900个。",
     "6月底，建成充电桩200个；\n11月底，建成充电桩420个。", "区发展改革局", "区交通运输局", ""),
    ("", "", "建设电动自行车集中充电点35处。", "9月底，完成建设任务。", "区住房城乡建设局",
     "区消防救援大队", ""),
    ("5", "文化惠民工程", "开展文化惠民演出60场次，建设体育公园2个、健身步道5条。",
     "6月底，完成演出30场次；\n11月底，完成演出60场次，体育公园建成开放。", "区文化和旅游局",
     "各街道", ""),
)  # fmt: skip
NUMERALS = "一二三四五六七八九十"


def list_lines() -> list[str]:
    """Return the list plan as lines of text, numbers written out."""
    lines = list(LIST_HEAD)
    first = second = 0
    for level, text in LIST_BODY:
        if level == 1:
            first, second = first + 1, 0
            lines.append(f"{NUMERALS[first - 1]}、{text}")
        elif level == 2:
            second += 1
            lines.append(f"（{NUMERALS[second - 1]}）{text}")
        else:
            lines.append(text)
    return lines


def table_lines() -> list[str]:
    """Return the table plan as text, a cell a line, opened by a tab."""
    lines = list(TABLE_HEAD)
    for row in (HEADER, *ROWS):
        lines += ["", *(f"\t{cell}" for cell in row)]
    return lines


def merged_rows() -> dict[int, int]:
    """Return row → rows that its first two cells span."""
    spans: dict[int, int] = {}
    first = 0
    for number, row in enumerate(ROWS):
        first = number if row[0] else first
        spans[first] = spans.get(first, 0) + 1
    return spans


def table_markup() -> str:
    """Return the table as HTML."""
    spans = merged_rows()
    rows = ["<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in HEADER) + "</tr>"]
    for number, row in enumerate(ROWS):
        cells = []
        for column, text in enumerate(row):
            if column < 2 and number not in spans:
                continue
            span = f' rowspan="{spans[number]}"' if column < 2 and spans[number] > 1 else ""
            cells.append(f"<td{span}>{'<br>'.join(map(html.escape, text.splitlines()))}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1" style="border-collapse:collapse">{"".join(rows)}</table>'


def page(head: tuple[str, ...] | list[str], body: str, charset: str = "utf-8") -> str:
    """Return a web page as government sites build them: menus, tools, article, footer."""
    paragraphs = "".join(f'<p style="text-indent:2em">{html.escape(line)}</p>' for line in head)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>信息公开_某区人民政府</title>'
        '<style>body{font-family:"Noto Serif CJK SC","SimSun",serif}.x{display:none}</style>'
        '<script>document.write("")</script></head><body><div class="top"><ul>'
        '<li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li>'
        '<li><a href="/b">政民互动</a></li>'
        "</ul></div><div>当前位置：<a href='/'>首页</a> &gt; 正文</div><div class='main'>"
        "<div>来源：本站 浏览次数：35 字体：[大 中 小]</div>"
        f'<div id="zoom">{paragraphs}{body}</div><div>【打印本页】【关闭窗口】</div></div>'
        "<div class='foot'><p>主办单位：某区人民政府办公室 网站标识码：1234567890</p>"
        "<p>京ICP备12345678号 京公网安备 11010102000000号</p></div></body></html>"
    )


def printed(markup: str) -> str:
    """Return the markup without the page around it, as it would go to a printer."""
    style = 'body{font-family:"Noto Serif CJK SC","SimSun",serif;font-size:12pt} td{padding:2pt}'
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><style>{style}</style></head>'
        f"<body>{markup}</body></html>"
    )


def flat_text(*, tracked: bool = True) -> str:
    """Return the list plan as flat OpenDocument text with numbering and tracked changes."""
    head = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in LIST_HEAD)
    body = ""
    for level, text in LIST_BODY:
        content = html.escape(text)
        if tracked:
            insertion = (
                'text:change-start text:change-id="i"/>00<text:change-end text:change-id="i"'
            )
            content = content.replace("3200", f"32<{insertion}/>")
            content = content.replace("惠及居民", '<text:change text:change-id="d"/>惠及居民')
        item = f"<text:p>{content}</text:p>"
        for _ in range(level):
            item = f"<text:list-item>{item}</text:list-item>"
            item = (
                f'<text:list text:style-name="L" text:continue-numbering="true">{item}</text:list>'
            )
        body += item
    levels = (
        '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..."'
        ' style:num-suffix="、"/><text:list-level-style-number text:level="2"'
        ' style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"/>'
    )
    info = "<office:change-info><dc:creator>a</dc:creator><dc:date>2024-02-01T09:00:00</dc:date>"
    changes = (
        f'<text:tracked-changes><text:changed-region xml:id="i" text:id="i"><text:insertion>'
        f"{info}</office:change-info>"
        '</text:insertion></text:changed-region><text:changed-region xml:id="d" text:id="d">'
        f"<text:deletion>{info}</office:change-info><text:p>预计</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {"office": "office", "text": "text", "style": "style"}.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{names}'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"'
        ' office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
        f'<text:list-style style:name="L">{levels}</text:list-style></office:automatic-styles>'
        f"<office:body><office:text>{changes if tracked else ''}{head}{body}"
        "</office:text></office:body></office:document>"
    )


def workbook(path: Path) -> None:
    """Write the table plan with openpyxl: title over all columns, merged cells."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for line in TABLE_HEAD:
        sheet.append([line])
        sheet.merge_cells(f"A{sheet.max_row}:G{sheet.max_row}")
    sheet.append(HEADER)
    begin = sheet.max_row + 1
    for row in ROWS:
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    for number, rows in merged_rows().items():
        for column in "AB":
            if rows > 1:
                first = begin + number
                sheet.merge_cells(f"{column}{first}:{column}{first + rows - 1}")
    book.save(path)


def values(path: Path) -> None:
    """Write a workbook whose formats tell more than its values, and sheets not to be read."""
    import openpyxl

    book = openpyxl.Workbook()
    other = book.active
    other.title = "参考"
    other.append(["指标", "数值"])
    for value, code in (
        (0.955, "0.0%"),
        (45000, '#,##0"元"'),
        (45292, 'yyyy"年"m"月"'),
        (3.0, "0"),
    ):
        other.append(["示例", value])
        other.cell(other.max_row, 2).number_format = code
    book.create_sheet("空表")
    hidden = book.create_sheet("草稿")
    hidden.append(["不该读的内容"])
    hidden.sheet_state = "hidden"
    book.save(path)


def open_markup() -> str:
    """Return the table as HTML without rules, with a number in every row."""
    rows = [HEADER, *((str(n), *row[1:]) for n, row in enumerate(ROWS, 1))]
    cells = ("".join(f"<td valign=top>{html.escape(c)}</td>" for c in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<table border=0 cellpadding=4 style='font-size:10pt'>{body}</table>"


def office(folder: Path, source: str, form: str, target: str) -> None:
    """Convert a file with LibreOffice and keep the result."""
    suffix = form.partition(":")[0]
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", form, "--outdir", str(folder / "out"), str(folder / source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    made = folder / "out" / f"{Path(source).stem}.{suffix}"
    shutil.copy(made, FILES / target if target else folder)


def browser(folder: Path, source: str, target: str, *options: str) -> None:
    """Print a page to PDF with Chromium."""
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", *options]
    command += [f"--print-to-pdf={FILES / target}", (folder / source).as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def scan(source: str, target: str, pages: int) -> None:
    """Write a PDF of pictures: pages rendered, turned, with noise, as JPEG."""
    import io

    import numpy as np
    import pypdfium2
    from PIL import Image

    noise = np.random.default_rng(7)
    pictures = []
    document = pypdfium2.PdfDocument(FILES / source)
    for number in range(min(pages, len(document))):
        grey = document[number].render(scale=2.1).to_pil().convert("L")
        grey = grey.rotate(
            (-0.5, 0.4)[number % 2], fillcolor=255, resample=Image.Resampling.BICUBIC
        )
        rough = np.asarray(grey).astype(float) + noise.normal(0, 5, (grey.height, grey.width))
        packed = io.BytesIO()
        Image.fromarray(rough.clip(0, 255).astype("uint8")).save(packed, "JPEG", quality=45)
        pictures.append(Image.open(packed))
    pictures[0].save(FILES / target, save_all=True, append_images=pictures[1:], resolution=151)
    pictures[0].save(FILES / target.replace(".pdf", ".jpg"), quality=45)


def main() -> None:
    """Make all files."""
    FILES.mkdir(exist_ok=True)
    (FILES / "list.txt").write_text("\n".join(list_lines()) + "\n", encoding="utf-8")
    (FILES / "table.txt").write_text("\n".join(table_lines()) + "\n", encoding="utf-8")
    (FILES / "table.html").write_bytes(page(TABLE_HEAD, table_markup(), "gb2312").encode("gb18030"))
    (FILES / "list.html").write_text(page(list_lines(), ""), encoding="utf-8")
    workbook(FILES / "table.xlsx")
    values(FILES / "values.xlsx")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "list.fodt").write_text(flat_text(), encoding="utf-8")
        paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in TABLE_HEAD)
        (folder / "table.html").write_text(printed(paragraphs + table_markup()), encoding="utf-8")
        indented = "".join(f'<p style="text-indent:2em">{html.escape(t)}</p>' for t in list_lines())
        (folder / "list.html").write_text(printed(indented), encoding="utf-8")
        shutil.copy(FILES / "table.xlsx", folder / "table.xlsx")
        office(folder, "list.fodt", "docx:MS Word 2007 XML", "list.docx")
        for suffix in ("odt", "rtf", "doc"):
            office(folder, "list.fodt", suffix, f"list.{suffix}")
        (folder / "list.fodt").write_text(flat_text(tracked=False), encoding="utf-8")
        office(folder, "list.fodt", "pdf", "list.pdf")
        office(folder, "table.html", "odt:writer8", "table.odt")
        shutil.copy(FILES / "table.odt", folder / "table.odt")
        office(folder, "table.odt", "docx:MS Word 2007 XML", "table.docx")
        shutil.copy(FILES / "table.docx", folder / "table.docx")
        office(folder, "table.docx", "doc:MS Word 97", "table.doc")
        office(folder, "table.odt", "pdf", "table.pdf")
        (folder / "open.html").write_text(printed(paragraphs + open_markup()), encoding="utf-8")
        office(folder, "open.html", "odt:writer8", "")
        office(folder, "open.odt", "pdf", "table-open.pdf")
        for suffix in ("xls", "ods"):
            office(folder, "table.xlsx", suffix, f"table.{suffix}")
        shutil.copy(FILES / "values.xlsx", folder / "values.xlsx")
        office(folder, "values.xlsx", "xls", "values.xls")
        browser(folder, "table.html", "table-browser.pdf", "--no-pdf-header-footer")
        browser(folder, "list.html", "list-browser.pdf")
    scan("table-browser.pdf", "table-scan.pdf", 3)


if __name__ == "__main__":
    sys.exit(main())
