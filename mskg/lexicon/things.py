"""Counted things: what plans promise again and again (``things.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mskg.lexicon.tables import read_table

__all__ = ["Thing", "things"]


@dataclass(frozen=True, slots=True)
class Thing:
    """A counted thing; targets that share one may be compared.

    Parameters
    ----------
    all:
        Words that must all occur in the name; each is a choice of words (棚户区 or 棚改).
    any:
        Words of which one must occur; empty where none is asked for.
    none:
        Words that must not occur.
    units:
        Measure words it is counted in, all for the same size (人 and 名, never 人次).
    area:
        Id of its policy area.
    family:
        Id of what it is a part or an aspect of (``thing_families.csv``); empty for one alone.
    stage:
        Id of the stage of the work it counts (``work_stages.csv``), such as started; empty
        where it tells none.
    counts:
        Id of what one of it is (``counting.csv``): a person, a person-time, a household.
    """

    id: str
    zh: str
    en: str
    all: tuple[tuple[str, ...], ...]
    any: tuple[str, ...]
    none: tuple[str, ...]
    units: frozenset[str]
    area: str
    family: str
    stage: str
    counts: str

    @property
    def words(self) -> int:
        """Number of words that a name must hold: how specific the thing is."""
        return len(self.all) + bool(self.any)


@cache
def things() -> dict[str, Thing]:
    """Return all counted things by id."""
    return {
        row["id"]: Thing(
            row["id"],
            row["zh"],
            row["en"],
            tuple(tuple(word.split("|")) for word in row["all"].split()),
            tuple(row["any"].split()),
            tuple(row["none"].split()),
            frozenset(row["units"].split()),
            row["area"],
            row["family"],
            row["stage"],
            row["counts"],
        )
        for row in read_table("things")
    }
