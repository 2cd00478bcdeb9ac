"""What the resolution of names did in a plan, and what a person may want to decide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from mskg.lexicon.regions import region_table
from mskg.resolve.corrections import Correction, squeeze
from mskg.resolve.departments import Scope
from mskg.resolve.likely import likely_body
from mskg.resolve.repairs import one_edit
from mskg.text.folding import fold, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model import Assignment, Issue, Plan, Span, UnusedNumber

__all__ = [
    "NameReport",
    "propose_for_issue",
    "propose_for_number",
    "propose_names",
    "propose_numbers",
    "report_names",
]

# Of this many characters in all, this share must be common to two names for a doubt.
_ALIKE: Final = 0.75
_REACH: Final = 16
_PLACE_ISSUES: Final = frozenset({"ambiguous-region", "unknown-region"})
_NAME_ISSUES: Final = frozenset(
    {"misprinted-name", "other-place", "unresolved-name", "wrong-place"}
)


@dataclass(frozen=True, slots=True)
class NameReport:
    """One printed name of a document and what became of it.

    Parameters
    ----------
    printed, org, org_id, functions, suspect:
        As in `mskg.model.Assignment`.
    state:
        ``verified``, ``collective``, ``suspect`` (read as a printing error) or ``unresolved``.
    count:
        How often the name is assigned.
    merged:
        The other printed names that are the same body.
    doubtful:
        Printed names of other bodies of the same place whose names are much alike.
    likely, likely_org:
        For an unresolved name: a known one that differs in one character, and its body.
    """

    printed: str
    org: str
    org_id: str
    functions: tuple[str, ...]
    state: str
    suspect: str
    count: int
    merged: tuple[str, ...]
    doubtful: tuple[str, ...]
    likely: str = ""
    likely_org: str = ""


def report_names(plan: Plan) -> tuple[NameReport, ...]:
    """Return every printed name of a resolved plan, in the order of the text."""
    entries: dict[str, list[Assignment]] = {}
    for entry in _assignments(plan):
        entries.setdefault(squeeze(entry.name), []).append(entry)
    first = {words: found[0] for words, found in entries.items()}
    doubts = _doubts(first)
    printed = {words: unspaced(entry.name) for words, entry in first.items()}
    return tuple(
        NameReport(
            printed[words],
            entry.org,
            entry.org_id,
            entry.functions,
            _state(entry),
            entry.suspect,
            len(entries[words]),
            tuple(
                printed[other]
                for other, found in first.items()
                if found.org_id == entry.org_id and other != words
            ),
            tuple(printed[other] for other in doubts.get(words, ())),
            *_likely(plan, entry),
        )
        for words, entry in first.items()
    )


def _likely(plan: Plan, entry: Assignment) -> tuple[str, str]:
    """Return a known name that is like an unresolved one, and its body; empty without any."""
    if _state(entry) != "unresolved":
        return "", ""
    region = region_table().by_code.get(plan.program.region_code)
    found = likely_body(entry.name, Scope(region, plan.program.region, plan.document.key))
    return (found[0], found[1].org) if found else ("", "")


def _assignments(plan: Plan) -> Iterator[Assignment]:
    yield from plan.program.departments
    for task in plan.tasks:
        known = {(entry.name, entry.role) for entry in task.departments}
        yield from task.departments
        for item in task.items:
            # A task repeats the departments of its items.
            yield from (e for e in item.departments if (e.name, e.role) not in known)


def _state(entry: Assignment) -> str:
    if entry.suspect:
        return "suspect"
    if entry.collective:
        return "collective"
    return "verified" if entry.verified else "unresolved"


def _doubts(first: dict[str, Assignment]) -> dict[str, list[str]]:
    """Return pairs of names of one place that may be one body, both ways."""
    found: dict[str, list[str]] = {}
    for (one, a), (other, b) in combinations(first.items(), 2):
        if a.org_id != b.org_id and _place(a) == _place(b) and _doubtful(a, b):
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
    return found


def _place(entry: Assignment) -> str:
    return entry.org_id.partition("/")[0]


def _doubtful(a: Assignment, b: Assignment) -> bool:
    if a.collective or b.collective or (a.verified and b.verified and not _nested(a, b)):
        return False  # two bodies that the table tells apart
    return one_edit(a.org, b.org) or _share(a.org, b.org) >= _ALIKE


def _nested(a: Assignment, b: Assignment) -> bool:
    one, other = set(a.functions), set(b.functions)
    return bool(one and other) and (one < other or other < one)


def _share(one: str, other: str) -> float:
    """Return which share of the characters of two names, the place apart, is common to both."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    rest, last = set(one[min(same, 3) :]), set(other[min(same, 3) :])
    return 2 * len(rest & last) / max(1, len(rest) + len(last))


def propose_names(plan: Plan) -> tuple[Correction, ...]:
    """Return rows that a person may put in force: unresolved, repaired, merged, doubtful names."""
    key = plan.document.key
    rows = [
        Correction(key, "", "region", "", note=issue.message)
        for issue in plan.issues
        if issue.code in _PLACE_ISSUES
    ]
    elsewhere = (propose_for_issue(plan, i) for i in plan.issues if i.code == "other-place")
    rows += dict.fromkeys(row for row in elsewhere if row is not None)
    told: set[frozenset[str]] = set()
    for name in report_names(plan):
        if name.state == "unresolved":
            note = "机构表中没有；请把 value 改为全称"
            if name.likely:
                note = f"机构表中没有，疑为“{name.likely}”"
            rows.append(
                Correction(key, name.printed, "org", name.likely_org or name.org, note=note)
            )
        elif name.state == "suspect":
            rows.append(Correction(key, name.printed, "org", name.org, note=name.suspect))
        pairs = [(other, "never-same-body", f"已合并为“{name.org}”") for other in name.merged]
        pairs += [(other, "same-body", "名称相近，现作两个机构") for other in name.doubtful]
        for other, kind, note in pairs:
            pair = frozenset({name.printed, other})
            if pair not in told:
                told.add(pair)
                rows.append(Correction(key, name.printed, kind, other, note=note))
    return tuple(rows)


def propose_numbers(plan: Plan) -> tuple[Correction, ...]:
    """Return a row for each number that no rule understood: it may be no indicator."""
    rows = (propose_for_number(plan, n) for n in plan.unused_numbers if n.rule == "unknown")
    return tuple({row.quote: row for row in rows if row is not None}.values())


def propose_for_number(plan: Plan, number: UnusedNumber) -> Correction | None:
    """Return the row that sets `number` aside; None where its place is unknown."""
    if number.span is None:
        return None
    texts = [fold(task.span.quote) for task in plan.tasks if task.span]
    quote = _quote(plan, number.span, texts)
    note = f"任务 {number.task}：没有看懂的数字“{number.text}”"
    return Correction(plan.document.key, quote, "not-an-indicator", note=note)


def propose_for_issue(plan: Plan, issue: Issue) -> Correction | None:
    """Return the row by which a person decides what `issue` doubts; None where none can."""
    key = plan.document.key
    if issue.code in _PLACE_ISSUES:
        return Correction(key, "", "region", "", note=issue.message)
    if issue.code in _NAME_ISSUES and issue.span is not None:
        place = (issue.span.begin, issue.span.end)
        for entry in _assignments(plan):
            if entry.span is not None and (entry.span.begin, entry.span.end) == place:
                printed, (likely, org) = unspaced(entry.name), _likely(plan, entry)
                note = f"疑为“{likely}”" if likely else issue.message
                return Correction(key, printed, "org", org or entry.org, note=note)
    return None


def _quote(plan: Plan, span: Span, texts: list[str]) -> str:
    """Return the words of a number with as many before it as tell it from its like.

    A word stands before it in any case: a spreadsheet would take bare digits for a number of
    its own and write them otherwise (1,200 as 1200).
    """
    home = next((t.span for t in plan.tasks if t.span and _holds(t.span, span)), span)
    begin, end = span.begin - home.begin, span.end - home.begin
    first = begin
    while first > max(0, begin - _REACH) and not home.quote[first - 1].isdigit():
        words = fold(home.quote[first:end])
        if re.search(r"[^\W\d_]", words) and sum(text.count(words) for text in texts) == 1:
            break
        first -= 1
    return home.quote[first:end].strip()


def _holds(outer: Span, inner: Span) -> bool:
    return outer.begin <= inner.begin and inner.end <= outer.end
