"""Reports and calendars from a store: what ``mskg report`` and ``mskg calendar`` write."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.ledger.bulletin import bulletin
from mskg.ledger.calendar import deadline_days, duty_days
from mskg.ledger.history import reports_of
from mskg.ledger.leaders import leaders_of
from mskg.ledger.private import hidden_duties, hidden_rows, hidden_standings, hidden_texts
from mskg.ledger.profile import read_profile
from mskg.ledger.reading import ledger_rows, ledger_tasks
from mskg.ledger.recurring import duties
from mskg.ledger.reviews import REVIEWS, review, votes_of
from mskg.ledger.standing import standings
from mskg.ledger.tally import is_done
from mskg.ledger.wording import say
from mskg.ledger.words import silent
from mskg.rdf.hiding import hidden
from mskg.rdf.terms import Literal
from mskg.render.ics import calendar_bytes
from mskg.store.text import prefix_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.ledger.profile import Profile
    from mskg.ledger.rows import LedgerRow, Standing
    from mskg.ledger.words import Tell
    from mskg.render.paper import Paper
    from mskg.store import Store

__all__ = ["KINDS", "Selection", "calendar", "report"]

KINDS: Final = ("bulletin", *REVIEWS)

_ISSUED: Final = f"""{prefix_lines("dcterms", "mskg")}
SELECT ?program (MIN(?day) AS ?issued) WHERE {{
  ?document mskg:announces ?program ; dcterms:issued ?day .
}} GROUP BY ?program"""


_NAMED: Final = 3  # plans named in the title of a calendar


class Selection(NamedTuple):
    """Which plans and rows: names, codes or IRIs of places, a year, a department."""

    region: Sequence[str] | None = None
    year: int | None = None
    department: str | None = None


def report(  # noqa: PLR0913 - each parameter is a choice of the user's
    store: Store,
    at: date,
    chosen: Selection | None = None,
    *,
    kind: str = "bulletin",
    profile: str = "default",
    lang: str = "zh",
    names: bool = False,
    window: int = 30,
    tell: Tell = silent,
) -> Paper:
    """Return a report on the chosen plans at the day `at`.

    Parameters
    ----------
    kind:
        ``bulletin``, or for the people's congress ``mid-year`` and ``year-end``.
    profile:
        Name of a profile, or the path of one.
    names:
        Whether leaders, and people who reported and checked, are named, and names and telephone
        numbers in texts kept; else they are □.
    window:
        See `mskg.ledger.bulletin.bulletin`.
    tell:
        Called with each step as it begins: rows, reports, standings, layout.

    Raises
    ------
    InputError
        If nothing is chosen, or there is no such profile.
    """
    chosen = chosen or Selection()
    rules = read_profile(profile)
    found = _standings(store, at, chosen, rules, tell)
    tell("layout")
    leaders = leaders_of(store) if names else None
    found = found if names else hidden_standings(store, found)
    if kind in REVIEWS:
        tasks = [row.id for row in ledger_tasks(store, **chosen._asdict())]
        reports = reports_of(store, tasks, at)
        ballots = {task: votes_of(reports.of(task), REVIEWS[kind]) for task in tasks}
        votes = {task: vote for task, vote in ballots.items() if vote is not None}
        if not names:
            notes = hidden_texts(store, {task: vote.note for task, vote in votes.items()})
            votes = {task: vote._replace(note=notes[task]) for task, vote in votes.items()}
        paper = review(found, votes, at, kind=kind, lang=lang, names=leaders)
    else:
        words = rules.en if lang == "en" else rules.zh
        paper = bulletin(
            found, at, profile=f"{rules.id}: {words}" if lang == "en" else f"{rules.id}：{words}",
            lang=lang, names=leaders, window=window, department=chosen.department or "",
        )  # fmt: skip
    return paper if names else hidden(paper)


def calendar(
    store: Store,
    chosen: Selection | None = None,
    *,
    at: date | None = None,
    reminders: Sequence[int] = (7, 1),
    lang: str = "zh",
    names: bool = False,
    tell: Tell = silent,
) -> bytes:
    """Return the deadlines of the chosen plans and their recurring duties as iCalendar.

    Parameters
    ----------
    at:
        Leave out what is done or ended by this day, and use deadlines adjusted up to it;
        None for the plans as they stand.
    reminders:
        Days before a deadline on which a reminder appears; duties get the last one.
    names:
        Whether names and telephone numbers in the words of a plan are kept; else they are □.
    tell:
        Called with each step as it begins: rows, with `at` also reports and standings, layout.

    Raises
    ------
    InputError
        If nothing is chosen.
    """
    chosen = chosen or Selection()
    if at is None:
        tell("rows")
        rows, moved = ledger_rows(store, **chosen._asdict()), {}
        rows = rows if names else hidden_rows(store, rows)
        everything: Sequence[LedgerRow] = rows
    else:
        found = _standings(store, at, chosen, None, tell)
        found = found if names else hidden_standings(store, found)
        everything = [standing.row for standing in found]
        left = [standing for standing in found if not _is_over(standing)]
        rows = tuple(standing.row for standing in left)
        moved = {standing.row.id: standing.due for standing in left if standing.due}
    tell("layout")
    issued = _issued(store)
    recurring = duties(store, sorted({row.program for row in everything}))
    days = [
        *deadline_days(rows, moved=moved, issued=issued, reminders=reminders, lang=lang),
        *duty_days(
            recurring if names else hidden_duties(store, recurring), everything,
            issued=issued, reminders=sorted(reminders)[:1], lang=lang,
        ),
    ]  # fmt: skip
    return calendar_bytes(_name(everything, chosen, lang), days, lang)


def _standings(
    store: Store, at: date, chosen: Selection, rules: Profile | None, tell: Tell
) -> tuple[Standing, ...]:
    return standings(store, at, rules, **chosen._asdict(), tell=tell)


def _is_over(standing: Standing) -> bool:
    return is_done(standing) or standing.state == "terminated"


def _issued(store: Store) -> dict[str, date]:
    return {
        str(program): date.fromisoformat(day.value[:10])
        for program, day in store.select(_ISSUED).rows
        if isinstance(day, Literal)
    }


def _name(rows: Sequence[LedgerRow], chosen: Selection, lang: str) -> str:
    plans = dict.fromkeys((row.region, row.year) for row in rows)
    few = "、".join(say("one", lang, region, year or "") for region, year in plans)
    if len(plans) > _NAMED:
        few = say("many", lang, len({region for region, _ in plans}), len(plans))
    return say("calendar", lang, " ".join(filter(None, (few, chosen.department))))
