"""The plan as understood: program, tasks, items, indicators, milestones, assignments.

The shape follows monitoring-and-evaluation practice (IATI results: indicator, baseline,
target, actual; OCDS milestones: due date) and is the Python form of the plan record
(`mskg.model.record` turns one into the other).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mskg.model.document import Span

__all__ = [
    "Assignment",
    "DocumentInfo",
    "DocumentLink",
    "Indicator",
    "Issue",
    "Item",
    "Leader",
    "Milestone",
    "Part",
    "Plan",
    "Program",
    "Progress",
    "Task",
    "TextField",
    "UnusedNumber",
    "severity_word",
]


@dataclass(frozen=True, slots=True)
class TextField:
    """A text kept as printed, such as funding or site."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Leader:
    """A person named as responsible leader; kept with the task, never a node of its own."""

    name: str
    post: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A department in a role for a task, an item or the program.

    ``role`` is a notation of the role scheme (lead, responsible, related, coordinator,
    supervisor, finance, audit, other); ``stated`` is False where ``rule`` inferred it.
    ``org`` is the full resolved name, ``org_id`` the last part of its IRI.
    """

    name: str
    role: str
    span: Span | None = None
    order: int = 1
    stated: bool = True
    rule: str = ""
    org: str = ""
    org_id: str = ""
    functions: tuple[str, ...] = ()
    verified: bool = False
    collective: bool = False
    suspect: str = ""
    split: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number that the program commits to: what is counted and its target value.

    Parameters
    ----------
    id:
        Unique in the plan; made of task path, item, and position of the first numeral.
    value:
        Plain number in the base unit of the measure word (1.75万人次 is 17500).
    op:
        eq, ge, gt, le, lt or approx.
    kind:
        count, share, change, money, funding or time standard.
    accumulation:
        cumulative, per period, or empty where the text does not tell.
    part_of:
        Id of the indicator this is a part of (其中).
    of:
        For a stage target: id of the indicator it is a stage of.
    basis:
        absolute, or share of the task (完成工程量的30%).
    part:
        Label of the part （一）… it stands under, within one cell.
    digits:
        The number as printed.
    """

    id: str
    name: str
    value: Decimal
    unit: str
    op: str = "eq"
    kind: str = "count"
    accumulation: str = ""
    part_of: str = ""
    counted_thing: str = ""
    of: str = ""
    basis: str = "absolute"
    baseline: Decimal | None = None
    upper: Decimal | None = None
    part: str = ""
    digits: str = ""
    optional: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """An explicit date expression with what is due then.

    ``due`` is the last day of the period, None for a recurring rule; ``start`` its first day.
    ``precision`` is day, early, mid, late, month, quarter, half-year or year.
    """

    due: date | None
    text: str
    start: date | None = None
    precision: str = ""
    recurrence: str = ""
    inherited: bool = False
    indicators: tuple[Indicator, ...] = ()
    part: str = ""
    optional: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part （一）… inside one table cell."""

    label: str
    title: str
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Reported progress, which is no target."""

    text: str
    as_of: date | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An explicitly numbered part of a task, or one table row; else the whole task."""

    text: str
    label: str = ""
    indicators: tuple[Indicator, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    parts: tuple[Part, ...] = ()
    departments: tuple[Assignment, ...] = ()
    leaders: tuple[Leader, ...] = ()
    funding: TextField | None = None
    site: TextField | None = None
    progress: tuple[Progress, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One numbered top-level item of the list.

    ``no`` is the number as printed (None where there is none), ``path`` the ordinal path
    that identifies the task in the program (``1.3``: third task of the first group).
    ``origins`` say who set it: province, prefecture, congress (票决), own.
    """

    no: int | None
    path: str
    title: str
    items: tuple[Item, ...]
    group: str = ""
    departments: tuple[Assignment, ...] = ()
    leaders: tuple[Leader, ...] = ()
    areas: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    span: Span | None = None
    title_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """What a document announces: a region's list of tasks for a year."""

    region: str = ""
    region_code: str = ""
    year: int | None = None
    kind: str = "livelihood"
    ordinal: int = 1
    declared_count: int | None = None
    declared_count_span: Span | None = None
    deadlines: tuple[Milestone, ...] = ()
    departments: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link to another document, with the words: basis, breakdown, forwards, explains, issues."""

    relation: str
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The published text: what is printed at its head, and how it was read."""

    key: str
    sha256: str
    title: str = ""
    doc_number: str = ""
    issuer: str = ""
    issued: date | None = None
    type: str = ""
    format: str = ""
    encoding: str = ""
    script: str = ""
    layout: str = ""
    links: tuple[DocumentLink, ...] = ()


_SEVERITIES = {"violation": "错误", "warning": "警告", "info": "提示"}


def severity_word(severity: str, language: str = "zh") -> str:
    """Return the word for the severity of an issue or a finding in `language`."""
    return _SEVERITIES[severity] if language == "zh" else severity


@dataclass(frozen=True, slots=True)
class Issue:
    """Anything not understood, corrected or suspicious.

    ``severity`` is violation, warning or info; ``code`` names the rule;
    ``message`` is Chinese, ``message_en`` English.
    """

    severity: str
    code: str
    message: str
    message_en: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class UnusedNumber:
    """A number of a task text that became no fact, with the rule that set it aside."""

    text: str
    rule: str
    span: Span | None = None
    task: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The structured reading of one document."""

    source: str
    document: DocumentInfo
    program: Program
    tasks: tuple[Task, ...]
    issues: tuple[Issue, ...] = ()
    unused_numbers: tuple[UnusedNumber, ...] = ()
