"""The ledger at scale: ``python -m benchmarks ledger [PLANS] [--months 12] [--memory]``.

PLANS plans (3,000) are the five bundled ones again and again under other region codes, each
with a report for every month-end on every row with a number that has no stage of its own to
wait for (about 500 observations a plan and year). Three sizes are run, a ninth, a third and
all of PLANS, each in a process of its own, so that growth shows.

Set-up: each bundled plan is read and turned into triples once; what it is under another code
is the same text with the other code. Measured, in CPU seconds (user and system): storing the
reports, one graph each, and observations a second; importing a filled sheet of the last month
for 30 plans with all its checks, beside the reports of all, and rows a second; the standing of
everything at 30 September, and that of one plan; the bulletin on everything, as a page and as a
workbook with every row; the largest memory up to the standings, and up to the end. Beside it the
peer, SQLite: the same observations as rows of one table, inserted, and the last value of every
row picked with one GROUP BY.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import sys
import tempfile
import time
from calendar import monthrange
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mskg.ledger import import_ledger, ledger_bytes, ledger_rows, standings
from mskg.ledger.bulletin import bulletin
from mskg.ledger.packing import write_packed
from mskg.model import Observation, ProgressReport
from mskg.ns import DATA, document_iri
from mskg.pipeline import read_plan
from mskg.rdf import derived_graph, derived_triples, plan_triples, report_node, report_triples
from mskg.render.papers import paper_bytes
from mskg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import TypeAlias

    from mskg.ledger import LedgerRow, Standing
    from mskg.model import Plan
    from mskg.rdf import Triple
    from mskg.store import Store

    Graph: TypeAlias = tuple[str, list[Triple]]

__all__ = ["main"]

T = TypeVar("T")
DOCUMENTS = Path(__file__).resolve().parents[1] / "data" / "documents"
_AT = date(2023, 9, 30)
_WHO = "督查室"


_CODE = "909090"  # of no place; stands for that of the plan in what is moved
_SHEET = 30  # plans whose last month comes as a filled sheet


class _Measured(NamedTuple):
    plans: int
    observations: int
    setup: float
    stored: float
    sheet: float
    rows: int
    everything: float
    one: float
    memory: float
    bulletin: float
    page: float
    book: float
    most: float
    peer_stored: float
    peer_last: float


def _cpu(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def _placed(plan: Plan) -> Plan:
    """Return `plan` as one of the place `_CODE` and the year 2023."""
    return replace(
        plan,
        document=replace(plan.document, key=f"{_CODE}-2023"),
        program=replace(plan.program, region=f"地区{_CODE}", region_code=_CODE, year=2023),
    )


def _graphs(plan: Plan) -> list[Graph]:
    """Return the graphs that a store has of `plan`, and that of its rows, as an import makes it."""
    own = [
        (document_iri(plan.document.key), [*plan_triples(plan, run=f"{DATA}run/{_CODE}")]),
        (derived_graph(plan), [*derived_triples(plan)]),
    ]
    with open_store() as store:
        for iri, triples in own:
            store.replace_graph(iri, triples)
        write_packed(store, ledger_rows(store))
        (packed,) = set(store.graphs()) - {iri for iri, _ in own}
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{packed}> {{ ?s ?p ?o }} }}"
        return [*own, (packed, store.construct(query))]


def _moved(graph: Graph, code: str) -> Graph:
    """Return `graph` as one of the place `code`."""
    iri, triples = graph
    return iri.replace(_CODE, code), [
        (
            subject.replace(_CODE, code),
            link,
            value.replace(_CODE, code)
            if isinstance(value, str)
            else value._replace(value=value.value.replace(_CODE, code)),
        )
        for subject, link, value in triples
    ]


def _fill(store: Store, count: int) -> None:
    bundled = [_graphs(_placed(read_plan(path))) for path in sorted(DOCUMENTS.glob("*.txt"))]
    with store.writing():
        for number in range(count):
            for graph in bundled[number % len(bundled)]:
                store.replace_graph(*_moved(graph, f"{910000 + number}"))


def _asked(rows: Sequence[LedgerRow]) -> dict[str, list[LedgerRow]]:
    """Return the rows with a number of their own by program."""
    found: dict[str, list[LedgerRow]] = {}
    for row in rows:
        if row.target is not None and (row.kind == "indicator" or row.id.endswith("/target")):
            found.setdefault(row.program, []).append(row)
    return found


def _values(rows: Sequence[LedgerRow], month: int) -> list[Decimal]:
    """Return what has been reached by a month: 80 to 116 of a hundred at the end of the year.

    Rows of one thing in one unit (a target and its stages) have one value.
    """
    last = {(row.series, row.unit): (place, row.target) for place, row in enumerate(rows)}
    found = []
    for row in rows:
        place, target = last[row.series, row.unit]
        found.append((target or Decimal(0)) * month * (80 + place % 10 * 4) // 1200)
    return found


def _reports(
    asked: dict[str, list[LedgerRow]], months: int, but: Collection[str] = ()
) -> Iterator[ProgressReport]:
    """Yield a report for every month and program; not the last one of the programs `but`."""
    for month in range(1, months + 1):
        at = date(2023, month, monthrange(2023, month)[1])
        for program, members in asked.items():
            if month == months and program in but:
                continue
            seen = [
                Observation(row.id, at, value, row.unit, row.series)
                for row, value in zip(members, _values(members, month), strict=True)
            ]
            yield ProgressReport(at, at, _WHO, tuple(seen))


def _store_reports(store: Store, reports: Iterator[ProgressReport]) -> int:
    count = 0
    with store.writing():
        for report in reports:
            store.replace_graph(report_node(report), report_triples(report))
            count += len(report.observations)
    return count


def _filled_sheet(
    store: Store, path: Path, asked: dict[str, list[LedgerRow]], programs: list[str], month: int
) -> int:
    """Write the sheet of the last month of `programs`; return how many rows are filled in."""
    content, _ = ledger_bytes(store, ".json", program=programs)
    values = {
        row.id: str(value)
        for program in programs
        for row, value in zip(asked[program], _values(asked[program], month), strict=True)
    }
    entries = json.loads(content)
    for entry in entries:
        if entry["id"] in values:
            entry |= {"value": values[entry["id"]], "note": "benchmark"}
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    return len(values)


def _peer(reports: Iterator[ProgressReport]) -> tuple[float, float]:
    """Return CPU seconds of SQLite to insert the observations, and to pick the last ones."""
    entries = [
        (entry.row, entry.at.isoformat(), float(entry.value or 0), entry.unit, _WHO)
        for report in reports
        for entry in report.observations
    ]
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "peer.db")
        base.execute("CREATE TABLE o (id TEXT, at TEXT, value REAL, unit TEXT, who TEXT)")

        def insert() -> None:
            base.executemany("INSERT INTO o VALUES (?, ?, ?, ?, ?)", entries)
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


def _memory() -> float:
    """Return the largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(count: int, months: int, in_memory: bool) -> _Measured:
    with tempfile.TemporaryDirectory() as folder:
        place = None if in_memory else Path(folder) / "store"
        with open_store(place, write=True) as store:
            setup, _ = _cpu(lambda: _fill(store, count))
            asked = _asked(ledger_rows(store))
            chosen = sorted(asked)[:_SHEET]
            stored, observations = _cpu(
                lambda: _store_reports(store, _reports(asked, months, but=chosen))
            )
            sheet = Path(folder) / "ledger.json"
            filled = _filled_sheet(store, sheet, asked, chosen, months)
            end = date(2023, months, monthrange(2023, months)[1])
            read, done = _cpu(lambda: import_ledger(store, sheet, as_of=end, reporter=_WHO))
            assert done.accepted == filled, done.findings[:3]
            everything, found = _cpu(lambda: standings(store, _AT, words=False))
            assert sum(standing.actual is not None for standing in found) >= observations // months
            one, _ = _cpu(lambda: standings(store, _AT, program=chosen[0]))
        memory = _memory()
        papers = _papers(found)
    most = _memory()
    peer = _peer(_reports(asked, months, but=chosen))
    return _Measured(
        count, observations, setup, stored, read, filled, everything, one, memory, *papers, most,
        *peer,
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run the benchmark and print a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks ledger", description=__doc__)
    parser.add_argument("plans", type=int, nargs="?", default=3000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--memory", action="store_true", help="a store in memory, not on disk")
    options = parser.parse_args(arguments)
    print(
        "  plans  observations  set-up s  store s    obs/s  sheet s  rows/s  all standings s"
        "  one plan s     MB  bulletin s  its page s  its workbook s     MB"
        "  SQLite store s  SQLite last s"
    )
    for size in (options.plans // 9, options.plans // 3, options.plans):
        if not size:
            continue
        print(f"size {size} …", file=sys.stderr, flush=True)
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            m = apart.submit(_measure, size, options.months, options.memory).result()
        print(
            f"{m.plans:7} {m.observations:13} {m.setup:9.1f} {m.stored:8.1f}"
            f" {m.observations / m.stored:8.0f} {m.sheet:8.2f} {m.rows / m.sheet:7.0f}"
            f" {m.everything:16.2f} {m.one:11.2f} {m.memory:6.0f}"
            f" {m.bulletin:11.2f} {m.page:11.2f} {m.book:15.2f} {m.most:6.0f}"
            f" {m.peer_stored:15.1f} {m.peer_last:14.2f}",
            flush=True,
        )
    return 0
