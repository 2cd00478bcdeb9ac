"""Sheets as an .xlsx workbook, the same bytes for the same rows."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Sheet", "without_clock", "xlsx_bytes"]

_MOMENT: Final = (2000, 1, 1, 0, 0, 0)
_STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_WIDEST: Final = 60
_CELL_LIMIT: Final = 32767
_TITLE_LIMIT: Final = 31
_NO_TITLE: Final = re.compile(r"[\\/*?:\[\]]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, its columns and its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with these sheets: bold frozen header, filter, fitted columns.

    Texts stay texts even where they look like formulas.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _add(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _add(book: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    target = book.create_sheet(_NO_TITLE.sub(" ", sheet.title)[:_TITLE_LIMIT])
    target.freeze_panes = "A2"
    last = get_column_letter(max(len(sheet.columns), 1))
    target.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    for number, column in enumerate(sheet.columns):
        sample = [column, *(row[number] for row in sheet.rows[:200])]
        width = min(max(_width(value) for value in sample) + 2, _WIDEST)
        target.column_dimensions[get_column_letter(number + 1)].width = width
    bold = Font(bold=True)
    target.append([_cell(target, column, bold) for column in sheet.columns])
    for row in sheet.rows:
        target.append([_cell(target, value) for value in row])


def _cell(target: Any, value: object, font: Any = None) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, bool | int | float | Decimal | date | datetime) or value is None:
        return WriteOnlyCell(target, value=value)
    cell = WriteOnlyCell(target, value=xml_text(str(value))[:_CELL_LIMIT])
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


def _width(value: object) -> int:
    text = "" if value is None else str(value)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text[:_WIDEST])


def without_clock(data: bytes) -> bytes:
    """Set every time in the file to one fixed moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
