"""A paper as a workbook: numbers as numbers, every row with the words it rests on.

Tables and charts get a sheet each and are never cut; charts are those of the spreadsheet.
"""

from __future__ import annotations

import io
import re
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from mskg.render.charts import months
from mskg.render.clean import xml_text
from mskg.render.paper import Bars, Figures, Grid, Growth, Notes, Timeline, Value, Words, shown
from mskg.render.xlsx import without_clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mskg.render.paper import Block, Column, Note, Paper, Row, Section

__all__ = ["paper_book"]

_LIMIT: Final = 32767
_TITLE: Final = 31
_NO_TITLE: Final = re.compile(r"[\\/*?:\[\]]")
_WIDEST: Final = 60
_PARAGRAPH: Final = 90
_HEAD: Final = "DDE5EC"
_TODAY: Final = "FBE3E6"


def paper_book(paper: Paper) -> bytes:
    """Return `paper` as the bytes of an ``.xlsx`` file."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheets = _Sheets(book, paper)
    sheets.overview()
    for section in paper.sections:
        for block in section.blocks:
            sheets.add(section, block)
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


class _Sheets:
    """The workbook under way: titles used so far, and the notes that rows lead to."""

    def __init__(self, book: Any, paper: Paper) -> None:
        self._book, self._paper = book, paper
        self._used: set[str] = set()
        blocks = (block for section in paper.sections for block in section.blocks)
        self._notes: Mapping[str, Note] = {
            note.id: note for block in blocks if isinstance(block, Notes) for note in block.notes
        }

    def overview(self) -> None:
        """Write title, numbers, and everything that is said in words."""
        sheet = self._sheet(self._paper.contents, [_PARAGRAPH + 6, 14])
        for number, (label, value) in enumerate(self._said(), 1):
            # Spreadsheets don't find out by themselves how many lines a text takes.
            lines = max(1, -(-_columns(label, len(label)) // _PARAGRAPH))
            # Chinese characters one above the other take more than the 15 points of one line.
            sheet.row_dimensions[number].height = 15 if lines == 1 else 18 * lines
            bold = value is None and (number == 1 or label in self._headings)
            first = _cell(sheet, Value(label), bold=bold, wrap=lines > 1)
            sheet.append([first] if value is None else [first, _cell(sheet, value)])

    def _said(self) -> Iterator[tuple[str, Value | None]]:
        """Yield the lines of the overview: a text, and the number that it names."""
        yield from ((line, None) for line in (self._paper.title, *self._paper.lines))
        for section in self._paper.sections:
            said = [block for block in section.blocks if isinstance(block, Words | Figures)]
            if said:
                yield from (("", None), (section.heading, None))
            for block in said:
                if isinstance(block, Words):
                    yield block.text, None
                else:
                    for entry in block.figures:
                        yield (
                            entry.label,
                            Value(entry.value, colour=entry.colour, share=entry.share),
                        )
        yield from (("", None), (self._paper.foot, None))

    @cached_property
    def _headings(self) -> set[str]:
        return {section.heading for section in self._paper.sections}

    def add(self, section: Section, block: Block) -> None:
        """Write the sheet of a table, a chart or notes; other blocks have none of their own."""
        title = getattr(block, "title", "") or section.heading
        if isinstance(block, Grid):
            self._grid(title, block)
        elif isinstance(block, Bars) and block.bars:
            self._bars(title, block)
        elif isinstance(block, Timeline) and block.lanes:
            self._timeline(title, block)
        elif isinstance(block, Growth) and len(block.points) > 1:
            self._growth(title, block)

    def _grid(self, title: str, grid: Grid) -> None:
        """Write a table; where rows lead to notes, with what the notes say."""
        notes = [self._note(row) for row in grid.rows]
        heads = [column.title for column in grid.columns]
        widths = [max(_width(column, grid.rows, at)) for at, column in enumerate(grid.columns)]
        if any(notes):
            heads += self._paper.note_heads
            widths += [44, 60, 24]
        sheet = self._sheet(title, widths)
        self._head(sheet, heads, len(grid.rows))
        for row, note in zip(grid.rows, notes, strict=True):
            cells = [_cell(sheet, value) for value in row]
            if note:
                rests = (" · ".join(note.lines), note.quote, note.place)
                cells += [_cell(sheet, Value(text)) for text in rests]
            sheet.append(cells)
        if not grid.rows and grid.empty:
            sheet.append([_cell(sheet, Value(grid.empty))])

    def _note(self, row: Row) -> Note | None:
        goals = (value.goal for value in row if value.goal)
        return next((self._notes[goal] for goal in goals if goal in self._notes), None)

    def _bars(self, title: str, block: Bars) -> None:
        from openpyxl.chart import BarChart, Reference

        sheet = self._sheet(title, [44, 14, 14, 40])
        self._head(sheet, [block.heads[0], *block.share_heads, block.heads[2]], len(block.bars))
        for bar in block.bars:
            values = (
                Value(bar.label), Value(bar.done, share=True), Value(bar.expected, share=True),
                Value(bar.words),
            )  # fmt: skip
            sheet.append([_cell(sheet, value) for value in values])
        chart = BarChart()
        chart.type, chart.title = "bar", block.title
        last = min(len(block.bars), 40) + 1
        chart.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=last),
                       titles_from_data=True)  # fmt: skip
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.scaling.min, chart.y_axis.number_format = 0, "0%"
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.height, chart.width, chart.gapWidth = max(8.0, 0.8 * last), 22.0, 60
        sheet.add_chart(chart, "F2")

    def _timeline(self, title: str, block: Timeline) -> None:
        """Write a column a month; a cell counts the moments in it and has their colour."""
        starts = months(block.first, block.last)
        sheet = self._sheet(title, [44, *([9] * len(starts))])
        self._head(sheet, ["", *(f"{day.year}-{day.month:02d}" for day in starts)], 0)
        for lane in block.lanes:
            cells = [_cell(sheet, Value(lane.label))]
            for day in starts:
                here = [m for m in lane.moments if m.day.replace(day=1) == day]
                now = day == block.at.replace(day=1)
                shade = here[-1].colour.lstrip("#") if here else _TODAY if now else ""
                cells.append(_cell(sheet, Value(sum(m.count for m in here) or None), shade=shade))
            sheet.append(cells)
        sheet.append([])
        for colour, name in block.legend:
            sheet.append([_cell(sheet, Value(name), shade=colour.lstrip("#"))])

    def _growth(self, title: str, block: Growth) -> None:
        from openpyxl.chart import LineChart, Reference

        sheet = self._sheet(title, [14, 16, 16])
        self._head(sheet, list(block.heads), len(block.points))
        for point in block.points:
            sheet.append([_cell(sheet, Value(value)) for value in point])
        chart = LineChart()
        chart.title, chart.height, chart.width = block.title, 9.0, 20.0
        last = len(block.points) + 1
        chart.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=last),
                       titles_from_data=True)  # fmt: skip
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
        for series in chart.series:
            series.smooth = False
        chart.x_axis.number_format = "yyyy-mm-dd"
        chart.x_axis.delete = chart.y_axis.delete = False
        sheet.add_chart(chart, "E2")

    def _sheet(self, title: str, widths: Sequence[int] = ()) -> Any:
        from openpyxl.utils import get_column_letter

        base = _NO_TITLE.sub(" ", xml_text(title)).strip("' ")[: _TITLE - 3] or "-"
        name, number = base, 2
        while name.lower() in self._used:
            name, number = f"{base} {number}", number + 1
        self._used.add(name.lower())
        sheet = self._book.create_sheet(name)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        return sheet

    def _head(self, sheet: Any, heads: Sequence[str], rows: int) -> None:
        from openpyxl.utils import get_column_letter

        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        if rows:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{rows + 1}"
        sheet.append([_cell(sheet, Value(head), bold=True, shade=_HEAD) for head in heads])


def _cell(
    sheet: Any, value: Value, *, bold: bool = False, wrap: bool = False, shade: str = ""
) -> Any:
    """Return what openpyxl writes for `value`: a bare value where it needs no look of its own."""
    from openpyxl.cell import WriteOnlyCell

    content = value.value
    if isinstance(content, str):
        content = xml_text(content)[:_LIMIT]
    shape = _number_format(value)
    plain = not (shape or bold or wrap or shade or value.colour)
    if plain and not (isinstance(content, str) and content[:1] in {"=", "#"}):
        return content
    cell = WriteOnlyCell(sheet, value=content)
    if isinstance(content, str):
        # A text stays a text, even where it looks like a formula.
        cell.data_type = "s"
    if shape:
        cell.number_format = shape
    if bold or value.colour:
        cell.font = _font(value.colour)
    if wrap:
        cell.alignment = _alignment()
    if shade:
        cell.fill = _fill(shade)
    return cell


def _number_format(value: Value) -> str:
    if value.value is None or isinstance(value.value, str):
        return ""
    if value.share:
        return "0.0%"
    if isinstance(value.value, date):
        return "yyyy-mm-dd"
    return _with_unit(value.sign, value.unit) if value.sign or value.unit else ""


@cache
def _with_unit(sign: str, unit: str) -> str:
    """Return the number format that shows `sign` and `unit` around a number."""
    before, after = (text.replace('"', "") for text in (sign, unit))
    return (f'"{before} "' if before else "") + "General" + (f'" {after}"' if after else "")


@cache
def _font(colour: str) -> Any:
    from openpyxl.styles import Font

    return Font(name="Calibri", sz=11, bold=True, color=colour.lstrip("#").upper() or None)


@cache
def _fill(shade: str) -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=shade.upper())


@cache
def _alignment() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _width(column: Column, rows: Iterable[Row], at: int) -> Iterable[int]:
    yield _columns(column.title) + 3
    for number, row in enumerate(rows):
        if number == 200:
            return
        yield min(_columns(shown(row[at])) + 2, _WIDEST)


def _columns(text: str, most: int = _WIDEST) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text[:most])
