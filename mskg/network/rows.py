"""Duty rows from a store, over its derived shortcut properties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from mskg.network.duty import Duty
from mskg.network.graph import Coordination
from mskg.network.programs import ask, batches, literal, preferred
from mskg.ns import DATA, child_iri, digest
from mskg.rdf import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mskg.network.programs import Program
    from mskg.rdf.terms import Literal, Term
    from mskg.store.base import Store

    Progress: TypeAlias = Callable[[int, int], object]

__all__ = ["duty_rows", "post_rows", "program_duties"]

SHORTCUTS: Final = {
    v.ACCOUNTABLE_DEPARTMENT: ("accountable", False),
    v.RELATED_DEPARTMENT: ("related", False),
    v.ACCOUNTABLE_COLLECTIVE: ("accountable", True),
    v.RELATED_COLLECTIVE: ("related", True),
}
# In all of these #chosen# is a VALUES block: of programs, of tasks or of departments.
_IS_DUTY: Final = f"FILTER(?property IN ({', '.join(f'<{iri}>' for iri in SHORTCUTS)}))"
_TASKS: Final = """
SELECT DISTINCT ?task ?title ?program WHERE {
  #chosen# ?program mskg:hasTask ?task . ?task dcterms:title ?title
}"""
_AREAS: Final = """
SELECT DISTINCT ?task ?area WHERE {
  #chosen# ?program mskg:hasTask ?task . ?task mskg:policyArea ?area
}"""
_FINAL: Final = """
SELECT DISTINCT ?task ?due WHERE {
  #chosen# ?program mskg:hasTask ?task . ?task mskg:finalDue ?due
}"""
_STAGES: Final = """
SELECT DISTINCT ?task ?due WHERE {
  #chosen# ?program mskg:hasTask ?task . ?item mskg:inTask ?task ; mskg:hasMilestone ?milestone .
  ?milestone mskg:hasDeadline ?deadline . ?deadline mskg:due ?due
}"""
_OF_TASKS: Final = f"""
SELECT DISTINCT ?task ?property ?department WHERE {{
  #chosen# ?program mskg:hasTask ?task . ?task ?property ?department {_IS_DUTY}
}}"""
_OF_ITEMS: Final = f"""
SELECT DISTINCT ?task ?property ?department ?item WHERE {{
  #chosen# ?program mskg:hasTask ?task . ?item mskg:inTask ?task ; ?property ?department {_IS_DUTY}
}}"""
_NAMES: Final = (
    "SELECT DISTINCT ?department ?name WHERE { #chosen# ?department skos:prefLabel ?name }"
)
_FUNCTIONS: Final = """
SELECT DISTINCT ?department ?function WHERE { #chosen# ?department mskg:function ?function }"""
_POSTS: Final = """
SELECT DISTINCT ?task ?item ?name ?label ?order ?itemOrder ?taskOrder WHERE {
  #chosen# ?program mskg:hasTask ?task . ?task mskg:position ?taskOrder .
  { ?task mskg:hasLeader ?post . }
  UNION
  { ?item mskg:inTask ?task ; mskg:hasLeader ?post ; mskg:position ?itemOrder . }
  ?post mskg:position ?order .
  OPTIONAL { ?post mskg:personName ?name }
  OPTIONAL { ?post rdfs:label ?label }
}"""
_PROGRAM_DUTIES: Final = """
SELECT DISTINCT ?program ?assignment ?department ?name ?role WHERE {
  ?program a mskg:Program ; mskg:hasAssignment ?assignment .
  OPTIONAL { ?assignment mskg:department ?department . ?department skos:prefLabel ?name }
  OPTIONAL { ?assignment mskg:role ?role }
}"""
_ITEM_COUNTS: Final = """
SELECT ?task (COUNT(DISTINCT ?item) AS ?items) WHERE { #chosen# ?item mskg:inTask ?task }
GROUP BY ?task"""


@dataclass
class _Task:
    """A task of the store, while its rows come in."""

    program: Program
    titles: set[Literal] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    stages: set[str] = field(default_factory=set)
    final: set[str] = field(default_factory=set)

    def duty(
        self, iri: str, department: str, name: str, side: str, functions: tuple[str, ...] = ()
    ) -> Duty:
        """Return the row of a department in this task.

        A month counts where something of the task falls due; where no stage has a date, the
        final due date counts, which may be that of the whole program.
        """
        region, year = self.program.region, self.program.year
        return Duty(
            iri, preferred(self.titles), department, name, side, functions, region, year,
            areas=tuple(sorted(self.areas)), months=tuple(sorted(self.stages or self.final)),
            program=self.program.iri,
        )  # fmt: skip


def _read(
    store: Store, programs: Mapping[str, Program], progress: Progress | None
) -> Iterator[tuple[str, dict[str, _Task]]]:
    """Yield batches of programs with their tasks, and tell the progress after each."""
    done = 0
    for batch, size in batches("program", programs):
        yield batch, _tasks(store, batch, programs)
        done += size
        if progress is not None:
            progress(done, len(programs))


def _tasks(store: Store, batch: str, programs: Mapping[str, Program]) -> dict[str, _Task]:
    """Return the tasks of a batch of programs by IRI, with policy areas and due months."""
    tasks: dict[str, _Task] = {}
    for iri, title, program in ask(store, _TASKS.replace("#chosen#", batch)):
        tasks.setdefault(str(iri), _Task(programs[str(program)])).titles.add(literal(title))
    for iri, area in ask(store, _AREAS.replace("#chosen#", batch)):
        if str(iri) in tasks:
            tasks[str(iri)].areas.add(str(area).rpartition("/")[2])
    for query, final in ((_FINAL, True), (_STAGES, False)):
        for iri, due in ask(store, query.replace("#chosen#", batch)):
            task, month = tasks.get(str(iri)), literal(due).value[:7]
            if task is not None and final:
                task.final.add(month)
            elif task is not None and int(month[:4]) >= (task.program.year or 0):
                task.stages.add(month)
    return tasks


class _Departments:
    """Names and functions of departments; each is looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[str, tuple[str, tuple[str, ...]]] = {}

    def named(self, iris: Iterable[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return name and functions of these and of all that were asked before."""
        names: dict[str, set[Literal]] = defaultdict(set)
        functions: dict[str, set[str]] = defaultdict(set)
        for chosen, _ in batches("department", sorted({*iris} - self.known.keys())):
            for iri, name in ask(self.store, _NAMES.replace("#chosen#", chosen)):
                names[str(iri)].add(literal(name))
            for iri, function in ask(self.store, _FUNCTIONS.replace("#chosen#", chosen)):
                functions[str(iri)].add(str(function).rpartition("/")[2])
        for department, found in names.items():
            self.known[department] = preferred(found), tuple(sorted(functions[department]))
        return self.known


def duty_rows(
    store: Store, programs: Mapping[str, Program], progress: Progress | None = None
) -> Iterator[Duty]:
    """Yield the duties in the tasks of `programs`, batch by batch.

    Where every item of a task names units of its own, they stand for their items.

    Parameters
    ----------
    progress:
        Called with the number of programs that are done, and of all.
    """
    departments = _Departments(store)
    for batch, tasks in _read(store, programs, progress):
        of_tasks, of_items = (
            ask(store, query.replace("#chosen#", batch)) for query in (_OF_TASKS, _OF_ITEMS)
        )
        rows = [*((*row, None) for row in of_tasks), *of_items]
        named = departments.named(str(row[2]) for row in rows)
        found = []
        for task, prop, department, item in rows:
            if str(task) in tasks and str(department) in named:
                side, collective = SHORTCUTS[str(prop)]
                name, functions = named[str(department)]
                duty = tasks[str(task)].duty(str(task), str(department), name, side, functions)
                found.append(duty._replace(collective=collective, item_iri=str(item or "")))
        yield from _tied(store, found)


def post_rows(
    store: Store,
    programs: Mapping[str, Program],
    *,
    names: bool,
    progress: Progress | None = None,
) -> Iterator[Duty]:
    """Yield the posts of responsible leaders as rows; one person of a region is one post.

    Without `names` a post that is not printed is called 责任领导 with a number in the order
    of the plan; neither label nor IRI tells the person then.
    """
    numbers: dict[tuple[str, str], int] = {}
    counts: dict[str, int] = defaultdict(int)
    for batch, tasks in _read(store, programs, progress):
        found = []
        rows = ask(store, _POSTS.replace("#chosen#", batch))
        for task, item, name, label, *_ in sorted(rows, key=_post_order):
            if str(task) not in tasks:
                continue
            region = tasks[str(task)].program.region
            person, post = literal(name).value, literal(label).value
            key = (region, person or post)
            if key not in numbers:
                counts[region] += 1
                numbers[key] = counts[region]
            anonymous = f"{region}{post or '责任领导'}{numbers[key]}"
            shown = f"{person}（{post}）" if post and person else person or anonymous
            iri = child_iri(f"{DATA}post/{digest(region)}", "number", numbers[key])
            duty = tasks[str(task)].duty(
                str(task), iri, shown if names else anonymous, "accountable"
            )
            found.append(duty._replace(item_iri=str(item or "")))
        yield from _tied(store, found)


def _tied(store: Store, rows: Iterable[Duty]) -> Iterator[Duty]:
    """Tie units to their items where every item of the task names units of its own."""
    whole: dict[str, list[Duty]] = defaultdict(list)
    parts: dict[str, list[Duty]] = defaultdict(list)
    for duty in rows:
        (parts if duty.item_iri else whole)[duty.task_iri].append(duty)
    counts = _item_counts(store, sorted(parts)) if parts else {}
    for task in sorted({*whole, *parts}):
        yield from _by_item(whole[task], parts[task], counts.get(task, 1))


def _by_item(whole: list[Duty], parts: list[Duty], items: int) -> list[Duty]:
    if len({duty.item_iri for duty in parts}) < items:
        known = {duty.department_iri for duty in whole}
        extra = [duty for duty in parts if duty.department_iri not in known]
        return whole + [duty._replace(item_iri="") for duty in extra]
    tied = {duty.department_iri for duty in parts}
    return [duty for duty in whole if duty.department_iri not in tied] + parts


def _item_counts(store: Store, tasks: Sequence[str]) -> dict[str, int]:
    return {
        str(task): int(literal(items).value)
        for chosen, _ in batches("task", tasks)
        for task, items in ask(store, _ITEM_COUNTS.replace("#chosen#", chosen))
    }


def program_duties(
    store: Store, programs: Mapping[str, Program]
) -> tuple[list[Coordination], int, int]:
    """Return the duties for whole `programs` that name a body; how many those and others are."""
    found, named, nameless = set(), set(), set()
    for iri, assignment, department, name, role in ask(store, _PROGRAM_DUTIES):
        program = programs.get(str(iri))
        if program is None:
            continue
        if not isinstance(department, str):
            nameless.add(assignment)
            continue
        named.add(assignment)
        found.add(
            Coordination(
                program.iri, f"{program.region}{program.year or ''}", department,
                literal(name).value, str(role).rpartition("/")[2], program.region, program.year,
            )
        )  # fmt: skip
    rows = sorted(found, key=lambda row: (row.program, row.department, row.role))
    return rows, len(named), len(nameless)


def _post_order(row: Sequence[Term | None]) -> tuple[str, int, int, int]:
    task, _, _, _, order, item_order, task_order = row
    program = str(task).rpartition("/task/")[0]
    task_place, item_place, place = (
        int(literal(term).value or 0) for term in (task_order, item_order, order)
    )
    return program, task_place, item_place, place
