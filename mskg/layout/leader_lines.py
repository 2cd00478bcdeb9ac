"""Headings that name who does the tasks below: 责任领导：张伟, 副县长李强牵头, 县教育局."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from mskg.layout.fields import find_fields, is_line_of_bodies
from mskg.layout.marks import mark_at
from mskg.lexicon.cues import any_of, cue_values, line_label
from mskg.lexicon.departments import body_end
from mskg.lexicon.persons import leading_person
from mskg.model.outline import Field, Stretch
from mskg.text import BULLETS

if TYPE_CHECKING:
    from mskg.layout.marks import Mark

__all__ = [
    "LEADER",
    "leader_named",
    "leaders_of",
    "name_of_line",
    "units_named",
    "whose",
    "with_leader_lines",
]

LEADER = "leader"
"""Style of the marks of these lines."""
_FEWEST = 2
_LONGEST = 40
_COUNTED = re.compile(r"\(?共?(?:\d+|[一二三四五六七八九十]{1,3})[项件个]\)?$")  # 县教育局（2项）
_LINE_BELOW = re.compile(r"\n\s*(?P<line>[^\n]*\S)")
_SIGNS = " \t#*—-【】:" + BULLETS


@cache
def _hint() -> re.Pattern[str]:
    """Return a pattern for the words of which every heading that names a leader has one."""
    return re.compile(
        rf"领导|{any_of('duty-leader')}|{any_of('post')}|{any_of('post-apart')}|牵头|分管|[包挂联]"
    )


def leaders_of(folded: str, begin: int, end: int) -> list[Field]:
    """Return the leaders whom the heading in ``folded[begin:end]`` names, by a label or a post."""
    labelled = [field for _, field in find_fields(folded, begin, end) if field.kind == "leader"]
    return labelled or leader_named(folded, begin, end)


def leader_named(folded: str, begin: int, end: int) -> list[Field]:
    """Return the leader whom the heading in ``folded[begin:end]`` names without a label."""
    while begin < end and folded[begin] in _SIGNS:
        begin += 1
    person = leading_person(folded, begin, end)
    return [Field("leader", Stretch(*person))] if person else []


def units_named(folded: str, begin: int, end: int, *, helped: bool = False) -> list[Field]:
    """Return the units that are all that the heading in ``folded[begin:end]`` says.

    They lead where others help them (配合单位), else they are in charge.
    """
    while end > begin and folded[end - 1] in _SIGNS:
        end -= 1
    while begin < end and folded[begin] in _SIGNS:
        begin += 1
    if counted := _COUNTED.search(folded, begin, end):
        end = counted.start()
    if owns := _owns().fullmatch(folded, begin, end):
        role = cue_values("duty")[owns["verb"]] if owns["verb"] else "responsible"
        return [Field("department", Stretch(*owns.span("name")), role)]
    named = ":" not in folded[begin:end] and is_line_of_bodies(folded[begin:end])
    role = "lead" if helped else "responsible"
    return [Field("department", Stretch(begin, end), role)] if named else []


def whose(heading: str) -> bool:
    """Tell whether a folded heading says of all below whose it is: 县教育局承办的实事."""
    return _owns().fullmatch(_COUNTED.sub("", heading.strip(_SIGNS))) is not None


@cache
def _owns() -> re.Pattern[str]:
    """Return a pattern for a heading that says whose the tasks are: 县教育局承办的实事."""
    body = rf"(?:[一-龥]{{2,20}}?{body_end(sure=True)}|[一-龥]{{2,20}}?(?:会|中心))"
    verb = rf"(?P<verb>牵头|主办|承办|负责|实施|落实){any_of('role-follow')}{{0,2}}"
    what = r"(?:民生|重点|主要|工作)?(?:工作|任务|事项|项目|实事)"
    return re.compile(
        rf"由?(?P<name>{body}(?:[、和]{body})*)(?:{any_of('role-manner')}?{verb}的?(?:{what})?|的?{what})"
    )


def name_of_line(folded: str, begin: int, end: int) -> Stretch | None:
    """Return what a line that names a leader calls its group: 第一组 before 责任领导：张伟."""
    label = min((whole.begin for whole, _ in find_fields(folded, begin, end)), default=end)
    while begin < label and folded[begin] in _SIGNS:
        begin += 1
    while label > begin and folded[label - 1] in _SIGNS:
        label -= 1
    return Stretch(begin, label) if label > begin else None


def _names(folded: str, begin: int, end: int) -> bool:
    led = _hint().search(folded, begin, end) and leaders_of(folded, begin, end)
    return bool(led or units_named(folded, begin, end) or _is_labelled(folded, begin, end))


def _is_labelled(folded: str, begin: int, end: int) -> bool:
    """Tell a line that is a label with units: 责任单位：县教育局."""
    label = line_label(folded[begin:end])
    return label is not None and label.kind == "department"


def _run_on(below: list[Mark], marks: list[Mark]) -> bool:
    """Tell whether the entries run on `below` the lines, with more entries than lines.

    Elsewhere a line with a label of units ends an entry, whose numbers may start anew.
    """
    own = [mark.value for mark in marks if mark.style == below[0].style]
    return (
        below[0].value == 1
        and all(mark.style == below[0].style for mark in below)
        and own == list(range(1, len(own) + 1))
        and len(own) > len(below)
    )


def with_leader_lines(folded: str, marks: list[Mark]) -> list[Mark]:
    """Return `marks` with one for each line above an entry that names who does those below.

    The first of them stands above the first entry; else each ends the entry above it.
    """
    found: list[Mark] = []
    inside = 0  # of a heading's own text: 一、住房领域 / 责任领导：张伟
    labelled: list[Mark] = []  # the entries below lines with labels of units
    starts = [mark.begin for mark in marks]
    for at in [at for at, mark in enumerate(marks) if mark.strong]:
        above = starts[at - 1] if at else 0
        stop = len(folded[above : starts[at]].rstrip()) + above
        line = folded.rfind("\n", above, stop) + 1
        near = above < line <= stop <= line + _LONGEST
        if not near or not _names(folded, line, stop):
            continue
        found.append(mark_at(LEADER, len(found) + 1, line))
        labelled += [marks[at]] if _is_labelled(folded, line, stop) else []
        other = at > 0 and marks[at - 1].style != marks[at].style
        inside += other and "\n" not in folded[above:line].strip()
    first = marks[bisect_left(starts, found[0].begin)] if found else None
    if len(found) < _FEWEST or inside == len(found) or first is None or first.value != 1:
        return marks
    if labelled and not _run_on(labelled, marks):
        return marks
    # Units on a line of their own below each entry stand below the last one too.
    behind = _LINE_BELOW.search(folded, marks[-1].body)
    if behind and _names(folded, *behind.span("line")):
        return marks
    return sorted(marks + found, key=lambda mark: mark.begin)
