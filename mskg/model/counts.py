"""How much was understood of a plan, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model.plan import Indicator, Item, Plan, Program, Task

__all__ = ["Counts", "count_plan"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a plan holds.

    Parameters
    ----------
    assignments, indicators, milestones:
        Departments in their roles; targets, those of stages too; dates.
    issues:
        What was not understood, corrected or suspicious; vague words of the plan are none.
    numbers:
        Numbers in the texts of tasks: those that are facts, and those set aside by a rule.
    unknown:
        Numbers among them that no rule explains.
    """

    tasks: int = 0
    assignments: int = 0
    indicators: int = 0
    milestones: int = 0
    issues: int = 0
    numbers: int = 0
    unknown: int = 0

    @property
    def facts(self) -> int:
        """Assignments, targets and dates together."""
        return self.assignments + self.indicators + self.milestones

    @property
    def coverage(self) -> str:
        """The share of the numbers that were understood, in percent; empty without numbers.

        Rounded down, so that 100 % means all.
        """
        if not self.numbers:
            return ""
        permille = 1000 * (self.numbers - self.unknown) // self.numbers
        return f"{permille // 10}.{permille % 10}%"


def count_plan(plan: Plan) -> Counts:
    """Return the counts of `plan`."""
    items = [item for task in plan.tasks for item in task.items]
    indicators = [entry for task in plan.tasks for entry in _indicators(task)]
    # A task repeats the departments of its items.
    holders: list[Program | Task | Item] = [plan.program, *plan.tasks, *items]
    assigned = {
        (entry.span or entry.name, entry.role) for holder in holders for entry in holder.departments
    }
    # Several targets of one numeral (各1个) are one number.
    numerals = {entry.span or entry.id for entry in indicators}
    return Counts(
        len(plan.tasks),
        len(assigned),
        len(indicators),
        len(plan.program.deadlines) + sum(len(item.milestones) for item in items),
        sum(issue.code != "vague" for issue in plan.issues),
        len(numerals) + len(plan.unused_numbers),
        sum(number.rule == "unknown" for number in plan.unused_numbers),
    )


def _indicators(task: Task) -> Iterator[Indicator]:
    for item in task.items:
        yield from item.indicators
        for milestone in item.milestones:
            yield from milestone.indicators
