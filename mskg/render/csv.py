"""Rows as CSV text (RFC 4180, but with plain line feeds)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["csv_bytes", "csv_row", "csv_text"]


def csv_text(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ","
) -> str:
    """Return a header line and one line a row; None becomes an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def csv_bytes(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, bom: bool = False
) -> bytes:
    """Return `csv_text` in UTF-8; with a byte order mark spreadsheets show Chinese right."""
    return csv_text(columns, rows).encode("utf-8-sig" if bom else "utf-8")


def csv_row(cells: Sequence[str]) -> str:
    """Return one line, without its end."""
    return csv_text(cells, ()).rstrip("\n")
