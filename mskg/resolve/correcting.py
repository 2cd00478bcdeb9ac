"""A person's decisions on tasks and numbers, applied to a plan as the rules left it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mskg.lexicon.units import unit_of
from mskg.model import Indicator, Issue, Item, Milestone, Plan, Span, Task, UnusedNumber
from mskg.resolve.corrections import number_of, squeeze
from mskg.resolve.decisions import corrected_issue, unused_issues
from mskg.resolve.things import fill_things
from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from mskg.resolve.corrections import Correction, Corrections

__all__ = ["apply_corrections"]

# In this order: what is removed needs no other correction.
_FACTS: Final = ("value", "unit", "name", "not-an-indicator", "belongs-to")
_KIND_OF_UNIT: Final = {"share": "share", "money": "money", "duration": "time standard"}
_RULE: Final = "correction"

_Place = tuple[int, int]


def apply_corrections(plan: Plan, corrections: Corrections) -> Plan:
    """Return `plan` with the decisions on its tasks and numbers followed.

    A number is meant by its own words (``736套``) wherever they stand, or by longer words
    with one number in them where the short ones stand several times. What was changed is an
    issue ``corrected``; a row for this document that fits nothing is ``correction-unused``.

    Parameters
    ----------
    plan:
        A resolved plan; those on names and places are followed by `resolve_plan`.
    """
    rows = corrections.of(plan.document.key)
    issues: list[Issue] = []
    unused: list[Correction] = []
    for row in rows:
        if row.kind == "not-a-task":
            plan, found = _without_task(plan, row)
            issues += found
            unused += [] if found else [row]
    pages = [page for task in plan.tasks for page in _pages(task)] if rows else []
    for kind in _FACTS:
        for row in (row for row in rows if row.kind == kind):
            plan, found = _corrected(plan, row, pages)
            issues += found
            unused += [] if found else [row]
    if not issues and not unused:
        return plan
    return replace(plan, issues=(*plan.issues, *issues, *unused_issues(unused)))


def _without_task(plan: Plan, row: Correction) -> tuple[Plan, list[Issue]]:
    """Drop the tasks with the title or the text of `row`, and all that stands in them."""
    gone = [task for task in plan.tasks if row.words in _names(task)]
    if not gone:
        return plan, []
    paths = {task.path for task in gone}
    spans = [task.span for task in gone if task.span is not None]
    left = replace(
        plan,
        tasks=tuple(task for task in plan.tasks if task not in gone),
        issues=tuple(i for i in plan.issues if not any(_inside(i.span, s) for s in spans)),
        unused_numbers=tuple(n for n in plan.unused_numbers if n.task not in paths),
    )
    return left, [corrected_issue(row, task.title_span or task.span) for task in gone]


def _names(task: Task) -> set[str]:
    spans = (task.title_span, task.span)
    return {squeeze(task.title), *(squeeze(span.quote) for span in spans if span is not None)}


def _inside(span: Span | None, other: Span | None) -> bool:
    if span is None or other is None:
        return False
    return other.begin <= span.begin and span.end <= other.end


@dataclass(frozen=True, slots=True)
class _Page:
    """The text of a task without white space, and where each character stands."""

    words: str
    offsets: tuple[int, ...]

    def places(self, words: str) -> Iterator[_Place]:
        """Yield every place of `words` in the document."""
        begin = self.words.find(words)
        while begin >= 0:
            yield self.offsets[begin], self.offsets[begin + len(words) - 1] + 1
            begin = self.words.find(words, begin + 1)


def _pages(task: Task) -> Iterator[_Page]:
    if task.span is not None:
        folded = fold(task.span.quote)
        kept = [offset for offset, sign in enumerate(folded) if not sign.isspace()]
        text = "".join(folded[offset] for offset in kept)
        yield _Page(text, tuple(task.span.begin + offset for offset in kept))


def _corrected(plan: Plan, row: Correction, pages: list[_Page]) -> tuple[Plan, list[Issue]]:
    """Follow a decision on a number; return what to tell, nothing where it fits nowhere."""
    drops = row.kind == "not-an-indicator"
    facts = {_place(i.span) for task in plan.tasks for i in _indicators(task) if i.span}
    unknown = {_place(n.span) for n in plan.unused_numbers if n.span and n.rule == "unknown"}
    if row.kind == "unit":
        unknown = {_place(n.span) for n in plan.unused_numbers if n.span and _is_plain(n)}
    numbers = facts | unknown if drops or row.kind == "unit" else facts
    meant: set[_Place] = set()
    for place in (place for page in pages for place in page.places(row.words)):
        inside = {n for n in numbers if place[0] <= n[0] and n[1] <= place[1]}
        if len(inside) > 1:
            return plan, [_ambiguous(row)]
        meant |= inside
    if not meant:
        return plan, []
    if row.kind == "unit" and meant & unknown:
        plan = _adopted(plan, meant & unknown)  # the unit makes a number a target
    if row.kind == "belongs-to":
        owner = _owner(plan, row)
        if owner is None:
            return plan, []
        changed = _moved(plan, meant, owner)
    else:
        changed = _dropped(plan, meant) if drops else _changed(plan, meant, _change(row))
    spans = [i.span for task in plan.tasks for i in _indicators(task)]
    spans += [number.span for number in plan.unused_numbers]
    by_place = {_place(span): span for span in spans if span is not None}
    return changed, [corrected_issue(row, by_place[place]) for place in sorted(meant)]


def _place(span: Span) -> _Place:
    return span.begin, span.end


def _ambiguous(row: Correction) -> Issue:
    return Issue(
        "warning",
        "correction-ambiguous",
        f"更正没有用上：{row.place}，“{row.quote}”里不止一个数（请只引一个）",
        f"correction without effect: {row.place}, {row.quote!r} holds several numbers; quote one",
    )


def _change(row: Correction) -> Callable[[Indicator], Indicator]:
    if row.kind == "value":
        value = number_of(row.value)
        assert value is not None  # checked when the row was read
        return lambda indicator: replace(indicator, value=value)
    if row.kind == "name":
        # What is counted follows from the name.
        return lambda indicator: replace(indicator, name=row.value, counted_thing="")
    known = unit_of(row.value)

    def counted_in(indicator: Indicator) -> Indicator:
        kind = _KIND_OF_UNIT.get(known.kind if known else "", "count")
        kind = "funding" if indicator.kind == "funding" and kind == "money" else kind
        return replace(indicator, unit=row.value, kind=kind, counted_thing="")

    return counted_in


def _indicators(task: Task) -> Iterator[Indicator]:
    for item in task.items:
        yield from item.indicators
        for milestone in item.milestones:
            yield from milestone.indicators


def _changed(plan: Plan, meant: set[_Place], change: Callable[[Indicator], Indicator]) -> Plan:
    def one(indicator: Indicator) -> Indicator:
        hit = indicator.span is not None and _place(indicator.span) in meant
        return change(indicator) if hit else indicator

    # A new unit may tell what is counted.
    return replace(plan, tasks=fill_things(_mapped(task, one) for task in plan.tasks))


def _adopted(plan: Plan, meant: set[_Place]) -> Plan:
    """Make indicators of numbers that no rule understood, each in the item it stands in."""
    taken = [n for n in plan.unused_numbers if n.span is not None and _place(n.span) in meant]
    kept = [n for n in plan.unused_numbers if n not in taken]

    def item(entry: Item, task: Task) -> Item:
        inside = [n.span for n in taken if n.task == task.path and _inside(n.span, entry.span)]
        made = (_target(span, task) for span in inside if span is not None)
        return replace(entry, indicators=(*entry.indicators, *made)) if inside else entry

    tasks = (
        replace(task, items=tuple(item(entry, task) for entry in task.items)) for task in plan.tasks
    )
    return replace(plan, tasks=tuple(tasks), unused_numbers=tuple(kept))


def _is_plain(number: UnusedNumber) -> bool:
    return number.rule == "unknown" and number_of(number.text) is not None


def _target(span: Span, task: Task) -> Indicator:
    value = number_of(span.quote)
    assert value is not None  # only such numbers are taken
    words = span.quote.strip()
    return Indicator(f"{task.path}-at{span.begin}", task.title, value, "", digits=words, span=span)


def _dropped(plan: Plan, meant: set[_Place]) -> Plan:
    """Set numbers aside: their indicators go, and what was a part of them stands alone."""
    gone = {
        indicator.id: UnusedNumber(indicator.span.quote, _RULE, indicator.span, task.path)
        for task in plan.tasks
        for indicator in _indicators(task)
        if indicator.span is not None and _place(indicator.span) in meant
    }

    kept = (
        replace(n, rule=_RULE) if n.span and _place(n.span) in meant and n.rule == "unknown" else n
        for n in plan.unused_numbers
    )
    # One numeral can make several indicators (各), but it is one number.
    return replace(
        plan,
        tasks=tuple(_without(task, gone) for task in plan.tasks),
        unused_numbers=(*kept, *dict.fromkeys(gone.values())),
    )


def _owner(plan: Plan, row: Correction) -> Task | None:
    """Return the one task that `row` names by its path or its title."""
    words = squeeze(row.value)
    by_path = [task for task in plan.tasks if task.path == row.value]
    named = by_path or [task for task in plan.tasks if words in _names(task)]
    return named[0] if len(named) == 1 else None


def _moved(plan: Plan, meant: set[_Place], owner: Task) -> Plan:
    """Give numbers to the first item of `owner`; they keep their ids, but no link to others."""
    taken = [
        replace(indicator, part_of="", of="")
        for task in plan.tasks
        if task is not owner
        for indicator in _indicators(task)
        if indicator.span is not None and _place(indicator.span) in meant
    ]
    gone = {indicator.id for indicator in taken}

    def given(task: Task) -> Task:
        first, *others = task.items
        first = replace(first, indicators=(*first.indicators, *taken))
        return replace(task, items=(first, *others))

    tasks = (given(task) if task is owner else _without(task, gone) for task in plan.tasks)
    return replace(plan, tasks=fill_things(tasks))


def _without(task: Task, gone: Collection[str]) -> Task:
    """Drop the indicators with the ids `gone`, and the links of others to them."""

    def one(indicator: Indicator) -> Indicator | None:
        if indicator.id in gone:
            return None
        whole = "" if indicator.part_of in gone else indicator.part_of
        return replace(indicator, part_of=whole, of="" if indicator.of in gone else indicator.of)

    return _mapped(task, one)


def _mapped(task: Task, one: Callable[[Indicator], Indicator | None]) -> Task:
    def some(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(made for indicator in indicators if (made := one(indicator)) is not None)

    def milestone(entry: Milestone) -> Milestone:
        return replace(entry, indicators=some(entry.indicators))

    def item(entry: Item) -> Item:
        stages = tuple(map(milestone, entry.milestones))
        return replace(entry, indicators=some(entry.indicators), milestones=stages)

    return replace(task, items=tuple(map(item, task.items)))
