"""Duties stated apart from the tasks: a second list that says who does what.

附件：责任分工 … 农村饮水安全工程由县水务局负责，县卫生局配合；文化惠民工程由…
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from mskg.extract.departments import names_in, prose_duties
from mskg.lexicon.cues import label_of, label_pattern
from mskg.model import with_changes
from mskg.text import fold, unspaced, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mskg.model import Assignment, Span, Task
    from mskg.model.outline import Stretch
    from mskg.text import FoldedText, View

__all__ = ["with_duties_apart"]

_SHORTEST = 4  # characters of a title that can't stand for something else
_NUMERAL = r"(?:[①-⑳]|\d{1,2}|[一二三四五六七八九十]{1,3})"
# 第①②项, 第3、4项, 第四项至第六项, 第1-3件实事
_BY_NUMBER = re.compile(
    rf"第{_NUMERAL}(?:[项件]?[、和及至到~—-]?第?{_NUMERAL})*[项件](?:实事|任务|工作|项目)?$"
)
_COUNTED = re.compile(rf"(?P<to>[至到~—-])?第?(?P<number>{_NUMERAL})")
_CLAUSE = re.compile(r"(?:^|[;。:,])(?P<what>[^;。:,由]{3,60}):?(?P<duty>由[^;。]+)")


def with_duties_apart(
    tasks: list[Task],
    folded: FoldedText,
    prose: Sequence[Stretch],
    span: Callable[[int, int], Span],
) -> list[Task]:
    """Return `tasks`; one that names no unit takes those that `prose` gives behind its title."""
    missing = [n for n, task in enumerate(tasks) if not task.departments]
    if not missing:
        return tasks
    found = list(tasks)
    for place in prose:
        view = folded.view(place.begin, place.end)
        for match in _CLAUSE.finditer(view.folded):
            numbers = _numbers(match["what"])
            named = [piece for piece in match["what"].split("、") if len(piece) >= _SHORTEST]
            mine = [
                n
                for n in missing
                if tasks[n].no in numbers or any(_alike(p, tasks[n].title) for p in named)
            ]
            if mine:
                begin, end = view.range(match.start("duty"), match.end())
                duties = tuple(prose_duties(folded, begin, end, span))
                for n in mine:
                    found[n] = with_changes(tasks[n], departments=duties)
        for match in _labelled().finditer(view.folded):
            numbers = _numbers(match["what"])
            mine = [n for n in missing if tasks[n].no in numbers]
            labelled = tuple(_by_label(folded, view, match, span)) if mine else ()
            for n in mine if labelled else ():
                found[n] = with_changes(tasks[n], departments=labelled)
    return found


def _by_label(
    folded: FoldedText, view: View, match: re.Match[str], span: Callable[[int, int], Span]
) -> Iterator[Assignment]:
    """Yield the units under labels: 第一件实事，责任单位：市教育局；协办单位：市财政局."""
    labels = list(_label().finditer(view.folded, match.start("duty"), match.end()))
    ends = [*(label.start() for label in labels[1:]), match.end()]
    for label, end in zip(labels, ends, strict=True):
        known = label_of(label[1])
        if known is not None and known.kind == "department":
            yield from names_in(folded, *view.range(label.end(), end), known.role, span)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"({label_pattern()}):")


@cache
def _labelled() -> re.Pattern[str]:
    number = rf"第{_NUMERAL}(?:[、和及至到~—-]?第?{_NUMERAL})*[项件]"
    return re.compile(
        rf"(?P<what>{number})(?:实事|任务|工作|项目)?[,:(]?"
        rf"(?P<duty>(?:{label_pattern()}):(?:(?!{number})[^。\n])+)"
    )


def _numbers(subject: str) -> set[int]:
    """Return the task numbers that a subject names: 第①②项, 第3、4项, 第四项至第六项."""
    listed = _BY_NUMBER.search(subject)
    found: list[int] = []
    for match in _COUNTED.finditer(listed.group()) if listed else ():
        number = whole_number(match["number"]) or 0
        found += range(found[-1] + 1, number + 1) if match["to"] and found else [number]
    return set(found)


def _alike(name: str, title: str) -> bool:
    """Tell whether `name` is `title`, or shortens it (校舍安全工程 for 中小学校舍安全工程)."""
    full = unspaced(fold(title))
    common = sum((Counter(name) & Counter(full)).values())
    return full in name or (common >= 0.9 * len(name) and common >= 0.5 * len(full))
