"""What no file of the project may hold: machine paths, registry hosts, paths outside it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".md", ".toml", ".txt", ".ttl", ".rq", ".csv", ".json", ".yml", ".yaml", ".sh", ""}
HOSTS = re.compile(r"(?i)\b(?:pypi\.org|pythonhosted|npmjs|deb\.debian|github\.com|gitlab\.com)")
PATHS = re.compile(r"(?<![\w.])/(?:work|root|home|tmp)/[\w.]")
OUTSIDE = re.compile(r"\.\./" + "shared")


def project_files() -> list[Path]:
    """Return the text files that git tracks or would track."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout: run this test in a clone")
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file() and path.suffix in TEXT]


@pytest.mark.parametrize(
    ("pattern", "what"),
    [(HOSTS, "a host name"), (PATHS, "a path of one machine"), (OUTSIDE, "a path outside")],
)
def test_no_file_holds(pattern: re.Pattern[str], what: str) -> None:
    own = Path(__file__).resolve()
    hits = []
    for path in project_files():
        if path == own or path.name == "LICENSE":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                hits.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert hits == [], what
