"""A paper in the format of a file's suffix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.render.paper_book import paper_book
from mskg.render.paper_cut import shortened
from mskg.render.paper_page import paper_page
from mskg.render.paper_word import paper_word

if TYPE_CHECKING:
    from mskg.render.paper import Paper

__all__ = ["PAPER_SUFFIXES", "paper_bytes"]

# Rows a table up to which a page can be read, and Word opens it without delay.
_PAGE_ROWS: Final = 1000
_WORD_ROWS: Final = 300
PAPER_SUFFIXES: Final = (".html", ".htm", ".docx", ".xlsx")


def paper_bytes(paper: Paper, suffix: str) -> bytes:
    """Return `paper` as a file of the format `suffix`, one of `PAPER_SUFFIXES`.

    Long tables end early in pages and Word files and say so; a workbook has every row.
    """
    if suffix == ".docx":
        return paper_word(shortened(paper, _WORD_ROWS))
    if suffix == ".xlsx":
        return paper_book(paper)
    return paper_page(shortened(paper, _PAGE_ROWS)).encode()
