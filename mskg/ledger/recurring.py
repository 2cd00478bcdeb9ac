"""Duties that recur (一月一通报, 每季度末月20日前报送) as days of a year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.rdf.terms import lexical
from mskg.store.text import prefix_lines, values_of
from mskg.text.folding import fold
from mskg.text.numerals import chinese_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mskg.store import Store

__all__ = ["Duty", "duties", "recurrence"]

_DUTIES: Final = (
    prefix_lines("dcterms", "mskg")
    + """\
SELECT DISTINCT ?program ?node ?rule ?text ?number ?title ?department WHERE {
  #programs#
  { ?program mskg:hasMilestone ?node }
  UNION {
    ?program mskg:hasTask ?task . ?task mskg:hasItem ?item . ?item mskg:hasMilestone ?node .
    ?task dcterms:title ?title ; mskg:ordinalPath ?number .
    OPTIONAL {
      { ?item mskg:accountableDepartment|mskg:relatedDepartment ?department }
      UNION { ?task mskg:accountableDepartment|mskg:relatedDepartment ?department }
    }
  }
  ?node mskg:text ?text ; mskg:hasDeadline ?deadline .
  ?deadline mskg:recurrence ?rule .
}"""
)
# The day that the words name: 每月25日前, 每季度末月20日, 每月二十五号.
_DAY: Final = re.compile(
    r"每[^,。;\d一二三四五六七八九十]{1,8}(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
_FIRST_MONTH: Final = re.compile(r"首月|第一个月|头一个月")
# Rule → months between two days; None where the days are not months apart.
_MONTHS: Final = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}


class Duty(NamedTuple):
    """A duty that recurs; without `number` and `title` it is one of the whole program."""

    iri: str
    program: str
    rule: str
    text: str
    number: str
    title: str
    departments: frozenset[str]


def duties(store: Store, programs: Iterable[str]) -> tuple[Duty, ...]:
    """Return the recurring duties of `programs`, sorted by IRI."""
    listed = values_of("program", list(programs))
    found: dict[str, Duty] = {}
    for row in store.select(_DUTIES.replace("#programs#", listed)).rows:
        program, node, rule, text, number, title, department = map(lexical, row)
        known = found.get(node) or Duty(node, program, rule, text, number, title, frozenset())
        found[node] = known._replace(departments=known.departments | ({department} - {""}))
    return tuple(found[node] for node in sorted(found))


def recurrence(rule: str, words: str, year: int, since: date) -> tuple[date, Mapping[str, object]]:
    """Return the first day of a duty in `year` and its recurrence rule (RFC 5545, 3.3.10).

    Parameters
    ----------
    rule:
        monthly, quarterly, half-yearly, yearly, weekly, ten-daily or daily.
    words:
        The duty as printed; a day of the month named in it counts, else the last one.
    since:
        No day before this one: when the plan was issued.
    """
    end = date(year, 12, 31)
    since = min(max(since, date(year, 1, 1)), end)
    if rule == "daily":
        return since, {"freq": "DAILY", "until": end}
    if rule == "weekly":
        friday = since + timedelta(days=(4 - since.weekday()) % 7)
        return friday, {"freq": "WEEKLY", "byday": "FR", "until": end}
    folded = fold(words)
    days = [10, 20, -1] if rule == "ten-daily" else [_day(folded)]
    step = _MONTHS.get(rule, 1)
    # The last month of each period, unless the words name its first one.
    month = 1 if step > 1 and _FIRST_MONTH.search(folded) else step
    months = range(month, 13, step)
    every = sorted(_on(year, month, day) for month in months for day in days)
    first = next((day for day in every if day >= since), every[-1])
    parts: dict[str, object] = {"freq": "MONTHLY", "bymonthday": days, "until": end}
    if step > 1:
        parts["interval"] = step
    return first, parts


def _day(words: str) -> int:
    named = _DAY.search(words)
    if named is None:
        return -1
    number = int(named[1]) if named[1].isdecimal() else chinese_number(named[1]) or 0
    return number if 1 <= number <= 28 else -1


def _on(year: int, month: int, day: int) -> date:
    if day > 0:
        return date(year, month, day)
    return (date(year, month, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
