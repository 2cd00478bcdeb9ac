"""Names and corrections on the command line; batches that skip, survive and resume."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mskg.pipeline import RecordFolder, find_files, record_many
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
    assert [row[-1] for row in rows_of(first.stdout)] == ["100.0%", "100.0%", "", ""]
    summary = (out / "mskg-summary.csv").read_text(encoding="utf-8-sig")
    assert summary.splitlines()[0].startswith("文件,结果,记录,文件编号,任务,")
    assert "不像计划" in summary or "没有任务清单" in summary or "不是计划：" in summary
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
        record_many(FILES, RecordFolder(out), advance=stop)
    assert sorted(path.name for path in out.glob("*.json")) == [f"{p.stem}.json" for p in FILES[:2]]
    (journal,) = out.glob(".*.part")
    with journal.open("a", encoding="utf-8") as file:
        file.write('"torn,line')
    results = record_many(FILES, RecordFolder(out))
    assert [entry.result for entry in results] == ["unchanged"] * 2 + ["read"] * 3
    assert [entry.result for entry in record_many(FILES, RecordFolder(out))] == ["unchanged"] * 5
    assert [path for path in out.iterdir() if path.suffix not in {".json", ".csv"}] == []


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: data + b" "])
def test_a_damaged_record_is_written_anew(tmp_path: Path, damage) -> None:
    out = RecordFolder(tmp_path)
    record_many(FILES[:2], out)
    record = tmp_path / f"{FILES[0].stem}.json"
    whole = record.read_bytes()
    record.write_bytes(damage(whole))
    again = record_many(FILES[:2], out)
    assert [entry.result for entry in again] == ["restored", "unchanged"]
    assert record.read_bytes() == whole
    assert [entry.result for entry in record_many(FILES[:2], out)] == ["unchanged"] * 2


def test_the_summary_changes_its_language_and_is_still_known(mskg, tmp_path: Path) -> None:
    for language, head, word in (("zh", "文件,结果", "已读"), ("en", "file,result", "unchanged")):
        result = mskg("extract", *FILES[:2], "--out", tmp_path, "--lang", language)
        assert result.returncode == 0
        assert result.stdout.startswith(head)
        assert word in result.stdout
        written = (tmp_path / "mskg-summary.csv").read_text(encoding="utf-8-sig")
        assert written.startswith(head)


@pytest.mark.parametrize("workers", [1, 2])
def test_interrupted_batch_says_how_far_it_is(tmp_path: Path, workers: int) -> None:
    """The signal goes to all processes, as from a terminal."""
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for number in range(60):
        (inbox / f"{number:02}.txt").write_bytes(FILES[number % 5].read_bytes() + b"\n" * number)
    code = (
        f"import os, sys; os.cpu_count = lambda: {workers}\n"
        "from mskg.cli.entry import run\n"
        "if __name__ == '__main__': sys.exit(run(sys.argv[1:]))\n"
    )
    script = tmp_path / "run.py"
    script.write_text(code, encoding="utf-8")
    command = [sys.executable, script, "extract", inbox, "--out", out]
    environ = {**os.environ, "PYTHONPATH": str(DOCUMENTS.parents[1]), "MSKG_LANG": "zh"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while len(list(out.glob("*.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    (line,) = stderr.decode().splitlines()
    match = re.match(r"已中断：60 份里 (\d+) 份已写入", line)
    assert match, line
    assert stdout == b""
    again = record_many(find_files([inbox]), RecordFolder(out))
    assert sum(entry.result == "unchanged" for entry in again) == int(match[1])


@pytest.mark.parametrize("delay", [0.2, 0.6, 1.5])
def test_interrupted_build_leaves_the_store_alone(tmp_path: Path, delay: float) -> None:
    inbox, store = tmp_path / "in", tmp_path / "store"
    inbox.mkdir()
    for number in range(400):  # more than any machine reads in the longest delay
        (inbox / f"{number:03}.txt").write_bytes(FILES[number % 5].read_bytes() + b"\n" * number)
    command = [sys.executable, "-m", "mskg", "build", inbox, "--store", store]
    environ = {**os.environ, "PYTHONPATH": str(DOCUMENTS.parents[1]), "MSKG_LANG": "zh"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not (store / "write.lock").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout) == (130, b""), stderr.decode()
    assert stderr.decode().splitlines() == ["已中断：数据库没有动"]


def test_a_mistyped_key_is_told_everywhere(mskg, tmp_path: Path) -> None:
    key = json.loads(mskg("extract", TOWN).stdout)["document"]["key"]
    path = tmp_path / "c.csv"
    path.write_text(HEAD + f"{key}x,736套,value,737,,\n", encoding="utf-8")
    for command, *more in (
        ("extract",),
        ("extract", "--out", tmp_path / "records"),
        ("resolve",),
        ("build", "--store", tmp_path / "store"),
        ("build", "--store", tmp_path / "store"),  # unchanged the second time
    ):
        result = mskg(command, TOWN, *more, "--corrections", path)
        assert result.returncode == 0, result.stderr
        assert f"{key}x；是不是 {key}？" in result.stderr, (command, more)


def test_batch_reads_again_what_corrections_concern(tmp_path: Path) -> None:
    first = record_many(FILES[:2], RecordFolder(tmp_path))
    row = Correction(first[1].document, "不存在", "not-a-task")
    second = record_many(FILES[:2], RecordFolder(tmp_path), corrections=Corrections((row,)))
    assert [entry.result for entry in second] == ["unchanged", "read"]
    issues = [entry.counts.issues for entry in first]
    assert [entry.counts.issues for entry in second] == [issues[0], issues[1] + 1]


def test_summary_keeps_the_rows_of_other_batches(tmp_path: Path) -> None:
    record_many(FILES[:2], RecordFolder(tmp_path))
    record_many(FILES[2:3], RecordFolder(tmp_path))
    assert [entry.result for entry in record_many(FILES[:3], RecordFolder(tmp_path))] == [
        "unchanged"
    ] * 3


def test_summary_is_no_document_of_the_next_batch(tmp_path: Path) -> None:
    copy = tmp_path / "plan.txt"
    copy.write_bytes(TOWN.read_bytes())
    record_many([copy], RecordFolder(tmp_path))
    assert len(list(tmp_path.glob("*.csv"))) == 1
    assert find_files([tmp_path]) == [copy]


def test_files_of_one_name_get_records_of_their_own(tmp_path: Path) -> None:
    paths = []
    for number, source in enumerate(FILES[:2]):
        path = tmp_path / str(number) / "plan.txt"
        path.parent.mkdir()
        path.write_bytes(source.read_bytes())
        paths.append(path)
    results = record_many(paths, RecordFolder(tmp_path / "out"))
    found = [json.loads((tmp_path / "out" / r.record).read_text("utf-8")) for r in results]
    assert [len(record["tasks"]) for record in found] == [17, 20]
