"""The paragraphs and tables of a Word document in reading order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.readers.composing import Cell, Table
from mskg.readers.docx_xml import W, is_on, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from mskg.readers.composing import Content
    from mskg.readers.docx_numbering import Numbering

__all__ = ["Walk"]

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DROPPED = {W + n for n in ("del", "moveFrom", "rt", "instrText", "delText", "pPr", "rPr", "sdtPr")}
_DROPPED |= {f"{W}delInstrText", f"{W}sdtEndPr", f"{W}sectPr", f"{W}tblPr", f"{W}fldData"}
_DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}  # fmt: skip
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_WIDEST = 1000


class Walk:
    """Reads blocks one after the other; the numbering counts on from one to the next.

    ``cited`` holds the ids of the notes met, ``embedded`` tells that a foreign file was met,
    ``struck`` holds the words that are shown struck out.
    """

    def __init__(self, numbering: Numbering) -> None:
        self.cited: dict[str, set[str]] = {"footnotes": set(), "endnotes": set()}
        self.embedded = False
        self.struck: list[str] = []
        self._numbering = numbering
        self._carried = ""  # text of a paragraph whose end was deleted

    def blocks(self, parent: _Element) -> list[Content]:
        """Return the paragraphs and tables below `parent`, in reading order."""
        content: list[Content] = []
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                content += self._paragraph(child)
            elif tag == f"{W}tbl":
                content.append(self._table(child))
            elif tag == f"{_MC}AlternateContent":
                choice = _choice(child)
                content += self.blocks(choice) if choice is not None else []
            elif tag == f"{W}altChunk":
                self.embedded = True
            elif tag not in _DROPPED and isinstance(tag, str) and len(child):
                content += self.blocks(child)  # sdt, sdtContent, ins, moveTo, customXml
        return content

    def _paragraph(self, paragraph: _Element) -> list[Content]:
        properties = paragraph.find(f"{W}pPr")
        run = _Run(self)
        run.read(paragraph)
        marks = None if properties is None else properties.find(f"{W}rPr")
        text = "".join(run.text)
        if marks is not None and marks.find(f"{W}del") is not None:
            self._carried += text  # its end is struck out: it runs on into the next one
            return run.boxes
        hidden = not text.strip() and is_on(marks, "vanish")
        label = "" if hidden else self._numbering.label(properties)
        # A page break between a number and its text parts nothing that is read.
        text, self._carried = label + (self._carried + text).lstrip("\n" if label else ""), ""
        return [*([text] if text.strip() else []), *run.boxes]

    def is_hidden(self, properties: _Element | None) -> bool:
        """Tell whether a run with these ``w:rPr`` is hidden text."""
        if properties is None:
            return False
        if properties.find(f"{W}vanish") is not None:
            return is_on(properties, "vanish")
        style = value(properties, "rStyle")
        return bool(style) and self._numbering.is_hidden_style(style)

    def _table(self, table: _Element) -> Table:
        cells: list[Cell] = []
        above: dict[int, Cell] = {}  # grid column → cell that a merged one below continues
        number = 0
        for row in _below(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and (
                properties.find(f"{W}del") is not None or is_on(properties, "hidden")
            ):
                continue
            number += 1
            column = 1 + _count(value(properties, "gridBefore"), 0)
            for element in _below(row, f"{W}tc"):
                column = self._cell(element, number, column, above, cells)
        return Table(cells)

    def _cell(
        self, element: _Element, row: int, column: int, above: dict[int, Cell], cells: list[Cell]
    ) -> int:
        """Add the cell, or lengthen the one it continues; return the next grid column."""
        properties = element.find(f"{W}tcPr")
        span = _count(value(properties, "gridSpan"), 1)
        merged = None if properties is None else properties.find(f"{W}vMerge")
        sideways = value(properties, "hMerge") if properties is not None else ""
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        upper = above.get(column)
        content = self.blocks(element)
        if goes_on and upper and upper.row + upper.row_span == row:
            upper.row_span += 1
            upper.content += content
        elif sideways == "continue" and cells and cells[-1].row == row:
            cells[-1].column_span += span
            cells[-1].content += content
        else:
            cell = Cell(row, column, content, 1, span)
            cells.append(cell)
            above[column] = cell
        return column + span


class _Run:
    """Text of one paragraph and the text boxes anchored in it."""

    def __init__(self, walk: Walk) -> None:
        self.text: list[str] = []
        self.boxes: list[Content] = []
        self._walk = walk

    def read(self, parent: _Element) -> None:
        for child in parent:
            tag = child.tag
            if tag in {f"{W}t", f"{_MATH}t"}:
                # A line break in the XML is a space; only w:br breaks a line.
                self.text.append(re.sub(r"[\r\n]+", " ", child.text or ""))
            elif tag in _SIGNS:
                self.text.append(_SIGNS[tag])
            elif tag == f"{W}sym":
                self.text.append(_symbol(child))
            elif tag in _NOTES:
                self._walk.cited[_NOTES[tag]].add(child.get(f"{W}id", ""))
            elif tag in _DRAWN:
                self._drawn(child)
            elif tag not in _DROPPED and isinstance(tag, str):
                self._wrapper(child)

    def _wrapper(self, element: _Element) -> None:
        """Read a run, or what holds runs: hyperlinks, fields, insertions, content controls."""
        if element.tag == f"{_MC}AlternateContent":
            choice = _choice(element)
            if choice is not None:
                self.read(choice)
            return
        properties = element.find(f"{W}rPr") if element.tag == f"{W}r" else None
        if is_on(properties, "strike") or is_on(properties, "dstrike"):
            self._walk.struck += (t.text or "" for t in element.iter(f"{W}t"))
        elif not self._walk.is_hidden(properties):
            self.read(element)

    def _drawn(self, drawn: _Element) -> None:
        """Read the text boxes of a drawing; one may hold an older copy of another."""
        for box in drawn.iter(f"{W}txbxContent"):
            inner = box.iterancestors(f"{_MC}Fallback", f"{W}txbxContent")
            if not any(_is_within(ancestor, drawn) for ancestor in inner):
                self.boxes += self._walk.blocks(box)


def _is_within(element: _Element, outer: _Element) -> bool:
    return any(ancestor is outer for ancestor in element.iterancestors())


def _choice(alternatives: _Element) -> _Element | None:
    """Return the first form that is offered; the fallback repeats it for older programs."""
    found = alternatives.find(f"{_MC}Choice")
    return alternatives.find(f"{_MC}Fallback") if found is None else found


def _below(parent: _Element, tag: str) -> Iterator[_Element]:
    """Yield rows or cells, also those inside wrappers (content controls, insertions)."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _DROPPED and child.tag not in {f"{W}tbl", f"{W}p", f"{W}trPr"}:
            yield from _below(child, tag)


def _symbol(element: _Element) -> str:
    """Return the character of ``w:sym`` unless only its font gives it a form."""
    code = element.get(f"{W}char", "")
    character = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ""
    return "" if "\ue000" <= character <= "\uf8ff" else character


def _count(text: str, default: int) -> int:
    return min(int(text), _WIDEST) if text.isdigit() else default
