"""The real command in a process of its own, and a store built once for all tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "data" / "documents"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run_mskg(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run ``mskg`` with `arguments`; names of `environ` are environment variables."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MSKG", "LC_", "COLUMNS"))}
    result = subprocess.run(
        [sys.executable, "-m", "mskg", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**clean, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **environ},
        check=False,
        timeout=120,
    )
    encoding = environ.get("PYTHONIOENCODING", "utf-8").split(":")[0]
    return subprocess.CompletedProcess(
        result.args,
        result.returncode,
        result.stdout.decode(encoding),
        result.stderr.decode(encoding),
    )


@pytest.fixture(scope="session", name="mskg")
def _mskg() -> Run:
    return run_mskg


@pytest.fixture(name="document")
def _document() -> Path:
    return next(DOCUMENTS.glob("004*.txt"))


@pytest.fixture(scope="session", name="store")
def _store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the bundled plans; tests must not write to it."""
    folder = tmp_path_factory.mktemp("built") / "store"
    result = run_mskg("build", DOCUMENTS, "--store", folder)
    assert result.returncode == 0, result.stderr
    return folder
