"""Charts of a bulletin: progress of each task, its milestones, what is due and done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from mskg.ledger.bulletin_tables import by_region, by_task
from mskg.ledger.profile import status_word
from mskg.ledger.tally import coloured, is_done, verdict
from mskg.render.charts import month_ends
from mskg.render.paper import Bar, Bars, Growth, Lane, Moment, Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.ledger.bulletin_tables import Tables
    from mskg.ledger.rows import Standing

__all__ = ["bars", "growth", "timeline"]

_PLAIN: Final = "#6b7782"  # for a row without a colour of the profile


def bars(tables: Tables) -> Bars:
    """Return a bar for each task, or for each place where there are several."""
    several = tables.several
    groups = by_region(tables.standings) if several else by_task(tables.standings)
    found = tuple(_bar(tables, group, name if several else "") for name, group in groups.items())
    title = tables.say("t_bars_regions" if several else "t_bars")
    heads = (tables.say("region" if several else "task"), tables.say("progress"), "")
    shares = (tables.say("b_share"), tables.say("b_due"))
    return Bars(title, found, tables.say("r_bars"), heads, shares)


def _bar(tables: Tables, group: Sequence[Standing], name: str) -> Bar:
    done, due = sum(map(is_done, group)), sum(_is_due(s, tables.at) for s in group)
    worst = verdict(group)
    return Bar(
        label=name or f"{worst.row.task_number} {worst.row.task_title}",
        done=Decimal(done) / len(group),
        expected=Decimal(due) / len(group),
        colour=worst.colour or _PLAIN,
        words=tables.say("bar", done, len(group), due, status_word(worst.pace, tables.lang)),
    )


def _is_due(standing: Standing, at: date) -> bool:
    due = standing.due or standing.row.due
    return due is not None and due.end <= at


def timeline(tables: Tables) -> Timeline:
    """Return the deadlines of each task, coloured by the status at the day of the report."""
    lanes = []
    for group in by_task(tables.standings).values():
        row = group[0].row
        days: dict[date, list[Standing]] = {}
        for standing in group:
            due = standing.due or standing.row.due
            if due is not None:
                days.setdefault(due.end, []).append(standing)
        moments = tuple(_moment(day, there, tables.lang) for day, there in sorted(days.items()))
        lanes.append(Lane(f"{row.task_number} {row.task_title}", moments))
    drawn = [moment.day for lane in lanes for moment in lane.moments]
    first, last = _years(tables, drawn)
    at_word = tables.say("at_word", tables.at.isoformat())
    return Timeline(
        tables.say("t_timeline"), first, last, tables.at, tuple(lanes), _legend(tables), at_word
    )


def _moment(day: date, group: Sequence[Standing], lang: str) -> Moment:
    """Return the rows due on one day, in the colour of the worst."""
    lines = [f"{s.row.label} · {status_word(s.pace, lang)}" for s in group]
    words = "\n".join([day.isoformat(), *lines])
    return Moment(day, verdict(group).colour or _PLAIN, words, len(group))


def _legend(tables: Tables) -> tuple[tuple[str, str], ...]:
    names: dict[str, dict[str, None]] = {}
    for notation, standing in coloured(tables.standings).items():
        word = status_word(notation, tables.lang)
        names.setdefault(standing.colour or _PLAIN, {})[word] = None
    joint = "、" if tables.lang == "zh" else ", "
    return tuple((colour, joint.join(sorted(words))) for colour, words in sorted(names.items()))


def growth(tables: Tables) -> Growth:
    """Return how many rows were due and done at the end of each month of the year."""
    dues = [due.end for s in tables.standings if (due := s.due or s.row.due) is not None]
    dones = [s.met for s in tables.standings if s.met is not None]
    first, last = _years(tables, dues)
    points = [
        (
            end,
            sum(day <= end for day in dues),
            sum(day <= end for day in dones) if end <= tables.at else None,
        )
        for end in month_ends(first, last)
    ]
    heads = (tables.say("g_day"), tables.say("g_due"), tables.say("g_done"))
    return Growth(tables.say("t_growth"), heads, tuple(points))


def _years(tables: Tables, days: Sequence[date]) -> tuple[date, date]:
    """Return the first and last day of the plans' years, and of one more with deadlines."""
    years = [s.row.year for s in tables.standings if s.row.year] or [tables.at.year]
    latest = max((day.year for day in days), default=max(years))
    return date(min(years), 1, 1), date(max(*years, min(latest, max(years) + 1)), 12, 31)
