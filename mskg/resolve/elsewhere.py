"""Places of other regions in the text of a task: most often left over from a model."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mskg.lexicon.cues import cue_pattern
from mskg.lexicon.departments import body_values
from mskg.lexicon.regions import Region, region_table
from mskg.model import Issue
from mskg.resolve.wording import task_wordings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model import Document, Plan, Task

__all__ = ["foreign_place_issues"]

_LEVEL: Final = re.compile(r"[省市县区州旗盟](?![域别场民容面级政])")
_QUOTED: Final = re.compile(r"《[^《》]*》|“[^“”]*”")
_STOP: Final = re.compile(r"[。;；\n]")
_SHORTEST: Final = 3
"""和县, 新县: two signs are too often part of something else."""


def foreign_place_issues(plan: Plan, document: Document) -> Iterator[Issue]:
    """Yield a warning for each place in a task that the region of `plan` has nothing to do with.

    Names of departments are judged elsewhere. A sentence that speaks of going there or of
    working together (对口帮扶, 至, 协作: ``cues.csv``, group ``beyond-region``) is left alone.
    """
    own = region_table().by_code.get(plan.program.region_code[:6])
    if own is None:
        return
    for task, start, text in task_wordings(plan, document):
        told: set[str] = set()
        for begin, end, place in _foreign(text, own):
            span = document.span(start + begin, start + end)
            if place.name in told or _in_department(task, span.begin, span.end):
                continue
            told.add(place.name)
            name = "".join(part.name for part in reversed(region_table().chain(place)))
            yield Issue(
                "warning",
                "foreign-place",
                f"“{span.quote}”是{name}，不在本文件的地区；请核对是否写错地名",
                f"{span.quote!r} is {name}, not a place of this document's region: check it",
                span,
            )


def _foreign(text: str, own: Region) -> Iterator[tuple[int, int, Region]]:
    table = region_table()
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    stops = [stop.start() for stop in _STOP.finditer(text)]
    for match in _LEVEL.finditer(text):
        end = match.end()
        begin = _name_before(text, end)
        choices = table.by_name.get(text[begin:end], ())
        if not choices or any(a <= begin and end <= b for a, b in quoted):
            continue
        if any(table.lies_in(own, place) or table.lies_in(place, own) for place in choices):
            continue
        first = max((stop for stop in stops if stop < begin), default=0)
        last = min((stop for stop in stops if stop >= end), default=len(text))
        if cue_pattern("beyond-region").search(text, first, last) is None:
            yield begin, end, choices[0]


def _name_before(text: str, end: int) -> int:
    """Return where the longest name of a place that ends at `end` begins; `end` if none does."""
    table = region_table()
    if text[end - _SHORTEST : end] not in table.tails:  # as most words are no names
        return end
    for begin in range(max(0, end - table.longest), end - _SHORTEST + 1):
        name = text[begin:end]
        if name in table.by_name:
            return end if name in _ordinary() else begin
    return end


@cache
def _ordinary() -> frozenset[str]:
    """Return names of places that ordinary words read like: 新建县乡道路 is no 新建县."""
    return frozenset({*body_values("ordinary-place"), *body_values("ordinary-text")})


def _in_department(task: Task, begin: int, end: int) -> bool:
    entries = (*task.departments, *(e for item in task.items for e in item.departments))
    spans = (entry.span for entry in entries)
    return any(span and span.begin < end and begin < span.end for span in spans)
