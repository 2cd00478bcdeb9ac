"""Names and corrections on the command line; batches that skip, survive and resume."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from mskg.pipeline import find_files, record_many
from mskg.resolve import Correction, Corrections

DOCUMENTS = Path(__file__).resolve().parents[2] / "data" / "documents"
FILES = sorted(DOCUMENTS.glob("*.txt"))
TOWN = FILES[0]
HEAD = "document,quote,kind,value,by,note\n"


@pytest.fixture(name="decisions")
def _decisions(tmp_path: Path, mskg) -> Path:
    """Return a file that changes one number and one name of the first plan."""
    key = json.loads(mskg("extract", TOWN).stdout)["document"]["key"]
    path = tmp_path / "decisions.csv"
    path.write_text(
        HEAD + f"{key},736套,value,737,张三,\n{key},区残联,org,山海关区残联办事处,,\n",
        encoding="utf-8",
    )
    return path


def test_resolve_lists_every_name(mskg) -> None:
    result = mskg("resolve", TOWN)
    assert result.returncode == 0, result.stderr
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0][:3] == ["文件编号", "印出的名称", "机构"]
    found = {row[1]: row for row in rows[1:]}
    assert found["区卫健局"][2] == "山海关区卫生健康局"
    assert found["区卫健局"][7] == "区卫生健康局"
    named = json.loads(mskg("resolve", TOWN, "--format", "json").stdout)
    assert {row["state"] for row in named} == {"verified"}
    assert len(named) == len(rows) - 1


def test_report_is_a_corrections_file_without_effect(mskg, tmp_path: Path) -> None:
    path = tmp_path / "proposed.csv"
    result = mskg("resolve", DOCUMENTS, "--report", "--out", path)
    assert result.returncode == 0, result.stderr
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows[0] == HEAD.strip().split(",")
    assert len(rows) > 3
    assert all(row[0].startswith("#") and row[5] for row in rows[1:])
    plain = mskg("extract", TOWN).stdout
    assert mskg("extract", TOWN, "--corrections", path).stdout == plain
    # In force, the proposals are all found again.
    path.write_text(path.read_text(encoding="utf-8-sig").replace("\n#", "\n"), encoding="utf-8")
    used = mskg("extract", DOCUMENTS, "--corrections", path)
    assert used.returncode == 0
    assert "更正没有用上" not in used.stderr
    assert "已按人工更正处理" in used.stderr


def test_corrections_win_in_every_command(mskg, decisions: Path, tmp_path: Path) -> None:
    for given, environ in (
        (["--corrections", decisions], {}),
        ([], {"MSKG_CORRECTIONS": str(decisions)}),
    ):
        record = json.loads(mskg("extract", TOWN, *given, **environ).stdout)
        assert record["tasks"][0]["items"][0]["indicators"][0]["value"] == 737
    names = mskg("resolve", TOWN, "--corrections", decisions).stdout
    assert "山海关区残联办事处" in names
    build = ["build", TOWN, "--store", tmp_path / "s", "--format", "json"]

    def status(*more: str | Path) -> str:
        return str(json.loads(mskg(*build, *more).stdout)[0]["status"])

    assert status() == "added"
    assert status("--corrections", decisions) == "replaced"
    assert status("--corrections", decisions) == "unchanged"
    key = decisions.read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    decisions.write_text(HEAD + f"{key},没有的字句,not-a-task,,,\n", encoding="utf-8")
    assert "更正没有用上" in mskg("validate", TOWN, "--corrections", decisions).stdout
    assert "更正没有用上" not in mskg("validate", TOWN).stdout
    decisions.write_text(HEAD + "another-document,x,not-a-task,,,\n", encoding="utf-8")
    assert status("--corrections", decisions) == "replaced"  # as without corrections
    assert status() == "unchanged"


def test_wrong_corrections_are_an_input_error(mskg, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(HEAD + "k,x,no-kind,,,\n", encoding="utf-8")
    for command in ("extract", "build", "validate", "resolve"):
        result = mskg(command, TOWN, "--corrections", path, cwd=tmp_path)
        assert result.returncode == 2
        assert "c.csv:2" in result.stderr
    assert not (tmp_path / "mskg-store").exists()


def test_extract_report_has_the_form_of_corrections(mskg) -> None:
    result = mskg("extract", TOWN, "--report")
    assert result.returncode == 0
    assert result.stdout.splitlines()[0] == HEAD.strip()


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))[1:]


def test_batch_skips_what_is_unchanged_and_goes_on_after_a_bad_file(mskg, tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for path in FILES[:2]:
        (inbox / path.name).write_bytes(path.read_bytes())
    (inbox / "1.txt").write_text("", encoding="utf-8")
    (inbox / "2.txt").write_text("床前明月光，疑是地上霜。\n", encoding="utf-8")
    first = mskg("extract", inbox, "--out", out)
    assert first.returncode == 2
    assert [row[1] for row in rows_of(first.stdout)] == ["已读", "已读", "失败", "不是计划"]
    assert [row[2] for row in rows_of(first.stdout)] == ["17", "20", "", ""]
    records = {path.name: path.stat().st_mtime_ns for path in out.glob("*.json")}
    again = mskg("extract", inbox, "--out", out)
    assert [row[1] for row in rows_of(again.stdout)] == ["未变", "未变", "失败", "不是计划"]
    assert {path.name: path.stat().st_mtime_ns for path in out.glob("*.json")} == records
    assert [row[1] for row in rows_of(mskg("extract", inbox, "--out", out, "--force").stdout)][
        :2
    ] == ["已读", "已读"]
    (inbox / FILES[0].name).write_bytes(FILES[0].read_bytes() + b"\n")
    changed = mskg("extract", inbox, "--out", out)
    assert [row[1] for row in rows_of(changed.stdout)][:2] == ["已读", "未变"]


def test_stopped_batch_goes_on_where_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def stop(name: str) -> None:
        if name == FILES[2].name:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record_many(FILES, out, advance=stop)
    assert sorted(path.name for path in out.glob("*.json")) == [f"{p.stem}.json" for p in FILES[:2]]
    (journal,) = out.glob(".*.part")
    with journal.open("a", encoding="utf-8") as file:
        file.write('"torn,line')
    results = record_many(FILES, out)
    assert [entry.result for entry in results] == ["unchanged"] * 2 + ["read"] * 3
    assert [entry.result for entry in record_many(FILES, out)] == ["unchanged"] * 5
    assert [path for path in out.iterdir() if path.suffix not in {".json", ".csv"}] == []


def test_batch_reads_again_what_corrections_concern(tmp_path: Path) -> None:
    first = record_many(FILES[:2], tmp_path)
    row = Correction(first[1].document, "不存在", "not-a-task")
    second = record_many(FILES[:2], tmp_path, corrections=Corrections((row,)))
    assert [entry.result for entry in second] == ["unchanged", "read"]
    assert [entry.issues for entry in second] == [first[0].issues, first[1].issues + 1]


def test_summary_keeps_the_rows_of_other_batches(tmp_path: Path) -> None:
    record_many(FILES[:2], tmp_path)
    record_many(FILES[2:3], tmp_path)
    assert [entry.result for entry in record_many(FILES[:3], tmp_path)] == ["unchanged"] * 3


def test_summary_is_no_document_of_the_next_batch(tmp_path: Path) -> None:
    copy = tmp_path / "plan.txt"
    copy.write_bytes(TOWN.read_bytes())
    record_many([copy], tmp_path)
    assert len(list(tmp_path.glob("*.csv"))) == 1
    assert find_files([tmp_path]) == [copy]


def test_files_of_one_name_get_records_of_their_own(tmp_path: Path) -> None:
    paths = []
    for number, source in enumerate(FILES[:2]):
        path = tmp_path / str(number) / "plan.txt"
        path.parent.mkdir()
        path.write_bytes(source.read_bytes())
        paths.append(path)
    results = record_many(paths, tmp_path / "out")
    found = [json.loads((tmp_path / "out" / r.record).read_text("utf-8")) for r in results]
    assert [len(record["tasks"]) for record in found] == [17, 20]
