"""From a store to the rows of the ledger."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.errors import InputError
from mskg.ledger.facts import (
    departments_of,
    evidence_of,
    milestones_of,
    numbers_of,
    programs_of,
    tasks_of,
)
from mskg.ledger.packing import packed_rows
from mskg.ledger.rows import Due, LedgerRow
from mskg.model import Locator
from mskg.ns import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from mskg.ledger.facts import MilestoneFact, NumberFact, ProgramFact, TaskFact
    from mskg.ledger.rows import Department
    from mskg.store import Store

__all__ = ["ledger_rows", "ledger_tasks"]

_SHARE: Final = "share of the task"
_FINGERPRINT: Final = 10
_STOPS: Final = re.compile(r"[。；;！!？?\n]")
_SPACES: Final = re.compile(r"\s+")


class _Facts(NamedTuple):
    """What the store says of the chosen programs."""

    programs: dict[str, ProgramFact]
    numbers: dict[str, list[NumberFact]]
    milestones: dict[str, list[MilestoneFact]]
    departments: dict[str, tuple[Department, ...]]
    evidence: dict[str, tuple[str, Locator]]


def ledger_rows(
    store: Store,
    *,
    region: str | Sequence[str] | None = None,
    year: int | None = None,
    program: str | Sequence[str] | None = None,
    department: str | None = None,
) -> tuple[LedgerRow, ...]:
    """Return the rows of the ledger, in the order of the plans.

    One row for each indicator, each stage of one, each milestone without a number, and each
    task that has none of them. Of several documents of one program the prevailing one counts.

    Parameters
    ----------
    region, department:
        Name, part of a name, code or IRI; a department may mean several (民政局 of each place).
    year:
        Year of the plan.
    program:
        IRI of a program, or several.

    Raises
    ------
    QueryError
        If a name is unknown.
    InputError
        If nothing is chosen.
    """
    chosen = _chosen(store, region, year, program)
    rows = packed_rows(store, list(chosen)) if chosen else {}
    left = [iri for iri in chosen if iri not in rows]
    for row in _computed(store, left):
        rows.setdefault(row.program, []).append(row)
    found = [row for iri in sorted(rows) if iri in chosen for row in rows[iri]]
    return _of_department(store, found, department, region, year)


def ledger_tasks(
    store: Store,
    *,
    region: str | Sequence[str] | None = None,
    year: int | None = None,
    program: str | Sequence[str] | None = None,
    department: str | None = None,
) -> tuple[LedgerRow, ...]:
    """Return a row of kind ``task`` for every task, whether it has numbers or not.

    For what is said of tasks as a whole, such as the votes of a people's congress; the
    parameters are those of `ledger_rows`.
    """
    tasks, facts = _read(store, region, year, program)
    found = [_Maker(task, "", "", [], facts).task_row() for task in tasks]
    return _of_department(store, found, department, region, year)


def _computed(store: Store, programs: Sequence[str]) -> Iterator[LedgerRow]:
    """Yield the rows of `programs` from the graphs of the plans."""
    if programs:
        tasks, facts = _read(store, None, None, programs)
        for task in tasks:
            yield from _rows(task, facts)


def _read(
    store: Store,
    region: str | Sequence[str] | None,
    year: int | None,
    program: str | Sequence[str] | None,
) -> tuple[list[TaskFact], _Facts]:
    chosen = _chosen(store, region, year, program)
    known = list(chosen)
    facts = _Facts(
        chosen,
        numbers_of(store, known),
        milestones_of(store, known),
        departments_of(store, known),
        evidence_of(store, known),
    )
    return [t for t in tasks_of(store, known).values() if t.program in chosen], facts


def _of_department(
    store: Store,
    found: list[LedgerRow],
    department: str | None,
    region: str | Sequence[str] | None,
    year: int | None,
) -> tuple[LedgerRow, ...]:
    """Return the rows of a department; raise `InputError` where nothing is left."""
    if department is not None:
        from mskg.query.names import find_named

        wanted = set(find_named(store, "department", department))
        found = [row for row in found if any(d.iri in wanted for d in row.departments)]
    if not found:
        raise _nothing(region, year, department)
    return tuple(found)


def _chosen(
    store: Store,
    region: str | Sequence[str] | None,
    year: int | None,
    program: str | Sequence[str] | None,
) -> dict[str, ProgramFact]:
    only = {program} if isinstance(program, str) else set(program) if program else None
    programs = programs_of(store, only)
    if region is not None:
        from mskg.query.names import find_named

        named = [region] if isinstance(region, str) else region
        places = {iri for name in named for iri in find_named(store, "region", name)}
        programs = {iri: fact for iri, fact in programs.items() if fact.place in places}
    return {
        iri: fact
        for iri, fact in programs.items()
        if (year is None or fact.year == year) and (only is None or iri in only)
    }


def _nothing(
    region: str | Sequence[str] | None, year: int | None, department: str | None
) -> InputError:
    named = [region] if isinstance(region, str) else list(region or ())
    words = [*named, *([str(year)] if year else []), *([department] if department else [])]
    what = f" of {', '.join(words)}" if words else ""
    return InputError(
        f"the store has no plan with tasks{what}",
        hint="mskg query programs lists what it has",
        zh=f"数据库中没有{'、'.join(words) + '的' if words else ''}计划任务"
        "（mskg query programs 列出已有的计划）",
    )


def _rows(task: TaskFact, facts: _Facts) -> Iterator[LedgerRow]:
    """Yield the rows of one task."""
    count = 0
    for item, text in task.items.items():
        milestones = facts.milestones.get(item, [])
        numbers = _by_date(facts.numbers.get(item, []), milestones)
        maker = _Maker(task, item, text, milestones, facts)
        series = _series(numbers, milestones)
        finals = {number.indicator: number for number in numbers if not number.milestone}
        for number in numbers:
            count += 1
            final = finals.get(number.indicator)
            yield maker.number(number, series.get(number.target, number.indicator), final, numbers)
        used = {number.milestone for number in numbers}
        for milestone in milestones:
            if milestone.iri not in used:
                count += 1
                yield maker.milestone(milestone)
    if not count:
        yield _Maker(task, "", "", [], facts).task_row()


def _by_date(numbers: list[NumberFact], milestones: list[MilestoneFact]) -> list[NumberFact]:
    """Return `numbers` with the stages of each indicator behind it, in order of date."""
    dates = {entry.iri: entry.due or date.max for entry in milestones}
    places = {number.indicator: place for place, number in reversed([*enumerate(numbers)])}
    return sorted(
        numbers,
        key=lambda number: (places[number.indicator], dates.get(number.milestone, date.min)),
    )


def _series(numbers: list[NumberFact], milestones: list[MilestoneFact]) -> dict[str, str]:
    """Return the indicator that stands for a series of stages without a final target.

    完成工程量的30%, 60%, 100%: three indicators of one name and unit in one item, each due
    at another date, are one thing measured three times.
    """
    dates = {entry.iri: entry.due for entry in milestones}
    groups: dict[tuple[str, str, str], list[NumberFact]] = defaultdict(list)
    whole = {number.indicator for number in numbers if not number.milestone}
    for number in numbers:
        if number.milestone and number.indicator not in whole:
            groups[number.label, number.unit, number.part].append(number)
    found = {}
    for group in groups.values():
        days = Counter(dates.get(number.milestone) for number in group)
        if None not in days and max(days.values()) == 1:
            found.update({number.target: group[0].indicator for number in group})
    return found


class _Maker:
    """Makes the rows of one item of a task."""

    def __init__(
        self,
        task: TaskFact,
        item: str,
        text: str,
        milestones: list[MilestoneFact],
        facts: _Facts,
    ) -> None:
        self._task, self._text, self._facts = task, text, facts
        self._program = facts.programs[task.program]
        self._departments = facts.departments.get(item) or facts.departments.get(task.iri, ())
        self._milestones = {entry.iri: entry for entry in milestones}
        self._position = task.position

    def number(
        self, fact: NumberFact, series: str, final: NumberFact | None, all_of: list[NumberFact]
    ) -> LedgerRow:
        """Return the row of a target: a stage where it is due at a milestone."""
        quote, locator = self._facts.evidence.get(fact.evidence, ("", Locator()))
        stage = self._milestones.get(fact.milestone)
        due = _own_due(stage) if stage else self._final_due(fact, all_of)
        sentence = stage.text if stage else _sentence(self._text, quote)
        share = fact.basis == _SHARE
        whole = final if share and final is not None and final is not fact else None
        return self._row(
            id=fact.target if stage else fact.indicator,
            kind="stage" if stage else "indicator",
            series=series,
            label=fact.label,
            unit=fact.unit,
            comparator=fact.comparator,
            target=fact.value,
            kind_of_number=fact.kind,
            cumulative=fact.accumulation != "per period",
            share=share,
            whole=whole.value if whole else None,
            whole_unit=whole.unit if whole else "",
            baseline=fact.baseline,
            due=due,
            quote=sentence or quote,
            fingerprint=digest(f"{quote}\n{sentence}", _FINGERPRINT),
            locator=locator,
        )

    def milestone(self, fact: MilestoneFact) -> LedgerRow:
        """Return the row of a milestone without a number."""
        quote, locator = self._facts.evidence.get(fact.evidence, (fact.text, Locator()))
        return self._row(
            id=fact.iri,
            kind="milestone",
            series=fact.iri,
            label=fact.text,
            due=_own_due(fact),
            quote=fact.text,
            fingerprint=digest(quote, _FINGERPRINT),
            locator=locator,
        )

    def task_row(self) -> LedgerRow:
        """Return the row of a task that has neither numbers nor milestones."""
        text = next(iter(self._task.items.values()), "") or self._task.quote
        return self._row(
            id=self._task.iri,
            kind="task",
            series=self._task.iri,
            label=self._task.title,
            due=self._inherited(),
            quote=text,
            fingerprint=digest(text, _FINGERPRINT),
            locator=Locator(),
        )

    def _row(self, **own: object) -> LedgerRow:
        task, program = self._task, self._program
        return LedgerRow(
            program=task.program,
            region=program.region,
            year=program.year,
            task=task.iri,
            # Two groups may number their tasks anew: there only the path tells them apart.
            task_number=task.number if task.path == task.number or not task.path else task.path,
            task_title=task.title,
            departments=self._departments,
            document=program.document,
            document_title=program.title,
            origins=task.origins,
            position=self._position,
            **own,  # type: ignore[arg-type]
        )

    def _final_due(self, fact: NumberFact, all_of: list[NumberFact]) -> Due | None:
        """Return when a final target is due: with the stage that reaches it, else inherited."""
        stages = [
            self._milestones[entry.milestone]
            for entry in all_of
            if entry.indicator == fact.indicator
            and entry.milestone in self._milestones
            and _reaches(entry, fact.value)
        ]
        dated = [entry for entry in stages if entry.due]
        if dated:
            return _own_due(min(dated, key=lambda entry: entry.due or date.max))
        if any(entry.due is None for entry in self._milestones.values()):
            return self._inherited()  # 逐月按时兑付 goes on after the last dated milestone
        latest = self._latest(self._milestones.values())
        return _own_due(latest, "item") if latest else self._inherited()

    def _inherited(self) -> Due | None:
        """Return the final due date of the task, with the words of the program if it is that."""
        end = self._task.due
        if end is None:
            return None
        for holder, scope in (*((item, "task") for item in self._task.items), ("", "program")):
            entries = self._facts.milestones.get(holder or self._task.program, [])
            found = next((entry for entry in entries if entry.due == end), None)
            if found:
                return _own_due(found, scope)
        return Due(end, scope="program")

    def _latest(self, milestones: Iterable[MilestoneFact]) -> MilestoneFact | None:
        year = self._program.year or 0
        dated = [entry for entry in milestones if entry.due and entry.due.year >= year]
        return max(dated, key=lambda entry: entry.due or date.min, default=None)


def _reaches(stage: NumberFact, value: Decimal) -> bool:
    return stage.value >= 100 if stage.basis == _SHARE else stage.value >= value


def _own_due(fact: MilestoneFact, scope: str = "own") -> Due | None:
    if fact.due is None:
        return None
    warn = fact.due.replace(day=1) - timedelta(days=1) if fact.ambiguous else None
    return Due(fact.due, fact.start, fact.precision, fact.text, scope, warn)


def _sentence(text: str, quote: str) -> str:
    """Return the sentence of `text` in which `quote` stands; empty where it does not."""
    wanted = _SPACES.sub("", quote)
    place = text.find(quote) if quote in text else _SPACES.sub("", text).find(wanted)
    if not wanted or place < 0:
        return ""
    if quote not in text:
        text = _SPACES.sub("", text)
    begin = max((stop.end() for stop in _STOPS.finditer(text, 0, place)), default=0)
    after = _STOPS.search(text, place + len(wanted))
    return text[begin : after.end() if after else len(text)].strip()
