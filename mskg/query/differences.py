"""Two plans side by side: tasks added and dropped, changed targets, dates, departments.

**Which tasks are the same.** Two tasks are compared by their titles and by what they count,
folded to one script and width. *Title* is the similarity of the titles (rapidfuzz ``ratio``: the
share of characters in common, in order). *Counts* is, over the indicators of the task that has
fewer, the mean similarity of each to its best counterpart: 1 where both have the same counted
thing, else the similarity of the names; where one has none, that of the texts. The pair is a
match where the title reaches 0.75, or the mean of both 0.6. The best pairs are taken first, each
task once; equal ones in the order of the plans. Within a pair, targets are matched the same way
among those of one due date and unit, from 0.6 on; departments by their kind of body (the row of
the authority table), so that plans of two places can be compared too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from mskg.model import Assignment, Indicator, Plan, Task

__all__ = ["Change", "PlanDiff", "diff_plans"]

T = TypeVar("T")
_SAME_TITLE: Final = 0.75
_SAME_TASK: Final = 0.6
_SAME_TARGET: Final = 0.6
_OPERATORS: Final = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}


class Change(NamedTuple):
    """One difference.

    Parameters
    ----------
    kind:
        task-added, task-dropped, title, target-added, target-dropped, target-changed, due,
        department-added, department-dropped, department-moved (left this task for another),
        role, text; or, of the whole plan, declared-count and plan-due.
    task_before, task_after:
        Numbers of the task, empty where it is not there.
    title:
        Title of the task, the later one where there are two.
    what:
        The target or department; for a moved department also its other task.
    before, after:
        The values, empty where there is none.
    """

    kind: str
    task_before: str
    task_after: str
    title: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """All differences between two plans.

    ``pairs`` are the numbers of matched tasks with their similarity (0 to 1), ``unchanged``
    those of them without any difference.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    pairs: tuple[tuple[str, str, float], ...]
    unchanged: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Return how many changes there are of each kind."""
        return dict(Counter(change.kind for change in self.changes))

    def to_dict(self) -> dict[str, Any]:
        """Return the differences as plain dicts and lists, for JSON."""
        return {
            "before": self.before,
            "after": self.after,
            "counts": self.counts(),
            "matched": [
                {"before": a, "after": b, "similarity": round(score, 3)}
                for a, b, score in self.pairs
            ],
            "unchanged": list(self.unchanged),
            "changes": [change._asdict() for change in self.changes],
        }


def diff_plans(before: Plan, after: Plan) -> PlanDiff:
    """Return what differs between two plans: two versions, two years, or two places."""
    pairs = _match_tasks(before.tasks, after.tasks)
    matched = {id(b): (a, score) for a, b, score in pairs}
    kept = {id(a) for a, _, _ in pairs}
    changes = [*_of_program(before, after)]
    unchanged = []
    for task in after.tasks:
        if id(task) not in matched:
            changes.append(Change("task-added", "", task.path, task.title, "", "", _about(task)))
            continue
        own = [*_of_task(matched[id(task)][0], task)]
        changes += own
        if not own:
            unchanged.append(task.path)
    for task in before.tasks:
        if id(task) not in kept:
            changes.append(Change("task-dropped", task.path, "", task.title, "", _about(task), ""))
    return PlanDiff(
        _name(before),
        _name(after),
        tuple(_with_moves(changes)),
        tuple((a.path, b.path, score) for a, b, score in pairs),
        tuple(unchanged),
    )


def _match_tasks(old: Sequence[Task], new: Sequence[Task]) -> list[tuple[Task, Task, float]]:
    folded = {id(task): _Folded(task) for task in (*old, *new)}

    def similarity(a: Task, b: Task) -> float:
        return _task_similarity(folded[id(a)], folded[id(b)])

    return _best_pairs(old, new, similarity, _SAME_TASK)


def _best_pairs(
    old: Sequence[T], new: Sequence[T], similarity: Callable[[T, T], float], least: float
) -> list[tuple[T, T, float]]:
    """Return the pairs from `least` on, the most similar first taken, each thing once."""
    found = [
        (-score, abs(i - j), i, j)
        for i, a in enumerate(old)
        for j, b in enumerate(new)
        if (score := similarity(a, b)) >= least
    ]
    used_old: set[int] = set()
    used_new: set[int] = set()
    pairs = []
    for score, _, i, j in sorted(found):
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append((i, j, -score))
    return [(old[i], new[j], score) for i, j, score in sorted(pairs)]


class _Folded:
    """The words of a task that are compared, folded once."""

    def __init__(self, task: Task) -> None:
        self.title = fold(task.title)
        self.text = fold("".join(item.text for item in task.items))
        self.counts = [
            (indicator.counted_thing, fold(indicator.name))
            for item in task.items
            for indicator in item.indicators
        ]


def _task_similarity(a: _Folded, b: _Folded) -> float:
    title = _ratio(a.title, b.title)
    if title >= _SAME_TITLE:
        return title
    fewer, more = sorted((a.counts, b.counts), key=len)
    if fewer:
        counts = sum(max(_name_similarity(x, y) for y in more) for x in fewer) / len(fewer)
    else:
        counts = _ratio(a.text, b.text)
    return max((title + counts) / 2, 0.0)


def _name_similarity(a: tuple[str, str], b: tuple[str, str]) -> float:
    return 1.0 if a[0] and a[0] == b[0] else _ratio(a[1], b[1])


def _ratio(a: str, b: str) -> float:
    return _similarity()(a, b) / 100


@cache
def _similarity() -> Callable[[str, str], float]:
    """Load rapidfuzz only where plans are compared: queries start faster."""
    from rapidfuzz import fuzz

    return fuzz.ratio


class _Target(NamedTuple):
    """A target of a task: the indicator, and the date where it is a stage."""

    indicator: Indicator
    due: date | None


def _of_program(before: Plan, after: Plan) -> Iterator[Change]:
    old, new = before.program, after.program
    if old.declared_count != new.declared_count:
        counts = (str(old.declared_count or ""), str(new.declared_count or ""))
        yield Change("declared-count", "", "", "", "", *counts)
    dates = [
        "、".join(sorted({entry.due.isoformat() for entry in program.deadlines if entry.due}))
        for program in (old, new)
    ]
    if dates[0] != dates[1]:
        yield Change("plan-due", "", "", "", "", dates[0], dates[1])


def _of_task(old: Task, new: Task) -> Iterator[Change]:
    """Yield the differences between two tasks that are the same."""

    def change(kind: str, what: str, before: str, after: str) -> Change:
        return Change(kind, old.path, new.path, new.title, what, before, after)

    if fold(old.title) != fold(new.title):
        yield change("title", "", old.title, new.title)
    targets = list(_target_changes(old, new))
    yield from (change(*entry) for entry in targets)
    dues = tuple(day.isoformat() if (day := _last_due(task)) else "" for task in (old, new))
    if dues[0] != dues[1]:
        yield change("due", "", *dues)
    yield from (change(*entry) for entry in _department_changes(old, new))
    texts = ["\n".join(item.text for item in task.items) for task in (old, new)]
    if not targets and fold(texts[0]) != fold(texts[1]):
        yield change("text", "", *texts)


def _target_changes(old: Task, new: Task) -> Iterator[tuple[str, str, str, str]]:
    before, after = _targets(old), _targets(new)
    pairs = _best_pairs(before, after, _target_similarity, _SAME_TARGET)
    for a, b, _ in pairs:
        if _value(a.indicator) != _value(b.indicator):
            yield "target-changed", _label(b), _value(a.indicator), _value(b.indicator)
    gone, come = {id(a) for a, _, _ in pairs}, {id(b) for _, b, _ in pairs}
    for target in before:
        if id(target) not in gone:
            yield "target-dropped", _label(target), _value(target.indicator), ""
    for target in after:
        if id(target) not in come:
            yield "target-added", _label(target), "", _value(target.indicator)


def _targets(task: Task) -> list[_Target]:
    found = []
    for item in task.items:
        found += [_Target(indicator, None) for indicator in item.indicators]
        for milestone in item.milestones:
            found += [_Target(indicator, milestone.due) for indicator in milestone.indicators]
    return found


def _target_similarity(a: _Target, b: _Target) -> float:
    # A stage of one year has its counterpart in the same month and day of another.
    days = [target.due and (target.due.month, target.due.day) for target in (a, b)]
    if days[0] != days[1] or fold(a.indicator.unit) != fold(b.indicator.unit):
        return 0.0
    names = [(x.indicator.counted_thing, fold(x.indicator.name)) for x in (a, b)]
    return _name_similarity(names[0], names[1])


def _department_changes(old: Task, new: Task) -> Iterator[tuple[str, str, str, str]]:
    before, after = _departments(old), _departments(new)
    for key, assignment in before.items():
        name = assignment.org or assignment.name
        if key not in after:
            yield "department-dropped", name, assignment.role, ""
        elif after[key].role != assignment.role:
            yield "role", after[key].org or after[key].name, assignment.role, after[key].role
    for key, assignment in after.items():
        if key not in before:
            yield "department-added", assignment.org or assignment.name, "", assignment.role


def _departments(task: Task) -> dict[str, Assignment]:
    """Return the assignments of a task and its parts by kind of body, the first of each."""
    found: dict[str, Assignment] = {}
    for assignment in (*task.departments, *(d for item in task.items for d in item.departments)):
        slug = assignment.org_id.partition("/")[2] if assignment.verified else ""
        found.setdefault(slug or fold(assignment.org or assignment.name), assignment)
    return found


def _with_moves(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield `changes`, a department that left one task and joined another as moved."""
    joined: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind == "department-added":
            joined.setdefault(change.what, []).append(change)
    used: set[int] = set()
    moved = []
    for change in changes:
        if change.kind == "department-dropped" and joined.get(change.what):
            other = joined[change.what].pop(0)
            used |= {id(change), id(other)}
            what = f"{change.what} → {other.task_after} {other.title}"
            moved.append(
                change._replace(
                    kind="department-moved", what=what, before=change.before, after=other.after
                )
            )
    by_place = {(m.task_before, m.task_after, m.what.partition(" → ")[0]): m for m in moved}
    for change in changes:
        if id(change) not in used:
            yield change
        elif change.kind == "department-dropped":
            yield by_place[change.task_before, change.task_after, change.what]


def _last_due(task: Task) -> date | None:
    days = [entry.due for item in task.items for entry in item.milestones if entry.due]
    return max(days, default=None)


def _label(target: _Target) -> str:
    return f"{target.indicator.name}（{target.due}）" if target.due else target.indicator.name


def _value(indicator: Indicator) -> str:
    former = "" if indicator.baseline is None else f"{_number(indicator.baseline)} → "
    sign = _OPERATORS.get(indicator.op, indicator.op)
    return f"{sign}{former}{_number(indicator.value)}{indicator.unit}"


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _about(task: Task) -> str:
    """Return the targets and accountable units of a task in one line."""
    values = [f"{t.indicator.name} {_value(t.indicator)}" for t in _targets(task) if not t.due]
    units = [d.org or d.name for d in task.departments if d.role in {"lead", "responsible"}]
    return "；".join(filter(None, ("、".join(values), "、".join(units))))


def _name(plan: Plan) -> str:
    program = plan.program
    place = " ".join(filter(None, (program.region, str(program.year or ""))))
    about = plan.document.doc_number or plan.document.title or plan.document.key
    return f"{place} {about}".strip()
