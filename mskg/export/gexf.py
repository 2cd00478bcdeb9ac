"""GEXF 1.3, as Gephi and Gephi Lite read it best.

networkx writes 1.3 with a wrong namespace and drops attributes with reserved names, so this
is a writer of its own. Attribute ids equal their titles, because Gephi Lite shows ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from mskg.network.attributes import Attribute, kind_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from mskg.network.edges import EdgeRow, Value
    from mskg.network.nodes import NodeRow
    from mskg.network.view import NetworkTable

__all__ = ["gexf_bytes"]

_GEXF: Final = "http://gexf.net/1.3"
_VIZ: Final = "http://gexf.net/1.3/viz"
# An attribute of its own: one called weight would hide the weight of all years from readers
# that know no time, such as Gephi Lite.
_YEARLY: Final = {"zh": "当年权重", "en": "Weight in the year"}
_THINNEST: Final = 0.5
_THICKEST: Final = 6.0


def gexf_bytes(table: NetworkTable) -> bytes:
    """Return the network as GEXF 1.3 with typed attributes, weights, colours and places."""
    from lxml import etree

    namespaces = cast("dict[str, str]", {None: _GEXF, "viz": _VIZ})
    root = etree.Element(f"{{{_GEXF}}}gexf", nsmap=namespaces, version="1.3")
    meta = _child(root, "meta")
    _child(meta, "creator").text = "mskg"
    _child(meta, "description").text = "。".join(filter(None, (table.title, table.note)))
    graph = _child(
        root,
        "graph",
        defaultedgetype="directed" if table.directed else "undirected",
        **_time(table),
    )
    if len(table.years) > 1:
        # Before the others of edges: Gephi Lite knows the last declaration of a class only.
        title = _YEARLY[table.lang]
        group = _child(graph, "attributes", **{"class": "edge", "mode": "dynamic"})
        _child(group, "attribute", id=title, title=title, type="double")
    _declare(graph, "node", table.node_attributes, table.lang)
    _declare(graph, "edge", table.edge_attributes, table.lang)
    nodes = _child(graph, "nodes", count=str(len(table.nodes)))
    for node in table.nodes:
        _add_node(nodes, node, table)
    edges = _child(graph, "edges", count=str(len(table.edges)))
    for edge in table.edges:
        _add_edge(edges, edge, table)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _time(table: NetworkTable) -> dict[str, str]:
    """Return the attributes of time: dynamic where there are several years."""
    years = table.years
    if len(years) < 2:
        return {"mode": "static"}
    return {
        "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval",
        "start": f"{years[0]}-01-01", "end": f"{years[-1]}-12-31",
    }  # fmt: skip


def _spells(parent: _Element, years: Sequence[int], table: NetworkTable) -> None:
    """Add the times in which a node or edge is there; years without a gap are one spell."""
    if not years or len(table.years) < 2:
        return
    group = _child(parent, "spells")
    begin = last = years[0]
    for year in (*years[1:], None):
        if year is not None and year == last + 1:
            last = year
            continue
        _child(group, "spell", start=f"{begin}-01-01", end=f"{last}-12-31")
        begin = last = year or last


def _declare(graph: _Element, kind: str, attributes: Sequence[Attribute], lang: str) -> None:
    if not attributes:
        return
    group = _child(graph, "attributes", **{"class": kind, "mode": "static"})
    for attribute in attributes:
        title = attribute.title(lang)
        _child(group, "attribute", id=title, title=title, type=attribute.type)


def _add_node(nodes: _Element, node: NodeRow, table: NetworkTable) -> None:
    element = _child(nodes, "node", id=node.id, label=node.label)
    _add_values(element, node.values, table.node_attributes, table.lang)
    _spells(element, node.years, table)
    _colour(element, node.colour)
    # Pictures have y downwards, Gephi upwards.
    _viz(element, "position", x=_number(node.x), y=_number(-node.y), z="0")
    _viz(element, "size", value=_number(node.radius))
    if node.kind == "task":
        _viz(element, "shape", value="square")


def _add_edge(edges: _Element, edge: EdgeRow, table: NetworkTable) -> None:
    element = _child(
        edges, "edge", id=edge.id, source=edge.source, target=edge.target,
        kind=kind_name(edge.kind, table.lang), weight=_number(edge.weight),
    )  # fmt: skip
    group = _add_values(element, edge.values, table.edge_attributes, table.lang)
    for year, weight in edge.yearly if len(table.years) > 1 else ():
        during = {"start": f"{year}-01-01", "end": f"{year}-12-31"}
        named = {"for": _YEARLY[table.lang], "value": _number(weight)}
        _child(group, "attvalue", **named, **during)
    _spells(element, edge.years, table)
    _colour(element, edge.colour)
    _viz(element, "thickness", value=_number(_THINNEST + (_THICKEST - _THINNEST) * edge.strength))


def _add_values(
    parent: _Element, values: dict[str, Value], attributes: Sequence[Attribute], lang: str
) -> _Element:
    group = _child(parent, "attvalues")
    for attribute in attributes:
        if attribute.key in values:
            value = values[attribute.key]
            text = value if isinstance(value, str) else _number(value)
            _child(group, "attvalue", **{"for": attribute.title(lang), "value": text})
    return group


def _colour(parent: _Element, colour: str) -> None:
    red, green, blue = (str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    _viz(parent, "color", r=red, g=green, b=blue)


def _viz(parent: _Element, name: str, **attributes: str) -> None:
    from lxml import etree

    etree.SubElement(parent, f"{{{_VIZ}}}{name}", attributes)


def _child(parent: _Element, name: str, **attributes: str) -> _Element:
    from lxml import etree

    return etree.SubElement(parent, f"{{{_GEXF}}}{name}", attributes)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 6))
