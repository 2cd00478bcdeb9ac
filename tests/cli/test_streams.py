"""Languages, encodings, broken pipes, crashes: how the command speaks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mskg.cli.language import choose_language
from mskg.errors import InputError

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("arguments", "environ", "expected"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "MSKG_LANG": "en"}, "en"),
        (["query", "--lang", "zh"], {"MSKG_LANG": "en"}, "zh"),
        (["--lang=en"], {}, "en"),
        (["sparql", "--", "--lang=en"], {}, "zh"),
    ],
)
def test_language_is_chosen(arguments: list[str], environ: dict[str, str], expected: str) -> None:
    assert choose_language(arguments, environ) == expected


@pytest.mark.parametrize("arguments", [["--lang", "fr"], ["--lang"], ["--lang="]])
def test_unknown_language_is_an_error(arguments: list[str]) -> None:
    with pytest.raises(InputError, match="--lang zh or --lang en"):
        choose_language(arguments, {})


def test_unknown_language_on_the_command_line(mskg) -> None:
    result = mskg("--help", "--lang", "fr")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_gbk_console_is_safe(mskg, document: Path) -> None:
    """Characters that GBK lacks are replaced; nothing fails."""
    page = mskg("--help", PYTHONIOENCODING="gbk")
    assert page.returncode == 0
    assert "命令" in page.stdout
    table = mskg("extract", document, "--format", "table", PYTHONIOENCODING="gbk")
    assert table.returncode == 0, table.stderr
    assert "牵头" in table.stdout


def test_traditional_script_on_a_gbk_console(mskg) -> None:
    traditional = next((ROOT / "data" / "documents").glob("002*.txt"))
    result = mskg("extract", traditional, "--explain", PYTHONIOENCODING="gbk")
    assert result.returncode == 0, result.stderr


def test_pipe_gets_utf8_whatever_the_locale(mskg, document: Path) -> None:
    result = mskg("extract", document, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert result.returncode == 0
    assert "湛河区" in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes: run on Linux or macOS")
def test_reader_that_leaves_is_no_error(document: Path) -> None:
    command = f"'{sys.executable}' -m mskg extract '{document}' | head -c 10"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=ROOT, check=False
    )
    assert result.returncode == 0
    assert b"Error" not in result.stderr
    assert len(result.stdout) == 10


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals: run on Linux or macOS")
def test_interrupt_ends_with_130() -> None:
    # A runner in the background ignores SIGINT, and the child would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "mskg", "sparql", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    signal.signal(signal.SIGINT, before)
    time.sleep(3)  # long enough to stand at its input, on a busy machine too
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.decode().strip() in {"已中断", "interrupted"}


CRASH = """
import sys
import mskg.pipeline
def broken(*_args, **_kwargs):
    raise RuntimeError("first line\\nsecond line")
mskg.pipeline.find_files = broken
from mskg.cli.entry import run
sys.exit(run(sys.argv[1:]))
"""


def test_crash_is_one_line_and_code_3(document: Path) -> None:
    command = [sys.executable, "-c", CRASH, "extract", str(document)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == 3
    assert result.stderr.count("\n") == 1
    assert "RuntimeError: first line" in result.stderr
    assert "--debug" in result.stderr


@pytest.mark.parametrize("way", ["option", "variable"])
def test_debug_shows_the_traceback(document: Path, way: str) -> None:
    extra = ["--debug"] if way == "option" else []
    environ = {**os.environ, **({} if extra else {"MSKG_DEBUG": "1"})}
    command = [sys.executable, "-c", CRASH, "extract", str(document), *extra]
    result = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environ, check=False
    )
    assert result.returncode == 3
    assert "Traceback" in result.stderr
