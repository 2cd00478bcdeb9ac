"""Workbooks in which some cells are given and locked, and others are to be filled in."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from mskg.render.clean import xml_text
from mskg.render.xlsx import without_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LockedColumn", "LockedSheet", "locked_bytes", "sheet_titles"]

_FONT: Final = "Microsoft YaHei"
_HEAD: Final = "1F4E78"
_FILL_HEAD: Final = "C05621"
_GIVEN: Final = "F2F2F2"
_LINE: Final = "BFBFBF"
_TITLE_LIMIT: Final = 31
_NO_TITLE: Final = re.compile(r"[\\/*?:\[\]']")
_FORMATS: Final = {"date": "yyyy-mm-dd", "number": "General", "integer": "0"}
_EARLIEST, _LATEST = 36526, 73050  # 2000-01-01 and 2099-12-31 as a spreadsheet counts days
_BOUND: Final = 10**15
_MARGIN: Final = 0.3  # inches


@dataclass(frozen=True, slots=True)
class LockedColumn:
    """One column.

    Parameters
    ----------
    kind:
        text, integer, number, date or list (one of `options`).
    use:
        ``shown`` (given, locked), ``hidden`` (given, locked, not seen) or ``fill``.
    note:
        Shown when a cell to fill in is chosen.
    """

    title: str
    kind: str = "text"
    use: str = "shown"
    width: int = 12
    note: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LockedSheet:
    """One sheet: its title and its rows, a value for each column."""

    title: str
    rows: Sequence[Sequence[object]]


def sheet_titles(names: Sequence[str]) -> list[str]:
    """Return titles that a spreadsheet takes: short, without its signs, each once."""
    found: list[str] = []
    for name in names:
        plain = _NO_TITLE.sub(" ", name).strip() or "-"
        title, number = plain[:_TITLE_LIMIT], 2
        while title.casefold() in {other.casefold() for other in found}:
            tail = f" {number}"
            title, number = plain[: _TITLE_LIMIT - len(tail)] + tail, number + 1
        found.append(title)
    return found


def locked_bytes(
    columns: Sequence[LockedColumn],
    sheets: Sequence[LockedSheet],
    notes: tuple[str, Sequence[str]],
    wrong: str,
) -> bytes:
    """Return the workbook; the same bytes for the same content.

    Parameters
    ----------
    notes:
        Title and lines of the sheet that explains.
    wrong:
        Title of the message on a cell that is refused.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, sheet in zip(sheet_titles([s.title for s in sheets]), sheets, strict=True):
        _table(book.create_sheet(title), columns, sheet.rows, wrong)
    _notes(book.create_sheet(*sheet_titles([notes[0]])), notes[1])
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


class _Styles:
    """The styles of a workbook, each made once: making one for every cell takes for ever."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        side = Side(style="thin", color=_LINE)
        self.border = Border(left=side, right=side, top=side, bottom=side)
        self.wrap = Alignment(wrap_text=True, vertical="top")
        self.head = Font(name=_FONT, bold=True, color="FFFFFF")
        self.plain = Font(name=_FONT)
        self.fills = {
            name: PatternFill("solid", fgColor=colour)
            for name, colour in (("head", _HEAD), ("fill", _FILL_HEAD), ("given", _GIVEN))
        }
        self.free = Protection(locked=False)


def _table(
    sheet: Any, columns: Sequence[LockedColumn], rows: Sequence[Sequence[object]], wrong: str
) -> None:
    from openpyxl.utils import get_column_letter

    styles = _Styles()
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        cell = sheet.cell(1, number, column.title)
        cell.font, cell.border, cell.alignment = styles.head, styles.border, styles.wrap
        cell.fill = styles.fills["fill" if column.use == "fill" else "head"]
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.use == "hidden"
        if column.use == "fill" and rows:
            _check(sheet, column, f"{letter}2:{letter}{len(rows) + 1}", wrong)
    for place, row in enumerate(rows, 2):
        for number, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            _cell(sheet.cell(place, number), column, value, styles)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    # No password: the lock guards against slips of the hand, not against people.
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(sheet.protection, allowed, False)


def _cell(cell: Any, column: LockedColumn, value: object, styles: _Styles) -> None:
    if isinstance(value, int | Decimal | date):
        cell.value = value
    elif value not in (None, ""):
        cell.value = xml_text(str(value))
        cell.data_type = "s"
    cell.font, cell.border, cell.alignment = styles.plain, styles.border, styles.wrap
    cell.number_format = _FORMATS.get(column.kind, "@" if column.kind == "text" else "General")
    if column.use == "fill":
        cell.protection = styles.free
    else:
        cell.fill = styles.fills["given"]


def _check(sheet: Any, column: LockedColumn, cells: str, wrong: str) -> None:
    """Let the cells take only what the column is for, and say what that is."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rules: dict[str, dict[str, Any]] = {
        "number": {
            "type": "decimal", "operator": "between", "formula1": -_BOUND, "formula2": _BOUND,
        },
        "date": {
            "type": "date", "operator": "between", "formula1": _EARLIEST, "formula2": _LATEST,
        },
        "list": {"type": "list", "formula1": '"' + ",".join(column.options) + '"'},
    }  # fmt: skip
    check = DataValidation(**rules.get(column.kind, {"type": None}), allow_blank=True)
    check.promptTitle, check.prompt = column.title[:32], column.note[:255]
    check.showInputMessage = True
    check.errorTitle, check.error = wrong, column.note[:255]
    check.errorStyle = "stop"
    check.showErrorMessage = column.kind != "text"
    check.add(cells)
    sheet.add_data_validation(check)


def _notes(sheet: Any, lines: Sequence[str]) -> None:
    styles = _Styles()
    sheet.column_dimensions["A"].width = 100
    for place, line in enumerate(lines, 1):
        cell = sheet.cell(place, 1, line)
        cell.font, cell.alignment = styles.plain, styles.wrap
    sheet.protection.sheet = True
