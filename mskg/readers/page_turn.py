"""Pages that lie on their side or stand on their head, turned as their letters run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pdfplumber.page import Page

    from mskg.readers.page_chars import Letter

__all__ = ["PrintedPage", "upright"]

_Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What is printed on a page, as its text is read: letters, lines, boxes, curves.

    ``unread`` counts the letters that run in other directions than most, ``turned`` tells
    that the page was turned.
    """

    width: float
    height: float
    chars: list[Letter]
    lines: list[Letter]
    rects: list[Letter]
    curves: list[Letter]
    turned: bool = False
    unread: int = 0


def upright(page: Page) -> PrintedPage:
    """Return what is printed on `page`, turned by the right angles by which its text is."""
    width, height = float(page.width), float(page.height)
    directions = Counter(_direction(c) for c in page.chars if c["text"].strip())
    way = directions.most_common(1)[0][0] if directions else "right"
    kept = [c for c in page.chars if _direction(c) == way]
    unread = sum(directions.values()) - directions[way]
    drawn = page.lines, page.rects, page.curves
    if way == "right":
        return PrintedPage(width, height, kept, *drawn, unread=unread)
    place: Callable[[float, float], _Place] = {
        "down": lambda x, y: (y, width - x),
        "up": lambda x, y: (height - y, x),
        "left": lambda x, y: (width - x, height - y),
    }[way]
    size = (width, height) if way == "left" else (height, width)
    chars, lines, rects, curves = (_turned(found, place) for found in (kept, *drawn))
    return PrintedPage(*size, chars, lines, rects, curves, turned=True, unread=unread)


def _direction(char: Letter) -> str:
    """Return where the line of a letter runs; letters that stand aslant count as upright."""
    matrix = char.get("matrix") or (1, 0, 0, 1)
    along, across = float(matrix[0]), float(matrix[1])
    if abs(across) > 10 * abs(along):
        return "up" if across > 0 else "down"
    return "left" if along < 0 and abs(along) > 10 * abs(across) else "right"


def _turned(objects: Sequence[Letter], place: Callable[[float, float], _Place]) -> list[Letter]:
    found = []
    for each in objects:
        corners = [place(float(each["x0"]), float(each["top"])),
                   place(float(each["x1"]), float(each["bottom"]))]  # fmt: skip
        (x0, x1), (top, bottom) = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        box: dict[str, Any] = {"x0": x0, "x1": x1, "top": top, "bottom": bottom}
        box |= {"width": x1 - x0, "height": bottom - top, "doctop": top, "upright": True}
        if "size" in each:
            box["size"] = bottom - top
        if "pts" in each:
            box["pts"] = [place(float(x), float(y)) for x, y in each["pts"]]
        found.append({**each, **box})
    return found
