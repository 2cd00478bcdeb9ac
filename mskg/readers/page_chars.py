"""Letters with their boxes put together: lines of a page, and the cells of a grid."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from mskg.readers.page_lines import Line, first_cluster
from mskg.readers.page_tables import PageCell, PageTable

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Box", "Letter", "is_inside", "letter_rows", "lines_of", "table_of"]

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom; tops grow downwards."""
Letter: TypeAlias = dict[str, Any]
"""``text x0 x1 top bottom size`` as pdfplumber has them; ``line`` where a recogniser read it."""
_GAP = 0.45  # of the letter size: a wider gap between two letters is a space
_SLACK, _SLACK_READ = 0.3, 0.8  # in letter sizes: doubt about edges, printed and recognised


def is_inside(char: Letter, box: Box) -> bool:
    """Tell whether the middle of a letter lies in `box`."""
    x = (char["x0"] + char["x1"]) / 2
    y = (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def letter_rows(chars: Sequence[Letter]) -> list[list[Letter]]:
    """Return `chars` in rows of one height, from top to bottom."""
    rows: list[list[Letter]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"], c["x0"])):
        centre = (char["top"] + char["bottom"]) / 2
        half = max(char["size"], 1) / 2
        if rows and abs(centre - middle) < half:
            rows[-1].append(char)
        elif char["text"].strip():
            rows.append([char])
            middle = centre
    return rows


def lines_of(chars: Sequence[Letter], page: int) -> list[Line]:
    """Return the lines that `chars` make: letters of one height, from left to right."""
    return [line for row in letter_rows(chars) if (line := _line(row, page)) is not None]


def _line(row: list[Letter], page: int) -> Line | None:
    row = sorted(row, key=lambda c: c["x0"])
    while row and not row[-1]["text"].strip():
        row.pop()
    while row and not row[0]["text"].strip():
        row.pop(0)
    if not row:
        return None
    text = row[0]["text"]
    for before, char in pairwise(row):
        gap = char["x0"] - before["x1"]
        blank = text[-1:].isspace() or char["text"].isspace()
        # A recogniser knows the spaces of its own lines better than its boxes tell.
        apart = "line" not in char or char["line"] != before["line"]
        text += (" " if apart and gap > _GAP * char["size"] and not blank else "") + char["text"]
    size = sorted(c["size"] for c in row)[len(row) // 2]
    head = row[: max(len(first_cluster("".join(c["text"] for c in row))), 1)]
    return Line(
        text, row[0]["x0"], max(c["x1"] for c in row), min(c["top"] for c in row),
        max(c["bottom"] for c in row), size, head[-1]["x1"] - head[0]["x0"], page,
        _SLACK_READ if "line" in row[0] else _SLACK,
    )  # fmt: skip


def table_of(closed: Sequence[Box], outer: Box, chars: Sequence[Letter], page: int) -> PageTable:
    """Return the table whose closed cells are given, with the lines of `chars` in its cells."""
    boxes = sorted(set(closed))
    lefts, tops = _edges([b[0] for b in boxes]), _edges([b[1] for b in boxes])
    boxes += _uncovered(boxes, lefts, tops, outer)
    result = PageTable(lefts, len(tops), outer[1], outer[3], page)
    inside = [c for c in chars if is_inside(c, outer)]
    by_box: dict[int, list[Letter]] = {}
    for char in inside:
        index = next((n for n, box in enumerate(boxes) if is_inside(char, box)), -1)
        by_box.setdefault(index, []).append(char)
    for index, (x0, top, x1, bottom) in enumerate(boxes):
        row, column = _index(tops, top), _index(lefts, x0)
        row_span = sum(top - 1 <= edge < bottom - 1 for edge in tops)
        column_span = sum(x0 - 1 <= edge < x1 - 1 for edge in lefts)
        lines = lines_of(by_box.get(index, []), page)
        result.cells.append(PageCell(row, column, row_span, column_span, lines, page))
    return result


def _uncovered(
    boxes: Sequence[Box], lefts: list[float], tops: list[float], outer: Box
) -> list[Box]:
    """Return boxes for the places of the grid that no closed cell covers, a column at a time."""
    added: list[Box] = []
    for left, right in zip(lefts, [*lefts[1:], outer[2]], strict=True):
        run: list[float] = []
        for top, bottom in zip(tops, [*tops[1:], outer[3]], strict=True):
            x, y = (left + right) / 2, (top + bottom) / 2
            if any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes):
                run = []
                continue
            if run:
                added.pop()
            run = [*run, top]
            added.append((left, run[0], right, bottom))
    return added


def _edges(values: list[float]) -> list[float]:
    """Return the distinct edges; rules of one line may lie a point apart."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - value))
