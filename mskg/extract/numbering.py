"""What the numbers of tasks show: one left out, or one printed twice at the head of a list."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mskg.model import Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mskg.model import Span, Task
    from mskg.text.view import FoldedText

__all__ = ["gaps", "numbers_twice"]

_MARK = re.compile(r"[ \t]*(?P<mark>\(?[一二三四五六七八九十百\d]{1,4}[)、.])(?!\d)")


def gaps(tasks: Sequence[Task]) -> Iterator[Issue]:
    """Yield an issue for each number that is left out between two tasks of one group."""
    for before, after in pairwise(tasks):
        if before.no is None or after.no is None or before.group != after.group:
            continue
        if before.no + 1 < after.no:
            yield Issue(
                "warning",
                "number-gap",
                f"编号从 {before.no} 跳到 {after.no}，中间的任务没有读到或文中没有，请核对",
                f"the numbers go from {before.no} to {after.no}: look for what is between",
                after.span,
            )


def numbers_twice(
    text: FoldedText, tasks: Sequence[Task], span: Callable[[int, int], Span]
) -> Iterator[Issue]:
    """Yield an issue for each line without a task whose number the next line's task has too.

    A list opens at the latest of several first numbers (（一）…（一）…（二）…): what the one before
    says is in no task. Numbers repeated later in a list are tasks, which a shape compares.
    """
    end = 0
    for task in tasks:
        if task.span is None:
            continue
        start = text.folded.rfind("\n", 0, task.span.begin) + 1
        before = text.folded[end:start].rstrip()
        line = end + before.rfind("\n") + 1
        own, other = _MARK.match(text.folded, start), _MARK.match(text.folded, line)
        if own and other and line > end and own["mark"] == other["mark"]:
            mark = text.printed(*own.span("mark"))
            yield Issue(
                "warning",
                "number-twice",
                f"编号“{mark}”接连出现两次，前一项没有读成任务，请改正编号",
                f"the number “{mark}” stands twice running and the first is read as no task: "
                "correct the numbers",
                span(line, end + len(before)),
            )
        end = task.span.end
