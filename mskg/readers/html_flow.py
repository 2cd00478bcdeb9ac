"""The text of an HTML element in reading order: paragraphs and tables, hidden parts left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.readers.composing import Cell, Content, Table
from mskg.readers.grids import Grid
from mskg.readers.html_boxes import rows_of_boxes
from mskg.readers.html_styles import is_shown, is_struck
from mskg.readers.numbering_styles import numbered
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["DROPPED", "STRUCK", "LinkLine", "flow", "is_hidden"]

STRUCK = frozenset({"del", "s", "strike"})
"""Elements whose text an editor struck out."""
DROPPED = frozenset({
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe",
    "object", "embed", "applet", "svg", "canvas", "audio", "video", "map", "select", "option",
    "datalist", "button", "input", "textarea", "nav", "footer", "aside", "dialog", "rt", "rp",
    "frameset", *STRUCK,
})  # fmt: skip
"""Elements that hold no text of the document."""
_BLOCKS = frozenset({
    "html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
    "dt", "dd", "section", "article", "main", "header", "blockquote", "pre", "center", "form",
    "fieldset", "legend", "address", "figure", "figcaption", "hr", "tr", "td", "th", "thead",
    "tbody", "tfoot", "caption", "details", "summary", "listing", "marquee",
})  # fmt: skip
_REFERENCE = re.compile(r"\s*[\[〔［]\s*\d{1,3}\s*[\]〕］]\s*")  # to a note, set above the line
_EAST = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_SOURCE_BREAK = re.compile(rf"(?<=[{_EAST}])[ \t]*\n\s*(?=[{_EAST}])")
_MARKED = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳]|第.{1,3}[章条]")
_LIST_STYLES = {
    **dict.fromkeys(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"), "han"),
    **dict.fromkeys(("a", "lower-alpha", "lower-latin"), "lowerLetter"),
    **dict.fromkeys(("A", "upper-alpha", "upper-latin"), "upperLetter"),
    **dict.fromkeys(("i", "lower-roman"), "lowerRoman"),
    **dict.fromkeys(("I", "upper-roman"), "upperRoman"),
}


class LinkLine(str):
    """A paragraph whose text is links and nothing else."""

    __slots__ = ()


def is_hidden(element: _Element) -> bool:
    """Tell whether a browser shows nothing of `element`."""
    if element.tag in DROPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style and not (is_shown(style) and not is_struck(style)):
        return True
    return (
        element.tag == "sup"
        and _REFERENCE.fullmatch("".join(map(str, element.itertext()))) is not None
    )


def flow(root: _Element) -> list[Content]:
    """Return the paragraphs and tables of `root`, in reading order."""
    return _Walk(root).content


class _Walk:
    """One pass over an element without recursion; only a table inside it opens another."""

    def __init__(self, root: _Element) -> None:
        from lxml import etree

        self.content: list[Content] = []
        self._buffer: list[str] = []
        self._mark = ""  # the number of the list item that was opened last
        self._links = 0  # open <a> elements
        self._plain = False  # text outside links in this paragraph
        self._pre = 0
        self._counts: dict[_Element, int] = {}
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped: set[_Element] = set()
        for event, element in walker:
            if event == "start":
                boxes = [] if is_hidden(element) else rows_of_boxes(element, is_hidden)
                if boxes:
                    skipped.add(element)
                    walker.skip_subtree()
                    self._boxes(boxes)
                elif element is not root and (is_hidden(element) or element.tag == "table"):
                    skipped.add(element)
                    walker.skip_subtree()
                    if not is_hidden(element):
                        self._table(element)
                else:
                    self._open(element)
                continue
            if element in skipped:
                skipped.discard(element)
            else:
                self._close(element)
            if element is not root:
                self._text(element.tail)
        self._flush()

    def _open(self, element: _Element) -> None:
        tag = element.tag
        # <li><p>…: the number of the item stands before its first paragraph.
        if tag in _BLOCKS and not (self._mark and "".join(self._buffer).strip() == self._mark):
            self._flush()
        if tag == "br":
            self._buffer.append("\n")
        elif tag == "a":
            self._links += 1
        elif tag == "li":
            self._label(element)
        self._pre += tag == "pre"
        self._text(element.text)

    def _close(self, element: _Element) -> None:
        self._links -= element.tag == "a"
        if element.tag in _BLOCKS:
            self._flush()
        self._pre -= element.tag == "pre"

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not self._pre:
            text = re.sub(r"[ \t\r\n\f]+", " ", _SOURCE_BREAK.sub("", text))
        self._buffer.append(text)
        if not self._links and text.strip():
            self._plain = True

    def _flush(self) -> None:
        text = "".join(self._buffer).strip("\t\n\xa0" if self._pre else " \t\n\xa0")
        if not self._pre:
            text = re.sub(r"  +", " ", re.sub(r"[ \t]*\n[ \t]*", "\n", text))
        if text.strip():
            self.content.append(text if self._plain else LinkLine(text))
        self._buffer.clear()
        self._plain = False

    def _label(self, item: _Element) -> None:
        """Add the number that a browser prints before an item of an ordered list."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return
        style = parent.get("style") or ""
        step = -1 if parent.get("reversed") is not None else 1
        first = len(parent.findall("li")) if step < 0 else 1
        value = item.get("value") or (parent.get("start") if parent not in self._counts else "")
        number = (
            int(value)
            if value and value.isdigit()
            else self._counts.get(parent, first - step) + step
        )
        self._counts[parent] = number
        named = re.search(r"list-style(?:-type)?\s*:[^;]*?([a-z-]+)", style)
        kind = named[1] if named else parent.get("type") or "decimal"
        own = unspaced("".join(map(str, item.itertext()))[:40])
        if kind == "none" or _MARKED.match(own):
            return  # the page hides the numbers because its text has its own
        form = _LIST_STYLES.get(kind, "decimal")
        mark = f"{numbered(number, 'chineseCounting')}、" if form == "han" else ""
        self._buffer.append(mark or f"{numbered(number, form)}. ")
        self._mark = self._buffer[-1].strip()
        self._plain = True

    def _boxes(self, rows: list[list[_Element]]) -> None:
        self._flush()
        grid = Grid()
        for row in rows:
            grid.next_row()
            for box in row:
                grid.add(Cell(0, 0, flow(box)))
        self.content.append(Table(grid.finish()))

    def _table(self, element: _Element) -> None:
        self._flush()
        for caption in element.iterchildren("caption"):
            self.content += flow(caption)
        table = _table(element)
        if table.cells:
            self.content.append(table)


def _table(element: _Element) -> Table:
    grid = Grid()
    for row in _rows(element):
        if is_hidden(row):
            continue
        grid.next_row()
        for cell in row.iterchildren("td", "th"):
            if not is_hidden(cell):
                spans = _span(cell, "rowspan"), _span(cell, "colspan")
                grid.add(Cell(0, 0, flow(cell), *spans))
    return Table(grid.finish())


def _rows(element: _Element) -> Iterator[_Element]:
    for child in element.iterchildren():
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"} and not is_hidden(child):
            yield from child.iterchildren("tr")


def _span(cell: _Element, name: str) -> int:
    match = re.match(r"\s*(\d{1,5})", cell.get(name) or "")
    # 0 means down to the last row; the grid cuts what reaches beyond it.
    return (int(match[1]) or 65534) if match else 1
