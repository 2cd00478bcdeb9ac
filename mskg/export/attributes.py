"""The one table of what a network file says about nodes and edges; it feeds every writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["EDGE_ATTRIBUTES", "KINDS", "NODE_ATTRIBUTES", "Attribute", "kind_name"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column: machine name, titles, and GEXF type (string, integer, double)."""

    key: str
    zh: str
    en: str
    type: str = "string"

    def title(self, lang: str) -> str:
        """Return the title in ``zh`` or ``en``."""
        return self.en if lang == "en" else self.zh


NODE_ATTRIBUTES: Final = (
    Attribute("kind", "类型", "Node kind"),
    Attribute("name", "名称", "Full name"),
    Attribute("region", "地区", "Region"),
    Attribute("functions", "职能", "Functions"),
    Attribute("year", "年度", "Year", "integer"),
    Attribute("tasks", "任务数", "Tasks", "integer"),
    Attribute("tasks_accountable", "牵头任务数", "Tasks accountable", "integer"),
    Attribute("tasks_related", "配合任务数", "Tasks related", "integer"),
    Attribute("departments", "参与部门数", "Departments", "integer"),
    Attribute("degree", "协作部门数", "Partners", "integer"),
    Attribute("weighted_degree", "协作强度", "Weighted degree", "double"),
    Attribute("betweenness", "中介中心度", "Betweenness", "double"),
    Attribute("lead_share", "牵头占比", "Share of lead duty", "double"),
    Attribute("core", "核数", "Core number", "integer"),
    Attribute("community", "社团", "Community", "integer"),
)
EDGE_ATTRIBUTES: Final = (
    Attribute("side", "角色", "Role"),
    Attribute("tasks", "共同任务数", "Tasks shared", "integer"),
    Attribute("newman", "纽曼权重", "Newman weight", "double"),
    Attribute("jaccard", "杰卡德系数", "Jaccard index", "double"),
)
KINDS: Final = {
    "department": ("部门", "department"),
    "collective": ("集体单位", "collective"),
    "task": ("任务", "task"),
    "shared": ("共同任务", "shared tasks"),
    "accountable": ("牵头", "accountable"),
    "related": ("配合", "related"),
}


def kind_name(kind: str, lang: str) -> str:
    """Return the name of a node or edge kind in ``zh`` or ``en``."""
    return KINDS[kind][1 if lang == "en" else 0]
