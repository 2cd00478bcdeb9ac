"""What the README promises: its commands and its Python run, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", "README.zh.md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")


def blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of a page that are marked with `language`."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [body for name, body in BLOCK.findall(text) if name == language]


def mskg_commands() -> list[str]:
    """Return every line of a README that calls ``mskg``, once each."""
    lines = [
        line.split(" #")[0].strip()
        for page in PAGES
        for block in blocks(page, "bash")
        for line in block.splitlines()
    ]
    return sorted({line for line in lines if line.startswith("mskg ")})


@pytest.fixture(scope="module", name="place")
def _place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as it is after the first commands of the README."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "data").symlink_to(ROOT / "data")
    result = run_in(folder, "mskg build data/documents")
    assert result.returncode == 0, result.stderr
    return folder


def run_in(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run one line of the README in `folder`."""
    words = shlex.split(line)
    assert words[0] == "mskg"
    return subprocess.run(
        [sys.executable, "-m", "mskg", *words[1:]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("line", mskg_commands())
def test_command_of_the_readme_runs(place: Path, line: str) -> None:
    result = run_in(place, line)
    assert result.returncode == 0, result.stderr
    assert result.stdout or "--out" in line or "--report " in line


def test_readme_shows_many_commands() -> None:
    assert len(mskg_commands()) >= 6


@pytest.mark.parametrize("page", PAGES)
def test_python_of_the_readme_runs(page: str) -> None:
    for code in blocks(page, "python"):
        result = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        shown = [line.split("# ", 1)[1] for line in code.splitlines() if "print(" in line]
        assert result.stdout.splitlines() == shown


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md"])
def test_links_lead_to_files(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    local = [link for link in LINK.findall(text) if "://" not in link]
    assert [link for link in local if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake (\w+)", text))
    rules = set(
        re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {"demo", "test"} <= targets <= rules
