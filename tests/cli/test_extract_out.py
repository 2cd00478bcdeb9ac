"""Where ``mskg extract`` writes: never over a document, in the form that the name asks for."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

DOCUMENTS = Path(__file__).resolve().parents[2] / "data" / "documents"
TEXT = next(DOCUMENTS.glob("004*.txt")).read_text(encoding="utf-8")


@pytest.fixture(name="plan")
def _plan(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "plan.html"
    path.parent.mkdir()
    lines = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    path.write_text(f"<html><meta charset=utf-8><body>{lines}</body></html>", encoding="utf-8")
    return path


@pytest.mark.parametrize("to_folder", [False, True])
def test_a_document_is_never_written_over(plan: Path, mskg, to_folder: bool) -> None:
    before = plan.read_bytes()
    out = plan.parent if to_folder else plan
    result = mskg("extract", plan, "--format", "html", "--out", out)
    assert result.returncode == 2
    assert "就是要读的文件" in result.stderr
    assert plan.read_bytes() == before


def test_a_record_is_never_written_over(plan: Path, mskg, tmp_path: Path) -> None:
    record = tmp_path / "in" / "plan.json"
    assert mskg("extract", plan, "--out", record).returncode == 0
    before = record.read_bytes()
    assert mskg("extract", record, "--out", record).returncode == 2
    assert record.read_bytes() == before


def test_pages_of_one_name_are_told_apart(plan: Path, mskg, tmp_path: Path) -> None:
    other = tmp_path / "in" / "deep" / "plan.txt"
    other.parent.mkdir()
    other.write_text(TEXT, encoding="utf-8")
    result = mskg("extract", plan.parent, "--format", "html", "--out", tmp_path / "pages")
    assert result.returncode == 0, result.stderr
    assert len(list((tmp_path / "pages").glob("plan-*.html"))) == 2


@pytest.mark.parametrize("options", [["--explain"], ["--format", "html"], []])
def test_a_suffix_gives_the_form(plan: Path, mskg, tmp_path: Path, options: list[str]) -> None:
    page = tmp_path / "marked.html"
    assert mskg("extract", plan, *options, "--out", page).returncode == 0
    assert "<mark" in page.read_text(encoding="utf-8") or "<span" in page.read_text("utf-8")


def test_tasks_as_a_spreadsheet(plan: Path, mskg, tmp_path: Path) -> None:
    text = next(DOCUMENTS.glob("000*.txt"))
    sheet, rows = tmp_path / "tasks.xlsx", tmp_path / "tasks.csv"
    for out in (sheet, rows):
        assert mskg("extract", plan, text, "--out", out).returncode == 0
    assert zipfile.is_zipfile(sheet)
    found = list(csv.reader(rows.read_text(encoding="utf-8-sig").splitlines()))
    assert found[0][:3] == ["文件", "序号", "任务"]
    assert {row[0] for row in found[1:] if len(row) > 1} >= {"plan.html"}
    assert any("≥" in cell for row in found for cell in row)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "html", "--out", "a.json"], "不能存 html"),
        (["--format", "table", "--out", "folder"], "不能存 table"),
        (["--report", "--out", "a.docx"], "更正表是 CSV 或 Excel"),
        (["--region", "abc"], "没有行政区划代码"),
        (["--region", "999999"], "没有行政区划代码"),
    ],
)
def test_what_can_t_be_done_is_said(
    plan: Path, mskg, tmp_path: Path, arguments: list[str], words: str
) -> None:
    result = mskg("extract", plan, *arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_several_documents_need_a_folder(plan: Path, mskg, tmp_path: Path) -> None:
    text = next(DOCUMENTS.glob("000*.txt"))
    result = mskg("extract", plan, text, "--out", tmp_path / "all.json")
    assert result.returncode == 2
    assert "不能写进一个文件" in result.stderr


@pytest.mark.parametrize("command", ["extract", "resolve", "validate", "build"])
def test_a_folder_without_documents_is_told(mskg, tmp_path: Path, command: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "picture.svg").touch()
    (tmp_path / "in" / "~$plan.docx").touch()
    result = mskg(command, tmp_path / "in", MSKG_STORE=str(tmp_path / "store"))
    assert result.returncode == 2
    assert "没有可读的文件" in result.stderr


def test_corrections_for_no_document_read_are_told(plan: Path, mskg, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("document,quote,kind,value\n410411-2023-6-000000,95%,value,96\n", "utf-8")
    result = mskg("extract", plan, "--corrections", rows)
    assert result.returncode == 0
    assert "410411-2023-6-000000" in result.stderr


def test_plans_as_json_ld(document: Path, mskg, tmp_path: Path) -> None:
    printed = mskg("extract", document, "--format", "jsonld")
    assert printed.returncode == 0, printed.stderr
    assert json.loads(printed.stdout)["type"] == "PlanDocument"
    one = tmp_path / "one.jsonld"
    assert mskg("extract", document, "--out", one).returncode == 0
    assert one.read_text(encoding="utf-8") == printed.stdout
    folder = tmp_path / "all"
    result = mskg("extract", DOCUMENTS, "--format", "jsonld", "--out", folder)
    assert result.returncode == 0, result.stderr
    assert len(list(folder.glob("*.jsonld"))) == 5
    both = mskg("extract", document, document.with_name(one.name), "--format", "jsonld")
    assert both.returncode == 2


def test_a_store_as_json_ld(store: Path, mskg, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonld"
    assert mskg("export", "--store", store, "--out", out).returncode == 0
    graphs = json.loads(out.read_text(encoding="utf-8"))["@graph"]
    trees = [graph["@graph"][0] for graph in graphs]
    assert sum(tree.get("type") == "PlanDocument" for tree in trees) == 5
    assert "personName" not in out.read_text(encoding="utf-8").partition('"@graph"')[2]
