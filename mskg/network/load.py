"""Get duty rows from plans or from a store, and build the network from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from mskg.errors import InputError
from mskg.model import Plan
from mskg.network.graph import Collaboration, Duty
from mskg.network.rows import SHORTCUTS, duty_rows, item_counts, program_duty_count
from mskg.ns import child_iri, organisation_iri
from mskg.rdf.derived import derived_triples
from mskg.rdf.writer import task_nodes
from mskg.store.base import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.model import Assignment


__all__ = ["collaboration", "duties_from_plan", "duties_from_store"]


@dataclass(frozen=True, slots=True)
class _Selection:
    """Duty rows before filters by kind, and what is known to be left out."""

    duties: list[Duty]
    program_duties: int = 0


def collaboration(
    source: Store | Plan | Iterable[Plan],
    *,
    region: str | None = None,
    year: int | None = None,
    include_collectives: bool = False,
    weight: str = "count",
    level: str = "item",
) -> Collaboration:
    """Return the network of departments that share tasks.

    Parameters
    ----------
    source:
        A store, a plan or several plans.
    region:
        Name or six-digit code of the region; None for all.
    year:
        Year of the program; None for all.
    include_collectives:
        Keep collectives such as 各乡（街道） as nodes.
    weight:
        ``count`` (tasks shared), ``newman`` (each task worth 1/(k−1)) or ``jaccard``.
    level:
        ``item``: where every item of a task names its own units, only units of one item
        share it; ``task``: all units of a task share it.

    Raises
    ------
    InputError
        If the selection is empty, or `weight` or `level` is unknown.
    """
    if isinstance(source, Plan):
        found = _from_plans([source], region, year)
    elif isinstance(source, Store):
        found = _from_store(source, region, year)
    else:
        found = _from_plans(source, region, year)
    duties = [duty for duty in found.duties if include_collectives or not duty.collective]
    if not duties:
        raise InputError(
            f"no task{_where(region, year)} names a department",
            hint="choose another region, year or plan",
            zh=f"所选范围{_where_zh(region, year)}没有任务列出部门（请换地区、年度或文件）",
        )
    left_out = [duty for duty in found.duties if duty.collective and not include_collectives]
    split = _split_tasks(duties) if level == "item" else 0
    note, note_en = _notes(left_out, found.program_duties, split)
    return Collaboration(
        duties, weight=weight, level=level, title=_title(duties), note=note, note_en=note_en
    )


def duties_from_plan(plan: Plan) -> list[Duty]:
    """Return the duty rows of the tasks of `plan`, collectives included.

    Who is accountable and who related is read from the derived triples of the plan, so
    that a plan and a store with it give the same network.
    """
    nodes = task_nodes(plan)
    task_of = {
        child_iri(node, "item", number): node
        for node, task in zip(nodes, plan.tasks, strict=True)
        for number in range(1, len(task.items) + 1)
    }
    titles = {node: task.title for node, task in zip(nodes, plan.tasks, strict=True)}
    known = _organisations(plan)
    whole: dict[str, list[Duty]] = defaultdict(list)
    parts: dict[str, list[Duty]] = defaultdict(list)
    for subject, link, value in derived_triples(plan):
        if link not in SHORTCUTS:
            continue
        side, collective = SHORTCUTS[link]
        task = task_of.get(subject, subject)
        assignment = known[str(value)]
        duty = Duty(
            task, titles[task], str(value), assignment.org or assignment.name, side,
            assignment.functions, plan.program.region, plan.program.year, collective,
            subject if task != subject else "",
        )  # fmt: skip
        (parts if duty.item_iri else whole)[task].append(duty)
    return [
        duty
        for node, task in zip(nodes, plan.tasks, strict=True)
        for duty in _by_item(whole[node], parts[node], len(task.items))
    ]


def _organisations(plan: Plan) -> dict[str, Assignment]:
    """Return the first assignment of every organisation of the tasks, by IRI."""
    found: dict[str, Assignment] = {}
    for task in plan.tasks:
        named = chain(task.departments, *(item.departments for item in task.items))
        for assignment in named:
            found.setdefault(organisation_iri(assignment.org_id), assignment)
    return found


def duties_from_store(
    store: Store, *, region: str | None = None, year: int | None = None
) -> list[Duty]:
    """Return the duty rows of the stored tasks of a region and year, collectives included."""
    return _from_store(store, region, year).duties


def _from_plans(plans: Iterable[Plan], region: str | None, year: int | None) -> _Selection:
    chosen = [
        plan
        for plan in plans
        if region in {None, plan.program.region, plan.program.region_code}
        and year in {None, plan.program.year}
    ]
    return _Selection(
        [duty for plan in chosen for duty in duties_from_plan(plan)],
        sum(len(plan.program.departments) for plan in chosen),
    )


def _from_store(store: Store, region: str | None, year: int | None) -> _Selection:
    whole: dict[str, list[Duty]] = defaultdict(list)
    parts: dict[str, list[Duty]] = defaultdict(list)
    for duty in duty_rows(store, region, year):
        (parts if duty.item_iri else whole)[duty.task_iri].append(duty)
    counts = item_counts(store) if parts else {}
    duties = [
        duty
        for task in sorted({*whole, *parts})
        for duty in _by_item(whole[task], parts[task], counts.get(task, 1))
    ]
    return _Selection(duties, program_duty_count(store, region, year))


def _by_item(whole: list[Duty], parts: list[Duty], items: int) -> list[Duty]:
    """Tie units to their items where every item of the task names units of its own."""
    if len({duty.item_iri for duty in parts}) < items:
        known = {duty.department_iri for duty in whole}
        extra = [duty for duty in parts if duty.department_iri not in known]
        return whole + [replace(duty, item_iri="") for duty in extra]
    tied = {duty.department_iri for duty in parts}
    return [duty for duty in whole if duty.department_iri not in tied] + parts


def _where(region: str | None, year: int | None) -> str:
    return (f" of region {region!r}" if region else "") + (f" in {year}" if year else "")


def _where_zh(region: str | None, year: int | None) -> str:
    parts = [part for part in (region, f"{year}年" if year else "") if part]
    return f"（{'，'.join(parts)}）" if parts else ""


def _title(duties: Iterable[Duty]) -> str:
    """Name the network by its region and years, or by the number of regions."""
    rows = list(duties)
    regions = sorted({duty.region for duty in rows if duty.region})
    years = sorted({duty.year for duty in rows if duty.year})
    place = regions[0] if len(regions) == 1 else f"{len(regions)}个地区" if regions else ""
    span = f"{years[0]}—{years[-1]}年" if len(years) > 1 else "".join(f"{y}年" for y in years)
    return f"{place}{span}部门协作网络"


def _split_tasks(duties: Iterable[Duty]) -> int:
    """Count the tasks whose units are tied to several items."""
    pairs = {(duty.task_iri, duty.item_iri) for duty in duties if duty.item_iri}
    counts = Counter(task for task, _ in pairs)
    return sum(count > 1 for count in counts.values())


def _notes(left_out: list[Duty], program_duties: int, split: int) -> tuple[str, str]:
    """Say in Chinese and English which duties and pairs are not in the network."""
    zh, en = [], []
    if left_out:
        bodies = {duty.department_iri for duty in left_out}
        names = "、".join(sorted({duty.department_name for duty in left_out})[:3])
        zh.append(f"未计入集体单位{len(bodies)}个（{names}），涉及职责{len(left_out)}项")
        en.append(f"left out: collectives ({len(bodies)}: {names}) with {len(left_out)} duties")
    if program_duties:
        zh.append(f"未计入总协调、督查等项目级职责{program_duties}项")
        en.append(f"left out: {program_duties} programme-level duties such as coordination")
    if split:
        zh.append(f"{split}项任务的各分项另列单位，不同分项的单位不算共同承担")
        en.append(f"not joined: units of different items of one task ({split} tasks)")
    return "；".join(zh), "; ".join(en)
