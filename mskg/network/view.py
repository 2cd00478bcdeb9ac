"""A network as plain rows with colours, sizes and places: what every writer writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.lexicon.areas import areas
from mskg.network.attributes import Attribute, attributes_of, kind_name
from mskg.network.duty import organ_level
from mskg.network.edges import EdgeRow, arc_edges, duty_edges, shared_edges, with_program_edges
from mskg.network.incidence import function_name
from mskg.network.layout import layout
from mskg.network.measures import measures
from mskg.network.placement import Box, placed
from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.network.edges import Value
    from mskg.network.graph import Collaboration, TaskNode
    from mskg.network.incidence import Department
    from mskg.network.measures import DepartmentMeasures, Measures
    from mskg.network.significance import Significance

__all__ = ["GRAPHS", "NetworkTable", "NodeRow", "network_table", "short_names"]

GRAPHS: Final = ("projection", "bipartite", "directed")
_PALETTE: Final = (
    *("#3b6fb6", "#e07b39", "#3f9b6b", "#c5496b", "#8a63b8"),
    *("#b08d12", "#2b9cb0", "#8c6d52", "#cf7fb5", "#6b7f2a"),
)
_ALONE: Final = "#9aa5b1"
_TASK_COLOUR: Final = "#475569"
_PROGRAM_COLOUR: Final = "#111827"
_LARGEST: Final = 28.0
_SMALLEST: Final = 6.0
_TASK_RADIUS: Final = 9.0
_LABELLED: Final = 160
_LABELLED_OF_MANY: Final = 60
_TASK_LABEL: Final = 14


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node; ``values`` holds what is known, ``radius`` and place are pixels, y downwards.

    ``shown`` is the label on paper, empty where there is no room for it; ``years`` are those
    in which the node has tasks.
    """

    id: str
    label: str
    shown: str
    kind: str
    colour: str
    radius: float
    values: dict[str, Value]
    years: tuple[int, ...] = ()
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class NetworkTable:
    """Everything a writer needs; attributes are those that some row has, years all of them.

    ``algorithm`` is the name of the one that found the communities.
    """

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
    years: tuple[int, ...]
    level: str
    algorithm: str

    @property
    def directed(self) -> bool:
        """Whether the edges have a direction."""
        return self.graph == "directed"


def network_table(
    collaboration: Collaboration,
    *,
    graph: str = "projection",
    lang: str = "zh",
    backbone: Significance | None = None,
    found: Measures | None = None,
) -> NetworkTable:
    """Return the rows of a graph of `collaboration`.

    Parameters
    ----------
    graph:
        ``projection`` (departments), ``directed`` (from who leads to who supports) or
        ``bipartite`` (departments and tasks).
    lang:
        Language of titles and kinds, ``zh`` or ``en``.
    backbone:
        Only for the projection: how surprising its pairs are; only those that it keeps
        become edges, and all nodes stay.
    found:
        The measures, where they are known already.

    Raises
    ------
    InputError
        If `graph` is unknown, or `backbone` is given for another graph than the projection.
    """
    _check(graph, backbone)
    found = found or measures(collaboration)
    labels = short_names(collaboration.incidence.nodes, lang)
    nodes = _department_nodes(collaboration, found, labels, lang)
    if graph == "bipartite":
        nodes += [_task_node(task, lang) for task in collaboration.tasks.values()]
        edges = duty_edges(collaboration, lang)
    elif graph == "directed":
        edges = arc_edges(collaboration)
    else:
        edges = shared_edges(collaboration, backbone)
    nodes += _coordination_nodes(collaboration, {node.id for node in nodes}, graph, lang)
    edges = with_program_edges(edges, collaboration, graph, lang)
    nodes = _labelled_where_room(nodes)
    nodes, width, height = _with_places(nodes, edges, graph)
    return NetworkTable(
        title=xml_text(collaboration.heading(lang)),
        note=xml_text(_note(collaboration, lang, backbone)),
        lang=lang,
        graph=graph,
        width=width,
        height=height,
        node_attributes=_used(attributes_of("node"), (node.values for node in nodes)),
        edge_attributes=_used(attributes_of("edge"), (edge.values for edge in edges)),
        nodes=tuple(nodes),
        edges=tuple(edges),
        years=tuple(sorted({year for node in nodes for year in node.years})),
        level=collaboration.level,
        algorithm=found.network.methods["communities"].en.partition(",")[0],
    )


def _check(graph: str, backbone: Significance | None) -> None:
    known = ", ".join(GRAPHS)
    if graph not in GRAPHS:
        raise InputError(
            f"unknown graph {graph!r}",
            hint=f"one of: {known}",
            zh=f"没有网络类型 {graph!r}（可用 {known}）",
        )
    if backbone is not None and graph != "projection":
        raise InputError(
            f"a backbone is for the projection, not for the graph {graph!r}",
            zh=f"骨干网只用于部门投影（projection），不用于 {graph!r}",
        )


def _note(collaboration: Collaboration, lang: str, backbone: Significance | None) -> str:
    note = collaboration.note(lang)
    if backbone is None:
        return note
    kept, pairs = int(backbone.keep.sum()), len(backbone.p)
    own = (
        f"backbone: {backbone.model}, alpha {backbone.alpha:g}: {kept} of {pairs} pairs"
        if lang == "en"
        else f"骨干网：{backbone.model}，alpha {backbone.alpha:g}，保留 {kept}/{pairs} 对"
    )
    return ("; " if lang == "en" else "；").join(filter(None, (note, own)))


def _used(
    attributes: Sequence[Attribute], rows: Iterable[dict[str, Value]]
) -> tuple[Attribute, ...]:
    keys = {key for values in rows for key in values}
    return tuple(attribute for attribute in attributes if attribute.key in keys)


def _department_nodes(
    collaboration: Collaboration, found: Measures, labels: dict[str, str], lang: str
) -> list[NodeRow]:
    rows = found.departments
    sizes = Counter(row.community for row in rows)
    most = max(row.tasks_accountable + row.tasks_related for row in rows)
    years = _years_of_nodes(collaboration)
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
                kind=department.kind,
                colour=colour if sizes[row.community] > 1 else _ALONE,
                radius=round(max(_LARGEST * sqrt(tasks / most), _SMALLEST), 2),
                values=_department_values(department, row, lang),
                years=years.get(row.iri, ()),
            )
        )
    return nodes


def _years_of_nodes(collaboration: Collaboration) -> dict[str, tuple[int, ...]]:
    incidence, found = collaboration.incidence, {}
    years: dict[int, set[int]] = {}
    for task, node in zip(incidence.task.tolist(), incidence.node.tolist(), strict=True):
        year = incidence.tasks[task].year
        if year is not None:
            years.setdefault(node, set()).add(year)
    for node, of_node in years.items():
        found[incidence.nodes[node].iri] = tuple(sorted(of_node))
    return found


def _department_values(
    department: Department, row: DepartmentMeasures, lang: str
) -> dict[str, Value]:
    level = organ_level(department.iri)
    values: dict[str, Value | None] = {
        "kind": kind_name(department.kind, lang),
        "name": xml_text(_name(department, lang)),
        "region": xml_text("、".join(department.regions)),
        "level": kind_name(level, lang) if level else "",
        "functions": xml_text("、".join(function_name(f, lang) for f in department.functions)),
        "tasks": row.tasks_accountable + row.tasks_related,
        "tasks_accountable": row.tasks_accountable,
        "tasks_related": row.tasks_related,
        "degree": row.degree,
        "weighted_degree": row.weighted_degree,
        "betweenness": row.betweenness,
        "eigenvector": row.eigenvector,
        "pagerank": row.pagerank,
        "constraint": row.constraint,
        "brokerage": row.brokerage,
        "participation": row.participation,
        "lead_share": row.lead_share,
        "core": row.core,
        "community": row.community,
        "peak_month": row.peak[0] if row.peak else None,
        "peak_load": row.peak[1] if row.peak else None,
    }
    return {
        key: round(value, 6) if isinstance(value, float) else value
        for key, value in values.items()
        if value not in ("", None)
    }


def _name(department: Department, lang: str) -> str:
    """Return the name; functions that are nodes have one in each language."""
    if department.kind != "function" or lang != "en":
        return department.name
    zh, en = (function_name(department.functions[0], code) for code in ("zh", "en"))
    place = department.name.removesuffix(zh)
    return f"{place} {en}".strip()


def short_names(departments: Sequence[Department], lang: str) -> dict[str, str]:
    """Return the names, without that of the region where the network has only one."""
    regions = {region for department in departments for region in department.regions}
    prefix = next(iter(regions)) if len(regions) == 1 else ""
    full = {entry.iri: _name(entry, lang) for entry in departments}
    short = {iri: name.removeprefix(prefix).strip() or name for iri, name in full.items()}
    times = Counter(short.values())
    return {iri: xml_text(full[iri] if times[name] > 1 else name) for iri, name in short.items()}


def _task_node(task: TaskNode, lang: str) -> NodeRow:
    title = xml_text(task.title)
    known = areas()
    fields = [known[a].en if lang == "en" else known[a].zh for a in task.areas if a in known]
    values: dict[str, Value] = {
        "kind": kind_name("task", lang),
        "name": title,
        "departments": len(task.members),
    }
    if fields:
        values["areas"] = "、".join(fields)
    if task.region:
        values["region"] = xml_text(task.region)
    if task.year is not None:
        values["year"] = task.year
    shown = title if len(title) <= _TASK_LABEL else title[: _TASK_LABEL - 1] + "…"
    years = () if task.year is None else (task.year,)
    return NodeRow(task.iri, title, shown, "task", _TASK_COLOUR, _TASK_RADIUS, values, years)


def _coordination_nodes(
    collaboration: Collaboration, known: set[str], graph: str, lang: str
) -> list[NodeRow]:
    """Return programs, and departments that have duties for whole programs only."""
    nodes: dict[str, NodeRow] = {}
    for row in collaboration.coordination:
        years = () if row.year is None else (row.year,)
        if graph == "bipartite" and row.program not in known:
            title = xml_text(row.title) or kind_name("program", lang)
            values: dict[str, Value] = {"kind": kind_name("program", lang), "name": title}
            nodes[row.program] = NodeRow(
                row.program, title, title, "program", _PROGRAM_COLOUR, _TASK_RADIUS, values, years
            )
        if row.department not in known:
            name = xml_text(row.name)
            values = {
                "kind": kind_name("department", lang),
                "name": name,
                "role": kind_name(row.role, lang),
            }
            nodes[row.department] = NodeRow(
                row.department, name, name, "department", _ALONE, _SMALLEST, values, years
            )
    return list(nodes.values())


def _labelled_where_room(nodes: list[NodeRow]) -> list[NodeRow]:
    if len(nodes) <= _LABELLED:
        return nodes
    largest = sorted(nodes, key=lambda node: (-node.radius, node.id))[:_LABELLED_OF_MANY]
    keep = {node.id for node in largest}
    return [node if node.id in keep else replace(node, shown="") for node in nodes]


def _with_places(
    nodes: list[NodeRow], edges: list[EdgeRow], graph: str
) -> tuple[list[NodeRow], float, float]:
    import networkx as nx

    drawn: nx.Graph[str] = nx.Graph()
    drawn.add_nodes_from(node.id for node in nodes)
    for edge in edges:
        before = drawn.get_edge_data(edge.source, edge.target, {}).get("weight", 0.0)
        drawn.add_edge(edge.source, edge.target, weight=before + edge.weight)
    one = graph == "bipartite"
    group_of = {n.id: 1 if one else int(n.values.get("community", 0)) for n in nodes}
    points = layout(drawn, group_of)
    centres, width, height = placed(
        [points[node.id] for node in nodes], [Box(node.radius, node.shown) for node in nodes]
    )
    moved = [replace(node, x=x, y=y) for node, (x, y) in zip(nodes, centres, strict=True)]
    return moved, width, height
