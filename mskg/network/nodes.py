"""The nodes of a network file or drawing, as plain rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

from mskg.lexicon.areas import areas
from mskg.network.attributes import kind_name
from mskg.network.duty import organ_level
from mskg.network.incidence import function_name
from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.network.edges import Value
    from mskg.network.graph import Collaboration, TaskNode
    from mskg.network.incidence import Department
    from mskg.network.measures import DepartmentMeasures, Measures

__all__ = ["NodeRow", "coordination_nodes", "department_nodes", "short_names", "task_nodes"]

_PALETTE: Final = (
    *("#3b6fb6", "#e07b39", "#3f9b6b", "#c5496b", "#8a63b8"),
    *("#b08d12", "#2b9cb0", "#8c6d52", "#cf7fb5", "#6b7f2a"),
)
_ALONE: Final = "#9aa5b1"
_TASK_COLOUR: Final = "#475569"
_PROGRAM_COLOUR: Final = "#111827"
_LARGEST: Final = 28.0
_SMALLEST: Final = 6.0
_TASK_RADIUS: Final = 9.0
_TASK_LABEL: Final = 14


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node; ``values`` holds what is known, ``radius`` and place are pixels, y downwards.

    ``shown`` is the label on paper, empty where there is no room for it; ``years`` are those
    in which the node has tasks.
    """

    id: str
    label: str
    shown: str
    kind: str
    colour: str
    radius: float
    values: dict[str, Value]
    years: tuple[int, ...] = ()
    x: float = 0.0
    y: float = 0.0


def department_nodes(collaboration: Collaboration, found: Measures, lang: str) -> list[NodeRow]:
    """Return a node for each department; its size is that of its tasks, its colour its group's."""
    rows = found.departments
    labels = short_names(collaboration.incidence.nodes, lang)
    sizes = Counter(row.community for row in rows)
    most = max(row.tasks_accountable + row.tasks_related for row in rows)
    years = _years_of_nodes(collaboration)
    nodes = []
    for row in rows:
        department = collaboration.departments[row.iri]
        tasks = row.tasks_accountable + row.tasks_related
        colour = _PALETTE[(row.community - 1) % len(_PALETTE)]
        nodes.append(
            NodeRow(
                id=row.iri,
                label=labels[row.iri],
                shown=labels[row.iri],
                kind=department.kind,
                colour=colour if sizes[row.community] > 1 else _ALONE,
                radius=round(max(_LARGEST * sqrt(tasks / most), _SMALLEST), 2),
                values=_department_values(department, row, lang),
                years=years.get(row.iri, ()),
            )
        )
    return nodes


def _years_of_nodes(collaboration: Collaboration) -> dict[str, tuple[int, ...]]:
    incidence, found = collaboration.incidence, {}
    years: dict[int, set[int]] = {}
    for task, node in zip(incidence.task.tolist(), incidence.node.tolist(), strict=True):
        year = incidence.tasks[task].year
        if year is not None:
            years.setdefault(node, set()).add(year)
    for node, of_node in years.items():
        found[incidence.nodes[node].iri] = tuple(sorted(of_node))
    return found


def _department_values(
    department: Department, row: DepartmentMeasures, lang: str
) -> dict[str, Value]:
    level = organ_level(department.iri)
    values: dict[str, Value | None] = {
        "kind": kind_name(department.kind, lang),
        "name": xml_text(_name(department, lang)),
        "region": xml_text("、".join(department.regions)),
        "level": kind_name(level, lang) if level else "",
        "functions": xml_text("、".join(function_name(f, lang) for f in department.functions)),
        "tasks": row.tasks_accountable + row.tasks_related,
        "tasks_accountable": row.tasks_accountable,
        "tasks_related": row.tasks_related,
        "degree": row.degree,
        "weighted_degree": row.weighted_degree,
        "betweenness": row.betweenness,
        "eigenvector": row.eigenvector,
        "pagerank": row.pagerank,
        "constraint": row.constraint,
        "brokerage": row.brokerage,
        "participation": row.participation,
        "lead_share": row.lead_share,
        "core": row.core,
        "community": row.community,
        "peak_month": row.peak[0] if row.peak else None,
        "peak_load": row.peak[1] if row.peak else None,
    }
    return {
        key: round(value, 6) if isinstance(value, float) else value
        for key, value in values.items()
        if value not in ("", None)
    }


def _name(department: Department, lang: str) -> str:
    """Return the name; functions that are nodes have one in each language."""
    if department.kind != "function" or lang != "en":
        return department.name
    zh, en = (function_name(department.functions[0], code) for code in ("zh", "en"))
    place = department.name.removesuffix(zh)
    return f"{place} {en}".strip()


def short_names(departments: Sequence[Department], lang: str) -> dict[str, str]:
    """Return the names, without that of the region where the network has only one."""
    regions = {region for department in departments for region in department.regions}
    prefix = next(iter(regions)) if len(regions) == 1 else ""
    full = {entry.iri: _name(entry, lang) for entry in departments}
    short = {iri: name.removeprefix(prefix).strip() or name for iri, name in full.items()}
    times = Counter(short.values())
    return {iri: xml_text(full[iri] if times[name] > 1 else name) for iri, name in short.items()}


def task_nodes(collaboration: Collaboration, lang: str) -> list[NodeRow]:
    """Return a node for each task."""
    return [_task_node(task, lang) for task in collaboration.tasks.values()]


def _task_node(task: TaskNode, lang: str) -> NodeRow:
    title = xml_text(task.title)
    known = areas()
    fields = [known[a].en if lang == "en" else known[a].zh for a in task.areas if a in known]
    values: dict[str, Value] = {
        "kind": kind_name("task", lang),
        "name": title,
        "departments": len(task.members),
    }
    if fields:
        values["areas"] = "、".join(fields)
    if task.region:
        values["region"] = xml_text(task.region)
    if task.year is not None:
        values["year"] = task.year
    shown = title if len(title) <= _TASK_LABEL else title[: _TASK_LABEL - 1] + "…"
    years = () if task.year is None else (task.year,)
    return NodeRow(task.iri, title, shown, "task", _TASK_COLOUR, _TASK_RADIUS, values, years)


def coordination_nodes(
    collaboration: Collaboration, known: set[str], graph: str, lang: str
) -> list[NodeRow]:
    """Return programs, and departments that have duties for whole programs only."""
    nodes: dict[str, NodeRow] = {}
    for row in collaboration.coordination:
        years = () if row.year is None else (row.year,)
        if graph == "bipartite" and row.program not in known:
            title = xml_text(row.title) or kind_name("program", lang)
            values: dict[str, Value] = {"kind": kind_name("program", lang), "name": title}
            nodes[row.program] = NodeRow(
                row.program, title, title, "program", _PROGRAM_COLOUR, _TASK_RADIUS, values, years
            )
        if row.department not in known:
            name = xml_text(row.name)
            values = {
                "kind": kind_name("department", lang),
                "name": name,
                "role": kind_name(row.role, lang),
            }
            nodes[row.department] = NodeRow(
                row.department, name, name, "department", _ALONE, _SMALLEST, values, years
            )
    return list(nodes.values())
