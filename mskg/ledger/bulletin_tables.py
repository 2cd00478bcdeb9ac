"""Tables of a bulletin, made of standings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from mskg.ledger.profile import status_word
from mskg.ledger.tally import PACES, is_done, ranking, verdict
from mskg.ledger.wording import say
from mskg.ledger.words import SIGNS
from mskg.render.paper import Column, Grid, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mskg.ledger.footnotes import Footnotes
    from mskg.ledger.rows import LedgerRow, Report, Standing
    from mskg.ledger.tally import Ranked
    from mskg.render.paper import Row

__all__ = ["Tables", "by_department", "by_region", "by_task"]

_TWO: Final = Decimal(2)


def by_task(standings: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Return the rows of each task, by its IRI, in the order given."""
    return _grouped((standing.row.task, standing) for standing in standings)


def by_region(standings: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Return the rows of each place and year."""
    return _grouped((f"{s.row.region} {s.row.year or ''}".strip(), s) for s in standings)


def by_department(standings: Sequence[Standing], nobody: str) -> dict[str, list[Standing]]:
    """Return the rows that each department answers for; `nobody` for those without one.

    Departments of one name get their place behind it.
    """
    bodies: dict[str, set[str]] = defaultdict(set)
    for standing in standings:
        for entry in standing.row.accountable:
            bodies[entry.name].add(entry.iri)

    def names(row: LedgerRow) -> Iterable[str]:
        found = (f"{d.name}（{row.region}）" if len(bodies[d.name]) > 1 else d.name
                 for d in row.accountable)  # fmt: skip
        return dict.fromkeys(found) or (nobody,)

    return _grouped((name, standing) for standing in standings for name in names(standing.row))


def _grouped(pairs: Iterable[tuple[str, Standing]]) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = defaultdict(list)
    for name, standing in pairs:
        found[name].append(standing)
    return dict(found)


@dataclass(frozen=True)
class Tables:
    """The tables of one bulletin: its rows, its day, its language, where its rows lead to."""

    standings: Sequence[Standing]
    at: date
    lang: str
    footnotes: Footnotes

    def say(self, key: str, *values: object) -> str:
        """Return the words `key` in the language of the bulletin."""
        return say(key, self.lang, *values)

    def lagging(self) -> Grid:
        """Return what is overdue, longest first, then what is behind, widest gap first."""
        rows = [s for s in self._running() if s.pace in {"overdue", "behind"}]
        rows.sort(key=lambda s: (s.pace != "overdue", -self._days_over(s), -_gap(s)))
        cells = [self._row(s, Value(self._days_over(s) or None)) for s in rows]
        return Grid("", self._columns("days"), tuple(cells),
                    self.say("none_lagging"))  # fmt: skip

    def soon(self, window: int) -> Grid:
        """Return what falls due within `window` days and is not done, earliest first."""
        rows = sorted(self._due_within(window), key=lambda s: _warned(s) or self.at)
        cells = [self._row(s, Value(self._days_left(s))) for s in rows]
        return Grid("", self._columns("days_left"), tuple(cells), self.say("none_soon"))

    def every_row(self) -> Grid:
        """Return all rows in the order of the plans."""
        return Grid(self.say("t_rows"), self._columns(), tuple(map(self._row, self.standings)))

    def missing(self) -> tuple[Grid, int]:
        """Return the rows that are due and have no data, and how many others have none."""
        without = [s for s in self._running() if s.actual is None and not is_done(s)]
        due = [s for s in without if (last := _last(s)) is not None and last <= self.at]
        title = self.say("t_missing")
        grid = Grid(title, self._columns(), tuple(map(self._row, due)), self.say("none_missing"))
        return grid, len(without) - len(due)

    def half(self) -> Grid:
        """Return the yearly counts beside half of their target."""
        heads = (("number", 5), ("task", 15), ("unit", 15), ("what", 18), ("target", 11),
                 ("half_value", 11), ("actual", 11), ("of_year", 9), ("reached", 7),
                 ("basis", 6))  # fmt: skip
        rows = [self._half_row(s) for s in self._running() if _halved(s)]
        return Grid(
            "", self.heads(heads), tuple(self.placed(*row) for row in rows), self.say("none_half")
        )

    def ranked(self, groups: Mapping[str, Sequence[Standing]], title: str, head: str) -> Grid:
        """Return the groups with rank and counts; groups called `nobody` have no rank."""
        heads = [("rank", 6), (head, 22), ("c_tasks", 6), ("c_rows", 6), ("c_done", 6)]
        columns = [Column(self.say(key), width) for key, width in heads]
        used = {standing.pace for standing in self.standings}
        paces = [pace for pace in PACES if pace in used]
        columns += [Column(status_word(pace, self.lang), 7) for pace in paces]
        columns += [Column(self.say("kept"), 9), Column(self.say("completed"), 9)]
        nobody = self.say("nobody")
        named = {name: rows for name, rows in groups.items() if name != nobody}
        rows = [self._ranked_row(entry, paces) for entry in ranking(named)]
        if nobody in groups:
            rows += [self._ranked_row(entry, paces) for entry in ranking({nobody: groups[nobody]})]
            rows[-1] = (Value(None), *rows[-1][1:])
        return Grid(title, tuple(columns), tuple(rows))

    def tasks(self) -> Grid:
        """Return one row a task: who answers for it, who leads it (if asked), its worst row."""
        groups = by_task(self.standings)
        leaders = {task: self.footnotes.leaders.get(task, ()) for task in groups}
        named = any(leaders.values())
        heads = [("number", 5), ("task", 24), ("unit", 24), *([("leader", 10)] if named else []),
                 ("c_rows", 7), ("c_done", 7), ("worst", 12), ("basis", 6)]  # fmt: skip
        rows = []
        for task, group in groups.items():
            worst = verdict(group)
            leader = (Value("、".join(leaders[task]) or None),) if named else ()
            values = (
                *self.task_cells(worst), *leader, Value(len(group)),
                Value(sum(map(is_done, group))), self.status(worst), self.footnotes.value(worst),
            )  # fmt: skip
            rows.append(self.placed(worst, values))
        return Grid(self.say("t_tasks"), self.heads(heads), tuple(rows))

    def duties(self) -> Grid:
        """Return the tasks of each department with the worst of its own rows."""
        heads = (("unit", 24), ("number", 6), ("task", 28), ("c_rows", 7), ("c_done", 7),
                 ("status", 12), ("basis", 6))  # fmt: skip
        rows = []
        for name, own in by_department(self.standings, self.say("nobody")).items():
            for group in by_task(own).values():
                worst = verdict(group)
                values = (
                    Value(name), Value(worst.row.task_number), Value(worst.row.task_title),
                    Value(len(group)), Value(sum(map(is_done, group))), self.status(worst),
                    self.footnotes.value(worst),
                )  # fmt: skip
                rows.append((name, self.placed(worst, values)))
        rows.sort(key=lambda entry: entry[0])
        return Grid(self.say("t_duties"), self.heads(heads), tuple(row for _, row in rows))

    @cached_property
    def several(self) -> bool:
        """Whether the bulletin is about more than one list of tasks."""
        return len({standing.row.program for standing in self.standings}) > 1

    def _running(self) -> list[Standing]:
        return [standing for standing in self.standings if standing.state != "terminated"]

    def _due_within(self, window: int) -> list[Standing]:
        last = self.at + timedelta(days=window)
        return [
            s
            for s in self._running()
            if not is_done(s)
            and (first := _warned(s)) is not None
            and first <= last
            and self._days_left(s) >= 0
        ]

    def heads(self, heads: Iterable[tuple[str, int]]) -> tuple[Column, ...]:
        """Return columns with these words and widths, behind the place where there are several."""
        found = [Column(self.say(key), width) for key, width in heads]
        place = [Column(self.say("region"), 12)] if self.several else []
        return tuple(place + found)

    def _columns(self, more: str = "") -> tuple[Column, ...]:
        heads = [("number", 4), ("task", 12), ("unit", 12), ("what", 15), ("target", 10),
                 ("expected", 10), ("actual", 10), ("as_of_day", 12), ("due", 12),
                 ("status", 10)]  # fmt: skip
        return self.heads([*heads, *([(more, 8)] if more else []), ("basis", 7)])

    def placed(self, standing: Standing, values: Sequence[Value]) -> Row:
        """Return `values`, behind the place where there are several."""
        place = f"{standing.row.region} {standing.row.year or ''}".strip()
        return (Value(place), *values) if self.several else tuple(values)

    def task_cells(self, standing: Standing) -> tuple[Value, Value, Value]:
        """Return number and title of a task, and who answers for it, over all its rows."""
        row = standing.row
        names = self._answering.get(row.task) or [self.say("nobody")]
        return Value(row.task_number), Value(row.task_title), Value("、".join(names))

    @cached_property
    def _answering(self) -> dict[str, list[str]]:
        return {
            task: list(dict.fromkeys(d.name for s in group for d in s.row.accountable))
            for task, group in by_task(self.standings).items()
        }

    def _row(self, standing: Standing, *more: Value) -> Row:
        row, actual = standing.row, standing.actual
        target = standing.target if standing.target is not None else row.target
        mark = "*" if standing.assumed else ""
        value = standing.expected
        # An assumed value is a share of days: two decimals say all there is to say.
        expected = Value(value if value is None else round(value, 2), unit=row.unit + mark)
        due = standing.due or row.due
        values = (
            Value(row.task_number), Value(row.task_title),
            Value("、".join(d.name for d in row.accountable) or None), Value(row.label),
            Value(target, sign=SIGNS.get(row.comparator, ""), unit=row.unit), expected,
            self._said(actual), Value(actual.at if actual else None),
            Value(due.end if due else None), self.status(standing), *more,
            self.footnotes.value(standing),
        )  # fmt: skip
        return self.placed(standing, values)

    def _said(self, actual: Report | None) -> Value:
        """Return the cell of what was reported: a value, or the word for a state."""
        if actual is None or actual.value is not None:
            return Value(actual.value, unit=actual.unit) if actual else Value(None)
        return Value(status_word(actual.state, self.lang) or None)

    def status(self, standing: Standing) -> Value:
        """Return the cell of a status in its colour."""
        words = status_word(standing.pace, self.lang)
        if standing.state in {"closed", "terminated", "adjusted"}:
            words += f" · {status_word(standing.state, self.lang)}"
        return Value(words, colour=standing.colour)

    def _half_row(self, standing: Standing) -> tuple[Standing, tuple[Value, ...]]:
        row, target = standing.row, standing.target or standing.row.target
        start = row.baseline or Decimal(0)
        half = start + ((target or Decimal(0)) - start) / _TWO
        value = standing.actual.value if standing.actual else None
        reached = "" if value is None else self.say("yes" if value >= half else "no")
        part = None if value is None or not target else value / target
        return standing, (
            Value(row.task_number), Value(row.task_title),
            Value("、".join(d.name for d in row.accountable) or None), Value(row.label),
            Value(target, sign=SIGNS.get(row.comparator, ""), unit=row.unit),
            Value(half, unit=row.unit), Value(value, unit=row.unit), Value(part, share=True),
            Value(reached or status_word("no-data", self.lang)), self.footnotes.value(standing),
        )  # fmt: skip

    def _ranked_row(self, entry: Ranked, paces: Sequence[str]) -> Row:
        counts = entry.tally
        rank = entry.rank if not counts.sparse else f"{entry.rank}*" if entry.rank else None
        return (
            Value(rank), Value(entry.name), Value(counts.tasks), Value(counts.rows),
            Value(counts.done), *(Value(counts.paces.get(pace, 0)) for pace in paces),
            Value(counts.kept, share=True), Value(counts.completed, share=True),
        )  # fmt: skip

    def _days_over(self, standing: Standing) -> int:
        last = _last(standing)
        return max((self.at - last).days, 0) if last and standing.pace == "overdue" else 0

    def _days_left(self, standing: Standing) -> int:
        last = _last(standing)
        return (last - self.at).days if last else -1


def _last(standing: Standing) -> date | None:
    due = standing.due or standing.row.due
    return due.end if due else None


def _warned(standing: Standing) -> date | None:
    """Return the first day that the deadline can mean."""
    due = standing.due or standing.row.due
    return (due.warn or due.end) if due else None


def _gap(standing: Standing) -> Decimal:
    """Return which part of the expected value is missing."""
    value = standing.actual.value if standing.actual else None
    if value is None or not standing.expected:
        return Decimal(0)
    return abs(standing.expected - value) / abs(standing.expected)


def _halved(standing: Standing) -> bool:
    row = standing.row
    return (
        row.kind == "indicator"
        and row.grows
        and not row.share
        and bool(row.target)
        and row.comparator not in {"le", "lt"}
        and (standing.actual is None or standing.actual.unit in {"", row.unit})
    )
