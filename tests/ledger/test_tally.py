"""Counts and ranking of a bulletin, beside a simple reckoning of their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from standings import ledger_row, sample, standing

from mskg.ledger.bulletin_tables import by_department
from mskg.ledger.tally import PACES, ranking, tally, verdict

AT = date(2023, 7, 31)
JUDGED = ("overdue", "behind", "on-schedule", "ahead", "late", "early", "exceeded")
GROUPS = st.dictionaries(
    st.sampled_from([f"部门{n}" for n in range(6)]),
    st.lists(st.tuples(st.sampled_from(PACES), st.booleans()), min_size=1, max_size=6),
    max_size=6,
)


def group(paces: list[tuple[str, bool]]) -> list:
    return [
        standing(ledger_row(1, n, f"行{n}"), AT, pace, met=AT if done else None)
        for n, (pace, done) in enumerate(paces)
    ]


@given(GROUPS)
def test_ranking_follows_its_rule(drawn: dict[str, list[tuple[str, bool]]]) -> None:
    found = ranking({name: group(paces) for name, paces in drawn.items()})
    assert sorted(entry.name for entry in found) == sorted(drawn)
    keys = {}
    for name, paces in drawn.items():
        judged = [pace for pace, _ in paces if pace in JUDGED]
        lag = sum(pace in ("overdue", "behind") for pace in judged)
        if judged:
            kept = Fraction(len(judged) - lag, len(judged))
            done = Fraction(sum(flag for _, flag in paces), len(paces))
            keys[name] = (-kept, -done, sum(pace == "overdue" for pace, _ in paces))
    for entry in found:
        if entry.name in keys:
            # The rank is one more than the number of those that are strictly better.
            assert entry.rank == 1 + sum(key < keys[entry.name] for key in keys.values())
        else:
            assert entry.rank is None
    ranks = [entry.rank for entry in found if entry.rank is not None]
    assert ranks == sorted(ranks)
    assert [entry.rank for entry in found[len(ranks) :]] == [None] * (len(found) - len(ranks))


def test_ties_share_a_rank_and_the_next_is_skipped() -> None:
    good, bad = [("ahead", True)], [("behind", False)]
    found = ranking({"甲": group(good), "乙": group(good), "丙": group(bad), "丁": group(bad)})
    assert [(entry.rank, entry.name) for entry in found] == [
        (1, "乙"), (1, "甲"), (3, "丁"), (3, "丙")
    ]  # fmt: skip


def test_counts_of_a_plan() -> None:
    counts = tally(sample(AT))
    assert (counts.rows, counts.tasks, counts.done, counts.closed) == (6, 3, 1, 1)
    assert (counts.judged, counts.lagging, counts.kept) == (4, 2, Decimal("0.5"))
    assert not counts.sparse
    nothing = tally([])
    assert (nothing.kept, nothing.completed, nothing.sparse) == (None, None, False)


def test_ended_rows_are_counted_apart() -> None:
    row = ledger_row(1, 1, "行")
    counts = tally([standing(row, AT, "not-due", state="terminated")])
    assert (counts.rows, counts.ended, counts.judged, dict(counts.paces)) == (1, 1, 0, {})


def test_few_data_are_marked() -> None:
    assert tally(group([("ahead", False), ("no-data", False), ("no-data", False)])).sparse
    assert not tally(group([("ahead", False), ("no-data", False), ("not-due", False)])).sparse


def test_a_task_is_as_bad_as_its_worst_row_that_was_judged() -> None:
    def worst(*paces: tuple[str, bool]) -> str:
        return verdict(group(list(paces))).pace

    assert worst(("ahead", False), ("behind", False), ("overdue", False)) == "overdue"
    assert worst(("ahead", False), ("no-data", False)) == "ahead"
    assert worst(("no-data", False), ("not-due", False)) == "no-data"
    # Late only speaks for a task of which everything is done.
    assert worst(("late", True), ("ahead", False)) == "ahead"
    assert worst(("late", True), ("early", True)) == "late"


def test_departments_of_one_name_are_told_apart() -> None:
    here, there = ledger_row(1, 1, "行"), ledger_row(1, 2, "行", region="湛河区")
    one = here.departments[0]
    same = there.departments[0]._replace(name=one.name)
    moved = ledger_row(1, 2, "行", region="湛河区", departments=(same,))
    alone = ledger_row(2, 3, "行", departments=())
    rows = [standing(row, AT, "ahead") for row in (here, moved, alone)]
    assert list(by_department(rows, "无")) == [
        f"{one.name}（泾源县）", f"{one.name}（湛河区）", "无"
    ]  # fmt: skip
