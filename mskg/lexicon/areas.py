"""Policy areas with their keywords (``areas.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mskg.lexicon.tables import read_table

__all__ = ["Area", "areas"]


@dataclass(frozen=True, slots=True)
class Area:
    """A policy area.

    ``youso`` is its place in 幼有所育 … 弱有所扶 or in the national list of basic public
    services; ``sdg`` are candidate goals of the 2030 agenda.
    """

    id: str
    zh: str
    en: str
    keywords: tuple[str, ...]
    youso: str
    sdg: tuple[str, ...]


@cache
def areas() -> dict[str, Area]:
    """Return all policy areas by id."""
    return {
        row["id"]: Area(
            row["id"],
            row["zh"],
            row["en"],
            tuple(row["keywords"].split()),
            row["youso"],
            tuple(row["sdg"].split()),
        )
        for row in read_table("areas")
    }
