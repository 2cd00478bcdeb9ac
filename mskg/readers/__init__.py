"""Readers: a file in, a `Document` out. One file a format."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.errors import ReadError
from mskg.readers.decoding import decode
from mskg.readers.plain import read_plain

if TYPE_CHECKING:
    from mskg.model import Document

__all__ = ["SUFFIXES", "read_bytes", "read_document"]

_PLAIN = {"", "txt", "md", "text", "markdown"}
SUFFIXES = frozenset(f".{entry}" for entry in _PLAIN if entry)
"""Suffixes of files that can be read; a file without a suffix is plain text."""


def read_document(path: str | Path) -> Document:
    """Read the document at `path`.

    Raises
    ------
    ReadError
        If there is no such file, or it is empty, binary, or of an unknown format.
    """
    file = Path(path)
    if file.is_dir():
        raise ReadError(f"{file}: is a folder", hint="name the files in it")
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"{file}: no such file", hint="check the name and the folder") from error
    except OSError as error:
        raise ReadError(f"{file}: can't be read: {error.strerror}") from error
    return read_bytes(data, file.name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read a document from its bytes; the suffix of `name` tells the format.

    Raises
    ------
    ReadError
        If the bytes are empty, binary, or of an unknown format.
    """
    suffix = Path(name).suffix.lower().removeprefix(".")
    if suffix not in _PLAIN:
        known = ", ".join(f".{entry}" for entry in sorted(_PLAIN - {""}))
        raise ReadError(f"{name}: format .{suffix} can't be read", hint=f"readable: {known}")
    text, encoding = decode(data, name)
    sha256 = hashlib.sha256(data).hexdigest()
    return read_plain(text, source=name, format=suffix or "txt", sha256=sha256, encoding=encoding)
