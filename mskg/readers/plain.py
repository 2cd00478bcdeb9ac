"""Plain text and Markdown: every line is a block, and every cell of a table that lines draw."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mskg.readers.aligned import find_aligned
from mskg.readers.composing import Composer
from mskg.readers.delimited import find_delimited
from mskg.readers.ruled import find_ruled

if TYPE_CHECKING:
    from mskg.model import Document
    from mskg.readers.composing import LineTable, Source

__all__ = ["read_plain"]


def read_plain(text: str, source: Source) -> Document:
    """Return the document of `text`, one block a line that is not blank, or a cell.

    Lines are counted as an editor counts them; form feeds count pages.
    """
    composer = Composer()
    paged = "\f" in text
    page = 1
    lines = text.split("\n")
    tables = _tables(text, lines)
    inside = 0  # the line behind the last table
    for number, line in enumerate(lines, 1):
        if table := tables.get(number - 1):
            composer.table(table.table, page=page if paged else 0)
            inside = table.last
            if table.dropped:
                composer.note(f"去掉了表格中间的页码和重复的表头 {table.dropped} 行")
        if number <= inside:
            page += line.count("\f")
            continue
        if line.startswith("\f"):
            page += 1
        composer.line(line, page=page if paged else 0, line=number)
        page += line.count("\f", 1)
    return composer.document(source)


def _tables(text: str, lines: list[str]) -> dict[int, LineTable]:
    """Return the tables by their first lines; what one takes is none of another."""
    found: dict[int, LineTable] = {}
    rest = list(lines)
    for find in (partial(find_ruled, text), find_delimited, find_aligned):
        for table in find(rest):
            found[table.first] = table
            rest[table.first : table.last] = [""] * (table.last - table.first)
    return found
