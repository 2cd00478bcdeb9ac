"""The result of a validation: findings in the order in which a person mends them."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from mskg.model import Locator, Span, severity_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["SEVERITIES", "Finding", "Report"]

SEVERITIES: Final = ("violation", "warning", "info")
"""Severities, worst first."""

_LONGEST: Final = 40
"""Characters of a quote in one line of text."""

_LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a shape found.

    Parameters
    ----------
    severity:
        ``violation`` (the plan can't be carried out or doesn't add up as written),
        ``warning`` (probably a mistake) or ``info`` (worth knowing).
    shape:
        IRI of the shape; empty for a shape without one.
    name, name_en:
        What the shape is called (sh:name), in Chinese and English.
    focus:
        IRI of the node that was checked.
    message, message_en:
        What is wrong and how to mend it, in Chinese and English.
    path:
        The property that was looked at: an IRI, or a SPARQL property path.
    value:
        The offending value: an IRI or the lexical form of a literal.
    component:
        IRI of the SHACL constraint component.
    task, task_path, task_number, task_group:
        Title of the task it belongs to, its ordinal path, its number as printed and the heading
        of its group; empty for the program itself.
    node:
        Name of the node that was checked, where no words can be quoted.
    span:
        The quoted place; None where the graph carries no evidence for it.
    """

    severity: str
    shape: str
    focus: str
    message: str
    message_en: str = ""
    path: str = ""
    value: str = ""
    component: str = ""
    task: str = ""
    task_path: str = ""
    task_number: str = ""
    task_group: str = ""
    node: str = ""
    span: Span | None = None
    name: str = ""
    name_en: str = ""

    @property
    def rule(self) -> str:
        """The last part of the IRI of the shape: a short id to name it by."""
        return re.split("[#/]", self.shape)[-1]

    @property
    def quote(self) -> str:
        """The words at the place of the finding, empty where it is unknown."""
        return self.span.quote if self.span else ""

    def place(self, lang: str = "zh") -> str:
        """Return page, line, table, row and column in words, as far as they are known."""
        return self.span.locator.words(lang) if self.span else ""

    def text(self, lang: str = "zh") -> str:
        """Return the message in `lang` (``zh`` or ``en``), or in the language there is."""
        first, second = self.message, self.message_en
        return (first or second) if lang == "zh" else (second or first)

    def statement(self, lang: str = "zh") -> str:
        """Return the message in `lang`, with the offending value where it does not name it."""
        body = self.text(lang)
        if not self.value or "://" in self.value or self.value in body:
            return body
        return body + (f"（{self.value}）" if lang == "zh" else f" ({self.value})")

    def heading(self, lang: str = "zh") -> str:
        """Return the task in words, by the number that is printed; else the plan as a whole."""
        zh = lang == "zh"
        if not self.task_path and not self.task:
            return "清单整体" if zh else "The plan as a whole"
        head = f"{'任务' if zh else 'Task'} {self.task_number or ('（无编号）' if zh else '-')}"
        group = f"（{self.task_group}）" if zh else f" ({self.task_group})"
        title = f"“{self.task}”" if zh else f' "{self.task}"'
        return head + title + (group if self.task_group else "")

    def title(self, lang: str = "zh") -> str:
        """Return the name of the shape in `lang`, or in the language there is."""
        first, second = self.name, self.name_en
        return (first or second or self.rule) if lang == "zh" else (second or first or self.rule)

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain values for JSON."""
        span = self.span
        locator = span.locator if span else Locator()
        places = asdict(locator)
        return {
            "severity": self.severity,
            "shape": self.shape,
            "name": {"zh": self.name, "en": self.name_en},
            "focus": self.focus,
            "path": self.path,
            "value": self.value,
            "component": self.component,
            "message": {"zh": self.message, "en": self.message_en},
            "task": {
                "path": self.task_path,
                "number": self.task_number,
                "group": self.task_group,
                "title": self.task,
            },
            "quote": self.quote,
            "begin": span.begin if span else None,
            "end": span.end if span else None,
            "place": {name: number for name, number in places.items() if number},
        }


@dataclass(frozen=True)
class Report:
    """The findings on one graph: worst first, then in the order of the document.

    The attribute ``conforms`` is about what the plan is worth, not about the letter of SHACL:
    warnings and infos don't disturb it, unless `strict` lets warnings count. In `to_json` that
    is ``passes``; ``conforms`` there and sh:conforms in `to_ttl` are the standard's: false as
    soon as there is any result.
    """

    findings: tuple[Finding, ...]
    strict: bool = False
    turtle: Callable[[str, Sequence[Finding]], str] = field(
        default=lambda _source, _more: "", repr=False, compare=False
    )
    more: tuple[Finding, ...] = field(default=(), repr=False)
    """Findings of other validations, such as those of several plans side by side."""

    @property
    def conforms(self) -> bool:
        """Whether there is no violation (and, if strict, no warning)."""
        return not any(map(self.fails, self.findings))

    def with_findings(self, more: Sequence[Finding]) -> Report:
        """Return the report with further findings in their places."""

        def order(finding: Finding) -> tuple[int, float]:
            begin = finding.span.begin if finding.span else float("inf")
            return SEVERITIES.index(finding.severity), begin

        findings = tuple(sorted((*self.findings, *more), key=order))
        return replace(self, findings=findings, more=(*self.more, *more))

    def fails(self, finding: Finding) -> bool:
        """Whether `finding` keeps the plan from conforming."""
        return finding.severity in SEVERITIES[: 2 if self.strict else 1]

    @property
    def counts(self) -> dict[str, int]:
        """Number of findings by severity, worst first, zeros included."""
        found = [finding.severity for finding in self.findings]
        return {severity: found.count(severity) for severity in SEVERITIES}

    def to_json(self) -> str:
        """Return the report as JSON text: UTF-8, unescaped, indented."""
        record = {
            "passes": self.conforms,
            "conforms": not self.findings,
            "strict": self.strict,
            "counts": self.counts,
            "findings": [finding.to_dict() for finding in self.findings],
        }
        return json.dumps(record, ensure_ascii=False, indent=1) + "\n"

    def to_ttl(self, source: str = "") -> str:
        """Return the report as a standard SHACL validation report in Turtle.

        Parameters
        ----------
        source:
            The file it is about, told as dcterms:source: reports on several files may then
            stand in one Turtle file, one behind the other.
        """
        return self.turtle(source, self.more)

    def groups(self) -> list[tuple[str, str, tuple[Finding, ...]]]:
        """Return path and title of each task with its findings, the plan as a whole first.

        Tasks with the worst findings come first, then the order of the document counts; so
        do the findings of a task.
        """
        found: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.findings:
            found.setdefault((finding.task_path, finding.task), []).append(finding)
        whole = [key for key in found if key == ("", "")]
        rest = [key for key in found if key != ("", "")]
        return [(*key, tuple(found[key])) for key in (*whole, *rest)]

    def lines(self, lang: str = "zh") -> list[str]:
        """Return the findings by task, one line each, and a last line with the counts.

        Raises
        ------
        ValueError
            If `lang` is neither ``zh`` nor ``en``.
        """
        if lang not in _LANGUAGES:
            raise ValueError(f"unknown language {lang!r}: wanted zh or en")
        return [line for line, _ in self.marked_lines(lang)]

    def marked_lines(self, lang: str = "zh") -> list[tuple[str, str]]:
        """Return the lines of `lines`, each with its severity, ``task`` or ``summary``."""
        found = []
        for _, _, findings in self.groups():
            found.append((findings[0].heading(lang), "task"))
            found += [(_line(finding, lang), finding.severity) for finding in findings]
        return [*found, (self.summary(lang), "summary")]

    def summary(self, lang: str = "zh") -> str:
        """Return in one line whether the plan conforms, and how much was found."""
        words = {name: severity_word(name, lang) for name in self.counts}
        if lang == "zh":
            counts = "，".join(f"{words[name]} {number}" for name, number in self.counts.items())
            return f"{'通过' if self.conforms else '不通过'}：{counts}"
        counts = ", ".join(f"{number} {words[name]}" for name, number in self.counts.items())
        return f"{'conforms' if self.conforms else 'does not conform'}: {counts}"


def _line(finding: Finding, lang: str) -> str:
    zh = lang == "zh"
    place = finding.place(lang)
    head = f"  [{severity_word(finding.severity, lang)}] "
    if place:
        head += f"{place}：" if zh else f"{place}: "
    quote = ""
    if finding.quote:
        quote = f"〔{_short(finding.quote)}〕" if zh else f" [{_short(finding.quote)}]"
    elif finding.node:
        quote = f"〔{finding.node}〕" if zh else f" [{finding.node}]"
    return head + finding.statement(lang) + quote


def _short(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
