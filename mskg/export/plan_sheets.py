"""A plan as a workbook: tasks, indicators, milestones, departments, issues.

Personal names stay out: a leader is not part of any sheet.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.export.files import write_files
from mskg.export.words import SIGNS
from mskg.rdf.concepts import concept_label
from mskg.render.xlsx import Sheet, xlsx_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mskg.model import Assignment, Indicator, Item, Milestone, Plan, Span, Task

__all__ = ["plan_sheets", "write_plan"]

_TITLES: Final = {
    "tasks": ("任务", "Tasks"),
    "indicators": ("指标", "Indicators"),
    "milestones": ("节点", "Milestones"),
    "departments": ("部门", "Departments"),
    "issues": ("问题", "Issues"),
}
_COLUMNS: Final = {
    "tasks": (
        "路径|Path", "编号|No.", "组别|Group", "任务|Task", "牵头单位|Lead", "责任单位|Responsible",
        "配合单位|Related", "分项数|Items", "指标数|Indicators", "节点数|Milestones", "内容|Text",
        "位置|Place",
    ),
    "indicators": (
        "路径|Path", "任务|Task", "分项|Item", "指标|Indicator", "比较|Comparator", "目标值|Value",
        "上限|Upper", "单位|Unit", "类别|Kind", "累计|Accumulation", "基数|Baseline", "口径|Basis",
        "阶段期限|Stage due", "编号|Id", "上级指标|Part of", "对应指标|Stage of", "原文|Quote",
        "位置|Place",
    ),
    "milestones": (
        "路径|Path", "任务|Task", "分项|Item", "期限|Due", "起始|From", "精度|Precision",
        "周期|Recurrence", "沿用|Inherited", "内容|Text", "指标数|Indicators", "位置|Place",
    ),
    "departments": (
        "路径|Path", "任务|Task", "分项|Item", "角色|Role", "原文名称|Printed name",
        "规范名称|Organisation", "集体|Collective", "核实|Verified", "明示|Stated", "规则|Rule",
        "疑点|Suspect", "位置|Place",
    ),
    "issues": ("级别|Severity", "代码|Code", "说明|Message", "原文|Quote", "位置|Place"),
}  # fmt: skip
_WHOLE: Final = ("（项目）", "(program)")

_Row = tuple[object, ...]


def write_plan(path: Path | str, plan: Plan, *, lang: str = "zh") -> Path:
    """Write `plan` as an ``.xlsx`` workbook and return its path.

    Raises
    ------
    InputError
        If the suffix is another one or the file can't be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise InputError(
            f"{path}: a plan is written as .xlsx",
            hint="or as a plan record with `mskg extract`",
            zh=f"{path}：计划的表格只能写成 .xlsx（记录请用 mskg extract）",
        )
    return write_files({path: xlsx_bytes(plan_sheets(plan, lang=lang))})[0]


def plan_sheets(plan: Plan, *, lang: str = "zh") -> list[Sheet]:
    """Return the five sheets of `plan` with headings in ``zh`` or ``en``."""
    language = 1 if lang == "en" else 0
    rows: dict[str, Iterable[_Row]] = {
        "tasks": (_task_row(task, language) for task in plan.tasks),
        "indicators": _indicator_rows(plan),
        "milestones": _milestone_rows(plan, language),
        "departments": _department_rows(plan, language),
        "issues": (
            (i.severity, i.code, i.message_en if language and i.message_en else i.message,
             i.span.quote if i.span else "", _place(i.span))
            for i in plan.issues
        ),
    }  # fmt: skip
    return [
        Sheet(
            _TITLES[key][language],
            [column.split("|")[language] for column in _COLUMNS[key]],
            list(rows[key]),
        )
        for key in _TITLES
    ]


def _task_row(task: Task, language: int) -> _Row:
    separator = ", " if language else "、"

    def named(role: str) -> str:
        return separator.join(e.org or e.name for e in task.departments if e.role == role)

    return (
        task.path, task.no, task.group, task.title,
        named("lead"), named("responsible"), named("related"),
        len(task.items),
        sum(len(item.indicators) for item in task.items),
        sum(len(item.milestones) for item in task.items),
        "\n".join(item.text for item in task.items),
        _place(task.span),
    )  # fmt: skip


def _indicator_rows(plan: Plan) -> Iterator[_Row]:
    for task in plan.tasks:
        for number, item in enumerate(task.items, 1):
            head = (task.path, task.title, _item_name(item, number, task))
            for indicator in item.indicators:
                yield (*head, *_indicator(indicator, None))
            for milestone in item.milestones:
                for indicator in milestone.indicators:
                    yield (*head, *_indicator(indicator, milestone))


def _indicator(indicator: Indicator, stage: Milestone | None) -> _Row:
    return (
        indicator.name, SIGNS.get(indicator.op, indicator.op), indicator.value, indicator.upper,
        indicator.unit, indicator.kind, indicator.accumulation, indicator.baseline,
        indicator.basis, stage.due if stage else None, indicator.id, indicator.part_of,
        indicator.of, indicator.span.quote if indicator.span else indicator.digits,
        _place(indicator.span),
    )  # fmt: skip


def _milestone_rows(plan: Plan, language: int) -> Iterator[_Row]:
    for milestone in plan.program.deadlines:
        yield ("", _WHOLE[language], "", *_milestone(milestone))
    for task in plan.tasks:
        for number, item in enumerate(task.items, 1):
            head = (task.path, task.title, _item_name(item, number, task))
            for milestone in item.milestones:
                yield (*head, *_milestone(milestone))


def _milestone(milestone: Milestone) -> _Row:
    return (
        milestone.due, milestone.start, milestone.precision, milestone.recurrence,
        milestone.inherited, milestone.text, len(milestone.indicators), _place(milestone.span),
    )  # fmt: skip


def _department_rows(plan: Plan, language: int) -> Iterator[_Row]:
    for assignment in plan.program.departments:
        yield ("", _WHOLE[language], "", *_assignment(assignment, language))
    for task in plan.tasks:
        for assignment in task.departments:
            yield (task.path, task.title, "", *_assignment(assignment, language))
        for number, item in enumerate(task.items, 1):
            for assignment in item.departments:
                name = _item_name(item, number, task)
                yield (task.path, task.title, name, *_assignment(assignment, language))


def _assignment(assignment: Assignment, language: int) -> _Row:
    label = concept_label("role", assignment.role)
    role = label[language] if label else assignment.role
    return (
        role, assignment.name, assignment.org, assignment.collective, assignment.verified,
        assignment.stated, assignment.rule, assignment.suspect, _place(assignment.span),
    )  # fmt: skip


def _item_name(item: Item, number: int, task: Task) -> str:
    return item.label or (str(number) if len(task.items) > 1 else "")


def _place(span: Span | None) -> str:
    """Return where a person finds `span`: page, line, table row and column as known."""
    if span is None:
        return ""
    at = span.locator
    parts: Sequence[tuple[str, int]] = (
        ("p.", at.page), ("l.", at.line), ("t.", at.table), ("r.", at.row), ("c.", at.column)
    )  # fmt: skip
    return " ".join(f"{mark}{count}" for mark, count in parts if count)
