"""The document as read: one text, its blocks, and places in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Block", "Document", "Locator", "Span"]


_PLACES = {
    "page": "第{}页",
    "line": "第{}行",
    "table": "表{}",
    "row": "第{}排",
    "column": "第{}列",
}


@dataclass(frozen=True, slots=True)
class Locator:
    """A place that a person can find again; all counts start at 1, 0 means unknown."""

    page: int = 0
    line: int = 0
    table: int = 0
    row: int = 0
    column: int = 0

    def words(self, language: str = "zh") -> str:
        """Return the place for a person: 表1第2排第5列, or ``table 1, row 2, column 5``."""
        parts = [(name, getattr(self, name)) for name in _PLACES if getattr(self, name)]
        if language == "zh":
            return "".join(_PLACES[name].format(count) for name, count in parts)
        return ", ".join(f"{name} {count}" for name, count in parts)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document text: ``text[begin:end] == quote`` (Unicode code points)."""

    begin: int
    end: int
    quote: str
    locator: Locator = Locator()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, line or table cell of the document text.

    ``kind`` is ``line`` (text as it came), ``paragraph`` (a whole one) or ``cell``.
    """

    begin: int
    end: int
    kind: str = "line"
    locator: Locator = Locator()
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Document:
    """One text with its blocks, the result of a reader.

    ``text`` is stored as printed; nothing in it is corrected or converted.
    ``sha256`` is the hash of the bytes, ``format`` the suffix without a dot,
    ``script`` is ``simplified``, ``traditional`` or ``mixed``. ``notes`` says in Chinese,
    one line each, what the reader dropped or could not read.
    """

    source: str
    text: str
    blocks: tuple[Block, ...]
    format: str
    sha256: str
    encoding: str = "utf-8"
    script: str = "simplified"
    notes: tuple[str, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [block.begin for block in self.blocks]

    def locate(self, offset: int) -> Locator:
        """Return the locator of the block that holds the character at `offset`."""
        index = bisect_right(self._starts, offset) - 1
        return self.blocks[index].locator if index >= 0 else Locator()

    def span(self, begin: int, end: int) -> Span:
        """Return the span of the text from `begin` up to `end`, with its locator."""
        return Span(begin, end, self.text[begin:end], self.locate(begin))
