"""Measure words (``units.csv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mskg.lexicon.tables import read_table
from mskg.text import any_word
from mskg.text.folding import fold

__all__ = ["Unit", "unit_of", "unit_pattern", "units"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word.

    ``kind`` is count, length, area, volume, mass, money, share, duration, age …;
    ``chinese_count`` tells that a Chinese numeral before it is a real count (三栋);
    ``not_before`` holds what behind it makes another word of it: characters (支持, 家庭), or
    words between slashes (家长会, but 2家长者照护之家);
    ``qudt`` and ``ucum`` name the unit where a standard has it.
    """

    text: str
    kind: str
    chinese_count: bool
    not_before: str
    qudt: str
    ucum: str


@cache
def units() -> dict[str, Unit]:
    """Return all measure words by their folded text."""
    return {
        row["unit"]: Unit(
            row["unit"],
            row["kind"],
            row["chinese_count"] == "y",
            row["not_before"],
            row["qudt"],
            row["ucum"],
        )
        for row in read_table("units")
    }


@cache
def unit_of(printed: str) -> Unit | None:
    """Return the measure word as `printed` in either script; None where the table has none.

    件（套） is counted like 件, but 人（次） is a row of its own.
    """
    folded = fold(printed)
    return units().get(folded) or units().get(folded.partition("(")[0])


@cache
def unit_pattern(*, chinese_only: bool = False) -> str:
    """Return a regular expression that matches any measure word, longest first."""
    chosen = [unit for unit in units().values() if unit.chinese_count or not chinese_only]
    return any_word(
        (unit.text for unit in chosen), behind={unit.text: _unless(unit) for unit in chosen}
    )


def _unless(unit: Unit) -> str:
    words = unit.not_before.split("/") if "/" in unit.not_before else unit.not_before
    return f"(?!{'|'.join(map(re.escape, words))})" if words else ""
