"""What python-docx leaves out: tables made at once, links inside the file, fonts for Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Cell", "Text", "add_bookmark", "add_table", "page_number", "set_fonts"]

_LINK: Final = "0B4F8A"
_BORDER: Final = "B9C7D4"
_TEXT_WIDTH: Final = 9866  # twentieths of a point: A4 less two margins of 18 mm
_BODY: Final = "宋体"
_HEAD: Final = "黑体"


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a cell: ``goal`` is a bookmark it leads to, ``disc`` the colour before it.

    ``size`` is the size of its letters in points where it is not that of the table.
    """

    text: str
    goal: str = ""
    disc: str = ""
    bold: bool = False
    colour: str = ""
    size: float = 0.0

    def add_to(self, paragraph: Any, size: float) -> None:
        """Write it at the end of a paragraph of python-docx, in letters of `size` points."""
        for element in self.elements(size):
            paragraph._p.append(element)

    def elements(self, size: float) -> list[Any]:
        """Return the runs that show it."""
        found, size = [], self.size or size
        if self.disc:
            found.append(_run("●", size, self.disc.lstrip("#").upper(), bold=False))
        if self.text:
            colour = self.colour.lstrip("#").upper() or (_LINK if self.goal else "")
            run = _run(xml_text(self.text), size, colour, bold=self.bold)
            found.append(_linked(run, self.goal) if self.goal else run)
        return found


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its pieces, its shade (``RRGGBB``), and whether it stands to the right."""

    pieces: tuple[Text, ...]
    shade: str = ""
    right: bool = False


def add_table(
    document: Any,
    shares: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    *,
    heads: Sequence[Sequence[Cell]] = (),
    centred: bool = False,
    high: bool = False,
    size: float = 8.0,
) -> None:
    """Add a table as wide as the text.

    Parameters
    ----------
    shares:
        Part of the width that each column takes, in percent.
    heads:
        Rows that stand again at the head of every page.
    high:
        Leave room to write in every row.
    size:
        Size of the letters in points.
    """
    body = document.element.body
    table = _element("tbl")
    properties = _element("tblPr", _element("tblW", w=str(_TEXT_WIDTH), type="dxa"))
    borders = _element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(side, val="single", sz="4", space="0", color=_BORDER))
    properties.append(borders)
    properties.append(_element("tblLayout", type="fixed"))
    room = [_element(side, w="50", type="dxa") for side in ("left", "right")]
    properties.append(_element("tblCellMar", *room))
    table.append(properties)
    widths = [round(_TEXT_WIDTH * share / 100) for share in shares]
    table.append(_element("tblGrid", *(_element("gridCol", w=str(width)) for width in widths)))
    look = _Look(widths, "center" if centred else "", high, size)
    for row in heads:
        table.append(_row(row, look, head=True))
    for row in rows:
        table.append(_row(row, look, head=False))
    # The properties of the page are the last element of the body.
    body.insert(len(body) - 1, table)


@dataclass(frozen=True, slots=True)
class _Look:
    widths: list[int]
    centred: str
    high: bool
    size: float


def _row(cells: Sequence[Cell], look: _Look, *, head: bool) -> Any:
    properties = _element("trPr", _element("cantSplit"))
    if look.high and not head:
        properties.append(_element("trHeight", val="850", hRule="atLeast"))
    if head:
        properties.append(_element("tblHeader"))
    row = _element("tr", properties)
    for cell, width in zip(cells, look.widths, strict=True):
        shape = _element("tcPr", _element("tcW", w=str(width), type="dxa"))
        if cell.shade:
            shape.append(_element("shd", val="clear", color="auto", fill=cell.shade))
        setting = _element("pPr", _element("spacing", before="20", after="20", line="240"))
        place = look.centred or ("right" if cell.right else "")
        if place:
            setting.append(_element("jc", val=place))
        paragraph = _element("p", setting)
        for piece in cell.pieces:
            paragraph.extend(piece.elements(look.size))
        row.append(_element("tc", shape, paragraph))
    return row


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Make `paragraph` the place that links to `name` lead to; `number` is its own in the file."""
    paragraph._p.append(_element("bookmarkStart", id=str(number), name=name))
    paragraph._p.append(_element("bookmarkEnd", id=str(number)))


def set_fonts(document: Any, lang: str) -> None:
    """Set letters for Chinese (宋体, headings 黑体) and the language of the spelling check."""
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 10.5, "Title": 20.0, "Heading 1": 14.0, "Heading 2": 11.5}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = RGBColor(0x1B, 0x1B, 0x1B)
        style.font.bold = name != "Normal"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(_name(theme), None)
        fonts.set(_name("eastAsia"), _BODY if name == "Normal" else _HEAD)
    language = _element("lang", val="en-US" if lang == "en" else "zh-CN", eastAsia="zh-CN")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def page_number(section: Any) -> None:
    """Put the number of the page in the middle of its foot."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 1
    paragraph._p.append(_element("fldSimple", _run("1", 9, "", bold=False), instr="PAGE"))


def _run(text: str, size: float, colour: str, *, bold: bool) -> Any:
    look = _element("rPr")
    if bold:
        look.append(_element("b"))
    if colour:
        look.append(_element("color", val=colour))
    look.append(_element("sz", val=str(round(size * 2))))
    words = _element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _element("r", look, words)


def _linked(run: Any, goal: str) -> Any:
    return _element("hyperlink", run, anchor=goal, history="1")


def _element(tag: str, /, *inner: Any, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        element.set(_name(key), value)
    element.extend(inner)
    return element


def _name(local: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{local}"))
