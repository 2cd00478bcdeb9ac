"""Counts of whole lists in words: 共17项, 办好十件实事, 票决产生12个项目."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mskg.lexicon.cues import any_of
from mskg.text import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Count", "list_counts"]

_PROPOSED = re.compile(r"[^,。;\d]{0,12}?(?:候选|备选|征集|建议)|[^,。;\d]{0,4}的(?:责任|牵头)")
_FEWEST = 2
_LOOK = 100  # characters before a count that say what it is of
_ANY = 4  # patterns before it say that all are counted
_GROUPS = (
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?:大?类别?|个?方面|大?领域|大?板块|大项|件(?=\d))[共计的,]{0,2}"
)
# 28项民生工程全面完成: of a year that is over.
_OVER = re.compile(
    r"[^,。;]{0,8}(?:(?:全面|全部|圆满|如期|均已|累计|顺利)[^,。;]{0,4}完成|兑现|已完成)"
)
_OF_YEAR = re.compile(
    rf"(?:(20\d\d)|去|上)年,?[^,。;\d年]{{0,8}}?(?:{_GROUPS})?[^,。;\d年]{{0,6}}$"
)
# 2022年，全镇投入1130万元办成民生实事8件
_OPENED = re.compile(r"(20\d\d)年,(?:(?!20\d\d年|今年|本年|去年|计划|将)[^。;\n])*$")
# 为贯彻落实《省政府关于实施33项民生工程的通知》: the count of another plan.
_OF_OTHER = re.compile(r"(?:贯彻|落实|按照|根据|依据|执行|转发)[^《》。;]{0,24}《[^《》]*$")
_HINT = re.compile(r"[\d一二三四五六七八九十]\s*(?:大|[项件个]|方面)")  # as every count has
_NUMBER = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})"
# Behind a count stands what is counted; a count of months or of fields is another.
_COUNTED = r"(?:大?[项件]|个(?!月|百|方面|领域|类|大|小项|子项|分项|具体事项))"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a declared count, the surest first; `_ANY` of them say that all are.

    The words are of the groups ``list-name``, ``list-item``, ``list-adjective`` and ``chosen`` of
    the table of cues.
    """
    name, item = any_of("list-name"), any_of("list-item")
    adjective = rf"(?:{any_of('list-adjective')}|[省市县区]政府)"
    chosen, verb = any_of("chosen"), any_of("list-verb")
    # Without a measure word of its own: 十方面民生实事. One numeral alone may end a year.
    bare = (
        r"(?P<n>\d{1,3}|[一二三四五六七八九十]{2,3}"
        r"|(?:(?<=20\d\d)|(?<![一\d]))[二三四五六七八九十])\s*"
    )
    measured = rf"(?:[项件]|(?:个|方面)(?=[省市县区]政府|{name}|项目为|具体项目))"
    # The ways to say it that begin with a number look at nothing else.
    at_number = r"(?=[\d一二三四五六七八九十])"
    return tuple(
        map(
            re.compile,
            (
                # 从19项候选项目中票决出17项: what was chosen, not what was proposed.
                rf"{chosen}+(?:产生|确定|选)?出?(?:了|以下)?[^,。;\d]{{0,4}}(?:20\d\d年)?[^,。;\d]{{0,8}}?"
                rf"{_NUMBER}\s*(?:[项件]|大(?!类|领域|方面|板块)"
                rf"|个(?=(?:20\d\d年度?)?(?:[省市县区镇乡]?政府)?(?:{name}|项目)))",
                rf"(?:选出|评出|得票(?:数)?前)\s*{_NUMBER}\s*[项件位]",
                rf"最终(?:票决)?(?:产生|确定|选出|评选出|选定)了?\s*{_NUMBER}\s*[项件]",
                rf"共(?:计|有|安排|实施|确定|(?:涉及|包括|包含)(?=\s*\w{{1,3}}[项件]))?\s*(?:{_GROUPS})?"
                rf"{_NUMBER}\s*{_COUNTED}",
                # 为民办实事10件, “民生微实事”项目16个
                rf"{name}”?(?:项目|工程)?(?:共|计|合计|为|安排)?\s*{_NUMBER}\s*{_COUNTED}",
                rf"\(共?{_GROUPS}{_NUMBER}\s*[项件个]\)",
                rf"{at_number}{bare}{measured}{adjective}*{item}",
                rf"{at_number}(?P<n>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})大(?:重点)?{any_of('list-quality')}",
                # 实施民生实事5大类15项; 突出抓好以下16项
                rf"{name}(?:项目)?(?:{_GROUPS}|共|计){{1,2}}\s*{_NUMBER}\s*[项件]",
                rf"{verb}以下\s*{_NUMBER}\s*[项件]",
                rf"(?:再办|兴办|办成|本表列(?:出|入)?)\s*{_NUMBER}\s*[项件]",
                rf"(?:现将|所列项目)\s*{_NUMBER}\s*(?:个项目|[项件个])",
            ),
        )
    )


class Count(NamedTuple):
    """How many entries a text says a list has."""

    over: bool  # said of what is over: 28项民生工程全面完成
    rank: int  # 0: the surest way to say it
    begin: int
    end: int
    number: int


def list_counts(folded: str, year: int | None = None) -> Iterator[Count]:
    """Yield each count of a whole list in `folded`, not of a part, another year or another plan.

    Without `year`, the counts of other years that name theirs are not told apart.
    """
    if _HINT.search(folded) is None:
        return
    for rank, pattern in enumerate(_patterns()):
        for match in pattern.finditer(folded):
            if _is_count(folded, match, year):
                over = _OVER.match(folded, match.end()) is not None
                number = whole_number(match["n"]) or 0
                yield Count(over, min(rank, _ANY), *match.span(), number)


def _is_count(text: str, match: re.Match[str], year: int | None) -> bool:
    """Tell the count of the whole list from that of a part, of another year or another plan."""
    begin = match.start("n")
    if (whole_number(match["n"]) or 0) < _FEWEST:
        return False
    if not match.group().startswith("共") and _is_part(text, begin):
        return False
    if _PROPOSED.match(text, match.end()) or _OF_OTHER.search(text, max(0, begin - _LOOK), begin):
        return False
    opened = _OPENED.search(text, max(0, begin - _LOOK), begin)
    if opened and year is not None and int(opened[1]) < year:
        return False
    of = _OF_YEAR.search(text, max(0, begin - _LOOK), begin)
    return of is None or year is None or int(of[1] or 0) == year


def _is_part(text: str, begin: int) -> bool:
    """Tell a count of one group (省达19项, 19+6) from the count of the whole list."""
    before = text[max(0, begin - 30) : begin]
    group = re.search(
        r"其中[^,。;]{0,24}$|(?:省达|省定|省级|市定|市级|下达|新增|每|前|第)[^,。;]{0,6}$", before
    )
    proposed = before.endswith(("候选项目", "候选", "备选项目"))
    return (
        group is not None
        or proposed
        or before.endswith("+")
        or text[begin : begin + 4].count("+") > 0
    )
