"""Find the task and the quoted place that a node of a plan graph belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.model import Locator, Span
from mskg.ns import PREFIXES, VOCABULARY
from mskg.rdf.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.rdf.tuples import Tuples

__all__ = ["Places", "TaskName"]


def _iri(name: str) -> str:
    return VOCABULARY + name


_TYPE: Final = PREFIXES["rdf"] + "type"
_TITLE: Final = PREFIXES["dcterms"] + "title"
_INTEGERS: Final = {
    PREFIXES["xsd"] + name for name in ("integer", "int", "long", "nonNegativeInteger")
}

_EVIDENCE: Final = tuple(map(_iri, ("hasEvidence", "titleEvidence", "countEvidence")))
_TASK: Final = _iri("Task")
_UP: Final = (_iri("inTask"),)
_DOWN: Final = tuple(
    map(
        _iri,
        (
            *("hasItem", "hasAssignment", "hasIndicator", "hasMilestone", "hasDeadline"),
            *("hasPart", "hasProgress", "hasLeader", "hasTarget", "department"),
            *("hasEvidence", "titleEvidence"),
        ),
    )
)
"""Properties from a node to what belongs to it; followed backwards, nearest first."""
_SHARED: Final = {
    _iri(name) for name in ("PlanDocument", "Program", "Department", "Collective", "Region")
}
_DIGITS: Final = re.compile(r"[+-]?[0-9]+")
_LOCATOR: Final = ("page", "line", "table", "row", "column")


class TaskName(NamedTuple):
    """What a finding says about its task."""

    path: str = ""
    title: str = ""
    begin: int | None = None
    number: str = ""
    group: str = ""


class Places:
    """Look-ups in one plan graph."""

    def __init__(self, data: Tuples) -> None:
        self._data = data
        self._tasks: list[tuple[Span, str]] | None = None

    def span(self, node: str) -> Span | None:
        """Return the first evidence of `node`, of its targets, or of what it belongs to."""
        for candidate in (node, *self._objects(node, _iri("hasTarget")), *self._owners(node)):
            found = self._own_span(candidate)
            if found:
                return found
        return None

    def task(self, node: str, span: Span | None) -> TaskName:
        """Return the task that `node` belongs to, or whose text holds `span`."""
        for candidate in (node, *self._owners(node)):
            if _TASK in self._kinds(candidate):
                return self._name(candidate)
        if span:
            for text, task in self._task_spans():
                if text.begin <= span.begin and span.end <= text.end:
                    return self._name(task)
        return TaskName()

    def has_place(self, node: str) -> bool:
        """Whether `node` is a thing with a place of its own in the plan, not a shared one."""
        kinds = self._kinds(node)
        return not kinds & _SHARED and any(kind.startswith(VOCABULARY) for kind in kinds)

    def label(self, node: str) -> str:
        """Return a short name of `node` for a finding without a quote: the end of its IRI.

        Empty for what the heading names already: the plan as a whole, a task with its items.
        """
        kinds = self._kinds(node)
        if kinds & {_iri("Program"), _iri("PlanDocument")}:
            return ""
        if kinds & {_TASK, _iri("Item")} and self.task(node, None).title:
            return ""
        return "/".join(node.rstrip("/").split("/")[-2:]) if "#" not in node else node

    def _name(self, task: str) -> TaskName:
        own = self._own_span(task)
        path = self._text(task, _iri("ordinalPath"))
        title, group = self._text(task, _TITLE), self._text(task, _iri("groupName"))
        number = self._text(task, _iri("number"))
        return TaskName(path, title, own.begin if own else None, number, group)

    def _owners(self, node: str) -> Iterator[str]:
        """Yield what `node` belongs to, nearest first, up to its task."""
        level, seen = [node], {node}
        while level:
            above: list[str] = []
            for entry in level:
                if _TASK in self._kinds(entry):
                    continue
                for owner in self._above(entry):
                    if owner not in seen:
                        seen.add(owner)
                        above.append(owner)
            yield from above
            level = above

    def _above(self, node: str) -> Iterator[str]:
        for name in _UP:
            yield from self._objects(node, name)
        for name in _DOWN:
            yield from sorted(self._data.subjects(name, node))

    def _kinds(self, node: str) -> set[str]:
        return set(map(str, self._data.objects(node, _TYPE)))

    def _objects(self, node: str, name: str) -> list[str]:
        return sorted(map(str, self._data.objects(node, name)))

    def _own_span(self, node: str) -> Span | None:
        for name in _EVIDENCE:
            spans = [self._read(entry) for entry in self._objects(node, name)]
            found = [span for span in spans if span]
            if found:
                return min(found, key=lambda span: (span.begin, span.end))
        return self._read(node) if self._data.objects(node, _iri("quote")) else None

    def _read(self, evidence: str) -> Span | None:
        begin, end = (self._number(evidence, name) for name in ("begin", "end"))
        if begin is None or end is None:
            return None
        places = {name: self._number(evidence, name) or 0 for name in _LOCATOR}
        return Span(begin, end, self._text(evidence, _iri("quote")), Locator(**places))

    def _task_spans(self) -> list[tuple[Span, str]]:
        if self._tasks is None:
            tasks = sorted(self._data.subjects(_TYPE, _TASK))
            found = ((self._own_span(task), task) for task in tasks)
            self._tasks = [(span, task) for span, task in found if span]
        return self._tasks

    def _number(self, node: str, name: str) -> int | None:
        for value in self._data.objects(node, _iri(name)):
            if isinstance(value, Literal) and value.datatype in _INTEGERS:
                return int(value.value) if _DIGITS.fullmatch(value.value) else None
        return None

    def _text(self, node: str, name: str) -> str:
        found = self._data.objects(node, name)
        return min((v.value if isinstance(v, Literal) else v for v in found), default="")
