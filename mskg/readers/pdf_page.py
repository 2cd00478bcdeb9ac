"""One page of a PDF: its lines and its ruled tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from mskg.readers.page_lines import Line, first_cluster
from mskg.readers.page_tables import PageCell, PageTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page
    from pdfplumber.table import Table

__all__ = ["is_scan", "page_content"]

_Box: TypeAlias = tuple[float, float, float, float]
_GAP = 0.45  # of the letter size: a wider gap between two letters is a space
_SHORTEST = 8.0  # points; shorter upright rules are parts of letters or ornaments
_FEW = 5  # letters on a page that is a picture all the same (a stamp, a page number)
_UNREADABLE = 0.3  # share of letters without a code: a font that does not say what it shows


def is_scan(page: Page) -> bool:
    """Tell whether a page is a picture, or its letters can't be told from its font."""
    letters = [c["text"] for c in page.chars if c["text"].strip()]
    unknown = sum(t.startswith("(cid:") or "\ue000" <= t[0] <= "\uf8ff" for t in letters)
    if letters and unknown > _UNREADABLE * len(letters):
        return True
    return len(letters) <= _FEW and bool(page.images)


def page_content(page: Page, number: int) -> tuple[list[Line], list[PageTable]]:
    """Return the lines outside tables and the tables of a page, from top to bottom."""
    chars = [c for c in page.chars if c.get("upright", True) and not c["text"].startswith("(cid:")]
    chars = _once(chars)
    rules = {"explicit_horizontal_lines": _open_ends(page)}
    found = [t for t in page.find_tables(rules) if len(t.rows) > 1 or len(t.rows[0].cells) > 1]
    found = [t for t in found if any(_is_inside(c, t.bbox) for c in chars)]
    tables = [_table(table, chars, number) for table in found]
    outside = [c for c in chars if not any(_is_inside(c, table.bbox) for table in found)]
    return _lines(outside, number), sorted(tables, key=lambda t: t.top)


def _open_ends(page: Page) -> list[float]:
    """Return heights at which the upright rules of a table end without a rule across.

    Browsers don't close a table at the end of a page and the top of the next one.
    """
    ends: dict[int, list[tuple[float, float]]] = {}
    for edge in page.edges:
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > _SHORTEST:
            for y in (edge["top"], edge["bottom"]):
                ends.setdefault(round(y / 3), []).append((y, edge["x0"]))
    across = [(e["top"], e["x0"], e["x1"]) for e in page.edges if e["orientation"] == "h"]
    found = []
    for group in ends.values():
        y, left, right = group[0][0], min(x for _, x in group), max(x for _, x in group)
        closed = sum(
            max(0.0, min(x1, right) - max(x0, left)) for at, x0, x1 in across if abs(at - y) < 4
        )
        if len({round(x) for _, x in group}) >= 3 and closed < 0.9 * (right - left):
            found.append(y)
    return found


def _once(chars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return `chars` without copies at the same place, which stand for bold print."""
    kept: dict[tuple[str, int, int], dict[str, Any]] = {}
    for char in chars:
        kept.setdefault((char["text"], round(char["x0"]), round(char["top"])), char)
    return list(kept.values())


def _is_inside(char: dict[str, Any], box: _Box) -> bool:
    x = (char["x0"] + char["x1"]) / 2
    y = (char["top"] + char["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _lines(chars: Sequence[dict[str, Any]], page: int) -> list[Line]:
    """Return the lines that `chars` make: letters of one height, from left to right."""
    rows: list[list[dict[str, Any]]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"], c["x0"])):
        centre = (char["top"] + char["bottom"]) / 2
        half = max(char["size"], 1) / 2
        if rows and abs(centre - middle) < half:
            rows[-1].append(char)
        elif char["text"].strip():
            rows.append([char])
            middle = centre
    return [line for row in rows if (line := _line(row, page)) is not None]


def _line(row: list[dict[str, Any]], page: int) -> Line | None:
    row = sorted(row, key=lambda c: c["x0"])
    while row and not row[-1]["text"].strip():
        row.pop()
    while row and not row[0]["text"].strip():
        row.pop(0)
    if not row:
        return None
    text = row[0]["text"]
    for before, char in zip(row, row[1:], strict=False):
        gap = char["x0"] - before["x1"]
        blank = text[-1:].isspace() or char["text"].isspace()
        text += (" " if gap > _GAP * char["size"] and not blank else "") + char["text"]
    size = sorted(c["size"] for c in row)[len(row) // 2]
    head = row[: max(len(first_cluster("".join(c["text"] for c in row))), 1)]
    return Line(
        text, row[0]["x0"], max(c["x1"] for c in row), min(c["top"] for c in row),
        max(c["bottom"] for c in row), size, head[-1]["x1"] - head[0]["x0"], page,
    )  # fmt: skip


def _table(table: Table, chars: Sequence[dict[str, Any]], page: int) -> PageTable:
    boxes = sorted({cell for row in table.rows for cell in row.cells if cell})
    lefts, tops = _edges([b[0] for b in boxes]), _edges([b[1] for b in boxes])
    boxes += _uncovered(boxes, lefts, tops, table.bbox)
    result = PageTable(lefts, len(tops), table.bbox[1], table.bbox[3], page)
    inside = [c for c in chars if _is_inside(c, table.bbox)]
    by_box: dict[int, list[dict[str, Any]]] = {}
    for char in inside:
        index = next((n for n, box in enumerate(boxes) if _is_inside(char, box)), -1)
        by_box.setdefault(index, []).append(char)
    for index, (x0, top, x1, bottom) in enumerate(boxes):
        row, column = _index(tops, top), _index(lefts, x0)
        row_span = sum(top - 1 <= edge < bottom - 1 for edge in tops)
        column_span = sum(x0 - 1 <= edge < x1 - 1 for edge in lefts)
        lines = _lines(by_box.get(index, []), page)
        result.cells.append(PageCell(row, column, row_span, column_span, lines, page))
    return result


def _uncovered(
    boxes: Sequence[_Box], lefts: list[float], tops: list[float], outer: _Box
) -> list[_Box]:
    """Return boxes for the places of the grid that no closed cell covers, a column at a time."""
    added: list[_Box] = []
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
