"""A paper as a Word file for A4, the same bytes for the same paper.

Charts are tables with shaded cells: they need no font of the machine that makes them, can be
edited, and are read out by screen readers.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from mskg.render.charts import months
from mskg.render.clean import xml_text
from mskg.render.paper import Figures, Grid, Growth, Notes, Timeline, Value, Words, shown
from mskg.render.paper_page import column_shares
from mskg.render.word_parts import Cell, Text, add_bookmark, add_table, page_number, set_fonts
from mskg.render.xlsx import without_clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mskg.render.paper import Bar, Bars, Block, Paper, Row

__all__ = ["paper_word"]

_GREY: Final = "52606D"
_BAND: Final = "DDE5EC"
_TODAY: Final = "FBE3E6"
_INK: Final = "#1f2933"
_EMPTY: Final = "#e4e9ee"
_STEPS: Final = 20
_NOTE_SIZE: Final = 8.0
_STEP_SIZE: Final = 6.0
_FIGURES: Final = 6
_FIRST_NOTE: Final = 1000  # numbers of bookmarks below it are for sections


def paper_word(paper: Paper) -> bytes:
    """Return `paper` as the bytes of a ``.docx`` file."""
    from docx import Document
    from docx.shared import Mm

    document = Document()
    set_fonts(document, paper.lang)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin = page.bottom_margin = Mm(20)
    page_number(page)
    document.core_properties.title = xml_text(paper.title)[:255]
    document.core_properties.author = "mskg"
    document.core_properties.comments = ""
    document.add_heading(xml_text(paper.title), 0)
    for line in paper.lines:
        document.add_paragraph(xml_text(line))
    for number, section in enumerate(paper.sections):
        add_bookmark(document.add_heading(xml_text(section.heading), 1), section.id, number)
        for block in section.blocks:
            _block(document, block)
    _small(document, paper.foot)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Words):
        _small(document, block.text) if block.rule else document.add_paragraph(xml_text(block.text))
    elif isinstance(block, Figures):
        _figures(document, block)
    elif isinstance(block, Grid):
        _grid(document, block)
    elif isinstance(block, Notes):
        _notes(document, block)
    elif isinstance(block, Timeline):
        _timeline(document, block)
    elif isinstance(block, Growth):
        _growth(document, block)
    else:
        _bars(document, block)


def _small(document: Any, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = document.add_paragraph().add_run(xml_text(text))
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(_GREY)


def _heading(document: Any, title: str) -> None:
    if title:
        document.add_heading(xml_text(title), 2)


def _figures(document: Any, block: Figures) -> None:
    """Add the numbers in lines of six: each with its name below it."""
    for start in range(0, len(block.figures), _FIGURES):
        line = block.figures[start : start + _FIGURES]
        numbers = [Cell((Text(shown(f), goal=f.goal, disc=f.colour, bold=True),)) for f in line]
        names = [Cell((Text(f.label),)) for f in line]
        rest = [Cell(())] * (_FIGURES - len(line))
        rows = [numbers + rest, names + rest]
        add_table(document, [100 / _FIGURES] * _FIGURES, rows, centred=True, size=10.5)
    document.add_paragraph()


def _grid(document: Any, block: Grid) -> None:
    _heading(document, block.title)
    if not block.rows:
        document.add_paragraph(xml_text(block.empty))
        return
    heads = [[Cell((Text(column.title, bold=True),), _BAND) for column in block.columns]]
    rows = [_cells(row) for row in block.rows]
    add_table(document, column_shares(block), rows, heads=heads, high=block.blank)


def _cells(row: Row) -> list[Cell]:
    return [
        Cell(
            (Text(shown(value), goal=value.goal, disc=value.colour),),
            right=value.number,
        )
        for value in row
    ]


def _bars(document: Any, block: Bars) -> None:
    """Add one line a bar: filled and empty squares, in steps of five percent."""
    _heading(document, block.title)
    heads = [[Cell((Text(head, bold=True),), _BAND) for head in block.heads]]
    rows = []
    for bar in block.bars:
        drawn = tuple(_steps(bar))
        rows.append([Cell((Text(bar.label),)), Cell(drawn), Cell((Text(bar.words),))])
    add_table(document, [40, 34, 26], rows, heads=heads)
    _small(document, block.legend)


def _steps(bar: Bar) -> Iterator[Text]:
    """Yield the squares of a bar: done, not done, and a dark one where it should be."""
    done, mark = _step(bar.done or Decimal(0)), None
    if bar.expected is not None:
        mark = max(_step(bar.expected) - 1, 0)
    for at in range(_STEPS):
        colour = _INK if at == mark else bar.colour if at < done else _EMPTY
        yield Text("█", colour=colour, size=_STEP_SIZE)


def _step(share: Decimal) -> int:
    return round(min(max(share, Decimal(0)), Decimal(1)) * _STEPS)


def _timeline(document: Any, block: Timeline) -> None:
    """Add a table with a column a month and a disc for each moment."""
    _heading(document, block.title)
    starts = months(block.first, block.last)
    names = [str(day.month) for day in starts]
    years = "–".join(dict.fromkeys(str(day.year) for day in (block.first, block.last)))
    shades = [_TODAY if _same_month(day, block.at) else "" for day in starts]
    heads = [
        [
            Cell((Text(years, bold=True),), _BAND),
            *(Cell((Text(n, bold=True),), _BAND) for n in names),
        ]
    ]
    rows = []
    for lane in block.lanes:
        cells = [Cell((Text(lane.label),))]
        for day, shade in zip(starts, shades, strict=True):
            here = [moment for moment in lane.moments if _same_month(moment.day, day)]
            discs = (Text(str(m.count) if m.count > 1 else "", disc=m.colour) for m in here)
            cells.append(Cell(tuple(discs), shade))
        rows.append(cells)
    width = 70 / len(starts)
    add_table(document, [30, *([width] * len(starts))], rows, heads=heads)
    legend = document.add_paragraph()
    for colour, name in block.legend:
        Text(name + "　", disc=colour).add_to(legend, 9)
    _small(document, block.at_word)


def _same_month(one: date, two: date) -> bool:
    return (one.year, one.month) == (two.year, two.month)


def _growth(document: Any, block: Growth) -> None:
    if len(block.points) < 2:
        return
    _heading(document, block.title)
    heads = [[Cell((Text(head, bold=True),), _BAND) for head in (*block.heads, "")]]
    most = max(max(due, done or 0) for _, due, done in block.points) or 1
    rows = []
    for day, due, done in block.points:
        bar = Text("█" * round(_STEPS * (done or 0) / most), colour="#0b6b3a", size=_STEP_SIZE)
        rest = Text(
            "█" * max(0, round(_STEPS * due / most) - len(bar.text)),
            colour="#c5ced6",
            size=_STEP_SIZE,
        )
        counts = [Cell((Text(shown(Value(value))),), right=True) for value in (due, done)]
        rows.append([Cell((Text(day.isoformat()),)), *counts, Cell((bar, rest))])
    add_table(document, [22, 18, 18, 42], rows, heads=heads)


def _notes(document: Any, block: Notes) -> None:
    from docx.shared import Pt

    for note in block.notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(3)
        head = paragraph.add_run(f"[{note.number}] {xml_text(note.head)}")
        head.bold, head.font.size = True, Pt(_NOTE_SIZE)
        add_bookmark(paragraph, note.id, _FIRST_NOTE + note.number)
        quote = f"“{note.quote}”" if note.quote else ""
        for line in (" · ".join(note.lines), f"{quote} {note.place}".strip()):
            if line:
                paragraph.add_run().add_break()
                paragraph.add_run(xml_text(line)).font.size = Pt(_NOTE_SIZE)
