"""Plain text and Markdown: every line is a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.readers.composing import Composer

if TYPE_CHECKING:
    from mskg.model import Document
    from mskg.readers.composing import Source

__all__ = ["read_plain"]


def read_plain(text: str, source: Source) -> Document:
    """Return the document of `text`, one block a line that is not blank.

    Lines are counted as an editor counts them; form feeds count pages.
    """
    composer = Composer()
    paged = "\f" in text
    page = 1
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("\f"):
            page += 1
        composer.line(line, page=page if paged else 0, line=number)
        page += line.count("\f", 1)
    return composer.document(source)
