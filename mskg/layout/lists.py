"""Numbered lists: which of the marked lists of a document is the list of tasks.

Every list is judged by its own evidence: entries that name a unit in charge, carry a
quantity, or are named like a project speak for it; entries such as 加强组织领导 and
headings such as 保障措施 speak against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from mskg.layout.cells import trimmed
from mskg.layout.clauses import COUNT, COUNTED_HEADING, DECLARED, announcements
from mskg.layout.closing import trim_last
from mskg.layout.entries import Entry, outline_task, titled
from mskg.layout.evidence import (
    bears_duty,
    evidence,
    head_of,
    heading_weight,
    is_chapter,
    is_other,
    own_duty,
    with_duties,
)
from mskg.layout.fields import find_fields
from mskg.layout.heading_lines import counts_own, with_headings
from mskg.layout.leader_lines import (
    LEADER,
    leader_named,
    name_of_line,
    units_named,
    whose,
    with_leader_lines,
)
from mskg.layout.marks import Node, find_marks, tree
from mskg.layout.unnumbered import end_promises, unnumbered_marks
from mskg.lexicon.counts import list_counts
from mskg.lexicon.cues import cue_pattern
from mskg.model.outline import Field, OutlineTask, Stretch
from mskg.text import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["ListReading", "read_lists"]

_ENOUGH = 1.0
_FEWEST = 3
_MOST = 0.6  # share of entries that name their units
_RESULTS = re.compile(r"(?:完成|落实|进展|办理|实施)情况:$")
_ORDINAL = re.compile("nth|[件项]")  # styles of marks that call each an item of the list
_AROUND = 3000  # characters
# 县教育局（4项）: a heading that says more may end like a name as well.
_IS_UNIT = re.compile(r"^(?:[省市县区州旗镇乡]|[^\s,。;:、]{2,12}局(?:\(|$))")
_NEAR = 12  # characters between a heading that counts a list and the list


@dataclass(frozen=True, slots=True)
class ListReading:
    """The tasks of a list, how strongly the text speaks for it, and where it lies."""

    tasks: tuple[OutlineTask, ...]
    score: float
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    nodes: tuple[Node, ...]
    score: float
    duties: int
    announced: bool = False


def read_lists(folded: str, begin: int, end: int) -> ListReading | None:
    """Return the list of tasks in ``folded[begin:end]``, or None where no list is one."""
    marks = with_leader_lines(folded, find_marks(folded, begin, end))
    marks, roots = with_headings(folded, marks, end)
    best = _best(folded, roots)
    if best is None or not best.announced:  # else no other list can be meant
        extra = unnumbered_marks(folded, begin, end, numbered=best is not None)
        others = tree(folded, sorted(marks + extra, key=lambda m: m.begin), end) if extra else []
        other = _best(folded, others)
        if best is None or (other and other.score > best.score):
            best, roots = other, others
    if best is None:
        return None
    nodes = _without_chapters(folded, _with_others(folded, best, roots))
    trim_last(folded, nodes)
    end_promises(folded, nodes)
    entries = [Entry(folded, node.body, node.end) for node in nodes]
    named = titled(entries)
    paths = list(_paths(nodes))
    grouped = len({id(node.parent) for node in nodes}) > 1 or len({node.run for node in nodes}) > 1
    tasks = tuple(
        outline_task(
            node,
            entry,
            path=path,
            group=_group(folded, node) if grouped else None,
            list_is_titled=named,
            inherited=_inherited(folded, node) if grouped else [],
        )
        for node, entry, path in zip(nodes, entries, paths, strict=True)
    )
    return ListReading(tasks, best.score, nodes[0].begin, nodes[-1].end)


def _paths(nodes: tuple[Node, ...]) -> Iterator[str]:
    runs = [list(run) for _, run in groupby(nodes, key=lambda n: (id(n.parent), n.run))]
    for group, run in enumerate(runs, 1):
        for position, _ in enumerate(run, 1):
            yield f"{group}.{position}" if len(runs) > 1 else str(position)


def _group(folded: str, node: Node) -> Stretch | None:
    """Return the heading of the group: the first line or sentence behind its mark."""
    parent = node.parent
    if parent is None:
        return None
    if parent.mark.style in {"bare", COUNT}:  # the heading is its own mark
        return trimmed(folded, parent.begin, parent.body)
    stop = min([parent.end, *(child.begin for child in parent.children)])
    match = re.compile(r"[。\n:]").search(folded, parent.body, stop)
    if parent.mark.style == LEADER:
        return name_of_line(folded, parent.body, folded.find("\n", parent.body))
    end = match.start() if match else stop
    while end > parent.body and folded[end - 1] in " \t*#":
        end -= 1
    return Stretch(parent.body, end) if end > parent.body else None


def _inherited(folded: str, node: Node) -> list[Field]:
    """Return the leaders and units whom the heading of a group names for all its tasks."""
    parent = node.parent
    if parent is None:
        return []
    heading, named = _group(folded, node), []
    if heading is not None:
        named = leader_named(folded, heading.begin, heading.end)
        words = folded[heading.begin : heading.end]
        if parent.mark.style == LEADER or _IS_UNIT.search(words) or whose(words):
            helped = _helped(folded, parent)
            named += units_named(folded, heading.begin, heading.end, helped=helped)
    labelled = find_fields(folded, parent.body, parent.children[0].begin)
    return named + [field for _, field in labelled if field.kind in {"department", "leader"}]


def _helped(folded: str, parent: Node) -> bool:
    """Tell whether entries near a group name who helps, so that its heading names who leads."""
    begin, end = max(0, parent.begin - _AROUND), parent.end + _AROUND
    return cue_pattern("duty-helps").search(folded, begin, end) is not None


def _best(folded: str, roots: list[Node]) -> _Candidate | None:
    candidates = [c for c in _candidates(folded, roots, None) if c.score >= _ENOUGH or c.announced]
    return max(candidates, key=lambda c: (c.announced, c.score, -c.nodes[0].begin), default=None)


@lru_cache(maxsize=1)
def _declared(folded: str) -> set[int]:
    """Return the numbers of tasks that the text declares anywhere (共17项, 办好十件实事)."""
    return {count.number for count in list_counts(folded)}


def _candidates(folded: str, nodes: list[Node], parent: Node | None) -> Iterator[_Candidate]:
    """Yield every list below `nodes`, and for lists in groups the groups taken together."""
    sure: list[_Candidate] = []  # lists one after the other whose entries name their units
    for _, run in groupby(nodes, key=lambda n: n.run):
        members = tuple(run)
        own = _judge(folded, members, parent)
        below = [c for node in members for c in _candidates(folded, node.children, node)]
        chapters = _lies_in_one(folded, members, below)
        if chapters:
            own = replace(own, announced=False)
        whole = _joined(folded, members)
        if whole and _groups_win(folded, members, own, whole):
            yield whole
        else:
            yield own
        if own.score >= _ENOUGH and own.duties > _MOST * len(members) and len(members) > 1:
            sure.append(own)
        stands = own.score >= len(members) and (
            len(members) >= _FEWEST or all(own_duty(folded, node) for node in members)
        )
        # What is inside the entries of a list that stands is their parts, unless announced.
        yield from (c for c in below if c.announced or chapters or not stands)
    yield from _together(_once(folded, sure))


def _lies_in_one(folded: str, members: tuple[Node, ...], below: list[_Candidate]) -> bool:
    """Tell chapters, one of which holds the list, from entries with parts.

    一、各事项进展情况 （一）…（十） 二、存在的问题 三、工作要求: as many as declared, or all units.
    """
    most = max(below, key=lambda c: c.duties, default=None)
    if most is None or most.duties < _FEWEST or most.duties <= _MOST * len(most.nodes):
        return False
    declared = _declared(folded)
    if len(most.nodes) in declared and len(members) not in declared:
        return True
    return sum(evidence(folded, node)[1] for node in members) == 1


def _once(folded: str, lists: list[_Candidate]) -> list[_Candidate]:
    """Return the lists without those that an annex repeats, of each the one with more evidence."""
    kept: list[_Candidate] = []
    for own in sorted(lists, key=lambda c: -c.score):
        if not any(_repeats(folded, own.nodes, other.nodes) for other in kept):
            kept.append(own)
    return sorted(kept, key=lambda c: c.nodes[0].begin)


def _repeats(folded: str, nodes: Iterable[Node], others: Iterable[Node]) -> bool:
    """Tell whether most of `nodes` open with the same words as one of `others`."""
    heads = {head_of(folded, node) for node in others}
    said = [head_of(folded, node) in heads for node in nodes]
    return sum(said) > _MOST * len(said)


def _together(lists: list[_Candidate]) -> Iterator[_Candidate]:
    """Yield lists of one style that stand one after the other as one: 重点工作 and 民生实事."""
    if len(lists) > 1 and len({node.mark.style for own in lists for node in own.nodes}) == 1:
        nodes = tuple(node for own in lists for node in own.nodes)
        score, duties = sum(own.score for own in lists), sum(own.duties for own in lists)
        announced = any(own.announced for own in lists)
        yield _Candidate(nodes, score, duties, announced)


def _with_others(folded: str, best: _Candidate, roots: list[Node]) -> tuple[Node, ...]:
    """Return the entries of a list of duties with those that lie at other depths beside it.

    A breakdown of duties may go deeper under one heading (一、（一）1.) than under the next.
    """
    if best.announced or best.duties <= _MOST * len(best.nodes):
        return best.nodes
    above = set()
    for node in best.nodes:
        parent = node.parent
        while parent and id(parent) not in above:
            above.add(id(parent))
            parent = parent.parent
    taken = {id(node) for node in best.nodes}
    style = best.nodes[0].mark.style

    def duties(nodes: list[Node]) -> Iterator[Node]:
        own = [n for n in nodes if id(n) not in above and id(n) not in taken]
        deeper = {id(n) for n in own if _holds_entries(n, style) and with_duties(folded, n)}
        bearing = {id(n) for n in own if evidence(folded, n)[1]} - deeper
        sure = len(deeper | bearing) > _MOST * len(own) and not _repeats(folded, own, best.nodes)
        for node in nodes:
            if id(node) in taken or (sure and len(own) > 1 and id(node) in bearing):
                yield node
            elif id(node) in above or (sure and id(node) in deeper):
                yield from duties(node.children)

    return tuple(duties(roots))


def _without_chapters(folded: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the entries without chapters of the document that are numbered like them.

    一、总体要求 二、新建学校 … 八、新建公园 九、工作要求
    """
    kept = [at for at, node in enumerate(nodes) if not is_chapter(folded, node)]
    return nodes[kept[0] : kept[-1] + 1] if len(kept) >= _FEWEST else nodes


def _holds_entries(node: Node, style: str) -> bool:
    """Tell a heading over several entries, or over one whose number runs on in `style`."""
    first = node.children[0].mark if node.children else None
    return len(node.children) > 1 or (
        first is not None and first.style == style and first.value > 1
    )


def _joined(folded: str, members: tuple[Node, ...]) -> _Candidate | None:
    """Return the children of several headings as one list, where all are of one style."""
    if running := _running(members):
        lists = [_judge(folded, own, own[0].parent) for own in running]
        nodes = tuple(node for own in running for node in own)
        return _Candidate(nodes, sum(c.score for c in lists), sum(c.duties for c in lists))
    heads = [node for node in members if node.children and _may_group(folded, node)]
    styles = {child.mark.style for node in heads for child in node.children}
    # Lists of several styles are one where most entries of each name their units.
    if len(heads) < 2 or (len(styles) != 1 and not all(with_duties(folded, n) for n in heads)):
        return None
    judged = [_judge(folded, tuple(_entries(folded, node)), node) for node in heads]
    good = [c for n, c in enumerate(judged) if c.score > 0 or _runs_on(judged[n - 1 : n + 1])]
    if len(good) < 2 or len({c.announced for c in good}) > 1:
        return None  # a sentence announces one of them as the list, so the others are none
    # A heading with units and text of its own, without entries below it, is an entry.
    lone = [n for n in members if not n.children and bears_duty(folded[n.body : n.end])]
    good = sorted(
        [*good, *(_judge(folded, (node,), None) for node in lone)], key=lambda c: c.nodes[0].begin
    )
    nodes = tuple(node for c in good for node in c.nodes)
    score, duties = sum(c.score for c in good), sum(c.duties for c in good)
    return _Candidate(nodes, score, duties, announced=good[0].announced)


def _running(members: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    """Return the lists below `members` whose numbers run on from one to the next, at any depth.

    一、1. 2. 二、（一）3. 4.: nothing but one list is numbered so.
    """
    by_style: dict[str, list[Node]] = {}
    for node in _descendants(members):
        by_style.setdefault(node.mark.style, []).append(node)
    for nodes in by_style.values():
        lists = [tuple(own) for _, own in groupby(nodes, key=lambda n: id(n.parent))]
        values = [node.mark.value for node in nodes]
        if len(lists) > 1 and len(nodes) >= _FEWEST and values == list(range(1, len(nodes) + 1)):
            return lists
    return []


def _descendants(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield from node.children
        yield from _descendants(node.children)


def _entries(folded: str, head: Node) -> list[Node]:
    """Return the entries below a heading: of a lone subheading over duties, those below it."""
    entries = head.children
    while len(entries) == 1 and with_duties(folded, entries[0]):
        entries = entries[0].children
    return entries


def _runs_on(lists: list[_Candidate]) -> bool:
    """Tell whether the second of two lists goes on with the numbers of the first."""
    if len(lists) < 2:
        return False
    last, first = lists[0].nodes[-1].mark, lists[1].nodes[0].mark
    return (first.style, first.value) == (last.style, last.value + 1)


def _may_group(folded: str, node: Node) -> bool:
    """Tell whether a heading can stand over tasks: 主要目标 does only if they name their units."""
    return not is_other(head_of(folded, node)) or with_duties(folded, node)


def _groups_win(
    folded: str,
    members: tuple[Node, ...],
    own: _Candidate,
    whole: _Candidate,
) -> bool:
    """Tell whether the headings only group the tasks below them."""
    numbers = [node.mark.value for node in whole.nodes]
    printed = whole.nodes[0].mark.style != "star"  # a bullet prints no number that could run on
    runs_on = printed and numbers == list(range(1, len(numbers) + 1)) and len(members) > 1
    if runs_on or all(node.mark.style == COUNT for node in members):
        return True
    if len(members) > 1 and all(counts_own(folded, node) for node in members if node.children):
        return True
    declared = _declared(folded)
    if _ORDINAL.search(members[0].mark.style) and len(members) in declared:
        return False  # 办好八件实事（24个具体事项）: 第一件 ① ② ③ 第二件 …
    if (len(whole.nodes) in declared) != (len(members) in declared):
        return len(whole.nodes) in declared
    if any(not n.children and evidence(folded, n)[0] > 0 for n in members):
        return False  # a heading without children is a task itself
    if whole.duties > _MOST * len(whole.nodes):
        return True
    return own.score < _ENOUGH or (own.duties == 0 and len(members) <= 5 < len(whole.nodes))


def _judge(folded: str, nodes: tuple[Node, ...], parent: Node | None) -> _Candidate:
    score, duties = 0.0, 0
    for node in nodes:
        value, duty = evidence(folded, node)
        score += value
        duties += duty
    score *= heading_weight(folded, parent, duties > len(nodes) / 2)
    if len(nodes) < 2:
        score *= 0.5
    if _reports(folded, nodes[0]):
        score = 0.0
    if score < _ENOUGH and _is_counted(folded, nodes):
        score = _ENOUGH
    return _Candidate(nodes, score, duties, _is_announced(folded, nodes, parent))


def _reports(folded: str, first: Node) -> bool:
    """Tell a list inside a sentence about what is over: 2022年实事完成情况：一是…；二是…."""
    line = folded.rfind("\n", 0, first.begin) + 1
    words = folded[line : first.begin].strip()
    over = cue_pattern("past-period").match(words) or _RESULTS.search(words)
    return bool(words) and over is not None


def _is_counted(folded: str, nodes: tuple[Node, ...]) -> bool:
    """Tell whether a heading right above a list counts it: 10项民生实事 / 具体如下."""
    for heading in COUNTED_HEADING.finditer(folded, max(0, nodes[0].begin - 90), nodes[0].begin):
        between = re.sub(r"\W", "", folded[heading.end() : nodes[0].begin])
        if whole_number(heading["count"]) == len(nodes) >= _FEWEST and len(between) <= _NEAR:
            return True
    return False


def _is_announced(folded: str, nodes: tuple[Node, ...], parent: Node | None) -> bool:
    """Tell whether the sentence before a list says that so many tasks follow."""
    if nodes[0].mark.style == DECLARED:
        return True
    begin = max(parent.body if parent else 0, nodes[0].begin - 90)
    matches = announcements(folded, begin, nodes[0].begin)
    if not matches or folded[matches[-1].end() : nodes[0].begin].strip(" \t\n*#"):
        return False
    count = whole_number(matches[-1]["count"]) or 0
    named = "实事" in matches[-1].group()  # so called, the list is meant even if one is missing
    return count == len(nodes) or (named and 0.6 * count <= len(nodes) <= 1.4 * count)
