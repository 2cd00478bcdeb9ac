"""The picture of a network: legend, lines, marks and labels for the SVG writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.export.attributes import kind_name
from mskg.export.placement import LABEL_GAP, LABEL_SIZE
from mskg.render.svg import Drawing, Label, Line, Mark, svg_text, text_width

if TYPE_CHECKING:
    from mskg.export.table import EdgeRow, NetworkTable, NodeRow

__all__ = ["svg_bytes"]

_PAD: Final = 28.0
_HEAD: Final = 96.0
_LEGEND_SIZE: Final = 13.0
_NOTE: Final = 20.0
_LEGEND_ENTRIES: Final = 6
_WORDS: Final = {
    "zh": {
        "nodes": "圆的大小：任务数",
        "colours": "颜色：协作社团（Louvain）",
        "projection": "线的粗细：协作强度",
        "bipartite": "粗线：牵头，细线：配合",
        "group": "等{}个部门",
        "task": "任务",
        "tasks": "任务{}项（牵头{}，配合{}）",
        "shared": "共同任务{}项",
    },
    "en": {
        "nodes": "size: tasks",
        "colours": "colour: community (Louvain)",
        "projection": "line: weight",
        "bipartite": "thick line: accountable, thin line: related",
        "group": " +{}",
        "task": "task",
        "tasks": "{} tasks ({} accountable, {} related)",
        "shared": "{} tasks shared",
    },
}


def svg_bytes(table: NetworkTable) -> bytes:
    """Return the network as an SVG drawing with readable labels."""
    words = _WORDS[table.lang]
    nodes = {node.id: node for node in table.nodes}
    legend, legend_width = _legend(table)
    width = max(table.width + 2 * _PAD, legend_width + 2 * _PAD)
    left = (width - table.width) / 2
    strongest_last = sorted(table.edges, key=lambda edge: edge.strength)
    drawing = Drawing(
        width=width,
        height=table.height + _HEAD + _PAD + (_NOTE if table.note else 0),
        title=table.title,
        description=table.note,
        shapes=[
            *(_line(edge, nodes, left, words["shared"]) for edge in strongest_last),
            *(_mark(node, left, words["tasks"]) for node in table.nodes),
            *(_label(node, left) for node in table.nodes if node.shown),
            *legend,
        ],
    )
    return svg_text(drawing).encode()


def _line(edge: EdgeRow, nodes: dict[str, NodeRow], left: float, shared: str) -> Line:
    source, target = nodes[edge.source], nodes[edge.target]
    tasks = edge.values.get("tasks")
    what = shared.format(tasks) if tasks else str(edge.values.get("side", ""))
    return Line(
        x1=source.x + left,
        y1=source.y + _HEAD,
        x2=target.x + left,
        y2=target.y + _HEAD,
        width=0.5 + 5 * edge.strength**1.5,
        colour=edge.colour,
        opacity=0.55 if edge.kind == "related" else 0.1 + 0.5 * edge.strength,
        tip=f"{source.label} — {target.label}: {what}",
    )


def _mark(node: NodeRow, left: float, tasks: str) -> Mark:
    tip = str(node.values["name"])
    if "tasks" in node.values:
        counts = (node.values[key] for key in ("tasks", "tasks_accountable", "tasks_related"))
        tip = f"{tip}: {tasks.format(*counts)}"
    return Mark(node.x + left, node.y + _HEAD, node.radius, node.colour, node.kind == "task", tip)


def _label(node: NodeRow, left: float) -> Label:
    below = node.y + _HEAD + node.radius + LABEL_GAP + LABEL_SIZE
    return Label(node.x + left, below, node.shown, LABEL_SIZE, bold=node.radius > 18)


def _legend(table: NetworkTable) -> tuple[list[Mark | Label], float]:
    """Return title, key and note, and the width they need."""
    words = _WORDS[table.lang]
    shapes: list[Mark | Label] = [Label(_PAD, 36, table.title, 20, "start", bold=True)]
    key = " · ".join((words["nodes"], words["colours"], words[table.graph]))
    shapes.append(Label(_PAD, 60, key, _LEGEND_SIZE, "start", colour="#52606d"))
    x = _PAD
    for colour, text, square in _entries(table):
        shapes.append(Mark(x + 6, 79, 6, colour, square))
        shapes.append(Label(x + 17, 84, text, _LEGEND_SIZE, "start"))
        x += 17 + text_width(text, _LEGEND_SIZE) + 22
    if table.note:
        bottom = table.height + _HEAD + _PAD + 6
        shapes.append(Label(_PAD, bottom, table.note, 12, "start", colour="#52606d"))
    return shapes, max(x, text_width(key, _LEGEND_SIZE), text_width(table.note, 12))


def _entries(table: NetworkTable) -> list[tuple[str, str, bool]]:
    """Return one entry a community of two or more, named by its busiest department."""
    words = _WORDS[table.lang]
    groups: dict[int, list[NodeRow]] = {}
    for node in table.nodes:
        if "community" in node.values:
            groups.setdefault(int(node.values["community"]), []).append(node)
    found: list[tuple[str, str, bool]] = []
    for number in sorted(groups):
        members = groups[number]
        if len(members) > 1 and len(found) < _LEGEND_ENTRIES:
            chief = max(members, key=lambda node: (node.radius, node.id))
            text = chief.label + words["group"].format(len(members))
            found.append((chief.colour, text, False))
    for node in table.nodes:
        if node.kind == "task":
            return [*found, (node.colour, kind_name("task", table.lang), True)]
    return found
