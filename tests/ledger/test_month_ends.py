"""Bulletins for each month-end of a year: what they say is what the standings say.

The counts are made again from the standings by plain loops, and the dates on which things
were done from the rule by which the reports were written (`progress_year`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from progress_year import CLOSED, NEVER, done_day, month_ends, write_year

from mskg.ledger import LedgerRow, Standing, standings
from mskg.ledger.reports import Selection, report
from mskg.pipeline import build
from mskg.render.paper import Figures, Grid, Growth, Paper, shown
from mskg.store import Store, open_store

DOCUMENTS = Path(__file__).resolve().parents[2] / "data" / "documents"
PLAN = next(DOCUMENTS.glob("003*.txt"))  # 泾源县: stages and milestones


@pytest.fixture(scope="module", name="year")
def _year() -> Iterator[tuple[Store, tuple[LedgerRow, ...]]]:
    with open_store() as store:
        build([PLAN], store)
        yield store, write_year(store)


def grids(paper: Paper, name: str) -> list[Grid]:
    section = next(part for part in paper.sections if part.id == name)
    return [block for block in section.blocks if isinstance(block, Grid)]


def cells(grid: Grid) -> list[list[str]]:
    return [[shown(value) for value in row] for row in grid.rows]


@pytest.mark.parametrize("at", month_ends(2023))
def test_counts_equal_the_standings(year, at: date) -> None:
    store, _ = year
    found = standings(store, at)
    paper = report(store, at)
    words = {"overdue": "逾期", "behind": "慢序时", "no-data": "无数据", "not-due": "未到期",
             "on-schedule": "按序时", "ahead": "超序时", "late": "逾期完成", "early": "提前完成",
             "exceeded": "超额完成"}  # fmt: skip
    counted = Counter(words[entry.pace] for entry in found)
    section = paper.sections[0]
    figures = [f for block in section.blocks if isinstance(block, Figures) for f in block.figures]
    shown_counts = {f.label: f.value for f in figures}
    assert {word: shown_counts.get(word, 0) for word in words.values()} == {
        word: counted.get(word, 0) for word in words.values()
    }
    assert shown_counts["指标和节点"] == len(found)
    lagging = cells(grids(paper, "lagging")[0])
    assert len(lagging) == counted["逾期"] + counted["慢序时"]
    assert [line[9] for line in lagging] == ["逾期"] * counted["逾期"] + ["慢序时"] * counted[
        "慢序时"
    ]
    ranked = {line[1]: line for line in cells(grids(paper, "ranking")[0])}
    assert_departments(
        ranked, [column.title for column in grids(paper, "ranking")[0].columns], found
    )


def assert_departments(ranked: dict, columns: list[str], found: tuple[Standing, ...]) -> None:
    for name, line in ranked.items():
        own = [s for s in found if any(d.accountable and d.name == name for d in s.row.departments)]
        said = dict(zip(columns, line, strict=True))
        assert said["行数"] == str(len(own))
        assert said["完成"] == str(sum(s.met is not None for s in own))
        for pace, word in (("overdue", "逾期"), ("behind", "慢序时"), ("no-data", "无数据")):
            assert said.get(word, "0") == str(sum(s.pace == pace for s in own))


@pytest.mark.parametrize("at", month_ends(2023)[2::3])
def test_milestones_stand_as_they_were_reported(year, at: date) -> None:
    """Rows without a number: done, late, overdue by the dates of the reports alone."""
    store, rows = year
    places = {row.id: place for place, row in enumerate(rows)}
    for entry in standings(store, at):
        if entry.row.target is not None or entry.row.due is None:
            continue
        place, end = places[entry.row.id], entry.row.due.end
        day = done_day(place, entry.row)
        # Reports come at the ends of months; closings a week after the day itself.
        known = [last for last in month_ends(2023) if day is not None and last >= day]
        known += [day + timedelta(days=7)] if day is not None and place % 7 == CLOSED else []
        met = min(known, default=None)
        if met is not None and met <= at:
            assert entry.met == met
            assert (entry.pace == "late") is (met > end)
        elif place % 7 == NEVER:
            assert entry.pace == ("no-data" if end <= at else "not-due")
        else:
            # On its last day what is reported as not complete is behind, from then on overdue.
            on_the_day = "behind" if end == at else "not-due"
            assert entry.pace == ("overdue" if end < at else on_the_day)


def test_burn_up_ends_with_what_is_done(year) -> None:
    store, _ = year
    at = date(2023, 12, 31)
    paper = report(store, at)
    charts = next(part for part in paper.sections if part.id == "charts")
    growth = next(block for block in charts.blocks if isinstance(block, Growth))
    found = standings(store, at)
    dated = [s.row.due.end for s in found if s.row.due is not None]
    for day, due, done in growth.points:
        assert due == sum(end <= day for end in dated)
        assert done == sum(s.met is not None and s.met <= day for s in found)
    assert growth.points[-1][0] == at


def test_a_department_alone(year) -> None:
    store, _ = year
    paper = report(store, date(2023, 6, 30), Selection(department="司法局"))
    assert "责任部门：司法局" in paper.lines
    rows = cells(grids(paper, "tasks")[1])
    assert {line[2] for line in rows} == {"泾源县司法局"}
    assert [line[1] for line in cells(grids(paper, "ranking")[0])] == ["泾源县司法局"]
