"""Milestones: date expressions and the stretch of text that is due then."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mskg.lexicon.cues import cue_pattern
from mskg.text import last_of

if TYPE_CHECKING:
    from mskg.text import DateExpression, View

__all__ = ["Stage", "narrowed", "split_stages"]

_STOP = re.compile(r"[。;]")
_ANEW = re.compile(
    r"(?:新建|新增|新开工|改造|改建|建设|完成|培训|发放|开展|惠及|受益|实施|解决|为\d|全年|(?:建成|投用|完工|竣工|投运|使用)后)[^,。;]*\d"
    r"|[^,。;\d]{2,12}率(?:达|不低|保持|稳定|力争)"
)
# 9月投入使用，幼儿园扩建4个班: the second clause speaks of other things.
_DONE = re.compile(
    r"(?:使用|投用|开放|通车|竣工|完工|封顶|开园|开馆|开学|启用|运营|运行|通水|供热|验收)$"
)
_GOES_ON = re.compile(r"累计|其中|占|并|且|确保|实现|力争|达|[^,。;]{0,8}\d[\d.]*%|[^,。;]*投资")
# 上半年救助不少于70人，全年救助不少于130人
_WHOLE_YEAR = re.compile(r",(?=全年(?!任务)[^,。;\d]*\d[\d.]*(?![\d.%]))")
_CLAUSE_STOP, _DIGIT = re.compile("[,;。]"), re.compile(r"\d")
_FRAMES = re.compile(r"[:,、\s]*")  # between a period and a date inside it
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """A dated stretch ``[begin, end)`` of a view: from the date to the end of its sentence."""

    date: DateExpression
    begin: int
    end: int


def split_stages(view: View, dates: list[DateExpression], year: int | None) -> list[Stage]:
    """Return the stages of `view`: what its explicit dates say is due.

    年内 and dates before the programme year are no stages, but for a deadline whose year looks
    like a slip; the numbers around them stay with the item (`plan-record` rule 7).
    """
    text = view.folded
    kept = _unframed([d for d in dates if _is_stage(d, text, year)], text)
    stages = []
    for index, date in enumerate(kept):
        limit = kept[index + 1].begin if index + 1 < len(kept) else len(text)
        limit = min([limit, *(d.begin for d in dates if d.whole_year and d.begin >= date.end)])
        match = _STOP.search(text, date.end, limit)
        end = match.start() if match else limit
        if date.starts:
            end = _start_only(text, date, end)
        elif match is None and limit < len(text):
            end = _before_next(text, date.end, limit)
        # 汛期前（4月15日前）完成5处: a date alone in its bracket dates what follows.
        alone = (
            text[max(0, date.begin - 1) : date.begin] == "("
            and text[date.end : date.end + 1] == ")"
        )
        stop = _closed(text, date.end + 1, end) if alone else _closed(text, date.begin, end)
        stages.append(Stage(date, date.begin, stop))
    return stages


def _unframed(dates: list[DateExpression], text: str) -> list[DateExpression]:
    """Return `dates` without periods that only frame the dates behind them.

    上半年：4月底前清淤，6月底前… is due twice, not three times; 第一季度（1—3月）says once when.
    """
    kept: list[DateExpression] = []
    for date in dates:
        last = kept[-1] if kept else None
        between = text[last.end : date.begin] if last else ""
        if (
            last
            and between == "("
            and text[date.end : date.end + 1] == ")"
            and last.due == date.due
        ):
            kept[-1] = replace(last, end=date.end + 1)
            continue
        if last and _FRAMES.fullmatch(between) and _within(last, date):
            kept.pop()
        kept.append(date)
    return kept


def _within(period: DateExpression, date: DateExpression) -> bool:
    if not (period.first and period.due and date.due) or period.recurrence or date.recurrence:
        return False
    return period.first < period.due and period.first <= date.due <= period.due


def narrowed(view: View, stage: Stage) -> Stage:
    """Return `stage` without clauses that no longer belong to its date.

    In running text 10月封顶，新增床位260张 is one dated clause and one that is not: the first
    clause is whole without a number, and the next begins anew with a verb.
    """
    if year := _WHOLE_YEAR.search(view.folded, stage.date.end, stage.end):
        stage = Stage(stage.date, stage.begin, year.start())
    comma = view.folded.find(",", stage.date.end, stage.end)
    if view.folded.startswith(":", stage.date.end):
        return stage  # the date is a label of all that follows
    first = view.folded[stage.date.end : max(comma, 0)]
    if len(first) < _SHORTEST or _DIGIT.search(first):
        return stage
    other = _DONE.search(first) and not _GOES_ON.match(view.folded, comma + 1)
    if not other and not _ANEW.match(view.folded, comma + 1):
        return stage
    return Stage(stage.date, stage.begin, comma)


def _start_only(text: str, date: DateExpression, end: int) -> int:
    """Return the end of what a start (自7月1日起) says itself; the rest is not dated by it."""
    comma = text.find(",", date.end, end)
    stop = comma if comma >= 0 else end
    return date.end if _DIGIT.search(text, date.end, stop) else stop


def _closed(text: str, begin: int, end: int) -> int:
    """Return `end`, or where a bracket closes that was opened before `begin`."""
    depth = 0
    for offset in range(begin, end):
        depth += (text[offset] in "([") - (text[offset] in ")]")
        if depth < 0:
            return offset
    return end


def _before_next(text: str, begin: int, limit: int) -> int:
    """Return the end of the last whole clause before the next date."""
    cut = last_of(text, ",、(", begin, limit)
    if cut <= begin:
        return limit
    return cut


def _is_stage(date: DateExpression, text: str, year: int | None) -> bool:
    if date.whole_year:
        return False
    if date.recurrence:
        return _due_again(text, date)
    past = year is not None and date.due is not None and date.due.year < year
    if past and not date.starts and not _slipped(date, text, year or 0):
        return False
    before = text[max(0, date.begin - 3) : date.begin]
    return date.starts or not cue_pattern("not-a-date-of-work").search(before)


def _slipped(date: DateExpression, text: str, year: int) -> bool:
    """Tell 2022年9月底前建成 in a plan of 2023, a slip of the year, from what is over.

    2000年底前建成的小区 and 2022年底前已完成 tell the past.
    """
    recent = date.due is not None and date.due.year >= year - 2
    clause = _CLAUSE_STOP.split(text[date.end : date.end + 24])[0]
    return recent and date.before and re.search(r"已|的|(?<!未)曾", clause) is None


def _due_again(text: str, date: DateExpression) -> bool:
    """Tell a recurring duty (逐月按时兑付) from a rate (每人每月10元) or an idle phrase."""
    clause = _CLAUSE_STOP.split(text[date.end : date.end + 20])[0]
    if re.match(r"[^,;。]{0,10}\d", clause):
        return False
    return cue_pattern("recurring-duty").search(clause) is not None
