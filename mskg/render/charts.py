"""Charts of a paper as drawings: bars of progress, a timeline of milestones, a burn-up."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Final

from mskg.render.svg import Drawing, Label, Line, Mark, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from mskg.render.paper import Bar, Bars, Growth, Timeline

__all__ = ["bars_drawing", "clipped", "growth_drawing", "month_ends", "months", "timeline_drawing"]

_WIDTH: Final = 900.0
_LEFT: Final = 250.0
_RIGHT: Final = 24.0
_ROW: Final = 24.0
_SIZE: Final = 12.0
_PAPER: Final = "#e4e9ee"
_LINE: Final = "#9aa7b3"
_INK: Final = "#1f2933"
_TODAY: Final = "#b00020"
_DONE: Final = "#0b6b3a"
_DUE: Final = "#6b7782"
_WORDS: Final = 190.0

Shape = Line | Mark | Label


@cache
def clipped(text: str, width: float, size: float = _SIZE) -> str:
    """Return `text`, cut with … where it is wider than `width` pixels."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


def months(first: date, last: date) -> list[date]:
    """Return the first day of each month from `first` to `last`."""
    day, found = first.replace(day=1), []
    while day <= last:
        found.append(day)
        day = (day + timedelta(days=31)).replace(day=1)
    return found


def month_ends(first: date, last: date) -> list[date]:
    """Return the last day of each month from `first` to `last`."""
    return [(day + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            for day in months(first, last)]  # fmt: skip


def bars_drawing(block: Bars) -> Drawing:
    """Return bars that fill as the work is done, with a line where it should be."""
    top = 8.0
    shapes = [
        shape
        for number, bar in enumerate(block.bars)
        for shape in _bar(bar, top + number * _ROW + _ROW / 2)
    ]
    height = top + len(block.bars) * _ROW + 8
    return Drawing(_WIDTH, height, block.title, block.legend, shapes)


def _bar(bar: Bar, y: float) -> Iterator[Shape]:
    left, right = _LEFT, _WIDTH - _WORDS - _RIGHT
    tip = f"{bar.label}: {bar.words}"
    label = clipped(bar.label, _LEFT - 24)
    yield Label(_LEFT - 12, y + 4, label, _SIZE, "end")
    yield Line(left, y, right, y, 13, _PAPER, tip=tip)
    if bar.done is not None:
        end = left + (right - left) * _inside(bar.done)
        yield Line(left, y, end, y, 13, bar.colour, tip=tip)
    if bar.expected is not None:
        x = left + (right - left) * _inside(bar.expected)
        yield Line(x, y - 9, x, y + 9, 2.5, _INK, tip=tip)
    yield Label(right + 10, y + 4, clipped(bar.words, _WORDS + 8), _SIZE, "start")


def _inside(share: Decimal) -> float:
    return min(max(float(share), 0.0), 1.0)


def timeline_drawing(block: Timeline) -> Drawing:
    """Return one line a lane, a disc for each moment, and a line at the day of the report."""
    head = 34.0
    bottom = head + len(block.lanes) * _ROW
    scale = _Scale(block.first, block.last)
    shapes: list[Shape] = list(_month_lines(scale, head, bottom))
    for number, lane in enumerate(block.lanes):
        y = head + number * _ROW + _ROW / 2
        shapes.append(Label(_LEFT - 12, y + 4, clipped(lane.label, _LEFT - 24), _SIZE, "end"))
        days = [moment.day for moment in lane.moments]
        if days:
            shapes.append(Line(scale.x(min(days)), y, scale.x(max(days)), y, 3, _LINE, 0.6))
        shapes += [
            Mark(scale.x(moment.day), y, _disc(moment.count), moment.colour, tip=moment.words)
            for moment in lane.moments
        ]
    shapes += _today(block.at, block.at_word, scale, head, bottom)
    shapes += _legend(block.legend, bottom + 26)
    return Drawing(_WIDTH, bottom + 44, block.title, block.at_word, shapes)


def growth_drawing(block: Growth) -> Drawing:
    """Return two stepless lines over time: all that is due, and what is done so far."""
    top, bottom = 34.0, 264.0
    days = [day for day, _, _ in block.points]
    scale = _Scale(min(days).replace(day=1), max(days), left=60.0)
    highest = max(max(due, done or 0) for _, due, done in block.points) or 1

    def y(count: int) -> float:
        return bottom - (bottom - top) * count / highest

    shapes: list[Shape] = list(_month_lines(scale, top, bottom))
    for count in _steps(highest):
        shapes.append(Line(60, y(count), _WIDTH - _RIGHT, y(count), 1, _PAPER))
        shapes.append(Label(52, y(count) + 4, str(count), _SIZE, "end"))
    due = [(scale.x(day), y(count), count) for day, count, _ in block.points]
    done = [(scale.x(day), y(count), count) for day, _, count in block.points if count is not None]
    for points, colour in ((due, _DUE), (done, _DONE)):
        shapes += [Line(one[0], one[1], two[0], two[1], 3, colour) for one, two in pairwise(points)]
        shapes += [Mark(x, at, 4, colour, tip=str(count)) for x, at, count in points]
    shapes += _legend(((_DUE, block.heads[1]), (_DONE, block.heads[2])), bottom + 26)
    return Drawing(_WIDTH, bottom + 44, block.title, " / ".join(block.heads[1:]), shapes)


def _disc(count: int) -> float:
    """Return the radius of a disc, which grows with the things that it stands for."""
    return min(4.5 + 1.5 * sqrt(count), 10.0)


class _Scale:
    """Places of days between the left and the right edge."""

    def __init__(self, first: date, last: date, left: float = _LEFT) -> None:
        self.first, self.last, self.left = first, last, left
        self._days = max((last - first).days, 1)

    def x(self, day: date) -> float:
        share = (min(max(day, self.first), self.last) - self.first).days / self._days
        return self.left + (_WIDTH - _RIGHT - self.left) * share


def _month_lines(scale: _Scale, top: float, bottom: float) -> Iterator[Shape]:
    """Yield a thin line at the first of each month with its name, as many as there is room."""
    starts = months(scale.first, scale.last)
    step = -(-len(starts) // 12)
    for number, day in enumerate(starts):
        x = scale.x(day)
        yield Line(x, top, x, bottom, 1, _PAPER)
        if number % step == 0:
            name = f"{day.year}-{day.month:02d}" if number == 0 or day.month == 1 else ""
            yield Label(x, top - 8, name or f"{day.month:02d}", _SIZE, "start", colour="#52606d")


def _today(at: date, word: str, scale: _Scale, top: float, bottom: float) -> Iterator[Shape]:
    if scale.first <= at <= scale.last:
        x = scale.x(at)
        yield Line(x, top, x, bottom, 1.5, _TODAY, tip=word)
        yield Label(min(x, _WIDTH - 70), 12, word, _SIZE, "middle", colour=_TODAY)


def _legend(entries: tuple[tuple[str, str], ...], y: float) -> Iterator[Shape]:
    x = 60.0
    for colour, name in entries:
        yield Mark(x, y - 4, 6, colour)
        yield Label(x + 11, y, name, _SIZE, "start")
        x += 34 + text_width(name, _SIZE)


def _steps(highest: int) -> list[int]:
    """Return at most six round counts from 0 up to `highest`."""
    size = 1
    while highest / size > 5:
        size = size * 2 if str(size)[0] != "2" else size * 5 // 2
    return list(range(0, highest + 1, size))
