"""A network for other programs: GraphML, CSV node and edge lists, JSON for graphology."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from mskg.network.attributes import kind_name
from mskg.render.csv import csv_bytes

if TYPE_CHECKING:
    import networkx as nx

    from mskg.network.view import NetworkTable

__all__ = ["csv_lists", "graphml_bytes", "json_bytes", "plain_graph"]


def plain_graph(table: NetworkTable) -> nx.Graph[str]:
    """Return a networkx graph whose attributes are single values under machine names."""
    import networkx as nx

    graph: nx.Graph[str] = nx.DiGraph() if table.directed else nx.Graph()
    for node in table.nodes:
        graph.add_node(
            node.id, label=node.label, x=node.x, y=-node.y, size=node.radius,
            color=node.colour, **node.values,
        )  # fmt: skip
    for edge in table.edges:
        kind = kind_name(edge.kind, table.lang)
        graph.add_edge(edge.source, edge.target, weight=edge.weight, kind=kind, **edge.values)
    return graph


def graphml_bytes(table: NetworkTable) -> bytes:
    """Return the network as GraphML, for igraph, yEd, Cytoscape and networkx itself."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_lxml(plain_graph(table), out, infer_numeric_types=True)
    return out.getvalue()


def csv_lists(table: NetworkTable, *, bom: bool = False) -> tuple[bytes, bytes]:
    """Return the node list and the edge list with the column names that Gephi knows."""
    node_keys = [attribute.key for attribute in table.node_attributes]
    edge_keys = [attribute.key for attribute in table.edge_attributes]
    nodes = csv_bytes(
        ["Id", "Label", *node_keys],
        ((n.id, n.label, *(n.values.get(key) for key in node_keys)) for n in table.nodes),
        bom=bom,
    )
    kind = "Directed" if table.directed else "Undirected"
    edges = csv_bytes(
        ["Source", "Target", "Type", "Id", "Kind", "Weight", *edge_keys],
        (
            (e.source, e.target, kind, e.id, kind_name(e.kind, table.lang), e.weight,
             *(e.values.get(key) for key in edge_keys))
            for e in table.edges
        ),
        bom=bom,
    )  # fmt: skip
    return nodes, edges


def json_bytes(table: NetworkTable) -> bytes:
    """Return the network in graphology's exchange format, which sigma.js draws."""
    nodes: list[dict[str, Any]] = [
        {
            "key": node.id,
            "attributes": {
                "label": node.label, "x": node.x, "y": -node.y, "size": node.radius,
                "color": node.colour, **node.values,
            },
        }
        for node in table.nodes
    ]  # fmt: skip
    edges: list[dict[str, Any]] = [
        {
            "key": edge.id,
            "source": edge.source,
            "target": edge.target,
            "undirected": not table.directed,
            "attributes": {
                "weight": edge.weight, "kind": kind_name(edge.kind, table.lang),
                "color": edge.colour, **edge.values,
            },
        }
        for edge in table.edges
    ]  # fmt: skip
    document = {
        "attributes": {"name": table.title, "note": table.note},
        "options": {
            "type": "directed" if table.directed else "undirected",
            "multi": False,
            "allowSelfLoops": False,
        },
        "nodes": nodes,
        "edges": edges,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
