"""Photos made flat, pages turned upright; what is neither stays as it is."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from mskg.readers import scan_picture
from mskg.readers.ocr import ReadLine, has_recogniser

pytestmark = pytest.mark.skipif(not has_recogniser(), reason="the extra 'ocr' is not installed")
CORNERS = ((80, 60), (720, 30), (760, 950), (40, 900))


def _photo(desk: int) -> Any:
    """Return a white sheet with a black spot in its upper left corner, on a desk."""
    import cv2
    import numpy as np

    picture = np.full((1000, 800), desk, np.uint8)
    cv2.fillConvexPoly(picture, np.array(CORNERS), 235)
    cv2.circle(picture, (130, 110), 20, 0, -1)
    return picture


def test_a_photo_is_made_flat() -> None:
    flat = scan_picture.flattened(_photo(70))
    wanted = math.dist(CORNERS[0], CORNERS[1]), math.dist(CORNERS[1], CORNERS[2])
    assert abs(flat.shape[1] - max(wanted[0], math.dist(CORNERS[2], CORNERS[3]))) < 12
    assert abs(flat.shape[0] - max(wanted[1], math.dist(CORNERS[0], CORNERS[3]))) < 12
    assert flat[30:70, 30:80].min() < 60
    assert flat[:20, 200:].mean() > 200
    assert flat[-20:, :].mean() > 200


def test_a_frame_on_a_white_page_is_no_sheet() -> None:
    import cv2
    import numpy as np

    page = np.full((1000, 800), 250, np.uint8)
    cv2.polylines(page, [np.array(CORNERS)], True, 0, 3)
    assert scan_picture.flattened(page) is page


def _line(text: str, score: float, *, tall: bool = False) -> ReadLine:
    boxes = tuple(
        tuple((a, b) if not tall else (b, a) for a, b in
              ((n * 10.0, 0.0), (n * 10.0 + 9, 0.0), (n * 10.0 + 9, 10.0), (n * 10.0, 10.0)))
        for n in range(len(text))
    )  # fmt: skip
    return ReadLine(tuple(text), boxes, score)


@pytest.mark.parametrize(
    ("first", "right_turn", "calls"),
    [
        (_line("民生实事项目", 0.98), 0, 1),
        (_line("斗刂刂一", 0.6, tall=True), 1, 3),
        (_line("斗刂刂一", 0.6, tall=True), 3, 3),
        (_line("由上到下的竖排", 0.99, tall=True), 0, 3),  # columns of upright letters
        (_line("牟莝倒立", 0.65), 2, 2),
        (_line("字迹模糊", 0.65), 0, 2),
    ],
)
def test_a_page_is_turned_as_it_is_read_best(
    first: ReadLine, right_turn: int, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    page = np.arange(12, dtype=np.uint8).reshape(3, 4)
    seen: list[Any] = []

    def fake(picture: Any, _folder: Path | None) -> list[ReadLine]:
        seen.append(picture)
        if np.array_equal(picture, page):
            return [first]
        right = right_turn and np.array_equal(picture, np.rot90(page, right_turn))
        return [_line("民生实事项目清单", 0.97)] if right else [_line("一", 0.5)]

    monkeypatch.setattr(scan_picture, "recognise", fake)
    picture, read = scan_picture.read_upright(page, None)
    assert len(seen) == calls
    assert np.array_equal(picture, np.rot90(page, right_turn))
    assert read == ([_line("民生实事项目清单", 0.97)] if right_turn else [first])
