"""What ``mskg network`` prints: measures, pairs, comparisons, the tasks behind a pair."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from mskg.cli.console import note
from mskg.cli.language import language, t
from mskg.cli.output import emit_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mskg.network import (
        Collaboration,
        Comparison,
        DepartmentMeasures,
        Measures,
        NetworkMeasures,
        Pair,
        Significance,
    )
    from mskg.network.notes import Tell
    from mskg.query import ResultTable
    from mskg.store import Store

__all__ = [
    "measured",
    "show_behind",
    "show_comparison",
    "show_measures",
    "show_whole",
    "tell_layout",
    "telling",
]

# Attributes of a department that are printed, under the keys of the JSON form.
_PRINTED = {
    "tasks_accountable": "tasksAccountable",
    "tasks_related": "tasksRelated",
    "degree": "partners",
    "weighted_degree": "weightedDegree",
    "betweenness": "betweenness",
    "eigenvector": "eigenvector",
    "pagerank": "pagerank",
    "constraint": "constraint",
    "brokerage": "brokerage",
    "participation": "participation",
    "core": "core",
    "lead_share": "leadShare",
    "community": "community",
}
# Those that a terminal has room for; CSV and JSON have all.
_NARROW = {
    *("tasks_accountable", "tasks_related", "degree", "weighted_degree", "betweenness"),
    *("brokerage", "lead_share", "community"),
}
_STRONGEST = 6
_LARGE = 1500  # nodes from which measuring takes seconds


def telling(*networks: Collaboration) -> Tell:
    """Return what names the steps on stderr as they run, where the networks are large."""
    from mskg.network.notes import quiet

    if sum(len(network.incidence.nodes) for network in networks) < _LARGE:
        return quiet
    return lambda step: note(t("正在计算：", "working on: ") + step.text(language()) + " …")


def tell_layout(network: Collaboration) -> None:
    """Say that a large network is laid out, before that is done."""
    from mskg.network.notes import Note

    telling(network)(Note("布局和写出", "layout and writing"))


def measured(network: Collaboration, algorithm: str) -> Measures:
    """Return the measures; on large networks the steps are named as they run."""
    from mskg.network import measures

    return measures(network, algorithm=algorithm, tell=telling(network))


def show_measures(
    found: Collaboration, algorithm: str, backbone: Significance | None, form: str, *, bom: bool
) -> None:
    """Print one row a department, and the whole network in a few lines.

    With a `backbone` the rows are the pairs that it keeps.
    """
    from mskg.network.attributes import attributes_of, kind_name
    from mskg.network.duty import node_kind
    from mskg.network.nodes import short_names

    if backbone is not None:
        emit_table(_pairs(found, backbone), form=form, bom=bom, title=found.heading(language()))
        note(_kept(backbone))
        return
    result = measured(found, algorithm)
    known = {attribute.key: attribute.zh for attribute in attributes_of("node")}
    kind = node_kind(found.level)
    narrow = form == "table" or (not form and sys.stdout.isatty())
    keys = [key for key in _PRINTED if not narrow or key in _NARROW]
    names = short_names(found.incidence.nodes, language()) if narrow else {}
    rows = tuple(
        (
            names.get(row.iri, row.name),
            *(_short(getattr(row, key)) for key in keys),
            *(() if narrow else (*(row.peak or (None, None)), _months(row))),
        )
        for row in result.departments
    )
    last = () if narrow else ("peakMonth", "peakLoad", "load")
    last_zh = () if narrow else (known["peak_month"], known["peak_load"], "各月到期任务")
    table = _table(
        (kind, *(_PRINTED[key] for key in keys), *last),
        rows,
        (kind_name(kind, "zh"), *(known[key] for key in keys), *last_zh),
    )
    emit_table(table, form=form, bom=bom, title=found.heading(language()))
    for line in _summary(result.network):
        note(line)
    strongest = sorted(found.pairs, key=lambda pair: -pair.tasks)[:_STRONGEST]
    names = short_names(found.incidence.nodes, language())
    shared = t("、", ", ").join(_pair_words(names, pair) for pair in strongest if pair.tasks > 1)
    if shared:
        note(t("共同任务最多：", "most tasks shared: ") + shared)
    duties = dict.fromkeys(
        f"{row.name} {kind_name(row.role, language())}" for row in found.coordination
    )
    if duties:
        note(
            t("项目级职责（不计入指标）：", "programme duties, in no measure: ") + "、".join(duties)
        )


def show_whole(found: Collaboration, result: Measures, form: str, *, bom: bool) -> None:
    """Print one row a measure of the whole network, with the way it was computed."""
    from mskg.network.attributes import attributes_of

    network = result.network
    rows = tuple(
        (
            attribute.key,
            attribute.title(language()),
            _short(getattr(network, attribute.key)),
            how.text(language()) if (how := network.methods.get(attribute.key)) else None,
            attribute.source,
        )
        for attribute in attributes_of("network")
    )
    columns = ("key", "measure", "value", "method", "source")
    table = _table(columns, rows, ("代号", "指标", "数值", "计算方法", "出处"))
    emit_table(table, form=form, bom=bom, title=found.heading(language()))


def _months(row: DepartmentMeasures) -> str:
    return " ".join(f"{month}:{tasks}" for month, tasks in row.load)


def _pair_words(names: Mapping[str, str], pair: Pair) -> str:
    return f"{names[pair.first]}—{names[pair.second]} {pair.tasks}"


def _table(
    columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...], titles: tuple[str, ...]
) -> ResultTable:
    from mskg.query import ResultTable

    return ResultTable(columns, rows, titles)


def _short(cell: Any) -> Any:
    return round(cell, 4) if isinstance(cell, float) else cell


def _summary(network: NetworkMeasures) -> tuple[str, ...]:
    fit = "–" if network.core_fit is None else f"{network.core_fit:.2f}"
    stable = "–" if network.stability is None else f"{network.stability:.2f}"
    return (
        t(
            f"{network.departments} 个节点，{network.tasks} 个任务，{network.edges} 对合作关系，"
            f"密度 {network.density:.3f}，{network.components} 个连通部分",
            f"{network.departments} nodes, {network.tasks} tasks, {network.edges} pairs,"
            f" density {network.density:.3f}, {network.components} components",
        ),
        t(
            f"{network.communities} 个群组（模块度 {network.modularity:.3f}，稳定性 {stable}），"
            f"核心 {network.core_size} 个节点（拟合 {fit}），牵头集中度 {network.lead_hhi:.3f}",
            f"{network.communities} communities (modularity {network.modularity:.3f}, stability"
            f" {stable}), core of {network.core_size} (fit {fit}), HHI of lead duty"
            f" {network.lead_hhi:.3f}",
        ),
    )


def _kept(backbone: Significance) -> str:
    kept, pairs = int(backbone.keep.sum()), len(backbone.p)
    return t(
        f"{pairs} 对中保留 {kept} 对（{backbone.model}，alpha {backbone.alpha:g}，"
        f"{backbone.method.zh}）",
        f"{kept} of {pairs} pairs kept ({backbone.model}, alpha {backbone.alpha:g},"
        f" {backbone.method.en})",
    )


def _pairs(found: Collaboration, backbone: Significance) -> ResultTable:
    """Return the pairs that are kept; the disparity filter has no expectation and no q."""
    from mskg.network.attributes import kind_name
    from mskg.network.duty import node_kind

    null = backbone.expected is not None
    rows = []
    for number in backbone.keep.nonzero()[0].tolist():
        pair = found.pairs[number]
        names = (found.departments[iri].name for iri in (pair.first, pair.second))
        p = float(f"{backbone.p[number]:.3g}")
        rest = (
            (_short(float(backbone.expected[number])), p, float(f"{backbone.q[number]:.3g}"))
            if null
            else (p,)
        )
        rows.append((*names, pair.tasks, *rest))
    at = 4 if null else 3
    rows.sort(key=lambda row: (row[at], -row[2], row[0], row[1]))
    kind = node_kind(found.level)
    columns = (f"{kind}A", f"{kind}B", "tasksShared")
    titles = (*(f"{kind_name(kind, 'zh')}{side}" for side in "甲乙"), "共同任务数")
    if null:
        return _table(
            (*columns, "expected", "p", "q"), tuple(rows), (*titles, "期望", "p 值", "q 值")
        )
    return _table((*columns, "p"), tuple(rows), (*titles, "p 值"))


def show_behind(
    found: Collaboration,
    store: Store | None,
    ends: tuple[str, str],
    form: str,
    *,
    names: bool,
    bom: bool,
) -> None:
    """Print the tasks that two departments share, with their sides and sentences.

    A department is given by full name, by a part of it that no other has, or by IRI. Without
    `names` the names and telephone numbers of persons in the sentences are □.
    """
    from mskg.network import task_texts

    first, second = (_node(found, name) for name in ends)
    tasks = found.tasks_behind(first, second)
    shown = [task.iri for task in tasks]
    texts = task_texts(store, shown, names=names) if store is not None else {}
    sides = {"accountable": t("牵头", "leads"), "related": t("配合", "supports")}
    rows = tuple(
        (
            task.region, task.year, task.iri.rpartition("/")[2], task.title,
            sides[task.members[first]], sides[task.members[second]],
            "\n".join(texts[task.iri].texts) if task.iri in texts else None,
        )
        for task in tasks
    )  # fmt: skip
    units = [found.departments[iri].name for iri in (first, second)]
    columns = ("region", "year", "taskNumber", "task", "first", "second", "text")
    titles = ("地区", "年度", "任务序号", "任务", units[0], units[1], "原文")
    title = t(f"{units[0]}与{units[1]}的共同任务", f"Tasks of both {units[0]} and {units[1]}")
    emit_table(_table(columns, rows, titles), form=form, bom=bom, title=title)
    if not rows:
        note(t("没有共同任务", "they share no task"))


def _node(found: Collaboration, name: str) -> str:
    from mskg.text.naming import ambiguous, meant, unknown

    names = [(iri, node.name) for iri, node in found.departments.items()]
    if name in found.departments:
        return name
    endings = [iri for iri, known in names if known.endswith(name)]
    matching = endings if len(endings) == 1 else meant(name, names)
    if len(matching) > 1:
        several = (found.departments[iri].name for iri in matching)
        raise ambiguous("unit of this network", "单位", name, several)
    if not matching:
        known = [node.name for node in found.departments.values()]
        message = f"no unit of this network is called {name!r}"
        raise unknown(message, f"此网络中没有名为 {name!r} 的单位", name, known)
    return matching[0]


def show_comparison(found: Comparison, form: str, out: Path | None, *, bom: bool) -> None:
    """Print the nodes of two networks side by side, then what is common and what differs."""
    one, two = found.titles
    columns = (
        *("node", "tasksA", "tasksB", "rankA", "rankB", "change"),
        *("partnersA", "partnersB", "betweennessRankA", "betweennessRankB"),
    )
    rows = tuple(
        (node.name, *node.tasks, *node.rank, node.change, *node.degree, *node.between)
        for node in found.nodes
    )
    titles = (
        *("职能（部门）", "任务甲", "任务乙", "名次甲", "名次乙", "上升"),
        *("合作甲", "合作乙", "中介名次甲", "中介名次乙"),
    )
    emit_table(_table(columns, rows, titles), form=form, out=out, bom=bom, title=f"{one} / {two}")
    note(t(f"甲：{one}；乙：{two}", f"A: {one}; B: {two}"))
    names = {node.iri: node.name for node in found.nodes}
    for side, label in ((0, t("只有甲", "only A")), (1, t("只有乙", "only B"))):
        pairs = [pair for pair in found.pairs if pair.tasks[side] and not pair.tasks[1 - side]]
        shown = t("、", ", ").join(
            f"{names[pair.first]}—{names[pair.second]} {pair.tasks[side]}" for pair in pairs[:5]
        )
        more = "…" if len(pairs) > 5 else ""
        count = t(f"{label}有的合作 {len(pairs)} 对", f"{label}: {len(pairs)} pairs")
        note(count + (t("：", ": ") + shown + more if pairs else ""))
    common = sum(min(pair.tasks) > 0 for pair in found.pairs)
    note(
        t(
            f"两者都有的合作 {common} 对；共有节点间合作的重合度 {_figure(found.overlap)}，"
            f"任务数的名次相关 {_figure(found.correlation)}",
            f"both: {common} pairs; overlap of pairs among common nodes"
            f" {_figure(found.overlap)}, rank correlation of tasks {_figure(found.correlation)}",
        )
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
