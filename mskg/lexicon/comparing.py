"""Which counted things may be compared, and why the others may not.

Two targets are comparable only where they count the same thing. Things of one family (棚改新开工
and 棚改建成, legal-aid cases and legal-aid person-times) look alike and are not: they differ in
what they count, in the stage of the work, or in what they cover.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from mskg.lexicon.tables import read_table
from mskg.lexicon.things import Thing, things

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Difference", "differences", "rules"]


class Difference(NamedTuple):
    """Why two things can't be compared.

    ``kind`` is subject, counting, stage or scope; the reason is in Chinese and English.
    """

    kind: str
    zh: str
    en: str


def differences(one: str, other: str) -> tuple[Difference, ...]:
    """Return why targets of the things `one` and `other` can't be compared; none if they can.

    Parameters
    ----------
    one, other:
        Ids of ``things.csv``.

    Raises
    ------
    KeyError
        If the table has no such thing.
    """
    first, second = things()[one], things()[other]
    if one == other:
        return ()
    if not first.family or first.family != second.family:
        return (
            Difference(
                "subject",
                f"“{first.zh}”与“{second.zh}”不是一回事",
                f"{first.en} and {second.en} are two different things",
            ),
        )
    found = (*_counting(first, second), *_stages(first, second))
    return found or (
        Difference(
            "scope",
            f"“{first.zh}”与“{second.zh}”范围不同",
            f"{first.en} and {second.en} don't cover the same",
        ),
    )


def rules() -> Iterator[tuple[str, str, tuple[Difference, ...]]]:
    """Yield every pair of things of one family, sorted, with why they can't be compared."""
    by_family: dict[str, list[str]] = {}
    for name, thing in sorted(things().items()):
        if thing.family:
            by_family.setdefault(thing.family, []).append(name)
    for _, members in sorted(by_family.items()):
        for one, other in combinations(members, 2):
            yield one, other, differences(one, other)


def _counting(one: Thing, other: Thing) -> tuple[Difference, ...]:
    if one.counts == other.counts:
        return ()
    zh, en = _words("counting", one.counts)
    other_zh, other_en = _words("counting", other.counts)
    return (
        Difference(
            "counting",
            f"一个按{zh}计，一个按{other_zh}计",
            f"one counts {en}, the other {other_en}",
        ),
    )


def _stages(one: Thing, other: Thing) -> tuple[Difference, ...]:
    if one.stage == other.stage:
        return ()
    (zh, en), (other_zh, other_en) = _stage(one), _stage(other)
    return (
        Difference(
            "stage", f"一个{zh}，一个{other_zh}", f"stage of the work: {en} against {other_en}"
        ),
    )


def _stage(thing: Thing) -> tuple[str, str]:
    if not thing.stage:
        return "没有说明阶段", "not said"
    zh, en = _words("work_stages", thing.stage)
    return f"是“{zh}”", en


@cache
def _words(table: str, name: str) -> tuple[str, str]:
    return next((row["zh"], row["en"]) for row in read_table(table) if row["id"] == name)
