"""Get duty rows from a store, from plans or from rows, and build the network from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, runtime_checkable

from mskg.errors import InputError
from mskg.lexicon.areas import areas as known_areas
from mskg.model import Plan
from mskg.network.duty import LEVELS, SIDES, Duty, choose
from mskg.network.graph import Collaboration, Coordination
from mskg.network.notes import Note, left_out
from mskg.network.programs import Place, named_regions, programs_of
from mskg.network.records import duties_from_rows
from mskg.network.rows import duty_rows, post_rows, program_duties
from mskg.ns import document_iri
from mskg.rdf import derived_graph, derived_triples, plan_triples
from mskg.rdf.contacts import masked
from mskg.store import Store, open_store
from mskg.text.naming import ambiguous, meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mskg.network.rows import Progress

__all__ = ["collaboration", "duties_from_plan", "duties_from_store", "store_of"]

T = TypeVar("T", str, int)

_ROLE_WORDS: Final = {"accountable": "牵头（负责）", "related": "配合"}


@runtime_checkable
class Table(Protocol):
    """A result with named columns, such as `mskg.query.ResultTable`."""

    @property
    def columns(self) -> Sequence[str]:
        """Names of the columns."""
        ...

    @property
    def rows(self) -> Iterable[Sequence[object]]:
        """One value a column."""
        ...


@dataclass(frozen=True, slots=True)
class Selection:
    """Which duties a network is made of; see `collaboration` for the parameters."""

    place: Place
    areas: tuple[str, ...]
    roles: tuple[str, ...]
    collectives: bool
    coordinators: bool
    level: str
    names: bool


def collaboration(  # noqa: PLR0913 - each parameter is a choice of the user's
    source: Store | Plan | Iterable[Plan] | Iterable[Duty] | Table,
    *,
    region: str | Sequence[str] | None = None,
    year: int | Sequence[int] | None = None,
    area: str | Sequence[str] | None = None,
    role: str | None = None,
    level: str = "department",
    share: str = "item",
    weight: str = "count",
    include_collectives: bool = False,
    include_coordinators: bool = False,
    names: bool = False,
    progress: Progress | None = None,
) -> Collaboration:
    """Return the network of departments that share tasks.

    Parameters
    ----------
    source:
        A store, a plan, several plans, duty rows, or a table with columns (see
        `duties_from_rows`), such as the result of a query.
    region, year, area:
        Region by name, part of a name or six-digit code, year of the program, policy area by
        name, part of a name or id; one or several; None for all.
    role:
        ``accountable`` or ``related``: only these duties; None for both.
    level:
        ``department``; ``function``: 卫生健康 of every place is one node;
        ``place-function``: one node a place; ``post``: responsible leaders.
    share:
        ``item``: where every item of a task names its own units, only units of one item
        share it; ``task``: all units of a task share it.
    weight:
        ``count`` (tasks shared), ``newman`` (each task worth 1/(k−1)) or ``jaccard``.
    include_collectives:
        Keep collectives such as 各乡（街道） as nodes of a kind of their own.
    include_coordinators:
        Keep departments with duties for the whole program, as edges of kinds of their own.
    names:
        At level ``post``: show the names of persons. Telephone numbers in titles of tasks are
        □ without it.
    progress:
        Called with the number of programs of the store that are read, and of all.

    Raises
    ------
    InputError
        If the selection is empty, a region or an area is not known or may be one of several
        (`QueryError`, with the nearest names), or an option is unknown.
    """
    choose("level", level, LEVELS)
    if role is not None:
        choose("role", role, SIDES)
    wanted = Selection(
        Place(tuple(_listed(region)), tuple(_listed(year))), _areas(_listed(area)),
        (role,) if role else SIDES, include_collectives, include_coordinators, level, names,
    )  # fmt: skip
    options = {"share": share, "weight": weight}
    if isinstance(source, Store):
        return _from_store(source, wanted, options, progress)
    if isinstance(source, Plan):
        source = [source]
    rows = list(
        duties_from_rows(source.columns, source.rows) if isinstance(source, Table) else source
    )
    if all(isinstance(row, Plan) for row in rows):
        with store_of(row for row in rows if isinstance(row, Plan)) as store:
            return _from_store(store, wanted, options, progress)
    duties = _of_place([row for row in rows if isinstance(row, Duty)], wanted.place)
    return _built(duties, wanted, options)


def store_of(plans: Iterable[Plan]) -> Store:
    """Return a store in memory with `plans`; close it when it is no more needed."""
    store = open_store(None)
    for plan in plans:
        store.replace_graph(document_iri(plan.document.key), plan_triples(plan))
        store.replace_graph(derived_graph(plan), derived_triples(plan))
    return store


def duties_from_plan(plan: Plan) -> list[Duty]:
    """Return the duty rows of the tasks of `plan`, collectives included."""
    with store_of([plan]) as store:
        return duties_from_store(store)


def duties_from_store(
    store: Store, *, region: str | None = None, year: int | None = None
) -> list[Duty]:
    """Return the duty rows of the stored tasks of a region and year, collectives included."""
    place = Place(tuple(_listed(region)), tuple(_listed(year)))
    return list(duty_rows(store, programs_of(store, place)))


def _from_store(
    store: Store, wanted: Selection, options: dict[str, str], progress: Progress | None
) -> Collaboration:
    programs = programs_of(store, wanted.place)
    if wanted.level == "post":
        rows = post_rows(store, programs, names=wanted.names, progress=progress)
        return _built(rows, wanted, options)
    duties = duty_rows(store, programs, progress)
    coordination, named, nameless = program_duties(store, programs)
    if wanted.coordinators:
        return _built(duties, wanted, options, coordination, nameless)
    return _built(duties, wanted, options, left=named + nameless)


def _built(
    duties: Iterable[Duty],
    wanted: Selection,
    options: dict[str, str],
    coordination: Sequence[Coordination] = (),
    left: int = 0,
) -> Collaboration:
    chosen = _Chosen(wanted)
    rows = chosen.of(duties if wanted.names else map(_without_contacts, duties))
    first = next(rows, None)
    if first is None:
        raise _nothing(wanted)
    return Collaboration(
        chain([first], rows),
        **options,
        level=wanted.level,
        notes=chosen.notes(left),
        coordination=coordination,
    )


def _without_contacts(duty: Duty) -> Duty:
    title = masked(duty.task_title)
    return duty if title == duty.task_title else duty._replace(task_title=title)


@dataclass
class _Chosen:
    """Lets the wanted duties through and keeps account of the others."""

    wanted: Selection
    collectives: dict[str, str] = field(default_factory=dict)
    duties: int = 0

    def of(self, rows: Iterable[Duty]) -> Iterator[Duty]:
        """Yield the duties that are wanted, one by one."""
        areas = {*self.wanted.areas}
        for duty in rows:
            if duty.side not in self.wanted.roles or (areas and not areas & {*duty.areas}):
                continue
            if duty.collective and not self.wanted.collectives:
                self.collectives[duty.department_iri] = duty.department_name
                self.duties += 1
            else:
                yield duty

    def notes(self, program_duties: int) -> Iterator[Note]:
        """Yield what was chosen and what was left out, once all duties are read."""
        yield from _selected(self.wanted)
        yield from left_out(
            self.collectives, self.duties, program_duties, nameless=self.wanted.coordinators
        )


def _listed(value: T | Sequence[T] | None) -> list[T]:
    if value is None:
        return []
    if isinstance(value, str | int):
        return [value]
    return list(value)


def _areas(given: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of policy areas given by id, name or part of a name."""
    names = [(a.id, name) for a in known_areas().values() for name in (a.id, a.zh, a.en)]
    found = []
    for word in given:
        ids = meant(word, names)
        if not ids:
            known = " ".join(area.zh for area in known_areas().values())
            raise InputError(
                f"no policy area {word!r}",
                hint=f"one of: {' '.join(known_areas())}",
                zh=f"没有政策领域 {word!r}（可用 {known}）",
            )
        if len(ids) > 1:
            labels = (f"{known_areas()[area].zh} {area}" for area in ids)
            raise ambiguous("policy area", "政策领域", word, labels)
        found += ids
    return tuple(found)


def _of_place(duties: Sequence[Duty], place: Place) -> list[Duty]:
    """Return the duties of a selection; regions go by code where the program has one."""
    names = {(_region(duty), name) for duty in duties for name in (_region(duty), duty.region)}
    shown = {region: f"{name} {region}".strip() for region, name in names if name != region}
    wanted = {*named_regions(place.regions, sorted(names), {r: r for r, _ in names} | shown)}
    return [
        duty
        for duty in duties
        if (not wanted or _region(duty) in wanted) and (not place.years or duty.year in place.years)
    ]


def _region(duty: Duty) -> str:
    return duty.program.partition("/program/")[2].partition("/")[0] or duty.region


def _nothing(wanted: Selection) -> InputError:
    where = [f" of region {region!r}" for region in wanted.place.regions]
    where += [f" in {year}" for year in wanted.place.years]
    where += [f" in the area {area!r}" for area in wanted.areas]
    who = "a responsible leader" if wanted.level == "post" else "a department"
    zh = [*wanted.place.regions, *(f"{year}年" for year in wanted.place.years)]
    zh += [known_areas()[area].zh for area in wanted.areas]
    return InputError(
        f"no task{''.join(where)} names {who}",
        hint="choose another region, year or plan",
        zh=f"所选范围{'（' + '，'.join(zh) + '）' if zh else ''}没有任务列出"
        f"{'责任领导' if wanted.level == 'post' else '部门'}（请换地区、年度或文件）",
    )


def _selected(wanted: Selection) -> Iterator[Note]:
    if wanted.areas:
        chosen = [known_areas()[area] for area in wanted.areas]
        yield Note(
            f"只含政策领域：{'、'.join(area.zh for area in chosen)}",
            f"policy areas: {', '.join(area.en for area in chosen)}",
        )
    if len(wanted.roles) == 1:
        role = wanted.roles[0]
        yield Note(f"只含{_ROLE_WORDS[role]}职责", f"only {role} duties")
