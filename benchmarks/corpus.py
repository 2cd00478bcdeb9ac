"""A corpus of made-up plans of any size, for benchmarks of stores.

Plans are drawn by ``tests/support/plan_generator.py`` and laid out as texts, one for a place and
year, so that the real pipeline can read them. To reach the size of a nation cheaply, plans that
were read are moved to other places and years: same tasks, other bodies, other identifiers.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from mskg.lexicon.regions import region_table
from mskg.model import Leader
from mskg.ns import digest

SUPPORT = Path(__file__).resolve().parents[1] / "tests" / "support"
sys.path.insert(0, str(SUPPORT))

from plan_generator import plans  # noqa: E402
from plan_renderers import FAMILIES, Noise, render  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plan_generator import PlannedText

    from mskg.lexicon.regions import Region
    from mskg.model import Assignment, Plan

__all__ = ["moved_plans", "places", "with_leaders", "write_texts"]

_LEADERS = ("赵一", "钱二", "孙三", "李四", "周五")  # made up
YEARS = (2024, 2023, 2022, 2021)


def places() -> list[Region]:
    """Return the counties whose name no other place has, so that a text names them for sure.

    A county that also has a former name is there once: two plans of one program would be one.
    """
    counties = {
        named[0].code: named[0]
        for _, named in sorted(region_table().by_name.items())
        if len(named) == 1 and not (named[0].is_province or named[0].is_prefecture)
    }
    return list(counties.values())


def write_texts(folder: Path, count: int, number: int) -> list[Path]:
    """Write `count` plans as texts into `folder`; `number` is the seed. Return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    homes = places()
    files = []
    for index, (plan, family) in enumerate(_drawn(count, number)):
        years, home = divmod(index, len(homes))
        own = replace(plan, region=homes[home].name, year=YEARS[years])
        path = folder / f"{index:05d}.txt"
        path.write_text(render(own, family, Noise()).text, encoding="utf-8")
        files.append(path)
    return files


def _drawn(count: int, number: int) -> list[tuple[PlannedText, str]]:
    found: list[tuple[PlannedText, str]] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(plans(fewest=8), st.sampled_from(sorted(FAMILIES)))
    def run(plan: PlannedText, family: str) -> None:
        found.append((plan, family))

    run()
    return found


def with_leaders(plan: Plan) -> Plan:
    """Return `plan` with a leader for every task, five a plan: the texts name none."""
    tasks = tuple(
        replace(task, leaders=(Leader(_LEADERS[at % len(_LEADERS)], "副县长", task.span),))
        for at, task in enumerate(plan.tasks)
    )
    return replace(plan, tasks=tasks)


def moved_plans(read: Sequence[Plan], count: int) -> Iterator[Plan]:
    """Yield `count` plans: those of `read` again and again, each in a place and year of its own."""
    homes = places()
    for index in range(count):
        years, home = divmod(index, len(homes))
        yield _moved(read[index % len(read)], homes[home], YEARS[0] - years)


def _moved(plan: Plan, home: Region, year: int) -> Plan:
    old = plan.program.region_code

    def at_home(entry: Assignment) -> Assignment:
        code, _, slug = entry.org_id.partition("/")
        org = entry.org.replace(plan.program.region, home.name)
        return replace(
            entry, org=org, org_id=f"{home.code}/{slug}" if code == old else entry.org_id
        )

    def here(entries: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
        return tuple(map(at_home, entries))

    tasks = tuple(
        replace(
            task,
            departments=here(task.departments),
            items=tuple(replace(item, departments=here(item.departments)) for item in task.items),
        )
        for task in plan.tasks
    )
    program = replace(
        plan.program,
        region=home.name,
        region_code=home.code,
        year=year,
        departments=here(plan.program.departments),
    )
    key = f"{home.code}-{year}-{digest(plan.document.key)}"
    return replace(plan, program=program, tasks=tasks, document=replace(plan.document, key=key))
