"""Rules of a page and the cells that they close: lines, thin boxes, rows of dots or dashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.readers.page_chars import Box
    from mskg.readers.page_turn import PrintedPage

__all__ = ["Edge", "closed_cells", "edge", "outer_box", "page_rules", "with_shaded_rows"]

Edge: TypeAlias = dict[str, Any]
"""A straight rule as pdfplumber has them: ``x0 x1 top bottom orientation``, h or v."""
_THIN = 2.5  # points up to which a filled box is a rule; a thicker one is shading
_PIECE = 12.0  # points up to which a stroke can be a piece of a dashed rule
_APART = 6.0  # points between the pieces of one dashed rule, at most
_FEWEST = 4  # pieces of a dashed rule
_SHORTEST = 8.0  # shorter upright rules are parts of letters or ornaments
_NEAR = 3.0  # points by which the rules of a page may miss each other


def edge(orientation: str, x: float, y: float, width: float, height: float) -> Edge:
    """Return the rule along the middle of a long thin box."""
    if orientation == "h":
        y, height = y + height / 2, 0.0
    else:
        x, width = x + width / 2, 0.0
    return {
        "x0": x, "x1": x + width, "top": y, "bottom": y + height, "width": width,
        "height": height, "orientation": orientation, "object_type": "line",
    }  # fmt: skip


def page_rules(page: PrintedPage) -> tuple[list[Edge], list[Box]]:
    """Return the rules of a page, and its shaded boxes.

    Dots and dashes become the rules that they stand for. The side of a shaded box is no
    rule: every second row may be shaded.
    """
    rules: list[Edge] = []
    shades: list[Box] = []
    pieces: list[Edge] = []
    for box in [*page.lines, *page.rects, *page.curves]:
        x, y = float(box["x0"]), float(box["top"])
        width, height = float(box["x1"]) - x, float(box["bottom"]) - y
        outlined = box["object_type"] == "rect" and box.get("stroke")
        if min(width, height) <= _THIN:
            short = max(width, height) <= _PIECE
            kinds = "hv" if max(width, height) <= _THIN else "h" if width > height else "v"
            (pieces if short else rules).extend(edge(k, x, y, width, height) for k in kinds)
        elif outlined:
            rules += _sides((x, y, x + width, y + height))
        elif box["object_type"] == "rect" and box.get("fill"):
            shades.append((x, y, x + width, y + height))
        elif box["object_type"] == "curve":
            rules += _straight_sides(box)
    return rules + _dashed(pieces), shades


def _sides(box: Box) -> list[Edge]:
    left, top, right, bottom = box
    across = [edge("h", left, y, right - left, 0) for y in (top, bottom)]
    return across + [edge("v", x, top, 0, bottom - top) for x in (left, right)]


def with_shaded_rows(rules: Sequence[Edge], shades: Sequence[Box]) -> list[list[Box]]:
    """Return the cells that `rules` close, with shaded rows at the edge of their tables.

    A header is often drawn as shaded boxes only; inside a table, shading is no rule.
    """
    closed = closed_cells(rules)
    tables = [outer_box(cells) for cells in closed if len({round(c[1]) for c in cells}) > 1]
    beside = [
        shade
        for shade in shades
        for left, top, right, bottom in tables
        if left - _NEAR < shade[0] and shade[2] < right + _NEAR
        and (abs(shade[3] - top) < _NEAR or abs(shade[1] - bottom) < _NEAR)
    ]  # fmt: skip
    return closed_cells([*rules, *(s for box in beside for s in _sides(box))]) if beside else closed


def _straight_sides(curve: Edge) -> list[Edge]:
    from pdfplumber.utils.geometry import obj_to_edges

    return [side for side in obj_to_edges(curve) if side["orientation"]]


def _dashed(pieces: Iterable[Edge]) -> list[Edge]:
    """Return the rules that `pieces` in one line make; single ones stay as they are."""
    rules: list[Edge] = []
    runs: dict[tuple[str, int], list[Edge]] = {}
    for part in pieces:
        across = part["orientation"] == "h"
        place = part["top"] if across else part["x0"]
        runs.setdefault((part["orientation"], round(2 * place)), []).append(part)
    for (orientation, _), found in runs.items():
        low, high = ("x0", "x1") if orientation == "h" else ("top", "bottom")
        run: list[Edge] = []
        ordered: list[Edge | None] = [*sorted(found, key=lambda e: float(e[low])), None]
        for piece in ordered:
            if piece is not None and (not run or piece[low] - run[-1][high] <= _APART):
                run.append(piece)
                continue
            if len(run) >= _FEWEST:
                rules.append({**run[0], high: max(e[high] for e in run)})
            else:  # dots of both orientations count only as parts of a rule
                rules += [e for e in run if e[high] - e[low] > _THIN]
            run = [] if piece is None else [piece]
    return rules


def closed_cells(
    rules: Sequence[Edge], near: float = _NEAR, join: float = _NEAR
) -> list[list[Box]]:
    """Return the cells of every table that `rules` close.

    Parameters
    ----------
    near:
        By how much crossing rules may miss each other.
    join:
        How far apart two pieces of one rule may lie.
    """
    from pdfplumber.table import (
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    merged = merge_edges(list(rules), min(near, 6), min(near, 6), join, join)
    merged = [e for e in merged if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= near]
    merged += [edge("h", x0, y, x1 - x0, 0) for y, x0, x1 in _open_ends(merged)]
    crossings = edges_to_intersections(merged, near, near)
    return [list(table) for table in cells_to_tables(intersections_to_cells(crossings))]


def _open_ends(rules: Sequence[Edge]) -> list[tuple[float, float, float]]:
    """Return height, left and right where upright rules end without a rule across.

    A table that goes on over the page break is often left open there: by browsers at both
    pages, by scanners where the frame of the page was cut.
    """
    ends: dict[int, list[tuple[float, float]]] = {}
    for rule in rules:
        if rule["orientation"] == "v" and rule["bottom"] - rule["top"] > _SHORTEST:
            for y in (rule["top"], rule["bottom"]):
                near = next((k for k in ends if abs(k - y) < _SHORTEST / 2), None)
                ends.setdefault(round(y) if near is None else near, []).append((y, rule["x0"]))
    across = [(e["top"], e["x0"], e["x1"]) for e in rules if e["orientation"] == "h"]
    found = []
    for group in ends.values():
        y, left, right = group[0][0], min(x for _, x in group), max(x for _, x in group)
        closed = sum(
            max(0.0, min(x1, right) - max(x0, left)) for at, x0, x1 in across if abs(at - y) < 4
        )
        if len({round(x) for _, x in group}) >= 3 and closed < 0.9 * (right - left):
            found.append((y, left, right))
    return found


def outer_box(boxes: Sequence[Box]) -> Box:
    """Return the box around `boxes`."""
    return (
        min(b[0] for b in boxes), min(b[1] for b in boxes),
        max(b[2] for b in boxes), max(b[3] for b in boxes),
    )  # fmt: skip
