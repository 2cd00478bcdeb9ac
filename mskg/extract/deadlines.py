"""Deadline cells: parts （一）…, dated lines, and columns headed by a date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.model import Part
from mskg.text import DateExpression, find_dates

if TYPE_CHECKING:
    from mskg.extract.facts import FactReader, Work
    from mskg.model.outline import Field

__all__ = ["date_of_heading", "read_deadline"]

_PART = re.compile(
    r"^[ \t]*(?P<label>[(（][一二三四五六七八九十\d]{1,2}[)）])[ \t]*(?P<title>[^\n]*)",
    re.MULTILINE,
)
_NO_DATE = re.compile(r"起止|完成时")
_OPENS = re.compile(r"[^\u4e00-\u9fff]{0,2}")  # before a date that opens a line
_ONLY_YEAR = re.compile(r"20\d\d年?")


def date_of_heading(label: str, year: int | None) -> DateExpression | None:
    """Return the date that a column heading prints (一季度目标), None where it prints none."""
    dates = [date for date in find_dates(label, year) if date.due]
    return dates[0] if len(dates) == 1 and not _NO_DATE.search(label) else None


def read_deadline(reader: FactReader, work: Work, entry: Field) -> None:
    """Read a deadline cell: its parts （一）… first, then each dated line of a part."""
    headed = date_of_heading(entry.label, reader.year)
    if headed:
        reader.under_date(work, entry.place, headed)
        return
    text, printed = reader.folded.text, reader.folded.printed
    begin, end = entry.place.begin, entry.place.end
    if _ONLY_YEAR.fullmatch(text[begin:end].strip()):
        reader.set_aside(work, entry.place, "date")  # like 年内: no day to be held to
        return
    # Searched in the cell's own text: a cell need not begin where a line does.
    marks = list(_PART.finditer(text[begin:end]))
    _lines(reader, work, begin, begin + marks[0].start() if marks else end, "")
    for index, mark in enumerate(marks):
        stop = begin + marks[index + 1].start() if index + 1 < len(marks) else end
        label, (head, tail) = mark["label"], mark.span("title")
        before = len(work.milestones)
        reader.read(work, begin + head, begin + tail, label)
        _lines(reader, work, begin + tail, stop, label)
        undated = printed(begin + tail, stop) if len(work.milestones) == before else ""
        place = reader.span(begin + mark.start(), begin + mark.end())
        work.parts.append(Part(label, printed(begin + head, begin + tail), undated, place))


def _lines(reader: FactReader, work: Work, begin: int, end: int, part: str) -> None:
    """Read a stretch of a deadline cell; a date that opens a line opens a new duty."""
    start = begin
    for match in re.finditer(r"\n[ \t]*(?=\S)", reader.folded.text[begin:end]):
        at = begin + match.end()
        view = reader.folded.view(at, min(at + 24, end))
        dates = find_dates(view.folded, reader.year)
        done = reader.folded.folded[start:at].rstrip()[-1:] in "。;"
        if done or (dates and _OPENS.fullmatch(view.folded, 0, dates[0].begin)):
            reader.read(work, start, at, part)
            start = at
    reader.read(work, start, end, part)
