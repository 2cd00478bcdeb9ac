"""A small SVG writer: discs, squares, lines and labels that stay text.

Texts are drawn with a white rim, so that they can be read over lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import hypot
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Drawing", "Label", "Line", "Mark", "svg_text", "text_width"]

FONTS: Final = (
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"
    "'WenQuanYi Zen Hei','WenQuanYi Micro Hei',sans-serif"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; lengths in pixels, ``tip`` is shown under the pointer.

    ``head`` is the length of an arrow head at the end, 0 for none.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str
    opacity: float = 1.0
    tip: str = ""
    head: float = 0.0

    def arrow(self) -> tuple[tuple[float, float], ...]:
        """Return the corners of the arrow head; nothing where there is none."""
        length = hypot(self.x2 - self.x1, self.y2 - self.y1)
        if not self.head or not length:
            return ()
        along = ((self.x2 - self.x1) / length, (self.y2 - self.y1) / length)
        back = (self.x2 - along[0] * self.head, self.y2 - along[1] * self.head)
        side = (-along[1] * self.head * 0.4, along[0] * self.head * 0.4)
        return (
            (self.x2, self.y2),
            (back[0] + side[0], back[1] + side[1]),
            (back[0] - side[0], back[1] - side[1]),
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A disc or, with ``square``, a square around its centre."""

    x: float
    y: float
    radius: float
    colour: str
    square: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; ``anchor`` is start, middle or end; `y` is the base line."""

    x: float
    y: float
    text: str
    size: float
    anchor: str = "middle"
    bold: bool = False
    colour: str = "#1f2933"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page: its size in pixels, title and description for readers, and its shapes."""

    width: float
    height: float
    title: str
    description: str
    shapes: Sequence[Line | Mark | Label]


def text_width(text: str, size: float) -> float:
    """Return the width of `text` in pixels, estimated: a wide character is one em."""
    return size * sum(1.0 if east_asian_width(char) in "WFA" else 0.56 for char in text)


def svg_text(drawing: Drawing) -> str:
    """Return `drawing` as an SVG document, one element a line, ending in a line break."""
    width, height = _n(drawing.width), _n(drawing.height)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{FONTS}">',
        f"<title>{_text(drawing.title)}</title>",
        f"<desc>{_text(drawing.description)}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *(_shape(shape) for shape in drawing.shapes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _shape(shape: Line | Mark | Label) -> str:
    if isinstance(shape, Label):
        return _label(shape)
    return _line(shape) if isinstance(shape, Line) else _mark(shape)


def _line(line: Line) -> str:
    places = f'x1="{_n(line.x1)}" y1="{_n(line.y1)}" x2="{_n(line.x2)}" y2="{_n(line.y2)}"'
    look = f'stroke="{_text(line.colour)}" stroke-width="{_n(line.width)}"'
    drawn = _element("line", f'{places} {look} stroke-opacity="{_n(line.opacity)}"', line.tip)
    corners = " ".join(f"{_n(x)},{_n(y)}" for x, y in line.arrow())
    if corners:
        opacity = _n(min(1.0, line.opacity + 0.2))
        fill = f'fill="{_text(line.colour)}" fill-opacity="{opacity}"'
        drawn += f'<polygon points="{corners}" {fill}/>'
    return drawn


def _mark(mark: Mark) -> str:
    look = f'fill="{_text(mark.colour)}" stroke="#ffffff" stroke-width="1.5"'
    if mark.square:
        left, top, side = mark.x - mark.radius, mark.y - mark.radius, 2 * mark.radius
        place = f'x="{_n(left)}" y="{_n(top)}" width="{_n(side)}" height="{_n(side)}"'
        return _element("rect", f'{place} rx="3" {look}', mark.tip)
    return _element(
        "circle", f'cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.radius)}" {look}', mark.tip
    )


def _label(label: Label) -> str:
    weight = ' font-weight="bold"' if label.bold else ""
    return (
        f'<text x="{_n(label.x)}" y="{_n(label.y)}" font-size="{_n(label.size)}"{weight} '
        f'text-anchor="{_text(label.anchor)}" fill="{_text(label.colour)}" stroke="#ffffff" '
        f'stroke-width="3" stroke-linejoin="round" paint-order="stroke">'
        f"{_text(label.text)}</text>"
    )


def _element(name: str, attributes: str, tip: str) -> str:
    inner = f"<title>{_text(tip)}</title>" if tip else ""
    return f"<{name} {attributes}>{inner}</{name}>" if inner else f"<{name} {attributes}/>"


def _text(text: str) -> str:
    return escape(xml_text(text))


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
