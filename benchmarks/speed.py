"""Speed: CPU and wall time of the commands, and plans read per CPU second.

``python -m benchmarks speed [--runs N]``. Wall times depend on what else the machine does;
CPU times are the ones to compare. The lowest of N runs counts.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.pipeline import read_plan
from mskg.resources import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["cpu_seconds", "main"]

Timing = tuple[float, float]

_PYTHON = sys.executable


def cpu_seconds(command: Sequence[str], runs: int = 5) -> Timing:
    """Return the least CPU and wall seconds of `runs` runs of `command`, its children included."""
    timings = [_child(command) for _ in range(runs)]
    return min(cpu for cpu, _ in timings), min(wall for _, wall in timings)


def _child(command: Sequence[str]) -> Timing:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=_environment())
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall


def _environment() -> dict[str, str]:
    return {**os.environ, "MSKG_LANG": "zh"}


def _own(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _plans_per_second(rounds: int) -> tuple[float, float]:
    """Return plans per CPU second when warm, and the CPU seconds of the first plan."""
    paths = sorted(
        path for path in (folder("data") / "documents").iterdir() if path.suffix == ".txt"
    )
    first = _own(lambda: read_plan(paths[0]))
    spent = _own(lambda: [read_plan(path) for _ in range(rounds) for path in paths])
    return rounds * len(paths) / spent, first


def main(arguments: list[str]) -> int:
    """Print the timings side by side."""
    runs = int(arguments[1]) if arguments[:1] == ["--runs"] else 5
    base = cpu_seconds([_PYTHON, "-c", "import typer, rich"], runs)
    page = cpu_seconds([_PYTHON, "-m", "mskg", "--help"], runs)
    with tempfile.TemporaryDirectory() as place:
        demo = cpu_seconds([_PYTHON, "-m", "mskg", "demo", "--out", str(Path(place) / "d")], 2)
    rate, first = _plans_per_second(10)
    print(f"{'':32s} {'CPU s':>7s} {'wall s':>7s}")
    for name, (cpu, wall) in (
        ('python -c "import typer, rich"', base),
        ("mskg --help", page),
        ("mskg demo", demo),
    ):
        print(f"{name:32s} {cpu:7.3f} {wall:7.3f}")
    print(f"\nmskg --help against the import alone: {page[0] / base[0]:.2f} × CPU")
    print(f"plans read: {rate:.1f} per CPU second (the first one takes {first:.2f} s)")
    return 0
