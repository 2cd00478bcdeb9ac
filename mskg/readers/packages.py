"""Zipped XML packages (docx, xlsx, odt): opened with bounds, parsed without entities."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from mskg.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["Package", "damaged"]

_MOST_BYTES = 256 * 2**20  # unpacked; a plan with pictures has a few megabytes
# What zipfile raises on damage besides its own error.
_BROKEN = (EOFError, OSError, ValueError, RuntimeError, LookupError, struct.error)
_MOST_PARTS = 10_000
_MOST_XML = 64 * 2**20
_OFFICE_RELATION = "/officeDocument"
_MAIN = {
    "word": ("document", "docx"),
    "xl": ("workbook", "xlsx"),
    "ppt": ("presentation", "pptx"),
}
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def damaged(name: str, what: str) -> ReadError:
    """Return the error for a file whose inside can't be read."""
    return ReadError(
        f"{name}: damaged {what} file",
        hint="open it in the program that made it and save it again",
        zh=f"{name}：{what} 文件已损坏（请用原来的程序打开后重新保存）",
    )


def _kind(name: str) -> str:
    """Return what a person calls the package: by its suffix, zip where it has none."""
    return PurePath(name).suffix.lower().removeprefix(".") or "zip"


class Package:
    """The parts of a zipped document.

    Raises
    ------
    ReadError
        If the package is damaged, encrypted, or unpacks to far more than a document holds.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, *_BROKEN) as error:
            raise damaged(name, _kind(name)) from error
        parts = self._zip.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
            raise self._too_large()
        if any(part.flag_bits & 1 for part in parts):
            raise ReadError(
                f"{name}: protected by a password",
                hint="save it without one",
                zh=f"{name}：有密码保护（请去掉密码另存）",
            )
        # Some writers use backslashes or other case in part names.
        self._parts = {part.filename.replace("\\", "/").lower(): part for part in parts}

    def format(self) -> str:
        """Return the format of the document inside: docx, xlsx, odt, ods, xlsb.

        Raises
        ------
        ReadError
            If the package holds none of these.
        """
        mimetype = (self.read("mimetype") or b"").decode("ascii", "replace").strip()
        for prefix, found in _OPEN_DOCUMENT.items():
            if mimetype.startswith(prefix):  # also text-web, text-template
                return found
        main = self.main_part()
        folder, _, file = main.partition("/")
        if main.endswith(".bin") and folder == "xl":
            return "xlsb"
        if folder in _MAIN and file:
            found = _MAIN[folder][1]
            if found != "pptx":
                return found
        raise ReadError(
            f"{self.name}: a zip archive that holds no text document or spreadsheet",
            hint="unpack it first",
            zh=f"{self.name}：压缩包里不是文档或表格（请先解压）",
        )

    def main_part(self) -> str:
        """Return the path of the main part, empty where there is none."""
        for kind, target in self.relations(""):
            if kind.endswith(_OFFICE_RELATION) and target.lower() in self._parts:
                return target.lower()
        guesses = (f"{folder}/{stem}.xml" for folder, (stem, _) in _MAIN.items())
        return next((guess for guess in guesses if guess in self._parts), "")

    def relations(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield kind and target path of the relations of `part` that stay in the package."""
        for _, kind, target in self.related(part):
            yield kind, target

    def related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield id, kind and target path of the relations of `part` inside the package."""
        folder, file = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not target:
                continue
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield relation.get("Id", ""), relation.get("Type", ""), path

    def read(self, part: str) -> bytes | None:
        """Return the bytes of `part`, None where the package has no such part."""
        info = self._parts.get(part.lower())
        if info is None:
            return None
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, *_BROKEN) as error:
            raise damaged(self.name, _kind(self.name)) from error

    def xml(self, part: str) -> _Element | None:
        """Return the root element of `part`, None where the package has no such part.

        No entity is resolved, nothing is fetched, and depth is bounded by the parser.
        """
        from lxml import etree

        data = self.read(part)
        if data is None:
            return None
        if len(data) > _MOST_XML:
            raise self._too_large()
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error):
                raise self._too_deep() from error
            raise damaged(self.name, f"XML ({part})") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise ReadError(
                f"{self.name}: declares XML entities, which no office program does",
                hint="don't trust this file",
                zh=f"{self.name}：含有 XML 实体声明，办公软件不会这样写（文件不可信）",
            )
        return root

    def _too_large(self) -> ReadError:
        return ReadError(
            f"{self.name}: unpacks to more than a document can hold",
            hint="don't trust this file",
            zh=f"{self.name}：解压后远超正常文档大小（文件不可信）",
        )

    def _too_deep(self) -> ReadError:
        return ReadError(
            f"{self.name}: nested deeper than a document can be",
            hint="don't trust this file",
            zh=f"{self.name}：嵌套层数远超正常文档（文件不可信）",
        )
