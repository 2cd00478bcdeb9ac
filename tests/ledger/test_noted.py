"""Progress that a plan prints beside its tasks counts as reports, marked as text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from ledger_store import put, seen
from query_stores import fill_store

from mskg.ledger import standings
from mskg.pipeline import read_plan
from mskg.store import open_store

PLAN = Path(__file__).parents[1] / "support" / "plans" / "lulong-2024.txt"


def test_what_the_plan_says_of_june_is_read_where_nothing_is_guessed() -> None:
    store = open_store(None)
    fill_store(store, [read_plan(PLAN)])
    june = {s.row.id: s for s in standings(store, date(2024, 6, 30)) if s.row.kind == "indicator"}
    toilets, aid, pipes = june.values()
    assert toilets.actual is not None
    assert (toilets.actual.value, toilets.actual.source) == (120, "text")  # 完成120座
    assert toilets.actual.note == "完成120座"
    assert aid.actual is not None
    assert aid.actual.value == 51  # 办理51件
    assert pipes.actual is None  # 完成勘察设计 has no number
    assert [report.note for report in pipes.history] == ["完成勘察设计"]
    assert pipes.pace == "no-data"
    before = standings(store, date(2024, 6, 29))
    assert not any(standing.history for standing in before)
    # What is handed in later for the same date counts instead.
    put(
        store, date(2024, 6, 30), seen(toilets.row, date(2024, 6, 30), Decimal(118)),
        reported=date(2024, 7, 2),
    )  # fmt: skip
    after = {s.row.id: s for s in standings(store, date(2024, 6, 30))}[toilets.row.id]
    assert after.actual is not None
    assert (after.actual.value, [r.superseded for r in after.history]) == (118, [True, False])
