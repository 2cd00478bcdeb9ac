"""Corrections end to end: proposed, edited in a spreadsheet, put in force, read again."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mskg.pipeline import find_files
from mskg.resolve import read_corrections
from mskg.resolve.corrections import COLUMN_WORDS, COLUMNS, KIND_WORDS, KINDS

ROOT = Path(__file__).resolve().parents[2]
# A letter behind a number keeps it from being understood; 1,200.50 is rewritten by spreadsheets.
TEXT = """献县人民政府办公室关于印发献县2024年民生实事的通知
一、新建幼儿园3所，共1,200.50 。（牵头单位：县教育局、县妇连；配合单位：县人社居、郑州市财政局）
二、新建公厕5座。（牵头单位：县城管局、县城市管理局）
三、新建道路6公里，另有95 。（牵头单位：县交通局）
"""
# Filter options of LibreOffice: separator, quote, encoding (76 UTF-8, 65535 UTF-16), first line.
FORMS = {
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1",
    "semicolons": "csv:Text - txt - csv (StarCalc):59,34,76,1",
    "tabs in UTF-16": "csv:Text - txt - csv (StarCalc):9,34,65535,1",
    "GB18030": "csv:Text - txt - csv (StarCalc):44,34,85,1",
    "xlsx": "xlsx",
}


@pytest.fixture(name="plan")
def _plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def through_libreoffice(path: Path, form: str, folder: Path) -> Path:
    """Open `path` in LibreOffice and save it in another form."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-calc")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "saved"
    # A person picks UTF-8 in the dialogue that opens; here it is said on the command line.
    given = ["--infilter=" + FORMS["csv"].removeprefix("csv:")] if path.suffix == ".csv" else []
    wanted = ["--convert-to", FORMS[form], "--outdir", out]
    command = [office, profile, "--headless", *given, *wanted, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (made,) = out.iterdir()
    return made


def in_force(book: Path) -> None:
    """Drop the # of every row, as a person does cell by cell."""
    workbook = load_workbook(book)
    for row in workbook.active.iter_rows(min_row=2, max_col=1):
        assert row[0].value.startswith("#")
        row[0].value = row[0].value.removeprefix("#")
    workbook.save(book)


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_edited_in_libreoffice_is_followed(
    plan: Path, mskg, tmp_path: Path, form: str
) -> None:
    book = tmp_path / "更正.xlsx"
    assert mskg("resolve", plan, "--report", "--out", book).returncode == 0
    in_force(book)
    saved = through_libreoffice(book, form, tmp_path)
    rows = read_corrections(saved).rows
    assert [row.row for row in rows] == [row.row for row in read_corrections(book).rows]
    assert {row.kind for row in rows} == {"org", "never-same-body", "not-an-indicator"}
    result = mskg("extract", plan, "--corrections", saved)
    assert "更正没有用上" not in result.stderr
    record = json.loads(result.stdout)
    orgs = {d["name"]: d["org"] for task in record["tasks"] for d in task["departments"]}
    assert orgs["县妇连"] == "献县妇女联合会"
    assert orgs["县人社居"] == "献县人力资源和社会保障局"
    codes = [issue["code"] for issue in record["issues"]]
    assert codes.count("corrected") == len(rows)
    assert "other-place" not in codes
    assert "unknown" not in {number["rule"] for number in record["unused_numbers"]}


def test_a_csv_opened_and_saved_in_libreoffice_keeps_its_quotes(
    plan: Path, mskg, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    assert mskg("resolve", plan, "--report", "--out", path).returncode == 0
    before = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    saved = through_libreoffice(path, "csv", tmp_path)
    assert list(csv.reader(saved.read_text(encoding="utf-8-sig").splitlines())) == before


def test_proposals_are_added_to_a_file_that_is_there(plan: Path, mskg, tmp_path: Path) -> None:
    for name in ("rows.csv", "rows.xlsx"):
        path = tmp_path / name
        first = mskg("resolve", plan, "--report", "--out", path)
        count = int(first.stderr.split(" ", 1)[0])
        assert count > 4
        before = path.read_bytes()
        again = mskg("resolve", plan, "--report", "--out", path)
        assert again.stderr.startswith("0 条建议")
        assert path.read_bytes() == before


def test_what_a_person_wrote_stays(plan: Path, mskg, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    key = json.loads(mskg("extract", plan).stdout)["document"]["key"]
    mine = f"{key},县妇连,org,献县妇女联合会,张三,看过\n# 备注,,,,,\n"
    path.write_text("document,quote,kind,value,by,note\n" + mine, encoding="utf-8")
    result = mskg("resolve", plan, "--report", "--out", path, "--corrections", path)
    assert result.returncode == 0, result.stderr
    text = path.read_text(encoding="utf-8-sig")
    assert mine in text
    assert text.count("县妇连") == 1  # decided, so not proposed again
    assert f"#{key},县人社居,org" in text


def test_a_plan_is_never_taken_for_a_file_of_corrections(plan: Path, mskg, tmp_path: Path) -> None:
    table = tmp_path / "plan.csv"
    table.write_text("序号,项目\n1,新建幼儿园3所\n", encoding="utf-8")
    before = table.read_bytes()
    result = mskg("resolve", plan, "--report", "--out", table)
    assert result.returncode == 2
    assert "缺少列" in result.stderr
    assert table.read_bytes() == before


@pytest.mark.parametrize("form", ["csv", "tabs in UTF-16", "GB18030", "xlsx"])
def test_what_mskg_wrote_beside_plans_is_no_plan(
    plan: Path, mskg, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    plan.rename(folder / plan.name)
    table = folder / "table.csv"
    table.write_text("序号,项目\n1,新建幼儿园3所\n", encoding="utf-8")
    book = folder / "rows.xlsx"
    assert mskg("resolve", folder / plan.name, "--report", "--out", book).returncode == 0
    saved = through_libreoffice(book, form, tmp_path)
    shutil.copy(saved, folder / f"saved{saved.suffix}")
    for name in ("rows.csv", "page.html"):
        report = ["--report"] if name == "rows.csv" else []
        assert mskg("extract", folder / plan.name, *report, "--out", folder / name).returncode == 0
    assert find_files([folder]) == [folder / plan.name, table]


def test_headings_and_kinds_may_be_chinese(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    head = ",".join(COLUMN_WORDS)
    path.write_text(f"{head}\nk,3所,数值是,4,,\nk,某任务,不是任务,,,\n", encoding="utf-8")
    assert [row.kind for row in read_corrections(path).rows] == ["value", "not-a-task"]
    assert KIND_WORDS.keys() == KINDS.keys()
    assert len(COLUMN_WORDS) == len(COLUMNS)


def test_a_damaged_workbook_is_one_clear_line(plan: Path, mskg, tmp_path: Path) -> None:
    book = tmp_path / "c.xlsx"
    book.write_bytes(b"PK\x03\x04 no workbook")
    result = mskg("extract", plan, "--corrections", book)
    assert result.returncode == 2
    assert "c.xlsx" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("language", ["", ".zh"])
def test_every_kind_in_the_guide_works(mskg, tmp_path: Path, language: str) -> None:
    """The example of ``docs/corrections.md`` is read and followed, row by row."""
    guide = (ROOT / "docs" / f"corrections{language}.md").read_text(encoding="utf-8")
    blocks = [part.split("```", 1)[0] for part in guide.split("```")[1::2]]
    plan = tmp_path / "plan.txt"
    plan.write_text(next(b for b in blocks if b.startswith("text\n"))[5:], encoding="utf-8")
    rows = tmp_path / "rows.csv"
    rows.write_text(next(b for b in blocks if b.startswith("csv\n"))[4:], encoding="utf-8")
    decided = read_corrections(rows).rows
    assert {row.kind for row in decided} == set(KINDS)
    assert all(row.kind in guide for row in decided)
    before = json.loads(mskg("extract", plan).stdout)
    result = mskg("extract", plan, "--corrections", rows)
    assert "更正没有用上" not in result.stderr, result.stderr
    after = json.loads(result.stdout)
    assert before["document"]["key"] == after["document"]["key"] == decided[0].document
    told = [issue for issue in after["issues"] if issue["code"] == "corrected"]
    assert len(told) >= len(decided)
