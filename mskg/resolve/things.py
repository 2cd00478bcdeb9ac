"""Counted things of indicators by the words of their names; never forced.

The words and units of ``things.csv`` decide. Where the name alone says too little (学位,
改造家庭), the title of the task helps, but without its verbs: the title tells what is
worked on, never how far (农村厕所改造工程 says nothing about a new 公厕).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from operator import is_, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from mskg.lexicon.cues import cue_pattern
from mskg.lexicon.things import Thing, things
from mskg.model import with_changes
from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mskg.model import Indicator, Item, Milestone, Task

__all__ = ["fill_things", "find_thing"]

_FRAMES = re.compile(r"[\s“”\"'‘’《》()【】\[\]]")
# A noun of two characters such as 学位 needs the title to be told from its like.
_SHORT = 2
_COUNTED = ("count", "money")


def find_thing(name: str, unit: str, title: str = "") -> str:
    """Return the id of the counted thing of an indicator; empty where none is certain.

    Of several things that fit, the one that asks for most words wins; two equal ones
    cancel each other out.

    Parameters
    ----------
    name, unit, title:
        Folded name and measure word of the indicator, and folded title of the task.
    """
    name = _FRAMES.sub("", name)
    if not name or not _counted_in(unit):
        return ""
    measures = _measures(name)
    fitting = _fitting(name, unit, measures)
    rest = cue_pattern("build-verb").sub("", name)
    if len(rest) <= _SHORT:
        also = _of_title(name, rest, title, unit, measures)
        fitting += [thing for thing in also if thing not in fitting]
    most = max((thing.words for thing in fitting), default=0)
    best = [thing.id for thing in fitting if thing.words == most]
    return best[0] if len(best) == 1 else ""


def _of_title(name: str, rest: str, title: str, unit: str, measures: set[str]) -> list[Thing]:
    """Return the things that a bare `name` and the `title` of its task mean together.

    A name that says what it is (学位) lets the title only qualify it (幼儿园). One that does not
    (改造家庭, whose `rest` is 家庭) must be words of the title, and the title that of one thing,
    without numbers.
    """
    title = _FRAMES.sub("", title)
    subject = cue_pattern("build-verb").sub("", title)
    whole = len(rest) != 1 and rest in subject and not re.search(r"\d", title)
    together = _fitting(f"{subject} {name}", unit, measures)
    return [thing for thing in together if whole or _names_it(name, thing)]


def fill_things(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return `tasks` with the counted things of their indicators and stage targets.

    A stage has the thing of the indicator it is a stage of, if it is counted in the same
    unit (30 % of the work is no length of road) and no other stage of the work (开工). A thing
    that is given already stays.
    """
    tasks = tuple(tasks)
    folded = _folded(tasks)

    def named(indicator: Indicator, title: str) -> Indicator:
        counted = indicator.kind in _COUNTED and indicator.basis == "absolute"
        if indicator.counted_thing or indicator.of or not counted:
            return indicator
        words = (folded[text] for text in (indicator.name, indicator.unit, title))
        thing = find_thing(*words)
        return with_changes(indicator, counted_thing=thing) if thing else indicator

    # A stage may stand before the indicator it is a stage of, so it goes last.
    found = [_changed(task, named) for task in tasks]
    by_id = {entry.id: entry.counted_thing for task in found for entry in _indicators(task)}

    def staged(indicator: Indicator, _: str) -> Indicator:
        thing = things().get(by_id.get(indicator.of, "")) if indicator.of else None
        if indicator.counted_thing or not thing or folded[indicator.unit] not in thing.units:
            return indicator
        if not _measures(folded[indicator.name]) <= _words(thing.id):
            return indicator
        return with_changes(indicator, counted_thing=thing.id)

    return tuple(
        _changed(task, staged) if any(entry.of for entry in _indicators(task)) else task
        for task in found
    )


def _fitting(text: str, unit: str, measures: set[str]) -> list[Thing]:
    """Return the things of `unit` and of all `measures` whose words `text` has, but no others.

    None of the words that a thing excludes may stand in `text`.
    """
    index = _index(unit)
    found = {
        word
        for begin, sign in enumerate(text)
        if sign in index.words
        for word in index.words[sign]
        if text.startswith(word, begin)
    }
    near = {thing.id: thing for word in found for thing in index.things.get(word, ())}
    return [
        thing
        for thing in near.values()
        if _fits(thing, found) and (not measures or measures <= _words(thing.id))
    ]


def _fits(thing: Thing, found: set[str]) -> bool:
    wanted, unwanted = _choices(thing.id)
    return unwanted.isdisjoint(found) and not any(choice.isdisjoint(found) for choice in wanted)


def _names_it(name: str, thing: Thing) -> bool:
    """Tell whether `name` has all that `thing` is, whatever qualifies it."""
    return all(any(word in name for word in choice) for choice in thing.all)


def _measures(name: str) -> set[str]:
    """Return the measures that `name` prints (每千人口, 总量, 开工); a thing must name them too."""
    return set(cue_pattern("other-measure").findall(name))


@cache
def _choices(thing: str) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """Return the sets of words of each of which a name must have one, and those it must not."""
    entry = things()[thing]
    wanted = (*entry.all, entry.any) if entry.any else entry.all
    return tuple(map(frozenset, wanted)), frozenset(entry.none)


class _Index(NamedTuple):
    """What is counted in a unit: all words that count, by first character, and whose they are.

    A thing stands at the words of its first choice alone, one of which its name must have.
    """

    words: dict[str, tuple[str, ...]]
    things: dict[str, list[Thing]]


@cache
def _index(unit: str) -> _Index:
    words: set[str] = set()
    first: dict[str, list[Thing]] = {}
    for thing in _counted_in(unit):
        wanted, unwanted = _choices(thing.id)
        words |= unwanted.union(*wanted)
        for word in wanted[0]:
            first.setdefault(word, []).append(thing)
    ordered = sorted(words)
    by_sign = {sign: tuple(group) for sign, group in groupby(ordered, key=itemgetter(0))}
    return _Index(by_sign, first)


@cache
def _counted_in(unit: str) -> tuple[Thing, ...]:
    return tuple(thing for thing in things().values() if unit in thing.units)


@cache
def _words(thing: str) -> frozenset[str]:
    entry = things()[thing]
    return frozenset(entry.any).union(*entry.all)


def _folded(tasks: Iterable[Task]) -> dict[str, str]:
    """Return the folded form of every text that counts, folded in one call."""
    texts = {task.title for task in tasks}
    for task in tasks:
        texts.update(text for entry in _indicators(task) for text in (entry.name, entry.unit))
    ordered = sorted(texts)
    return dict(zip(ordered, fold("\x00".join(ordered)).split("\x00"), strict=True))


def _indicators(task: Task) -> Iterator[Indicator]:
    for item in task.items:
        yield from item.indicators
        for milestone in item.milestones:
            yield from milestone.indicators


def _changed(task: Task, change: Callable[[Indicator, str], Indicator]) -> Task:
    """Return `task` with every indicator of its items and milestones changed.

    What does not change is not copied, which would take most of the time.
    """

    def indicators(entries: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(change(entry, task.title) for entry in entries)

    def stage(entry: Milestone) -> Milestone:
        changed = indicators(entry.indicators)
        same = _same(changed, entry.indicators)
        return entry if same else with_changes(entry, indicators=changed)

    def item(entry: Item) -> Item:
        stages, changed = tuple(map(stage, entry.milestones)), indicators(entry.indicators)
        if _same(changed, entry.indicators) and _same(stages, entry.milestones):
            return entry
        return with_changes(entry, indicators=changed, milestones=stages)

    items = tuple(map(item, task.items))
    return task if _same(items, task.items) else with_changes(task, items=items)


def _same(entries: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """Tell whether the entries are the others themselves, which is quicker than to compare."""
    return all(map(is_, entries, others))
