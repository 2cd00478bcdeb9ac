"""A paper in the format of a file's suffix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.render.paper_book import paper_book
from mskg.render.paper_cut import paper_rows, shortened
from mskg.render.paper_page import paper_page
from mskg.render.paper_word import paper_word

if TYPE_CHECKING:
    from mskg.render.paper import Paper

__all__ = ["PAPER_SUFFIXES", "paper_bytes"]

# Rows a table up to which a page can be read, and Word opens it without delay.
_PAGE_ROWS: Final = 500
_BOOK_ROWS: Final = 1_000_000  # a sheet holds 1,048,576
_WORD_ROWS: Final = 300
PAPER_SUFFIXES: Final = (".html", ".htm", ".docx", ".xlsx")


def paper_bytes(paper: Paper, suffix: str) -> bytes:
    """Return `paper` as a file of the format `suffix`, one of `PAPER_SUFFIXES`.

    Long tables end early in pages and Word files and say so; a workbook has every row.

    Raises
    ------
    InputError
        If a table has more rows than a sheet can hold.
    """
    if suffix == ".docx":
        return paper_word(shortened(paper, _WORD_ROWS))
    if suffix == ".xlsx":
        if paper_rows(paper) > _BOOK_ROWS:
            raise InputError(
                f"more than {_BOOK_ROWS:,} rows don't fit into a sheet",
                hint="choose a region or a year",
                zh=f"超过 {_BOOK_ROWS:,} 行，一张表放不下（请选定地区或年度）",
            )
        return paper_book(paper)
    return paper_page(shortened(paper, _PAGE_ROWS)).encode()
