"""A filled ledger, as it comes back: workbook, CSV or JSON, with the place of every cell."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from mskg.errors import InputError, system_reason
from mskg.ledger.sheet import LEDGER_SUFFIXES, all_columns
from mskg.readers.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["FilledRow", "read_ledger"]

_HEAD_ROWS: Final = 10


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row: its cells by id of the column (empty ones left out), and where each stands."""

    cells: dict[str, object]
    places: dict[str, str]
    place: str

    def text(self, column: str) -> str:
        """Return a cell as text, without spaces around it."""
        value = self.cells.get(column)
        if isinstance(value, Decimal):
            return format(value.normalize() if value else Decimal(0), "f")
        if isinstance(value, date):
            return value.isoformat()
        return "" if value is None else str(value).strip()

    def at(self, column: str) -> str:
        """Return where a cell stands, such as 台账!K7."""
        return self.places.get(column, self.place)


def read_ledger(path: Path) -> list[FilledRow]:
    """Return the rows of a ledger.

    Raises
    ------
    InputError
        If the file can't be read, or has not the columns of a ledger.
    """
    suffix = path.suffix.lower()
    if suffix not in LEDGER_SUFFIXES:
        known = " ".join(LEDGER_SUFFIXES)
        raise InputError(
            f"{path}: no ledger has the suffix {suffix!r}",
            hint=f"one of {known}",
            zh=f"{path}：台账没有后缀为 {suffix!r} 的格式（可用 {known}）",
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: can't be opened ({error.strerror})",
            zh=f"{path}：打不开（{system_reason(error)}）",
        ) from error
    readers = {".xlsx": _workbook, ".csv": _csv, ".json": _json}
    found = list(readers[suffix](data, path.name))
    if not found:
        raise _no_ledger(path.name)
    return found


def _workbook(data: bytes, name: str) -> Iterator[FilledRow]:
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [(s.title, list(s.iter_rows(values_only=True))) for s in book.worksheets]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(
            f"{name}: no workbook ({type(error).__name__})",
            hint="save it as .xlsx or as CSV",
            zh=f"{name}：不是 Excel 工作簿（请另存为 .xlsx 或 CSV）",
        ) from error
    for title, rows in sheets:
        found = _head(rows)
        if found is None:
            continue  # the sheet that explains, or one that people added
        first, columns = found
        for number, row in enumerate(rows[first + 1 :], first + 2):
            places = {c: f"{title}!{get_column_letter(n + 1)}{number}" for n, c in columns.items()}
            yield from _row(row, columns, places, f"{title}!{number}")


def _csv(data: bytes, name: str) -> Iterator[FilledRow]:
    text, _ = decode(data, name)
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(f"{name}: no CSV ({error})", zh=f"{name}：不是 CSV（{error}）") from error
    found = _head(rows)
    if found is None:
        return
    first, columns = found
    for number, row in enumerate(rows[first + 1 :], first + 2):
        titles = {column: rows[first][place].strip() for place, column in columns.items()}
        places = {column: f"{name}:{number} {title}" for column, title in titles.items()}
        yield from _row(row, columns, places, f"{name}:{number}")


def _json(data: bytes, name: str) -> Iterator[FilledRow]:
    try:
        entries = json.loads(data, parse_float=Decimal)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{name}: no JSON ({error})", zh=f"{name}：不是 JSON（{error}）"
        ) from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _no_ledger(name)
    for number, entry in enumerate(entries):
        if "id" not in entry:
            raise _no_ledger(name)
        columns = dict(enumerate(entry))
        places = {column: f"{name}[{number}].{column}" for column in entry}
        yield from _row(list(entry.values()), columns, places, f"{name}[{number}]")


def _head(rows: Sequence[Sequence[object]]) -> tuple[int, dict[int, str]] | None:
    """Return which row holds the headings, and the column of each place."""
    words = {
        title: column.id
        for column in all_columns()
        for title in (*column.title.values(), column.id)
    }
    for number, row in enumerate(rows[:_HEAD_ROWS]):
        columns: dict[int, str] = {}
        for place, value in enumerate(row):
            known = words.get(str(value or "").strip())
            if known and known not in columns.values():
                columns[place] = known
        if {"id", "fingerprint"} <= set(columns.values()):
            return number, columns
    return None


def _row(
    row: Sequence[object], columns: dict[int, str], places: dict[str, str], place: str
) -> Iterator[FilledRow]:
    cells = {
        column: value
        for at, column in columns.items()
        if at < len(row) and (value := _value(row[at])) is not None
    }
    if cells:
        yield FilledRow(cells, places, place)


def _value(value: Any) -> object:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return value.strip() or None
    return value


def _no_ledger(name: str) -> InputError:
    return InputError(
        f"{name}: no ledger: the columns id and fingerprint (行标识, 原文指纹) are missing",
        hint="fill in what mskg ledger export writes",
        zh=f"{name}：不是台账，缺少“行标识”“原文指纹”两列（请用 mskg ledger export 写出的表来填）",
    )
