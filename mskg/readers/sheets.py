"""Tables in other forms: Excel 97 (.xls), .xlsb and .ods through calamine, and CSV."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from mskg.errors import ReadError
from mskg.readers.cell_formats import shown_date, shown_number
from mskg.readers.composing import Composer, Source
from mskg.readers.decoding import decode
from mskg.readers.packages import damaged
from mskg.readers.sheet_grid import sheet_table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from mskg.model import Document

__all__ = ["read_csv", "read_sheets"]

_MOST_CELLS = 5_000_000
_DELIMITERS = ",\t;|"


def read_sheets(data: bytes, source: Source) -> Document:
    """Return the document of a workbook, a table for every visible sheet with content.

    These files give values without their formats: shares are told from a note.

    Raises
    ------
    ReadError
        If the file is damaged, encrypted, too large, or holds no text.
    """
    import python_calamine as calamine

    composer = Composer()
    fractions = 0
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in book.sheets_metadata:
            sheet = book.get_sheet_by_name(meta.name)
            values, doubtful = _values(sheet, source.name)
            if values and meta.visible != calamine.SheetVisibleEnum.Visible:
                composer.note(f"隐藏的工作表没有读：{meta.name}")
            elif values:
                fractions += doubtful
                ranges = sheet.merged_cell_ranges or []
                merged = [(a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1) for a, b in ranges]
                composer.content([sheet_table(values, merged)])
    except calamine.PasswordError as error:
        raise ReadError(
            f"{source.name}: protected by a password",
            hint="save it without one",
            zh=f"{source.name}：有密码保护（请去掉密码另存）",
        ) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise damaged(source.name, source.format) from error
    if fractions:
        composer.note(
            f".{source.format} 不带单元格格式：{fractions} 个小数可能印成百分数（可另存为 .xlsx）"
        )
    return composer.document(source)


def _values(sheet: CalamineSheet, name: str) -> tuple[dict[tuple[int, int], str], int]:
    """Return the values of a sheet by row and column, and how many are fractions."""
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise _too_large(name)
    values: dict[tuple[int, int], str] = {}
    fractions = 0
    for row, cells in enumerate(sheet.iter_rows(), 1):
        for column, value in enumerate(cells, 1):
            if (text := _text(value)).strip():
                values[row, column] = text
            fractions += isinstance(value, float) and 0 < abs(value) < 1
    return values, fractions


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return shown_number(repr(value))
    if isinstance(value, date | datetime | time | timedelta):
        return shown_date(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def read_csv(data: bytes, source: Source) -> Document:
    """Return the document of a CSV file; its delimiter is told from its rows.

    Raises
    ------
    ReadError
        If the text can't be decoded or is empty.
    """
    text, encoding = decode(data, source.name)
    csv.field_size_limit(2**27)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise damaged(source.name, source.format) from error
    values = {
        (r, c): value.replace("\r\n", "\n").replace("\r", "\n")
        for r, row in enumerate(rows, 1)
        for c, value in enumerate(row, 1)
        if value.strip()
    }
    if len(values) > _MOST_CELLS:
        raise _too_large(source.name)
    composer = Composer()
    composer.content([sheet_table(values)])
    return composer.document(Source(source.name, source.format, source.sha256, encoding))


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the most rows into the same number of cells."""

    def agreement(delimiter: str) -> int:
        sample = io.StringIO(text[:100_000], newline="")
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        except csv.Error:
            return 0
        wide = [width for width in widths if width > 1]
        return max((wide.count(width) * (width - 1) for width in set(wide)), default=0)

    return max(_DELIMITERS, key=lambda d: (agreement(d), -_DELIMITERS.index(d)))


def _too_large(name: str) -> ReadError:
    return ReadError(
        f"{name}: a sheet of more than {_MOST_CELLS:,} cells",
        zh=f"{name}：有一张工作表超过 {_MOST_CELLS // 10_000} 万格，不像是文档",
    )
