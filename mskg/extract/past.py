"""Numbers of what is over: 已完成, 去年, 截至目前, and years before that of the plan."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mskg.lexicon.cues import any_of, cue_pattern
from mskg.text import last_of

__all__ = ["is_past"]

_OF_THE_YEAR = re.compile(r"(?:年度|全年|目标)(?:目标|任务|计划)[数量]?为?$")  # 年度任务1800剂次
_YEAR = re.compile(r"20\d\d年度?,")
_OF_YEAR_BEFORE = re.compile(
    r"\s*(?:(20\d\d)年度?,|(?:去年|上年|上一年)(?!度?[^,。;]{0,12}基础上))"
)
_ANOTHER_YEAR = re.compile(r"20\d\d年|[今本当明]年")
_LATELY = re.compile(r"(?:近|过去的?)[一二两三四五几\d]{1,2}年来?,")
_SO_FAR = re.compile(rf"(?:[。;,]|^)(?:(?:截[至止]到?)?(?:目前|当前|现在),|{_LATELY.pattern})$")
_REPORTING = re.compile("目前|当前|现在|至今|迄今|截")
_DONE = re.compile(
    r"(?:目前|至今|迄今)[^。;,]{0,16}?,?[^。;,]{0,8}?已|截[至止]到?(?!时)[^。;,]{0,16}[底日前月]?,"
)


@cache
def _past() -> re.Pattern[str]:
    return re.compile(
        rf"已{any_of('done-verb')}(?!成?的[每各])|截至(?!时)|截止到?(?!时)|(?<![较比由从])(?:去年|上年|上一年)"
        r"(?!度?[^,。;\d]{0,20}(?:收入|支出|标准|水平)的\d)"  # 不低于上年度人均纯收入的60%
        r"|20\d\d年(?:(?:以来|,)?(?:累计|共)?完成|[^,。;\d]{1,12}为(?=\d|$))"
        r"|年初[^,。;\d]{0,8}(?:在保|在册)"  # 年初全县在保对象14862户
        # 2024年全省新增就业48.6万人 opens a clause
        r"|(?:^|(?<=[。;,])|(?<=^\d\.))20\d\d年(?!以?来|,)[^,。;\d的前]{2,16}(?=\d|$)"
    )


@lru_cache(maxsize=8)
def _reports(text: str) -> bool:
    """Tell whether `text` has a word of the past or of a report, as few texts have.

    The numbers of a text ask one after another, so the last answers are kept.
    """
    cues = (_REPORTING, _YEAR, _LATELY, cue_pattern("result"), _past())  # the quickest first
    return any(cue.search(text) for cue in cues)


def is_past(text: str, begin: int, year: int | None) -> bool:
    """Tell whether the number at `begin` of folded `text` is of what was over before `year`."""
    if not _reports(text) or _OF_THE_YEAR.search(text, max(0, begin - 8), begin):
        return False
    clause = last_of(text, "。;,", 0, begin)
    if text.startswith("占", clause + 1) and clause > 0 and text[clause] == ",":
        clause = last_of(text, "。;,", 0, clause)  # 已达61.2万人，占总人口的24.1%
    sentence = text[max(clause + 1, begin - 30) : begin]
    match = _past().search(sentence) or _SO_FAR.search(text[max(0, clause - 8) : clause + 1])
    if not match:
        others = _is_result(text, begin) or _is_reported(text, begin)
        return others or _of_year_before(text, begin, year)
    printed = re.match(r"20\d\d", match.group())
    return printed is None or (year is not None and int(printed.group()) < year)


def _of_year_before(text: str, begin: int, year: int | None) -> bool:
    """Tell what a sentence about a year that is over reports: 2017年，…完成61个，…的3个项目结转."""
    opened = _OF_YEAR_BEFORE.match(text, last_of(text, "。;", 0, begin) + 1, begin)
    if opened is None or (opened[1] and (year is None or int(opened[1]) >= year)):
        return False
    between = text[opened.end() : begin]
    return not (_ANOTHER_YEAR.search(between) or cue_pattern("wanted").search(between))


def _is_result(text: str, begin: int) -> bool:
    """Tell what a sentence reports: 新增378张养老床位，超额完成年度任务."""
    stop = min((at for c in "。;" if (at := text.find(c, begin)) >= 0), default=len(text))
    cue = cue_pattern("result")
    before = cue.search(text, max(0, begin - 10), begin)
    # 为计划的101%: the cue stands right before it.
    reported = before if before and before.end() == begin else cue.search(text, begin, stop)
    sentence = last_of(text, "。;", 0, begin) + 1
    return reported is not None and not cue_pattern("wanted").search(
        text, sentence, reported.start()
    )


def _is_reported(text: str, begin: int) -> bool:
    """Tell a number of a report: 目前已开工39所，其中小学10所；截至3月底，全市完成6962人."""
    done = list(_DONE.finditer(text, last_of(text, "。", 0, begin) + 1, begin))
    return bool(done) and not cue_pattern("wanted").search(text, done[-1].end(), begin)
