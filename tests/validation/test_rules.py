"""Each rule fires on a reference plan with one thing changed, and only where it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from reference_plans import reference_plan

from mskg.model import Assignment, Indicator, Item, Milestone, Plan, Task
from mskg.validation import Finding, validate_plan
from mskg.validation.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable

validate = cache(validate_plan)


def violations(plan: Plan) -> list[tuple[str, str]]:
    """Return shape and task title of every violation."""
    found = [entry for entry in validate(plan).findings if entry.severity == "violation"]
    return [(entry.shape.removeprefix(SHAPES), entry.task) for entry in found]


def findings(plan: Plan, shape: str) -> list[Finding]:
    return [entry for entry in validate(plan).findings if entry.shape == SHAPES + shape]


def change_task(plan: Plan, title: str, change: Callable[[Task], Task]) -> Plan:
    tasks = tuple(change(task) if task.title == title else task for task in plan.tasks)
    assert tasks != plan.tasks, "the change must change something"
    return replace(plan, tasks=tasks)


def change_items(plan: Plan, title: str, change: Callable[[Item], Item]) -> Plan:
    return change_task(
        plan, title, lambda task: replace(task, items=tuple(change(item) for item in task.items))
    )


def change_stage(plan: Plan, title: str, due: date, name: str, value: int) -> Plan:
    """Set the stage target called `name` at `due` to `value`."""

    def indicator(entry: Indicator) -> Indicator:
        return replace(entry, value=Decimal(value)) if entry.name == name else entry

    def milestone(entry: Milestone) -> Milestone:
        if entry.due != due:
            return entry
        return replace(entry, indicators=tuple(map(indicator, entry.indicators)))

    def item(entry: Item) -> Item:
        return replace(entry, milestones=tuple(map(milestone, entry.milestones)))

    return change_items(plan, title, item)


def without_units(task: Task) -> Task:
    items = tuple(replace(item, departments=()) for item in task.items)
    return replace(task, departments=(), items=items)


@pytest.mark.parametrize("stem", ["000", "002", "003", "004"])
@pytest.mark.parametrize("position", [0, -1])
def test_one_task_without_a_unit_is_a_violation(stem: str, position: int) -> None:
    plan = reference_plan(stem)
    title = plan.tasks[position].title
    assert violations(change_task(plan, title, without_units)) == [("task-unit", title)]


def test_related_units_alone_are_nobody_in_charge() -> None:
    def demote(task: Task) -> Task:
        duties = tuple(replace(duty, role="related") for duty in task.departments)
        return replace(task, departments=duties)

    plan = change_task(reference_plan("000"), "就业促进项目", demote)
    assert violations(plan) == [("task-unit", "就业促进项目")]


def test_units_named_by_items_are_enough() -> None:
    def move(task: Task) -> Task:
        items = tuple(replace(item, departments=task.departments) for item in task.items)
        return replace(task, departments=(), items=items)

    assert violations(change_task(reference_plan("000"), "就业促进项目", move)) == []


def test_where_few_tasks_name_a_unit_there_is_one_warning() -> None:
    plan = reference_plan("000")
    tasks = tuple(
        without_units(task) if number > 5 else task for number, task in enumerate(plan.tasks, 1)
    )
    report = validate_plan(replace(plan, tasks=tasks))
    (warning,) = [finding for finding in report.findings if finding.severity != "info"]
    assert warning.shape == SHAPES + "program-units"
    assert "5 of the 17 tasks" in warning.message_en


@pytest.mark.parametrize("count", [16, 18, 70])
def test_a_wrong_declared_count_is_a_violation(count: int) -> None:
    plan = reference_plan("000")
    plan = replace(plan, program=replace(plan.program, declared_count=count))
    assert violations(plan) == [("program-count-agrees", "")]
    assert f"{count} 项任务，清单实有 17 项" in findings(plan, "program-count-agrees")[0].message


@pytest.mark.parametrize(
    ("title", "due", "name", "value"),
    [
        # stages of one indicator of the item
        ("群众就业稳岗提升工程", date(2023, 6, 30), "城镇新增就业", 40),
        ("政务惠企便民服务提升工程", date(2023, 9, 30), "工程建设审批时限压减", 10),
        # stages that no indicator of the item stands for
        ("法律援助质量提升工程", date(2023, 9, 30), "法律援助", 100),
        ("医疗健康保障提升工程", date(2023, 9, 30), "适龄妇女宫颈癌、乳腺癌筛查", 1100),
    ],
)
def test_a_falling_stage_is_a_violation(title: str, due: date, name: str, value: int) -> None:
    plan = change_stage(reference_plan("003"), title, due, name, value)
    assert violations(plan) == [("stage-falls", title)]
    assert str(value) in findings(plan, "stage-falls")[0].message


@pytest.mark.parametrize(
    ("title", "due", "name", "value"),
    [
        ("群众就业稳岗提升工程", date(2023, 9, 30), "城乡劳动力职业技能培训", 650),
        ("农村人居环境提升工程", date(2023, 9, 30), "农村户厕改造", 1200),
    ],
)
def test_a_last_stage_short_of_the_target_is_a_violation(
    title: str, due: date, name: str, value: int
) -> None:
    plan = change_stage(reference_plan("003"), title, due, name, value)
    assert violations(plan) == [("stage-short", title)]


def test_shares_of_the_task_rise_to_a_hundred() -> None:
    title = "城市基础设施补短板工程"
    plan = as_shares(reference_plan("003"), title)
    assert violations(plan) == []
    falling = change_stage(plan, title, date(2023, 5, 31), "工程量", 20)
    assert violations(falling) == [("stage-share-falls", title)]
    beyond = change_stage(plan, title, date(2023, 6, 30), "工程量", 110)
    assert violations(beyond) == [("stage-share-limit", title)]


def as_shares(plan: Plan, title: str) -> Plan:
    def milestone(entry: Milestone) -> Milestone:
        shares = tuple(replace(part, basis="share of the task") for part in entry.indicators)
        return replace(entry, indicators=shares)

    def item(entry: Item) -> Item:
        return replace(entry, milestones=tuple(map(milestone, entry.milestones)))

    return change_items(plan, title, item)


# -------- what is no mistake

STAGED = "就业促进项目"


def staged(stages: dict[date, int], final: int = 4400, **fields: str) -> Plan:
    """Return plan 000 with stages for the jobs of one task."""
    plan = reference_plan("000")

    def item(entry: Item) -> Item:
        jobs = replace(entry.indicators[0], value=Decimal(final), **fields)
        milestones = tuple(
            Milestone(
                due=due,
                text=f"{due.month}月底，完成{value}人",
                indicators=(
                    replace(jobs, id=f"stage-{due.month}", value=Decimal(value), of=jobs.id),
                ),
            )
            for due, value in stages.items()
        )
        return replace(entry, indicators=(jobs, *entry.indicators[1:]), milestones=milestones)

    return change_items(plan, STAGED, item)


JUNE, SEPTEMBER, DECEMBER = date(2023, 6, 30), date(2023, 9, 30), date(2023, 12, 31)


def test_the_staged_plan_itself() -> None:
    assert violations(staged({JUNE: 2200, DECEMBER: 4400})) == []
    assert violations(staged({JUNE: 2200, DECEMBER: 4000})) == [("stage-short", STAGED)]
    assert violations(staged({JUNE: 4400, DECEMBER: 2200})) == [("stage-falls", STAGED)]


def test_a_half_year_checkpoint_needs_not_reach_the_target() -> None:
    assert violations(staged({JUNE: 2200})) == []
    assert violations(staged({SEPTEMBER: 2200})) == [("stage-short", STAGED)]


def test_amounts_of_each_period_may_fall_and_add_up() -> None:
    assert violations(staged({JUNE: 2400, SEPTEMBER: 1200, DECEMBER: 800})) == []
    quarterly = staged({JUNE: 30, DECEMBER: 20}, final=100, accumulation="per period")
    assert violations(quarterly) == []


@pytest.mark.parametrize("fields", [{"op": "le"}, {"kind": "time standard"}])
def test_ceilings_and_time_standards_may_fall(fields: dict[str, str]) -> None:
    assert violations(staged({JUNE: 20, DECEMBER: 15}, final=15, **fields)) == []


def test_stages_in_another_unit_are_not_compared() -> None:
    plan = staged({JUNE: 2200, DECEMBER: 4400})

    def percent(entry: Milestone) -> Milestone:
        if entry.due != DECEMBER:
            return entry
        stage = replace(entry.indicators[0], value=Decimal(100), unit="%", kind="share")
        return replace(entry, indicators=(stage,))

    def item(entry: Item) -> Item:
        return replace(entry, milestones=tuple(map(percent, entry.milestones)))

    changed = change_items(plan, STAGED, item)
    assert ("stage-falls", STAGED) not in violations(changed)


def test_a_unit_may_lead_one_item_and_help_in_another() -> None:
    lead = Assignment("区人社局", "lead", org="山海关区人力资源和社会保障局", org_id="130303/hrss")
    helper = replace(lead, role="related")
    plan = reference_plan("000")

    def split(task: Task) -> Task:
        first, second = (replace(task.items[0], departments=(duty,)) for duty in (lead, helper))
        ids = {entry.id: f"{entry.id}-b" for entry in second.indicators}
        second = replace(
            second, indicators=tuple(replace(e, id=ids[e.id]) for e in second.indicators)
        )
        return replace(task, departments=(lead, helper), items=(first, second))

    assert findings(change_task(plan, STAGED, split), "assignment-one-role") == []

    def both(task: Task) -> Task:
        return replace(task, departments=(lead, helper))

    (found,) = findings(change_task(plan, STAGED, both), "assignment-one-role")
    assert (found.severity, found.task) == ("warning", STAGED)
    assert found.message.startswith("区人社局既是")


@pytest.mark.parametrize(
    ("due", "text", "count"),
    [
        (date(2022, 12, 31), "2022年12月底完成", 1),
        (date(2024, 3, 31), "2024年3月底完成", 0),
        (date(2033, 12, 31), "2033年12月底完成", 1),
        (date(2009, 8, 1), "自2009年8月1日起执行", 0),
    ],
)
def test_dates_outside_the_year(due: date, text: str, count: int) -> None:
    def item(entry: Item) -> Item:
        return replace(entry, milestones=(Milestone(due=due, text=text),))

    found = findings(change_items(reference_plan("000"), STAGED, item), "deadline-in-year")
    assert [(entry.severity, entry.task) for entry in found] == [("warning", STAGED)] * count


def test_numbers_may_repeat_in_another_group_only() -> None:
    plan = reference_plan("002")
    assert findings(plan, "task-number-unique") == []
    tasks = tuple(replace(task, group="") for task in plan.tasks)
    found = findings(replace(plan, tasks=tasks), "task-number-unique")
    assert [entry.severity for entry in found] == ["warning"] * 6
