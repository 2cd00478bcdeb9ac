"""Collaboration as graphs: who shares tasks with whom, and what stands behind each pair."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from mskg.errors import InputError
from mskg.network.duty import LEVELS, SHARES, SIDES, WEIGHTS, choose, organ_level
from mskg.network.incidence import incidence_of
from mskg.network.notes import not_joined, title_of
from mskg.network.projection import Pair, PairColumns, pair_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import networkx as nx

    from mskg.network.duty import Duty
    from mskg.network.incidence import Department, Incidence
    from mskg.network.notes import Note

    Graph: TypeAlias = nx.Graph[str]
    DiGraph: TypeAlias = nx.DiGraph[str]

__all__ = ["Collaboration", "Coordination", "TaskNode"]


@dataclass(frozen=True, slots=True)
class Coordination:
    """A department with a duty for a whole program: coordinator, supervisor, audit."""

    program: str
    title: str
    department: str
    name: str
    role: str
    region: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class TaskNode:
    """A task of the network with its members: IRI of the node → side."""

    iri: str
    title: str
    region: str
    year: int | None
    members: dict[str, str] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    program: str = ""


class Collaboration:
    """Who works with whom: nodes (departments or functions), tasks, and pairs that share tasks.

    Parameters
    ----------
    duties:
        The rows, read once; order and repetition don't matter.
    weight:
        What ``weight`` of an edge is: ``count``, ``newman`` or ``jaccard``.
    share:
        ``item`` keeps units of different items of one task apart, ``task`` joins
        all units of a task.
    level:
        What the nodes are: ``department``; ``function`` (卫生健康 of every place is one node);
        ``place-function`` (one node a place); ``post`` (responsible leaders).
    notes:
        What was left out or kept apart; read after the duties, so it can tell of them.
    coordination:
        Duties for whole programs, as nodes and edges of a kind of their own; they never
        count in measures.

    Raises
    ------
    InputError
        If `weight`, `share` or `level` is unknown or no duty gives a node.
    """

    def __init__(
        self,
        duties: Iterable[Duty],
        *,
        weight: str = "count",
        share: str = "item",
        level: str = "department",
        notes: Iterable[Note] = (),
        coordination: Iterable[Coordination] = (),
    ) -> None:
        choose("weight", weight, WEIGHTS)
        choose("share", share, SHARES)
        choose("level", level, LEVELS)
        self.weight = weight
        self.share = share
        self.level = level
        self.coordination = tuple(coordination)
        self.incidence: Incidence = incidence_of(duties, level, share)
        if not self.incidence.nodes:
            raise (
                _no_nodes(self.incidence)
                if self.incidence.unclassified
                else InputError(
                    "no task of this selection names a department",
                    hint="choose another region, year or plan",
                    zh="所选范围没有任务列出部门（请换地区、年度或文件）",
                )
            )
        self.notes = (*notes, *not_joined(self.incidence))
        self._title = title_of(self.incidence.tasks, level)
        self.title = self._title.zh
        self.departments: dict[str, Department] = {node.iri: node for node in self.incidence.nodes}

    def heading(self, lang: str = "zh") -> str:
        """Return the title in ``zh`` or ``en``: which nodes, of which region and years."""
        return self._title.text(lang)

    def note(self, lang: str = "zh") -> str:
        """Return all notes as one sentence in ``zh`` or ``en``."""
        return ("; " if lang == "en" else "；").join(note.text(lang) for note in self.notes)

    @cached_property
    def columns(self) -> PairColumns:
        """The pairs that share a task, as arrays."""
        return pair_columns(self.incidence)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs that share a task, in order of their IRIs."""
        return tuple(self.columns.pairs(list(self.departments)))

    @cached_property
    def arcs(self) -> tuple[Pair, ...]:
        """The pairs in which the first leads a task that the second supports."""
        columns = pair_columns(self.incidence, directed=True)
        return tuple(columns.pairs(list(self.departments)))

    @cached_property
    def bipartite(self) -> Graph:
        """Department nodes × task nodes; edge attribute ``side``.

        Node attribute ``bipartite`` is 0 for departments and 1 for tasks.
        """
        import networkx as nx

        graph: Graph = nx.Graph()
        self._add_departments(graph, bipartite=0)
        for task in self.tasks.values():
            graph.add_node(
                task.iri, bipartite=1, kind="task", label=task.title, name=task.title,
                region=task.region, year=task.year, areas=list(task.areas),
            )  # fmt: skip
            graph.add_edges_from(
                (iri, task.iri, {"side": side}) for iri, side in task.members.items()
            )
        return graph

    @cached_property
    def projection(self) -> Graph:
        """Nodes joined by shared tasks.

        Edge attributes: ``tasks`` (number shared), ``newman``, ``jaccard``, and ``weight``,
        which is the one that was chosen. `tasks_behind` gives the tasks of an edge.
        """
        import networkx as nx

        graph: Graph = nx.Graph()
        self._add_departments(graph)
        adjacent = cast("Any", graph)._adj
        for first, second, data in self._edges(self.columns):
            # What add_edge does, without its checks: the nodes are there, no edge comes twice.
            adjacent[first][second] = adjacent[second][first] = data
        return graph

    @cached_property
    def directed(self) -> DiGraph:
        """Arcs from who leads a task to who supports it; attributes as in `projection`."""
        import networkx as nx

        graph: DiGraph = nx.DiGraph()
        self._add_departments(graph)
        graph.add_edges_from(self._edges(pair_columns(self.incidence, directed=True)))
        return graph

    def _edges(self, columns: PairColumns) -> Iterator[tuple[str, str, dict[str, float]]]:
        iris = list(self.departments)
        values = (
            *(columns.first, columns.second, columns.weight(self.weight)),
            *(columns.tasks, columns.newman, columns.jaccard),
        )
        for first, second, weight, tasks, newman, jaccard in zip(
            *(column.tolist() for column in values), strict=True
        ):
            data = {"weight": weight, "tasks": tasks, "newman": newman, "jaccard": jaccard}
            yield iris[first], iris[second], data

    def _add_departments(self, graph: nx.Graph[str], **more: object) -> None:
        for node in self.incidence.nodes:
            graph.add_node(
                node.iri, kind=node.kind, label=node.name, name=node.name,
                functions=list(node.functions), region="、".join(node.regions),
                level=organ_level(node.iri), **more,
            )  # fmt: skip

    @cached_property
    def tasks(self) -> Mapping[str, TaskNode]:
        """Every task by its IRI. Of large networks rather ask `tasks_of` and `tasks_behind`."""
        return {info.iri: self._task(number) for number, info in enumerate(self.incidence.tasks)}

    def _task(self, number: int) -> TaskNode:
        incidence = self.incidence
        begin, end = incidence.rows_of(number)
        rows = zip(
            incidence.node[begin:end].tolist(), incidence.side[begin:end].tolist(), strict=True
        )
        members = {incidence.nodes[node].iri: SIDES[side] for node, side in rows}
        info = incidence.tasks[number]
        return TaskNode(
            info.iri, info.title, info.region, info.year, members, info.areas, info.months,
            info.program,
        )  # fmt: skip

    @cached_property
    def _by_node(self) -> tuple[Any, Any]:
        """Rows of the incidence in order of nodes, and where each node begins."""
        import numpy as np

        order = np.argsort(self.incidence.node, kind="stable")
        begins = np.searchsorted(self.incidence.node[order], np.arange(len(self.departments) + 1))
        return order, begins

    @cached_property
    def _number(self) -> dict[str, int]:
        return {iri: number for number, iri in enumerate(self.departments)}

    def _tasks_of(self, number: int, side: str | None = None) -> list[int]:
        order, begins = self._by_node
        rows = order[begins[number] : begins[number + 1]]
        if side is not None:
            rows = rows[self.incidence.side[rows] == SIDES.index(side)]
        found: list[int] = self.incidence.task[rows].tolist()
        return found

    def tasks_of(self, department: str, side: str | None = None) -> list[TaskNode]:
        """Return the tasks of a node, given by IRI or name, on one `side` or on both."""
        return [self._task(task) for task in self._tasks_of(self._known(department), side)]

    def tasks_behind(self, first: str, second: str) -> list[TaskNode]:
        """Return the tasks that two nodes, given by IRI or full name, share.

        Raises
        ------
        InputError
            If one of them is no node of this network.
        """
        left, right = self._known(first), self._known(second)
        if left == right:
            return []
        shared = sorted({*self._tasks_of(left)} & {*self._tasks_of(right)})
        return [self._task(t) for t in shared if self.incidence.joined(t, left, right)]

    def yearly_weights(
        self, *, directed: bool = False
    ) -> dict[tuple[str, str], tuple[tuple[int, float], ...]]:
        """Return for each pair (each arc if `directed`) the years it shares tasks in.

        Every year comes with the weight that the pair has in a network of that year alone.
        """
        import numpy as np

        years = np.array([task.year or 0 for task in self.incidence.tasks])
        iris = list(self.departments)
        found: dict[tuple[str, str], tuple[tuple[int, float], ...]] = {}
        for year in self.incidence.years():
            columns = pair_columns(self.incidence.only(years == year), directed=directed)
            rows = (columns.first, columns.second, columns.weight(self.weight))
            for first, second, weight in zip(*(row.tolist() for row in rows), strict=True):
                pair = (iris[first], iris[second])
                found[pair] = (*found.get(pair, ()), (year, weight))
        return found

    def _known(self, department: str) -> int:
        if department in self._number:
            return self._number[department]
        for number, node in enumerate(self.incidence.nodes):
            if node.name == department:
                return number
        raise InputError(
            f"{department!r} is no department of this network",
            zh=f"此网络中没有部门 {department!r}",
        )

    def _repr_html_(self) -> str:
        """Show the drawing in a notebook."""
        from mskg.network.drawing import notebook_html

        return notebook_html(self)

    def __repr__(self) -> str:
        return (
            f"<Collaboration {self.title!r}: {len(self.departments)} nodes, "
            f"{len(self.incidence.tasks)} tasks, {len(self.columns)} pairs>"
        )


def _no_nodes(incidence: Incidence) -> InputError:
    bodies = len(incidence.unclassified)
    return InputError(
        f"none of the {bodies} bodies of this selection has a known function",
        hint="choose the level department",
        zh=f"所选范围的 {bodies} 个单位都没有职能分类（请用部门层级 department）",
    )
