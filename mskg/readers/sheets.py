"""Tables in other forms: Excel 97 (.xls), .xlsb and .ods through calamine, and CSV."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mskg.errors import ReadError
from mskg.readers import calamine_worker
from mskg.readers.cell_formats import shown_date, shown_number
from mskg.readers.composing import Composer, Source
from mskg.readers.decoding import decode
from mskg.readers.packages import damaged
from mskg.readers.sheet_grid import sheet_table

if TYPE_CHECKING:
    from mskg.model import Document

__all__ = ["read_csv", "read_sheets"]

_SECONDS = 60
_MOST_CELLS = 5_000_000
_DELIMITERS = ",\t;|"


def read_sheets(data: bytes, source: Source) -> Document:
    """Return the document of a workbook, a table for every visible sheet with content.

    These files give values without their formats. Where that matters (0.5 may be printed as
    50 %), LibreOffice tells the formats; a note says so where it is not installed.

    Raises
    ------
    ReadError
        If the file is damaged, encrypted, too large, or holds no text.
    """
    composer = Composer()
    fractions = 0
    for sheet in _sheets(data, source):
        values = {(row, column): _text(kind, text) for row, column, kind, text in sheet["cells"]}
        values = {place: text for place, text in values.items() if text.strip()}
        if values and not sheet["visible"]:
            composer.note(f"隐藏的工作表没有读：{sheet['name']}")
        elif values:
            fractions += sum(
                kind == "number" and 0 < abs(float(text)) < 1 for _, _, kind, text in sheet["cells"]
            )
            composer.content([sheet_table(values, [tuple(m) for m in sheet["merged"]])])
    if fractions:
        if (formatted := _with_formats(data, source)) is not None:
            return formatted
        composer.note(
            f".{source.format} 不带单元格格式：{fractions} 个小数可能印成百分数"
            "（可安装 LibreOffice，或另存为 .xlsx）"
        )
    return composer.document(source)


def _with_formats(data: bytes, source: Source) -> Document | None:
    """Return the document as LibreOffice shows it, None where it can't."""
    from mskg.readers.office import converted, find_office
    from mskg.readers.xlsx import read_xlsx

    program = find_office()
    if program is None:
        return None
    try:
        return read_xlsx(converted(program, data, source, "xlsx"), source)
    except ReadError:
        return None


def _sheets(data: bytes, source: Source) -> Any:
    """Return the sheets as the worker reads them."""
    command = [sys.executable, "-X", "utf8", calamine_worker.__file__]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_large(source.name) from error
    if done.returncode == calamine_worker.PASSWORD:
        raise ReadError(
            f"{source.name}: protected by a password",
            hint="save it without one",
            zh=f"{source.name}：有密码保护（请去掉密码另存）",
        )
    if done.returncode:
        raise damaged(source.name, source.format)
    return json.loads(done.stdout)


def _text(kind: str, text: str) -> str:
    if kind == "number":
        return shown_number(text)
    if kind == "date":
        return shown_date(datetime.fromisoformat(text))
    if kind == "bool":
        return "是" if text == "1" else "否"
    return text.replace("\r\n", "\n").replace("\r", "\n")


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
