"""Where each fact of a plan stands in its document, as marks that nest."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mskg.export.words import assignment_words, milestone_words, rule_words, target_words
from mskg.rdf.concepts import concept_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.export.points import Point
    from mskg.model import Assignment, Document, Indicator, Item, Milestone, Plan, Span

__all__ = ["KINDS", "Mark", "Piece", "mark_id", "marks_of_blocks", "nest", "plan_marks"]

# Kind of mark → its name; in this order marks of the same words enclose each other.
KINDS: Final = {
    "task": ("任务", "task"),
    "issue": ("疑点", "issue"),
    "department": ("部门", "department"),
    "milestone": ("时限", "deadline"),
    "indicator": ("指标", "target"),
    "unknown": ("没看懂的数字", "number not understood"),
    "unused": ("不作指标的数字", "number that is no target"),
    "vague": ("含糊的措辞", "vague word"),
}
_SIGNS: Final = {"unknown": "?", "vague": "~"}
_ORDER: Final = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text with the fact that was read there.

    Parameters
    ----------
    begin, end:
        Its place in the document.
    kind:
        One of `KINDS`.
    tag:
        A word that tells the kind where there are no colours: 牵头.
    label:
        What was read there, in words.
    goal:
        Id of the point that tells more; empty where there is none.
    id:
        Identifies the mark in its document.
    head:
        Whether it is the first part of a mark that was cut.
    """

    begin: int
    end: int
    kind: str
    tag: str
    label: str
    goal: str = ""
    id: str = ""
    head: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, or a mark with the pieces in it."""

    text: str = ""
    mark: Mark | None = None
    inside: tuple[Piece, ...] = ()


def mark_id(span: Span, kind: str) -> str:
    """Return the id of the mark of `kind` at `span`."""
    return f"{kind}-{span.begin}-{span.end}"


def plan_marks(plan: Plan, points: Sequence[Point], lang: str) -> list[Mark]:
    """Return the marks of `plan` and of its open `points`, in the order of the text.

    Several facts of the same words are one mark.
    """
    found: dict[tuple[int, int, str], list[Mark]] = defaultdict(list)
    for mark in (*_plan_marks(plan, lang), *_point_marks(points, lang)):
        if mark.end > mark.begin:
            found[mark.begin, mark.end, mark.kind].append(mark)
    joined = [_joined(marks) for marks in found.values()]
    return sorted(joined, key=lambda mark: (mark.begin, -mark.end, _ORDER[mark.kind]))


def _joined(marks: list[Mark]) -> Mark:
    labels = dict.fromkeys(mark.label for mark in marks)
    tags = dict.fromkeys(mark.tag for mark in marks)
    first = marks[0]
    name = f"{first.kind}-{first.begin}-{first.end}"
    return replace(first, label="；".join(labels), tag="·".join(tags), id=name)


def _plan_marks(plan: Plan, lang: str) -> Iterator[Mark]:
    yield from _departments(plan.program.departments, lang)
    yield from _milestones(plan.program.deadlines, lang)
    for task in plan.tasks:
        span = task.title_span or task.span
        if span is not None:
            # A task without a title of its own is marked at its first words.
            end = span.end if task.title_span else min(span.end, span.begin + len(task.title))
            name = KINDS["task"][lang == "en"]
            label = f"{name} {task.path}: {task.title}"
            yield Mark(span.begin, end, "task", f"{name}{task.path}", label)
        yield from _departments(task.departments, lang)
        for item in task.items:
            yield from _item(item, lang)
    dated = {offset for span in _dates(plan) for offset in range(span.begin, span.end)}
    for number in plan.unused_numbers:
        span = number.span
        if span is None or number.rule == "unknown" or dated.issuperset((span.begin, span.end - 1)):
            continue  # the day in a deadline needs no mark of its own
        name = rule_words(number.rule, lang)
        label = f"{KINDS['unused'][lang == 'en']}: {name}"
        yield Mark(span.begin, span.end, "unused", name, label)


def _dates(plan: Plan) -> Iterator[Span]:
    stages = [*plan.program.deadlines]
    stages += [stage for task in plan.tasks for item in task.items for stage in item.milestones]
    yield from (stage.span for stage in stages if stage.span is not None)


def _item(item: Item, lang: str) -> Iterator[Mark]:
    yield from _departments(item.departments, lang)
    yield from _indicators(item.indicators, lang)
    yield from _milestones(item.milestones, lang)


def _indicators(entries: Sequence[Indicator], lang: str) -> Iterator[Mark]:
    tag = KINDS["indicator"][lang == "en"]
    for entry in entries:
        if entry.span is not None:
            label = target_words(entry, lang)
            yield Mark(entry.span.begin, entry.span.end, "indicator", tag, f"{tag}: {label}")


def _milestones(entries: Sequence[Milestone], lang: str) -> Iterator[Mark]:
    tag = KINDS["milestone"][lang == "en"]
    for entry in entries:
        if entry.span is not None:
            label = f"{tag}: {milestone_words(entry, lang)}"
            yield Mark(entry.span.begin, entry.span.end, "milestone", tag, label)
        yield from _indicators(entry.indicators, lang)


def _departments(entries: Sequence[Assignment], lang: str) -> Iterator[Mark]:
    for entry in entries:
        if entry.span is not None:
            role = concept_label("role", entry.role)
            tag = role[lang == "en"] if role else entry.role
            label = assignment_words(entry, lang)
            yield Mark(entry.span.begin, entry.span.end, "department", tag, label)


def _point_marks(points: Sequence[Point], lang: str) -> Iterator[Mark]:
    for point in points:
        if point.span is None:
            continue
        kind = point.mark
        sign = _SIGNS.get(kind) or KINDS[kind][lang == "en"]
        span = point.span
        yield Mark(
            span.begin, span.end, kind, f"{sign}{point.number}", point.message, f"p-{point.number}"
        )


def marks_of_blocks(document: Document, marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    """Return the marks that touch each block of `document`, by where the block begins."""
    waiting = list(marks)
    found: dict[int, list[Mark]] = {}
    for block in sorted(document.blocks, key=lambda block: block.begin):
        # Later marks of one place may end sooner, so all that begin in time are looked at.
        stop = bisect_left(waiting, block.end, key=lambda mark: mark.begin)
        here = [mark for mark in waiting[:stop] if mark.end > block.begin]
        found.setdefault(block.begin, []).extend(here)
        left = (replace(mark, head=False) for mark in here if mark.end > block.end)
        waiting = [*left, *waiting[stop:]]
    return found


def nest(text: str, begin: int, end: int, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Return the text from `begin` up to `end` in pieces, marks inside marks.

    A mark that begins in one mark and ends behind it is cut there, so that none overlap.

    Parameters
    ----------
    marks:
        In the order of `plan_marks`; what lies outside is cut off.
    """
    queue = [_cut(mark, begin, end) for mark in marks if mark.begin < end and begin < mark.end]
    pieces: list[Piece] = []
    at = begin
    while queue:
        mark, rest = queue[0], queue[1:]
        inner = [_cut(other, mark.begin, mark.end) for other in rest if other.begin < mark.end]
        tails = [_tail(other, mark.end) for other in rest if other.end > mark.end]
        if at < mark.begin:
            pieces.append(Piece(text[at : mark.begin]))
        pieces.append(Piece(mark=mark, inside=nest(text, mark.begin, mark.end, inner)))
        at = mark.end
        queue = sorted(tails, key=lambda other: (other.begin, -other.end, _ORDER[other.kind]))
    if at < end:
        pieces.append(Piece(text[at:end]))
    return tuple(pieces)


def _cut(mark: Mark, begin: int, end: int) -> Mark:
    if begin <= mark.begin and mark.end <= end:
        return mark
    return replace(mark, begin=max(mark.begin, begin), end=min(mark.end, end))


def _tail(mark: Mark, begin: int) -> Mark:
    """Return what is left of `mark` from `begin` on: no head, where it began before."""
    return mark if mark.begin >= begin else replace(mark, begin=begin, head=False)
