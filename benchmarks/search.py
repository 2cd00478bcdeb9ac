"""Speed of the full-text index: ``python -m benchmarks search [N] [--seed S]``.

N parts of tasks (120,000) are recombined from the bundled plans and from the tables of
things and bodies. The same parts go into our index and into two peers: FTS5 with its own
trigram tokenizer, and a plain scan (instr over the folded texts). Printed are CPU seconds to
make each, its size, the median CPU time of a search with its ranked first 20 rows, by the
length of the word, and the ratio to the scan in the same run. A search is by 24 words of each
length, drawn from the texts, so that frequent and rare ones are among them.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.pipeline import read_plan
from mskg.query.fulltext import FullTextIndex, Part, runs
from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["made_up_parts", "main"]

DOCUMENTS = Path(__file__).resolve().parents[1] / "data" / "documents"
_PER_PLAN = 20
_WORDS = 24
_LENGTHS = (1, 2, 3, 4, 6)
_ROWS = 20
_SCAN = "SELECT COUNT(*) FROM p WHERE instr(words, ?)"
_MATCH = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20"


def made_up_parts(count: int, seed: int) -> list[Part]:
    """Return `count` parts whose sentences, titles and units come from the bundled plans."""
    chance = random.Random(seed)
    plans = [read_plan(path) for path in sorted(DOCUMENTS.glob("*.txt"))]
    tasks = [(task, item) for plan in plans for task in plan.tasks for item in task.items]
    sentences = [s for _, item in tasks for s in item.text.split("，") if len(s) > 4]
    units = sorted({d.org for task, _ in tasks for d in task.departments})
    found = []
    for number in range(count):
        task, item = chance.choice(tasks)
        names = [i.name for i in item.indicators][:4]
        text = "，".join(chance.sample(sentences, 2)) + f"{chance.randrange(10, 9999)}个。"
        found.append(
            Part(
                item=f"https://e.org/{number}/item/1",
                task=f"https://e.org/{number}",
                number=str(number % _PER_PLAN + 1),
                region=f"地区{number // _PER_PLAN}",
                regions=(f"https://e.org/region/{number // _PER_PLAN}",),
                year=str(2021 + number % 4),
                title=task.title,
                indicators="\n".join(names),
                units="\n".join(chance.sample(units, 3)),
                text=item.text + text,
            )
        )
    return found


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _words(parts: list[Part], length: int, chance: random.Random) -> list[str]:
    found: list[str] = []
    while len(found) < _WORDS:
        run = chance.choice(runs(chance.choice(parts).text) or ["x"])
        begin = chance.randrange(len(run))
        if len(run) - begin >= length:
            found.append(run[begin : begin + length])
    return found


def _trigrams(base: sqlite3.Connection, parts: Iterable[Part]) -> None:
    columns = "title, indicators, units, text"
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5({columns}, tokenize=trigram)")
    base.executemany(
        "INSERT INTO t VALUES (?, ?, ?, ?)",
        (tuple(map(fold, (p.title, p.indicators, p.units, p.text))) for p in parts),
    )
    base.commit()


def _plain(base: sqlite3.Connection, parts: Iterable[Part]) -> None:
    base.execute("CREATE TABLE p (words TEXT)")
    rows = ((fold("\n".join((p.title, p.indicators, p.units, p.text))).lower(),) for p in parts)
    base.executemany("INSERT INTO p VALUES (?)", rows)
    base.commit()


def main(arguments: list[str]) -> int:
    """Make the indexes, search them, print the figures; return 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks search")
    parser.add_argument("count", type=int, nargs="?", default=120_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    parts = made_up_parts(given.count, given.seed)
    size = sum(len(p.title + p.indicators + p.units + p.text) for p in parts)
    print(f"{len(parts):,} parts of tasks, {size:,} characters")
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder), parts, random.Random(given.seed))
    return 0


def _compare(folder: Path, parts: list[Part], chance: random.Random) -> None:
    ours = FullTextIndex(str(folder / "ours"))
    trigram, plain = (sqlite3.connect(folder / name) for name in ("trigram", "plain"))

    def fill() -> None:
        for start in range(0, len(parts), _PER_PLAN):
            ours.put(f"https://e.org/doc/{start}", "1", parts[start : start + _PER_PLAN])
        ours.commit()

    made = {
        "ours": _cpu(fill),
        "trigram": _cpu(lambda: _trigrams(trigram, parts)),
        "plain": _cpu(lambda: _plain(plain, parts)),
    }
    for name, seconds in made.items():
        megabytes = (folder / name).stat().st_size / 1e6
        print(f"  made {name:<8} {seconds:7.1f} s CPU {megabytes:7.0f} MB")
    opened = _cpu(lambda: FullTextIndex(str(folder / "ours")).close())
    print(f"  opened ours in {opened * 1000:.1f} ms CPU")
    print("median CPU ms of a search   length     ours  trigram     scan   scan/ours   rows")
    for length in _LENGTHS:
        words = _words(parts, length, chance)
        times = _times(words, lambda word: ours.find([word], limit=_ROWS))
        rows = statistics.median(ours.find([word], limit=_ROWS)[1] for word in words)
        scans = _times(words, lambda word: plain.execute(_SCAN, (word,)).fetchall())
        peer = "      –"  # trigrams find nothing shorter
        if length >= 3:
            found = _times(words, lambda word: trigram.execute(_MATCH, (f'"{word}"',)).fetchall())
            peer = f"{statistics.median(found):7.1f}"
        mine, scan = statistics.median(times), statistics.median(scans)
        ratio = scan / max(mine, 1e-3)
        print(
            f"{length:>34} {mine:8.1f}  {peer} {scan:8.1f} {ratio:10.1f}x {rows:7.0f}"
            f"  worst {max(times):.0f}"
        )


def _times(words: Iterable[str], find: Callable[[str], object]) -> list[float]:
    """Return the CPU time of each search in ms."""
    return [_cpu(partial(find, word)) * 1000 for word in words]
