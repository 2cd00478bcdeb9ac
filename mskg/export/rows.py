"""Write a table of rows to a file; the suffix chooses the format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.export.files import write_files
from mskg.render.csv import csv_bytes
from mskg.render.xlsx import Sheet, xlsx_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ROW_SUFFIXES", "write_rows"]

ROW_SUFFIXES: Final = (".csv", ".json", ".xlsx")


def write_rows(
    path: Path | str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    title: str = "",
    bom: bool = True,
) -> Path:
    """Write rows to `path` and return it.

    Parameters
    ----------
    path:
        ``.csv``, ``.json`` (a list of objects) or ``.xlsx``.
    columns:
        One heading a column.
    rows:
        One value a column; None is an empty cell.
    title:
        Name of the sheet in ``.xlsx``.
    bom:
        Begin CSV with a byte order mark, so that spreadsheets show Chinese right.

    Raises
    ------
    InputError
        If the suffix is unknown or the file can't be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".csv":
        content = csv_bytes(columns, rows, bom=bom)
    elif suffix == ".xlsx":
        content = xlsx_bytes([Sheet(title or path.stem, columns, rows)])
    elif suffix == ".json":
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        text = json.dumps(objects, ensure_ascii=False, indent=1, default=str)
        content = (text + "\n").encode()
    else:
        known = " ".join(ROW_SUFFIXES)
        raise InputError(
            f"{path}: no table format has the suffix {suffix!r}",
            hint=f"one of: {known}",
            zh=f"{path}：没有后缀为 {suffix!r} 的表格格式（可用 {known}）",
        )
    return write_files({path: content})[0]
