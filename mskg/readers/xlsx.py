"""Excel workbooks (ECMA-376): values as their formats print them, merged cells, every sheet."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mskg.errors import ReadError
from mskg.readers.cell_formats import (
    BUILT_IN,
    from_serial,
    is_date_format,
    shown_date,
    shown_number,
)
from mskg.readers.composing import Composer
from mskg.readers.packages import Package, damaged
from mskg.readers.sheet_grid import sheet_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from mskg.model import Document
    from mskg.readers.composing import Source

__all__ = ["read_xlsx"]

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_CELLS = 2_000_000
_ON = frozenset({"1", "true"})


@dataclass(slots=True)
class _Book:
    """What the sheets of a workbook share."""

    name: str
    strings: list[str]
    formats: list[str]
    since_1904: bool = False
    formulas: int = 0  # formulas without a stored result


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read, element after element."""

    values: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)  # rows with values that are not shown
    below: dict[tuple[int, int], str] = field(default_factory=dict)  # values in hidden columns
    _unshown: list[tuple[int, int]] = field(default_factory=list)  # first and last of these
    _row: int = 0
    _column: int = 0
    _shown: bool = True

    def begin_row(self, element: _Element) -> None:
        self._row, self._column = int(element.get("r") or self._row + 1), 0
        self._shown = element.get("hidden") not in _ON

    def add(self, kind: str, element: _Element, book: _Book) -> None:
        """Take up a finished element."""
        if kind == "c":
            self._cell(element, book)
        elif kind == "mergeCell":
            self.merged += _range(element.get("ref") or "")
        elif kind == "col" and element.get("hidden") in _ON:
            self._unshown.append((int(element.get("min") or 0), int(element.get("max") or 0)))
        elif kind == "row":
            element.clear()

    def _cell(self, element: _Element, book: _Book) -> None:
        place = _place(element.get("r") or "", self._row, self._column + 1)
        self._row, self._column = place
        text = _value(element, book)
        if not text.strip():
            return
        if not self._shown:
            self.hidden.add(self._row)
        elif self._is_hidden(self._column):
            self.below[place] = text
        else:
            self.values[place] = text

    def finish(self) -> None:
        """Show what merged cells show in the columns that are left of them."""
        for top, left, _, right in self.merged:
            seen = not all(map(self._is_hidden, range(left, right + 1)))
            if seen and (top, left) in self.below:
                self.values[top, left] = self.below.pop((top, left))

    def _is_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self._unshown)


def read_xlsx(data: bytes, source: Source) -> Document:
    """Return the document of a workbook, a table for every sheet that holds something.

    Rows and columns of the locators are those of the sheet. Hidden sheets are left out.

    Raises
    ------
    ReadError
        If the file is damaged, too large, or holds no text.
    """
    package = Package(data, source.name)
    main = package.main_part()
    root = package.xml(main)
    if root is None:
        raise damaged(source.name, "xlsx")
    targets = {key: path for key, _, path in package.related(main)}
    kinds = {kind.rsplit("/", 1)[-1]: path for _, kind, path in package.related(main)}
    book = _Book(
        source.name,
        _shared_strings(package.xml(kinds.get("sharedStrings", "xl/sharedStrings.xml"))),
        _formats(package.xml(kinds.get("styles", "xl/styles.xml"))),
        any(e.get("date1904") in {"1", "true"} for e in _all(root, "workbookPr")),
    )
    composer = Composer()
    for sheet in _all(root, "sheet"):
        part = package.read(targets.get(sheet.get(_RELATION) or _strict_id(sheet), ""))
        if part is None:
            continue
        found = _sheet(part, book)
        if found.values and sheet.get("state", "visible") != "visible":
            composer.note(f"隐藏的工作表没有读：{sheet.get('name')}")
        elif found.values:
            composer.content([sheet_table(found.values, found.merged)])
        if found.hidden:
            composer.note(f"工作表 {sheet.get('name')} 有 {len(found.hidden)} 行隐藏，没有读")
        if found.below:
            count = len({column for _, column in found.below})
            composer.note(f"工作表 {sheet.get('name')} 有 {count} 列隐藏，没有读")
    if book.formulas:
        composer.note(
            f"有 {book.formulas} 个公式没有保存结果，读不出数值（请用表格软件打开后另存）"
        )
    return composer.document(source)


def _strict_id(sheet: _Element) -> str:
    return next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")


def _all(root: _Element | None, name: str) -> Iterator[_Element]:
    """Yield elements by local name: the strict form has other namespaces."""
    if root is not None:
        yield from root.iter("{*}" + name)


def _shared_strings(root: _Element | None) -> list[str]:
    return [_string(item) for item in _all(root, "si")]


def _string(item: _Element) -> str:
    """Return the text of a string item without the reading aids (phonetic runs)."""
    texts = []
    for text in _all(item, "t"):
        parent = text.getparent()
        if parent is None or not str(parent.tag).endswith("}rPh"):
            texts.append(text.text or "")
    return _unescaped("".join(texts)).replace("\r\n", "\n").replace("\r", "\n")


def _unescaped(text: str) -> str:
    """Return `text` with ``_x000D_`` as the character it stands for."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


def _formats(styles: _Element | None) -> list[str]:
    """Return the format code of every cell style."""
    own = {e.get("numFmtId", ""): e.get("formatCode", "") for e in _all(styles, "numFmt")}
    codes: list[str] = []
    for block in _all(styles, "cellXfs"):
        for entry in block:
            key = entry.get("numFmtId", "0")
            codes.append(own.get(key) or BUILT_IN.get(int(key) if key.isdigit() else 0, ""))
    return codes


def _sheet(part: bytes, book: _Book) -> _Sheet:
    """Read a sheet as a stream: its size on paper says nothing about its size unpacked."""
    from lxml import etree

    sheet = _Sheet()
    tags = ("{*}row", "{*}c", "{*}mergeCell", "{*}col")
    try:
        for event, element in etree.iterparse(
            io.BytesIO(part), ("start", "end"), tag=tags, resolve_entities=False, no_network=True
        ):
            kind = element.tag.rpartition("}")[2]
            if event == "end":
                sheet.add(kind, element, book)
            elif kind == "row":
                sheet.begin_row(element)
            if len(sheet.values) + len(sheet.below) > _MOST_CELLS:
                raise _too_large(book.name)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(book.name, "xlsx") from error
    sheet.finish()
    return sheet


def _value(cell: _Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _string(cell)
    stored = next((e.text or "" for e in cell if str(e.tag).endswith("}v")), "")
    if not stored:
        book.formulas += any(str(e.tag).endswith("}f") for e in cell)
        return ""
    if kind == "s":
        index = int(stored)
        return book.strings[index] if index < len(book.strings) else ""
    if kind == "b":
        return "是" if stored == "1" else "否"
    if kind in {"str", "e"}:
        return _unescaped(stored)
    style = int(cell.get("s") or 0)
    code = book.formats[style] if style < len(book.formats) else ""
    if kind == "d":
        from datetime import datetime

        return shown_date(datetime.fromisoformat(stored.rstrip("Z")), code)
    if code and is_date_format(code):
        moment = from_serial(float(stored), since_1904=book.since_1904)
        return shown_date(moment, code) if moment else stored
    return shown_number(stored, code)


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if not match:
        return row, column
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return int(match[2]), number


def _range(reference: str) -> list[tuple[int, int, int, int]]:
    first, _, last = reference.partition(":")
    top, left = _place(first, 0, 0)
    bottom, right = _place(last or first, 0, 0)
    return [(top, left, bottom, right)] if top and bottom >= top and right >= left else []


def _too_large(name: str) -> ReadError:
    return ReadError(
        f"{name}: a sheet of more than {_MOST_CELLS:,} cells",
        zh=f"{name}：有一张工作表超过 {_MOST_CELLS // 10_000} 万格，不像是文档",
    )
