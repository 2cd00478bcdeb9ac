"""Whether two targets may be compared: by what they count, their kind and their basis.

>>> compare_indicators(started, completed).verdict
'not comparable'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from mskg.lexicon.comparing import Difference, differences
from mskg.lexicon.things import things

if TYPE_CHECKING:
    from mskg.model import Indicator

__all__ = ["Comparison", "Verdict", "compare_indicators"]

Verdict: TypeAlias = Literal["comparable", "not comparable", "unknown"]


class Comparison(NamedTuple):
    """Whether two targets may be compared, and if not (or not surely), why."""

    verdict: Verdict
    reasons: tuple[Difference, ...] = ()


def compare_indicators(one: Indicator, other: Indicator) -> Comparison:
    """Tell whether the values of two indicators may be compared.

    They may where both count the same thing of the authority table, both as an absolute value
    of the same kind, and both cumulative or per period. Without a counted thing nothing is
    certain: the same words can mean different counts in two regions.
    """
    found = (*_kinds(one, other), *_accumulation(one, other))
    if one.counted_thing in things() and other.counted_thing in things():
        found = (*differences(one.counted_thing, other.counted_thing), *found)
        return Comparison("not comparable", found) if found else Comparison("comparable")
    if found:
        return Comparison("not comparable", found)
    nameless = one if one.counted_thing not in things() else other
    reason = Difference(
        "unknown",
        f"没有认定“{nameless.name}”的计量对象，不能确定口径相同",
        f"what {nameless.name!r} counts is not in the table of counted things",
    )
    return Comparison("unknown", (reason,))


def _kinds(one: Indicator, other: Indicator) -> tuple[Difference, ...]:
    pairs = ((one.kind, other.kind), (one.basis, other.basis))
    return tuple(
        Difference(
            "kind",
            f"一个是{_ZH.get(first, first)}，一个是{_ZH.get(second, second)}",
            f"one is of the kind {first!r}, the other {second!r}",
        )
        for first, second in pairs
        if first != second
    )


def _accumulation(one: Indicator, other: Indicator) -> tuple[Difference, ...]:
    if not one.accumulation or not other.accumulation or one.accumulation == other.accumulation:
        return ()
    return (
        Difference(
            "accumulation",
            "一个是累计数，一个是分期数",
            "one is cumulative, the other per period",
        ),
    )


_ZH = {
    "count": "数量",
    "share": "比例",
    "change": "变化",
    "money": "金额",
    "funding": "投入",
    "time standard": "时限标准",
    "absolute": "绝对值",
    "share of the task": "占任务的比例",
}
