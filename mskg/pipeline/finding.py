"""Which files of a folder are documents."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SUMMARY", "find_files"]

# The name of the table that a batch leaves beside its records.
SUMMARY: Final = "mskg-summary.csv"
_HEAD: Final = 4096  # bytes that tell whether mskg made a file
_STRINGS: Final = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")


def find_files(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files of `paths`, each folder replaced by the documents in it, sorted.

    A path that does not exist is kept, so that reading it reports the error. Lock files of
    office programs (``~$plan.docx``) are no documents, nor are what mskg itself writes beside
    documents: summaries, sheets of corrections, pages of ``--format html``.

    Raises
    ------
    InputError
        If a folder holds no document.
    """
    from mskg.readers import SUFFIXES

    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(
                file
                for file in path.rglob("*")
                if file.suffix.lower() in SUFFIXES
                and file.is_file()
                and not file.name.startswith("~$")
                and not _is_ours(file)
            )
            if not inside:
                known = " ".join(sorted(SUFFIXES))
                raise InputError(
                    f"{path}: no document in this folder",
                    hint=f"documents end in {known}",
                    zh=f"{path}：文件夹里没有可读的文件（可读 {known}）",
                )
            found += inside
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _is_ours(file: Path) -> bool:
    """Tell whether mskg wrote `file`, by its name or its first bytes."""
    suffix = file.suffix.lower()
    if suffix in {".html", ".htm"}:
        return b'<meta name="generator" content="mskg' in _begin(file)
    if suffix == ".csv":
        return file.name == SUMMARY or _is_head(re.split(r"[,;\t\r\n]", _text(_begin(file))))
    if suffix == ".xlsx":
        return _is_head(re.findall(r">([^<>]*)<", unescape(_text(_begin_of_book(file)))))
    return False


def _is_head(cells: list[str]) -> bool:
    """Tell whether the first cells are the columns of corrections."""
    from mskg.resolve.corrections import COLUMN_WORDS, COLUMNS

    words = [cell.strip('\ufeff" \n') for cell in cells]
    words = [word for word in words if word][: len(COLUMNS)]
    return any(set(head[:4]) <= set(words) for head in (COLUMNS, COLUMN_WORDS))


def _begin(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""  # reading it will report the error


def _begin_of_book(file: Path) -> bytes:
    try:
        with zipfile.ZipFile(file) as book:
            name = next(name for name in _STRINGS if name in book.namelist())
            with book.open(name) as stream:
                return stream.read(_HEAD)
    except (OSError, StopIteration, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return b""


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    text = data.decode("utf-8", errors="replace")
    return text if text.count("\ufffd") < 3 else data.decode("gb18030", errors="replace")
