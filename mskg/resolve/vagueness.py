"""Promises that nobody can check: the words that leave amount, effort or time open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mskg.lexicon.vague import find_vague
from mskg.model import Issue
from mskg.resolve.wording import task_wordings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model import Assignment, Document, Indicator, Plan, Span, Task

__all__ = ["vague_issues"]

_MESSAGES: Final = {
    "amount": ("没有说多少，完成与否难以核对", "tells no amount to check"),
    "approximate": ("使目标值不确定", "leaves the value open"),
    "effort": ("只说要做，这一句没有可以核对的数字", "tells an effort, and its sentence no number"),
    "time": ("没有确定的时间", "tells no time"),
}
_SENTENCE: Final = re.compile(r"[。;；\n]")
# An approximate number and the word of it stand next to each other.
_NEAR: Final = 2


def vague_issues(plan: Plan, document: Document) -> Iterator[Issue]:
    """Yield an info for each vague word of each task of `plan`, at its first place.

    A word of effort counts only in a sentence without a target; one of approximation only
    next to a target.
    """
    for task, start, text in task_wordings(plan, document):
        told: set[str] = set()
        for begin, end, kind in find_vague(text):
            word, place = text[begin:end], (start + begin, start + end)
            if word in told or not _counts(kind, place, text, task):
                continue
            told.add(word)
            zh, en = _MESSAGES[kind]
            span = document.span(*place)
            yield Issue("info", "vague", f"“{span.quote}”{zh}", f"{span.quote!r} {en}", span)


def _counts(kind: str, place: tuple[int, int], text: str, task: Task) -> bool:
    """Tell whether a word at `place` of the document is a promise, and not made exact."""
    begin, end = place
    if any(_touches(entry.span, begin, end) for entry in _departments(task)):
        return False
    if kind == "approximate":
        near = (begin - _NEAR, end + _NEAR)
        return any(i.op == "approx" and _touches(i.span, *near) for i in _indicators(task))
    if kind != "effort":
        return True
    start = task.span.begin if task.span else 0
    stops = [start + stop.start() for stop in _SENTENCE.finditer(text)]
    first = max((stop for stop in stops if stop < begin), default=start)
    last = min((stop for stop in stops if stop >= end), default=start + len(text))
    return not any(_touches(entry.span, first, last) for entry in _indicators(task))


def _touches(span: Span | None, begin: int, end: int) -> bool:
    return span is not None and span.begin < end and begin < span.end


def _departments(task: Task) -> Iterator[Assignment]:
    yield from task.departments
    for item in task.items:
        yield from item.departments


def _indicators(task: Task) -> Iterator[Indicator]:
    for item in task.items:
        yield from item.indicators
        for milestone in item.milestones:
            yield from milestone.indicators
