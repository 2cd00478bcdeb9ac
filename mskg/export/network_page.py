"""What all parts of the page about a network need: its words, its figures, its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from mskg.network.attributes import kind_name
from mskg.network.duty import node_kind
from mskg.render.cells import Cell, cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mskg.network.evidence import TaskText
    from mskg.network.graph import Collaboration, TaskNode
    from mskg.network.measures import Measures
    from mskg.network.significance import Significance
    from mskg.network.view import NetworkTable

__all__ = ["NetworkPage"]

_WORDS: Final = {
    "zh": {
        "whole": "整个网络",
        "drawing": "图",
        "departments": "各部门",
        "pairs": "共同承担任务的部门对",
        "load": "各月到期任务",
        "behind": "每个部门的任务",
        "pairs_behind": "每对部门的共同任务",
        "tasks": "任务与原文",
        "meanings": "指标的含义",
        "measure": "指标",
        "value": "数值",
        "meaning": "含义",
        "source": "出处",
        "department": "部门",
        "month": "月份",
        "left": "另有{}行未列出",
        "no_pairs": "没有两个部门共同承担任务。",
        "no_text": "没有原文（网络不是从数据库或计划文件得到的）。",
        "leads": "牵头",
        "supports": "配合",
        "how": "〔计算方法：{}〕",
        "click": "点数字看背后的任务和原文；点表头排序。",
        "line": "第{}行",
        "page": "第{}页",
        "more": "{}对部门中有{}对的共同任务多于随机期望（{}，q ≤ {:g}）。",
    },
    "en": {
        "whole": "The whole network",
        "drawing": "Drawing",
        "departments": "Units",
        "pairs": "Pairs that share tasks",
        "load": "Tasks due by month",
        "behind": "The tasks of each unit",
        "pairs_behind": "The tasks each pair shares",
        "tasks": "Tasks and their text",
        "meanings": "What the measures mean",
        "measure": "Measure",
        "value": "Value",
        "meaning": "Meaning",
        "source": "Source",
        "department": "Unit",
        "month": "Month",
        "left": "{} more rows not shown",
        "no_pairs": "No two units share a task.",
        "no_text": "No text at hand: the network was not made from a store or from plans.",
        "leads": "leads",
        "supports": "supports",
        "how": " [method: {}]",
        "click": "Click a number for the tasks and sentences behind it, a heading to sort.",
        "line": "line {}",
        "page": "page {}",
        "more": "Of {} pairs {} share more tasks than chance gives ({}, q ≤ {:g}).",
    },
}


@dataclass
class NetworkPage:
    """What all parts of the page need; ``anchors`` are the places of units and tasks on it."""

    network: Collaboration
    found: Measures
    surprise: Significance
    table: NetworkTable
    lang: str
    texts: Mapping[str, TaskText] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> dict[str, str]:
        """The words of the page; units are called what the nodes are (职能, 责任领导)."""
        kind = kind_name(node_kind(self.network.level), "zh")
        return {key: text.replace("部门", kind) for key, text in _WORDS[self.lang].items()}

    @cached_property
    def labels(self) -> dict[str, str]:
        """IRI of a unit → the name it is shown by."""
        return {node.id: node.label for node in self.table.nodes}

    @cached_property
    def ranked(self) -> list[int]:
        """The rows of pairs: most tasks shared first, then the most surprising."""
        pairs, chance = self.network.pairs, self.surprise.p.tolist()
        return sorted(range(len(pairs)), key=lambda row: (-pairs[row].tasks, chance[row], row))

    def word(self, key: str) -> str:
        """Return the words called `key`."""
        return self.words[key]

    def left(self, total: int, shown: int) -> str:
        """Return how many rows are left out, empty where none is."""
        return self.word("left").format(total - shown) if total > shown else ""

    def unit(self, iri: str) -> Cell:
        """Return the name of a unit, with a link to its tasks."""
        return self._linked(iri, self.labels.get(iri, iri))

    def task(self, task: TaskNode) -> Cell:
        """Return the title of a task, with a link to its text."""
        return self._linked(task.iri, task.title)

    def _linked(self, iri: str, words: str) -> Cell:
        return cell(words, f"#{self.anchors[iri]}" if iri in self.anchors else "")
