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
        header, *rows = csv.reader(file)
    # csv.DictReader would take twice as long, and the table of regions has 3,500 rows.
    return tuple(dict(zip(header, row, strict=True)) for row in rows)
