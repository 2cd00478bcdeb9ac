"""Generated plans in every layout family: what is rendered is read back.

The strict subset that must always hold; ``python -m benchmarks generated`` measures the rest
over thousands of plans and shrinks its failures.
"""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from plan_generator import PlannedText, plans
from plan_renderers import FAMILIES, TABLES, Noise, comparable, render
from reading_plans import plan_of

from mskg.lexicon.units import unit_pattern
from mskg.model.record import plan_to_record

_QUICK = settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # the benchmark makes failures smaller
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# Where a run-together title ends is a guess, see `mskg.layout.runon`.
_SURE = [family for family in FAMILIES if family != "run-together"]


def _quantity(entry: dict) -> tuple:
    return round(float(entry["value"]), 6), entry["unit"], entry.get("op", "eq")


def _facts(record: dict) -> list[dict]:
    """Return what must be the same on both sides, task by task."""
    found = []
    for task in record["tasks"]:
        items, duties = task["items"], task["departments"]
        stages = [stage for item in items for stage in item["milestones"]]
        found.append(
            {
                "title": task["title"],
                "departments": sorted({(d["name"], d["role"]) for d in duties}),
                "indicators": Counter(_quantity(i) for item in items for i in item["indicators"]),
                "milestones": Counter(stage["due"] for stage in stages),
                "stage targets": Counter(
                    (stage["due"], *_quantity(i)) for stage in stages for i in stage["indicators"]
                ),
            }
        )
    return found


def _check(plan: PlannedText, family: str, noise: Noise, *, names: bool = True) -> None:
    rendering = render(plan, family, noise)
    read = plan_to_record(plan_of(rendering.text))
    wanted = _facts(comparable(rendering.record))
    found = _facts(comparable(json.loads(json.dumps(read))))
    if not names:
        for task in wanted + found:
            del task["departments"]
    assert found == wanted, rendering.text


@pytest.mark.parametrize("family", _SURE)
@_QUICK
@given(plan=plans(most=8))
def test_a_plan_in_any_layout_is_read_back(family: str, plan: PlannedText) -> None:
    _check(plan, family, Noise())


@pytest.mark.parametrize("family", ["list-han", "label-lines", "groups-restart", "tab-rows"])
@_QUICK
@given(plan=plans(most=6))
def test_script_and_width_of_digits_make_no_difference(family: str, plan: PlannedText) -> None:
    _check(plan, family, Noise(traditional=True, wide=True))


@pytest.mark.parametrize("family", [f for f in _SURE if f not in TABLES and f != "prose"])
@_QUICK
@given(plan=plans(most=6))
def test_lines_broken_at_a_width_lose_no_fact(family: str, plan: PlannedText) -> None:
    # A name broken behind a whole name (公安局 + 交通管理局) can be read two ways.
    _check(plan, family, Noise(width=34), names=False)


@_QUICK
@given(plan=plans(most=6))
def test_rows_of_a_table_run_together_count_on(plan: PlannedText) -> None:
    # 1户厕改造 looks like a quantity, so a row may be missed, but none is invented.
    numbers = [task.no for task in plan_of(render(plan, "run-together").text).tasks]
    assert numbers == list(range(1, len(numbers) + 1))
    like_units = [t for t in plan.tasks if re.match(unit_pattern(), t.title)]
    assert len(numbers) <= len(plan.tasks)
    assert numbers or like_units
    assert len(numbers) == len(plan.tasks) or like_units


@_QUICK
@given(plan=plans(most=10))
def test_groups_keep_their_names(plan: PlannedText) -> None:
    tasks = plan_of(render(plan, "groups-restart").text).tasks
    wanted = [name for name, size in plan.groups for _ in range(size)]
    assert [task.group for task in tasks] == (wanted if len(plan.groups) > 1 else [""] * len(tasks))
