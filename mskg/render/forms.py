"""Sheets that people fill in, as an .xlsx workbook: typed and checked cells, the same bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from mskg.render.xlsx import without_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Form", "FormColumn", "FormRow", "form_bytes"]

_FONT: Final = "Microsoft YaHei"
_HEAD: Final = "1F4E78"
_SOFT: Final = "F2F2F2"
_LINE: Final = "BFBFBF"
_EARLIEST: Final = date(2000, 1, 1)
_LATEST: Final = date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class FormColumn:
    """What one column, or one field of a list, takes.

    ``kind`` is text, integer, year, number, date, list (one of `options`, nothing else) or
    suggestion (`options` are offered). ``note`` is shown when the cell is chosen.
    """

    title: str
    kind: str = "text"
    note: str = ""
    width: int = 12
    options: tuple[str, ...] = ()
    example: object = None


@dataclass(frozen=True, slots=True)
class FormRow:
    """The fields of a sheet that is a list of labels with one value each."""

    heads: tuple[str, str, str]
    fields: tuple[FormColumn, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The workbook: titles of its sheets, its fields, its columns, its explanations.

    ``wrong`` is the title of the message on a cell that is refused.
    """

    titles: tuple[str, str, str, str]
    fields: FormRow
    columns: tuple[FormColumn, ...]
    rows: int
    help: tuple[str, ...]
    wrong: str
    options: tuple[str, tuple[str, ...]]


def form_bytes(form: Form) -> bytes:
    """Return the workbook of `form`."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    first.title = form.titles[0]
    _fields(first, form)
    _table(book.create_sheet(form.titles[1]), form)
    _help(book.create_sheet(form.titles[2]), form.help)
    _options(book.create_sheet(form.titles[3]), form)
    for sheet in book.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _style(cell: Any, *, head: bool = False, soft: bool = False) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin", color=_LINE)
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.alignment = Alignment(
        wrap_text=True, horizontal="left", vertical="center" if head else "top"
    )
    if head:
        cell.font = Font(name=_FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_HEAD)
    elif soft:
        cell.font = Font(name=_FONT, italic=True, color="7F7F7F")
        cell.fill = PatternFill("solid", fgColor=_SOFT)
    else:
        cell.font = Font(name=_FONT)


def _fields(sheet: Any, form: Form) -> None:
    for column, (title, width) in enumerate(zip(form.fields.heads, (18, 48, 46), strict=True), 1):
        cell = sheet.cell(1, column, title)
        _style(cell, head=True)
        sheet.column_dimensions["ABC"[column - 1]].width = width
    for row, entry in enumerate(form.fields.fields, 2):
        label, value = sheet.cell(row, 1, entry.title), sheet.cell(row, 2)
        note = sheet.cell(row, 3, entry.note)
        _style(label, head=True)
        _style(value)
        _style(note, soft=True)
        _check(sheet, entry, f"B{row}", form)
        value.number_format = _number_format(entry)
    sheet.freeze_panes = "B2"


def _table(sheet: Any, form: Form) -> None:
    from openpyxl.utils import get_column_letter

    last = form.rows + 2
    for number, column in enumerate(form.columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        _style(sheet.cell(1, number, column.title), head=True)
        example = sheet.cell(2, number, column.example)
        _style(example, soft=True)
        example.number_format = _number_format(column)
        for row in range(3, last + 1):
            cell = sheet.cell(row, number)
            _style(cell)
            cell.number_format = _number_format(column)
        _check(sheet, column, f"{letter}3:{letter}{last}", form)
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "D2"
    sheet.print_title_rows = "1:1"


def _number_format(column: FormColumn) -> str:
    formats = {"date": "yyyy-mm-dd", "integer": "0", "year": "0", "number": "General"}
    return formats.get(column.kind, "@" if column.kind == "text" else "General")


def _check(sheet: Any, column: FormColumn, cells: str, form: Form) -> None:
    """Let the cells take only what the column is for, and say what that is."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rules: dict[str, dict[str, Any]] = {
        "integer": {"type": "whole", "operator": "between", "formula1": 1, "formula2": 9999},
        "year": {"type": "whole", "operator": "between", "formula1": 2000, "formula2": 2099},
        "number": {
            "type": "decimal",
            "operator": "between",
            "formula1": -(10**12),
            "formula2": 10**12,
        },
        "date": {
            "type": "date",
            "operator": "between",
            "formula1": _serial(_EARLIEST),
            "formula2": _serial(_LATEST),
        },
        "list": {"type": "list", "formula1": '"' + ",".join(column.options) + '"'},
        "suggestion": {
            "type": "list",
            "formula1": f"'{form.titles[3]}'!$A$2:$A${len(form.options[1]) + 1}",
        },
    }
    check = DataValidation(**rules.get(column.kind, {"type": None}), allow_blank=True)
    check.promptTitle, check.prompt = column.title[:32], column.note[:255]
    check.showInputMessage = True
    check.errorTitle, check.error = form.wrong, column.note[:255]
    check.errorStyle = "warning" if column.kind == "suggestion" else "stop"
    check.showErrorMessage = column.kind != "text"
    check.add(cells)
    sheet.add_data_validation(check)


def _serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def _help(sheet: Any, lines: Sequence[str]) -> None:
    sheet.column_dimensions["A"].width = 100
    for row, line in enumerate(lines, 1):
        cell = sheet.cell(row, 1, line)
        _style(cell)


def _options(sheet: Any, form: Form) -> None:
    title, options = form.options
    _style(sheet.cell(1, 1, title), head=True)
    for row, option in enumerate(options, 2):
        _style(sheet.cell(row, 1, option))
