"""One page about a network: drawing, tables, meanings, and the tasks behind every number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mskg.export.network_page import NetworkPage
from mskg.network.attributes import attributes_of, kind_name
from mskg.network.drawing import svg_bytes
from mskg.network.evidence import task_texts
from mskg.network.measures import measures
from mskg.network.significance import significance
from mskg.network.view import network_table
from mskg.render.cells import Cell, cell
from mskg.render.clean import xml_text
from mskg.render.page import page_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.network.attributes import Attribute
    from mskg.network.evidence import Mention
    from mskg.network.graph import Collaboration, TaskNode
    from mskg.network.measures import DepartmentMeasures, Measures
    from mskg.network.significance import Significance
    from mskg.store import Store

__all__ = ["network_report"]

_DEPARTMENTS: Final = 300
_PAIRS: Final = 500
_TASKS: Final = 1000
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


def network_report(  # noqa: PLR0913 - each parameter is a choice of the user's
    collaboration: Collaboration,
    *,
    store: Store | None = None,
    lang: str = "zh",
    model: str = "hypergeometric",
    alpha: float = 0.05,
    backbone: Significance | None = None,
    found: Measures | None = None,
    names: bool = False,
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
    names:
        Keep names and telephone numbers of persons in the text of the tasks; else they are □.
    """
    found = found or measures(collaboration)
    table = network_table(collaboration, lang=lang, backbone=backbone, found=found)
    if backbone is not None and (backbone.model, backbone.alpha) == (model, alpha):
        surprise = backbone
    else:
        surprise = significance(collaboration, model, alpha)
    page = NetworkPage(collaboration, found, surprise, table, lang)
    rows = found.departments[:_DEPARTMENTS]
    tasks = _shown_tasks(page, rows)
    if store is not None:
        page.texts = task_texts(store, [task.iri for task in tasks], names=names)
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
        behind_pairs=[_pair_entry(page, n, row) for n, row in enumerate(page.ranked[:_PAIRS], 1)],
        load=_load(page),
        behind=[_unit_entry(page, row) for row in rows],
        texts=bool(page.texts),
        tasks=[_task_entry(page, task) for task in tasks],
        tasks_left=page.left(len(collaboration.incidence.tasks), len(tasks)),
        meanings=_meanings(page),
    )


def _shown_tasks(page: NetworkPage, rows: Iterable[DepartmentMeasures]) -> list[TaskNode]:
    tasks = {task.iri: task for row in rows for task in page.network.tasks_of(row.iri)}
    return [tasks[iri] for iri in sorted(tasks, key=_in_plan)[:_TASKS]]


def _in_plan(iri: str) -> tuple[str, list[tuple[int, str]]]:
    program, _, path = iri.rpartition("/")
    return program, [(int(part) if part.isdigit() else 0, part) for part in path.split(".")]


def _whole(page: NetworkPage) -> _Table:
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


def _heads(page: NetworkPage, what: str, keys: Iterable[str]) -> list[Cell]:
    known: dict[str, Attribute] = {attribute.key: attribute for attribute in attributes_of(what)}
    return [cell(known[key].title(page.lang), tip=known[key].meaning(page.lang)) for key in keys]


def _departments(page: NetworkPage) -> _Table:
    values = {node.id: node.values for node in page.table.nodes}
    rows = []
    for row in page.found.departments[:_DEPARTMENTS]:
        target = f"#{page.anchors[row.iri]}"
        cells = (cell(values[row.iri].get(key), target) for key in _NODE_COLUMNS)
        rows.append([page.unit(row.iri), *cells])
    heads = [cell(page.word("department")), *_heads(page, "node", _NODE_COLUMNS)]
    return _Table(heads, rows, page.left(len(page.found.departments), _DEPARTMENTS))


def _verdict(page: NetworkPage) -> str:
    surprise = page.surprise
    if not len(surprise.p):
        return page.word("no_pairs")
    how = f"{surprise.model}, {surprise.method.text(page.lang)}"
    kept = int(surprise.keep.sum())
    return page.word("more").format(len(surprise.p), kept, how, surprise.alpha)


def _pairs(page: NetworkPage) -> _Table:
    pairs, surprise = page.network.pairs, page.surprise
    rows = []
    for number, row in enumerate(page.ranked[:_PAIRS], 1):
        pair = pairs[row]
        values = (
            *(pair.tasks, pair.newman, pair.jaccard),
            *(float(column[row]) for column in (surprise.expected, surprise.p, surprise.q)),
        )
        ends = [page.unit(iri) for iri in (pair.first, pair.second)]
        rows.append([*ends, *(cell(value, f"#p{number}") for value in values)])
    heads = [cell(page.word("department"))] * 2 + _heads(page, "edge", _PAIR_COLUMNS)
    return _Table(heads, rows, page.left(len(pairs), _PAIRS))


def _pair_entry(page: NetworkPage, number: int, row: int) -> dict[str, Any]:
    pair = page.network.pairs[row]
    tasks = page.network.tasks_behind(pair.first, pair.second)
    return {
        "id": f"p{number}",
        "name": " — ".join(page.unit(iri).text for iri in (pair.first, pair.second)),
        "tasks": [page.task(task) for task in tasks],
    }


def _load(page: NetworkPage) -> _Table:
    months = sorted({month for row in page.found.departments for month, _ in row.load})
    rows = []
    for row in page.found.departments[:_DEPARTMENTS]:
        counts, target = dict(row.load), f"#{page.anchors[row.iri]}"
        cells = [cell(counts[m], target) if m in counts else cell("") for m in months]
        if counts:
            rows.append([page.unit(row.iri), *cells])
    return _Table([cell(page.word("department")), *map(cell, months)], rows)


def _unit_entry(page: NetworkPage, row: DepartmentMeasures) -> dict[str, Any]:
    tasks = sorted(page.network.tasks_of(row.iri), key=lambda task: _in_plan(task.iri))
    words = {"accountable": page.word("leads"), "related": page.word("supports")}
    return {
        "id": page.anchors[row.iri],
        "name": page.unit(row.iri).text,
        "tasks": [(words[task.members[row.iri]], page.task(task)) for task in tasks],
    }


def _task_entry(page: NetworkPage, task: TaskNode) -> dict[str, Any]:
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


def _mention(page: NetworkPage, mention: Mention) -> tuple[str, str]:
    places = [mention.source]
    places += [page.word("page").format(mention.page)] if mention.page else []
    places += [page.word("line").format(mention.line)] if mention.line else []
    return xml_text(mention.words), xml_text(" ".join(filter(None, places)))


def _meanings(page: NetworkPage) -> _Table:
    rows = [
        [cell(words) for words in (a.zh, a.en, a.meaning_zh, a.meaning_en, a.source)]
        for what in ("node", "edge", "network")
        for a in attributes_of(what)
    ]
    heads = ("指标", "Measure", "含义", "Meaning", page.word("source"))
    return _Table(list(map(cell, heads)), rows)
