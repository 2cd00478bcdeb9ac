"""One page from its picture: letters set upright, ruled tables found, doubts noted."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from mskg.readers.page_content import tables_and_lines
from mskg.readers.page_lines import Frame, Line, runs_on
from mskg.readers.page_rules import closed_cells, edge, outer_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.readers.ocr import ReadLine
    from mskg.readers.page_chars import Box, Letter
    from mskg.readers.page_tables import PageTable

__all__ = ["doubts", "scanned_content"]

_LETTER = 0.72  # size of a letter as a share of the height of its line's box
_UNSURE = 0.8
_PITCH = 1.8  # times the usual distance of lines: one between them is missing
_THINNEST = 0.7  # letters: a narrower cell lies between the two halves of a rule
_JOIN = 12  # pixels by which rules of a table may miss each other


def scanned_content(
    read: Sequence[ReadLine], picture: Any, number: int
) -> tuple[list[Line], list[PageTable]]:
    """Return the lines outside tables and the tables of a page picture."""
    angle = _angle(read)
    letters = _letters(read, angle, picture.shape)
    rules = _rules(picture, angle)
    cells = closed_cells(rules, _JOIN, 3 * _JOIN)
    thin = _THINNEST * median([c["size"] for c in letters] or [0.0])
    kept = [
        [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) > thin] for boxes in cells
    ]
    return tables_and_lines(letters, rules, kept, number)


def doubts(lines: Sequence[Line], read: Sequence[ReadLine], number: int) -> list[str]:
    """Return in Chinese what may be wrong on a recognised page."""
    notes = []
    unsure = sum(line.score < _UNSURE for line in read)
    if unsure:
        notes.append(f"第 {number} 页有 {unsure} 行识别把握不大，请核对")
    pairs = list(pairwise(lines))
    pitch = median(b.top - a.top for a, b in pairs) if len(pairs) > 3 else 0.0
    frame = Frame.around(lines)
    for above, below in pairs:
        # A wide gap is common between paragraphs, but not inside one.
        if pitch and below.top - above.top > _PITCH * pitch and runs_on(above, below, frame):
            notes.append(f"第 {number} 页“{above.text[-8:]}”之后可能漏识别了一行，请核对")
    return notes


def _angle(read: Sequence[ReadLine]) -> float:
    """Return the slope of the text in radians, from its longer lines."""
    slopes = []
    for line in read:
        (x0, y0), (x1, y1) = line.boxes[0][0], line.boxes[-1][1]
        if len(line.letters) >= 8 and x1 - x0 > 5 * abs(y1 - y0):
            slopes.append(math.atan2(y1 - y0, x1 - x0))
    return median(slopes) if slopes else 0.0


def _letters(read: Sequence[ReadLine], angle: float, shape: Sequence[int]) -> list[Letter]:
    """Return the letters turned back by `angle` about the middle of the page."""
    cos, sin = math.cos(-angle), math.sin(-angle)
    cx, cy = shape[1] / 2, shape[0] / 2
    letters: list[Letter] = []
    for number, line in enumerate(read):
        boxes = []
        for box in line.boxes:
            turned = [
                ((x - cx) * cos - (y - cy) * sin + cx, (x - cx) * sin + (y - cy) * cos + cy)
                for x, y in box
            ]
            xs, ys = [x for x, _ in turned], [y for _, y in turned]
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
        if _is_upright(boxes):
            letters += _stacked("".join(line.letters), boxes, number)
            continue
        top, bottom = median(b[1] for b in boxes), median(b[3] for b in boxes)
        for text, (x0, _, x1, _) in zip(line.letters, boxes, strict=True):
            letters += _split(text, x0, x1, top, bottom, number)
    sizes = [letter["size"] for letter in letters]
    usual = median(sizes) if sizes else 0.0
    for letter in letters:  # boxes of one size of letters differ by what stands in the line
        if 0.7 * usual < letter["size"] < 1.3 * usual:
            letter["size"] = usual
    return letters


def _is_upright(boxes: Sequence[Box]) -> bool:
    """Tell whether a line runs downwards, as letters in a narrow column do."""
    outer = outer_box(boxes)
    return len(boxes) > 1 and outer[3] - outer[1] > 1.5 * (outer[2] - outer[0])


def _stacked(text: str, boxes: Sequence[Box], line: int) -> list[Letter]:
    """Return letters one below the other; their own boxes come in no order."""
    x0, top, x1, bottom = outer_box(boxes)
    step = (bottom - top) / len(text)
    return [
        {"text": c, "x0": x0, "x1": x1, "top": top + n * step, "bottom": top + (n + 1) * step,
         "size": min(_LETTER * (x1 - x0), step), "line": line}
        for n, c in enumerate(text)
    ]  # fmt: skip


def _split(text: str, x0: float, x1: float, top: float, bottom: float, line: int) -> list[Letter]:
    step = (x1 - x0) / max(len(text), 1)
    return [
        {"text": c, "x0": x0 + n * step, "x1": x0 + (n + 1) * step, "top": top, "bottom": bottom,
         "size": _LETTER * (bottom - top), "line": line}
        for n, c in enumerate(text)
    ]  # fmt: skip


def _rules(picture: Any, angle: float) -> list[dict[str, Any]]:
    """Return the horizontal and upright rules of a picture turned back by `angle`."""
    import cv2

    height, width = picture.shape[:2]
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(angle), 1.0)
    grey = cv2.warpAffine(grey, turn, (width, height), borderValue=255)
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12
    )
    edges = []
    for orientation, shape in (("h", (width // 25, 1)), ("v", (1, height // 45))):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        lines = cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, w, h, _area in stats[1:count].tolist():
            across = (w if orientation == "h" else h) > 4 * (h if orientation == "h" else w)
            if across:
                edges.append(edge(orientation, x, y, w, h))
    return edges
