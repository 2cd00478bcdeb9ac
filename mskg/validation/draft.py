"""The text that findings are about, in stretches that a page can show one below the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mskg.model import Locator, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model import Assignment, Document, Item, Plan, Task

__all__ = ["Draft", "Stretch"]

_AROUND_A_NAME: Final = 12
"""Signs in the heading of a task beside its name: number, brackets, Markdown."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, line or table cell of a draft.

    Parameters
    ----------
    text:
        Its words.
    place:
        Where they stand in the document; None where they are put together from a record.
    kind:
        ``text``, ``cell`` or ``title``.
    task:
        Ordinal path of the task that begins here; empty elsewhere.
    """

    text: str
    place: Span | None = None
    kind: str = "text"
    task: str = ""

    @property
    def locator(self) -> Locator:
        """Page, line, table, row and column of the stretch."""
        return self.place.locator if self.place else Locator()

    def find(self, span: Span) -> tuple[int, int] | None:
        """Return where in `text` the words of `span` begin and end; None if not here."""
        place = self.place
        if place is None or not (span.begin < place.end and place.begin < span.end):
            return None
        if len(self.text) == place.end - place.begin:
            return max(span.begin, place.begin) - place.begin, min(
                span.end, place.end
            ) - place.begin
        at = self.text.find(span.quote)  # a record leaves out line breaks
        return (at, at + len(span.quote)) if at >= 0 else (0, 0)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as a person reads it: its title, its tasks and its stretches in order."""

    title: str = ""
    tasks: tuple[tuple[str, str], ...] = ()
    """Ordinal path of every task, and its number as printed with its title and group."""
    stretches: tuple[Stretch, ...] = field(default=(), repr=False)

    @classmethod
    def of_document(cls, document: Document, plan: Plan) -> Draft:
        """Return the draft of a document that was read as `plan`."""
        begins: dict[int, str] = {}
        named: dict[str, int] = {}
        for task in plan.tasks:
            places = (task.title_span, task.span, *(item.span for item in task.items))
            place = next((span for span in places if span), None)
            if place:
                begins.setdefault(place.begin, task.path)
                named[task.path] = len(task.title_span.quote) if task.title_span else 0
        waiting = sorted(begins, reverse=True)
        stretches = []
        for block in document.blocks:
            path = ""
            while waiting and waiting[-1] < max(block.end, block.begin + 1):
                path = path or begins[waiting[-1]]
                waiting.pop()
            heading = path and block.end - block.begin <= named[path] + _AROUND_A_NAME
            kind = "cell" if block.kind == "cell" else "title" if heading else "text"
            span = Span(
                block.begin, block.end, document.text[block.begin : block.end], block.locator
            )
            stretches.append(Stretch(span.quote, span, kind, path))
        return cls(_title(plan), _tasks(plan), tuple(stretches))

    @classmethod
    def of_plan(cls, plan: Plan) -> Draft:
        """Return a draft put together from the facts of `plan`: its document is not at hand."""
        return cls(_title(plan), _tasks(plan), tuple(_stretches(plan)))


def _title(plan: Plan) -> str:
    return plan.document.title or plan.source


def _tasks(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple((task.path, _name(task)) for task in plan.tasks)


def _name(task: Task) -> str:
    number = f"{task.no} " if task.no is not None else ""
    return number + task.title + (f"（{task.group}）" if task.group else "")


def _stretches(plan: Plan) -> Iterator[Stretch]:
    for milestone in plan.program.deadlines:
        yield Stretch(milestone.text, milestone.span)
    group = ""
    for task in plan.tasks:
        if task.group != group:
            group = task.group
            yield Stretch(group)
        yield from _of_task(task)


def _of_task(task: Task) -> Iterator[Stretch]:
    number = f"{task.no}. " if task.no is not None else ""
    yield Stretch(number + task.title, task.title_span, "title", task.path)
    for item in task.items:
        yield from _of_item(item)
        if len(task.items) > 1:
            yield from _of_units(item.departments)
    if not any(item.departments for item in task.items) or len(task.items) == 1:
        yield from _of_units(task.departments)


def _of_item(item: Item) -> Iterator[Stretch]:
    yield Stretch(f"{item.label} {item.text}".strip(), item.span)
    for milestone in item.milestones:
        if milestone.text and milestone.text not in item.text:
            yield Stretch(milestone.text, milestone.span)


def _of_units(departments: tuple[Assignment, ...]) -> Iterator[Stretch]:
    if departments:
        spans = [entry.span for entry in departments if entry.span]
        place = None
        if spans:
            first, last = spans[0], max(spans, key=lambda span: span.end)
            place = Span(first.begin, max(last.end, first.end), "", first.locator)
        yield Stretch("、".join(entry.name for entry in departments), place)
