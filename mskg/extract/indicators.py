"""Indicators: the numbers that a text commits to, named and linked."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from mskg.extract.naming import clause_begin, name_of, things_before
from mskg.extract.stages import SHARE
from mskg.lexicon.cues import any_of, cue_pattern
from mskg.model import Indicator, UnusedNumber, with_changes
from mskg.text import last_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from mskg.extract.numbers import Number
    from mskg.model import Span
    from mskg.text import View

__all__ = ["Reading", "read_indicators", "unused_number"]

_EACH = re.compile(
    r"(?:各(?![类种项级地界族行])自?|(?<![人户平年月日地亩村校班])均(?![衡等匀值]))[^,;。\d、]{0,8}$"
)
_RESPECTIVELY = re.compile(r"分别[^,;。\d]{0,10}$")
_FROM = re.compile(
    r"[由从](?!事)(?:(?:原来?的?|现有?的?|目前的?|20\d\d年[度底末]?的?|[年月]?[人户生]均|每[人户生月年学期个]{1,3}){0,3}"
    r"|(?P<name>[^,;。\d由从]{2,12}))$"
)
_AND = ("和", "、", "与", "及")
_ANOTHER = re.compile(r"[、和及与]?\d")
_STOP, _DIGIT = re.compile("[,;。]"), re.compile(r"\d")
_CHAIN = 5  # starting points in a row
_OF_WHICH = re.compile(r"其中|包括|含")
_SHARE_OF_TASK = re.compile(
    r"(?:工程|工作|建设|项目|任务|形象|总)(?:建设)?(?:总)?(?:任务|工程)?(?:总)?[量度]|任务|进度"
)


@cache
def _raise() -> re.Pattern[str]:
    return re.compile(rf"[^,;。]{{0,4}}?{any_of('raise')}[到至为]")


class Reading(NamedTuple):
    """The indicators of a stretch and the numbers that became none."""

    indicators: tuple[Indicator, ...]
    unused: tuple[UnusedNumber, ...]


class _Found(NamedTuple):
    number: Number
    indicator: Indicator


def read_indicators(
    view: View,
    numbers: list[Number],
    *,
    first: int,
    prefix: str,
    title: str,
    floor: int = 0,
    span: Callable[[int, int], Span],
) -> Reading:
    """Return the indicators of `view`.

    Parameters
    ----------
    numbers:
        All numerals of the view, in order.
    first:
        Position of the first of them among the numerals of the item, from 1.
    prefix:
        Item path, with which indicator ids begin.
    title:
        Title of the task, which names what a bare quantity counts.
    floor:
        Where names may begin in the view, such as behind the date of a stage.
    span:
        Makes the span of a range of document offsets.
    """
    found: list[_Found] = []
    unused: list[UnusedNumber] = []
    starts: list[Number] = []
    pairs: list[str] = []
    for index, number in enumerate(numbers):
        place = span(*view.range(number.begin, number.stop))
        if number.rule in {"", "duration"} and _is_baseline(view.folded, numbers, index):
            starts.append(number)
            unused.append(unused_number("baseline", place, prefix))
            continue
        if number.rule:
            unused.append(unused_number(number.rule, place, prefix))
            continue
        # 年救助限额由8万元提高到16万元: the thing is named before the starting point.
        named = _before_start(view.folded, number, starts[0]) if starts else number
        if len(starts) > 1 and not pairs:
            pairs = _paired(view, starts, floor)
        names, pairs = _names(view, [*numbers[:index], named], title, found, pairs, numbers, floor)
        counted = _like_first(view.folded, number, numbers[:index])
        counted = _like_last(view.folded, counted, numbers[index + 1 :])
        own = f"{prefix}-{first + index}"
        make = partial(_indicator, view, counted, place, starts.pop(0).value if starts else None)
        for letter, name in enumerate(names):
            letter_id = f"{own}{chr(97 + letter)}" if len(names) > 1 else own
            indicator = make(letter_id, name, _whole(view, number, found))
            if _is_again(indicator, found):
                indicator = with_changes(indicator, optional=True)
            found.append(_Found(number, indicator))
    return Reading(tuple(f.indicator for f in found), tuple(unused))


def unused_number(rule: str, place: Span, prefix: str) -> UnusedNumber:
    """Return a number that is not used; of the item's `prefix` (1.3-2) its task is told."""
    return UnusedNumber(place.quote, rule, place, prefix.partition("-")[0])


def _before_start(text: str, number: Number, start: Number) -> Number:
    """Return `number` as if it stood where its starting point does, which the thing precedes."""
    match = _FROM.search(text, max(0, start.lead - 14), start.lead)
    if match is None:
        return number._replace(lead=start.lead - 1) if start.lead else number
    # 由家庭年人均收入2650元提高到3000元: the thing stands inside.
    return number._replace(lead=start.lead if match["name"] else match.start())


def _like_first(text: str, number: Number, before: list[Number]) -> Number:
    """Give 40% the comparator of 20% in 分别不低于20%和40%."""
    if number.op != "eq":
        return number
    following = number
    for last in reversed(before):
        if last.unit != number.unit or text[last.reach : following.lead] not in _AND:
            break
        if last.op != "eq":
            spoken = "分别" in text[clause_begin(text, last.lead) : last.begin]
            return number._replace(op=last.op) if spoken else number
        following = last
    return number


def _like_last(text: str, number: Number, behind: list[Number]) -> Number:
    """Give 97% the comparator of 90% in 分别达到97%、90%以上."""
    following = behind[0] if behind else None
    if following is None or number.op != "eq" or following.unit != number.unit:
        return number
    joined = text[number.reach : following.lead] in _AND
    spoken = "分别" in text[clause_begin(text, number.lead) : number.begin]
    closed = following.reach > following.stop  # its comparator stands behind it
    return number._replace(op=following.op) if joined and spoken and closed else number


def _is_baseline(text: str, numbers: list[Number], index: int) -> bool:
    """Tell starts from targets: 8万元 in 由8万元提高到16万元, 5元 and 3元 in 由5元、3元提高到…."""
    first = last = index
    floor, ceiling = max(0, index - _CHAIN), min(len(numbers), index + _CHAIN) - 1
    while first > floor and _joined(text, numbers[first - 1], numbers[first]):
        first -= 1
    while last < ceiling and _joined(text, numbers[last], numbers[last + 1]):
        last += 1
    following = next((n for n in numbers[last + 1 :] if not n.rule), None)
    begin = numbers[first].lead
    if following is None or not _FROM.search(text[max(0, begin - 14) : begin]):
        return False
    between = text[numbers[last].reach : following.begin]
    return len(between) < 14 and _raise().match(between) is not None


def _joined(text: str, number: Number, following: Number) -> bool:
    same = number.unit == following.unit and number.rule == following.rule
    return same and text[number.reach : following.lead] in _AND


def _paired(view: View, starts: list[Number], floor: int) -> list[str]:
    """Return the things whose starting points `starts` are, where they are as many."""
    begin = max(floor, starts[0].lead - 14)
    opening = _FROM.search(view.folded, begin, starts[0].lead)
    things = things_before(view, opening.start(), floor) if opening else []
    return things if len(things) == len(starts) else []


def _names(
    view: View,
    so_far: list[Number],
    title: str,
    found: list[_Found],
    pairs: list[str],
    numbers: list[Number],
    begin_at: int,
) -> tuple[list[str], list[str]]:
    """Return the names of what the number counts, and the things that 分别 still has to pair."""
    text, index = view.folded, len(so_far) - 1
    number = so_far[index]
    floor = next(
        (n.reach for n in reversed(so_far[:index]) if not n.rule and n.reach <= number.lead),
        begin_at,
    )
    ceiling = next((n.lead for n in numbers[index + 1 :] if not n.rule), len(text))
    begin = clause_begin(text, number.lead, floor)
    before = text[begin : number.lead]
    last = found[-1].indicator.name if found else ""
    name = name_of(view, number, begin, floor, ceiling, title, last)
    if match := _RESPECTIVELY.search(before):
        pairs = things_before(view, begin + match.start(), floor)
        if len(pairs) > 1 and not _DIGIT.search(_clause_after(text, number)):
            return pairs, []  # 低保、五保标准分别提高15%: one figure for both
    if pairs:
        thing, *rest = pairs
        tail = _clause_after(text, number)
        return [thing if _ANOTHER.match(tail) else thing + tail], rest
    if match := _EACH.search(before):
        things = things_before(view, begin + match.start(), floor)
        if len(things) > 1:
            return things, []
    return [name], []


def _clause_after(text: str, number: Number) -> str:
    return _STOP.split(text[number.reach : number.reach + 12])[0]


def _indicator(
    view: View,
    number: Number,
    place: Span,
    baseline: Decimal | None,
    own: str,
    name: str,
    whole: str,
) -> Indicator:
    begin = clause_begin(view.folded, number.lead)
    context = view.folded[begin : number.begin]
    unit = view.text[number.end : number.stop] if number.unit else ""
    share = "%" in unit and _SHARE_OF_TASK.search(context[-8:]) is not None
    return Indicator(
        id=own,
        name=name,
        value=number.value,
        unit="%" if number.unit == "%" else unit.replace(" ", ""),
        op=number.op,
        kind=_kind(number, context),
        basis=SHARE if share else "absolute",
        upper=number.upper,
        baseline=baseline,
        part_of=whole,
        digits=view.text[number.begin : number.end].strip(),
        optional=number.upper is not None,
        span=place,
    )


def _kind(number: Number, context: str) -> str:
    if number.kind == "share":
        return "change" if cue_pattern("change").search(context[-8:]) else "share"
    if number.kind == "money":
        return "funding" if cue_pattern("funding").search(context) else "money"
    return "time standard" if number.kind == "duration" else "count"


def _whole(view: View, number: Number, found: list[_Found]) -> str:
    """Return the id of the indicator that this one is a part of (其中), or an empty text."""
    if not found:
        return ""
    text = view.folded
    floor = last_of(text, "。;", 0, number.begin)
    between = text[max(floor + 1, found[-1].number.reach) : number.begin]
    last = found[-1]
    if _OF_WHICH.search(between[:4]) and last.number.begin > floor:
        return next(
            (
                f.indicator.id
                for f in reversed(found)
                if f.number.unit == number.unit and not f.indicator.part_of
            ),
            last.indicator.id,
        )
    same = between.startswith(("、", ",")) and last.indicator.part_of and last.number.begin > floor
    if not same or last.number.unit != number.unit or _complete(last.indicator.part_of, found):
        return ""
    return last.indicator.part_of


def _complete(whole: str, found: list[_Found]) -> bool:
    """Tell whether the parts so far add up to their whole, so that another one is none."""
    parts = [f.indicator.value for f in found if f.indicator.part_of == whole]
    goal = next((f.indicator.value for f in found if f.indicator.id == whole), None)
    return len(parts) > 1 and sum(parts) == goal


def _is_again(indicator: Indicator, found: list[_Found]) -> bool:
    """Tell a target that the text says a second time."""
    return any(
        (f.indicator.value, f.indicator.unit, f.indicator.op, f.indicator.name)
        == (indicator.value, indicator.unit, indicator.op, indicator.name)
        for f in found
    )
