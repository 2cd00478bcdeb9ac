"""Papers for the people's congress: the mid-year review sheet and the year-end vote.

Both list the tasks that the congress voted for (票决), with what was promised, what was
reported, and the votes; cells that people fill by hand stay empty.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.ledger.bulletin import assembled, in_order, meanings, subject
from mskg.ledger.bulletin_tables import Tables, by_task
from mskg.ledger.footnotes import Footnotes
from mskg.ledger.sheet import VOTES
from mskg.ledger.tally import is_done, tally, verdict
from mskg.ledger.wording import day_words, say
from mskg.ledger.words import SIGNS
from mskg.render.paper import Figure, Figures, Grid, Notes, Value, Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from mskg.ledger.rows import Report, Standing
    from mskg.render.paper import Block, Paper

__all__ = ["REVIEWS", "Votes", "review", "votes_of"]

REVIEWS: Final = {"mid-year": "mid-year-review", "year-end": "satisfaction-vote"}
"""Kind of paper → kind of the reports whose votes it shows."""
_CONGRESS: Final = "congress"
_LISTED: Final = 4  # targets of a task that are written out


class Votes(NamedTuple):
    """The votes on a task at the last ballot, its day, and what was said of the task."""

    satisfied: int
    fairly: int
    dissatisfied: int
    at: date
    note: str = ""

    @property
    def cast(self) -> int:
        """All votes."""
        return self.satisfied + self.fairly + self.dissatisfied

    @property
    def rate(self) -> Decimal | None:
        """Share of satisfied and fairly satisfied; None where nobody voted."""
        return Decimal(self.satisfied + self.fairly) / self.cast if self.cast else None


def votes_of(reports: Iterable[Report], kind: str) -> Votes | None:
    """Return the votes of the last ballot among the reports of one task.

    Parameters
    ----------
    reports:
        In order of their dates; for one day and kind of vote the last one counts.
    kind:
        Kind of the reports that are ballots, a value of `REVIEWS`.
    """
    told = [report for report in reports if report.source == kind]
    if not told:
        return None
    # An opinion handed in later has no votes, and takes none back.
    last = max(report.at for report in [r for r in told if r.value is not None] or told)
    counts = {r.unit: int(r.value) for r in told if r.at == last and r.value is not None}
    satisfied, fairly, dissatisfied = (counts.get(unit, 0) for unit in VOTES.values())
    notes = [report.note for report in told if report.at >= last and report.note]
    return Votes(satisfied, fairly, dissatisfied, last, notes[-1] if notes else "")


def review(
    standings: Iterable[Standing],
    votes: Mapping[str, Votes],
    at: date,
    *,
    kind: str,
    lang: str = "zh",
    names: Mapping[str, Sequence[str]] | None = None,
) -> Paper:
    """Return the review sheet (``mid-year``) or the report on the vote (``year-end``).

    Parameters
    ----------
    votes:
        By the IRI of the task.
    names:
        Leaders of tasks and items by IRI, to be named beside those who reported and checked;
        None: no person is named.
    """
    every = in_order(standings)
    voted = [standing for standing in every if _CONGRESS in standing.row.origins]
    rows = voted or every
    tables = Tables(rows, at, lang, Footnotes(rows, lang, names))
    groups = by_task(rows)
    cast = {task: votes[task] for task in groups if task in votes}
    lines = [say("as_of", lang, day_words(at, lang))]
    lines += [] if voted else [say("no_origin", lang)]
    lines += [say("ballot", lang, day_words(max(v.at for v in cast.values()), lang))
              if cast else say("no_ballot", lang)]  # fmt: skip
    sections: list[tuple[str, str, Iterable[Block]]] = [
        ("overview", say("overview", lang), _overview(rows, cast, lang)),
        ("tasks", say("tasks", lang), _tasks(tables, groups, cast, kind)),
        ("notes", say("notes", lang), (Notes(tables.footnotes.notes()),)),
        ("rules", say("rules", lang), meanings(rows, lang)),
    ]
    title = say(f"title_{kind}", lang, subject(rows, lang))
    return assembled(title, lines, sections, lang)


def _overview(rows: Sequence[Standing], cast: Mapping[str, Votes], lang: str) -> Iterator[Block]:
    counts = tally(rows)
    figures = [
        Figure(say("f_tasks", lang), counts.tasks, goal="tasks"),
        Figure(say("f_rows", lang), counts.rows, goal="tasks"),
        Figure(say("f_done", lang), counts.done, goal="tasks"),
        Figure(say("f_completed", lang), counts.completed, goal="tasks", share=True),
    ]
    if cast:
        all_votes = sum(vote.cast for vote in cast.values())
        content = all_votes - sum(vote.dissatisfied for vote in cast.values())
        rate = Decimal(content) / all_votes if all_votes else None
        figures.append(Figure(say("rate", lang), rate, goal="tasks", share=True))
    yield Figures(tuple(figures))


def _tasks(
    tables: Tables,
    groups: Mapping[str, Sequence[Standing]],
    cast: Mapping[str, Votes],
    kind: str,
) -> Iterator[Block]:
    """Yield the table of the tasks, best rate first where there are votes."""
    heads = [("number", 6), ("task", 13), ("unit", 13), ("promised", 20), ("reported", 18),
             ("c_done", 9), ("status", 11)]  # fmt: skip
    heads += [("satisfied", 8), ("fairly", 8), ("dissatisfied", 8), ("rate", 11), ("rank", 7)]
    sheet = kind == "mid-year"  # whose cells are filled in by hand
    said = sheet or any(vote.note for vote in cast.values())
    heads += [("problems", 12)] * sheet + [("opinion", 14)] * said
    ranks = _ranks(cast)
    order = sorted(groups, key=lambda task: ranks.get(task, len(groups) + 1)) if cast else groups
    rows = []
    for task in order:
        group, vote = groups[task], cast.get(task)
        worst = verdict(group)
        counts: tuple[Value, ...] = (Value(None),) * 4
        if vote is not None and (vote.cast or not vote.note):  # else only something was said
            counts = (
                *map(Value, (vote.satisfied, vote.fairly, vote.dissatisfied)),
                Value(vote.rate, share=True),
            )
        values = (
            *tables.task_cells(worst), Value(_promised(group, tables.lang)),
            Value(_reported(group, tables.lang)), Value(f"{sum(map(is_done, group))}/{len(group)}"),
            tables.status(worst), *counts, Value(ranks.get(task)),
            *[Value(None)] * sheet, *[Value(vote.note or None if vote else None)] * said,
            tables.footnotes.value(worst),
        )  # fmt: skip
        rows.append(tables.placed(worst, values))
    columns = tables.heads([*heads, ("basis", 9)])
    yield Grid("", columns, tuple(rows), blank=sheet or not cast)
    yield Words(say("r_rate", tables.lang), rule=True)
    yield Words(say("r_task", tables.lang), rule=True)


def _ranks(cast: Mapping[str, Votes]) -> dict[str, int]:
    """Return the rank of each task by its rate, then by its satisfied votes; ties share one."""
    keys = {
        task: (-(vote.rate or 0), -Decimal(vote.satisfied) / vote.cast)
        for task, vote in cast.items()
        if vote.cast
    }
    return {task: 1 + sum(other < key for other in keys.values()) for task, key in keys.items()}


def _promised(group: Sequence[Standing], lang: str) -> str:
    """Return the targets of a task for the year; what it has of milestones where there are none."""
    final = [s for s in group if s.row.kind == "indicator"] or _last_stages(group)
    return _listed([_goal(standing) for standing in final], lang)


def _listed(words: Sequence[str], lang: str) -> str:
    more = [say("and_more", lang, len(words) - _LISTED)] if len(words) > _LISTED else []
    return "；".join([*words[:_LISTED], *more])


def _last_stages(group: Sequence[Standing]) -> list[Standing]:
    """Return the rows of a task without targets for the year: of a series its last stage."""
    last = {standing.row.series: standing for standing in group}
    return [standing for standing in group if last[standing.row.series] is standing]


def _goal(standing: Standing) -> str:
    row = standing.row
    value = Value(standing.target, sign=SIGNS.get(row.comparator, ""), unit=row.unit)
    return f"{row.label} {shown(value)}".strip()


def _reported(group: Sequence[Standing], lang: str) -> str | None:
    values = [
        f"{s.row.label} {shown(Value(s.actual.value, unit=s.actual.unit))}"
        for s in group
        if s.row.kind == "indicator" and s.actual is not None and s.actual.value is not None
    ]
    return _listed(values, lang) or None
