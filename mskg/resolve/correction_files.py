"""Files of corrections: CSV in whatever form spreadsheets save it, and .xlsx."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from mskg.errors import InputError, system_reason
from mskg.resolve.corrections import (
    COLUMN_WORDS,
    COLUMNS,
    KIND_WORDS,
    Correction,
    Corrections,
    correction_of,
    squeeze,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["CorrectionSheet", "read_corrections", "read_sheet", "with_proposals"]

_COMMENT: Final = "#"
_SHEET: Final = ".xlsx"
_WORDS: Final = dict(zip(COLUMN_WORDS, COLUMNS, strict=True))
_REQUIRED: Final = COLUMNS[:4]


@dataclass(frozen=True, slots=True)
class CorrectionSheet:
    """A file of corrections as it is: rows in force, proposals and remarks.

    Parameters
    ----------
    head:
        The names of its columns, as printed.
    rows:
        Its rows behind the head, each with the place of its line.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in English."""
        return tuple(_WORDS.get(name, name.lower()) for name in self.head)

    def cells(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield place and cells by name of each row, remarks and proposals too."""
        for place, values in self.rows:
            yield place, dict(zip(self.names, values, strict=False))


def read_corrections(path: Path) -> Corrections:
    """Return the decisions of a file, or of all CSV and .xlsx files in a folder.

    CSV is UTF-8, UTF-16 or GB18030, with commas, semicolons or tabs, as spreadsheets write it.
    Columns and kinds may have their Chinese names.

    Raises
    ------
    InputError
        If a file can't be read, a row is wrong, or two rows contradict each other.
    """
    files = [path]
    if path.is_dir():
        inside = (*path.glob("*.csv"), *path.glob("*" + _SHEET))
        files = sorted(file for file in inside if not file.name.startswith("~$"))
    rows: dict[tuple[str, tuple[str, str, str]], Correction] = {}
    for file in files:
        for row in _in_force(read_sheet(file)):
            former = rows.setdefault((row.document, row.subject), row)
            if former.value != row.value:
                raise InputError(
                    f"{row.place}: contradicts {former.place} ({row.kind} {row.quote!r})",
                    hint="keep one of the two rows",
                    zh=f"{row.place}：与 {former.place} 矛盾（{row.kind}“{row.quote}”，请留一行）",
                )
    return Corrections(tuple(rows.values()))


def read_sheet(file: Path) -> CorrectionSheet:
    """Return all that a file of corrections holds.

    Raises
    ------
    InputError
        If the file can't be read or has not the columns of corrections.
    """
    rows = list(_sheet_rows(file) if file.suffix.lower() == _SHEET else _csv_rows(file))
    filled = [(place, cells) for place, cells in rows if any(cells)]
    first = next((n for n, (_, c) in enumerate(filled) if not c[0].startswith(_COMMENT)), None)
    if first is None:
        return CorrectionSheet(COLUMNS, ())
    place, head = filled.pop(first)
    sheet = CorrectionSheet(tuple(head), tuple((at, tuple(cells)) for at, cells in filled))
    missing = [name for name in _REQUIRED if name not in sheet.names]
    if missing:
        raise InputError(
            f"{place}: no column {', '.join(missing)}",
            hint=f"the first line is {','.join(COLUMNS)}",
            zh=f"{place}：缺少列 {'、'.join(missing)}"
            f"（第一行应为 {','.join(COLUMNS)} 或 {','.join(COLUMN_WORDS)}）",
        )
    return sheet


def with_proposals(sheet: CorrectionSheet, rows: Iterable[Correction]) -> list[Sequence[str]]:
    """Return the rows of `sheet` and behind them, as proposals, those of `rows` that it lacks.

    What a person has decided or left undecided stays as it is.
    """
    kinds = {word: kind for kind, word in KIND_WORDS.items()}
    known = set()
    for _, cells in sheet.cells():
        document = cells.get("document", "").lstrip(_COMMENT).strip()
        kind = cells.get("kind", "")
        known.add((document, squeeze(cells.get("quote", "")), kinds.get(kind, kind)))
    words = set(sheet.head) <= set(COLUMN_WORDS)
    found: list[Sequence[str]] = [cells for _, cells in sheet.rows]
    for row in rows:
        if (row.document, row.words, row.kind) in known:
            continue
        kind = KIND_WORDS[row.kind] if words else row.kind
        cells = dict(zip(COLUMNS, row.row, strict=True))
        cells |= {"document": _COMMENT + row.document, "kind": kind}
        found.append([cells.get(name, "") for name in sheet.names])
    return found


def _in_force(sheet: CorrectionSheet) -> Iterator[Correction]:
    for place, cells in sheet.cells():
        if not next(iter(cells.values())).startswith(_COMMENT):
            yield correction_of(cells, place)


def _csv_rows(file: Path) -> Iterator[tuple[str, list[str]]]:
    text = _text(file)
    head = next((line for line in text.splitlines() if line.strip("\ufeff #")), "")
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield f"{file.name}:{reader.line_num}", [cell.strip() for cell in cells] or [""]
    except csv.Error as error:
        raise InputError(
            f"{file.name}:{reader.line_num}: no CSV ({error})",
            zh=f"{file.name}:{reader.line_num}：不是 CSV（{error}）",
        ) from error


def _text(file: Path) -> str:
    data = _bytes(file)
    # A file of UTF-16, which spreadsheets call Unicode text, has a byte order mark.
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(
        f"{file}: neither UTF-8 nor GB18030",
        hint="save it as CSV in UTF-8",
        zh=f"{file}：既不是 UTF-8 也不是 GB18030（请另存为 UTF-8 的 CSV）",
    )


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            f"{file}: can't be opened ({error.strerror})",
            zh=f"{file}：打不开（{system_reason(error)}）",
        ) from error


def _sheet_rows(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of the first sheet of a workbook."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(_bytes(file)), read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise InputError(
            f"{file}: no workbook ({type(error).__name__})",
            hint="save it as .xlsx or as CSV",
            zh=f"{file}：不是 Excel 工作簿（请另存为 .xlsx 或 CSV）",
        ) from error
    for number, row in enumerate(rows, 1):
        yield f"{file.name}:{number}", [_cell(value) for value in row] or [""]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()
