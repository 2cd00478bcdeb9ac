"""The wheel: built, installed in a clean environment, run from another directory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ("data/documents/", "data/vocabulary/", "ontology/", "queries/", "shapes/")


def run(*command: str | Path, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command without the variables that would lead it back into the checkout."""
    clean = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**clean, "PYTHONUTF8": "1", **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.fixture(scope="module", name="wheel")
def _wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    result = run(*build, cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return next(folder.glob("*.whl"))


def test_wheel_holds_the_bundled_files(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in BUNDLED:
        inside = [name for name in names if name.startswith(f"mskg/_bundled/{part}")]
        there = [path for path in (ROOT / part).rglob("*") if path.is_file()]
        assert len(inside) == len([path for path in there if "__pycache__" not in path.parts])
    assert "mskg/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)


def test_installed_wheel_runs_the_main_job_elsewhere(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    bin_folder = environment / ("Scripts" if os.name == "nt" else "bin")
    install = run(
        *(bin_folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--constraint", ROOT / "constraints.txt", wheel),
        cwd=tmp_path,
    )
    if install.returncode != 0 and "No matching distribution" not in install.stderr:
        pytest.skip(f"pip can't reach a package registry: {install.stderr[-200:]}")
    assert install.returncode == 0, install.stderr
    place = tmp_path / "elsewhere"
    place.mkdir()
    result = run(bin_folder / "mskg", "demo", "--out", "result", cwd=place)
    assert result.returncode == 0, result.stderr
    records = sorted((place / "result" / "records").glob("*.json"))
    assert len(records) == 5
    assert all(json.loads(path.read_text(encoding="utf-8"))["tasks"] for path in records)
    where = "import mskg; print(mskg.__file__)"
    imported = run(bin_folder / "python", "-c", where, cwd=place).stdout.strip()
    assert Path(imported).is_relative_to(environment)
