"""What a file is: its first bytes win over its suffix, which is often wrong."""

from __future__ import annotations

import re
from pathlib import PurePath

from mskg.errors import ReadError

__all__ = ["IMAGES", "OFFICE", "TEXT", "format_of"]

TEXT = frozenset({"txt", "text", "md", "markdown"})
"""Plain text."""
OFFICE = frozenset({"doc", "wps", "rtf", "odt", "fodt", "docm", "dot", "dotx", "wpt", "xml"})
"""Formats of word processors."""
IMAGES = frozenset({"png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"})
"""Pictures of pages."""

_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"BM", "bmp"),
)
_PACKED = ((b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gz"), (b"BZh", "bz2"))
# Names of streams in an OLE2 file (the format of Office 97), as its directory spells them.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_OLE_SUFFIXES = frozenset({"doc", "dot", "wps", "wpt", "xls", "et"})
_MARKUP = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|table|div|meta\s)[\s>]")
_HEAD = 4096


def format_of(data: bytes, name: str) -> str:
    """Return the format of `data` as a suffix without a dot; plain text is ``txt``.

    Raises
    ------
    ReadError
        If the file is of a kind that holds no readable document, or is encrypted.
    """
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    for magic, found in _PACKED:
        if data.startswith(magic):
            raise ReadError(
                f"{name}: a packed archive ({found})",
                hint="unpack it first",
                zh=f"{name}：是压缩包（{found}；请先解压）",
            )
    if data.startswith(b"PK\x03\x04"):
        return _package_format(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole_format(data, name, suffix)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, found in _MAGIC:
        if data.startswith(magic) and not (found == "bmp" and suffix not in IMAGES):
            return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return _text_format(data, name, suffix)


def _package_format(data: bytes, name: str) -> str:
    from mskg.readers.packages import Package

    return Package(data, name).format()


def _ole_format(data: bytes, name: str, suffix: str) -> str:
    for stream, found in _STREAMS:
        if f"{stream}\0".encode("utf-16-le") not in data:
            continue
        if found == "encrypted":
            raise ReadError(
                f"{name}: protected by a password",
                hint="save it without one",
                zh=f"{name}：有密码保护（请去掉密码另存）",
            )
        if found == "ppt":
            break
        return suffix if found == "doc" and suffix in {"wps", "wpt", "dot"} else found
    if suffix in _OLE_SUFFIXES and "PowerPoint Document".encode("utf-16-le") not in data:
        from mskg.readers.packages import damaged

        raise damaged(name, suffix)
    raise ReadError(
        f"{name}: an Office file that holds no text document or spreadsheet",
        zh=f"{name}：这个 Office 文件里没有文档或表格",
    )


def _text_format(data: bytes, name: str, suffix: str) -> str:
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if re.match(rb"(?i)mime-version:|from:.*<saved by", head) or suffix in {"mht", "mhtml"}:
        return "mht"
    if head.startswith(b"<?xml") and re.search(rb"Word\.Document|<pkg:package|<office:doc", head):
        return "fodt" if b"<office:doc" in head else "xml"
    if suffix in {"htm", "html", "xhtml", "shtml"}:
        return "html"
    if head.startswith(b"<") and _MARKUP.search(head):
        return "html"
    if suffix in {"csv", "tsv"}:
        return suffix
    if suffix in TEXT or not suffix:
        return "txt" if suffix in {"", "text"} else suffix
    known = suffix in OFFICE | IMAGES or suffix in {"docx", "xlsx", "xls", "pdf", "et"}
    if known and not _is_text(data):
        raise ReadError(
            f"{name}: damaged, this is no .{suffix} file",
            hint="open it in the program that made it and save it again",
            zh=f"{name}：文件已损坏，不是 .{suffix}（请用原来的程序打开后重新保存）",
        )
    if known:
        return "txt"
    raise ReadError(
        f"{name}: format .{suffix} can't be read",
        hint="readable: docx doc wps rtf odt pdf html xlsx xls csv txt md, pictures",
        zh=f"{name}：读不了 .{suffix} 格式（能读 docx doc wps rtf odt pdf html xlsx xls csv txt md"
        " 和图片）",
    )


def _is_text(data: bytes) -> bool:
    from mskg.readers.decoding import decode

    try:
        return bool(decode(data, "")[0])
    except ReadError:
        return False
