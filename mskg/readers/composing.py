"""Composing a document: paragraphs and tables in reading order become one text with blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from mskg.errors import ReadError
from mskg.model import Block, Document, Locator
from mskg.readers.noise import Cleaner
from mskg.readers.unbroken import broken_lines
from mskg.text import script_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Cell", "Composer", "Content", "LineTable", "Source", "Table"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from: name, format, hash of the bytes, encoding."""

    name: str
    format: str
    sha256: str
    encoding: str = "utf-8"


@dataclass(slots=True)
class Cell:
    """A cell at its place in the grid (counts start at 1), with what it holds in order."""

    row: int
    column: int
    content: list[Content]
    row_span: int = 1
    column_span: int = 1
    page: int = 0
    line: int = 0

    @property
    def text(self) -> str:
        """What the cell holds as text; a table inside it gives a line for each of its rows."""
        parts = (part if isinstance(part, str) else part.lines() for part in self.content)
        return "\n".join(part for part in parts if part.strip())


@dataclass(slots=True)
class Table:
    """A table: its cells in reading order, covered cells left out."""

    cells: list[Cell] = field(default_factory=list)

    def lines(self) -> str:
        """Return the rows as lines, cells apart by a space."""
        rows: dict[int, list[str]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell.text)
        return "\n".join(" ".join(filter(None, row)) for row in rows.values())

    def is_frame(self) -> bool:
        """Tell whether the table only frames or arranges text and holds no rows of data.

        That is one column, or one row of two cells, or mostly tables inside its cells.
        """
        filled = [cell for cell in self.cells if cell.content]
        if len({cell.column for cell in filled}) <= 1:
            return True
        if len({cell.row for cell in filled}) == 1 and len(filled) == 2:
            return True
        inner = [part for cell in filled for part in cell.content if isinstance(part, Table)]
        own = sum(len(part) for cell in filled for part in cell.content if isinstance(part, str))
        return sum(len(table.lines()) for table in inner) > own


Content: TypeAlias = str | Table


@dataclass(frozen=True, slots=True)
class LineTable:
    """A table in plain text, and the numbers of the lines that it takes: from `first` up to `last`.

    ``dropped`` counts those of a page inside it: its number, and the header again.
    """

    first: int
    last: int
    table: Table
    dropped: int = 0


@dataclass(slots=True)
class _Piece:
    text: str
    kind: str
    locator: Locator
    row_span: int = 1
    column_span: int = 1


class Composer:
    """Collects the paragraphs, lines and tables of a document, in reading order."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._paragraphs = 0
        self._tables = 0
        self._notes: list[str] = []

    def note(self, line: str) -> None:
        """Add a remark in Chinese about what was dropped or could not be read."""
        if line not in self._notes:
            self._notes.append(line)

    def paragraph(self, text: str, *, page: int = 0, line: int = 0) -> None:
        """Add a paragraph; without `line` its place is its number among the paragraphs."""
        if text.strip():
            self._paragraphs += 1
            place = Locator(page=page, line=line or self._paragraphs)
            self._lines(text.strip(" \t\n\r\xa0"), "paragraph", place)

    def line(self, text: str, *, page: int = 0, line: int) -> None:
        """Add a line as it came, blank ones too."""
        self._lines(text, "line", Locator(page=page, line=line))

    def _lines(self, text: str, kind: str, place: Locator) -> None:
        """Add a text as it came, or as the lines that it was before a copy joined them."""
        found = broken_lines(text)
        self._pieces += [_Piece(line, kind, place) for line in found]
        if len(found) > 1:
            where = f"第 {place.line} {'行' if kind == 'line' else '段'}"
            self.note(f"{where}在复制时丢了换行，按空格还原为 {len(found)} 行")

    def content(self, parts: Sequence[Content], *, page: int = 0) -> None:
        """Add paragraphs and tables; a table that is only a frame is taken apart."""
        for part in parts:
            if isinstance(part, str):
                self.paragraph(part, page=page)
            elif part.is_frame():
                for cell in part.cells:
                    self.content(cell.content, page=cell.page or page)
            else:
                self.table(part, page=page)

    def table(self, table: Table, *, page: int = 0, kind: str = "cell") -> None:
        """Add a table of data, cell by cell."""
        self._tables += 1
        for cell in table.cells:
            place = Locator(cell.page or page, cell.line, self._tables, cell.row, cell.column)
            text = cell.text.strip(" \t\n\r\xa0")
            if text or kind == "cell":
                piece = _Piece(text, kind, place, cell.row_span, cell.column_span)
                self._pieces.append(piece)

    def document(self, source: Source) -> Document:
        """Return the document of all that was added.

        Raises
        ------
        ReadError
            If nothing with a character in it was added.
        """
        cleaner = Cleaner(piece.text for piece in self._pieces)
        text, blocks = _joined(list(_cleaned(self._pieces, cleaner)))
        if not text.strip():
            raise ReadError(
                f"{source.name}: holds no text",
                hint="check that it is the right file",
                zh=f"{source.name}：里面没有文字（请检查是不是这个文件）",
            )
        return Document(
            source=source.name,
            text=text,
            blocks=tuple(blocks),
            format=source.format,
            sha256=source.sha256,
            encoding=source.encoding,
            script=script_of(text),
            notes=(*self._notes, *cleaner.notes()),
        )


def _cleaned(pieces: list[_Piece], cleaner: Cleaner) -> Iterator[_Piece]:
    for piece in pieces:
        text = cleaner.clean(piece.text, in_cell=piece.kind == "cell")
        if text is not None:
            piece.text = text
            yield piece


def _joined(pieces: list[_Piece]) -> tuple[str, list[Block]]:
    """Return the text and its blocks; an empty cell has a block and no line of its own."""
    parts: list[str] = []
    blocks: list[Block] = []
    begin = 0
    for piece in pieces:
        end = begin + len(piece.text)
        if piece.kind == "cell" or piece.text.strip():
            spans = piece.row_span, piece.column_span
            blocks.append(Block(begin, end, piece.kind, piece.locator, *spans))
        if piece.text or piece.kind == "line":
            parts.append(piece.text)
            begin = end + 1
    text = "\n".join(parts)
    return text, [_within(block, len(text)) for block in blocks]


def _within(block: Block, length: int) -> Block:
    """Return `block`, moved to the end of the text where empty cells close it."""
    if block.begin <= length:
        return block
    return Block(length, length, block.kind, block.locator, block.row_span, block.column_span)
