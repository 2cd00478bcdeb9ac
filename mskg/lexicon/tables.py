"""Reading of the tables in ``data/vocabulary``."""

from __future__ import annotations

import csv
from functools import cache

from mskg import resources

__all__ = ["read_table"]


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table `name` (``units`` for ``data/vocabulary/units.csv``)."""
    path = resources.folder("data") / "vocabulary" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
