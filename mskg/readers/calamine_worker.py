"""Reads a workbook in a process of its own: bytes on standard input, JSON on standard output.

The library for old workbooks stops the whole process on some damaged files, and a few bytes
can make it ask for any amount of memory. So it runs apart, with bounds.

A sheet becomes ``{"name", "visible", "cells": [[row, column, kind, value]…], "merged": […]}``,
counts from 1. The file is run as a script and imports nothing of mskg.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

__all__ = ["main"]

_MOST_BYTES = 3 * 2**30
PASSWORD = 3
"""Exit code for a workbook that is protected by a password."""


def main() -> int:
    """Run the worker; return its exit code."""
    _bound_memory()
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        sheets = [_sheet(book, meta) for meta in book.sheets_metadata]
    except calamine.PasswordError:
        return PASSWORD
    sys.stdout.buffer.write(json.dumps(sheets).encode())
    return 0


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


def _sheet(book: Any, meta: Any) -> dict[str, Any]:
    import python_calamine as calamine

    sheet = book.get_sheet_by_name(meta.name)
    cells = []
    for row, values in enumerate(sheet.iter_rows(), 1):
        for column, value in enumerate(values, 1):
            if value not in {"", None}:
                cells.append([row, column, *_kind(value)])
    merged = [[a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1] for a, b in sheet.merged_cell_ranges or []]
    visible = meta.visible == calamine.SheetVisibleEnum.Visible
    return {"name": meta.name, "visible": visible, "cells": cells, "merged": merged}


def _kind(value: object) -> tuple[str, str]:
    if isinstance(value, bool):
        return "bool", str(int(value))
    if isinstance(value, int | float):
        return "number", repr(value)
    if isinstance(value, datetime):
        return "date", value.isoformat()
    if isinstance(value, date):
        return "date", datetime(value.year, value.month, value.day).isoformat()
    if isinstance(value, time | timedelta):
        return "time", str(value)
    return "text", str(value)


if __name__ == "__main__":
    sys.exit(main())
