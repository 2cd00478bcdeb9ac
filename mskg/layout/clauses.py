"""Lists inside a sentence: clauses between semicolons or commas, names side by side.

What the sentence counts (办好十件实事, 包含18个子项目) tells how many there are; a list of just
as many needs no more evidence.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mskg.layout.entries import has_quantity
from mskg.layout.marks import Mark, mark_at
from mskg.lexicon.cues import any_of, cue_pattern
from mskg.text import BULLETS, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "COUNT",
    "COUNTED_HEADING",
    "DECLARED",
    "announced_clauses",
    "announcements",
    "below_counts",
    "cited",
    "count_of",
    "counted_clauses",
    "promise",
    "side_by_side",
]

_FEWEST = 3
_MOST = 0.5  # share of entries with a quantity
_SENTENCES = 0.7  # the same for clauses
_OPENED_MOST = 0.6  # share of clauses that open with what is done
_MANY = 6  # clauses between commas that make a list
# 办好十件民生实事：, 共16项民生工程。
_ANNOUNCED = re.compile(
    r"(?=[\d一二三四五六七八九十])"  # nearly all characters end here
    r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[项件个大](?!月)[^。;:\n]{0,24}"
    r"(?:实事|民生|工程|项目|任务)[^。;\n]{0,40}(?P<stop>[:。])(?:[^。;:\n]{0,8}(?:包括|如下|[有为是])(?P<colon>:))?"
)
# 2023年的10件实事已全部完成。
_DONE = re.compile(r"已经?[^,。;]{0,6}(?:完成|办结|办理|兑现|实现|落实)|均已|全部(?:办结|兑现)")
_NAMELY = re.compile(r",(?:即|分别[为是]):?")  # 办好十件实事。…密切相关，即投资…；投资…
_DATE = re.compile(r"\d{1,4}[年月日]度?")
_NEAR = 160
DECLARED = "declared"
"""Style of marks of which there are just as many as the text says."""
COUNT = "count"
"""Style of the marks of headings that count what stands below them."""
_DECLARED = re.compile(
    r"(\d{1,3}|[一二三四五六七八九十]{1,3})[件项大个](?:[^。;:\n]{0,6})?(?:实事|民生)"
)
_CITATION = re.compile(r"《[^《》\n]{4,60}》")
_CITED = re.compile(rf"(?:{_CITATION.pattern}[、,和]?){{4,}}")
# 十大民生实事项目, alone on its line
COUNTED_HEADING = re.compile(
    r"^[^,。;:\n]{0,20}?(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})[大件项个][^,。;:\n]{0,8}?"
    r"(?:实事|民生|项目|工程)[^,。;:\n]{0,6}$",
    re.MULTILINE,
)
_COUNTS = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})[件项个大](?!月)")
_AND = re.compile(r"以?及|和|与")
_PIECE = range(4, 61)  # characters of one
_LONGEST = 60  # names
_SHARE = re.compile(r"(?:\d|[一二三四五六七八九十])[项件个]\Z")
_NEAR_COUNT = 16  # characters between the count and the word that opens the list
_COUNTED_LINE = re.compile(
    r"^[ \t]*[^\s,。;:\d]{2,16}(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})[件项个]"
    r"[^,。;:\n]{0,8}$",
    re.MULTILINE,
)


@lru_cache(maxsize=16)  # lists of one document are asked for more than once
def announcements(folded: str, begin: int, end: int) -> tuple[re.Match[str], ...]:
    """Return the sentences that announce a list by its count, but none about what is over."""
    found = _ANNOUNCED.finditer(folded, begin, end)
    return tuple(match for match in found if _DONE.search(match.group()) is None)


def count_of(match: re.Match[str]) -> int:
    """Return the number that an announcement prints as its ``count``."""
    return whole_number(match["count"]) or 0


def announced_clauses(folded: str, begin: int, end: int) -> list[Mark]:
    """Return the clauses between semicolons behind a sentence that announces just as many."""
    for match in announcements(folded, begin, end):
        namely = _NAMELY.search(folded, match.end(), min(end, match.end() + _NEAR))
        if ":" in (match["stop"], match["colon"]):
            start = match.end()
        elif namely:
            start = namely.end()
        else:
            continue
        stop = folded.find("。", start, end)
        stop = end if stop < 0 else stop
        pieces = list(re.finditer(r"[^;]+", folded[start:stop]))
        count, counted = count_of(match), sum(has_quantity(m.group()) for m in pieces)
        about = counted >= _MOST * len(pieces) and 0.7 * count <= len(pieces) <= 1.4 * count
        if len(pieces) >= _FEWEST and (len(pieces) == count or about):
            return [mark_at("clause", n, start + m.start()) for n, m in enumerate(pieces, 1)]
    return []


def cited(folded: str, begin: int, end: int) -> list[Mark]:
    """Return a mark for each of many names in 《》 side by side, most of them with a quantity."""
    for match in _CITED.finditer(folded, begin, end):
        names = list(_CITATION.finditer(folded, *match.span()))
        counted = sum(has_quantity(name.group()) for name in names)
        if len(names) > _FEWEST and counted >= _MOST * len(names):
            return [mark_at("cited", n, name.start()) for n, name in enumerate(names, 1)]
    return []


@cache
def promise() -> re.Pattern[str]:
    """Return the pattern of how a promise opens: a bullet, what is built or done, a project."""
    return re.compile(
        rf"(?P<bullet>[ \t]*(?:[-{BULLETS}]|\*(?!\*))[ \t]*(?=\S))"
        rf"|[ \t]*(?:{any_of('build-verb')}|总?投资\d|为|\d(?!\d{{3}}年|\d?[月日])"
        rf"|[^\s,。;:]{{4,30}}{any_of('project-noun')},)"
    )


def counted_clauses(folded: str, begin: int, end: int) -> list[Mark]:
    """Return the clauses of a sentence: about as many as the text declares, or all promises."""
    told = [(m.start(), count_of(m)) for m in announcements(folded, begin, end)]
    told += [(m.start(), whole_number(m[1]) or 0) for m in _DECLARED.finditer(folded, begin, end)]
    declared = {count for _, count in told}
    start = min(told)[0] if told else begin
    for separator, fewest in ((";", _FEWEST + 1), (",", _MANY if told else end), ("、", end)):
        for sentence in re.compile(r"[^。\n]+").finditer(folded, start, end):
            if cue_pattern("past-period").match(sentence.group().strip()):
                continue  # 一年来，新建学校3所；…
            opened = _opened_at(folded, *sentence.span())
            pieces = list(_pieces(folded, opened, sentence.end(), separator))
            texts = [folded[slice(*piece)] for piece in pieces]
            about = any(0.7 * count <= len(pieces) <= 1.4 * count for count in declared)
            enough = min(fewest, _MANY) if opened > sentence.start() else fewest
            if len(pieces) >= enough and _are_promises(texts, about=about and separator == ";"):
                return [mark_at("clause", n, at) for n, (at, _) in enumerate(pieces, 1)]
    return []


def _opened_at(folded: str, begin: int, end: int) -> int:
    """Return where the list of a sentence begins: behind 主要包括: if no promise stands before."""
    opener = _list_opener().match(folded, begin, end)
    if opener is None or has_quantity(_DATE.sub("", opener.group())):
        return begin
    return opener.end()


@cache
def _list_opener() -> re.Pattern[str]:
    return re.compile(
        rf"[^;:]{{0,80}}?(?:{any_of('list-opener')}:|以下[^:,;]{{0,8}}:|包[括含](?!了))"
    )


def _are_promises(texts: list[str], *, about: bool) -> bool:
    """Tell whether most clauses hold a quantity and open with what is done, or are `about` all."""
    counted = sum(map(has_quantity, texts)) / len(texts)
    opening = sum(promise().match(text) is not None for text in texts[1:])
    return counted > _SENTENCES and (about or opening > _OPENED_MOST * (len(texts) - 1))


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"{any_of('list-opener')}[:,]?(?:以下)?")


def below_counts(folded: str, begin: int, end: int) -> list[Mark]:
    """Return clauses below lines such as 承接市级民生实事8件, where one has just as many."""
    marks: list[Mark] = []
    exact = 0
    for number, line in enumerate(_COUNTED_LINE.finditer(folded, begin, end), 1):
        following = re.compile(r"\S").search(folded, line.end(), end)
        start = following.start() if following else end
        stop = folded.find("\n", start, end)
        pieces = list(re.compile("[^;\n]+").finditer(folded, start, stop if stop > 0 else end))
        if len(pieces) < 2:
            return []
        exact += len(pieces) == count_of(line) >= _FEWEST
        marks.append(Mark(COUNT, number, line.start(), line.end(), strong=True))
        marks += [mark_at("clause", n, piece.start()) for n, piece in enumerate(pieces, 1)]
    return marks if exact else []


def side_by_side(folded: str, begin: int, end: int) -> list[Mark]:
    """Return the names between commas of a sentence that counts them: 包含18个子项目，即…、…."""
    for sentence in re.compile(r"[^。\n]+").finditer(folded, begin, end):
        if cue_pattern("past-period").match(sentence.group().strip()):
            continue
        for count in reversed(list(_COUNTS.finditer(folded, *sentence.span()))):
            wanted = whole_number(count[1]) or 0
            near = min(count.end() + _NEAR_COUNT, sentence.end())
            opened = list(_opener().finditer(folded, count.end(), near))
            for start in (match.end() for match in opened if _FEWEST <= wanted <= _LONGEST):
                for separator in "、,":
                    names = _names(folded, start, sentence.end(), separator, wanted)
                    if names:
                        return [mark_at(DECLARED, n, at) for n, at in enumerate(names, 1)]
    return []


def _names(folded: str, begin: int, end: int, separator: str, count: int) -> list[int]:
    """Return where the names begin, if there are `count`; what follows is about all of them."""
    about = cue_pattern("list-about")  # 估算总投资4.66亿元, 等 behind the names
    stop = min(end, begin + (count + 1) * (_PIECE.stop + 1))  # no more can be read as names
    pieces = list(_pieces(folded, begin, stop, separator))
    names = [piece for piece in pieces if not about.match(folded, *piece)]
    if len(names) == count - 1:
        last = names.pop()
        names += _parted(folded, *last)
    fits = all(right - left in _PIECE for left, right in names)
    if all(_SHARE.search(folded, *name) for name in names):
        return []  # 省列项目2项,市列项目4项: how many there are of each kind
    return [left for left, _ in names] if fits and len(names) == count else []


def _parted(folded: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return the two names that 及 joins at the end of a list; the one where there is none."""
    found = list(_AND.finditer(folded, begin + 1, end - 1))
    return [(begin, found[-1].start()), (found[-1].end(), end)] if found else [(begin, end)]


def _pieces(folded: str, begin: int, end: int, separator: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between separators outside brackets and quotation marks."""
    depth, start = 0, begin
    for at in range(begin, end):
        if folded[at] in "([“《":
            depth += 1
        elif folded[at] in ")]”》":
            depth -= 1
        elif folded[at] == separator and depth <= 0:
            yield start, at
            start = at + 1
    yield start, end
