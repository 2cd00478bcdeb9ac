"""A network as plain rows with colours, sizes and places: what every writer writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.network.attributes import Attribute, attributes_of
from mskg.network.edges import EdgeRow, arc_edges, duty_edges, shared_edges, with_program_edges
from mskg.network.layout import layout
from mskg.network.measures import measures
from mskg.network.nodes import coordination_nodes, department_nodes, task_nodes
from mskg.network.placement import Box, placed
from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.network.edges import Value
    from mskg.network.graph import Collaboration
    from mskg.network.measures import Measures
    from mskg.network.nodes import NodeRow
    from mskg.network.significance import Significance

__all__ = ["GRAPHS", "NetworkTable", "network_table"]

GRAPHS: Final = ("projection", "bipartite", "directed")
_LABELLED: Final = 160
_LABELLED_OF_MANY: Final = 60


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
    nodes = department_nodes(collaboration, found, lang)
    if graph == "bipartite":
        nodes += task_nodes(collaboration, lang)
        edges = duty_edges(collaboration, lang)
    elif graph == "directed":
        edges = arc_edges(collaboration)
    else:
        edges = shared_edges(collaboration, backbone)
    nodes += coordination_nodes(collaboration, {node.id for node in nodes}, graph, lang)
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
        algorithm=found.algorithm.title(),
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
