"""Date expressions of official texts: intervals with the words and their precision.

Due is the last day of the period: 月底 the last day, 月初 the 10th, 中旬 the 20th, a bare
month its last day (`plan-record` rules of the project).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from mskg.text.numerals import chinese_number, whole_number

__all__ = ["DateExpression", "find_dates", "impossible_dates"]

_Y = r"(?:20\d\d|二[〇○零O0][一二三四五六七八九〇○零]{2})"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_BEFORE = r"(?:[之以]?前|之内)"
# Holidays on the same day each year, by month and day; those of the lunar calendar are vague words.
_FEASTS = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "五四": (5, 4),
    "六一": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "十一": (10, 1),
    "国庆": (10, 1),
}
_FEAST = rf"(?<![一二三四五六七八九十])(?:{'|'.join(_FEASTS)})"
_PATTERN = re.compile(
    rf"""
    (?=[\d一二三四五六七八九十今本当明次翌去上下前第年岁国元“"])  # most characters end here
    (?:(?<![\d.])|(?<=^\d\.)|(?<=[\n。;]\d\.))  # 3.9月底前: the mark of a part
    (?:(?P<y>{_Y})年度?|(?P<this>今年|本年|当年)|(?P<next>明年|次年|翌年)|(?P<last>去年|上年))?
    (?:
      (?P<iso>(?<=年)|(?=20\d\d[-./]))
      (?P<iy>20\d\d)[-./](?P<im>1[0-2]|0?[1-9])
        (?:[-./](?P<id>3[01]|[12]\d|0?[1-9])(?!\d)|(?=\s*(?:$|\n|[,;。、)]|[前底起])))
     |(?<!每)(?P<m>{_M})(?:月份?(?P<p0>[底末初]|中旬|上旬|下旬)?)?[-~至到]+(?:(?P<y2>{_Y})年)?
        (?P<m2>{_M})月(?!龄|嫂|饼|度|球)份?(?:(?P<d2>{_D})[日号]|(?P<p2>底|末|初|中旬|上旬|下旬|中))?
     |(?<!每)(?P<mm>{_M})月(?!龄|嫂|饼|度|球)份?
        (?:(?P<d>{_D})(?:[日号])(?:[-~至到]+(?:(?P<m3>{_M})月)?(?P<d3>{_D})[日号])?
          |(?P<p>底|末|月底|月末|初|中下旬|上中旬|中旬|上旬|下旬|中))?
     |(?P<q>第?[一二三四1-4]季度|前[一二三]季度)(?P<qp>初|末|底)?
     |(?P<half>上半年|下半年)(?P<hp>末|底)?
     |(?P<quote>[“"])?(?P<feast>{_FEAST})(?(quote)[”"])节?(?=(?:[之以]?前|到来之?前)(?![后夕门往来]))
     |(?P<end>年?年[底末终](?!考|评|总)|岁末|年内|(?<=年)[底末](?!端))
    )
    (?P<comma>,(?=前))?(?P<before>{_BEFORE})?(?P<from>起|以来|开始(?!征))?
    """,
    re.VERBOSE,
)
# Every date expression holds one of these; most stretches hold none, and end here.
_HINT = re.compile(f"[年月季周旬期天日岁{''.join(sorted({feast[0] for feast in _FEASTS}))}]")
_ISO = re.compile(r"20\d\d[-./]")
_ENDS = re.compile(r"。|(?:^|[\s;])(?:\d{1,2}[、.](?!\d)|[(][一二三四五六七八九十\d]{1,2}[)])")
# 去年10月动工以来已完成35%，8月20日前竣工: from what is done back to what is promised
_NOW = re.compile(r"以来|至今|目前|已[^,;。]*[,;]")
_RECURRING = re.compile(
    r"每(?P<every>个?月|季度?|半年|年|周|个?星期|旬|[天日])"
    r"(?:(?:最后|末|第)[^,。;]{0,4}?月?|末月?)?(?:\d{1,2}[日号](?:之?前)?)?|逐(?P<by>[月季周日])|按(?P<per>[月季])(?!时|期)"
    r"|一[村乡镇校]一(?P<place>[月季周年])[\u4e00-\u9fff]{0,2}一(?=[场次])"
    r"|一(?P<one>[月季周旬日])(?:度)?一(?=[调督通报会汇排总])|(?P<twice>[月季])[月季](?=[调督通报有])"
)
_RULES = {"月": "monthly", "季": "quarterly", "半年": "half-yearly", "年": "yearly", "周": "weekly"}
_RULES |= {"星期": "weekly", "旬": "ten-daily", "天": "daily", "日": "daily"}
_PRECISION = {"底": "late", "末": "late", "初": "early", "上旬": "early", "中": "mid"}
_PRECISION |= {"中旬": "mid", "上中旬": "mid", "下旬": "late", "中下旬": "late"}
_LAST_DAY = {"early": 10, "mid": 20}
_DAY = re.compile(
    rf"(?:(?P<y>{_Y})年)?(?<![\d.个])(?P<m>\d{{1,2}}|十[一二三]?)月(?P<d>\d{{1,2}}|三?十[一二三四五六七八九]?)[日号]"
)
_LEAP = 2024
_AUTUMN, _SPRING = 10, 4


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression at ``[begin, end)`` of the text it was found in.

    ``kind`` is ``due`` or ``recurring``; ``before`` is True for 前, ``start`` for 起.
    ``has_year`` tells whether the year was printed; ``bare_before`` marks 10月前, which some
    read as the end of September. ``whole_year`` marks 年内, which is no dated milestone.
    """

    begin: int
    end: int
    due: date | None
    first: date | None
    precision: str
    recurrence: str = ""
    before: bool = False
    starts: bool = False
    has_year: bool = False
    bare_before: bool = False
    whole_year: bool = False


_NAME = re.compile("“[^“”]{1,6}”")  # “三月会” is a feast


def find_dates(text: str, year: int | None) -> list[DateExpression]:
    """Return the date expressions of folded `text` in order; `year` fills in what is not printed.

    Expressions without a year are left out where `year` is None, since they have no date.
    """
    if _HINT.search(text) is None and _ISO.search(text) is None:
        return []
    found: list[DateExpression] = []
    current, last = year, 0
    for match in _PATTERN.finditer(text):
        if _ENDS.search(text, last, match.start()):
            current = year  # a printed year holds on to the end of its sentence or part
        elif year and current and current < year and _NOW.search(text, last, match.start()):
            current = year
        last = match.end()
        printed = _year(match, year)
        base = current = printed or current
        if base is None:
            continue
        expression = _expression(match, base, has_year=printed is not None)
        if expression is not None:
            found.append(expression)
    rules = _recurring(text)
    # 一月一调度 is a rule, not January.
    names = [match.span() for match in _NAME.finditer(text)] if found and "“" in text else []
    found = [
        d
        for d in found
        if not any(d.begin < r.end and r.begin < d.end for r in rules)
        and not any(begin < d.begin and d.end < end for begin, end in names)
    ]
    return sorted(found + rules, key=lambda entry: entry.begin)


def impossible_dates(text: str, year: int | None) -> list[DateExpression]:
    """Return the days of folded `text` that no calendar has, such as 11月31日, without a date.

    29 February is impossible only where the year is printed or given as `year`.
    """
    found = []
    for match in _DAY.finditer(text) if "月" in text else ():
        month, day = _number(match["m"]), _number(match["d"])
        of = _year_of(match["y"]) or year or _LEAP
        if not (1 <= month <= 12 and 1 <= day <= monthrange(of, month)[1]):
            found.append(DateExpression(match.start(), match.end(), None, None, "day"))
    return found


def _year(match: re.Match[str], year: int | None) -> int | None:
    printed = match["y"] or match["iy"] or match["y2"]
    if printed:
        return _year_of(printed)
    shift = 1 if match["next"] else -1 if match["last"] else 0
    return year + shift if year and (shift or match["this"]) else None


def _year_of(printed: str | None) -> int | None:
    if not printed:
        return None
    return whole_number(printed.replace("O", "〇"))


def _expression(match: re.Match[str], year: int, *, has_year: bool) -> DateExpression | None:
    try:
        first, due, precision = _interval(match, year)
    except ValueError:  # 2月30日
        return None
    before = match["before"] is not None
    month = match["mm"] or match["m"]
    bare = bool(month) and precision == "month" and before
    starts = match["from"] is not None
    if starts:  # 自2009年8月1日起: the day it begins, no deadline
        due = first
    return DateExpression(
        match.start(),
        match.end(),
        due,
        first,
        precision,
        before=before,
        starts=starts,
        has_year=has_year,
        bare_before=bare,
        whole_year=match["end"] == "年内",
    )


def _interval(match: re.Match[str], year: int) -> tuple[date, date, str]:
    if match["im"]:
        return _period(year, int(match["im"]), None, match["id"])
    if match["m2"]:
        begin = _year_of(match["y"]) or year
        end = _year_of(match["y2"]) or begin
        first = _period(begin, _number(match["m"]), match["p0"], None)[0]
        if not match["y2"]:
            end += _winter(first.month, _number(match["m2"]))
        last = _period(end, _number(match["m2"]), match["p2"], match["d2"])
        return first, last[1], last[2]
    if match["mm"]:
        month = _number(match["mm"])
        if match["d3"]:
            first = date(year, month, _number(match["d"]))
            month = _number(match["m3"]) if match["m3"] else month
            return (
                first,
                date(year + _winter(first.month, month), month, _number(match["d3"])),
                "day",
            )
        return _period(year, month, match["p"], match["d"])
    return _part_of_year(match, year)


def _winter(first: int, last: int) -> int:
    """Return 1 where months run over the turn of the year (11月至3月, a winter), else 0.

    Others that run backwards (9月至6月) keep their order: a slip that the shapes report.
    """
    return int(first >= _AUTUMN and last <= _SPRING)


def _part_of_year(match: re.Match[str], year: int) -> tuple[date, date, str]:
    if match["q"]:
        quarter = chinese_number(match["q"].strip("第前季度")) or int(match["q"].strip("第季度"))
        first = 1 if match["q"].startswith("前") else quarter * 3 - 2
        last = quarter * 3
        return date(year, first, 1), date(year, last, monthrange(year, last)[1]), "quarter"
    if match["feast"]:
        month, day = _FEASTS[match["feast"]]
        # What is to be done before New Year is done in the year of the plan.
        of = year + 1 if match["feast"] == "元旦" and not match["y"] else year
        return date(of, month, day), date(of, month, day), "day"
    if match["half"]:
        if match["half"] == "上半年":
            return date(year, 1, 1), date(year, 6, 30), "half-year"
        return date(year, 7, 1), date(year, 12, 31), "half-year"
    return date(year, 1, 1), date(year, 12, 31), "year"


def _period(year: int, month: int, part: str | None, day: str | None) -> tuple[date, date, str]:
    last = monthrange(year, month)[1]
    if day:
        exact = date(year, month, _number(day))
        return exact, exact, "day"
    precision = _PRECISION.get((part or "").removeprefix("月"), "month")
    first = {"mid": 11, "late": 21}.get(precision, 1)
    return date(year, month, first), date(year, month, _LAST_DAY.get(precision, last)), precision


def _number(text: str) -> int:
    value = whole_number(text)
    if value is None:
        raise ValueError(text)
    return value


def _recurring(text: str) -> list[DateExpression]:
    found = []
    for match in _RECURRING.finditer(text):
        word = next(group for group in match.groups() if group).removeprefix("个")
        rule = _RULES.get(word) or _RULES.get(word[0], "")
        found.append(DateExpression(match.start(), match.end(), None, None, "", recurrence=rule))
    return found
