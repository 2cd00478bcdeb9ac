"""The wording of tasks as printed, folded for tables of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model import Document, Plan, Task

__all__ = ["task_wordings"]


def task_wordings(plan: Plan, document: Document) -> Iterator[tuple[Task, int, str]]:
    """Yield each task that has a place in `document`, where it begins, and its folded text."""
    for task in plan.tasks:
        if task.span is not None:
            text = document.text[task.span.begin : task.span.end]
            # A text in simplified script needs no folding for words, which takes most of the time.
            yield task, task.span.begin, text if document.script == "simplified" else fold(text)
