"""Lists without numbers: named paragraphs, a sentence that announces how many follow, promises.

They are looked for only where no numbered list is one of tasks, and they come as marks,
so that everything behind reads them like any other list.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING

from mskg.layout.clauses import (
    COUNTED_HEADING,
    DECLARED,
    announced_clauses,
    announcements,
    below_counts,
    cited,
    count_of,
    counted_clauses,
    promise,
    side_by_side,
)
from mskg.layout.entries import has_quantity
from mskg.layout.marks import Mark, mark_at
from mskg.lexicon.cues import any_of, cue_pattern, duty_label, label_of, line_label
from mskg.text import BULLETS, unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.layout.marks import Node

__all__ = ["end_promises", "unnumbered_marks"]

_FEWEST = 3
_LONGEST_LIST = 300  # lines looked at behind one announcement
_LINE = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)
_LINE_END = re.compile(r"[ \t]*\n")
_BETWEEN = 2  # lines of other kinds between two promises: a heading and a line below it
_NAMES = 4  # names of projects, one a line
_PAIR = 2  # entries with lines of labels each are a list
_MOST = 0.5  # share of entries with a quantity


@cache
def _opening_name() -> re.Pattern[str]:
    return re.compile(
        # The first may stand behind the words that announce it: 分别为：新建幼儿园项目。…
        rf"^(?:[^\n]{{0,80}}(?:分别[为是]|包括|如下):)?[ \t]*(?:[-*{BULLETS}]\s+)?"
        rf"(?:(?P<project>[^\s,。;:\n]{{4,30}}{any_of('project-noun')})[:。]"
        rf"|(?P<star>[{BULLETS}]\s*)\S)",
        re.MULTILINE,
    )


_BOLD_LINE = re.compile(r"^[^\w\n*]*(?P<bold>\*\*(?P<name>[^*\n]{2,40})\*\*)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"[ \t]*[\u4e00-\u9fff][^。;:,\n]{3,29}[ \t]*")
_SENTENCES = 0.7  # share of the sentences of a paragraph that are named
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d))")
_LONGEST_NAME = 45
_PARTED = re.compile(r"(?:[、,;]\s*|\s+|以?及|和|与|)\Z")
_CAPTION = re.compile(r"\((?:相关|新华社)?(?:资料)?(?:图片?|照片)[^()]{0,8}\)|\((?:相关)?资料图\)")
_SHORT_NAME = re.compile(
    r"^[ \t]*(?P<project>[^\s,。;:\d\n]{3,25})[。:](?=[^\n]{5,})", re.MULTILINE
)
# 教育惠民方面，…: the field of work opens a paragraph of promises.
_FIELD = re.compile(r"(?:^|(?<=。))[ \t]*(?P<field>在?[^\s,。;:\n]{2,12}方面,)", re.MULTILINE)


def unnumbered_marks(folded: str, begin: int, end: int, *, numbered: bool = False) -> list[Mark]:
    """Return marks for the entries of a list without numbers in ``folded[begin:end]``.

    Where a list is `numbered`, only entries that are announced or named can be another.
    """
    found = (
        _bold_lines(folded, begin, end)
        or _project_lines(folded, begin, end)
        or _announced_lines(folded, begin, end)
        or _named(folded, begin, end)
        or announced_clauses(folded, begin, end)
        or below_counts(folded, begin, end)
        or _announced_paragraphs(folded, begin, end)
        or cited(folded, begin, end)
    )
    if found or numbered:
        return [] if _reported(folded, found, end) else found
    found = (
        _fields_of_work(folded, begin, end)
        or _short_names(folded, begin, end)
        or _named_sentences(folded, begin, end)
        or _labelled(folded, begin, end)
        or _above_labels(folded, begin, end)
        or _project_names(folded, begin, end)
        or _headed(folded, begin, end)
        or _plain_promises(folded, begin, end)
        or side_by_side(folded, begin, end)
        or counted_clauses(folded, begin, end)
    )
    return [] if _reported(folded, found, end) else found


def _reported(folded: str, marks: list[Mark], end: int) -> bool:
    """Tell paragraphs that report what is done from promises: 全年完成…，为年度计划的105%."""
    if not marks:
        return False
    stops = [*(mark.begin for mark in marks[1:]), _line_end(folded, marks[-1].begin, end)]
    over = re.compile(rf"{any_of('reported')}|{any_of('result')}")
    done = [over.search(folded, m.begin, stop) for m, stop in zip(marks, stops, strict=True)]
    return sum(match is not None for match in done) > _MOST * len(done)


def end_promises(folded: str, nodes: Sequence[Node]) -> None:
    """End each promise that stands on a line of its own there, or behind the labels below it.

    A name among others ends before the sign or the word that parts them.
    """
    for node in (node for node in nodes if node.mark.style == DECLARED):
        node.end = node.begin + len(_PARTED.sub("", folded[node.begin : node.end], count=1))
    for node in (node for node in nodes if node.mark.style == "clause"):
        node.end -= folded[node.body : node.end].endswith("、")
    for node in (node for node in nodes if node.mark.style == "promise"):
        stop = _line_end(folded, node.body, node.end)
        while stop < node.end:
            below = _line_end(folded, stop + 1, node.end)
            line = folded[stop + 1 : below]
            if line.strip() and line_label(line) is None:
                break
            stop = below
        node.end = stop


def _line_end(folded: str, begin: int, end: int) -> int:
    found = folded.find("\n", begin, end)
    return end if found < 0 else found


def _named(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every paragraph that opens with a name of its own."""
    by_style: dict[str, list[re.Match[str]]] = {}
    for match in _opening_name().finditer(folded, begin, end):
        by_style.setdefault(match.lastgroup or "", []).append(match)
    style, matches = max(by_style.items(), key=lambda kv: len(kv[1]), default=("", []))
    if len(matches) < _FEWEST:
        return []
    if style == "project":  # 农村饮水安全和灌溉。…: named like the others, but for the last word
        others = _SHORT_NAME.finditer(folded, matches[0].start(), matches[-1].start())
        between = (match for match in others if label_of(match["project"]) is None)
        starts = {match.start(style) for match in matches}
        matches += [match for match in between if match.start("project") not in starts]
        matches.sort(key=lambda match: match.start("project"))
    marks = []
    for number, match in enumerate(matches, 1):
        at = match.end(style) - 1 if style == "star" else match.start(style)
        at = match.end(style) if style == "star" else at
        marks.append(Mark(style, number, match.start(style), at, strong=True))
    return marks


def _announced_lines(folded: str, begin: int, end: int) -> list[Mark]:
    """Return the lines behind a sentence or a heading that announces just as many."""
    told = [m for m in announcements(folded, begin, end) if _LINE_END.match(folded, m.end())]
    headings = list(COUNTED_HEADING.finditer(folded, begin, end))
    for match in sorted([*told, *headings], key=lambda m: m.start()):
        count = count_of(match)
        below = (
            line
            for line in _LINE.finditer(folded, match.end(), end)
            if not _CAPTION.fullmatch(line.group().strip())
        )
        lines = list(islice(below, _LONGEST_LIST))
        entries = [line for line in lines[:count] if not _is_label(line.group())]
        good = sum(has_quantity(m.group()) or len(m.group()) > 15 for m in entries)
        if any(_announces(line.group()) or _NUMBERED.match(line.group()) for line in entries):
            continue  # a later line announces the others, or they are a numbered list
        if count < _FEWEST or len(entries) != count or good < 0.7 * count:
            colon = match in told and ":" in (match["stop"], match["colon"])
            entries = _promises(lines, count) if colon else []
        elif match in headings and not all(map(_is_short, entries)):
            entries = []
        if entries:
            return [mark_at("line", n, m.start()) for n, m in enumerate(entries, 1)]
    return []


def _announced_paragraphs(folded: str, begin: int, end: int) -> list[Mark]:
    """Return the paragraphs behind 10件实事包括：…, of which the first stands on the same line."""
    for match in announcements(folded, begin, end):
        colon = folded.find(":", match.end("count"), match.end())
        if colon < 0:
            continue
        lines = list(
            islice(re.compile(r"[^\n]*\S[^\n]*").finditer(folded, colon + 1, end), _LONGEST_LIST)
        )
        entries = _promises(lines, count_of(match))
        if len(entries) >= max(_FEWEST, _MOST * count_of(match)):
            return [mark_at("line", n, m.start()) for n, m in enumerate(entries, 1)]
    return []


def _is_short(line: re.Match[str]) -> bool:
    """Tell the name of a project on a line alone from a sentence."""
    text = line.group().strip()
    return len(text) <= _LONGEST_NAME and not re.search(r"[。:]", text)


def _promises(lines: list[re.Match[str]], count: int) -> list[re.Match[str]]:
    """Return the lines right behind a colon: sentences, most of them with a quantity."""
    found = list(takewhile(lambda m: m.group().rstrip().endswith(("。", ";")), lines))
    while len(found) > count and not has_quantity(found[-1].group()):
        found.pop()  # closing words: more than are announced
    counted = sum(has_quantity(m.group()) for m in found)
    return found if len(found) >= _FEWEST and counted >= _MOST * len(found) else []


def _announces(line: str) -> bool:
    match = next(iter(announcements(line, 0, len(line))), None)
    return match is not None and match.end() == len(line.rstrip()) and line.rstrip().endswith(":")


def _is_label(line: str) -> bool:
    """Tell a line such as 牵头单位：县教育局, which belongs to the entry above it."""
    return ":" in line and line_label(unspaced(line)) is not None


def _labelled(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every line with two lines of labels (责任单位：…) right below it."""
    lines = list(_LINE.finditer(folded, begin, end))
    labels = [_is_label(line.group()) for line in lines]
    starts = [
        line
        for line, *following in zip(lines, labels, labels[1:], labels[2:], strict=False)
        if following == [False, True, True]
    ]
    counted = sum(has_quantity(line.group()) for line in starts)
    if len(starts) < _PAIR or counted < _MOST * len(starts):
        return []
    return [mark_at("labelled", n, line.start()) for n, line in enumerate(starts, 1)]


def _above_labels(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every short line above 主要内容：…, a label that comes again and again."""
    found: dict[str, list[int]] = {}
    lines = list(_LINE.finditer(folded, begin, end))
    for above, line in pairwise(lines):
        label = line_label(unspaced(line.group())) if ":" in line.group() else None
        named = _HEADING.fullmatch(above.group()) is not None and not _is_label(above.group())
        if label and label.kind == "content" and named:
            found.setdefault(label.text, []).append(above.start())
    starts = max(found.values(), key=len, default=[])
    if len(starts) < _FEWEST:
        return []
    return [mark_at("labelled", n, at) for n, at in enumerate(starts, 1)]


def _bold_lines(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every line that is bold and nothing else; most stand over a quantity.

    👶 **上好学更近啦**: signs may open the line.
    """
    found = [
        line
        for line in _BOLD_LINE.finditer(folded, begin, end)
        if not cue_pattern("heading-other").search(line["name"])
        and not _NUMBERED.match(line["name"])  # its number is its mark
    ]
    ends = [*(line.start() for line in found[1:]), end]
    below = [folded[line.end() : stop] for line, stop in zip(found, ends, strict=False)]
    whole = len(found) >= _FEWEST and sum(map(has_quantity, below)) > _SENTENCES * len(found)
    return [mark_at("bold", n, m.start("bold")) for n, m in enumerate(found, 1)] if whole else []


def _project_lines(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every line that is the name of a project, with lines of its own below."""
    starts: list[int] = []
    below: list[str] = []
    lines = list(_LINE.finditer(folded, begin, end))
    for line in lines:
        if _project_line().fullmatch(line.group()):
            starts.append(line.start())
            below.append("")
        elif starts:
            below[-1] += line.group()
    if len(starts) < _FEWEST or any(label_of(unspaced(line.group())) for line in lines):
        return []  # a label on a line of its own: records of a form
    whole = all(below) and sum(map(has_quantity, below)) >= _MOST * len(starts)
    return [mark_at("project", n, at) for n, at in enumerate(starts, 1)] if whole else []


def _project_names(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for each of several lines that are names of projects and nothing else."""
    runs: list[list[int]] = [[]]
    for line in _LINE.finditer(folded, begin, end):
        text = line.group()
        if _project_line().fullmatch(text) and not cue_pattern("heading-tasks").search(text):
            runs[-1].append(line.start())
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=len)
    whole = len(longest) >= _NAMES
    return [mark_at(DECLARED, n, at) for n, at in enumerate(longest, 1)] if whole else []


def _headed(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every short line over paragraphs that name the units in charge."""
    duties: dict[int, bool] = {}  # whether units are named below the heading that begins there
    for line in _LINE.finditer(folded, begin, end):
        if _HEADING.fullmatch(line.group()):
            duties[line.start()] = False
        elif duties and _duty().search(line.group()):
            duties[next(reversed(duties))] = True
    found = [at for at, named in duties.items() if named]
    # What stands above the first heading with units is the title and the like.
    whole = len(found) >= _PAIR and len(found) > _MOST * sum(at >= found[0] for at in duties)
    return [mark_at("labelled", n, at) for n, at in enumerate(found, 1)] if whole else []


@cache
def _duty() -> re.Pattern[str]:
    return re.compile(rf"[。;]\s*{duty_label()}\s*:")


def _named_sentences(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every sentence of a paragraph where most open with a project."""
    for line in _LINE.finditer(folded, begin, end):
        named = list(_project().finditer(folded, *line.span()))
        if len(named) > _FEWEST and len(named) > _SENTENCES * line.group().count("。"):
            return [mark_at("named", n, m.start("name")) for n, m in enumerate(named, 1)]
    return []


def _plain_promises(folded: str, begin: int, end: int) -> list[Mark]:
    """Return the longest run of lines that are promises, most of them with a quantity.

    A promise opens with what is built or done, a project, a number, or a bullet. Between two of
    them other lines may stand, such as a heading; one with a quantity is a promise too. A line
    that announces others is none, nor is one with a mark: its list has been refused.
    """
    runs: list[list[tuple[Mark, bool, bool]]] = [[]]
    others = 0
    for line in _LINE.finditer(folded, begin, end):
        other = line.group().rstrip().endswith(":") or _NUMBERED.match(line.group())
        opens = None if other else promise().match(line.group())
        counted = not other and has_quantity(line.group())
        if opens or (counted and runs[-1]):
            body = opens.end("bullet") if opens and opens["bullet"] else 0
            mark = Mark("promise", 0, line.start(), line.start() + body, strong=True)
            runs[-1].append((mark, opens is not None, counted))
            others = 0
        else:
            others += 1
            runs += [[]] if others > _BETWEEN else []
    longest = max(runs, key=len)
    opening = sum(opens for _, opens, _ in longest)
    measured = sum(counted for _, _, counted in longest)
    whole = opening > _SENTENCES * len(longest) and measured > _MOST * len(longest)
    if len(longest) <= _FEWEST or not whole:
        return []
    return [mark._replace(value=n) for n, (mark, _, _) in enumerate(longest, 1)]


def _short_names(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every line that opens with a short name, one line below the other.

    城区公厕提升。新建公厕12座，…。 or 城区公厕提升：新建公厕12座。 Most hold a quantity.
    """
    runs: list[list[re.Match[str]]] = [[]]
    for line in _LINE.finditer(folded, begin, end):
        label = _is_label(line.group())
        match = None if label else _SHORT_NAME.match(folded, *line.span())
        if match:
            runs[-1].append(match)
        elif runs[-1] and not label:
            runs.append([])
    longest = max(runs, key=len)
    lines = [folded[m.end() : _line_end(folded, m.end(), end)] for m in longest]
    whole = len(longest) > _FEWEST and sum(map(has_quantity, lines)) > _SENTENCES * len(lines)
    if whole and longest[0].group().endswith(":"):  # 报名时间：3月1日: so is much that is no plan
        whole = cue_pattern("plan-cue").search(folded, begin, end) is not None
    return [mark_at("field", n, m.start("project")) for n, m in enumerate(longest, 1) if whole]


def _fields_of_work(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every paragraph that names its field of work; most hold a quantity."""
    marks: list[Mark] = []
    counted = 0
    for line in _LINE.finditer(folded, begin, end):
        match = _FIELD.search(folded, *line.span())
        if match:
            counted += has_quantity(folded[match.end() : line.end()])
            marks.append(mark_at("field", len(marks) + 1, match.start("field")))
    return marks if len(marks) >= _FEWEST and counted >= _MOST * len(marks) else []


@cache
def _project_line() -> re.Pattern[str]:
    return re.compile(rf"[ \t]*[^\s,。;:、\d]{{4,30}}{any_of('project-noun')}[ \t]*")


@cache
def _project() -> re.Pattern[str]:
    name = rf"(?P<name>[^\s,。;:]{{4,30}}{any_of('project-noun')})"
    return re.compile(rf"(?:^|(?<=。))[ \t]*(?:其中,)?{name},", re.MULTILINE)
