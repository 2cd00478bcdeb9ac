"""The picture of a network: legend, lines, marks and labels for the SVG writer."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Final

from mskg.network.attributes import kind_name
from mskg.network.duty import node_kind
from mskg.network.placement import LABEL_GAP, LABEL_SIZE
from mskg.render.page import page_html
from mskg.render.svg import Drawing, Label, Line, Mark, svg_text, text_width

if TYPE_CHECKING:
    from mskg.network.edges import EdgeRow
    from mskg.network.graph import Collaboration
    from mskg.network.nodes import NodeRow
    from mskg.network.view import NetworkTable

__all__ = ["drawing_of", "notebook_html", "svg_bytes"]

_PAD: Final = 28.0
_HEAD: Final = 96.0
_LEGEND_SIZE: Final = 13.0
_NOTE: Final = 20.0
_NOTE_SIZE: Final = 12.0
_NARROWEST: Final = 560.0
_DRAWN: Final = 400
_ARROW: Final = 9.0
_ASIDE: Final = 2.5
_LEGEND_ENTRIES: Final = 6
_WORDS: Final = {
    "zh": {
        "nodes": "圆的大小：任务数",
        "colours": "颜色：群组（{}）",
        "projection": "线的粗细：协作强度",
        "bipartite": "粗线：牵头，细线：配合",
        "directed": "箭头：牵头部门→配合部门",
        "group": "等{}个{}",
        "task": "任务",
        "tasks": "任务{}项（牵头{}，配合{}）",
        "shared": "共同任务{}项",
    },
    "en": {
        "nodes": "size: tasks",
        "colours": "colour: community ({})",
        "projection": "line: weight",
        "bipartite": "thick line: accountable, thin line: related",
        "directed": "arrow: from who leads to who supports",
        "group": " +{}",
        "task": "task",
        "tasks": "{} tasks ({} accountable, {} related)",
        "shared": "{} tasks shared",
    },
}


def svg_bytes(table: NetworkTable) -> bytes:
    """Return the network as an SVG drawing with readable labels."""
    return svg_text(drawing_of(table)).encode()


def notebook_html(network: Collaboration) -> str:
    """Return title, sizes and drawing for a notebook; large networks are not drawn."""
    from mskg.network.view import network_table

    nodes, tasks = len(network.departments), len(network.incidence.tasks)
    said = f"{nodes} 个节点 nodes · {tasks} 项任务 tasks · {len(network.columns)} 对合作 pairs"
    drawing = svg_bytes(network_table(network)).decode() if nodes <= _DRAWN else ""
    return page_html("tables", notes=[network.title, said], drawing=drawing, tables=[], left=0)


def drawing_of(table: NetworkTable) -> Drawing:
    """Return the shapes of the picture, for any writer of pictures."""
    words = _WORDS[table.lang]
    nodes = {node.id: node for node in table.nodes}
    legend, legend_width = _legend(table)
    width = max(table.width + 2 * _PAD, legend_width + 2 * _PAD)
    left = (width - table.width) / 2
    strongest_last = sorted(table.edges, key=lambda edge: edge.strength)
    return Drawing(
        width=width,
        height=table.height + _HEAD + _PAD + _NOTE * len(_note_lines(table)),
        title=table.title,
        description=table.note,
        shapes=[
            *(_line(edge, nodes, left, table) for edge in strongest_last),
            *(_mark(node, left, words["tasks"]) for node in table.nodes),
            *(_label(node, left) for node in table.nodes if node.shown),
            *legend,
        ],
    )


def _line(edge: EdgeRow, nodes: dict[str, NodeRow], left: float, table: NetworkTable) -> Line:
    source, target = nodes[edge.source], nodes[edge.target]
    tasks = edge.values.get("tasks")
    what = _WORDS[table.lang]["shared"].format(tasks) if tasks else ""
    said = (what, *(str(edge.values[key]) for key in ("side", "coordinates") if key in edge.values))
    head = _ARROW if table.directed else 0.0
    x1, y1, x2, y2 = _ends(source, target, apart=table.directed)
    return Line(
        x1=x1 + left,
        y1=y1 + _HEAD,
        x2=x2 + left,
        y2=y2 + _HEAD,
        width=0.5 + 5 * edge.strength**1.5,
        colour=edge.colour,
        opacity=0.55 if edge.kind in {"related", "coordinates"} else 0.1 + 0.5 * edge.strength,
        tip=f"{source.label} {'→' if head else '—'} {target.label}: {' '.join(filter(None, said))}",
        head=head,
    )


def _ends(source: NodeRow, target: NodeRow, *, apart: bool) -> tuple[float, float, float, float]:
    """Return both ends; arcs stop at the rim, a little to the right of their way."""
    dx, dy = target.x - source.x, target.y - source.y
    length = hypot(dx, dy)
    if not apart or not length:
        return source.x, source.y, target.x, target.y
    dx, dy = dx / length, dy / length
    right = (-dy * _ASIDE, dx * _ASIDE)
    rim = target.radius + 1.5
    return (
        *(source.x + right[0], source.y + right[1]),
        *(target.x - dx * rim + right[0], target.y - dy * rim + right[1]),
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
    key = " · ".join((words["nodes"], words["colours"].format(table.algorithm), words[table.graph]))
    shapes.append(Label(_PAD, 60, key, _LEGEND_SIZE, "start", colour="#52606d"))
    x = _PAD
    for colour, text, square in _entries(table):
        shapes.append(Mark(x + 6, 79, 6, colour, square))
        shapes.append(Label(x + 17, 84, text, _LEGEND_SIZE, "start"))
        x += 17 + text_width(text, _LEGEND_SIZE) + 22
    bottom = table.height + _HEAD + _PAD + 6
    for number, line in enumerate(_note_lines(table)):
        place = bottom + number * _NOTE
        shapes.append(Label(_PAD, place, line, _NOTE_SIZE, "start", colour="#52606d"))
    longest = max((text_width(line, _NOTE_SIZE) for line in _note_lines(table)), default=0.0)
    return shapes, max(x, text_width(key, _LEGEND_SIZE), longest)


def _note_lines(table: NetworkTable) -> list[str]:
    """Break the note between its sentences, so that it does not widen the picture."""
    mark = "; " if table.lang == "en" else "；"
    widest = max(table.width, _NARROWEST)
    lines: list[str] = []
    for sentence in filter(None, table.note.split(mark)):
        joined = f"{lines[-1]}{mark}{sentence}" if lines else sentence
        if lines and text_width(joined, _NOTE_SIZE) <= widest:
            lines[-1] = joined
        else:
            lines.append(sentence)
    return lines


def _entries(table: NetworkTable) -> list[tuple[str, str, bool]]:
    """Return one entry a community of two or more, named by its busiest department."""
    words, kind = _WORDS[table.lang], kind_name(node_kind(table.level), table.lang)
    groups: dict[int, list[NodeRow]] = {}
    for node in table.nodes:
        if "community" in node.values:
            groups.setdefault(int(node.values["community"]), []).append(node)
    found: list[tuple[str, str, bool]] = []
    for number in sorted(groups):
        members = groups[number]
        if len(members) > 1 and len(found) < _LEGEND_ENTRIES:
            chief = max(members, key=lambda node: (node.radius, node.id))
            text = chief.label + words["group"].format(len(members), kind)
            found.append((chief.colour, text, False))
    for node in table.nodes:
        if node.kind == "task":
            return [*found, (node.colour, kind_name("task", table.lang), True)]
    return found
