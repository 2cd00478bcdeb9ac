"""Days as an iCalendar file (RFC 5545), the same bytes for the same days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["CalendarDay", "calendar_bytes"]

_PRODUCT: Final = "-//mskg//{}"
_ALARM_HOUR: Final = 9


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar.

    Parameters
    ----------
    uid:
        What identifies it for ever; the same day of another file with this id replaces it.
    day:
        The day, or the first one of those that ``rule`` repeats.
    title, text:
        Summary and description.
    stamp:
        When what is said was issued; calendars ask for it, and it must not be the clock.
    categories:
        Words to filter by.
    reminders:
        Days before, on which a reminder appears at nine in the morning; 0 is the day itself.
    rule:
        Parts of the recurrence rule (RRULE) by their names; empty for a single day.
    """

    uid: str
    day: date
    title: str
    text: str
    stamp: date
    categories: tuple[str, ...] = ()
    reminders: tuple[int, ...] = ()
    rule: Mapping[str, object] = field(default_factory=dict)


def calendar_bytes(name: str, days: Iterable[CalendarDay], lang: str = "zh") -> bytes:
    """Return a calendar called `name` with `days` in order."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT.format(lang.upper()))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for day in sorted(days, key=lambda entry: (entry.day, entry.uid)):
        calendar.add_component(_event(day))
    return bytes(calendar.to_ical())


def _event(day: CalendarDay) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", datetime.combine(day.stamp, time(), UTC))
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", day.title)
    event.add("description", day.text)
    # A deadline takes no time of the day: it must not make anybody look busy.
    event.add("transp", "TRANSPARENT")
    if day.categories:
        event.add("categories", list(day.categories))
    if day.rule:
        event.add("rrule", dict(day.rule))
    for before in sorted(set(day.reminders), reverse=True):
        event.add_component(_alarm(day.title, before))
    return event


def _alarm(title: str, before: int) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-before, hours=_ALARM_HOUR))
    return alarm
