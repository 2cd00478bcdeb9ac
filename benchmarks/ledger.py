"""The ledger at scale: ``python -m benchmarks ledger [PLANS] [--months 12] [--memory]``.

PLANS plans (3,000) are the five bundled ones again and again under other region codes, each
with a report for every month-end on every row with a number that has no stage of its own to
wait for (about 500 observations a plan and year). Three sizes are run, a ninth, a third and
all of PLANS, so that growth shows. Printed for each: CPU seconds (user and system) to store the
reports and observations a second, to read one filled sheet back, for the standing of
everything at 30 September, and for that of one plan; for the bulletin on everything, as a page and
as a workbook with every row; beside it the peer, SQLite: the same
observations as rows of one table, inserted, and the last value of every row picked with one
GROUP BY.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mskg.ledger import import_ledger, ledger_bytes, ledger_rows, standings
from mskg.ledger.bulletin import bulletin
from mskg.ledger.packing import write_packed
from mskg.model import Observation, ProgressReport
from mskg.ns import document_iri
from mskg.pipeline import read_plan
from mskg.rdf import (
    derived_graph,
    derived_triples,
    plan_triples,
    report_node,
    report_triples,
    run_of,
)
from mskg.render.papers import paper_bytes
from mskg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mskg.ledger import LedgerRow, Standing
    from mskg.model import Plan
    from mskg.store import Store

__all__ = ["main"]

T = TypeVar("T")
DOCUMENTS = Path(__file__).resolve().parents[1] / "data" / "documents"
_AT = date(2023, 9, 30)
_WHO = "督查室"


class _Measured(NamedTuple):
    plans: int
    observations: int
    stored: float
    sheet: float
    everything: float
    one: float
    bulletin: float
    page: float
    book: float
    peer_stored: float
    peer_last: float


def _cpu(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def _plans(count: int) -> Iterator[Plan]:
    """Yield `count` plans of places of their own, all of the year 2023."""
    bundled = [read_plan(path) for path in sorted(DOCUMENTS.glob("*.txt"))]
    for number in range(count):
        plan = bundled[number % len(bundled)]
        code = f"{900000 + number}"
        yield replace(
            plan,
            document=replace(plan.document, key=f"{code}-2023-{number}"),
            program=replace(plan.program, region=f"地区{number}", region_code=code, year=2023),
        )


def _fill(store: Store, count: int) -> None:
    with store.writing():
        for plan in _plans(count):
            run = run_of(plan, rules="benchmark", version="0")
            store.replace_graph(document_iri(plan.document.key), plan_triples(plan, run=run))
            store.replace_graph(derived_graph(plan), derived_triples(plan))


def _reports(rows: tuple[LedgerRow, ...], months: int) -> Iterator[ProgressReport]:
    """Yield a report for every month and program; a tenth of the values is short."""
    by_program: dict[str, list[LedgerRow]] = {}
    for row in rows:
        if row.target is not None and (row.kind == "indicator" or row.id.endswith("/target")):
            by_program.setdefault(row.program, []).append(row)
    for month in range(1, months + 1):
        at = date(2023, month, monthrange(2023, month)[1])
        for members in by_program.values():
            seen = [
                Observation(
                    row.id, at, (row.target or Decimal(0)) * month * (80 + place % 10 * 4) // 1200,
                    row.unit, row.series,
                )
                for place, row in enumerate(members)
            ]  # fmt: skip
            yield ProgressReport(at, at, _WHO, tuple(seen))


def _write(store: Store, rows: tuple[LedgerRow, ...], reports: list[ProgressReport]) -> None:
    with store.writing():
        write_packed(store, rows)
        for report in reports:
            store.replace_graph(report_node(report), report_triples(report))


def _peer(reports: list[ProgressReport]) -> tuple[float, float]:
    """Return CPU seconds of SQLite to insert the observations, and to pick the last ones."""
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "peer.db")
        base.execute("CREATE TABLE o (id TEXT, at TEXT, value REAL, unit TEXT, who TEXT)")

        def insert() -> None:
            base.executemany(
                "INSERT INTO o VALUES (?, ?, ?, ?, ?)",
                (
                    (entry.row, entry.at.isoformat(), float(entry.value or 0), entry.unit, _WHO)
                    for report in reports
                    for entry in report.observations
                ),
            )
            base.execute("CREATE INDEX o_id ON o (id, at)")
            base.commit()

        stored, _ = _cpu(insert)
        query = "SELECT id, MAX(at), value FROM o WHERE at <= ? GROUP BY id"
        last, _ = _cpu(lambda: base.execute(query, (_AT.isoformat(),)).fetchall())
        base.close()
    return stored, last


def _papers(found: Sequence[Standing]) -> tuple[float, float, float]:
    """Return CPU seconds for the bulletin, for its page, and for its workbook."""
    made, paper = _cpu(lambda: bulletin(found, _AT, profile="default"))
    page, _ = _cpu(lambda: paper_bytes(paper, ".html"))
    book, _ = _cpu(lambda: paper_bytes(paper, ".xlsx"))
    return made, page, book


def _measure(count: int, months: int, *, memory: bool) -> _Measured:
    with tempfile.TemporaryDirectory() as folder:
        place = None if memory else Path(folder) / "store"
        with open_store(place, write=True) as store:
            _fill(store, count)
            rows = ledger_rows(store)
            reports = list(_reports(rows, months))
            observations = sum(len(report.observations) for report in reports)
            stored, _ = _cpu(lambda: _write(store, rows, reports))
            program = rows[0].program
            sheet = Path(folder) / "ledger.json"
            content, _ = ledger_bytes(store, ".json", program=program)
            sheet.write_bytes(content.replace(b'"value": null', b'"value": 1').replace(
                b'"note": null', b'"note": "benchmark"'
            ))  # fmt: skip
            read, _ = _cpu(
                lambda: import_ledger(store, sheet, as_of=_AT, reporter="x", partial=True)
            )
            everything, found = _cpu(lambda: standings(store, _AT, words=False))
            assert len(found) == len(rows)
            one, _ = _cpu(lambda: standings(store, _AT, program=program))
        papers = _papers(found)
        return _Measured(
            count, observations, stored, read, everything, one, *papers, *_peer(reports)
        )


def main(arguments: list[str]) -> int:
    """Run the benchmark and print a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks ledger", description=__doc__)
    parser.add_argument("plans", type=int, nargs="?", default=3000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--memory", action="store_true", help="a store in memory, not on disk")
    options = parser.parse_args(arguments)
    print(
        "  plans  observations  store s    obs/s  one sheet s  all standings s  one plan s"
        "  bulletin s  its page s  its workbook s"
        "  SQLite store s  SQLite last s"
    )
    for size in (options.plans // 9, options.plans // 3, options.plans):
        if not size:
            continue
        print(f"size {size} …", file=sys.stderr, flush=True)
        m = _measure(size, options.months, memory=options.memory)
        print(
            f"{m.plans:7} {m.observations:13} {m.stored:8.1f} {m.observations / m.stored:8.0f}"
            f" {m.sheet:12.2f} {m.everything:16.2f} {m.one:11.2f}"
            f" {m.bulletin:11.2f} {m.page:11.2f} {m.book:15.2f}"
            f" {m.peer_stored:15.1f} {m.peer_last:14.2f}",
            flush=True,
        )
    return 0
