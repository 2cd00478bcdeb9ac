"""Duties stated apart from the tasks: a second list that says who does what.

附件：责任分工 … 农村饮水安全工程由县水务局负责，县卫生局配合；文化惠民工程由…
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mskg.extract.departments import prose_duties
from mskg.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mskg.model import Span, Task
    from mskg.model.outline import Stretch
    from mskg.text import FoldedText

__all__ = ["with_duties_apart"]

_SHORTEST = 4  # characters of a title that can't stand for something else


def with_duties_apart(
    tasks: list[Task],
    folded: FoldedText,
    prose: Sequence[Stretch],
    span: Callable[[int, int], Span],
) -> list[Task]:
    """Return `tasks`; one that names no unit takes those that `prose` gives behind its title."""
    if all(task.departments for task in tasks):
        return tasks
    views = [folded.view(place.begin, place.end) for place in prose]
    found = []
    for task in tasks:
        title = re.sub(r"\s", "", fold(task.title))
        if task.departments or len(title) < _SHORTEST:
            found.append(task)
            continue
        duties = []
        for view in views:
            at = view.folded.find(title)
            if at < 0 or view.folded[at + len(title) : at + len(title) + 1] not in "由:,":
                continue
            stop = re.search("[;。]", view.folded[at:])
            end = at + stop.start() if stop else len(view)
            duties = prose_duties(folded, *view.range(at, end), span)
        found.append(replace(task, departments=tuple(duties)))
    return found
