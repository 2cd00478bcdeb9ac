"""Where nodes stand on paper: room for every mark and its label."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, Final

from mskg.render.svg import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.network.layout import Point

__all__ = ["LABEL_GAP", "LABEL_SIZE", "Box", "placed"]

LABEL_SIZE: Final = 13.0
LABEL_GAP: Final = 3.0
_ROOM: Final = 3.4
_MARGIN: Final = 5.0
_ROUNDS: Final = 300
_CHECKED: Final = 400


@dataclass(frozen=True)
class Box:
    """A mark with its label under it, around the centre of the mark; pixels.

    Its measures are kept: pushing boxes apart asks for them millions of times.
    """

    radius: float
    label: str

    @cached_property
    def half_width(self) -> float:
        """Return half of the width."""
        return max(self.radius, text_width(self.label, LABEL_SIZE) / 2) + _MARGIN

    @cached_property
    def above(self) -> float:
        """Return how far it reaches above the centre of the mark."""
        return self.radius + _MARGIN / 2

    @cached_property
    def below(self) -> float:
        """Return how far it reaches below the centre of the mark."""
        label = LABEL_SIZE * 1.25 + LABEL_GAP if self.label else 0.0
        return self.radius + label + _MARGIN / 2


def placed(points: Sequence[Point], boxes: Sequence[Box]) -> tuple[list[Point], float, float]:
    """Return the centres in pixels, and the width and height that they need.

    The layout is scaled to the area of all boxes, then boxes that overlap are pushed apart;
    with more than 400 boxes only the scaling is done.
    """
    area = sum(2 * box.half_width * (box.above + box.below) for box in boxes)
    width = max(sqrt(area * _ROOM * 1.5), 560.0)
    height = max(width / 1.5, 300.0)
    x = _stretched([point[0] for point in points], width)
    y = _stretched([point[1] for point in points], height)
    if len(boxes) <= _CHECKED:
        for _ in range(_ROUNDS):
            if not _push_apart(x, y, boxes):
                break
    left = min(px - box.half_width for px, box in zip(x, boxes, strict=True))
    top = min(py - box.above for py, box in zip(y, boxes, strict=True))
    right = max(px + box.half_width for px, box in zip(x, boxes, strict=True))
    bottom = max(py + box.below for py, box in zip(y, boxes, strict=True))
    centres = [(round(px - left, 2), round(py - top, 2)) for px, py in zip(x, y, strict=True)]
    return centres, right - left, bottom - top


def _stretched(values: Sequence[float], length: float) -> list[float]:
    low, high = min(values), max(values)
    if high == low:
        return [length / 2 for _ in values]
    return [(value - low) / (high - low) * length for value in values]


def _push_apart(x: list[float], y: list[float], boxes: Sequence[Box]) -> bool:
    """Move every overlapping pair apart along its shorter overlap; tell whether any moved."""
    moved = False
    for i, box in enumerate(boxes):
        for j in range(i + 1, len(boxes)):
            other = boxes[j]
            across = box.half_width + other.half_width - abs(x[i] - x[j])
            if across <= 0:
                continue
            if y[i] <= y[j]:
                down = box.below + other.above - (y[j] - y[i])
            else:
                down = other.below + box.above - (y[i] - y[j])
            if down <= 0:
                continue
            moved = True
            if across < down:
                step = (across / 2 + 0.1) * (1 if x[i] < x[j] else -1)
                x[i], x[j] = x[i] - step, x[j] + step
            else:
                step = (down / 2 + 0.1) * (1 if y[i] <= y[j] else -1)
                y[i], y[j] = y[i] - step, y[j] + step
    return moved
