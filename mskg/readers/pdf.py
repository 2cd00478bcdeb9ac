"""PDF: text layer through pdfplumber, pages that are pictures through recognition."""

from __future__ import annotations

import io
import logging
import re
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mskg.errors import ReadError
from mskg.readers.composing import Composer
from mskg.readers.packages import damaged
from mskg.readers.pages import Page, compose_pages, open_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model import Document
    from mskg.readers.composing import Source
    from mskg.readers.options import ReadOptions

__all__ = ["read_pdf"]

_MOST_PAGES = 2000
_MOST_STREAM = 256 * 2**20
_STREAM = re.compile(rb"stream\r?\n")


def read_pdf(data: bytes, source: Source, options: ReadOptions) -> Document:
    """Return the document of a PDF: paragraphs joined over lines and pages, ruled tables.

    Raises
    ------
    ReadError
        If the file is damaged or encrypted, or has nothing but pictures of pages and
        the extra ``ocr`` is not installed.
    """
    _refuse_bombs(data, source.name)
    composer = Composer()
    with _quiet():
        pages = _pages(data, source, options, composer)
    compose_pages(pages, composer)
    return composer.document(source)


def _pages(data: bytes, source: Source, options: ReadOptions, composer: Composer) -> list[Page]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    from mskg.readers.page_notes import footnotes
    from mskg.readers.page_rules import page_rules
    from mskg.readers.page_turn import upright
    from mskg.readers.pdf_page import is_scan, page_content, struck, watermark

    pages: list[Page] = []
    scans: list[int] = []
    unread: list[int] = []  # pages with letters that run in another direction
    deleted = ""
    marks: dict[str, None] = {}  # letters of watermarks, in order
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise _too_large(source.name)
            for number, page in enumerate(pdf.pages, 1):
                printed = upright(page)
                pages.append(Page(number, printed.width, printed.height))
                if is_scan(page):
                    scans.append(number)
                else:
                    mark = watermark(printed)
                    drawn = page_rules(printed)
                    gone = struck(printed, drawn[0])
                    before = open_columns(pages[-2]) if number > 1 else ()
                    hidden = [*mark, *gone]
                    held = set(map(id, hidden))
                    aside, notes = footnotes(
                        [c for c in printed.chars if id(c) not in held], number
                    )
                    pages[-1].notes = notes
                    found = page_content(printed, number, [*hidden, *aside], drawn, before)
                    pages[-1].lines, pages[-1].tables = found
                    unread += [number] if printed.unread else []
                    deleted += "".join(c["text"] for c in gone)
                    marks |= dict.fromkeys(c["text"] for c in mark)
                page.close()
    except (PdfminerException, PSException) as error:
        if isinstance(error.args[0] if error.args else error, PDFPasswordIncorrect):
            raise _encrypted(source.name) from error
        raise damaged(source.name, "pdf") from error
    except ReadError:
        raise
    except RecursionError as error:
        raise damaged(source.name, "pdf") from error
    except Exception as error:  # pdfminer meets damage with errors of every kind
        raise damaged(source.name, "pdf") from error
    _tell(composer, unread, marks, deleted)
    if scans:
        _recognise(data, source, options, pages, scans, composer)
    return pages


def _tell(composer: Composer, unread: list[int], marks: dict[str, None], deleted: str) -> None:
    """Say what of the pages is not read: letters that lie otherwise, watermarks, deletions."""
    if unread:
        composer.note(f"第 {'、'.join(map(str, unread))} 页有方向不同的字，没有读")
    shown = "".join(mark for mark in marks if mark.strip())
    if shown:
        composer.note(f"去掉了水印的字：{shown}")
    if deleted.strip():
        composer.note(f"划掉的文字没有读：{deleted.strip()}")


def _recognise(
    data: bytes, source: Source, options: ReadOptions, pages: list[Page], scans: list[int],
    composer: Composer,
) -> None:  # fmt: skip
    """Fill the pages that are pictures; without the extra `ocr` say which are missing."""
    from mskg.readers.ocr import has_recogniser, missing_recogniser
    from mskg.readers.scan import recognised_pages

    if not has_recogniser():
        if len(scans) == len(pages):
            raise missing_recogniser(source.name)
        listed = "、".join(map(str, scans))
        composer.note(f"第 {listed} 页是扫描图片，没有读（装上 mskg[ocr] 才能识别）")
        return
    for page in recognised_pages(data, scans, options, composer):
        pages[page.number - 1] = page


def _refuse_bombs(data: bytes, name: str) -> None:
    """Refuse a file with a packed stream that unpacks to more than a page can hold."""
    for match in _STREAM.finditer(data):
        begin = match.end()
        if data[begin : begin + 1] not in {b"x", b"\x08", b"H", b"h"}:
            continue  # no zlib header
        unpacker = zlib.decompressobj()
        total, rest = 0, data[begin : begin + 2**26]
        try:
            while rest and total <= _MOST_STREAM and not unpacker.eof:
                total += len(unpacker.decompress(rest, 2**24))
                rest = unpacker.unconsumed_tail
        except zlib.error:
            continue
        if total > _MOST_STREAM:
            raise _too_large(name)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pdfminer from warning about fonts, line after line."""
    logger: Any = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _encrypted(name: str) -> ReadError:
    return ReadError(
        f"{name}: protected by a password",
        hint="save it without one",
        zh=f"{name}：有密码保护（请去掉密码另存）",
    )


def _too_large(name: str) -> ReadError:
    return ReadError(
        f"{name}: larger than a document can be (pages or unpacked streams)",
        hint="don't trust this file, or split it",
        zh=f"{name}：页数或解压后的大小远超正常文档（文件不可信，或请拆分）",
    )
