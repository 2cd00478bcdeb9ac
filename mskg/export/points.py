"""What was not understood in a plan or looks wrong: where it stands and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mskg.model import Issue, UnusedNumber, severity_word
from mskg.resolve.report import propose_for_issue, propose_for_number

if TYPE_CHECKING:
    from mskg.model import Document, Plan, Span
    from mskg.resolve import Correction

__all__ = ["Point", "open_points"]

_REACH: Final = 14
_RANKS: Final = ("violation", "unknown", "warning", "info", "vague")
_NUMBER: Final = ("没看懂的数字", "number not understood")
_CHECK: Final = ("对照原文看一看", "compare it with the printed text")
_ROW: Final = (
    "读得对就不用管；不对，把下面这一行加进更正表并改好 value",
    "nothing, if it is right; else put this row in the corrections and mend its value",
)
_SOURCE: Final = (
    "请改正原文件后重读，或照此理解",
    "mend the document and read it again, or take it as it is",
)
# Code of an issue → what a person can do.
_ADVICE: Final = {
    "ambiguous-date": _CHECK,
    "ambiguous-region": (
        "把下面这一行加进更正表，在 value 写行政区划代码；或用 --region 给出",
        "put this row in the corrections with the region code as value; or use --region",
    ),
    "count-mismatch": (
        "数一数：是文件写错了，还是漏读、多读了任务（多读的可用 not-a-task 更正）",
        "count: is the document wrong, or were tasks missed or invented (see not-a-task)?",
    ),
    "count-parts": _SOURCE,
    "foreign-place": _SOURCE,
    "garbled": _SOURCE,
    "impossible-date": _SOURCE,
    "letter-digit": _SOURCE,
    "misprinted-name": _ROW,
    "misread-character": _SOURCE,
    "named-twice": _SOURCE,
    "no-year": ("文中没有年份；请看标题是否完整", "look whether the title is complete"),
    "number-gap": ("看这两个任务之间是否漏了一项", "look whether a task is missing there"),
    "number-twice": ("改正重复的编号，再读一次", "correct the repeated number and read again"),
    "other-place": _ROW,
    "table-header": (
        "补上表头（序号、项目名称、责任单位……），再读一次",
        "add a header (number, name, responsible unit …) and read again",
    ),
    "table-row": ("看这一行是不是一个任务", "look whether this row is a task"),
    "unknown-region": (
        "用 --region 给出行政区划代码，或把下面这一行加进更正表",
        "give the code with --region, or put this row in the corrections",
    ),
    "unresolved-name": _ROW,
    "wrong-place": _ROW,
}
_GUESS: Final = (
    "像是印错了一个字；是的话，把下面这一行加进更正表",
    "one character seems to be wrong: if so, put this row in the corrections",
)
_UNKNOWN: Final = (
    "不是指标，就把下面这一行加进更正表；是指标，把 kind 改为 unit，value 写单位（如 人次）",
    "if it is no target, put this row in the corrections; if it is one, make the kind unit and"
    " the value its measure word",
)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing for a person to look at.

    Parameters
    ----------
    number:
        Counts from 1, the worst first.
    kind:
        ``violation``, ``unknown`` (a number not understood), ``warning``, ``info`` or ``vague``.
    word:
        The kind in words.
    message:
        What is the matter.
    place:
        Where it stands, for a person: 第2页表1第3排.
    context:
        The words before it, itself, and the words behind it.
    advice:
        What to do about it; empty where there is nothing to do.
    row:
        A row for a corrections file.
    span:
        Where it stands.
    """

    number: int
    kind: str
    word: str
    message: str
    place: str = ""
    context: tuple[str, str, str] = ("", "", "")
    advice: str = ""
    row: Correction | None = None
    span: Span | None = None

    @property
    def mark(self) -> str:
        """The kind of its mark in the text."""
        return self.kind if self.kind in {"unknown", "vague"} else "issue"


def open_points(document: Document, plan: Plan, lang: str) -> list[Point]:
    """Return all points of `plan`, the worst first, then in the order of the text."""
    found: list[Issue | UnusedNumber] = [*plan.issues]
    found += [number for number in plan.unused_numbers if number.rule == "unknown"]
    found.sort(
        key=lambda entry: (_RANKS.index(_kind(entry)), entry.span.begin if entry.span else 0)
    )
    return [_point(number, entry, document, plan, lang) for number, entry in enumerate(found, 1)]


def _kind(entry: Issue | UnusedNumber) -> str:
    if isinstance(entry, UnusedNumber):
        return "unknown"
    return "vague" if entry.code == "vague" else entry.severity


def _point(
    number: int, entry: Issue | UnusedNumber, document: Document, plan: Plan, lang: str
) -> Point:
    english = lang == "en"
    kind, span = _kind(entry), entry.span
    if isinstance(entry, UnusedNumber):
        word, message = _NUMBER[english], entry.text
        advice, row = _UNKNOWN[english], propose_for_number(plan, entry)
    else:
        word = severity_word(entry.severity, lang)
        message = entry.message_en if english and entry.message_en else entry.message
        advice = _ADVICE[entry.code][english] if entry.code in _ADVICE else ""
        row = propose_for_issue(plan, entry)
    if row is not None and isinstance(entry, Issue) and row.note != entry.message:
        advice = _GUESS[english]
    elif row is not None:
        row = replace(row, note="")  # the message says it already
    place = span.locator.words(lang) if span is not None else ""
    context = _context(document.text, span) if span is not None else ("", "", "")
    return Point(number, kind, word, message, place, context, advice, row, span)


def _context(text: str, span: Span) -> tuple[str, str, str]:
    before = text[max(0, span.begin - _REACH) : span.begin].rpartition("\n")[2]
    behind = text[span.end : span.end + _REACH].partition("\n")[0]
    return before.lstrip(), span.quote, behind.rstrip()
