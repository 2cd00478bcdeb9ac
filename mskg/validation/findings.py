"""From a SHACL report graph to findings: messages, tasks and places, repetitions dropped."""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from rdflib import RDF, XSD, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, SH

from mskg.ns import PREFIXES, VOCABULARY, digest
from mskg.rdf.terms import Literal
from mskg.rdf.tuples import tuples_under
from mskg.validation.places import Places, TaskName
from mskg.validation.report import SEVERITIES, Finding, Report
from mskg.validation.shapes import SHAPES, ShapeSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rdflib.term import Node

    from mskg.model import Span
    from mskg.rdf.tuples import Tuples

__all__ = ["make_report"]

_ISSUE_SHAPES: Final = {f"{SHAPES}issue-{name}" for name in SEVERITIES}
# Shapes whose offending value, a word of ours, says nothing to the reader.
_SILENT: Final = {*_ISSUE_SHAPES, f"{SHAPES}unused-understood"}
_MESSAGE: Final = VOCABULARY + "message"
_CODE: Final = VOCABULARY + "code"
_SEVERITIES: Final = {
    str(SH.Violation): "violation",
    str(SH.Warning): "warning",
    str(SH.Info): "info",
}
_SEVERITY_TERMS: Final = {name: URIRef(iri) for iri, name in _SEVERITIES.items()}
_PLACEHOLDER: Final = re.compile(r"\{[?$]\w+\}")
_LAST: Final = 10**9
"""Sorts after every place in a document."""


class _Found(NamedTuple):
    """A finding with its node in the SHACL report, its language-tagged messages, its order."""

    finding: Finding
    node: Node
    messages: tuple[RdfLiteral, ...]
    order: tuple[object, ...]


def make_report(result: Graph, data: Graph, shapes: ShapeSet, *, strict: bool = False) -> Report:
    """Return the report on `data` that the SHACL report graph `result` describes."""
    tuples = tuples_under(data)
    reader = _Reader(result, tuples, shapes)
    nodes = result.objects(None, SH.result)
    found = sorted((reader.read(node) for node in nodes), key=lambda entry: entry.order)
    kept = _without_issues_said_twice(_without_repetitions(found), tuples, shapes)
    return Report(
        tuple(entry.finding for entry in kept), strict, partial(_turtle, result, tuple(kept))
    )


class _Reader:
    def __init__(self, result: Graph, data: Tuples, shapes: ShapeSet) -> None:
        self._result = result
        self._data = data
        # Many findings come from few shapes.
        self._iri, self._names = cache(shapes.iri), cache(shapes.names)
        self._templates = cache(shapes.templates)
        self._places = Places(data)

    def read(self, node: Node) -> _Found:
        get = dict(self._result.predicate_objects(node)).get
        focus, value, shape = get(SH.focusNode), get(SH.value), get(SH.sourceShape)
        messages = self._messages(node, focus, shape)
        placed = isinstance(value, URIRef) and self._places.has_place(str(value))
        start = _plain(value if placed else focus)
        span = self._places.span(start)
        task = self._places.task(start, span)
        iri = self._iri(shape)
        name, name_en = self._names(iri)
        finding = Finding(
            severity=_SEVERITIES.get(str(get(SH.resultSeverity)), "violation"),
            shape=iri,
            focus=_plain(focus),
            message=_in_language(messages, "zh"),
            message_en=_in_language(messages, "en"),
            path=_path_text(self._result, get(SH.resultPath)),
            value="" if iri in _SILENT else _plain(value),
            component=_plain(get(SH.sourceConstraintComponent)),
            task=task.title,
            task_path=task.path,
            task_number=task.number,
            task_group=task.group,
            node=self._places.label(str(focus)) if isinstance(focus, URIRef) and not span else "",
            span=span,
            name=name,
            name_en=name_en,
        )
        return _Found(finding, node, messages, _order(finding, task, span))

    def _messages(
        self, node: Node, focus: Node | None, shape: Node | None
    ) -> tuple[RdfLiteral, ...]:
        if str(shape) in _ISSUE_SHAPES:  # the issue has words of its own
            words = self._data.objects(_plain(focus), _MESSAGE)
            texts = sorted(
                RdfLiteral(text.value, lang=text.language or None)
                for text in words
                if isinstance(text, Literal)
            )
        else:
            found = self._result.objects(node, SH.resultMessage)
            texts = sorted(text for text in found if isinstance(text, RdfLiteral))
        if shape is None or all(text.language for text in texts):
            return tuple(texts)
        templates = self._templates(shape)
        if not templates:
            return (*_made_up(self._result, node), *texts)
        return tuple(sorted(_with_language(text, templates) for text in texts))


_COMPONENTS: Final = {
    "MinCountConstraintComponent": "缺少这一项，或个数不够",
    "MaxCountConstraintComponent": "个数太多",
    "DatatypeConstraintComponent": "值的数据类型不对",
    "ClassConstraintComponent": "所指对象的类型不对",
    "NodeKindConstraintComponent": "值的种类不对（IRI 或文字）",
    "InConstraintComponent": "值不在允许的范围内",
    "PatternConstraintComponent": "写法不合要求",
    "MinLengthConstraintComponent": "文字太短",
    "MaxLengthConstraintComponent": "文字太长",
    "HasValueConstraintComponent": "没有规定的值",
}


def _made_up(result: Graph, node: Node) -> list[RdfLiteral]:
    """Return a Chinese message for a shape without any, beside pySHACL's English one."""
    component = str(result.value(node, SH.sourceConstraintComponent)).removeprefix(str(SH))
    path = _path_text(result, result.value(node, SH.resultPath, any=True))
    what = _COMPONENTS.get(component, f"不符合规则（sh:{component}）")
    where = f"{re.split('[#/]', path.rstrip('>'))[-1]}：" if path else ""
    return [RdfLiteral(where + what, lang="zh")]


def _with_language(text: RdfLiteral, templates: Iterable[RdfLiteral]) -> RdfLiteral:
    """Give `text` the language of the template it was made from; pySHACL drops it."""
    if text.language:
        return text
    for template in templates:
        if template.language and _pattern(str(template)).fullmatch(str(text)):
            return RdfLiteral(str(text), lang=template.language)
    return text


def _pattern(template: str) -> re.Pattern[str]:
    parts = _PLACEHOLDER.split(template)
    return re.compile(".*?".join(map(re.escape, parts)), re.DOTALL)


def _in_language(messages: Sequence[RdfLiteral], language: str) -> str:
    found = [text for text in messages if (text.language or "").split("-")[0] == language]
    plain = [text for text in messages if not text.language]
    spoken = {(text.language or "").split("-")[0] for text in messages}
    alone = language == "zh" or "zh" in spoken  # words in no language beside Chinese are English
    return " ".join(map(str, found or (plain if alone else ())))


def _plain(term: Node | None) -> str:
    return "" if term is None else str(term)


def _order(finding: Finding, task: TaskName, span: Span | None) -> tuple[object, ...]:
    begin = span.begin if span else task.begin if task.begin is not None else _LAST
    path = tuple(int(part) for part in re.findall(r"\d+", task.path))
    rank = SEVERITIES.index(finding.severity)
    end = span.end if span else _LAST
    said = (finding.shape, finding.focus, finding.value, finding.message)
    return (rank, begin, end, path, *said, finding.component, finding.path)


def _without_repetitions(found: Iterable[_Found]) -> list[_Found]:
    """Drop what says the same of the same words, or of the same node where there are none.

    A unit of a row is also one of its task.
    """
    seen: set[tuple[object, ...]] = set()
    kept = []
    for entry in found:
        finding = entry.finding
        said = (finding.shape, finding.severity, finding.message, finding.message_en)
        where = (finding.focus, finding.value, finding.component, finding.path)
        key = (*said, finding.span or where)
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return kept


def _without_issues_said_twice(found: list[_Found], data: Tuples, shapes: ShapeSet) -> list[_Found]:
    said: list[tuple[frozenset[str], Finding]] = [
        (shapes.issue_codes(entry.finding.shape), entry.finding) for entry in found
    ]

    def repeated(entry: _Found) -> bool:
        if entry.finding.shape not in _ISSUE_SHAPES:
            return False
        listed = data.objects(entry.finding.focus, _CODE)
        codes = {code.value for code in listed if isinstance(code, Literal)}
        return any(codes & own and _same_place(entry.finding, other) for own, other in said)

    return [entry for entry in found if not repeated(entry)]


def _same_place(issue: Finding, other: Finding) -> bool:
    if issue.span is None or other.span is None:
        return issue.task_path == other.task_path or not (issue.task_path and other.task_path)
    return issue.span.begin < other.span.end and other.span.begin < issue.span.end


# -------- property paths


def _path_text(graph: Graph, path: Node | None) -> str:
    if path is None or isinstance(path, URIRef):
        return _plain(path)
    if graph.value(path, RDF.first) is not None:
        return "/".join(_step(graph, step) for step in Collection(graph, path))
    for name, write in _PATHS.items():
        inner = graph.value(path, name, any=True)
        if inner is not None:
            return write(graph, inner)
    return ""


def _step(graph: Graph, path: Node) -> str:
    return f"<{path}>" if isinstance(path, URIRef) else f"({_path_text(graph, path)})"


def _alternatives(graph: Graph, steps: Node) -> str:
    return "|".join(_step(graph, step) for step in Collection(graph, steps))


_PATHS: Final[dict[Node, Callable[[Graph, Node], str]]] = {
    SH.alternativePath: _alternatives,
    SH.inversePath: lambda graph, path: "^" + _step(graph, path),
    SH.zeroOrMorePath: lambda graph, path: _step(graph, path) + "*",
    SH.oneOrMorePath: lambda graph, path: _step(graph, path) + "+",
    SH.zeroOrOnePath: lambda graph, path: _step(graph, path) + "?",
}

# -------- the standard report

_COPIED: Final = (
    *(SH.focusNode, SH.resultSeverity, SH.resultPath, SH.value),
    *(SH.sourceShape, SH.sourceConstraintComponent),
)


def _turtle(result: Graph, found: tuple[_Found, ...], source: str, more: Sequence[Finding]) -> str:
    """Write the SHACL report of what was kept; blank nodes are numbered in its order."""
    out = Graph(bind_namespaces="none")
    for prefix in ("mskg", "sh", "xsd"):
        out.bind(prefix, PREFIXES[prefix])
    out.bind("msh", SHAPES)
    # Labels tell the file, so that reports on several files may stand in one Turtle file.
    mark = f"r{digest(source)}n" if source else "r"
    numbers = (BNode(f"{mark}{number:06}") for number in count(1))
    report = BNode(f"{mark}000000")
    if source:
        out.bind("dcterms", PREFIXES["dcterms"])
        out.add((report, DCTERMS.source, RdfLiteral(source)))
    out.add((report, RDF.type, SH.ValidationReport))
    out.add((report, SH.conforms, RdfLiteral(not (found or more), datatype=XSD.boolean)))
    for entry in found:
        node = next(numbers)
        out.add((report, SH.result, node))
        out.add((node, RDF.type, SH.ValidationResult))
        for name in _COPIED:
            value = result.value(entry.node, name, any=True)
            if value is not None:
                out.add((node, name, _copy(value, result, out, numbers)))
        for message in entry.messages:
            out.add((node, SH.resultMessage, message))
    for finding in more:
        _add_finding(out, report, next(numbers), finding)
    return out.serialize(format="turtle")


def _add_finding(out: Graph, report: Node, node: Node, finding: Finding) -> None:
    """Add a finding of another validation, whose report graph is not at hand."""
    out.add((report, SH.result, node))
    out.add((node, RDF.type, SH.ValidationResult))
    out.add((node, SH.resultSeverity, _SEVERITY_TERMS[finding.severity]))
    for name, value in (
        (SH.focusNode, finding.focus),
        (SH.resultPath, finding.path),
        (SH.sourceShape, finding.shape),
        (SH.sourceConstraintComponent, finding.component),
        (SH.value, finding.value),
    ):
        if "://" in value and " " not in value:
            out.add((node, name, URIRef(value)))
    for text, language in ((finding.message, "zh"), (finding.message_en, "en")):
        if text:
            out.add((node, SH.resultMessage, RdfLiteral(text, lang=language)))


def _copy(term: Node, source: Graph, target: Graph, numbers: Iterator[BNode]) -> Node:
    if not isinstance(term, BNode):
        return term
    node = next(numbers)
    for name, value in sorted(source.predicate_objects(term)):
        target.add((node, name, _copy(value, source, target, numbers)))
    return node
