"""Counts of a bulletin: states of rows, tasks and departments, and their ranking.

Pure numbers; `mskg.ledger.bulletin` puts them in words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mskg.ledger.rows import Standing

__all__ = ["PACES", "Ranked", "Tally", "coloured", "is_done", "ranking", "tally", "verdict"]

# As the tables of the bulletin list them: what is wrong comes first.
PACES: Final = (
    *("overdue", "behind", "not-comparable", "no-data", "not-due"),
    *("on-schedule", "ahead", "late", "early", "exceeded"),
)
_LAGGING: Final = frozenset({"overdue", "behind"})
_JUDGED: Final = _LAGGING | {"on-schedule", "ahead", "late", "early", "exceeded"}
_COLOURED: Final = frozenset({"closed", "terminated"})
_HALF: Final = Decimal("0.5")


def is_done(standing: Standing) -> bool:
    """Return whether the target was reported as reached, or the row as complete or closed."""
    return standing.met is not None


def coloured(standings: Iterable[Standing]) -> dict[str, Standing]:
    """Return a row for each status that gives its rows their colour.

    That is the state of rows that are closed or ended, else what was computed.
    """
    found: dict[str, Standing] = {}
    for standing in standings:
        own = standing.state in _COLOURED
        found.setdefault(standing.state if own else standing.pace, standing)
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows are in which state.

    ``judged`` counts the rows that a value or a date could be judged by: neither without data,
    nor not due yet, nor not comparable, nor ended.
    """

    rows: int
    tasks: int
    done: int
    closed: int
    ended: int
    judged: int
    paces: Mapping[str, int]

    @property
    def lagging(self) -> int:
        """Rows that are behind or overdue."""
        return sum(self.paces.get(pace, 0) for pace in _LAGGING)

    @property
    def kept(self) -> Decimal | None:
        """Share of the judged rows that do not lag; None where no row could be judged."""
        return Decimal(self.judged - self.lagging) / self.judged if self.judged else None

    @property
    def completed(self) -> Decimal | None:
        """Share of all rows that are done; None where there are none."""
        return Decimal(self.done) / self.rows if self.rows else None

    @property
    def sparse(self) -> bool:
        """Whether fewer than half of the rows that need data have it."""
        asked = self.judged + self.paces.get("no-data", 0)
        return asked > 0 and Decimal(self.judged) / asked < _HALF


def tally(standings: Iterable[Standing]) -> Tally:
    """Return the counts of `standings`."""
    every = list(standings)
    running = [standing for standing in every if standing.state != "terminated"]
    paces = Counter(standing.pace for standing in running)
    return Tally(
        rows=len(every),
        tasks=len({standing.row.task for standing in every}),
        done=sum(map(is_done, running)),
        closed=sum(standing.state == "closed" for standing in every),
        ended=len(every) - len(running),
        judged=sum(paces[pace] for pace in _JUDGED),
        paces=dict(paces),
    )


def verdict(standings: Sequence[Standing]) -> Standing:
    """Return the row that speaks for a task: the worst that was judged.

    Rows without data do not make a task worse; they speak only where no row was judged. Late
    is worse than on schedule only where every row is done.
    """
    judged = [standing for standing in standings if standing.pace in _JUDGED]
    lagging = [standing for standing in judged if standing.pace in _LAGGING]
    open_rows = [standing for standing in judged if not is_done(standing)]
    return min(lagging or open_rows or judged or standings, key=_worst)


def _worst(standing: Standing) -> tuple[int, int]:
    known = standing.pace in PACES
    return PACES.index(standing.pace) if known else len(PACES), standing.row.position


@dataclass(frozen=True, slots=True)
class Ranked:
    """A name with its counts; ``rank`` is None where no row could be judged."""

    rank: int | None
    name: str
    tally: Tally


def ranking(groups: Mapping[str, Sequence[Standing]]) -> list[Ranked]:
    """Return the groups in order, equal ones with one rank (1, 2, 2, 4).

    First the share of judged rows that do not lag, then the share of rows done, then fewer
    overdue rows; those without a judged row come last and have no rank.
    """
    counted = {name: tally(rows) for name, rows in groups.items()}
    judged = {name: _key(counts) for name, counts in counted.items() if counts.judged}
    order = sorted(judged, key=lambda name: (judged[name], name))
    keys = sorted(judged.values())
    ranks = {key: place for place, key in reversed(list(enumerate(keys, 1)))}
    found = [Ranked(ranks[judged[name]], name, counted[name]) for name in order]
    rest = sorted(name for name in counted if name not in judged)
    return found + [Ranked(None, name, counted[name]) for name in rest]


def _key(counts: Tally) -> tuple[Decimal, Decimal, int]:
    """Return what is compared, smaller is better."""
    none = Decimal(0)
    return -(counts.kept or none), -(counts.completed or none), counts.paces.get("overdue", 0)
