"""Facts of a stretch of text: its numbers as indicators, its dates as milestones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mskg.extract.indicators import read_indicators, unused_number
from mskg.extract.milestones import Stage, narrowed, split_stages
from mskg.extract.numbers import Number, find_numbers
from mskg.lexicon.cues import cue_pattern
from mskg.model import (
    Assignment,
    Indicator,
    Issue,
    Leader,
    Milestone,
    Part,
    Progress,
    Span,
    TextField,
    UnusedNumber,
    with_changes,
)
from mskg.text import DateExpression, FoldedText, View, find_dates, impossible_dates, last_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mskg.model.outline import Stretch

__all__ = ["FactReader", "Work"]

_NOTHING = re.compile(r"[/\-无—]+")
_REST = re.compile(r"(?:其余|剩余|余下|剩下)的?$")


@dataclass
class Work:
    """What is gathered while the fields of one item are read."""

    prefix: str
    title: str
    named: bool = False  # by a cell of the row, not by the task
    texts: list[str] = field(default_factory=list)
    closing: str = ""  # the full stop or semicolon right behind the last of them
    indicators: list[Indicator] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    departments: list[Assignment] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    funding: TextField | None = None
    site: TextField | None = None
    numerals: int = 0


class FactReader:
    """Reads stretches of one document; unused numbers and issues gather in it."""

    def __init__(
        self, folded: FoldedText, span: Callable[[int, int], Span], year: int | None
    ) -> None:
        self.folded = folded
        self.span = span
        self.year = year
        self.unused: list[UnusedNumber] = []
        self.issues: list[Issue] = []

    def read(
        self, work: Work, begin: int, end: int, part: str = "", *, prose: bool = False
    ) -> None:
        """Add to `work` what ``[begin, end)`` commits to; `prose` is running text, no cell."""
        view = self.folded.view(begin, end)
        if not len(view):
            return
        dates = find_dates(view.folded, self.year)
        numbers = find_numbers(view.folded, [*dates, *self._impossible(view)], self.year)
        stages = split_stages(view, dates, self.year)
        if prose:
            stages = [narrowed(view, stage) for stage in stages]
            for stage in stages:
                if not _REPORTED.search(view.folded, stage.begin, stage.end):
                    numbers = _shares_promised(numbers, stage)
        else:
            numbers = _promised(view, numbers, stages[0].begin if stages else len(view))
        cursor = 0
        for stage in stages:
            subject = _subject(view.folded, numbers, stage, cursor)
            work.indicators += self._numbers(work, view, numbers, cursor, subject, part)
            behind = stage.date.end - stage.begin if subject == stage.begin else 0
            own = self._numbers(work, view, numbers, subject, stage.end, part, behind)
            work.milestones.append(self._milestone(view, stage, own, part))
            cursor = stage.end
        work.indicators += self._numbers(work, view, numbers, cursor, len(view), part)
        work.numerals += len(numbers)

    def _impossible(self, view: View) -> list[DateExpression]:
        """Return the days that no calendar has (11月31日), and list each as an issue."""
        found = impossible_dates(view.folded, self.year)
        for date in found:
            place = self.span(*view.range(date.begin, date.end))
            self.issues.append(
                Issue(
                    "violation",
                    "impossible-date",
                    f"没有“{place.quote}”这一天，这个期限没有读入；请核对日期",
                    f"there is no such day as {place.quote!r}, so the date was not read: mend it",
                    place,
                )
            )
        return found

    def under_date(self, work: Work, place: Stretch, headed: DateExpression) -> None:
        """Read a cell below a heading that is a date: all it says is due then."""
        view = self.folded.view(place.begin, place.end)
        if not len(view) or _NOTHING.fullmatch(view.folded):
            return
        dates = find_dates(view.folded, self.year)
        found = find_numbers(view.folded, dates, self.year)
        numbers = _promised(view, found, 0)
        inner = split_stages(view, dates, self.year)
        stop = inner[0].begin if inner else len(view)
        whole = with_changes(headed, begin=0, end=0)
        # 9月1日前投入使用 below 三季度: what the cell itself says is due earlier, and nothing else.
        if not inner or _SEVERAL.search(view.folded, 0, stop):
            own = self._numbers(work, view, numbers, 0, stop, "", 0)
            work.milestones.append(self._milestone(view, Stage(whole, 0, len(view)), own, ""))
        for stage in inner:
            behind = stage.date.end - stage.begin
            staged = self._numbers(work, view, numbers, stage.begin, stage.end, "", behind)
            work.milestones.append(self._milestone(view, stage, staged, ""))
        work.numerals += len(numbers)

    def set_aside(self, work: Work, place: Stretch, rule: str) -> None:
        """List the numbers of a field that sets no target, such as 监督电话."""
        view = self.folded.view(place.begin, place.end)
        dates = find_dates(view.folded, self.year)
        for number in find_numbers(view.folded, dates, self.year):
            span = self.span(*view.range(number.begin, number.stop))
            # The column or the label explains a number that its words do not.
            why = rule if number.rule in {"", "unknown"} else number.rule
            self.unused.append(unused_number(why, span, work.prefix))

    def sums(self, work: Work, place: Stretch) -> None:
        """Read the sums of money of a field, and list its other numbers as not used."""
        view = self.folded.view(place.begin, place.end)
        dates = find_dates(view.folded, self.year)
        found = find_numbers(view.folded, dates, self.year)
        sums = [number for number in found if number.kind == "money"]
        work.indicators += self._numbers(work, view, sums, 0, len(view), "")
        work.numerals += len(sums)
        for number in found:
            if number.kind != "money":
                span = self.span(*view.range(number.begin, number.stop))
                self.unused.append(unused_number("funding", span, work.prefix))

    def _numbers(
        self,
        work: Work,
        view: View,
        numbers: list[Number],
        begin: int,
        end: int,
        part: str,
        floor: int = 0,
    ) -> list[Indicator]:
        """Return the indicators whose numerals stand in ``[begin, end)`` of `view`.

        Names begin behind `floor`, counted from `begin`.
        """
        inside = [(n, number) for n, number in enumerate(numbers) if begin <= number.begin < end]
        if not inside:
            return []
        cut = view.cut(begin, end)
        moved = [_shift(number, -begin, end - begin) for _, number in inside]
        reading = read_indicators(
            cut,
            moved,
            first=work.numerals + inside[0][0] + 1,
            prefix=work.prefix,
            title="" if floor else work.title,
            floor=floor,
            span=self.span,
        )
        self.unused += reading.unused
        found = _remainders(view, [number for _, number in inside], reading.indicators)
        return [with_changes(i, part=part) for i in found] if part else found

    def _milestone(self, view: View, stage: Stage, own: list[Indicator], part: str) -> Milestone:
        place = self.span(*view.range(stage.begin, stage.end))
        date = stage.date
        if date.bare_before:
            self.issues.append(
                Issue(
                    "info",
                    "ambiguous-date",
                    f"“{view.text[date.begin : date.end]}”按该月最后一天计，也可理解为上月底",
                    "read as the last day of that month; it may mean the end of the month before",
                    place,
                )
            )
        return Milestone(
            date.due,
            view.text[stage.begin : stage.end],
            start=date.first,
            precision=date.precision,
            recurrence=date.recurrence,
            indicators=tuple(own),
            part=part,
            optional=date.bare_before or date.starts,
            span=place,
        )


def _promised(view: View, numbers: list[Number], begin: int) -> list[Number]:
    """Return what a cell of dates says behind `begin` as promises.

    完成全年任务的55% reports elsewhere; behind a date it is what shall be done.
    """
    if "已" in view.folded:
        return numbers
    return [n._replace(rule="") if n.rule == "past" and n.begin >= begin else n for n in numbers]


def _shares_promised(numbers: list[Number], stage: Stage) -> list[Number]:
    """Read 二季度完成年度任务的50% as what shall be done; without a date it would be a report."""
    return [
        n._replace(rule="")
        if n.rule == "past" and n.unit == "%" and stage.date.end <= n.begin < stage.end
        else n
        for n in numbers
    ]


def _remainders(view: View, numbers: list[Number], found: tuple[Indicator, ...]) -> list[Indicator]:
    """Mark 其余15个 as an amount of its own: it is no running total of its stages."""
    if "余" not in view.folded and "剩" not in view.folded:
        return list(found)
    rest = {view.origin[n.begin] for n in numbers if _REST.search(view.folded, 0, n.lead)}
    return [
        with_changes(i, accumulation="per period") if i.span and i.span.begin in rest else i
        for i in found
    ]


_REPORTED = re.compile("已|累计|目前|去年|上年|同比")
_SEVERAL = re.compile(r"[,;。\d]")  # more than the subject of what a date says
_NOUN = re.compile(r"的?[\u4e00-\u9fff]{1,6}")


def _subject(text: str, numbers: list[Number], stage: Stage, floor: int) -> int:
    """Return where the stage begins: its subject may stand right before the date.

    其余2所12月底前主体完工 is due then; 改造396座，12月底前完工 is not divided so. A part may
    print its noun as well: 其中2所学校9月1日前投用, 30%以上的小区6月底前启动.
    """
    before = [n for n in numbers if not n.rule and floor <= n.begin and n.reach <= stage.begin]
    if not before:
        return stage.begin
    between = text[before[-1].reach : stage.begin]
    last = before[-1]
    if between in {"", "于", "在", "将于", "应于"}:
        return last.begin
    clause = last_of(text, ",。;", 0, last.begin) + 1
    part = (
        last.unit == "%"
        or text[last.begin - 1 : last.begin] == "等"  # 某某等5所学校9月1日前投用
        or cue_pattern("part-of").search(text, clause, last.begin) is not None
    )
    return last.begin if part and _NOUN.fullmatch(between) else stage.begin


def _shift(number: Number, by: int, stop: int) -> Number:
    """Return `number` moved by `by` characters, inside ``[0, stop]``."""
    if not by and max(number.stop, number.reach) <= stop:
        return number
    return number._replace(
        begin=number.begin + by,
        end=min(number.end + by, stop),
        stop=min(number.stop + by, stop),
        lead=max(0, number.lead + by),
        reach=min(number.reach + by, stop),
    )
