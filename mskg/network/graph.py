"""Department collaboration as graphs, built from plain duty rows.

Two departments *share* a task when both have a duty in it. Where the items of a task name
their own units, a unit that is named only there shares the task with the units of the same
item and with the units of the whole task, but not with the units of another item.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from mskg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    Graph: TypeAlias = nx.Graph[str]

__all__ = ["LEVELS", "SIDES", "WEIGHTS", "Collaboration", "Department", "Duty", "Pair", "TaskNode"]

SIDES: Final = ("accountable", "related")
WEIGHTS: Final = ("count", "newman", "jaccard")
LEVELS: Final = ("item", "task")


@dataclass(frozen=True, slots=True)
class Duty:
    """One department in one task: the row every network is built from.

    ``side`` is ``accountable`` (lead, or responsible where nobody leads) or ``related``.
    ``item_iri`` is set where an item of the task names the unit for itself alone.
    """

    task_iri: str
    task_title: str
    department_iri: str
    department_name: str
    side: str
    functions: tuple[str, ...] = ()
    region: str = ""
    year: int | None = None
    collective: bool = False
    item_iri: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the network, with what its duties say about it."""

    iri: str
    name: str
    functions: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    collective: bool = False


@dataclass(frozen=True, slots=True)
class TaskNode:
    """A task of the network with its members: department IRI → side."""

    iri: str
    title: str
    region: str
    year: int | None
    members: dict[str, str]
    items: dict[str, frozenset[str]] = field(default_factory=dict)

    def joins(self, first: str, second: str) -> bool:
        """Tell whether two members share the task; both must be members."""
        left, right = self.items.get(first), self.items.get(second)
        return left is None or right is None or bool(left & right)


class Pair(NamedTuple):
    """Two departments that share tasks, with every weight.

    ``newman`` is the sum of 1/(k−1) over the shared tasks, k being the number of
    departments of the task (Newman 2001, Physical Review E 64, 016132);
    ``jaccard`` is shared tasks over tasks of either.
    """

    first: str
    second: str
    tasks: int
    newman: float
    jaccard: float

    def weight(self, name: str) -> float:
        """Return the weight called `name`: count, newman or jaccard."""
        return float(self.tasks if name == "count" else getattr(self, name))


class Collaboration:
    """Who works with whom: departments, their tasks, and the pairs that share tasks.

    Parameters
    ----------
    duties:
        The rows; order and repetition don't matter.
    weight:
        What ``weight`` of a projection edge is: ``count``, ``newman`` or ``jaccard``.
    level:
        ``item`` keeps units of different items of one task apart, ``task`` joins
        all units of a task.
    title:
        What the network shows, for headings and files.
    note:
        What was left out, in Chinese; ``note_en`` in English.

    Raises
    ------
    InputError
        If `weight` or `level` is unknown or there are no duties.
    """

    def __init__(
        self,
        duties: Iterable[Duty],
        *,
        weight: str = "count",
        level: str = "item",
        title: str = "",
        note: str = "",
        note_en: str = "",
    ) -> None:
        _choose("weight", weight, WEIGHTS)
        _choose("level", level, LEVELS)
        rows = sorted(set(duties), key=_order)
        if not rows:
            raise InputError(
                "no task of this selection names a department",
                hint="choose another region, year or plan",
                zh="所选范围没有任务列出部门（请换地区、年度或文件）",
            )
        self.weight = weight
        self.level = level
        self.title = title
        self.note = note
        self.note_en = note_en
        self.departments: dict[str, Department] = _departments(rows)
        self.tasks: dict[str, TaskNode] = _tasks(rows, keep_items=level == "item")

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs of departments that share a task, in order of their IRIs."""
        return _project(list(self.departments), self.tasks.values())

    @cached_property
    def bipartite(self) -> Graph:
        """Department nodes × task nodes; edge attribute ``side``.

        Node attribute ``bipartite`` is 0 for departments and 1 for tasks.
        """
        import networkx as nx

        graph: Graph = nx.Graph()
        for department in self.departments.values():
            graph.add_node(department.iri, bipartite=0, **_described(department))
        for task in self.tasks.values():
            graph.add_node(
                task.iri, bipartite=1, kind="task", label=task.title, name=task.title,
                region=task.region, year=task.year,
            )  # fmt: skip
            graph.add_edges_from((iri, task.iri, {"side": s}) for iri, s in task.members.items())
        return graph

    @cached_property
    def projection(self) -> Graph:
        """Departments joined by shared tasks.

        Edge attributes: ``tasks`` (number shared), ``newman``, ``jaccard``, and ``weight``,
        which is the one that was chosen. `tasks_behind` gives the tasks of an edge.
        """
        import networkx as nx

        graph: Graph = nx.Graph()
        for department in self.departments.values():
            graph.add_node(department.iri, **_described(department))
        for pair in self.pairs:
            graph.add_edge(
                pair.first, pair.second, weight=pair.weight(self.weight), tasks=pair.tasks,
                newman=pair.newman, jaccard=pair.jaccard,
            )  # fmt: skip
        return graph

    @cached_property
    def _tasks_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {iri: [] for iri in self.departments}
        for task in self.tasks.values():
            for iri in task.members:
                found[iri].append(task.iri)
        return found

    def tasks_of(self, department: str, side: str | None = None) -> list[TaskNode]:
        """Return the tasks of the department with this IRI, on one `side` or on both."""
        tasks = (self.tasks[iri] for iri in self._tasks_of[self._known(department)])
        return [task for task in tasks if side is None or task.members[department] == side]

    def tasks_behind(self, first: str, second: str) -> list[TaskNode]:
        """Return the tasks that two departments, given by IRI or full name, share.

        Raises
        ------
        InputError
            If one of them is no department of this network.
        """
        left, right = self._known(first), self._known(second)
        shared = (t for t in self.tasks_of(left) if right in t.members and left != right)
        return [task for task in shared if task.joins(left, right)]

    def _known(self, department: str) -> str:
        if department in self.departments:
            return department
        for iri, known in self.departments.items():
            if known.name == department:
                return iri
        raise InputError(
            f"{department!r} is no department of this network",
            zh=f"此网络中没有部门 {department!r}",
        )

    def __repr__(self) -> str:
        return (
            f"<Collaboration {self.title!r}: {len(self.departments)} departments, "
            f"{len(self.tasks)} tasks, {len(self.pairs)} pairs>"
        )


def _choose(what: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        options = ", ".join(known)
        raise InputError(
            f"unknown {what} {value!r}",
            hint=f"one of: {options}",
            zh=f"{what} 不能是 {value!r}（可用 {options}）",
        )


def _order(duty: Duty) -> tuple[str, str, int, str, str, str]:
    side = SIDES.index(duty.side) if duty.side in SIDES else len(SIDES)
    return (
        *(duty.task_iri, duty.department_iri, side, duty.item_iri),
        *(duty.task_title, duty.department_name),
    )


def _described(department: Department) -> dict[str, object]:
    return {
        "kind": "collective" if department.collective else "department",
        "label": department.name,
        "name": department.name,
        "functions": list(department.functions),
        "region": "、".join(department.regions),
    }


def _departments(rows: Sequence[Duty]) -> dict[str, Department]:
    grouped: dict[str, list[Duty]] = defaultdict(list)
    for duty in rows:
        grouped[duty.department_iri].append(duty)
    return {
        iri: Department(
            iri,
            min(duty.department_name for duty in duties),
            tuple(sorted({name for duty in duties for name in duty.functions})),
            tuple(sorted({duty.region for duty in duties if duty.region})),
            all(duty.collective for duty in duties),
        )
        for iri, duties in sorted(grouped.items())
    }


def _tasks(rows: Sequence[Duty], *, keep_items: bool) -> dict[str, TaskNode]:
    tasks: dict[str, TaskNode] = {}
    items: dict[tuple[str, str], set[str]] = defaultdict(set)
    for duty in rows:
        task = tasks.get(duty.task_iri)
        if task is None:
            task = TaskNode(duty.task_iri, duty.task_title, duty.region, duty.year, {})
            tasks[duty.task_iri] = task
        # The rows are sorted, so a unit that is in charge and related counts as in charge.
        task.members.setdefault(duty.department_iri, duty.side)
        if keep_items:
            items[duty.task_iri, duty.department_iri].add(duty.item_iri)
    for (task_iri, department), found in items.items():
        if "" not in found:
            tasks[task_iri].items[department] = frozenset(found)
    return tasks


def _project(departments: Sequence[str], tasks: Iterable[TaskNode]) -> tuple[Pair, ...]:
    """Add up the shared tasks of every pair in one pass over the tasks."""
    index = {iri: number for number, iri in enumerate(departments)}
    duties = [0] * len(departments)
    # One complex number a pair holds both sums in one look-up: tasks and Newman's weight.
    sums: list[dict[int, complex]] = [{} for _ in departments]
    for task in tasks:
        members = sorted([index[iri] for iri in task.members])
        share = complex(1, 1 / (len(members) - 1)) if len(members) > 1 else 1
        for place, first in enumerate(members, 1):
            duties[first] += 1
            row = sums[first]
            partners = members[place:]
            if task.items:
                partners = [p for p in partners if task.joins(departments[first], departments[p])]
            for second in partners:
                row[second] = row.get(second, 0) + share
    return tuple(
        Pair(
            departments[first], departments[second], int(total.real), total.imag,
            total.real / (duties[first] + duties[second] - total.real),
        )
        for first, row in enumerate(sums)
        for second, total in sorted(row.items())
    )  # fmt: skip
