"""The way of a ledger through the commands: sheet, reports, correction, standing, events."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = "640424/2023/livelihood/task/9/item/1/indicator/1"


@pytest.fixture(name="own")
def _own(store: Path, tmp_path: Path) -> Path:
    """Return a copy of the store that may be written to."""
    return Path(shutil.copytree(store, tmp_path / "store"))


def _filled(path: Path, **cells: str) -> Path:
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    for row in rows:
        if row["行标识"].endswith(ROW):
            row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_the_way_of_a_ledger(mskg, own: Path, tmp_path: Path) -> None:
    env = {"MSKG_STORE": str(own)}
    sheet = tmp_path / "台账.csv"
    done = mskg("ledger", "export", "--region", "泾源县", "--out", sheet, **env)
    assert (done.returncode, "144" in done.stderr) == (0, True)
    take = ("ledger", "import", sheet, "--as-of", "2023-06-30", "--reporter", "督查室")
    assert mskg(*take, **env).returncode == 0  # nothing filled in
    _filled(sheet, 实际值="118人次")
    wrong = mskg(*take, **env)
    assert (wrong.returncode, "台账.csv:" in wrong.stdout) == (1, True)
    _filled(sheet, 实际值="118")
    assert mskg(*take, **env).returncode == 0
    look = ("ledger", "status", "--as-of", "2023-06-30", "--task", "9", "--region", "泾源县")
    rows = json.loads(mskg(*look, "--format", "json", **env).stdout)
    row = next(row for row in rows if row["row"] == ROW)
    assert (row["actual"], row["expected"], row["pace"], row["light"]) == (
        "118", "120", "慢序时", "黄",
    )  # fmt: skip
    told = mskg(*look, "--explain", "--lang", "en", **env).stdout
    assert "below the stage of 2023-06-30: 120" in told
    assert "督查室" in told
    behind = mskg(*look, "--pace", "behind", "--format", "csv", **env).stdout
    assert len(behind.splitlines()) == 3  # the indicator and its stage of June


def test_a_start(mskg, own: Path) -> None:
    env = {"MSKG_STORE": str(own)}
    task = ROW.partition("/item")[0]
    start = ("ledger", "start", task, "--as-of", "2023-03-20", "--by", "司法局")
    look = ("ledger", "status", "--as-of", "2023-03-31", "--task", "9", "--region", "泾源县")

    def states() -> set[str]:
        rows = json.loads(mskg(*look, "--format", "json", **env).stdout)
        return {row["state"] for row in rows}

    assert "推进中" not in states()
    assert mskg(*start, **env).returncode == 0
    assert states() == {"推进中"}
    assert "以前记录过" in mskg(*start, **env).stderr
    later = mskg(*start, "--note", "again", "--lang", "en", **env)
    assert (later.returncode, "started on 2023-03-20 already" in later.stderr) == (2, True)
    events = mskg("query", "row-events", "--region", "泾源县", "--format", "csv", **env).stdout
    assert events.count("started") == 1


def test_events(mskg, own: Path) -> None:
    env = {"MSKG_STORE": str(own)}
    close = ("ledger", "close", ROW, "--as-of", "2023-12-28", "--by", "督查室")
    short = mskg(*close, "--evidence", "验收单9号", **env)
    assert (short.returncode, "尚未完成" in short.stderr) == (2, True)
    assert mskg(*close, **env).returncode == 2  # no evidence
    done = (*close, "--evidence", "验收单9号", "--note", "台账另报")
    assert mskg(*done, **env).returncode == 0
    assert "以前记录过" in mskg(*done, **env).stderr
    again = ("ledger", "reopen", ROW, "--as-of", "2023-12-30", "--by", "督查室", "--note", "回访")
    assert mskg(*again, **env).returncode == 0
    adjust = (
        "ledger",
        "adjust",
        ROW,
        "--as-of",
        "2023-12-30",
        "--by",
        "县政府",
        "--source",
        "40号",
    )
    assert mskg(*adjust, **env).returncode == 2  # neither value nor date
    assert mskg(*adjust, "--value", "200", **env).returncode == 0
    look = ("ledger", "status", "--as-of", "2023-12-31", "--task", "9", "--region", "泾源县")
    told = mskg(*look, "--explain", **env).stdout
    assert "事件 2023-12-28: 销号 (督查室; 验收单9号; 台账另报)" in told
    assert "目标: ≥200 件" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status", "--as-of", "June"), "--as-of"),
        (("status", "--as-of", "2023-06-30", "--region", "东湖区"), "东湖区"),
        (("status", "--as-of", "2023-06-30", "--year", "1999"), "1999"),
        (("status", "--as-of", "2023-06-30", "--profile", "weekly"), "half-year"),
        (("close", "no/row", "--as-of", "2023-06-30", "--by", "x", "--evidence", "x"), "no/row"),
        (("export", "--out", "ledger.pdf"), ".pdf"),
        (("import", "none.xlsx", "--as-of", "2023-06-30", "--reporter", "x"), "none.xlsx"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line(
    mskg, own: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = mskg("ledger", *arguments, cwd=tmp_path, MSKG_STORE=str(own))
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_group_shows_its_commands(mskg) -> None:
    page = mskg("ledger").stdout
    assert all(f"\n  {name} " in page for name in ("export", "import", "status", "start", "close"))
    english = mskg("ledger", "status", "--help", "--lang", "en").stdout.split("\nExamples\n")[0]
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english)


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
@pytest.mark.parametrize(
    ("arguments", "steps"),
    [
        (("report", "--as-of", "2023-06-30", "--out", "bulletin.docx"), 5),
        (("calendar", "--as-of", "2023-06-30", "--out", "days.ics"), 4),
        (("ledger", "status", "--as-of", "2023-06-30"), 3),
    ],
)
def test_long_work_shows_its_steps_on_a_terminal(
    store: Path, tmp_path: Path, arguments: tuple[str, ...], steps: int
) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "mskg", *arguments, "--store", str(store)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=theirs
    ) as done:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the terminal is gone with the process
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    assert done.returncode == 0
    assert f"{steps}/{steps}".encode() in shown
