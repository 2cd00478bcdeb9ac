"""One page about a network: drawing, tables, meanings, and the tasks behind every number."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mskg.network.attributes import attributes_of, kind_name
from mskg.network.drawing import svg_bytes
from mskg.network.duty import node_kind
from mskg.network.evidence import task_texts
from mskg.network.measures import measures
from mskg.network.significance import significance
from mskg.network.view import network_table
from mskg.render.cells import Cell, cell
from mskg.render.clean import xml_text
from mskg.render.page import page_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mskg.network.attributes import Attribute
    from mskg.network.evidence import Mention, TaskText
    from mskg.network.graph import Collaboration, TaskNode
    from mskg.network.measures import DepartmentMeasures, Measures
    from mskg.network.significance import Significance
    from mskg.network.view import NetworkTable
    from mskg.store import Store

__all__ = ["network_report"]

_DEPARTMENTS: Final = 300
_PAIRS: Final = 500
_TASKS: Final = 1000
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
_NODE_COLUMNS: Final = (
    *("tasks", "tasks_accountable", "tasks_related", "degree", "weighted_degree", "betweenness"),
    *("eigenvector", "pagerank", "constraint", "brokerage", "participation", "core"),
    *("lead_share", "community", "peak_month", "peak_load"),
)
_PAIR_COLUMNS: Final = ("tasks", "newman", "jaccard", "expected", "p_value", "q_value")


_PARTS: Final = (
    *("whole", "drawing", "departments", "pairs", "load", "behind", "tasks", "meanings"),
)


class _Table(NamedTuple):
    """A table of the page, and what is said about rows that are left out."""

    columns: list[Cell]
    rows: list[list[Cell]]
    left: str = ""


@dataclass
class _Page:
    """What all parts of the page need."""

    network: Collaboration
    found: Measures
    surprise: Significance
    table: NetworkTable
    lang: str
    texts: Mapping[str, TaskText] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> dict[str, str]:
        """The words of the page; units are called what the nodes are (职能, 责任领导)."""
        kind = kind_name(node_kind(self.network.level), "zh")
        return {key: text.replace("部门", kind) for key, text in _WORDS[self.lang].items()}

    def word(self, key: str) -> str:
        return self.words[key]

    def left(self, total: int, shown: int) -> str:
        return self.word("left").format(total - shown) if total > shown else ""

    def unit(self, iri: str) -> Cell:
        """Return the name of a unit, with a link to its tasks."""
        return self._linked(iri, self.labels.get(iri, iri))

    def task(self, task: TaskNode) -> Cell:
        """Return the title of a task, with a link to its text."""
        return self._linked(task.iri, task.title)

    def _linked(self, iri: str, words: str) -> Cell:
        return cell(words, f"#{self.anchors[iri]}" if iri in self.anchors else "")


def network_report(
    collaboration: Collaboration,
    *,
    store: Store | None = None,
    lang: str = "zh",
    model: str = "hypergeometric",
    alpha: float = 0.05,
    backbone: Significance | None = None,
    found: Measures | None = None,
) -> str:
    """Return the page as HTML text; it loads nothing from elsewhere.

    Parameters
    ----------
    store:
        Where the text of the tasks is; only that of the tasks on the page is read.
    lang:
        Language of the page, ``zh`` or ``en``; meanings are in both.
    model, alpha:
        Null model of the table of pairs, ``hypergeometric`` or ``bicm``, and its level.
    backbone:
        Draw only the pairs that it keeps.
    found:
        The measures, where they are known already.
    """
    found = found or measures(collaboration)
    table = network_table(collaboration, lang=lang, backbone=backbone, found=found)
    page = _Page(collaboration, found, significance(collaboration, model, alpha), table, lang)
    page.labels = {node.id: node.label for node in table.nodes}
    rows = found.departments[:_DEPARTMENTS]
    tasks = _shown_tasks(page, rows)
    if store is not None:
        page.texts = task_texts(store, [task.iri for task in tasks])
    page.anchors = {row.iri: f"d{number}" for number, row in enumerate(rows, 1)}
    page.anchors |= {task.iri: f"t{number}" for number, task in enumerate(tasks, 1)}
    return page_html(
        "network",
        title=xml_text(collaboration.heading(lang)),
        note=table.note,
        english=lang == "en",
        say=page.words,
        parts=_PARTS,
        whole=_whole(page),
        drawing=svg_bytes(table).decode(),
        departments=_departments(page),
        verdict=_verdict(page),
        pairs=_pairs(page),
        behind_pairs=[_pair_entry(page, n, row) for n, row in enumerate(_ranked_pairs(page), 1)],
        load=_load(page),
        behind=[_unit_entry(page, row) for row in rows],
        texts=bool(page.texts),
        tasks=[_task_entry(page, task) for task in tasks],
        tasks_left=page.left(len(collaboration.incidence.tasks), len(tasks)),
        meanings=_meanings(page),
    )


def _shown_tasks(page: _Page, rows: Iterable[DepartmentMeasures]) -> list[TaskNode]:
    tasks = {task.iri: task for row in rows for task in page.network.tasks_of(row.iri)}
    return [tasks[iri] for iri in sorted(tasks, key=_in_plan)[:_TASKS]]


def _in_plan(iri: str) -> tuple[str, list[tuple[int, str]]]:
    program, _, path = iri.rpartition("/")
    return program, [(int(part) if part.isdigit() else 0, part) for part in path.split(".")]


def _whole(page: _Page) -> _Table:
    measured = page.found.network
    rows = []
    for attribute in attributes_of("network"):
        how = measured.methods.get(attribute.key)
        meaning = attribute.meaning(page.lang)
        if how is not None:
            meaning += page.word("how").format(how.text(page.lang))
        target = {"tasks": "#tasks", "edges": "#pairs"}.get(attribute.key, "#departments")
        value = cell(getattr(measured, attribute.key), target)
        rows.append([cell(attribute.title(page.lang)), value, cell(meaning)])
    return _Table([cell(page.word(word)) for word in ("measure", "value", "meaning")], rows)


def _heads(page: _Page, what: str, keys: Iterable[str]) -> list[Cell]:
    known: dict[str, Attribute] = {attribute.key: attribute for attribute in attributes_of(what)}
    return [cell(known[key].title(page.lang), tip=known[key].meaning(page.lang)) for key in keys]


def _departments(page: _Page) -> _Table:
    values = {node.id: node.values for node in page.table.nodes}
    rows = []
    for row in page.found.departments[:_DEPARTMENTS]:
        target = f"#{page.anchors[row.iri]}"
        cells = (cell(values[row.iri].get(key), target) for key in _NODE_COLUMNS)
        rows.append([page.unit(row.iri), *cells])
    heads = [cell(page.word("department")), *_heads(page, "node", _NODE_COLUMNS)]
    return _Table(heads, rows, page.left(len(page.found.departments), _DEPARTMENTS))


def _ranked_pairs(page: _Page) -> list[int]:
    pairs = page.network.pairs
    ranked = sorted(
        range(len(pairs)), key=lambda row: (-pairs[row].tasks, page.surprise.p[row], row)
    )
    return ranked[:_PAIRS]


def _verdict(page: _Page) -> str:
    surprise = page.surprise
    if not len(surprise.p):
        return page.word("no_pairs")
    how = f"{surprise.model}, {surprise.method.text(page.lang)}"
    kept = int(surprise.keep.sum())
    return page.word("more").format(len(surprise.p), kept, how, surprise.alpha)


def _pairs(page: _Page) -> _Table:
    pairs, surprise = page.network.pairs, page.surprise
    rows = []
    for number, row in enumerate(_ranked_pairs(page), 1):
        pair = pairs[row]
        values = (
            *(pair.tasks, pair.newman, pair.jaccard),
            *(float(column[row]) for column in (surprise.expected, surprise.p, surprise.q)),
        )
        ends = [page.unit(iri) for iri in (pair.first, pair.second)]
        rows.append([*ends, *(cell(value, f"#p{number}") for value in values)])
    heads = [cell(page.word("department"))] * 2 + _heads(page, "edge", _PAIR_COLUMNS)
    return _Table(heads, rows, page.left(len(pairs), _PAIRS))


def _pair_entry(page: _Page, number: int, row: int) -> dict[str, Any]:
    pair = page.network.pairs[row]
    tasks = page.network.tasks_behind(pair.first, pair.second)
    return {
        "id": f"p{number}",
        "name": " — ".join(page.unit(iri).text for iri in (pair.first, pair.second)),
        "tasks": [page.task(task) for task in tasks],
    }


def _load(page: _Page) -> _Table:
    months = sorted({month for row in page.found.departments for month, _ in row.load})
    rows = []
    for row in page.found.departments[:_DEPARTMENTS]:
        counts, target = dict(row.load), f"#{page.anchors[row.iri]}"
        cells = [cell(counts[m], target) if m in counts else cell("") for m in months]
        if counts:
            rows.append([page.unit(row.iri), *cells])
    return _Table([cell(page.word("department")), *map(cell, months)], rows)


def _unit_entry(page: _Page, row: DepartmentMeasures) -> dict[str, Any]:
    tasks = sorted(page.network.tasks_of(row.iri), key=lambda task: _in_plan(task.iri))
    words = {"accountable": page.word("leads"), "related": page.word("supports")}
    return {
        "id": page.anchors[row.iri],
        "name": page.unit(row.iri).text,
        "tasks": [(words[task.members[row.iri]], page.task(task)) for task in tasks],
    }


def _task_entry(page: _Page, task: TaskNode) -> dict[str, Any]:
    text = page.texts.get(task.iri)
    members = sorted(task.members.items(), key=lambda entry: (entry[1], entry[0]))
    return {
        "id": page.anchors[task.iri],
        "title": xml_text(f"{task.iri.rpartition('/')[2]} {task.title}"),
        "place": xml_text(" ".join(filter(None, (task.region, str(task.year or ""))))),
        "texts": [xml_text(words) for words in text.texts] if text else [],
        "units": [(kind_name(side, page.lang), page.unit(iri)) for iri, side in members],
        "mentions": [_mention(page, mention) for mention in text.mentions] if text else [],
    }


def _mention(page: _Page, mention: Mention) -> tuple[str, str]:
    places = [mention.source]
    places += [page.word("page").format(mention.page)] if mention.page else []
    places += [page.word("line").format(mention.line)] if mention.line else []
    return xml_text(mention.words), xml_text(" ".join(filter(None, places)))


def _meanings(page: _Page) -> _Table:
    rows = [
        [cell(words) for words in (a.zh, a.en, a.meaning_zh, a.meaning_en, a.source)]
        for what in ("node", "edge", "network")
        for a in attributes_of(what)
    ]
    heads = ("指标", "Measure", "含义", "Meaning", page.word("source"))
    return _Table(list(map(cell, heads)), rows)
