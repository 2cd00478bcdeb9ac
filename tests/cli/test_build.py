"""``mskg build`` over time: changed and removed files, killed builds, two at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mskg.store import open_store

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(name="plan")
def _plan(document: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_bytes(document.read_bytes())
    return path


def content(store: Path) -> str:
    with open_store(store) as opened:
        return "".join(opened.dump())


def start_build(plan: Path, store: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "mskg", "build", str(plan), "--store", str(store)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_killed_at_any_moment_a_build_leaves_old_or_new(mskg, plan: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    texts = [plan.read_text(encoding="utf-8")]
    texts.append(texts[0].replace("1.75 万人次", "1.95 万人次"))
    contents = []
    for text in texts:
        plan.write_text(text, encoding="utf-8")
        begun = time.monotonic()
        assert mskg("build", plan, "--store", store).returncode == 0
        whole = time.monotonic() - begun
        contents.append(content(store))
    with open_store(store) as reader:
        for number in range(5):
            plan.write_text(texts[number % 2], encoding="utf-8")
            build = start_build(plan, store)
            # Most of the time goes into reading; what is of interest happens at the end.
            time.sleep(whole * (0.65 + 0.08 * number))
            build.send_signal(signal.SIGKILL)
            build.wait()
            assert content(store) in contents
            assert "".join(reader.dump()) == contents[1]
    plan.write_text(texts[1], encoding="utf-8")
    assert mskg("build", plan, "--store", store).returncode == 0
    assert content(store) == contents[1]
    assert len(list((store / "generations").iterdir())) == 1


def test_two_builds_at_once(mskg, plan: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with open_store(store, write=True):
        second = mskg("build", plan, "--store", store, "--lang", "en")
    assert second.returncode == 2
    assert f"process {os.getpid()} is writing to the store" in second.stderr
    assert second.stderr.count("\n") == 1


def test_prune_says_what_it_removes(mskg, plan: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    other = ROOT / "data" / "documents" / "001_ceadb1d901a503e3.txt"
    assert mskg("build", plan, other, "--store", store).returncode == 0
    pruned = mskg("build", plan, "--store", store, "--prune", "--lang", "en")
    assert (pruned.returncode, pruned.stderr) == (0, "unchanged 1, removed 1\n")
    assert f"\n{other.name},removed,," in pruned.stdout
    nothing = mskg("build", tmp_path / "none.txt", "--store", store, "--prune", "--lang", "en")
    assert nothing.returncode == 2
    assert "nothing was removed" in nothing.stderr
    assert "410411" in content(store)
