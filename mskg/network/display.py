"""How networks and measures look in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.network.attributes import attributes_of
from mskg.render.html import Markup, element, html_table

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
    parts = [element("b", network.title), element("p", said)]
    if nodes <= _DRAWN:
        parts.append(Markup(svg_bytes(network_table(network)).decode()))
    return element("div", *parts)


def measures_html(found: Measures) -> str:
    """Return the whole network and the first departments as two tables."""
    whole = [
        (f"{attribute.zh} {attribute.en}", _shown(getattr(found.network, attribute.key)))
        for attribute in attributes_of("network")
    ]
    known = {attribute.key: attribute for attribute in attributes_of("node")}
    heads = [
        element("span", known[key].zh, title=f"{known[key].en}: {known[key].meaning_en}")
        for key in _COLUMNS
    ]
    rows = [
        (row.name, *(_shown(getattr(row, key)) for key in _COLUMNS))
        for row in found.departments[:_ROWS]
    ]
    parts = [html_table(("指标 measure", "数值 value"), whole), html_table(("", *heads), rows)]
    left = len(found.departments) - _ROWS
    if left > 0:
        parts.append(element("p", f"… {left}"))
    return element("div", *parts)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
