"""Rows of a corrections file that the program proposes, each behind a ``#``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.cli.console import note, write_text
from mskg.cli.language import t
from mskg.cli.output import write_file, written
from mskg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mskg.resolve import Correction

__all__ = ["check_target", "emit_proposals"]

_SUFFIXES: Final = (".csv", ".xlsx")


def emit_proposals(rows: Sequence[Correction], out: Path | None) -> None:
    """Print the rows as CSV, or add them to `out`; none is in force until its # is dropped.

    A file that is there keeps all its rows; only what it does not hold yet is added.
    """
    from mskg.render.csv import csv_text
    from mskg.resolve.corrections import COLUMNS

    if out is None:
        write_text(csv_text(COLUMNS, [("#" + row.document, *row.row[1:]) for row in rows]))
        _say(len(rows))
        return
    _say(_add(rows, out))
    written(out)


def check_target(out: Path | None) -> None:
    """Raise InputError where proposals can't be written to `out`: before anything is read."""
    if out is not None and out.suffix.lower() not in _SUFFIXES:
        raise InputError(
            f"{out}: corrections are a .csv or .xlsx file",
            hint="end the name in .csv or .xlsx",
            zh=f"{out}：更正表是 CSV 或 Excel 文件（后缀请用 .csv 或 .xlsx）",
        )


def _add(rows: Sequence[Correction], out: Path) -> int:
    """Write `out` with the rows that it lacks; return how many these were."""
    from mskg.render.csv import csv_bytes
    from mskg.render.xlsx import Sheet, xlsx_bytes
    from mskg.resolve import read_sheet, with_proposals
    from mskg.resolve.correction_files import CorrectionSheet
    from mskg.resolve.corrections import COLUMN_WORDS, COLUMNS

    book = out.suffix.lower() == ".xlsx"
    # A workbook is for people, and has headings and kinds in their language.
    head = COLUMN_WORDS if book and t("zh", "en") == "zh" else COLUMNS
    sheet = read_sheet(out) if out.exists() else CorrectionSheet(head, ())
    cells = with_proposals(sheet, rows)
    if book:
        title = t("更正", "corrections")
        write_file(out, xlsx_bytes([Sheet(title, sheet.head, cells)]))
    else:
        write_file(out, csv_bytes(sheet.head, cells, bom=True))
    return len(cells) - len(sheet.rows)


def _say(count: int) -> None:
    note(
        t(
            f"{count} 条建议，去掉行首的 # 才生效",
            f"{count} proposals; one is in force when you drop its #",
        )
    )
