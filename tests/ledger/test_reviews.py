"""Papers for the people's congress."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from standings import sample

from mskg.ledger import Report
from mskg.ledger.reviews import REVIEWS, Votes, review, votes_of
from mskg.render.paper import Grid, Paper, shown

AT = date(2023, 12, 31)
TASK = "https://example.org/泾源县/{}"


def ballot(at: date, *counts: int, source: str = "satisfaction-vote") -> list[Report]:
    units = ("满意票", "基本满意票", "不满意票")
    return [Report("t", at, Decimal(n), unit, source=source)
            for n, unit in zip(counts, units, strict=True)]  # fmt: skip


def table(paper: Paper) -> list[list[str]]:
    section = next(part for part in paper.sections if part.id == "tasks")
    grid = next(block for block in section.blocks if isinstance(block, Grid))
    return [[shown(value) for value in row] for row in grid.rows]


def test_the_last_ballot_counts_and_only_of_its_kind() -> None:
    reports = [*ballot(date(2022, 12, 30), 1, 1, 1), *ballot(AT, 152, 30, 3),
               *ballot(AT, 9, 9, 9, source="mid-year-review")]  # fmt: skip
    votes = votes_of(reports, "satisfaction-vote")
    assert votes == Votes(152, 30, 3, AT)
    assert votes.rate == Decimal(182) / 185
    assert votes_of(reports[:3], "mid-year-review") is None
    # A corrected ballot of the same day: the later one.
    assert votes_of([*ballot(AT, 1, 0, 0), *ballot(AT, 5, 0, 0)], "satisfaction-vote") == Votes(
        5, 0, 0, AT
    )


def test_year_end_ranks_tasks_by_their_rate() -> None:
    votes = {
        TASK.format(1): Votes(5, 4, 1, AT),
        TASK.format(2): Votes(9, 0, 1, AT),
        TASK.format(3): Votes(10, 0, 0, AT),
    }
    paper = review(sample(AT), votes, AT, kind="year-end")
    assert paper.title == "泾源县2023年民生实事满意度测评情况"
    assert [(row[0], row[7:12]) for row in table(paper)] == [
        ("3", ["10", "0", "0", "100%", "1"]),
        ("2", ["9", "0", "1", "90%", "2"]),
        ("1", ["5", "4", "1", "90%", "3"]),
    ]
    assert any("2023年12月31日" in line for line in paper.lines)


def test_equal_votes_share_a_rank_and_nobody_voting_has_none() -> None:
    votes = {TASK.format(1): Votes(5, 4, 1, AT), TASK.format(2): Votes(5, 4, 1, AT),
             TASK.format(3): Votes(0, 0, 0, AT)}  # fmt: skip
    rows = table(review(sample(AT), votes, AT, kind="year-end"))
    assert [row[11] for row in rows] == ["1", "1", ""]
    assert rows[2][10] == ""


def test_an_opinion_handed_in_later_takes_no_votes_back() -> None:
    source = REVIEWS["mid-year"]
    said = Report("t", date(2024, 1, 15), note="请公开名单", source=source)
    assert votes_of([*ballot(AT, 20, 5, 1, source=source), said], source) == Votes(
        20, 5, 1, AT, "请公开名单"
    )


@pytest.mark.parametrize(("kind", "place"), [("mid-year", 13), ("year-end", 12)])
def test_what_was_said_of_a_task_stands_beside_its_votes(kind: str, place: int) -> None:
    source = REVIEWS[kind]
    said = Report("t", AT, note="进度再快一些", source=source)
    votes = {
        TASK.format(1): votes_of([*ballot(AT, 5, 4, 1, source=source), said], source),
        TASK.format(2): votes_of([said._replace(note="请公开名单")], source),  # no votes
    }
    rows = table(review(sample(AT), {t: v for t, v in votes.items() if v}, AT, kind=kind))
    assert [(row[0], row[7], row[place]) for row in rows] == [
        ("1", "5", "进度再快一些"), ("2", "", "请公开名单"), ("3", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["mid-year", "year-end"])
def test_without_votes_their_cells_are_left_to_be_filled_in(kind: str) -> None:
    paper = review(sample(), {}, date(2023, 7, 31), kind=kind)
    assert any("还没有录入表决结果" in line for line in paper.lines)
    rows = table(paper)
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert all(row[7:12] == [""] * 5 for row in rows)
    assert len(rows[0]) == (15 if kind == "mid-year" else 13)
    assert rows[1][3] == "城镇新增就业 ≥ 500 人；发放创业担保贷款 15,000,000 元"
    assert rows[1][4] == "城镇新增就业 400 人；发放创业担保贷款 4,000,000 元"
    section = next(part for part in paper.sections if part.id == "tasks")
    assert next(block for block in section.blocks if isinstance(block, Grid)).blank


def test_only_tasks_that_the_congress_voted_for() -> None:
    rows = [
        s._replace(row=s.row._replace(origins=("congress",))) if s.row.task_number == "2" else s
        for s in sample()
    ]
    paper = review(rows, {}, AT, kind="mid-year")
    assert [row[0] for row in table(paper)] == ["2"]
    assert not any("没有写明哪些任务" in line for line in paper.lines)
    assert any(
        "没有写明哪些任务" in line for line in review(sample(), {}, AT, kind="mid-year").lines
    )
