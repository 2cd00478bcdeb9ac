"""Speed: CPU and wall time of the commands, and reading against ``jieba.lcut``.

``python -m benchmarks speed [--runs N] [--quick]``. Wall times depend on what else the machine
does; CPU times are the ones to compare. The lowest of N runs counts. Cutting the same text into
words is the least that Chinese text processing does, so its CPU time is the measure of ours.
`--quick` leaves out the commands, the large texts and the many documents.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mskg.pipeline import read_plan
from mskg.resources import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["cpu_seconds", "growth", "main", "memory", "plan_files", "reading_ratio"]

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


def plan_files() -> list[Path]:
    """Return the plain-text plans: the bundled ones and those of ``tests/golden``."""
    bundled = sorted((folder("data") / "documents").glob("*.txt"))
    golden = (Path(__file__).resolve().parents[1] / "tests" / "golden").glob("*/*.txt")
    return bundled + sorted(path for path in golden if path.parent.name != "negative")


def reading_ratio(runs: int = 5) -> tuple[float, float, int]:
    """Return the CPU seconds of reading all plans and of ``jieba.lcut``, and the characters.

    Both are warm and take turns, so that a busy machine slows both alike. What was read is let
    go before the next is read, as a batch does.
    """
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    paths = plan_files()
    texts = [path.read_text(encoding="utf-8") for path in paths]
    for path in paths:
        read_plan(path)
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(_own(lambda: _each(read_plan, paths)))
        theirs.append(_own(lambda: _each(jieba.lcut, texts)))
    return min(ours), min(theirs), sum(map(len, texts))


def _each(work: Callable[[Any], object], inputs: Sequence[object]) -> None:
    for entry in inputs:
        work(entry)


def _large_plan(size: int) -> str:
    """Return a plan of about `size` bytes: a table whose rows differ in their figures."""
    rows = ["某县2023年民生实事实施方案\n序号\t项目名称\t主要内容\t牵头单位\t配合单位\t完成时限\n"]
    length = 0
    while length < size:
        n = len(rows)
        rows.append(
            f"{n}\t农村公路改造工程\t改造农村公路{n}公里，危桥改造{n % 97 + 2}座，6月底前完成50%。"
            "\t县交通运输局\t县财政局、各乡镇\t11月底前\n"
        )
        length += len(rows[-1].encode())
    return "".join(rows)


def growth(sizes: Sequence[int] = (1, 10)) -> list[tuple[int, float, int]]:
    """Return for each size in MB the CPU seconds of one reading and the tasks found."""
    found = []
    with tempfile.TemporaryDirectory() as place:
        for size in sizes:
            path = Path(place) / f"{size}.txt"
            path.write_text(_large_plan(size * 10**6), encoding="utf-8")
            begin = time.process_time()
            tasks = len(read_plan(path).tasks)
            found.append((size, time.process_time() - begin, tasks))
    return found


def memory(documents: int = 2000) -> tuple[int, int]:
    """Return the peak resident kilobytes after a tenth of `documents` and after all of them."""
    paths = plan_files()
    early = 0
    for number in range(documents):
        read_plan(paths[number % len(paths)])
        if number == documents // 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _commands(runs: int) -> None:
    base = cpu_seconds([_PYTHON, "-c", "import typer, rich"], runs)
    page = cpu_seconds([_PYTHON, "-m", "mskg", "--help"], runs)
    with tempfile.TemporaryDirectory() as place:
        demo = cpu_seconds([_PYTHON, "-m", "mskg", "demo", "--out", str(Path(place) / "d")], 2)
    print(f"{'':32s} {'CPU s':>7s} {'wall s':>7s}")
    for name, (cpu, wall) in (
        ('python -c "import typer, rich"', base),
        ("mskg --help", page),
        ("mskg demo", demo),
    ):
        print(f"{name:32s} {cpu:7.3f} {wall:7.3f}")
    print(f"\nmskg --help against the import alone: {page[0] / base[0]:.2f} × CPU")


def main(arguments: list[str]) -> int:
    """Print the timings side by side."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks speed", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="only reading against jieba")
    options = parser.parse_args(arguments)
    if not options.quick:
        _commands(options.runs)
    first = _own(lambda: read_plan(plan_files()[0]))
    ours, theirs, characters = reading_ratio(options.runs)
    count = len(plan_files())
    print(f"plans read: {count / ours:.1f} per CPU second (the first one takes {first:.2f} s)")
    print(f"{count} plans, {characters} characters: reading {ours:.3f} s CPU,", end=" ")
    print(f"jieba.lcut {theirs:.3f} s CPU, ratio {ours / theirs:.2f}")
    if not options.quick:
        early, late = memory()
        print(f"memory: {early / 1024:.0f} MB after 200 plans, {late / 1024:.0f} MB after 2,000")
        for size, seconds, tasks in growth():
            print(f"{size:3d} MB of plan text: {seconds:.1f} s CPU, {tasks} tasks", flush=True)
    return 0
