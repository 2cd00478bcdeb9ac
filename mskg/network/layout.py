"""Node positions without numpy: stress majorisation, without chance in it.

networkx's own layouts need numpy, which mskg doesn't require.
"""

from __future__ import annotations

from math import cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from typing import TypeVar

    import networkx as nx

    Node = TypeVar("Node", bound=Hashable)

__all__ = ["Point", "layout"]

Point: TypeAlias = tuple[float, float]

_EXACT_LIMIT: Final = 200
_ROUNDS: Final = 60
_GOLDEN_ANGLE: Final = pi * (3 - sqrt(5))
_APART: Final = 1.35
_ROUNDING: Final = 6


def layout(graph: nx.Graph[Node], group_of: Mapping[Node, int]) -> dict[Node, Point]:
    """Return a position for every node; neighbours by heavy edges lie close together.

    Parameters
    ----------
    graph:
        Edge attribute ``weight`` (1 where absent) draws nodes together.
    group_of:
        Community of every node; communities are pulled a little apart.

    Notes
    -----
    Components of up to 200 nodes are laid out by stress majorisation (Gansner, Koren and
    North 2004) of shortest-path distances; larger ones as one disc per community.
    """
    import networkx as nx

    order = {node: place for place, node in enumerate(graph)}
    components = [sorted(part, key=order.__getitem__) for part in nx.connected_components(graph)]
    components.sort(key=lambda part: (-len(part), order[part[0]]))
    drawn: list[tuple[list[Node], list[Point]]] = []
    for part in components:
        if len(part) > _EXACT_LIMIT:
            drawn.append(_discs(part, group_of))
        else:
            distances = _distances(graph, part, group_of)
            drawn.append((part, _stress(distances, [group_of[node] for node in part])))
    return _packed(drawn)


def _distances(
    graph: nx.Graph[Node], part: Sequence[Node], group_of: Mapping[Node, int]
) -> list[list[float]]:
    import networkx as nx

    weights = [data.get("weight", 1.0) for _, _, data in graph.edges(part, data=True)]
    heaviest = max(weights, default=1.0)

    def length(_: Node, __: Node, data: Mapping[str, float]) -> float:
        return float((heaviest / data.get("weight", 1.0)) ** 0.4)

    table = []
    for node in part:
        found = nx.single_source_dijkstra_path_length(graph, node, weight=length)
        table.append(
            [found[other] * (1 if group_of[node] == group_of[other] else _APART) for other in part]
        )
    return table


def _stress(distances: list[list[float]], groups: Sequence[int]) -> list[Point]:
    """Move every node to where its neighbours want it, until little changes."""
    count = len(distances)
    ranked = sorted(range(count), key=lambda i: (groups[i], i))
    start = {node: place for place, node in enumerate(ranked)}
    radius = max((max(row) for row in distances), default=0.0) / 2
    x = [radius * cos(2 * pi * start[i] / count) for i in range(count)]
    y = [radius * sin(2 * pi * start[i] / count) for i in range(count)]
    for _ in range(_ROUNDS if count > 1 else 0):
        for i in range(count):
            _settle(i, distances[i], x, y)
    return list(zip(x, y, strict=True))


def _settle(i: int, row: Sequence[float], x: list[float], y: list[float]) -> None:
    total = sum_x = sum_y = 0.0
    for j, wanted in enumerate(row):
        if j == i:
            continue
        weight = 1 / (wanted * wanted)
        dx, dy = x[i] - x[j], y[i] - y[j]
        stretch = wanted / (hypot(dx, dy) or 1e-9)
        total += weight
        sum_x += weight * (x[j] + dx * stretch)
        sum_y += weight * (y[j] + dy * stretch)
    x[i], y[i] = sum_x / total, sum_y / total


def _discs(part: Sequence[Node], group_of: Mapping[Node, int]) -> tuple[list[Node], list[Point]]:
    """Lay each community out as a sunflower disc, the discs side by side."""
    groups: dict[int, list[Node]] = {}
    for node in part:
        groups.setdefault(group_of[node], []).append(node)
    ordered = sorted(groups.values(), key=lambda group: -len(group))
    placed = _packed([(group, _sunflower(len(group))) for group in ordered])
    return list(placed), list(placed.values())


def _sunflower(count: int) -> list[Point]:
    return [
        (sqrt(k + 0.5) * cos(k * _GOLDEN_ANGLE), sqrt(k + 0.5) * sin(k * _GOLDEN_ANGLE))
        for k in range(count)
    ]


def _packed(parts: Sequence[tuple[Sequence[Node], Sequence[Point]]]) -> dict[Node, Point]:
    """Put the parts side by side in rows of about the same width."""
    boxes = []
    for nodes, points in parts:
        left, top = min(x for x, _ in points), min(y for _, y in points)
        width = max(x for x, _ in points) - left + 1
        height = max(y for _, y in points) - top + 1
        boxes.append((nodes, points, left, top, width, height))
    limit = max(
        sqrt(sum(box[4] * box[5] for box in boxes)) * 1.3, max((box[4] for box in boxes), default=0)
    )
    found: dict[Node, Point] = {}
    x = y = row_height = 0.0
    for nodes, points, left, top, width, height in boxes:
        if x and x + width > limit:
            x, y, row_height = 0.0, y + row_height, 0.0
        for node, (px, py) in zip(nodes, points, strict=True):
            found[node] = (round(x + px - left, _ROUNDING), round(y + py - top, _ROUNDING))
        x += width
        row_height = max(row_height, height)
    return found
