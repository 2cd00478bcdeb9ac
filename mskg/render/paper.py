"""What a report says, before it becomes a page, a Word file or a workbook.

A `Paper` has sections, a section has blocks. The writers (`paper_page`, `paper_word`,
`paper_book`) decide only how a block looks, never what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import ClassVar, TypeAlias

__all__ = [
    "Bar",
    "Bars",
    "Block",
    "Column",
    "Figure",
    "Figures",
    "Grid",
    "Growth",
    "Lane",
    "Moment",
    "Note",
    "Notes",
    "Paper",
    "Row",
    "Section",
    "Timeline",
    "Value",
    "Words",
    "shown",
]

Scalar: TypeAlias = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Value:
    """One cell of a grid.

    Parameters
    ----------
    value:
        A text, a number, a date, or None for an empty cell.
    goal:
        Id of the note or section that it rests on, without ``#``.
    colour:
        Colour of the disc in front of it, as ``#rrggbb``.
    share:
        Whether a number is a share, shown in percent.
    sign, unit:
        What stands before and after a number; in a workbook the number stays a number.
    """

    value: Scalar
    goal: str = ""
    colour: str = ""
    share: bool = False
    sign: str = ""
    unit: str = ""

    @property
    def number(self) -> bool:
        """Whether it is a number, which stands to the right."""
        return isinstance(self.value, int | Decimal)

    @property
    def day(self) -> bool:
        """Whether it is a date, which is not broken over lines."""
        return isinstance(self.value, date)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid; ``width`` is its part of the line, beside the others."""

    title: str
    width: int = 10


Row: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; ``rule`` marks one that says how something was reckoned."""

    text: str
    rule: bool = False
    kind: ClassVar[str] = "words"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the overview with its name, its colour and where it leads."""

    label: str
    value: Scalar
    colour: str = ""
    goal: str = ""
    share: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of the overview, side by side."""

    figures: tuple[Figure, ...]
    kind: ClassVar[str] = "figures"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Parameters
    ----------
    empty:
        What stands in its place where it has no rows.
    blank:
        Whether people write into its empty cells on paper: rows are drawn higher.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    blank: bool = False
    kind: ClassVar[str] = "grid"


@dataclass(frozen=True, slots=True)
class Bar:
    """How far something is: shares from 0 to 1, None where it is not known.

    ``expected`` is drawn as a line across the bar.
    """

    label: str
    done: Decimal | None
    expected: Decimal | None
    colour: str
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of progress, one below the other; ``legend`` says how to read them.

    ``heads`` are for what the bar is of, the bar, its words; ``share_heads`` for the share that
    is done and the share that should be.
    """

    title: str
    bars: tuple[Bar, ...]
    legend: str
    heads: tuple[str, str, str]
    share_heads: tuple[str, str]
    kind: ClassVar[str] = "bars"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on a lane with its colour; ``words`` is shown under the pointer.

    ``count`` is how many things fall on the day.
    """

    day: date
    colour: str
    words: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of a timeline with its moments."""

    label: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Milestones over whole months (a Gantt chart); ``at`` is the day of the report.

    ``legend`` is pairs of colour and meaning.
    """

    title: str
    first: date
    last: date
    at: date
    lanes: tuple[Lane, ...]
    legend: tuple[tuple[str, str], ...]
    at_word: str
    kind: ClassVar[str] = "timeline"


@dataclass(frozen=True, slots=True)
class Growth:
    """Two sums over time (burn-up): what is due, and what is done (None: not yet known)."""

    title: str
    heads: tuple[str, str, str]
    points: tuple[tuple[date, int, int | None], ...]
    kind: ClassVar[str] = "growth"


@dataclass(frozen=True, slots=True)
class Note:
    """What a figure rests on: its number, a heading, lines, and the words of the source."""

    id: str
    number: int
    head: str
    lines: tuple[str, ...]
    quote: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes, numbered; other blocks lead to them."""

    notes: tuple[Note, ...]
    kind: ClassVar[str] = "notes"


Block: TypeAlias = Words | Figures | Grid | Bars | Timeline | Growth | Notes


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its blocks; ``id`` is where links lead."""

    id: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report in one language (``zh`` or ``en``).

    ``left`` is the sentence for rows that a writer leaves out, with a place for their number;
    ``contents`` the name of the list of sections; ``note_heads`` those of the lines, the quote
    and the place of a note.
    """

    lang: str
    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    left: str
    contents: str
    note_heads: tuple[str, str, str]
    foot: str


def shown(entry: Value | Figure) -> str:
    """Return a value in words: shares in percent with at most one decimal, None as nothing.

    Shares are cut, not rounded: what is not complete never shows as 100 %.
    """
    value = entry.value
    if value is None:
        return ""
    if entry.share and isinstance(value, int | Decimal):
        return f"{_plain((Decimal(value) * 100).quantize(Decimal('0.1'), ROUND_DOWN))}%"
    text = _plain(value) if isinstance(value, Decimal) else str(value)
    if isinstance(entry, Figure):
        return text
    return f"{entry.sign} {text} {entry.unit}".strip()


def _plain(value: Decimal) -> str:
    """Return the number without an exponent, from five digits on in groups of three."""
    text = f"{value:,f}" if abs(value) >= 10000 else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
