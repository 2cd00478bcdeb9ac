"""Items: the fields of an outline item turned into indicators, milestones and duties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.extract.deadlines import date_of_heading, read_deadline
from mskg.extract.departments import names_in, promote_first, prose_duties
from mskg.extract.facts import FactReader, Work
from mskg.extract.indicators import read_indicators, unused_number
from mskg.extract.leaders import leaders_in, prose_leaders
from mskg.extract.numbers import Number, find_numbers
from mskg.extract.stages import link_stages
from mskg.model import (
    Assignment,
    Indicator,
    Issue,
    Item,
    Leader,
    Progress,
    Span,
    TextField,
    with_changes,
)
from mskg.text import FoldedText, View, find_dates, plain_number
from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from mskg.model.outline import Field, OutlineItem, Stretch

__all__ = ["ItemReader"]

_AMOUNT = re.compile(
    r"(?P<amount>\D{0,4}\d(?:[\d,]|\ (?=\d{3}(?!\d)))*(?:\.\d+)?[余多]?[千万亿]{0,2}[余多]?)"
    r"(?P<bound>以上|以内|以下|左右)?"
)
_YEAR = re.compile(r"20[0-4]\d")
_SAYS_OP = re.compile(r"(\D{2,4})\([^()]{1,6}\)$")
_ANY_UNIT = "个"  # lets a bare number be read like others
# 牵头单位及主要负责人: a cell under it names a body and a person.
_PEOPLE = re.compile(r"(?:负责|责任)人|领导")
_PERSON = re.compile(r"[一-龥]{2,3}(?<![局委办会院社厅署处站所心司团市县区镇乡])")
_SOURCE = ("来源", "渠道", "筹措")  # 资金来源 says where money comes from, not how much

_CLAUSE_END, _DIGIT = re.compile("[,，。;；]"), re.compile(r"\d")
_LONGEST_THING = 24


class ItemReader(FactReader):
    """Reads outline items of one document."""

    def __init__(
        self,
        folded: FoldedText,
        span: Callable[[int, int], Span],
        year: int | None,
        *,
        first_is_lead: int,
    ) -> None:
        super().__init__(folded, span, year)
        self.first_is_lead = first_is_lead
        self._headings: dict[str, str] = {}

    def item(self, outline: OutlineItem, prefix: str, title: str) -> Item:
        """Return the item of `outline`; `prefix` begins the ids of its indicators."""
        work = Work(prefix, title)
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
                self.unused.append(unused_number("said-again", indicator.span, prefix))
        return with_changes(item, indicators=(*fresh, *item.indicators)) if fresh else item

    def departments(self, fields: tuple[Field, ...]) -> list[Assignment]:
        """Return the departments that `fields` name, in printed order."""
        found: list[Assignment] = []
        labels = {entry.label[:2] for entry in fields if entry.kind == "department"}
        # 承办 beside 协办 is who leads; beside 主办 or 牵头, or alone, who carries it out.
        undertakers = "lead" if {"承办", "协办"} <= labels and not labels & {"主办", "牵头"} else ""
        for entry in fields:
            if entry.kind == "department":
                place = entry.place
                role = undertakers if undertakers and entry.label.startswith("承办") else entry.role
                names = names_in(self.folded, place.begin, place.end, role, self.span)
                named = [name for name in names if not _is_person(entry, name.name)]
                self._note_repetitions(named)
                found += named
        return promote_first(found) if 0 < self.first_is_lead <= len(found) else found

    def _note_repetitions(self, named: list[Assignment]) -> None:
        """List a name that one field prints twice; the plan holds it once."""
        told = {issue.span for issue in self.issues if issue.code == "named-twice"}
        for number, entry in enumerate(named):
            again = any(
                (other.name, other.role) == (entry.name, entry.role) for other in named[:number]
            )
            if again and entry.span not in told:
                self.issues.append(
                    Issue(
                        "warning",
                        "named-twice",
                        f"“{entry.name}”在同一处列了两次；请删去重复的，或核对是否应为另一个单位",
                        f"{entry.name!r} is named twice here: drop one, or name the unit meant",
                        entry.span,
                    )
                )

    def leaders(self, fields: tuple[Field, ...]) -> list[Leader]:
        """Return the leaders that `fields` name."""
        reads = {"leader": leaders_in, "department": prose_leaders}
        return [
            leader
            for entry in fields
            if entry.kind in reads
            for leader in reads[entry.kind](
                self.folded, entry.place.begin, entry.place.end, self.span
            )
        ] + [
            Leader(name.name, span=name.span)
            for entry in fields
            if entry.kind == "department" and _PEOPLE.search(entry.label)
            for name in names_in(
                self.folded, entry.place.begin, entry.place.end, entry.role, self.span
            )
            if _is_person(entry, name.name)
        ]

    def _field(self, work: Work, entry: Field) -> None:
        place = entry.place
        if entry.kind == "content":
            self._content(work, entry)
        elif entry.kind == "deadline":
            read_deadline(self, work, entry)
        elif entry.kind == "department":
            work.departments += self.departments((entry,))
            work.leaders += self.leaders((entry,))
        elif entry.kind == "leader":
            work.leaders += self.leaders((entry,))
        elif entry.kind == "progress":
            date = date_of_heading(entry.label, self.year)
            text = self._text(place)
            work.progress.append(Progress(text.text, date.due if date else None, text.span))
            self.set_aside(work, place, "progress")
        elif entry.kind == "funding":
            self._funding(work, entry)
        elif entry.kind == "site":
            work.site = self._text(place)
            self.set_aside(work, place, entry.kind)
        else:
            self.set_aside(work, place, entry.kind)
            if entry.kind == "title":  # of a further row of the task: 指标名称
                work.title = self.folded.printed(place.begin, place.end)
                work.named = True

    def _content(self, work: Work, entry: Field) -> None:
        begin, end = entry.place.begin, entry.place.end
        if work.texts:  # 建设内容：新建3所。 年度目标：… stay two sentences
            work.texts[-1] += work.closing
        work.texts.append(self.folded.printed(begin, end))
        behind = self.folded.text[end : end + 1]
        work.closing = behind if behind in {"。", "；", ";"} else ""
        if entry.label and self._amount(work, entry):
            return
        self.read(work, begin, end, prose=True)
        work.departments += prose_duties(self.folded, begin, end, self.span)
        work.leaders += prose_leaders(self.folded, begin, end, self.span, among_units=False)

    def _text(self, place: Stretch) -> TextField:
        printed = self.folded.printed(place.begin, place.end)
        return TextField(printed, self.span(place.begin, place.end))

    def _funding(self, work: Work, entry: Field) -> None:
        """Read 总投资: the sum is an indicator, where the money comes from is a text.

        The sums that a source names (中央补助3000万元) are indicators of their own.
        """
        view = self.folded.view(entry.place.begin, entry.place.end)
        # 投资及资金来源 holds the sum as well.
        source = any(word in entry.label for word in _SOURCE) and "投资" not in entry.label
        if source or work.funding is None:
            work.funding = self._text(entry.place)
        if source:
            self.sums(work, entry.place)
            return
        for number in find_numbers(view.folded, [], self.year):
            work.numerals += 1
            bare = not number.unit and number.stop - number.begin == len(view)
            if not (number.kind == "money" or (bare and entry.unit)):
                span = self.span(*view.range(number.begin, number.stop))
                self.unused.append(unused_number("funding", span, work.prefix))
                continue
            work.indicators.append(self._sum(work, entry, view, number))

    def _amount(self, work: Work, entry: Field) -> bool:
        """Read a cell that is only a number; its heading or another cell may print the unit."""
        view = self.folded.view(entry.place.begin, entry.place.end)
        year = _YEAR.fullmatch(view.folded) and not entry.unit
        match = _AMOUNT.fullmatch(view.folded)
        if match is None or year:
            return False
        counted = f"{match['amount']}{entry.unit or _ANY_UNIT}{match['bound'] or ''}"
        numbers = find_numbers(counted, [], self.year)
        if len(numbers) != 1 or numbers[0].rule or not numbers[0].unit or numbers[0].lead > 0:
            return False
        (number,) = numbers
        work.numerals += 1
        work.indicators.append(
            Indicator(
                id=f"{work.prefix}-{work.numerals}",
                name=_thing(work) or work.title or self._heading(entry),
                value=number.value,
                unit=number.unit if entry.unit else "",
                op=_op_in(work.title) or number.op,
                kind="funding" if number.kind == "money" else number.kind,
                digits=view.text[number.begin : min(number.end, len(view))],
                span=self.span(*view.range(number.begin, len(view))),
            )
        )
        return True

    def _heading(self, entry: Field) -> str:
        """Return the heading of a column as printed where it stands first: 總投資 for 总投资."""
        label = entry.label
        if label not in self._headings:
            at = self.folded.folded.find(label)
            self._headings[label] = self.folded.text[at : at + len(label)] if at >= 0 else label
        return self._headings[label]

    def _sum(self, work: Work, entry: Field, view: View, number: Number) -> Indicator:
        """Return the indicator of a sum; a bare number takes the unit of the heading."""
        heading = "" if number.unit else entry.unit.removesuffix("元")
        named = _SUM_NAME.search(view.folded, 0, number.lead)
        return Indicator(
            id=f"{work.prefix}-{work.numerals}",
            name=view.text[slice(*named.span(1))] if named else self._heading(entry),
            value=plain_number(f"{number.value:f}", heading),
            unit="元",
            op=number.op,
            kind="funding",
            digits=view.text[number.begin : number.end],
            span=self.span(*view.range(number.begin, number.stop)),
        )


# 资金安排：总投资6800万元
_SUM_NAME = re.compile(
    r"(?:^|[。;,:(])([\u4e00-\u9fff]{1,6}(?:投资|资金|概算|预算|投入))额?[为共计]?:?$"
)


def _thing(work: Work) -> str:
    """Return what a number in a cell of its own counts, by the words of its row: 安装空调."""
    told = len(work.texts) > 1 and not work.named
    words = _CLAUSE_END.split(work.texts[0])[0] if told else ""
    return words if 2 < len(words) <= _LONGEST_THING and not _DIGIT.search(words) else ""


def _op_in(title: str) -> str:
    """Return what the name of an amount says of it before its unit: 登记失业率低于（%）."""
    match = _SAYS_OP.search(fold(title))
    found = find_numbers(f"{match[1]}1个", [], None) if match else []
    return found[0].op if found and found[0].op != "eq" else ""


def _is_person(entry: Field, name: str) -> bool:
    """Tell the name of a person in a column of bodies and people."""
    return _PEOPLE.search(entry.label) is not None and _PERSON.fullmatch(name) is not None
