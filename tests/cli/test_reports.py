"""``mskg report`` and ``mskg calendar``: files for people, seen as they see them."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook
from progress_year import write_year

from mskg.ledger.reports import report
from mskg.render.papers import paper_bytes
from mskg.store import open_store


@pytest.fixture(scope="module", name="reported")
def _reported(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of the bundled plans with a year of reports."""
    folder = tmp_path_factory.mktemp("reported") / "store"
    shutil.copytree(store, folder)
    with open_store(folder, write=True) as opened:
        write_year(opened)
    return folder


def converted(path: Path, form: str, folder: Path) -> Path:
    """Open `path` in LibreOffice and save it in another form."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-writer libreoffice-calc")
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    return folder / f"{path.stem}.{form.partition(':')[0]}"


def words_of(pdf: Path) -> tuple[int, str]:
    """Return the number of pages, and the text, of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(str(pdf))
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return len(pages), "".join("".join(pages).split())


def test_report_prints_the_status_of_each_task(mskg, reported: Path) -> None:
    result = mskg("report", "--as-of", "2023-06-30", "--region", "泾源县", "--store", reported)
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "序号,任务,责任部门,行数,完成,任务状态"
    assert len(lines) == 11
    assert lines[1].startswith("1,冬季清洁取暖工程,泾源县住房和城乡建设局,")


def test_same_date_same_files(mskg, reported: Path, tmp_path: Path) -> None:
    with open_store(reported) as opened:
        paper = report(opened, date(2023, 6, 30))
    for suffix in (".html", ".docx", ".xlsx"):
        out = tmp_path / f"通报{suffix}"
        result = mskg("report", "--as-of", "2023-06-30", "--store", reported, "--out", out)
        assert result.returncode == 0, result.stderr
        assert out.read_bytes() == paper_bytes(paper, suffix)


def test_a_word_file_opens_with_all_its_parts(mskg, reported: Path, tmp_path: Path) -> None:
    out = tmp_path / "通报.docx"
    mskg("report", "--as-of", "2023-06-30", "--region", "640424", "--store", reported, "--out", out)
    pages, text = words_of(converted(out, "pdf", tmp_path))
    assert pages > 5
    for part in (
        "一、总体情况",
        "二、逾期和慢于序时",
        "四、双过半",
        "五、排名",
        "九、每个数字的依据",
    ):
        assert part in text
    assert "泾源县2023年民生实事进展通报" in text
    assert "4月底，完成工程量的30%" in text  # the sentence behind a figure


def test_a_workbook_opens_with_numbers_as_numbers(mskg, reported: Path, tmp_path: Path) -> None:
    out = tmp_path / "通报.xlsx"
    mskg("report", "--as-of", "2023-06-30", "--store", reported, "--out", out)
    saved = converted(out, "xlsx:Calc MS Excel 2007 XML", tmp_path / "again")
    names, sheet = load_workbook(out).sheetnames, "各任务的指标和节点"
    before, after = (
        [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]
        for path in (out, saved)
    )
    assert load_workbook(saved).sheetnames == names
    head = before[0]
    targets = [row[head.index("目标")] for row in before[1:]]
    assert [row[head.index("目标")] for row in after[1:]] == targets
    assert 15000000 in targets
    assert all(value is None or isinstance(value, int | float) for value in targets)
    assert all(row[head.index("原文")] for row in before[1:])


def test_a_browser_prints_the_page_on_a4(mskg, reported: Path, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    import pypdfium2

    out, pdf = tmp_path / "通报.html", tmp_path / "page.pdf"
    mskg("report", "--as-of", "2023-06-30", "--region", "640424", "--store", reported, "--out", out)
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={pdf}"]
    subprocess.run([*command, out.as_uri()], capture_output=True, timeout=120, check=True)
    document = pypdfium2.PdfDocument(str(pdf))
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    document.close()
    pages, text = words_of(pdf)
    assert pages > 5
    assert "九、每个数字的依据" in text
    page = html.parse(str(out))
    goals = {link[1:] for link in page.xpath("//a/@href")}
    assert goals <= set(page.xpath("//@id"))


def test_english_and_the_papers_of_the_congress(mskg, reported: Path, tmp_path: Path) -> None:
    chosen = ("--region", "130200", "--store", reported)
    for kind, title in (("bulletin", "Progress"), ("mid-year", "review"), ("year-end", "Satis")):
        out = tmp_path / f"{kind}.html"
        result = mskg("report", "--as-of", "2024-07-31", "--kind", kind, *chosen, "--out", out,
                      "--lang", "en")  # fmt: skip
        assert result.returncode == 0, result.stderr
        assert title in html.parse(str(out)).findtext(".//h1")
    # 唐山市 voted for 6 of its 25 tasks.
    rows = html.parse(str(tmp_path / "mid-year.html")).xpath("//section[@id='tasks']//tbody/tr")
    assert len(rows) == 6


def test_no_reports_and_dates_outside_the_year_are_told(mskg, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.html"
    mskg("report", "--as-of", "2022-06-30", "--year", "2023", "--store", store, "--out", out)
    words = html.parse(str(out)).xpath("string(//header)")
    assert "早于计划年度2023" in words
    assert "“无数据”不等于滞后" in words


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("report", "--as-of", "2023-13-01"), "--as-of '2023-13-01' 不是日期"),
        (("report", "--as-of", "2023-06-30", "--out", "b.pdf"), "可用 .html .htm .docx .xlsx"),
        (("report", "--as-of", "2023-06-30", "--year", "1999"), "没有1999的计划任务"),
        (("report", "--as-of", "2023-06-30", "--profile", "none"), "没有名为 'none' 的规则"),
        (("report",), "--as-of"),
        (("calendar", "--out", "b.txt"), "日历文件的后缀是 .ics"),
        (("calendar", "--as-of", "soon"), "--as-of 'soon' 不是日期"),
        (("calendar", "--region", "无此地"), "无此地"),
    ],
)
def test_bad_input_is_one_clear_line(mskg, store: Path, arguments, line: str) -> None:
    result = mskg(*arguments, "--store", store)
    assert result.returncode == 2
    assert line in result.stderr
    assert result.stdout == ""


def test_calendar_of_a_plan(mskg, store: Path, tmp_path: Path) -> None:
    from icalendar import Calendar

    out = tmp_path / "泾源县.ics"
    for _ in range(2):
        result = mskg("calendar", "--region", "640424", "--remind", "3", "--store", store,
                      "--out", out)  # fmt: skip
        assert result.returncode == 0, result.stderr
    printed = mskg("calendar", "--region", "640424", "--remind", "3", "--store", store)
    assert printed.stdout.encode() == out.read_bytes()
    events = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert len({event["uid"] for event in events}) == len(events)
    rules = {str(event["rrule"]["freq"][0]): event for event in events if "rrule" in event}
    assert len([event for event in events if "rrule" in event]) == 3
    assert "MONTHLY" in rules
    assert all(len(event.walk("VALARM")) == 1 for event in events)
    legs = [event for event in events if str(event["summary"]).startswith("2 ")]
    assert [event.decoded("dtstart").isoformat() for event in legs] == [
        "2023-02-28", "2023-03-20", "2023-04-30", "2023-05-31", "2023-06-30", "2023-07-31"
    ]  # fmt: skip


def test_calendar_leaves_out_what_is_done(mskg, reported: Path) -> None:
    one = ("calendar", "--region", "640424", "--store", reported)
    everything = mskg(*one).stdout.count("BEGIN:VEVENT")
    left = mskg(*one, "--as-of", "2023-12-31").stdout.count("BEGIN:VEVENT")
    assert 3 < left < everything


def test_a_reader_that_stops_early_is_no_error(reported: Path) -> None:
    command = f"{sys.executable} -m mskg calendar --store {reported} | head -1"
    result = subprocess.run(command, shell=True, capture_output=True, check=False, timeout=60)
    assert io.BytesIO(result.stdout).readline().strip() == b"BEGIN:VCALENDAR"
    assert result.stderr == b""
