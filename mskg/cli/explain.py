"""Show a document with every fact marked where it stands, for a terminal or as a page.

What a reader sees marked was understood; what is not marked, the program did not use.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mskg.cli.language import language, t
from mskg.model import Assignment, Document, Indicator, Issue, Item, Plan, Span, Task, severity_word

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["Mark", "explain_html", "explain_text", "marks", "open_points"]

_STYLES = {
    "title": ("bold cyan", "#bfe8f2"),
    "department": ("green", "#c9efc4"),
    "indicator": ("bold yellow", "#ffe9a3"),
    "milestone": ("magenta", "#ecd0f5"),
    "unused": ("dim underline", "#e6e6e6"),
    "issue": ("bold white on red", "#ffb3ab"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text with the kind of fact that was read there."""

    begin: int
    end: int
    kind: str
    label: str


def _kinds() -> dict[str, str]:
    return {
        "title": t("任务", "task"),
        "department": t("部门", "department"),
        "indicator": t("指标", "indicator"),
        "milestone": t("时限", "deadline"),
        "unused": t("不作指标的数字", "number set aside"),
        "issue": t("存疑", "issue"),
    }


def _mark(span: Span | None, kind: str, label: str) -> Iterator[Mark]:
    if span is not None and span.end > span.begin:
        yield Mark(span.begin, span.end, kind, label)


def marks(plan: Plan) -> list[Mark]:
    """Return the marks of `plan` in the order of the text, longer ones first."""
    found: list[Mark] = []
    found += _department_marks(plan.program.departments)
    for stage in plan.program.deadlines:
        found += _mark(stage.span, "milestone", str(stage.due or stage.recurrence))
    for task in plan.tasks:
        found += _task_marks(task)
    for number in plan.unused_numbers:
        found += _mark(number.span, "unused", number.rule)
    for issue in plan.issues:
        found += _mark(issue.span, "issue", _message(issue))
    return sorted(set(found), key=lambda mark: (mark.begin, -mark.end, mark.kind))


def _task_marks(task: Task) -> Iterator[Mark]:
    yield from _mark(task.title_span, "title", f"{task.path} {task.title}")
    yield from _department_marks(task.departments)
    for item in task.items:
        yield from _item_marks(item)


def _item_marks(item: Item) -> Iterator[Mark]:
    yield from _department_marks(item.departments)
    for indicator in item.indicators:
        yield from _mark(indicator.span, "indicator", _quantity(indicator))
    for stage in item.milestones:
        yield from _mark(stage.span, "milestone", str(stage.due or stage.recurrence))
        for indicator in stage.indicators:
            yield from _mark(indicator.span, "indicator", _quantity(indicator))


def _department_marks(assignments: Iterable[Assignment]) -> Iterator[Mark]:
    for assignment in assignments:
        label = f"{assignment.org or assignment.name} · {assignment.role}"
        yield from _mark(assignment.span, "department", label)


def _quantity(indicator: Indicator) -> str:
    return f"{indicator.name} {indicator.op} {indicator.value:f} {indicator.unit}".strip()


def _message(issue: Issue) -> str:
    return issue.message if language() == "zh" or not issue.message_en else issue.message_en


def open_points(plan: Plan) -> list[str]:
    """Return a line for each thing that was not understood or looks wrong."""
    lines = [
        f"[{severity_word(i.severity, language())}] {_place(i.span)}{_message(i)}"
        for i in plan.issues
    ]
    for number in plan.unused_numbers:
        if number.rule == "unknown":
            what = t("没看懂的数字", "number not understood")
            lines.append(f"[{what}] {_place(number.span)}{number.text}")
    return lines


def _place(span: Span | None) -> str:
    place = span.locator.words(language()) if span is not None else ""
    return place + t("：", ": ") if place else ""


def explain_text(document: Document, plan: Plan) -> Text:
    """Return the text with marks as colours, then what was not understood."""
    from rich.text import Text

    text = Text()
    for kind, name in _kinds().items():
        text.append(f" {name} ", style=_STYLES[kind][0])
    text.append("\n\n")
    body = Text(document.text)
    for mark in marks(plan):
        body.stylize(_STYLES[mark.kind][0], mark.begin, mark.end)
    text.append_text(body)
    points = open_points(plan)
    heading = t("没有看懂或存疑之处", "Not understood, or doubtful")
    text.append(f"\n\n{heading} ({len(points)})\n", style="bold")
    text.append("\n".join(points) + "\n")
    return text


def explain_html(document: Document, plan: Plan) -> str:
    """Return a page of its own with the marks; each tells on hovering what was read there."""
    points = "".join(f"<li>{html.escape(line)}</li>" for line in open_points(plan))
    title = html.escape(plan.document.title or plan.source)
    heading = t("没有看懂或存疑之处", "Not understood, or doubtful")
    rules = "".join(f"mark.{kind}{{background:{style[1]}}}" for kind, style in _STYLES.items())
    legend = " ".join(f'<mark class="{kind}">{name}</mark>' for kind, name in _kinds().items())
    return (
        f'<!doctype html><html lang="{t("zh-CN", "en")}"><meta charset="utf-8">'
        f"<title>{title}</title><style>body{{max-width:50em;margin:2em auto;padding:0 1em;"
        f"font:16px/1.8 sans-serif}}pre{{white-space:pre-wrap;font:inherit}}{rules}</style>\n"
        f"<h1>{title}</h1><p>{legend}</p>\n<pre>{_marked(document.text, marks(plan))}</pre>\n"
        f"<h2>{heading} ({len(points and open_points(plan))})</h2><ul>{points}</ul></html>\n"
    )


def _marked(text: str, found: list[Mark]) -> str:
    """Return `text` as HTML, cut where marks begin or end so that elements never overlap."""
    cuts = sorted({0, len(text), *(m.begin for m in found), *(m.end for m in found)})
    parts: list[str] = []
    for begin, end in pairwise(cuts):
        covering = [mark for mark in found if mark.begin <= begin and end <= mark.end]
        piece = html.escape(text[begin:end])
        if covering:
            label = html.escape("; ".join(dict.fromkeys(mark.label for mark in covering)))
            inner = min(covering, key=lambda mark: mark.end - mark.begin)
            piece = f'<mark class="{inner.kind}" title="{label}">{piece}</mark>'
        parts.append(piece)
    return "".join(parts)
