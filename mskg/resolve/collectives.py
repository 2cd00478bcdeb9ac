"""Names that stand for many bodies: 各乡（街道）, 县直有关部门, 属地政府."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mskg.lexicon.departments import body_words
from mskg.ns import digest
from mskg.resolve.organisations import Resolved

if TYPE_CHECKING:
    from mskg.resolve.places import Scope

__all__ = ["collective", "is_collective", "is_lower_place", "wide"]

_WIDE = str.maketrans("(),", "（），")


def wide(text: str) -> str:
    """Return `text` with full-width brackets and commas, as full names are written."""
    return text.translate(_WIDE)


@cache
def _any_pattern() -> re.Pattern[str]:
    adjective, noun = body_words("any-adjective"), body_words("any-noun")
    return re.compile(
        rf"各(?!族)|\A[市县区省]?{body_words('any-begin')}|{adjective}{noun}|{body_words('any-end')}\Z"
        r"|\A全?[市县区州旗][级直属](?!机关.*工委|.*党工委)|\A\d+个"
    )


@cache
def _lower_pattern() -> re.Pattern[str]:
    place, organ = body_words("lower-place"), body_words("lower-organ")
    return re.compile(
        rf"全?[省市县州]?[属辖级]?{place}(?:\([^)]*\))?{place}?(?:{organ}|\([^)]*\)|、)*\Z"
    )


def is_collective(name: str) -> bool:
    """Tell whether `name`, which no table knows, stands for many bodies."""
    return _any_pattern().search(name) is not None or is_lower_place(name)


def is_lower_place(name: str) -> bool:
    """Tell whether `name` means every place of a kind: 乡镇（街道）, 县区政府."""
    return _lower_pattern().match(name) is not None


def collective(name: str, scope: Scope) -> Resolved:
    """Return the collective that `name` stands for: the place and the words as printed."""
    place = next(scope.readings(name))
    if place.how == "own" or place.rest[:1] in {"", "属", "辖", "、", "(", "和"}:
        region, rest = scope.region, name
    else:
        region, rest = place.region, place.rest
    label = (
        (scope.label(region) if region else "") if place.how != "level" or region else place.label
    )
    org = wide(label + rest)
    code = scope.code(region, "")
    return Resolved(org, f"{code}/group-{digest(rest)}", collective=True, rule="collective")
