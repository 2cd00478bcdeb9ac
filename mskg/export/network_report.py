"""One page about a network: drawing, tables, meanings, and the tasks behind every number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from mskg.network.attributes import Attribute, attributes_of, kind_name
from mskg.network.drawing import svg_bytes
from mskg.network.measures import measures
from mskg.network.significance import significance
from mskg.network.view import network_table
from mskg.render.html import Markup, element, html_page, html_table, link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mskg.network.evidence import TaskText
    from mskg.network.graph import Collaboration, TaskNode
    from mskg.network.measures import DepartmentMeasures, Measures
    from mskg.network.significance import Significance
    from mskg.network.view import NetworkTable

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
        "how": "计算方法",
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
        "how": "method",
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


@dataclass
class _Page:
    """What all parts of the page need."""

    network: Collaboration
    found: Measures
    surprise: Significance
    table: NetworkTable
    texts: Mapping[str, TaskText]
    lang: str
    labels: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    def word(self, key: str) -> str:
        return _WORDS[self.lang][key]

    def named(self, iri: str) -> str:
        return self.labels.get(iri, iri)

    def left(self, total: int, shown: int) -> Markup:
        if total <= shown:
            return Markup()
        return element("p", self.word("left").format(total - shown), class_="note")


def network_report(
    collaboration: Collaboration,
    *,
    texts: Mapping[str, TaskText] | None = None,
    lang: str = "zh",
    model: str = "hypergeometric",
    alpha: float = 0.05,
    backbone: Significance | None = None,
    algorithm: str = "louvain",
) -> str:
    """Return the page as HTML text; it loads nothing from elsewhere.

    Parameters
    ----------
    texts:
        The text of the tasks, from `mskg.network.task_texts`.
    lang:
        Language of the page, ``zh`` or ``en``; meanings are in both.
    model, alpha:
        Null model of the table of pairs, ``hypergeometric`` or ``bicm``, and its level.
    backbone:
        Draw only the pairs that it keeps.
    algorithm:
        How communities are found: ``louvain`` or ``leiden``.
    """
    found = measures(collaboration, algorithm=algorithm)
    table = network_table(collaboration, lang=lang, backbone=backbone, found=found)
    page = _Page(
        collaboration, found, significance(collaboration, model, alpha), table, texts or {}, lang
    )
    page.labels = {node.id: node.label for node in table.nodes}
    rows = found.departments[:_DEPARTMENTS]
    page.anchors = {row.iri: f"d{number}" for number, row in enumerate(rows, 1)}
    page.anchors |= {iri: f"t{number}" for number, iri in enumerate(_shown_tasks(page, rows), 1)}
    parts = ("whole", "drawing", "departments", "pairs", "load", "behind", "tasks", "meanings")
    return html_page(
        collaboration.title,
        lang,
        element("h1", collaboration.title),
        element("p", table.note, class_="note"),
        element("nav", *(link(f"#{part}", page.word(part)) for part in parts)),
        element("p", page.word("click"), class_="note"),
        *(_section(page, part) for part in parts),
    )


def _shown_tasks(page: _Page, rows: Iterable[DepartmentMeasures]) -> list[str]:
    tasks = {task.iri for row in rows for task in page.network.tasks_of(row.iri)}
    return sorted(tasks, key=_in_plan)[:_TASKS]


def _in_plan(iri: str) -> tuple[str, list[tuple[int, str]]]:
    program, _, path = iri.rpartition("/")
    return program, [(int(part) if part.isdigit() else 0, part) for part in path.split(".")]


def _section(page: _Page, part: str) -> Markup:
    content = _PARTS[part](page)
    return element("section", element("h2", page.word(part)), *content, id=part)


def _whole(page: _Page) -> Iterator[Markup]:
    measured = page.found.network
    rows = []
    for attribute in attributes_of("network"):
        how = measured.methods.get(attribute.key, "")
        meaning = attribute.meaning(page.lang) + (f" [{page.word('how')}: {how}]" if how else "")
        value = _number(getattr(measured, attribute.key))
        rows.append((attribute.title(page.lang), link(_whole_target(attribute), value), meaning))
    yield html_table((page.word("measure"), page.word("value"), page.word("meaning")), rows)


def _whole_target(attribute: Attribute) -> str:
    return {"tasks": "#tasks", "edges": "#pairs"}.get(attribute.key, "#departments")


def _drawing(page: _Page) -> Iterator[Markup]:
    svg = svg_bytes(page.table).decode()
    yield element("figure", Markup(svg))


def _departments(page: _Page) -> Iterator[Markup]:
    known = {attribute.key: attribute for attribute in attributes_of("node")}
    values = {node.id: node.values for node in page.table.nodes}
    rows = []
    for row in page.found.departments[:_DEPARTMENTS]:
        target = f"#{page.anchors[row.iri]}"
        cells = (_number(values[row.iri].get(key)) for key in _NODE_COLUMNS)
        rows.append(
            (
                link(target, page.named(row.iri)),
                *(link(target, cell) for cell in cells),
            )
        )
    heads = (_head(known[key], page.lang) for key in _NODE_COLUMNS)
    yield html_table((page.word("department"), *heads), rows)
    yield page.left(len(page.found.departments), _DEPARTMENTS)


def _head(attribute: Attribute, lang: str) -> Markup:
    return element("span", attribute.title(lang), title=attribute.meaning(lang))


def _ranked_pairs(page: _Page) -> list[int]:
    pairs = page.network.pairs
    return sorted(range(len(pairs)), key=lambda row: (-pairs[row].tasks, page.surprise.p[row], row))


def _pairs(page: _Page) -> Iterator[Markup]:
    pairs, surprise = page.network.pairs, page.surprise
    if not pairs:
        yield element("p", page.word("no_pairs"))
        return
    kept = int(surprise.keep.sum())
    said = page.word("more").format(
        len(pairs), kept, f"{surprise.model}, {surprise.method}", surprise.alpha
    )
    yield element("p", said)
    known = {attribute.key: attribute for attribute in attributes_of("edge")}
    rows, shown = [], _ranked_pairs(page)[:_PAIRS]
    for number, row in enumerate(shown, 1):
        pair = pairs[row]
        values = (
            *(pair.tasks, pair.newman, pair.jaccard),
            *(float(column[row]) for column in (surprise.expected, surprise.p, surprise.q)),
        )
        ends = (_unit(page, iri) for iri in (pair.first, pair.second))
        rows.append((*ends, *(link(f"#p{number}", _number(value)) for value in values)))
    heads = (_head(known[key], page.lang) for key in _PAIR_COLUMNS)
    yield html_table((page.word("department"), page.word("department"), *heads), rows)
    yield page.left(len(pairs), _PAIRS)
    yield element("h3", page.word("pairs_behind"))
    for number, row in enumerate(shown, 1):
        pair = pairs[row]
        tasks = page.network.tasks_behind(pair.first, pair.second)
        names = f"{page.named(pair.first)} — {page.named(pair.second)}"
        listed = (element("li", _task_link(page, task)) for task in tasks)
        yield element("div", element("b", names), element("ul", *listed), id=f"p{number}")


def _load(page: _Page) -> Iterator[Markup]:
    months = sorted({month for row in page.found.departments for month, _ in row.load})
    rows = [
        (_unit(page, row.iri), *(_load_cell(page, row, month) for month in months))
        for row in page.found.departments[:_DEPARTMENTS]
        if row.load
    ]
    yield html_table((page.word("department"), *months), rows)


def _load_cell(page: _Page, row: DepartmentMeasures, month: str) -> Markup:
    count = dict(row.load).get(month)
    return link(f"#{page.anchors[row.iri]}", str(count)) if count else Markup()


def _behind(page: _Page) -> Iterator[Markup]:
    for row in page.found.departments[:_DEPARTMENTS]:
        listed = []
        for task in sorted(page.network.tasks_of(row.iri), key=lambda task: _in_plan(task.iri)):
            side = page.word("leads" if task.members[row.iri] == "accountable" else "supports")
            listed.append(element("li", f"{side}：", _task_link(page, task)))
        name = element("h3", page.named(row.iri))
        yield element("div", name, element("ul", *listed), id=page.anchors[row.iri])


def _tasks(page: _Page) -> Iterator[Markup]:
    if not page.texts:
        yield element("p", page.word("no_text"), class_="note")
    shown = [iri for iri in page.anchors if iri in page.network.tasks]
    for iri in shown:
        task, text = page.network.tasks[iri], page.texts.get(iri)
        units = []
        for member, side in sorted(task.members.items(), key=lambda entry: (entry[1], entry[0])):
            units.append(element("li", _unit(page, member), f"（{kind_name(side, page.lang)}）"))
        quotes = [element("blockquote", words) for words in (text.texts if text else ())]
        named = [_mention(page, mention) for mention in (text.mentions if text else ())]
        place = " ".join(filter(None, (task.region, str(task.year or ""))))
        yield element(
            "div",
            element("h3", f"{iri.rpartition('/')[2]} {task.title} ", element("small", place)),
            *quotes,
            element("ul", *units),
            element("p", *named, class_="muted"),
            id=page.anchors[iri],
        )
    yield page.left(len(page.network.incidence.tasks), len(shown))


def _mention(page: _Page, mention: Any) -> Markup:
    places = [mention.source]
    places += [page.word("page").format(mention.page)] if mention.page else []
    places += [page.word("line").format(mention.line)] if mention.line else []
    return element(
        "span", f"“{mention.words}” ", element("small", " ".join(filter(None, places))), "  "
    )


def _meanings(page: _Page) -> Iterator[Markup]:
    rows = [
        (attribute.zh, attribute.en, attribute.meaning_zh, attribute.meaning_en, attribute.source)
        for what in ("node", "edge", "network")
        for attribute in attributes_of(what)
    ]
    heads = ("指标", "Measure", "含义", "Meaning", page.word("source"))
    yield html_table(heads, rows)


def _unit(page: _Page, iri: str) -> Markup:
    name = page.named(iri)
    return (
        link(f"#{page.anchors[iri]}", name)
        if iri in page.anchors
        else Markup(element("span", name))
    )


def _task_link(page: _Page, task: TaskNode) -> Markup:
    title = element("span", task.title)
    return link(f"#{page.anchors[task.iri]}", title) if task.iri in page.anchors else title


def _number(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


_PARTS: Final = {
    "whole": _whole,
    "drawing": _drawing,
    "departments": _departments,
    "pairs": _pairs,
    "load": _load,
    "behind": _behind,
    "tasks": _tasks,
    "meanings": _meanings,
}
