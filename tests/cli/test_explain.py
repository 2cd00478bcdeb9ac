"""``mskg extract --explain``: marks that need no colours, tables, and rows to mend with."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((ROOT / "data" / "documents").glob("*.txt"))
TABLE = ROOT / "tests" / "readers" / "files" / "table.docx"
HEAD = "document,quote,kind,value,by,note\n"


@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1"}])
def test_marks_are_words(mskg, environ: dict[str, str]) -> None:
    shown = mskg("extract", DOCUMENTS[4], "--explain", **environ).stdout
    assert "\x1b[" not in shown
    assert "{任务1|开展职业技能培训和评价取证，扩大重点群体就业}" in shown
    assert "{指标|1.75 万人次}" in shown
    assert "{责任|区人力资源和社会保障局}" in shown
    assert "{疑点3|{配合|市公安局漯河分局}}" in shown
    english = mskg("extract", DOCUMENTS[4], "--explain", "--lang", "en", **environ).stdout
    assert "{issue3|{related|市公安局漯河分局}}" in english


def test_colours_where_they_are_wanted(mskg) -> None:
    shown = mskg("extract", DOCUMENTS[4], "--explain", FORCE_COLOR="1").stdout
    assert "\x1b[" in shown
    assert "\x1b[1;33m1.75 万人次" in shown


def test_a_table_is_a_table(mskg) -> None:
    lines = mskg("extract", TABLE, "--explain").stdout.splitlines()
    row = next(line for line in lines if "{牵头|区水务局}" in line)
    assert row.count("|") > 8
    assert row.startswith("|1 ")


def test_several_files_are_told_apart_and_a_bad_one_stops_nothing(mskg, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.touch()
    result = mskg("extract", DOCUMENTS[0], bad, DOCUMENTS[1], "--explain")
    assert result.returncode == 2
    names = [line for line in result.stdout.splitlines() if line.startswith("===")]
    assert names == [f"=== {DOCUMENTS[0].name} ===", f"=== {DOCUMENTS[1].name} ==="]
    assert "bad.txt" in result.stderr


def test_a_proposed_row_can_be_copied_and_works(mskg, tmp_path: Path) -> None:
    shown = mskg("extract", DOCUMENTS[4], "--explain").stdout
    rows = [line.strip() for line in shown.splitlines() if line.startswith("   410411-")]
    assert len(rows) == 3
    path = tmp_path / "rows.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    again = mskg("extract", DOCUMENTS[4], "--corrections", path, "--explain").stdout
    assert "疑有误" not in again
    assert "已按人工更正处理" in again
    assert "更正没有用上" not in again


def test_page_and_its_language(mskg, tmp_path: Path) -> None:
    for lang, word in (("zh", "没有看懂或存疑之处"), ("en", "Not understood, or doubtful")):
        page = tmp_path / f"{lang}.html"
        assert mskg("extract", TABLE, "--out", page, "--lang", lang).returncode == 0
        assert word in page.read_text(encoding="utf-8")
