"""Get duty rows from a store, from plans or from rows, and build the network from them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, runtime_checkable

from mskg.errors import InputError
from mskg.lexicon.areas import areas as known_areas
from mskg.model import Plan
from mskg.network.duty import LEVELS, SIDES, Duty, choose
from mskg.network.graph import Collaboration, Coordination, Note
from mskg.network.records import duties_from_rows
from mskg.network.rows import (
    Place,
    coordination_rows,
    duty_rows,
    item_counts,
    post_rows,
    program_duty_count,
    stored_tasks,
)
from mskg.ns import document_iri
from mskg.rdf import derived_graph, derived_triples, plan_triples
from mskg.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["collaboration", "duties_from_plan", "duties_from_store", "store_of"]

T = TypeVar("T", str, int)

_WHAT: Final = {
    "department": ("部门", "departments"),
    "function": ("职能", "functions"),
    "place-function": ("各地职能", "functions of each place"),
    "post": ("责任领导", "responsible leaders"),
}
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
) -> Collaboration:
    """Return the network of departments that share tasks.

    Parameters
    ----------
    source:
        A store, a plan, several plans, duty rows, or a table with columns (see
        `duties_from_rows`), such as the result of a query.
    region, year, area:
        Name or six-digit code of a region, year of the program, id or name of a policy
        area; one or several; None for all.
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
        At level ``post``: show the names of persons.

    Raises
    ------
    InputError
        If the selection is empty or an option is unknown.
    """
    choose("level", level, LEVELS)
    if role is not None:
        choose("role", role, SIDES)
    wanted = Selection(
        Place(tuple(_listed(region)), tuple(_listed(year))), _areas(_listed(area)),
        (role,) if role else SIDES, include_collectives, include_coordinators, level, names,
    )  # fmt: skip
    if isinstance(source, Store):
        return _from_store(source, wanted, share, weight)
    if isinstance(source, Plan):
        source = [source]
    rows = list(
        duties_from_rows(source.columns, source.rows) if isinstance(source, Table) else source
    )
    if all(isinstance(row, Plan) for row in rows):
        with store_of(row for row in rows if isinstance(row, Plan)) as store:
            return _from_store(store, wanted, share, weight)
    duties = [row for row in rows if isinstance(row, Duty) and _of_place(row, wanted.place)]
    return _built(duties, wanted, share, weight)


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
    return _tied(store, duty_rows(store, place, stored_tasks(store, place)))


def _from_store(store: Store, wanted: Selection, share: str, weight: str) -> Collaboration:
    place = wanted.place
    tasks = stored_tasks(store, place)
    if wanted.level == "post":
        rows = post_rows(store, place, tasks, names=wanted.names)
        return _built(_tied(store, rows, posts=True), wanted, share, weight)
    duties = _tied(store, duty_rows(store, place, tasks))
    left = 0 if wanted.coordinators else program_duty_count(store, place)
    coordination = coordination_rows(store, place) if wanted.coordinators else []
    return _built(duties, wanted, share, weight, coordination=coordination, left=left)


def _built(
    duties: list[Duty],
    wanted: Selection,
    share: str,
    weight: str,
    *,
    coordination: Sequence[Coordination] = (),
    left: int = 0,
) -> Collaboration:
    chosen = [
        duty
        for duty in duties
        if duty.side in wanted.roles and (not wanted.areas or {*wanted.areas} & {*duty.areas})
    ]
    kept = [duty for duty in chosen if wanted.collectives or not duty.collective]
    if not kept:
        raise _nothing(wanted)
    notes = [
        *_selected(wanted),
        *_left_out([duty for duty in chosen if duty.collective and not wanted.collectives], left),
    ]
    title = _title(kept, wanted.level)
    return Collaboration(
        kept,
        weight=weight,
        share=share,
        level=wanted.level,
        title=title.zh,
        title_en=title.en,
        notes=notes,
        coordination=coordination,
    )


def _tied(store: Store, rows: Iterable[Duty], *, posts: bool = False) -> list[Duty]:
    """Tie units to their items where every item of the task names units of its own."""
    whole: dict[str, list[Duty]] = defaultdict(list)
    parts: dict[str, list[Duty]] = defaultdict(list)
    for duty in rows:
        (parts if duty.item_iri else whole)[duty.task_iri].append(duty)
    counts = item_counts(store, posts=posts) if parts else {}
    return [
        duty
        for task in sorted({*whole, *parts})
        for duty in _by_item(whole[task], parts[task], counts.get(task, 1))
    ]


def _by_item(whole: list[Duty], parts: list[Duty], items: int) -> list[Duty]:
    if len({duty.item_iri for duty in parts}) < items:
        known = {duty.department_iri for duty in whole}
        extra = [duty for duty in parts if duty.department_iri not in known]
        return whole + [duty._replace(item_iri="") for duty in extra]
    tied = {duty.department_iri for duty in parts}
    return [duty for duty in whole if duty.department_iri not in tied] + parts


def _listed(value: T | Sequence[T] | None) -> list[T]:
    if value is None:
        return []
    if isinstance(value, str | int):
        return [value]
    return list(value)


def _areas(named: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of policy areas given by id or by name."""
    ids = {name: area.id for area in known_areas().values() for name in (area.id, area.zh, area.en)}
    found = []
    for name in named:
        if name not in ids:
            known = " ".join(area.zh for area in known_areas().values())
            listed = " ".join(known_areas())
            raise InputError(
                f"no policy area {name!r}",
                hint=f"one of: {listed}",
                zh=f"没有政策领域 {name!r}（可用 {known}）",
            )
        found.append(ids[name])
    return tuple(found)


def _of_place(duty: Duty, place: Place) -> bool:
    code = duty.program.partition("/program/")[2].partition("/")[0]
    return (not place.regions or bool({duty.region, code} & {*place.regions})) and (
        not place.years or duty.year in place.years
    )


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


def _title(duties: Iterable[Duty], level: str) -> Note:
    """Name the network by its region and years, or by the number of regions."""
    regions, years = set(), set()
    for duty in duties:
        regions.add(duty.region)
        years.add(duty.year)
    places, times = sorted(regions - {""}), sorted(year for year in years if year)
    place = places[0] if len(places) == 1 else f"{len(places)}个地区" if places else ""
    span = f"{times[0]}—{times[-1]}年" if len(times) > 1 else "".join(f"{y}年" for y in times)
    zh, en = _WHAT[level]
    place_en = place if len(places) < 2 else f"{len(places)} regions"
    span_en = "–".join(map(str, dict.fromkeys((times[0], times[-1])))) if times else ""
    where = ", ".join(filter(None, (place_en, span_en)))
    return Note(
        f"{place}{span}{zh}协作网络", f"Collaboration of {en}" + (f": {where}" if where else "")
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


def _left_out(collectives: Sequence[Duty], program_duties: int) -> Iterator[Note]:
    """Say which duties are not in the network."""
    if collectives:
        bodies = {duty.department_iri for duty in collectives}
        names = "、".join(sorted({duty.department_name for duty in collectives})[:3])
        yield Note(
            f"未计入集体单位{len(bodies)}个（{names}），涉及职责{len(collectives)}项",
            f"left out: collectives ({len(bodies)}: {names}) with {len(collectives)} duties",
        )
    if program_duties:
        yield Note(
            f"未计入总协调、督查等项目级职责{program_duties}项",
            f"left out: {program_duties} programme-level duties such as coordination",
        )
