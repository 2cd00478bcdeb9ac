"""Plain text and Markdown: every line is a block, and every cell of a table set with blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.readers.aligned import find_aligned
from mskg.readers.composing import Composer

if TYPE_CHECKING:
    from mskg.model import Document
    from mskg.readers.composing import Source

__all__ = ["read_plain"]


def read_plain(text: str, source: Source) -> Document:
    """Return the document of `text`, one block a line that is not blank, or a cell.

    Lines are counted as an editor counts them; form feeds count pages.
    """
    composer = Composer()
    paged = "\f" in text
    page = 1
    lines = text.split("\n")
    tables = {found.first: found for found in find_aligned(lines)}
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
