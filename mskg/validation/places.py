"""Find the task and the quoted place that a node of a plan graph belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rdflib import RDF, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import DCTERMS

from mskg.model import Locator, Span
from mskg.ns import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

__all__ = ["Places", "TaskName"]


def _iri(name: str) -> URIRef:
    return URIRef(VOCABULARY + name)


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
_LOCATOR: Final = ("page", "line", "table", "row", "column")


def _is_ours(kind: Node) -> bool:
    return str(kind).startswith(VOCABULARY)


class TaskName(NamedTuple):
    """What a finding says about its task."""

    path: str = ""
    title: str = ""
    begin: int | None = None
    number: str = ""
    group: str = ""


class Places:
    """Look-ups in one plan graph."""

    def __init__(self, data: Graph) -> None:
        self._data = data
        self._tasks: list[tuple[Span, Node]] | None = None

    def span(self, node: Node) -> Span | None:
        """Return the first evidence of `node`, of its targets, or of what it belongs to."""
        for candidate in (node, *self._objects(node, _iri("hasTarget")), *self._owners(node)):
            found = self._own_span(candidate)
            if found:
                return found
        return None

    def task(self, node: Node, span: Span | None) -> TaskName:
        """Return the task that `node` belongs to, or whose text holds `span`."""
        for candidate in (node, *self._owners(node)):
            if (candidate, RDF.type, _TASK) in self._data:
                return self._name(candidate)
        if span:
            for text, task in self._task_spans():
                if text.begin <= span.begin and span.end <= text.end:
                    return self._name(task)
        return TaskName()

    def has_place(self, node: Node | None) -> bool:
        """Whether `node` is a thing with a place of its own in the plan, not a shared one."""
        if not isinstance(node, URIRef):
            return False
        kinds = set(self._data.objects(node, RDF.type))
        return bool(kinds) and not kinds & _SHARED and any(map(_is_ours, kinds))

    def label(self, node: Node) -> str:
        """Return a short name of `node` for a finding without a quote: the end of its IRI.

        Empty for what the heading names already: the plan as a whole, a task with its items.
        """
        kinds = set(self._data.objects(node, RDF.type))
        if not isinstance(node, URIRef) or kinds & {_iri("Program"), _iri("PlanDocument")}:
            return ""
        if kinds & {_TASK, _iri("Item")} and self.task(node, None).title:
            return ""
        return "/".join(str(node).rstrip("/").split("/")[-2:]) if "#" not in node else str(node)

    def _name(self, task: Node) -> TaskName:
        own = self._own_span(task)
        path = self._text(task, _iri("ordinalPath"))
        title, group = self._text(task, DCTERMS.title), self._text(task, _iri("groupName"))
        number = self._text(task, _iri("number"))
        return TaskName(path, title, own.begin if own else None, number, group)

    def _owners(self, node: Node) -> Iterator[Node]:
        """Yield what `node` belongs to, nearest first, up to its task."""
        level, seen = [node], {node}
        while level:
            above: list[Node] = []
            for entry in level:
                if (entry, RDF.type, _TASK) in self._data:
                    continue
                for owner in self._above(entry):
                    if owner not in seen:
                        seen.add(owner)
                        above.append(owner)
            yield from above
            level = above

    def _above(self, node: Node) -> Iterator[Node]:
        for name in _UP:
            yield from self._objects(node, name)
        for name in _DOWN:
            yield from sorted(self._data.subjects(name, node), key=str)

    def _objects(self, node: Node, name: Node) -> list[Node]:
        return sorted(self._data.objects(node, name), key=str)

    def _own_span(self, node: Node) -> Span | None:
        for name in _EVIDENCE:
            spans = [self._read(entry) for entry in self._data.objects(node, name)]
            found = [span for span in spans if span]
            if found:
                return min(found, key=lambda span: (span.begin, span.end))
        return self._read(node) if (node, _iri("quote"), None) in self._data else None

    def _read(self, evidence: Node) -> Span | None:
        begin, end = (self._number(evidence, name) for name in ("begin", "end"))
        if begin is None or end is None:
            return None
        places = {name: self._number(evidence, name) or 0 for name in _LOCATOR}
        return Span(begin, end, self._text(evidence, _iri("quote")), Locator(**places))

    def _task_spans(self) -> list[tuple[Span, Node]]:
        if self._tasks is None:
            tasks = sorted(self._data.subjects(RDF.type, _TASK), key=str)
            found = ((self._own_span(task), task) for task in tasks)
            self._tasks = [(span, task) for span, task in found if span]
        return self._tasks

    def _number(self, node: Node, name: str) -> int | None:
        value = self._data.value(node, _iri(name), any=True)
        found = value.value if isinstance(value, RdfLiteral) else None
        return found if isinstance(found, int) else None

    def _text(self, node: Node, name: Node) -> str:
        return min(map(str, self._data.objects(node, name)), default="")
