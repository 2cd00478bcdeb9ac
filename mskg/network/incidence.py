"""Who has a duty in which task, as columns of numbers: what every network is computed from.

Two nodes *share* a task when different bodies stand for them in it. Where the items of a task
name their own units, a unit that is named only there shares the task with the units of the
same item and with the units of the whole task, but not with the units of another item.

Tasks whose members all share it are *plain*: one sparse matrix product counts their pairs.
The others are *loose* and are counted one by one.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mskg.lexicon.tables import read_table
from mskg.network.duty import SIDES
from mskg.ns import child_iri, concept_iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mskg.network.duty import Duty

__all__ = ["Department", "Incidence", "TaskInfo", "function_name", "incidence_of"]

_FUNCTION_KINDS: Final = {"function", "place-function"}


@dataclass(frozen=True, slots=True)
class Department:
    """A node of the network, with what its duties say about it.

    ``kind`` is ``department``, ``collective``, ``function`` or ``post``.
    """

    iri: str
    name: str
    functions: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    kind: str = "department"


class TaskInfo(NamedTuple):
    """A task as its rows describe it."""

    iri: str
    title: str
    region: str
    year: int | None
    areas: tuple[str, ...]
    months: tuple[str, ...]
    program: str


class Standing(NamedTuple):
    """For whom a node stands in a task: a body, and the item that names it (-1: none)."""

    body: int
    item: int


@dataclass(frozen=True)
class Incidence:
    """Nodes and tasks in order of their IRIs, and one entry for each node in a task.

    ``task``, ``node`` and ``side`` are numpy arrays sorted by task, then node; ``side`` counts
    in `SIDES`. ``loose`` holds, for tasks whose members don't all share it, the standings of
    each member. ``unclassified`` are bodies that have no function, at function level.
    """

    nodes: tuple[Department, ...]
    tasks: tuple[TaskInfo, ...]
    task: Any
    node: Any
    side: Any
    loose: dict[int, dict[int, frozenset[Standing]]]
    unclassified: frozenset[str]

    def joined(self, task: int, first: int, second: int) -> bool:
        """Tell whether two different members share the task."""
        standings = self.loose.get(task)
        return standings is None or _share(standings[first], standings[second])

    def rows_of(self, task: int) -> tuple[int, int]:
        """Return the first row of a task and the row after its last."""
        return int(self._begins[task]), int(self._begins[task + 1])

    @cached_property
    def _begins(self) -> Any:
        import numpy as np

        return np.searchsorted(self.task, np.arange(len(self.tasks) + 1, dtype=self.task.dtype))

    def years(self) -> list[int]:
        """Return the years of the tasks, sorted."""
        return sorted({task.year for task in self.tasks if task.year is not None})

    def only(self, tasks: Any) -> Incidence:
        """Return the incidence of the tasks for which the array `tasks` is true."""
        keep = tasks[self.task]
        loose = {task: found for task, found in self.loose.items() if tasks[task]}
        return Incidence(
            self.nodes, self.tasks, self.task[keep], self.node[keep], self.side[keep], loose,
            self.unclassified,
        )  # fmt: skip


def _share(first: Collection[Standing], second: Collection[Standing]) -> bool:
    return any(
        a.body != b.body and (a.item < 0 or b.item < 0 or a.item == b.item)
        for a in first
        for b in second
    )


@cache
def _function_names() -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["zh"], row["en"]) for row in read_table("functions")}


def function_name(notation: str, lang: str) -> str:
    """Return the name of a function in ``zh`` or ``en``."""
    return _function_names().get(notation, (notation, notation))[lang == "en"]


def incidence_of(duties: Iterable[Duty], level: str, share: str) -> Incidence:
    """Return the incidence of `duties`, which are read once; order and repetition don't matter.

    Parameters
    ----------
    level:
        One of `mskg.network.duty.LEVELS`: what the nodes are.
    share:
        ``item`` keeps units of different items of one task apart, ``task`` does not.
    """
    columns = _Columns(level, keep_items=share == "item")
    for duty in duties:
        columns.add(duty)
    return columns.finished()


class _Columns:
    """Collects rows; numbers nodes and tasks as they come and sorts them at the end."""

    def __init__(self, level: str, *, keep_items: bool) -> None:
        self.level = level
        self.keep_items = keep_items
        self.tasks: list[TaskInfo] = []
        self.nodes: list[Department] = []
        self.regions: list[set[str]] = []
        self.numbers: dict[str, dict[str, int]] = {"task": {}, "node": {}, "body": {}, "item": {}}
        self.task, self.node, self.side = array("i"), array("i"), array("b")
        self.body, self.item = array("i"), array("i")
        self.tied: set[int] = set()
        self.unclassified: set[str] = set()

    def add(self, duty: Duty) -> None:
        task = self.numbers["task"].get(duty.task_iri)
        if task is None:
            task = self.numbers["task"][duty.task_iri] = len(self.tasks)
            self.tasks.append(_task_info(duty))
        elif self.tasks[task].title != duty.task_title:
            self.tasks[task] = min(self.tasks[task], _task_info(duty))
        side = 0 if duty.side == SIDES[0] else 1
        named = duty.item_iri if self.keep_items else ""
        body = self._seen("body", duty.department_iri)
        item = self._seen("item", named) if named else -1
        if named or (self.level in _FUNCTION_KINDS and len(duty.functions) > 1):
            self.tied.add(task)
        for iri, name, function in self._stands_for(duty):
            self.task.append(task)
            self.node.append(self._number(iri, name, function, duty))
            self.side.append(side)
            self.body.append(body)
            self.item.append(item)

    def _seen(self, what: str, key: str) -> int:
        known = self.numbers[what]
        return known.setdefault(key, len(known))

    def _stands_for(self, duty: Duty) -> Iterator[tuple[str, str, str]]:
        if self.level not in _FUNCTION_KINDS:
            yield duty.department_iri, duty.department_name, ""
            return
        if not duty.functions:
            self.unclassified.add(duty.department_name)
        for function in duty.functions:
            iri, name = concept_iri("function", function), function_name(function, "zh")
            if self.level == "place-function":
                place = duty.region or "x"
                yield child_iri(iri, "place", place), f"{duty.region}{name}", function
            else:
                yield iri, name, function

    def _number(self, iri: str, name: str, function: str, duty: Duty) -> int:
        node = self.numbers["node"].get(iri)
        if node is None:
            node = self.numbers["node"][iri] = len(self.nodes)
            functions = (function,) if function else duty.functions
            self.nodes.append(Department(iri, name, functions, (), self._kind(duty)))
            self.regions.append(set())
        elif not function:
            known = self.nodes[node]
            if (name, duty.functions) != (known.name, known.functions):
                merged = tuple(sorted({*known.functions, *duty.functions}))
                kind = known.kind if known.kind == self._kind(duty) else "department"
                self.nodes[node] = Department(iri, min(name, known.name), merged, (), kind)
        if duty.region:
            self.regions[node].add(duty.region)
        return node

    def _kind(self, duty: Duty) -> str:
        if self.level in _FUNCTION_KINDS:
            return "function"
        if self.level == "post":
            return "post"
        return "collective" if duty.collective else "department"

    def finished(self) -> Incidence:
        import numpy as np

        node_order, node_place = _ranked([node.iri for node in self.nodes])
        task_order, task_place = _ranked([task.iri for task in self.tasks])
        task = task_place[np.asarray(self.task, dtype=np.int32)]
        node = node_place[np.asarray(self.node, dtype=np.int32)]
        side = np.asarray(self.side, dtype=np.int8)
        loose = self._loose(task, node, task_place)
        order = np.lexsort((side, node, task))
        task, node, side = task[order], node[order], side[order]
        # A unit that is in charge and related counts as in charge: the first of its rows.
        first = np.ones(len(task), dtype=bool)
        first[1:] = (task[1:] != task[:-1]) | (node[1:] != node[:-1])
        return Incidence(
            tuple(self._described(n) for n in node_order),
            tuple(self.tasks[t] for t in task_order),
            task[first], node[first], side[first], loose, frozenset(self.unclassified),
        )  # fmt: skip

    def _described(self, number: int) -> Department:
        node = self.nodes[number]
        regions = tuple(sorted(self.regions[number]))
        return Department(node.iri, node.name, tuple(sorted(node.functions)), regions, node.kind)

    def _loose(
        self, task: Any, node: Any, task_place: Any
    ) -> dict[int, dict[int, frozenset[Standing]]]:
        """Return the standings of the members of tasks that not all of them share."""
        import numpy as np

        tied = np.zeros(len(self.tasks), dtype=bool)
        tied[[task_place[number] for number in self.tied]] = True
        found: dict[int, dict[int, set[Standing]]] = defaultdict(lambda: defaultdict(set))
        for row in np.flatnonzero(tied[task]).tolist():
            standing = Standing(self.body[row], self.item[row])
            found[int(task[row])][int(node[row])].add(standing)
        return {
            number: {member: frozenset(standings) for member, standings in members.items()}
            for number, members in sorted(found.items())
            if not _all_share(list(members.values()))
        }


def _ranked(iris: list[str]) -> tuple[list[int], Any]:
    """Return the numbers in order of their IRIs, and the place of each number in that order."""
    import numpy as np

    order = sorted(range(len(iris)), key=iris.__getitem__)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return order, place


def _all_share(standings: list[set[Standing]]) -> bool:
    return all(
        _share(one, other)
        for place, one in enumerate(standings)
        for other in standings[place + 1 :]
    )


def _task_info(duty: Duty) -> TaskInfo:
    program = duty.program or f"{duty.region}/{duty.year or ''}"
    return TaskInfo(
        duty.task_iri, duty.task_title, duty.region, duty.year, duty.areas, duty.months, program
    )
