"""How networks and measures look in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.network.attributes import attributes_of
from mskg.render.cells import cell
from mskg.render.page import page_html

if TYPE_CHECKING:
    from mskg.network.graph import Collaboration
    from mskg.network.measures import Measures

__all__ = ["measures_html", "network_html"]

_DRAWN: Final = 400
_ROWS: Final = 30
_COLUMNS: Final = (
    *("tasks_accountable", "tasks_related", "degree", "weighted_degree", "betweenness"),
    *("pagerank", "constraint", "brokerage", "core", "lead_share", "community"),
)


def network_html(network: Collaboration) -> str:
    """Return title, note and drawing; large networks only say how large they are."""
    from mskg.network.drawing import svg_bytes
    from mskg.network.view import network_table

    nodes, tasks = len(network.departments), len(network.incidence.tasks)
    said = f"{nodes} 个节点 nodes · {tasks} 项任务 tasks · {len(network.columns)} 对合作 pairs"
    drawing = svg_bytes(network_table(network)).decode() if nodes <= _DRAWN else ""
    return page_html("tables", notes=[network.title, said], drawing=drawing, tables=[], left=0)


def measures_html(found: Measures) -> str:
    """Return the whole network and the first departments as two tables."""
    whole = [
        [cell(f"{attribute.zh} {attribute.en}"), cell(getattr(found.network, attribute.key))]
        for attribute in attributes_of("network")
    ]
    known = {attribute.key: attribute for attribute in attributes_of("node")}
    heads = [cell(known[k].zh, tip=f"{known[k].en}: {known[k].meaning_en}") for k in _COLUMNS]
    rows = [
        [cell(row.name), *(cell(getattr(row, key)) for key in _COLUMNS)]
        for row in found.departments[:_ROWS]
    ]
    tables = [([cell("指标 measure"), cell("数值 value")], whole), ([cell(""), *heads], rows)]
    left = max(len(found.departments) - _ROWS, 0)
    return page_html("tables", notes=[], drawing="", tables=tables, left=left)
