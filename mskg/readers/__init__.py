"""Readers: a file in, a `Document` out. One file a format."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.errors import ReadError, system_reason
from mskg.readers.composing import Source
from mskg.readers.options import ReadOptions
from mskg.readers.sniffing import IMAGES, OFFICE, TEXT, format_of

if TYPE_CHECKING:
    from mskg.model import Document

__all__ = ["SUFFIXES", "ReadOptions", "read_bytes", "read_document"]

_SHEETS = {"xlsx", "xlsm", "xls", "xlsb", "ods", "et", "csv", "tsv"}
_PAGES = {"html", "htm", "xhtml", "shtml", "mht", "mhtml"}
SUFFIXES = frozenset(
    f".{suffix}"
    for suffix in TEXT | _SHEETS | _PAGES | (OFFICE - {"xml"}) | IMAGES | {"docx", "pdf"}
)
"""Suffixes of files that can be read; a file without a suffix is judged by its bytes."""

_LARGEST = 512 * 2**20  # bytes


def read_document(path: str | Path, options: ReadOptions | None = None) -> Document:
    """Read the document at `path`.

    Raises
    ------
    ReadError
        If there is no such file, or it is empty, damaged, encrypted, or of an unknown format.
    """
    file = Path(path)
    if file.is_dir():
        raise ReadError(
            f"{file}: is a folder",
            hint="name the files in it",
            zh=f"{file}：是文件夹（请写出里面的文件名）",
        )
    try:
        if file.stat().st_size > _LARGEST:
            raise ReadError(f"{file}: larger than 512 MB", zh=f"{file}：超过 512 MB，不像是文档")
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(
            f"{file}: no such file",
            hint="check the name and the folder",
            zh=f"{file}：没有这个文件（请检查文件名和文件夹）",
        ) from error
    except OSError as error:
        raise ReadError(
            f"{file}: can't be read: {error.strerror}",
            zh=f"{file}：打不开（{system_reason(error)}）",
        ) from error
    return read_bytes(data, file.name, options)


def read_bytes(data: bytes, name: str, options: ReadOptions | None = None) -> Document:
    """Read a document from its bytes; they and the suffix of `name` tell the format.

    Raises
    ------
    ReadError
        If the bytes are empty, damaged, encrypted, or of an unknown format.
    """
    if not data.strip():
        raise ReadError(f"{name}: the file is empty", zh=f"{name}：文件是空的")
    source = Source(name, format_of(data, name), hashlib.sha256(data).hexdigest())
    try:
        return _read(data, source, options or ReadOptions())
    except ReadError as error:
        if str(error).startswith(name):
            raise
        # Deeper parts know what is wrong, but not in which file.
        raise ReadError(f"{name}: {error}", zh=f"{name}：{error.line('zh')}") from error
    except (RecursionError, MemoryError) as error:
        raise ReadError(
            f"{name}: nested deeper or larger than a document can be",
            hint="don't trust this file",
            zh=f"{name}：嵌套层数或大小远超正常文档（文件不可信）",
        ) from error


def _read(data: bytes, source: Source, options: ReadOptions) -> Document:
    """Hand the bytes to the reader of their format; each is imported when first needed."""
    form = source.format
    if form in TEXT:
        from mskg.readers.decoding import decode
        from mskg.readers.plain import read_plain

        text, encoding = decode(data, source.name)
        return read_plain(text, Source(source.name, form, source.sha256, encoding))
    if form in {"html", "mht"}:
        from mskg.readers.html import read_html

        return read_html(data, source)
    if form == "docx":
        from mskg.readers.docx import read_docx

        return read_docx(data, source)
    if form == "xlsx":
        from mskg.readers.xlsx import read_xlsx

        return read_xlsx(data, source)
    if form in _SHEETS:
        from mskg.readers.sheets import read_csv, read_sheets

        return (read_csv if form in {"csv", "tsv"} else read_sheets)(data, source)
    if form == "pdf":
        from mskg.readers.pdf import read_pdf

        return read_pdf(data, source, options)
    if form in IMAGES:
        from mskg.readers.scan import read_image

        return read_image(data, source, options)
    from mskg.readers.office import read_office

    return read_office(data, source)
