"""Items: the fields of an outline item turned into indicators, milestones and duties."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mskg.extract.departments import leaders_in, names_in, promote_first, prose_duties
from mskg.extract.indicators import read_indicators
from mskg.extract.milestones import Stage, narrowed, split_stages
from mskg.extract.numbers import Number, find_numbers
from mskg.extract.stages import link_stages
from mskg.model import (
    Assignment,
    Indicator,
    Issue,
    Item,
    Leader,
    Milestone,
    Part,
    Progress,
    Span,
    TextField,
    UnusedNumber,
)
from mskg.text import MULTIPLIERS, DateExpression, FoldedText, View, find_dates

if TYPE_CHECKING:
    from collections.abc import Callable

    from mskg.model.outline import Field, OutlineItem, Stretch

__all__ = ["ItemReader"]

_PART = re.compile(
    r"^[ \t]*(?P<label>[(（][一二三四五六七八九十\d]{1,2}[)）])[ \t]*(?P<title>[^\n]*)",
    re.MULTILINE,
)
_AS_OF = re.compile(r"实际|完成情况|进展|推进")


@dataclass
class _Work:
    """What is gathered while the fields of one item are read."""

    prefix: str
    title: str
    texts: list[str] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    departments: list[Assignment] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    funding: TextField | None = None
    site: TextField | None = None
    numerals: int = 0


class ItemReader:
    """Reads outline items of one document; unused numbers and issues gather in it."""

    def __init__(
        self,
        folded: FoldedText,
        span: Callable[[int, int], Span],
        year: int | None,
        *,
        first_is_lead: bool,
    ) -> None:
        self.folded = folded
        self.span = span
        self.year = year
        self.first_is_lead = first_is_lead
        self.unused: list[UnusedNumber] = []
        self.issues: list[Issue] = []

    def read(self, outline: OutlineItem, prefix: str, title: str) -> Item:
        """Return the item of `outline`; `prefix` begins the ids of its indicators."""
        work = _Work(prefix, title)
        for entry in outline.fields:
            self._field(work, entry)
        indicators, milestones = link_stages(work.indicators, work.milestones, title)
        places = [f.place for f in outline.fields]
        begin = min((p.begin for p in places), default=0)
        end = max((p.end for p in places), default=0)
        return Item(
            text="".join(work.texts),
            label=outline.label,
            indicators=tuple(indicators),
            milestones=tuple(milestones),
            parts=tuple(work.parts),
            departments=tuple(work.departments),
            leaders=tuple(work.leaders),
            funding=work.funding,
            site=work.site,
            progress=tuple(work.progress),
            span=self.span(begin, end) if places else None,
        )

    def with_title(self, item: Item, title: Stretch, prefix: str, items: list[Item]) -> Item:
        """Return `item` with the quantities that only the title of the task names."""
        view = self.folded.view(title.begin, title.end)
        dates = find_dates(view.folded, self.year)
        numbers = find_numbers(view.folded, dates, self.year)
        reading = read_indicators(view, numbers, first=1, prefix=prefix, title="", span=self.span)
        self.unused += reading.unused
        stages = [i for entry in items for m in entry.milestones for i in m.indicators]
        known = {(i.value, i.unit) for entry in items for i in entry.indicators}
        known |= {(i.value, i.unit) for i in stages}
        fresh = [i for i in reading.indicators if (i.value, i.unit) not in known]
        for indicator in reading.indicators:
            if indicator not in fresh and indicator.span:
                quote = indicator.span.quote
                self.unused.append(UnusedNumber(quote, "said-again", indicator.span, prefix))
        return replace(item, indicators=(*fresh, *item.indicators))

    def departments(self, fields: tuple[Field, ...]) -> list[Assignment]:
        """Return the departments that `fields` name, in printed order."""
        found: list[Assignment] = []
        for entry in fields:
            if entry.kind == "department":
                place = entry.place
                found += names_in(self.folded, place.begin, place.end, entry.role, self.span)
        return promote_first(found) if self.first_is_lead else found

    def leaders(self, fields: tuple[Field, ...]) -> list[Leader]:
        """Return the leaders that `fields` name."""
        return [
            leader
            for entry in fields
            if entry.kind == "leader"
            for leader in leaders_in(self.folded, entry.place.begin, entry.place.end, self.span)
        ]

    def _field(self, work: _Work, entry: Field) -> None:
        place = entry.place
        if entry.kind == "content":
            work.texts.append(self.folded.printed(place.begin, place.end))
            self._facts(work, place)
            work.departments += prose_duties(self.folded, place.begin, place.end, self.span)
        elif entry.kind == "deadline":
            headed = self._headed(entry.label)
            if headed:
                self._under_date(work, place, headed)
            else:
                self._deadline(work, place)
        elif entry.kind == "department":
            work.departments += self.departments((entry,))
        elif entry.kind == "leader":
            work.leaders += self.leaders((entry,))
        elif entry.kind == "progress":
            span = self.span(place.begin, place.end)
            work.progress.append(Progress(self.folded.printed(place.begin, place.end), span=span))
            self._set_aside(work, place, "progress")
        elif entry.kind == "funding":
            self._funding(work, entry)
        elif entry.kind == "site":
            work.site = self._text(place)
            self._set_aside(work, place, entry.kind)
        else:
            self._set_aside(work, place, entry.kind)

    def _text(self, place: Stretch) -> TextField:
        printed = self.folded.printed(place.begin, place.end)
        return TextField(printed, self.span(place.begin, place.end))

    def _funding(self, work: _Work, entry: Field) -> None:
        """Read 总投资: the sum is an indicator, where the money comes from is a text."""
        view = self.folded.view(entry.place.begin, entry.place.end)
        source = "来源" in entry.label or "渠道" in entry.label or "筹措" in entry.label
        if source or work.funding is None:
            work.funding = self._text(entry.place)
        numbers = find_numbers(view.folded, [], self.year)
        for number in numbers:
            work.numerals += 1
            span = self.span(*view.range(number.begin, number.stop))
            bare = number.begin == 0 and number.stop == len(view) and not number.unit
            if source or not (number.kind == "money" or (bare and entry.unit)):
                self.unused.append(UnusedNumber(span.quote, "funding", span, work.prefix))
                continue
            factor = MULTIPLIERS[entry.unit[:-1]] if bare else 1
            work.indicators.append(
                Indicator(
                    id=f"{work.prefix}-{work.numerals}",
                    name=entry.label,
                    value=(number.value * factor).normalize().quantize(Decimal(1))
                    if bare
                    else number.value,
                    unit="元",
                    op=number.op,
                    kind="funding",
                    digits=view.text[number.begin : number.end],
                    span=span,
                )
            )

    def _set_aside(self, work: _Work, place: Stretch, rule: str) -> None:
        view = self.folded.view(place.begin, place.end)
        for number in find_numbers(view.folded, [], self.year):
            span = self.span(*view.range(number.begin, number.stop))
            self.unused.append(UnusedNumber(span.quote, number.rule or rule, span, work.prefix))

    def _deadline(self, work: _Work, place: Stretch) -> None:
        """Read a deadline cell: its parts （一）… first, then each dated line of a part."""
        text = self.folded.text
        marks = list(_PART.finditer(text, place.begin, place.end))
        first = marks[0].start() if marks else place.end
        self._lines(work, place.begin, first, "")
        for index, mark in enumerate(marks):
            stop = marks[index + 1].start() if index + 1 < len(marks) else place.end
            label = mark["label"]
            before = len(work.milestones)
            self._facts_in(work, mark.start("title"), mark.end("title"), label)
            self._lines(work, mark.end("title"), stop, label)
            undated = (
                self._undated(mark.end("title"), stop) if len(work.milestones) == before else ""
            )
            title = self.folded.printed(mark.start("title"), mark.end("title"))
            work.parts.append(Part(label, title, undated, self.span(mark.start(), mark.end())))

    def _headed(self, label: str) -> DateExpression | None:
        """Return the date that a column heading prints (一季度目标), None where it prints none."""
        dates = [d for d in find_dates(label, self.year) if d.due]
        return dates[0] if len(dates) == 1 and not re.search(r"起止|完成时", label) else None

    def _under_date(self, work: _Work, place: Stretch, headed: DateExpression) -> None:
        """Read a cell below a heading that is a date: all it says is due then."""
        view = self.folded.view(place.begin, place.end)
        if not len(view) or re.fullmatch(r"[/\-无—]+", view.folded):
            return
        dates = find_dates(view.folded, self.year)
        numbers = find_numbers(view.folded, dates, self.year)
        inner = split_stages(view, dates, self.year)
        stop = inner[0].begin if inner else len(view)
        whole = replace(headed, begin=0, end=0)
        own = self._numbers(work, view, numbers, 0, stop, "", 0)
        work.milestones.append(self._milestone(view, Stage(whole, 0, len(view)), own, ""))
        for stage in inner:
            behind = stage.date.end - stage.begin
            found = self._numbers(work, view, numbers, stage.begin, stage.end, "", behind)
            work.milestones.append(self._milestone(view, stage, found, ""))
        work.numerals += len(numbers)

    def _undated(self, begin: int, end: int) -> str:
        return self.folded.printed(begin, end)

    def _lines(self, work: _Work, begin: int, end: int, part: str) -> None:
        """Read a stretch of a deadline cell; a date that opens a line opens a new duty."""
        start = begin
        for match in re.finditer(r"\n[ \t]*(?=\S)", self.folded.text[begin:end]):
            at = begin + match.end()
            view = self.folded.view(at, min(at + 24, end))
            dates = find_dates(view.folded, self.year)
            done = self.folded.folded[start:at].rstrip()[-1:] in "。;；"
            if done or (dates and dates[0].begin <= 2):
                self._facts_in(work, start, at, part)
                start = at
        self._facts_in(work, start, end, part)

    def _facts(self, work: _Work, place: Stretch) -> None:
        self._facts_in(work, place.begin, place.end, "", prose=True)

    def _facts_in(
        self, work: _Work, begin: int, end: int, part: str, *, prose: bool = False
    ) -> None:
        view = self.folded.view(begin, end)
        if not len(view):
            return
        dates = find_dates(view.folded, self.year)
        numbers = find_numbers(view.folded, dates, self.year)
        stages = split_stages(view, dates, self.year)
        if prose:
            stages = [narrowed(view, stage) for stage in stages]
        cursor = 0
        for stage in stages:
            subject = _subject(numbers, stage, cursor)
            work.indicators += self._numbers(work, view, numbers, cursor, subject, part)
            behind = stage.date.end - stage.begin if subject == stage.begin else 0
            own = self._numbers(work, view, numbers, subject, stage.end, part, behind)
            work.milestones.append(self._milestone(view, stage, own, part))
            cursor = stage.end
        work.indicators += self._numbers(work, view, numbers, cursor, len(view), part)
        work.numerals += len(numbers)

    def _numbers(
        self,
        work: _Work,
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
        return [replace(i, part=part) for i in reading.indicators]

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


def _subject(numbers: list[Number], stage: Stage, floor: int) -> int:
    """Return where the stage begins: its subject may stand right before the date.

    其余2所12月底前主体完工 is due then; 改造396座，12月底前完工 is not divided so.
    """
    before = [n for n in numbers if not n.rule and floor <= n.begin and n.reach == stage.begin]
    return before[-1].begin if before else stage.begin


def _shift(number: Number, by: int, stop: int) -> Number:
    """Return `number` moved by `by` characters, inside ``[0, stop]``."""
    return replace(
        number,
        begin=number.begin + by,
        end=min(number.end + by, stop),
        stop=min(number.stop + by, stop),
        lead=max(0, number.lead + by),
        reach=min(number.reach + by, stop),
    )
