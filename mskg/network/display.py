"""How measures look in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.network.attributes import attributes_of
from mskg.render.cells import cell
from mskg.render.page import page_html

if TYPE_CHECKING:
    from mskg.network.measures import Measures

__all__ = ["measures_html"]

_ROWS: Final = 30
_COLUMNS: Final = (
    *("tasks_accountable", "tasks_related", "degree", "weighted_degree", "betweenness"),
    *("pagerank", "constraint", "brokerage", "core", "lead_share", "community"),
)


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
