"""A network as plain rows with colours, sizes and places: what every writer writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING, Final, TypeAlias

from mskg.errors import InputError
from mskg.export.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute, kind_name
from mskg.export.placement import Box, placed
from mskg.lexicon.tables import read_table
from mskg.network.layout import layout
from mskg.network.measures import measures
from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.network.graph import Collaboration, Department, TaskNode
    from mskg.network.measures import DepartmentMeasures

__all__ = ["GRAPHS", "EdgeRow", "NetworkTable", "NodeRow", "Value", "network_table"]

Value: TypeAlias = str | int | float

GRAPHS: Final = ("projection", "bipartite")
_PALETTE: Final = (
    *("#3b6fb6", "#e07b39", "#3f9b6b", "#c5496b", "#8a63b8"),
    *("#b08d12", "#2b9cb0", "#8c6d52", "#cf7fb5", "#6b7f2a"),
)
_ALONE: Final = "#9aa5b1"
_TASK_COLOUR: Final = "#475569"
_EDGE_COLOURS: Final = {"accountable": "#334155", "related": "#a3b1c2", "shared": "#64748b"}
_LARGEST: Final = 28.0
_SMALLEST: Final = 6.0
_TASK_RADIUS: Final = 9.0
_LABELLED: Final = 160
_LABELLED_OF_MANY: Final = 60
_TASK_LABEL: Final = 14


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node; ``values`` holds what is known, ``radius`` and place are pixels, y downwards.

    ``shown`` is the label on paper, empty where there is no room for it.
    """

    id: str
    label: str
    shown: str
    kind: str
    colour: str
    radius: float
    values: dict[str, Value]
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge; ``strength`` is its weight over the heaviest (0–1)."""

    id: str
    source: str
    target: str
    kind: str
    weight: float
    colour: str
    strength: float
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class NetworkTable:
    """Everything a writer needs; attributes are those that some row has."""

    title: str
    note: str
    lang: str
    graph: str
    width: float
    height: float
    node_attributes: tuple[Attribute, ...]
    edge_attributes: tuple[Attribute, ...]
    nodes: tuple[NodeRow, ...]
    edges: tuple[EdgeRow, ...]


def network_table(
    collaboration: Collaboration, *, graph: str = "projection", lang: str = "zh"
) -> NetworkTable:
    """Return the rows of the department projection or of the bipartite graph.

    Parameters
    ----------
    collaboration:
        The network.
    graph:
        ``projection`` (departments) or ``bipartite`` (departments and tasks).
    lang:
        Language of titles and kinds, ``zh`` or ``en``.

    Raises
    ------
    InputError
        If `graph` is unknown.
    """
    if graph not in GRAPHS:
        known = ", ".join(GRAPHS)
        raise InputError(
            f"unknown graph {graph!r}",
            hint=f"one of: {known}",
            zh=f"没有网络类型 {graph!r}（可用 {known}）",
        )
    nodes = _department_nodes(collaboration, lang)
    if graph == "bipartite":
        nodes += [_task_node(task, lang) for task in collaboration.tasks.values()]
        edges = _duty_edges(collaboration, lang)
    else:
        edges = _shared_edges(collaboration)
    nodes = _labelled_where_room(nodes)
    nodes, width, height = _with_places(nodes, collaboration, graph)
    return NetworkTable(
        title=xml_text(collaboration.title),
        note=xml_text(collaboration.note_en if lang == "en" else collaboration.note),
        lang=lang,
        graph=graph,
        width=width,
        height=height,
        node_attributes=_used(NODE_ATTRIBUTES, (node.values for node in nodes)),
        edge_attributes=_used(EDGE_ATTRIBUTES, (edge.values for edge in edges)),
        nodes=tuple(nodes),
        edges=tuple(edges),
    )


def _used(
    attributes: Sequence[Attribute], rows: Iterable[dict[str, Value]]
) -> tuple[Attribute, ...]:
    keys = {key for values in rows for key in values}
    return tuple(attribute for attribute in attributes if attribute.key in keys)


def _department_nodes(collaboration: Collaboration, lang: str) -> list[NodeRow]:
    rows = measures(collaboration).departments
    sizes = Counter(row.community for row in rows)
    most = max(row.tasks_accountable + row.tasks_related for row in rows)
    labels = _short_names(list(collaboration.departments.values()))
    nodes = []
    for row in rows:
        department = collaboration.departments[row.iri]
        tasks = row.tasks_accountable + row.tasks_related
        colour = _PALETTE[(row.community - 1) % len(_PALETTE)]
        nodes.append(
            NodeRow(
                id=row.iri,
                label=labels[row.iri],
                shown=labels[row.iri],
                kind="collective" if department.collective else "department",
                colour=colour if sizes[row.community] > 1 else _ALONE,
                radius=round(max(_LARGEST * sqrt(tasks / most), _SMALLEST), 2),
                values=_department_values(department, row, lang),
            )
        )
    return nodes


def _department_values(
    department: Department, row: DepartmentMeasures, lang: str
) -> dict[str, Value]:
    values: dict[str, Value] = {
        "kind": kind_name("collective" if department.collective else "department", lang),
        "name": xml_text(department.name),
        "region": xml_text("、".join(department.regions)),
        "functions": xml_text("、".join(_function(name, lang) for name in department.functions)),
        "tasks": row.tasks_accountable + row.tasks_related,
        "tasks_accountable": row.tasks_accountable,
        "tasks_related": row.tasks_related,
        "degree": row.degree,
        "weighted_degree": round(row.weighted_degree, 6),
        "betweenness": round(row.betweenness, 6),
        "lead_share": round(row.lead_share, 6),
        "core": row.core,
        "community": row.community,
    }
    return {key: value for key, value in values.items() if value != ""}


@cache
def _function_names() -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["zh"], row["en"]) for row in read_table("functions")}


def _function(notation: str, lang: str) -> str:
    names = _function_names().get(notation, (notation, notation))
    return names[1 if lang == "en" else 0]


def _short_names(departments: Sequence[Department]) -> dict[str, str]:
    """Leave the name of the region out where the whole network has only that one."""
    regions = {region for department in departments for region in department.regions}
    prefix = next(iter(regions)) if len(regions) == 1 else ""
    short = {entry.iri: entry.name.removeprefix(prefix) or entry.name for entry in departments}
    times = Counter(short.values())
    return {
        entry.iri: xml_text(entry.name if times[short[entry.iri]] > 1 else short[entry.iri])
        for entry in departments
    }


def _task_node(task: TaskNode, lang: str) -> NodeRow:
    title = xml_text(task.title)
    values: dict[str, Value] = {
        "kind": kind_name("task", lang),
        "name": title,
        "departments": len(task.members),
    }
    if task.region:
        values["region"] = xml_text(task.region)
    if task.year is not None:
        values["year"] = task.year
    shown = title if len(title) <= _TASK_LABEL else title[: _TASK_LABEL - 1] + "…"
    return NodeRow(task.iri, title, shown, "task", _TASK_COLOUR, _TASK_RADIUS, values)


def _shared_edges(collaboration: Collaboration) -> list[EdgeRow]:
    weights = [pair.weight(collaboration.weight) for pair in collaboration.pairs]
    heaviest = max(weights, default=1.0)
    return [
        EdgeRow(
            id=str(number),
            source=pair.first,
            target=pair.second,
            kind="shared",
            weight=round(weight, 6),
            colour=_EDGE_COLOURS["shared"],
            strength=weight / heaviest,
            values={
                "tasks": pair.tasks,
                "newman": round(pair.newman, 6),
                "jaccard": round(pair.jaccard, 6),
            },
        )
        for number, (pair, weight) in enumerate(zip(collaboration.pairs, weights, strict=True))
    ]


def _duty_edges(collaboration: Collaboration, lang: str) -> list[EdgeRow]:
    pairs = [
        (department, task.iri, side)
        for task in collaboration.tasks.values()
        for department, side in sorted(task.members.items())
    ]
    return [
        EdgeRow(
            id=str(number),
            source=department,
            target=task,
            kind=side,
            weight=1.0,
            colour=_EDGE_COLOURS[side],
            strength=0.6 if side == "accountable" else 0.25,
            values={"side": kind_name(side, lang)},
        )
        for number, (department, task, side) in enumerate(pairs)
    ]


def _labelled_where_room(nodes: list[NodeRow]) -> list[NodeRow]:
    if len(nodes) <= _LABELLED:
        return nodes
    largest = sorted(nodes, key=lambda node: (-node.radius, node.id))[:_LABELLED_OF_MANY]
    keep = {node.id for node in largest}
    return [node if node.id in keep else replace(node, shown="") for node in nodes]


def _with_places(
    nodes: list[NodeRow], collaboration: Collaboration, graph: str
) -> tuple[list[NodeRow], float, float]:
    if graph == "bipartite":
        group_of = dict.fromkeys((node.id for node in nodes), 1)
        points = layout(collaboration.bipartite, group_of)
    else:
        group_of = {node.id: int(node.values["community"]) for node in nodes}
        points = layout(collaboration.projection, group_of)
    centres, width, height = placed(
        [points[node.id] for node in nodes], [Box(node.radius, node.shown) for node in nodes]
    )
    moved = [replace(node, x=x, y=y) for node, (x, y) in zip(nodes, centres, strict=True)]
    return moved, width, height
