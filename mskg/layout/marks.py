"""Enumeration marks (一、 （一） 1. (1) ① 一是 第一) and the tree they make."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mskg.layout.shapes import shaped_marks
from mskg.lexicon.cues import any_of, label_of, labels
from mskg.lexicon.units import unit_pattern
from mskg.text import BULLETS, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["COUNTED", "Mark", "Node", "find_marks", "mark_at", "tree"]

_FEWEST_FRAMED = 4
_FEWEST_LONE = 3
# A number alone on its line, or before a space (1 新建).
_LONE = re.compile(
    r"^[ \t]*(\d{1,2})(?:[ \t]*\n(?=\s*(?:\d+[\u4e00-\u9fff]|[\u4e00-\u9fff“]))"
    r"|[ \t]+(?=[\u4e00-\u9fff“]{2}))",
    re.MULTILINE,
)
_CN = "[一二三四五六七八九十]{1,3}"
# 注：1、省定项目以正式下达的为准；2、…: a note below the list has marks of its own.
_NOTE = re.compile(r"^[ \t]*(?:注|附注|备注|说明):[^\n]*", re.MULTILINE)
_ATTACHMENT = re.compile(rf"^[ \t]*附件(?:\d{{1,2}}|{_CN})?[ \t]*:?[ \t]*$", re.MULTILINE)
# 一教育方面: numerals that lost their sign, each on the line of a heading.
_GLUED = re.compile(rf"^[ \t]*({_CN})(?=[\u4e00-\u9fff]{{2,20}}[ \t]*[:。]?[ \t]*$)", re.MULTILINE)
COUNTED = re.compile(rf"{_CN}[大件项个类][\u4e00-\u9fff]{{0,6}}(?:实事|工程|项目|任务|工作|事项)")
"""A count of entries as the opening of a heading: 十件民生实事."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FILLED = "❶❷❸❹❺❻❼❽❾❿"
_FILLED_SANS = "➊➋➌➍➎➏➐➑➒➓"
_FRAMED_NUMBERS = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_FRAMED_HAN = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
# Styles whose marks are one sign for each number.
_SIGNS = {
    "circled": _CIRCLED,
    "filled": _FILLED,
    "filled_sans": _FILLED_SANS,
    "framed_number": _FRAMED_NUMBERS,
    "dotted": _DOTTED,
    "framed_han": _FRAMED_HAN,
    "roman": _ROMAN,
    "stem": _STEMS,
    "formal": _FORMAL,
}
_LINE_SIGNS = " \t#*>" + BULLETS
_FIRST = r"\s\d#*>(【第其一二三四五六七八九十实项工任事" + BULLETS + "".join(_SIGNS.values())
_PATTERN = re.compile(
    rf"""
    (?=[{_FIRST}])  # most characters end here
    (?:(?P<line>^[\s\#*>{BULLETS}]*)
     |(?P<inline>(?<=[。;:!?)”\]])\s*|(?<=[\u4e00-\u9fff])[ \t]+(?=(?:{_CN}|\d{{1,2}})、)
      |(?<=[\u4e00-\u9fff])(?=(?:1[.、]|\([1一]\))[\u4e00-\u9fff“])|(?<=,)(?={_CN}是)))
    (?:
       第?(?P<part>(?<=第){_CN})[章节部编][分]?[\s:、.]*
     | (?P<han>{_CN})[、.．][ \t]*
     | \([ \t]*(?P<han_bracket>{_CN})[ \t]*\)[、.]?[ \t]*
     | (?P<arabic>\d{{1,3}})[ \t]*(?:、|\.(?!\d)|(?(line)。(?=[ \t]*[\u4e00-\u9fff“])|(?!)))[ \t]*
     | (?P<joined>\d{{1,2}})\.(?=\d+[\u4e00-\u9fff])
     | (?<=\n)(?P<padded>0[1-9]|[1-9]\d)(?![年月日])[ \t]*(?=\n|[\u4e00-\u9fff“【])
     | \([ \t]*(?P<arabic_bracket>\d{{1,2}})[ \t]*\)[、.]?[ \t]*
     | (?P<half_bracket>\d{{1,2}})\)[ \t]*
     | (?P<circled>[{_CIRCLED}])[、.]?[ \t]*
     | (?P<filled>[{_FILLED}])[、.]?[ \t]*
     | (?P<filled_sans>[{_FILLED_SANS}])[、.]?[ \t]*
     | (?P<framed_number>[{_FRAMED_NUMBERS}])[、.]?[ \t]*
     | (?P<dotted>[{_DOTTED}])[ \t]*
     | (?P<framed_han>[{_FRAMED_HAN}])[、.]?[ \t]*
     | (?P<roman>[{_ROMAN}])[、.．:][ \t]*
     | (?P<stem>[{_STEMS}])[、.．][ \t]*
     | (?P<formal>[{_FORMAL}])[、.．][ \t]*
     | 第(?P<nth>{_CN})[项件](?:(?:民生|重点)?(?:实事|任务|工作|项目|工程))?[ \t:、,.]+
     | \([ \t]*第[ \t]*(?P<nth_bracket>{_CN}|\d{{1,2}})[ \t]*[项件][ \t]*\)[、.:]?[ \t]*
     | (?P<word>{_CN})\s{{0,3}}是
     | [第其](?P<ordinal>{_CN})[,、:][ \t]*
     | (?:实事|项目|工程|任务|事项)(?P<named>{_CN}|\d{{1,2}})[:、.][ \t]*
     | 【[ \t]*(?P<lenticular>\d{{1,2}})[ \t]*】[ \t]*
    )
    """,
    re.VERBOSE | re.MULTILINE,
)


class Mark(NamedTuple):
    """A mark of a `style` with its number; the marked text begins at ``body``."""

    style: str
    value: int
    begin: int
    body: int
    strong: bool


def mark_at(style: str, number: int, at: int) -> Mark:
    """Return the mark of an entry that has none: it begins with its own words."""
    return Mark(style, number, at, at, strong=True)


@dataclass(eq=False)
class Node:
    """A marked stretch ``[begin, end)`` of the text and the marked stretches inside it.

    ``run`` counts the lists below one parent: numbering that restarts opens a new run.
    """

    mark: Mark
    end: int
    parent: Node | None = None
    run: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def begin(self) -> int:
        """Where the mark begins."""
        return self.mark.begin

    @property
    def body(self) -> int:
        """Where the text behind the mark begins."""
        return self.mark.body


def find_marks(folded: str, begin: int = 0, end: int | None = None) -> list[Mark]:
    """Return the marks in ``folded[begin:end]``; inline ones only where they count on.

    A heading without number that stands alone on its line (保障措施) counts as a mark too.
    """
    stop = len(folded) if end is None else end
    candidates = [_mark(match) for match in _PATTERN.finditer(folded, begin, stop)]
    candidates += _lone(folded, begin, stop, candidates)
    shaped = _shaped(folded, begin, stop, candidates)
    candidates = _no_amounts(folded, sorted(candidates + shaped, key=lambda m: m.begin))
    noted = [match.span() for match in _NOTE.finditer(folded, begin, stop)]
    candidates = [m for m in candidates if not any(b < m.begin < e for b, e in noted)]
    candidates = _unmarked(_entries_or_decimals(folded, candidates))
    extra = _bare_headings(folded, begin, stop)
    extra += [] if shaped else _framed(folded, begin, stop)
    candidates = sorted(candidates + extra, key=lambda m: m.begin)
    kept: list[Mark] = []
    last: dict[str, int] = {}
    length: Counter[str] = Counter()  # of the run that stands
    for mark, (second, third) in zip(candidates, _following(candidates), strict=True):
        counts_on = mark.value == last.get(mark.style, 0) + 1 and mark.value > 1
        # 30.…;31.…;43.…;44.…: others were left out of a list that is one already
        goes_on = length[mark.style] >= _FEWEST_LONE and mark.value > last[mark.style]
        in_order = second == mark.value + 1
        # An inline mark opens a list with the next of its style behind it, a late one with two.
        opens = in_order and (mark.value == 1 or third == mark.value + 2)
        jumps = goes_on and in_order
        if not (mark.strong or counts_on or jumps or opens):
            continue
        length[mark.style] = length[mark.style] + 1 if counts_on or jumps else 1
        last[mark.style] = mark.value
        kept.append(mark)
    return kept


def _shaped(folded: str, begin: int, end: int, others: list[Mark]) -> list[Mark]:
    found = shaped_marks(folded, begin, end, {mark.begin for mark in others})
    return [Mark(m.shape, m.value, m.begin, m.body, strong=True) for m in found]


def _bare_headings(folded: str, begin: int, end: int) -> list[Mark]:
    lines = re.compile(r"^[ \t#*]*([\u4e00-\u9fff]{4,12})[ \t*]*(?::|$)", re.MULTILINE)
    found = [
        m
        for m in lines.finditer(folded, begin, end)
        if (_heading().fullmatch(m[1]) or COUNTED.fullmatch(m[1])) and not _labels(folded, m)
    ]
    # A line that comes again and again is a label inside every entry, no heading.
    times = Counter(m[1] for m in found)
    once = [m for m in found if times[m[1]] == 1]
    return [Mark("bare", n, m.start(1), m.end(), strong=True) for n, m in enumerate(once, 1)]


_FRAMED = re.compile(
    r"^[ \t]*(?:【(?P<bracket>[^】\n]{2,40})】|\*\*(?P<bold>[^*\n\d(][^*\n]{2,60})\*\*)",
    re.MULTILINE,
)


def _labels(folded: str, match: re.Match[str]) -> bool:
    """Tell a label with its value behind it (进度安排：6月底前…) from a heading (保障措施：)."""
    behind = folded[match.end() : match.end() + 1]
    if (label := label_of(match[1])) is None:
        return False
    return behind not in {"", "\n"} or (
        label.kind == "deadline" and _STAGE.match(folded, match.end()) is not None
    )


_STAGE = re.compile(r"\s*第?(?:[一二三四1-4]季度|[上下]半年|\d{1,2}(?:-\d{1,2})?月|20\d\d年)")


def _framed(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for every paragraph that opens with a name in 【】 or in bold."""
    found = []
    for match in _FRAMED.finditer(folded, begin, end):
        name = (match["bracket"] or match["bold"]).rstrip(": ")
        if name not in labels() and not _PATTERN.match(name):
            found.append(match)
    if len(found) < _FEWEST_FRAMED:
        return []
    marks = enumerate(found, 1)
    return [mark_at("framed", n, m.start()) for n, m in marks]


def _lone(folded: str, begin: int, end: int, others: list[Mark]) -> list[Mark]:
    """Return a mark for every line that opens with just the next number.

    Numbers of pages and of rows look alike, but between them stand the marks of entries;
    between headings stand numbered entries, but no other headings.
    """
    entries = [mark.begin for mark in others if mark.style not in {"padded", "bare"}]
    headings = [mark.begin for mark in others if mark.style == "han"]
    known = {mark.begin for mark in others}
    found = [
        *_counted_on(_LONE.finditer(folded, begin, end), "padded", entries),
        *_counted_on(_GLUED.finditer(folded, begin, end), "han", headings),
    ]
    return [mark for mark in found if mark.begin not in known]


def _counted_on(found: Iterable[re.Match[str]], style: str, between: list[int]) -> Iterator[Mark]:
    """Yield marks for what is `found` where it counts from one on and nothing of `between` is."""
    runs: list[list[Mark]] = []
    for match in found:
        mark = Mark(style, _value(match[1]), match.start(1), match.end(), strong=True)
        if runs and mark.value == runs[-1][-1].value + 1:
            runs[-1].append(mark)
        elif mark.value == 1:
            runs.append([mark])
    for run in runs:
        inside = any(run[0].begin < place < run[-1].begin for place in between)
        if len(run) >= _FEWEST_LONE and not inside:
            yield from run


@cache
def _heading() -> re.Pattern[str]:
    cue = f"(?:{any_of('heading-other')}|{any_of('heading-tasks')})"
    return re.compile(rf"(?:有关|相关|几点|具体|主要|工作|项目)?(?:{cue}){{1,2}}")


def _value(text: str) -> int:
    return whole_number(text) or 0


def _mark(match: re.Match[str]) -> Mark:
    style = match.lastgroup or ""
    text = match[style]
    value = _SIGNS[style].index(text) + 1 if style in _SIGNS else _value(text)
    lead = match["line"] if match["line"] is not None else match["inline"]
    strong = match["line"] is not None or "\n" in match["inline"]
    body = match.end()
    while match.string[body : body + 1] == "*":  # **1.** closes its bold behind the mark
        body += 1
    return Mark(style, value, match.start() + len(lead), body, strong)


def _sign_before(folded: str, at: int) -> str:
    """Return the last character before `at` that is no white space."""
    while at and folded[at - 1].isspace():
        at -= 1
    return folded[at - 1 : at]


def _entries_or_decimals(folded: str, marks: list[Mark]) -> list[Mark]:
    """Keep of the marks run together with a number those that open an entry (2.50个小区).

    1. stands above and 3. below; where nothing stands below, the line above ends a sentence
    like those above the other entries.
    """
    numbers = [mark for mark in marks if mark.style in {"arabic", "joined"}]
    ended = [_sign_before(folded, mark.begin) in {*"。;:)"} for mark in numbers]
    kept = {}
    for at, mark in enumerate(numbers):
        if mark.style != "joined":
            continue
        follows = numbers[at - 1].value == mark.value - 1 if at else mark.value == 1
        last = at + 1 == len(numbers)
        goes_on = mark.value > 1 if last else numbers[at + 1].value == mark.value + 1
        # Between two others, or where the entry above stands so too, no full stop is needed.
        alike = at > 0 and not (last and ended[at - 1])
        if mark.strong and (ended[at] or alike) and follows and goes_on:
            kept[mark.begin] = mark._replace(style="arabic")
    return [kept.get(m.begin, m) for m in marks if m.style != "joined" or m.begin in kept]


@cache
def _measured() -> re.Pattern[str]:
    return re.compile(rf"[余多]?[百千万亿]|{unit_pattern()}")


def _no_amounts(folded: str, marks: list[Mark]) -> list[Mark]:
    """Drop bare numbers that count what follows (20万学生…) and do not stand in their order."""
    bare = [mark for mark in marks if mark.style == "padded"]
    amounts = set()
    for at, mark in enumerate(bare):
        before = bare[at - 1].value if at else 0
        after = bare[at + 1].value if at + 1 < len(bare) else 0
        glued = folded[mark.body - 1].isdigit() and _measured().match(folded, mark.body)
        if glued and before != mark.value - 1 and after != mark.value + 1:
            amounts.add(mark.begin)
    return [mark for mark in marks if mark.style != "padded" or mark.begin not in amounts]


def _unmarked(marks: list[Mark]) -> list[Mark]:
    """Return `marks` with a number that lost its sign (10、 11开展 12、) made like the others."""
    fixed = list(marks)
    for at, (before, mark, after) in enumerate(zip(marks, marks[1:], marks[2:], strict=False), 1):
        between = before.style == after.style == "arabic" and mark.style == "padded"
        if between and before.value + 1 == mark.value == after.value - 1:
            fixed[at] = mark._replace(style="arabic")
    return fixed


def _following(marks: list[Mark]) -> list[tuple[int, int]]:
    """Return for each mark the numbers of the next two of its style; 0 where there is none."""
    found: list[tuple[int, int]] = []
    ahead: dict[str, tuple[int, int]] = {}
    for mark in reversed(marks):
        found.append(ahead.get(mark.style, (0, 0)))
        ahead[mark.style] = (mark.value, found[-1][0])
    return found[::-1]


def _line_begin(folded: str, at: int) -> int:
    """Return where the line begins that only signs (### , **) part from a mark; else the mark."""
    begin = at
    while begin and folded[begin - 1] in _LINE_SIGNS:
        begin -= 1
    return begin if begin == 0 or folded[begin - 1] == "\n" else at


def tree(folded: str, marks: list[Mark], end: int) -> list[Node]:
    """Return the root nodes of `marks` in ``folded[:end]``.

    A style met before closes what was opened since, and an attachment everything.
    """
    roots: list[Node] = []
    open_nodes: list[Node] = []
    parts = [match.start() for match in _ATTACHMENT.finditer(folded, 0, end)]
    part = 0  # of the document: what stands before the first attachment, behind it, …
    for mark in marks:
        begun = bisect_left(parts, mark.begin)
        if begun > part:
            for node in open_nodes:
                node.end = parts[part]
            open_nodes, part = [], begun
        same = [at for at, node in enumerate(open_nodes) if node.mark.style == mark.style]
        # 七、 between 88. and 89.: the other headings of its level stand outside the text.
        above = mark.style == "bare" or (mark.style == "han" and mark.value > 1 and not same)
        kept = 0 if above else same[0] if same else len(open_nodes)
        for node in open_nodes[kept:]:
            node.end = _line_begin(folded, mark.begin)
        del open_nodes[kept:]
        node = Node(mark, end, open_nodes[-1] if open_nodes else None)
        siblings = open_nodes[-1].children if open_nodes else roots
        if siblings:
            again = mark.value <= siblings[-1].mark.value and mark.value == 1
            other = mark.style != siblings[-1].mark.style
            apart = not open_nodes and siblings[-1].begin < ([0, *parts])[part]
            node.run = siblings[-1].run + (again or other or apart)
        siblings.append(node)
        open_nodes.append(node)
    for node in open_nodes if part < len(parts) else ():
        node.end = parts[part]
    return roots
