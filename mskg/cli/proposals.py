"""Rows of a corrections file that the program proposes, each behind a ``#``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.cli.console import note, write_text
from mskg.cli.language import t
from mskg.cli.output import write_file, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mskg.resolve import Correction

__all__ = ["emit_proposals"]


def emit_proposals(rows: Sequence[Correction], out: Path | None) -> None:
    """Print the rows as CSV, or write them to `out`; none is in force until its # is dropped."""
    from mskg.render.csv import csv_bytes, csv_text
    from mskg.resolve.corrections import COLUMNS

    cells = [("#" + row.document, *row.row[1:]) for row in rows]
    if out is None:
        write_text(csv_text(COLUMNS, cells))
    else:
        write_file(out, csv_bytes(COLUMNS, cells, bom=True))
        written(out)
    note(
        t(
            f"{len(rows)} 条建议，去掉行首的 # 才生效",
            f"{len(rows)} proposals; one is in force when you drop its #",
        )
    )
