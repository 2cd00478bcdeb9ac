"""Compare one plan record with its reference annotation, fact type by fact type.

Inside paired tasks facts are compared as multisets. An entry that the reference marks
``optional`` counts neither as missed nor as invented.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.matching import (
    align_tasks,
    amount,
    fold,
    fold_organisation,
    name_overlap,
    similarity,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

__all__ = ["Facts", "Score", "compare_records"]

Record = dict[str, Any]

_NAMES_AGREE = 0.5
_TITLES_AGREE = 0.8
_NO_TASK: Record = {"items": []}


@dataclass
class Facts:
    """The facts of one type on one side: those that must be found, and the optional ones."""

    required: Counter[Hashable] = field(default_factory=Counter)
    optional: Counter[Hashable] = field(default_factory=Counter)

    def add(self, fact: Hashable, optional: object = False) -> None:
        """Count one `fact`."""
        (self.optional if optional else self.required)[fact] += 1


@dataclass
class Score:
    """Hits, missed and invented facts of one type."""

    hits: int = 0
    missed: Counter[Hashable] = field(default_factory=Counter)
    invented: Counter[Hashable] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        """Add the counts of `other`."""
        self.hits += other.hits
        self.missed += other.missed
        self.invented += other.invented

    @property
    def precision(self) -> float:
        """Share of the found facts that are right; 1 where nothing was found."""
        return _share(self.hits, self.invented.total())

    @property
    def recall(self) -> float:
        """Share of the wanted facts that were found; 1 where nothing was wanted."""
        return _share(self.hits, self.missed.total())

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def _share(hits: int, others: int) -> float:
    return hits / (hits + others) if hits + others else 1.0


def _tally(wanted: Facts, found: Facts, tag: str = "") -> Score:
    everything = found.required + found.optional
    hits = wanted.required & everything
    missed = wanted.required - everything
    invented = (everything - hits) - wanted.optional
    return Score(hits.total(), _tagged(missed, tag), _tagged(invented, tag))


def _tagged(counter: Counter[Hashable], tag: str) -> Counter[Hashable]:
    return Counter({(tag, fact): n for fact, n in counter.items()}) if tag else counter


def _quantity(entry: Record) -> tuple[float | None, str, str]:
    return amount(entry.get("value")), fold(entry.get("unit")), entry.get("op", "eq")


def _assignments(task: Record) -> Iterator[Record]:
    """Yield each department in a role once, whether the task or its items name it."""
    found = list(task.get("departments") or [])
    for item in task.get("items", []):
        found += item.get("departments") or []
    yield from {(fold(d.get("name")), d.get("role")): d for d in found}.values()


def _task_facts(task: Record, known: Sequence[str]) -> dict[str, Facts]:
    kinds = ("department", "role", "org", "indicator", "indicator_value")
    facts = {kind: Facts() for kind in (*kinds, "milestone", "stage_target", "leader")}
    for entry in _assignments(task):
        name, optional = fold(entry.get("name")), entry.get("optional")
        org = fold_organisation(entry.get("org"), known) if known else fold(entry.get("org"))
        facts["department"].add(name, optional)
        facts["role"].add((name, entry.get("role")), optional)
        facts["org"].add(org, optional)
    leaders = task.get("leaders") or []
    for name in {fold(x if isinstance(x, str) else x.get("name")) for x in leaders}:
        facts["leader"].add(name)
    for item in task.get("items", []):
        _add_item_facts(item, facts)
    return facts


def _add_item_facts(item: Record, facts: dict[str, Facts]) -> None:
    for entry in item.get("indicators") or []:
        facts["indicator"].add(_quantity(entry), entry.get("optional"))
        facts["indicator_value"].add(amount(entry.get("value")), entry.get("optional"))
    for stage in item.get("milestones") or []:
        facts["milestone"].add(stage.get("due") or stage.get("recurrence"), stage.get("optional"))
        for entry in stage.get("indicators") or []:
            optional = entry.get("optional") or stage.get("optional")
            facts["stage_target"].add((stage.get("due"), *_quantity(entry)), optional)


def _names_by_quantity(task: Record) -> dict[Hashable, list[tuple[str, bool]]]:
    names: dict[Hashable, list[tuple[str, bool]]] = {}
    for item in task.get("items", []):
        entries = list(item.get("indicators") or [])
        for stage in item.get("milestones") or []:
            entries += stage.get("indicators") or []
        for entry in entries:
            names.setdefault(_quantity(entry), []).append(
                (fold(entry.get("name")), bool(entry.get("optional")))
            )
    return names


def _indicator_names(wanted: Record, found: Record) -> Score:
    """Compare names only where value, unit and comparator agree."""
    score, found_names = Score(), _names_by_quantity(found)
    for quantity, names in _names_by_quantity(wanted).items():
        rest = [name for name, _ in found_names.get(quantity, [])]
        for name, optional in names:
            if not rest:
                break
            best = max(rest, key=lambda other: name_overlap(name, other))
            rest.remove(best)
            if name_overlap(name, best) >= _NAMES_AGREE:
                score.hits += 1
            elif not optional:
                score.missed[(quantity, name, best)] += 1
    return score


def _header(wanted: Record, found: Record) -> Score:
    score = Score()
    program, other = wanted.get("program", {}), found.get("program", {})
    for key in ("region", "regionCode", "year", "declaredCount"):
        if program.get(key) is not None:
            a, b = fold(program[key]), fold(other.get(key))
            _count(score, key, program[key], a == b or (key == "region" and b.endswith(a)))
    document, other = wanted.get("document", {}), found.get("document", {})
    for key in ("title", "docNumber", "issuer", "issued"):
        if document.get(key):
            alike = similarity(document[key], other.get(key)) > _TITLES_AGREE
            same = fold(document[key]) == fold(other.get(key))
            _count(score, key, document[key], same or (key in {"title", "issuer"} and alike))
    return score


def _count(score: Score, key: str, value: object, right: bool) -> None:
    if right:
        score.hits += 1
    else:
        score.missed[(key, str(value))] += 1


def _programme(wanted: Record, found: Record) -> dict[str, Score]:
    sides = []
    for record in (wanted, found):
        program, deadlines, departments = record.get("program", {}), Facts(), Facts()
        for entry in program.get("deadlines") or []:
            deadlines.add(entry.get("due"), entry.get("optional"))
        for entry in program.get("departments") or []:
            departments.add((fold(entry.get("name")), entry.get("role")), entry.get("optional"))
        sides.append((deadlines, departments))
    return {
        "programme_deadline": _tally(sides[0][0], sides[1][0]),
        "programme_department": _tally(sides[0][1], sides[1][1]),
    }


def _tasks(
    wanted: Sequence[Record], found: Sequence[Record]
) -> tuple[Score, Score, list[tuple[Record, Record]]]:
    pairs = align_tasks(wanted, found)
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    lost = [task for i, task in enumerate(wanted) if i not in left]
    new = [task for j, task in enumerate(found) if j not in right]
    tasks = Score(len(pairs), Counter(map(_title, lost)), Counter(map(_title, new)))
    titles = Score()
    for i, j in pairs:
        same = fold(wanted[i].get("title")) == fold(found[j].get("title"))
        _count(titles, _title(wanted[i]), _title(found[j]), same)
    both = [(wanted[i], found[j]) for i, j in pairs]
    return tasks, titles, [*both, *((t, _NO_TASK) for t in lost), *((_NO_TASK, t) for t in new)]


def _title(task: Record) -> str:
    return str(task.get("title"))


def compare_records(wanted: Record, found: Record) -> dict[str, Score]:
    """Return the score of each fact type of the record `found` against the reference `wanted`."""
    tasks, titles, todo = _tasks(wanted["tasks"], found.get("tasks", []))
    scores = {"task": tasks, "title": titles}
    for left, right in todo:
        tag = str(left.get("no") or right.get("no") or "?")
        wanted_facts = _task_facts(left, ())
        known = [str(name) for side in _sides(wanted_facts["org"]) for name in side]
        found_facts = _task_facts(right, known)
        scores.setdefault("indicator_name", Score()).add(_indicator_names(left, right))
        for kind, facts in wanted_facts.items():
            scores.setdefault(kind, Score()).add(_tally(facts, found_facts[kind], tag))
    return {**scores, "header": _header(wanted, found), **_programme(wanted, found)}


def _sides(facts: Facts) -> Iterable[Counter[Hashable]]:
    return facts.required, facts.optional
