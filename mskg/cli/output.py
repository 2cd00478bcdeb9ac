"""Rows on stdout as table, CSV or JSON, and files that appear only when complete."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.cli.console import note, results, write_text
from mskg.cli.language import t
from mskg.errors import InputError
from mskg.export.files import write_files
from mskg.render.csv import csv_text

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["emit_rows", "emit_text", "parent_of", "show_table", "write_file", "written"]

Row = Sequence[object]

_FORMATS = {".csv": "csv", ".json": "json", ".txt": "table", ".xlsx": "xlsx"}
_FILE_WIDTH = 160


def emit_rows(
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    form: str = "",
    out: Path | None = None,
    bom: bool = False,
    title: str = "",
) -> None:
    """Print rows, or write them to `out` in the format of its suffix.

    Parameters
    ----------
    form:
        ``table``, ``csv`` or ``json``; empty means table on a terminal, else CSV.
    bom:
        Begin CSV with a byte order mark; a ``.csv`` file always has one, for spreadsheets.
    """
    if out is not None:
        write_file(out, _as_bytes(columns, rows, form or _format_of(out), title))
        written(out)
        return
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "table":
        show_table(columns, rows, title=title)
    elif form == "csv":
        write_text(("\ufeff" if bom else "") + csv_text(columns, rows))
    else:
        write_text(_as_json(columns, rows))


def emit_text(text: str, out: Path | None) -> None:
    """Print `text`, or write it to `out`."""
    if out is None:
        write_text(text)
    else:
        write_file(out, text)
        written(out)


def _as_bytes(columns: Sequence[str], rows: Sequence[Row], form: str, title: str) -> bytes:
    if form == "csv":
        return csv_text(columns, rows).encode("utf-8-sig")
    if form == "json":
        return _as_json(columns, rows).encode()
    if form == "xlsx":
        from mskg.render.xlsx import Sheet, xlsx_bytes

        return xlsx_bytes([Sheet(title or "mskg", columns, rows)])
    from rich.console import Console

    buffer = io.StringIO()
    console = Console(file=buffer, width=_FILE_WIDTH, highlight=False, markup=False, emoji=False)
    _print_table(console, columns, rows, title)
    return buffer.getvalue().encode()


def _as_json(columns: Sequence[str], rows: Sequence[Row]) -> str:
    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(objects, ensure_ascii=False, indent=1, default=str) + "\n"


def show_table(columns: Sequence[str], rows: Sequence[Row], *, title: str = "") -> None:
    """Print rows as a table that is aligned for double-width characters."""
    _print_table(results(), columns, rows, title)


def _print_table(console: Console, columns: Sequence[str], rows: Sequence[Row], title: str) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for position, name in enumerate(columns):
        numeric = bool(rows) and all(_is_number(row[position]) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)


def _is_number(cell: object) -> bool:
    try:
        float(str(cell))
    except ValueError:
        return False
    return True


def _format_of(path: Path) -> str:
    try:
        return _FORMATS[path.suffix.lower()]
    except KeyError:
        known = " ".join(_FORMATS)
        raise InputError(
            f"{path}: can't tell the format from this suffix",
            hint=f"use one of {known}, or --format",
            zh=f"{path}：看不出这个后缀是什么格式（可用 {known}，或用 --format 指明）",
        ) from None


def parent_of(path: Path) -> Path:
    """Return `path` after making the folder it lies in.

    Raises
    ------
    InputError
        If the folder can't be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{path.parent}: can't be made ({error.strerror})",
            zh=f"{path.parent}：建不了这个文件夹（{error.strerror}）",
        ) from error
    return path


def write_file(path: Path, content: str | bytes) -> None:
    """Write `path`, in a folder made where it is missing: complete, or not at all."""
    data = content.encode() if isinstance(content, str) else content
    write_files({parent_of(path): data})


def written(path: Path) -> None:
    """Say on stderr where a result lies."""
    note(t("已写入 ", "written: ") + str(path))
