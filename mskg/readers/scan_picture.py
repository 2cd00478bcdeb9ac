"""The picture of a page before it is read: a photo made flat, a page turned upright."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mskg.readers.ocr import recognise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mskg.readers.ocr import ReadLine

__all__ = ["flattened", "read_upright"]

_SMALL = 800  # pixels of the longer side in which the sheet is looked for
_LEAST = 0.3  # share of the picture that the sheet fills at least
_MOST = 0.97  # a sheet that fills more needs no cutting
_DARKER = 25  # levels of grey by which the desk is darker than the sheet
_CORNERS = 4
_TALL = 1.5  # height to width from which a line runs downwards
_MOSTLY = 0.5
_SURE = 0.75  # mean score below which a page may stand on its head
_COUNTED = 0.6  # lines less sure say nothing about which way is up


def read_upright(picture: Any, folder: Path | None) -> tuple[Any, list[ReadLine]]:
    """Return the picture as it is read, turned where it lay on its side or stood on its head.

    With it come its lines, kept in `folder`. Only a page whose lines run downwards, or are
    read badly, is read again.
    """
    read = recognise(picture, folder)
    letters = sum(len(line.letters) for line in read)
    tall = sum(len(line.letters) for line in read if _is_tall(line))
    sure = sum(len(line.letters) * line.score for line in read)
    if letters and tall > _MOSTLY * letters:
        turns: tuple[int, ...] = (1, 3)
    elif letters and sure < _SURE * letters:
        turns = (2,)
    else:
        return picture, read
    best = _weight(read), picture, read
    for turn in turns:
        turned = _turned(picture, turn)
        found = recognise(turned, folder)
        if _weight(found) > best[0]:
            best = _weight(found), turned, found
    return best[1], best[2]


def _turned(picture: Any, turn: int) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.rot90(picture, turn))


def _weight(read: Sequence[ReadLine]) -> float:
    """Return how much of a page was read, and how surely."""
    return sum(len(e.letters) * e.score for e in read if e.score > _COUNTED and not _is_tall(e))


def _is_tall(line: ReadLine) -> bool:
    xs = [x for box in line.boxes for x, _ in box]
    ys = [y for box in line.boxes for _, y in box]
    return len(line.letters) > 1 and max(ys) - min(ys) > _TALL * (max(xs) - min(xs))


def flattened(picture: Any) -> Any:
    """Return the sheet of paper cut out of a photo and made a rectangle.

    A picture in which no darker desk surrounds a sheet is returned as it is.
    """
    import cv2
    import numpy as np

    corners = _sheet(picture)
    if corners is None:
        return picture
    a, b, c, d = corners
    width = round(max(np.linalg.norm(b - a), np.linalg.norm(c - d)))
    height = round(max(np.linalg.norm(d - a), np.linalg.norm(c - b)))
    goal = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(np.asarray(corners, dtype=np.float32), goal)
    return cv2.warpPerspective(picture, turn, (width, height), borderValue=255)


def _sheet(picture: Any) -> Any:
    """Return the corners of the sheet from the upper left one on, None where none is seen."""
    import cv2
    import numpy as np

    scale = _SMALL / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(small, (5, 5), 0)
    edges = cv2.dilate(cv2.Canny(smooth, 30, 90), np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(edges, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    total = small.shape[0] * small.shape[1]
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:3]:
        hull = cv2.convexHull(outline)
        if not _LEAST * total < cv2.contourArea(hull) < _MOST * total:
            continue
        shape = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True)
        if len(shape) == _CORNERS and _is_lighter(small, shape):
            return _ordered(shape.reshape(_CORNERS, 2).astype(np.float32)) / scale
    return None


def _is_lighter(picture: Any, shape: Any) -> bool:
    """Tell whether `shape` is lighter than what lies around it: not a frame on a page."""
    import cv2
    import numpy as np

    mask = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, shape, 255)
    inside, outside = picture[mask == 255], picture[mask == 0]
    return bool(np.median(inside) - np.median(outside) > _DARKER)


def _ordered(points: Any) -> Any:
    """Return four corners from the upper left one on, clockwise."""
    import numpy as np

    sums, differences = points.sum(axis=1), np.diff(points, axis=1).ravel()
    order = [sums.argmin(), differences.argmin(), sums.argmax(), differences.argmax()]
    return points[order]
