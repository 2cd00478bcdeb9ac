"""All deadlines of a plan or a department as days of a calendar, and the duties that recur."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.ledger.footnotes import due_words
from mskg.ledger.recurring import recurrence
from mskg.ledger.wording import say
from mskg.ledger.words import SIGNS
from mskg.ns import digest
from mskg.render.ics import CalendarDay
from mskg.render.paper import Value, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mskg.ledger.recurring import Duty
    from mskg.ledger.rows import Due, LedgerRow

__all__ = ["deadline_days", "duty_days"]

_UID: Final = "{}@mskg"
_TITLE: Final = 60
_UNDATED: Final = date(2000, 1, 1)


class _Group(NamedTuple):
    """Rows of one task that are due on one day; ``planned`` is the day the plan names."""

    task: str
    planned: date
    day: date


def deadline_days(
    rows: Iterable[LedgerRow],
    *,
    moved: Mapping[str, Due] | None = None,
    issued: Mapping[str, date] | None = None,
    reminders: Sequence[int] = (7, 1),
    lang: str = "zh",
) -> tuple[CalendarDay, ...]:
    """Return a day for each task and deadline, with what must be done by then.

    Where the words of a deadline have two readings (10月前), the earlier day is taken.

    Parameters
    ----------
    moved:
        Deadlines that were adjusted, by the IRI of the row.
    issued:
        When the plan was issued, by the IRI of the program.
    reminders:
        Days before on which a reminder appears.
    """
    groups: dict[_Group, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        if row.due is not None:
            due = (moved or {}).get(row.id, row.due)
            planned = row.due.warn or row.due.end
            groups[_Group(row.task, planned, due.warn or due.end)].append(row)
    first: dict[tuple[str, date], _Group] = {}
    for group in groups:
        first.setdefault((group.task, group.planned), group)
    return tuple(
        CalendarDay(
            uid=_uid(group, rows, is_first=first[group.task, group.planned] == group),
            day=group.day,
            title=_title(rows),
            text="\n".join(_lines(rows, moved or {}, lang)),
            stamp=_stamp(rows[0], issued or {}),
            categories=_categories(rows),
            reminders=tuple(reminders),
        )
        for group, rows in groups.items()
    )


def _uid(group: _Group, rows: Sequence[LedgerRow], *, is_first: bool) -> str:
    """Return an id that stays when the deadline moves.

    Where only some of the rows of a day move, they get an id by their own first row.
    """
    name = f"{group.task} {group.planned}" + ("" if is_first else f" {rows[0].id}")
    return _UID.format(digest(name, 24))


def _title(rows: Sequence[LedgerRow]) -> str:
    name = rows[0].task_title
    labels = "；".join(dict.fromkeys(row.label for row in rows if row.label != name))
    title = f"{rows[0].task_number} {name}" + (f"：{labels}" if labels else "")
    return title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"


def _lines(rows: Sequence[LedgerRow], moved: Mapping[str, Due], lang: str) -> Iterator[str]:
    yield f"{rows[0].region} {rows[0].year or ''} · {rows[0].task_number} {rows[0].task_title}"
    names = dict.fromkeys(entry.name for row in rows for entry in row.accountable)
    if names:
        yield say("department", lang, "、".join(names))
    for row in rows:
        target = Value(row.target, sign=SIGNS.get(row.comparator, ""), unit=row.unit)
        yield f"• {row.label} {shown(target)}".rstrip()  # □ hides names
    quotes = dict.fromkeys(row.quote for row in rows if row.quote)
    dues = dict.fromkeys(moved.get(row.id) or row.due for row in rows)
    yield from dict.fromkeys(due_words(due, lang, quotes) for due in dues if due is not None)
    for quote in quotes:
        yield f"“{quote}”"
    yield f"{rows[0].document_title} {rows[0].locator.words(lang)}".strip()


def _stamp(row: LedgerRow, issued: Mapping[str, date]) -> date:
    return issued.get(row.program) or (date(row.year, 1, 1) if row.year else _UNDATED)


def _categories(rows: Sequence[LedgerRow]) -> tuple[str, ...]:
    names = dict.fromkeys(entry.name for row in rows for entry in row.accountable)
    return tuple(filter(None, (rows[0].region, *names)))


def duty_days(
    duties: Iterable[Duty],
    rows: Iterable[LedgerRow],
    *,
    issued: Mapping[str, date] | None = None,
    reminders: Sequence[int] = (1,),
    lang: str = "zh",
) -> tuple[CalendarDay, ...]:
    """Return a repeated day for each duty of the programs of `rows`, to the end of their year."""
    plans = {row.program: row for row in reversed(list(rows))}
    found = []
    for duty in duties:
        plan = plans.get(duty.program)
        if plan is None or not plan.year:
            continue
        stamp = _stamp(plan, issued or {})
        day, rule = recurrence(duty.rule, duty.text, plan.year, stamp)
        of = f"{duty.number} {duty.title}".strip() or say("whole_program", lang)
        title = f"{of}：{duty.text}"
        lines = [
            f"{plan.region} {plan.year} · {of}", say(f"every_{duty.rule}", lang),
            say("assumed_day", lang), f"“{duty.text}”", plan.document_title,
        ]  # fmt: skip
        found.append(
            CalendarDay(
                uid=_UID.format(digest(duty.iri, 24)), day=day,
                title=title if len(title) <= _TITLE else title[: _TITLE - 1] + "…",
                text="\n".join(filter(None, lines)), stamp=stamp, categories=(plan.region,),
                reminders=tuple(reminders), rule=rule,
            )
        )  # fmt: skip
    return tuple(found)
