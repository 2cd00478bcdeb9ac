"""A network as Pajek, as Cytoscape JSON, and as CSV for Neo4j's bulk import."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from mskg.network.attributes import kind_name
from mskg.render.csv import csv_bytes

if TYPE_CHECKING:
    from mskg.network.attributes import Attribute
    from mskg.network.view import NetworkTable

__all__ = ["cytoscape_bytes", "neo4j_lists", "pajek_bytes"]

_TYPES: Final = {"integer": ":int", "double": ":float", "string": ""}
_LABELS: Final = re.compile(r"(?:^|-)([a-z])")


def pajek_bytes(table: NetworkTable) -> bytes:
    """Return the network as a Pajek file: names, places (0–1), weights.

    The format has no escape for quotes and line breaks, so they become ’ and blanks; where
    two nodes would have one name, their numbers tell them apart.
    """
    lines = [f"*Vertices {len(table.nodes)}"]
    width, height = max(table.width, 1.0), max(table.height, 1.0)
    used: set[str] = set()
    place = {}
    for number, node in enumerate(table.nodes, 1):
        name = " ".join(node.label.replace('"', "’").split()) or str(number)
        name = f"{name} {number}" if name in used else name
        used.add(name)
        place[node.id] = number
        lines.append(f'{number} "{name}" {node.x / width:.4f} {node.y / height:.4f} 0.5')
    lines.append("*Arcs" if table.directed else "*Edges")
    lines += [f"{place[e.source]} {place[e.target]} {e.weight:g}" for e in table.edges]
    return ("\n".join(lines) + "\n").encode()


def cytoscape_bytes(table: NetworkTable) -> bytes:
    """Return the network in the JSON of Cytoscape and Cytoscape.js (``.cyjs``)."""
    nodes = [
        {
            "data": {
                "id": node.id, "label": node.label, "size": node.radius, "color": node.colour,
                **node.values,
            },
            "position": {"x": node.x, "y": node.y},
        }
        for node in table.nodes
    ]  # fmt: skip
    edges = [
        {
            "data": {
                "id": edge.id, "source": edge.source, "target": edge.target,
                "weight": edge.weight, "interaction": kind_name(edge.kind, table.lang),
                "color": edge.colour, **edge.values,
            }
        }
        for edge in table.edges
    ]  # fmt: skip
    document = {
        "format_version": "1.0",
        "generated_by": "mskg",
        "target_cytoscapejs_version": "~3.30",
        "data": {"name": table.title, "note": table.note, "directed": table.directed},
        "elements": {"nodes": nodes, "edges": edges},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def neo4j_lists(table: NetworkTable) -> tuple[bytes, bytes]:
    """Return nodes and relationships with the typed headings of ``neo4j-admin import``."""
    node_keys = [a for a in table.node_attributes if a.key != "kind"]
    nodes = csv_bytes(
        ["id:ID", ":LABEL", "label", *(_heading(a) for a in node_keys)],
        (
            (n.id, _name(n.kind), n.label, *(n.values.get(a.key) for a in node_keys))
            for n in table.nodes
        ),
    )
    edges = csv_bytes(
        [":START_ID", ":END_ID", ":TYPE", "weight:float", *map(_heading, table.edge_attributes)],
        (
            (e.source, e.target, e.kind.replace("-", "_").upper(), e.weight,
             *(e.values.get(a.key) for a in table.edge_attributes))
            for e in table.edges
        ),
    )  # fmt: skip
    return nodes, edges


def _heading(attribute: Attribute) -> str:
    return attribute.key + _TYPES[attribute.type]


def _name(kind: str) -> str:
    """Return the label of a kind as Neo4j writes labels: ``Department``."""
    return _LABELS.sub(lambda found: found[1].upper(), kind)
