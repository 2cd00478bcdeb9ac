"""Hypothesis strategies for plans as a government might write them, with the facts known.

Words come from the tables of ``data/vocabulary`` (things, units, departments, regions, areas,
comparators). A `PlannedTask` holds the wording of its statements beside the facts that they
state, as entries of a plan record; `plan_renderers` lays a plan out as a document.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from mskg.lexicon.cues import any_of, cue_values
from mskg.lexicon.tables import read_table
from mskg.lexicon.units import unit_of

__all__ = ["Department", "PlannedTask", "PlannedText", "Statement", "plans"]

Entry = dict[str, Any]

_PEOPLE = {"人", "人次", "名", "户"}
_BODY = re.compile(r"(?!委|人民政府|政府|人大|政协)\w{2,9}(?:局|中心|残联|妇联|总工会|委员会|公司)")
_COLLECTIVES = ("各乡镇", "各乡镇人民政府", "各镇（街道）", "各街道办事处")
_BEFORE = ("不少于", "不低于", "至少", "超过", "不超过", "达到", "约", "突破")
_AFTER = ("以上", "左右", "以内")
_RATES = ("入园率", "覆盖率", "合格率", "签约服务率", "养护率", "有效治理率", "农村自来水普及率")
_RAISED = ("年人均补助标准", "孤儿基本生活养育标准", "城市低保标准", "每人每年财政补助标准")
_DONE = ("全部完成", "完工", "建成投用", "投入使用", "竣工交付", "完成主体工程", "通过验收")
_KINDS = (("工程",), ("项目",), ("行动",), ("工程", "项目"), ("提升", "保障", "建设"))


@dataclass(frozen=True)
class Statement:
    """A clause without a stop at its end, and the facts that it states."""

    text: str
    indicators: tuple[Entry, ...] = ()
    milestones: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Department:
    """A name as printed in a role."""

    name: str
    role: str


@dataclass(frozen=True)
class PlannedTask:
    """A task; ``deadline`` is printed only where a layout has a place for deadlines."""

    title: str
    statements: tuple[Statement, ...]
    departments: tuple[Department, ...]
    deadline: Statement


@dataclass(frozen=True)
class PlannedText:
    """A plan; ``groups`` are names and numbers of tasks, in order."""

    region: str
    year: int
    tasks: tuple[PlannedTask, ...]
    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Thing:
    """What is counted: a verb (or nothing), an object, and a measure word."""

    verb: str
    noun: str
    unit: str

    @property
    def name(self) -> str:
        return self.verb + self.noun


@cache
def _things() -> tuple[_Thing, ...]:
    found = []
    verb = re.compile(any_of("build-verb"))
    for row in read_table("things"):
        label = row["zh"].rpartition("（")[0]
        match = verb.match(label)
        for unit in row["units"].split()[:2]:
            known = unit_of(unit)
            if known and label and known.kind in {"count", "length", "area"}:
                cut = match.end() if match else 0
                found.append(_Thing(label[:cut], label[cut:], unit))
    return tuple(found)


@cache
def _bodies() -> tuple[str, ...]:
    listed = [row["form"] for row in read_table("department_names")]
    core = [f"{row['name']}局" for row in read_table("departments") if row["core"] == "y"]
    return tuple(dict.fromkeys(core + [name for name in listed if _BODY.fullmatch(name)]))


@cache
def _regions() -> tuple[str, ...]:
    names = [row["name"] for row in read_table("regions") if not row["code"].endswith("00")]
    return tuple(name for name in names if name[-1] in "县市区" and len(name) < 6)


@cache
def _areas() -> tuple[str, ...]:
    return tuple(row["zh"] for row in read_table("areas"))


def _fact(value: Decimal | int, unit: str, op: str = "eq", **more: Any) -> Entry:
    number = Decimal(value)
    plain = int(number) if number == number.to_integral_value() else float(number)
    return {"name": "", "value": plain, "unit": unit, "op": op, **more}


@st.composite
def _amounts(draw: st.DrawFn, unit: str) -> tuple[str, Decimal]:
    """Draw a number as printed before `unit`, and its value."""
    if unit in _PEOPLE and draw(st.booleans()):
        hundreds = draw(st.integers(11, 900))
        return f"{Decimal(hundreds).scaleb(-2).normalize():f}万", Decimal(hundreds * 100)
    kind = getattr(unit_of(unit), "kind", "count")
    if kind == "length":
        tenths = Decimal(draw(st.integers(12, 4000))).scaleb(-1)
        return f"{tenths.normalize():f}", tenths
    number = draw(
        st.integers(50, 9999) if unit in _PEOPLE or kind == "area" else st.integers(2, 480)
    )
    return str(number), Decimal(number)


@st.composite
def _counts(draw: st.DrawFn) -> Statement:
    """新建幼儿园3所; 新建3所幼儿园; 新建幼儿园不少于3所; 新建幼儿园3所以上."""
    thing = draw(st.sampled_from(_things()))
    digits, value = draw(_amounts(thing.unit))
    form = draw(st.sampled_from(["plain", "plain", "first", "before", "after", "more"]))
    verb = thing.verb or "完成"
    if form == "first":
        return Statement(f"{verb}{digits}{thing.unit}{thing.noun}", (_fact(value, thing.unit),))
    if form == "before":
        cue = draw(st.sampled_from(_BEFORE))
        op = cue_values("comparator-before")[cue]
        return Statement(f"{thing.name}{cue}{digits}{thing.unit}", (_fact(value, thing.unit, op),))
    if form == "after":
        cue = draw(st.sampled_from(_AFTER))
        op = cue_values("comparator-after")[cue]
        return Statement(f"{thing.name}{digits}{thing.unit}{cue}", (_fact(value, thing.unit, op),))
    if form == "more":
        fact = _fact(value, thing.unit, "ge")
        return Statement(f"{thing.name}{digits}余{thing.unit}", (fact,))
    return Statement(f"{thing.name}{digits}{thing.unit}", (_fact(value, thing.unit),))


@st.composite
def _shares(draw: st.DrawFn) -> Statement:
    """合格率达到95%以上."""
    percent = Decimal(draw(st.integers(400, 1000))).scaleb(-1).normalize()
    before = draw(st.sampled_from(["达到", "不低于", "达", "稳定在"]))
    op = cue_values("comparator-before")[before]
    after = draw(st.sampled_from(["", "以上"])) if op == "eq" else ""
    fact = _fact(percent, "%", "ge" if after else op)
    return Statement(f"{draw(st.sampled_from(_RATES))}{before}{percent:f}%{after}", (fact,))


@st.composite
def _several(draw: st.DrawFn) -> Statement:
    """足球场、口袋公园各3个; A、B分别达到3个、5个; A 8个，其中B 3个."""
    first = draw(st.sampled_from(_things()))
    alike = [t for t in _things() if t.unit == first.unit and t.noun != first.noun]
    second = draw(st.sampled_from(alike or [first]))
    unit, form = first.unit, draw(st.sampled_from(["each", "respectively", "of which"]))
    digits, value = draw(_amounts(unit))
    both = f"{first.name}、{second.noun}"
    if form == "each" and alike:
        return Statement(f"{both}各{digits}{unit}", (_fact(value, unit), _fact(value, unit)))
    other, part = draw(_amounts(unit))
    facts = (_fact(value, unit), _fact(part, unit))
    if form == "respectively" and alike:
        return Statement(f"{both}分别达到{digits}{unit}、{other}{unit}", facts)
    return Statement(f"{first.name}{digits}{unit}，其中{second.noun}{other}{unit}", facts)


@st.composite
def _sums(draw: st.DrawFn) -> Statement:
    """总投资1500万元; 每户补助2000元; 由520元提高到600元."""
    form = draw(st.sampled_from(["total", "billions", "each", "raised"]))
    if form == "raised":
        low = draw(st.integers(30, 900))
        high = low + draw(st.integers(5, 300))
        text = f"{draw(st.sampled_from(_RAISED))}由{low}元提高到{high}元"
        return Statement(text, (_fact(high, "元"),))
    if form == "each":
        number = draw(st.integers(2, 90)) * 100
        head = draw(st.sampled_from(["每户补助", "每人每年补贴", "每所奖补"]))
        return Statement(f"{head}{number}元", (_fact(number, "元"),))
    tens = Decimal(draw(st.integers(11, 9900))).scaleb(-1 if form == "total" else -2)
    multiplier, factor = ("万", 4) if form == "total" else ("亿", 8)
    head = draw(st.sampled_from(["总投资", "计划投资", "投入资金", "筹措资金"]))
    text = f"{head}{tens.normalize():f}{multiplier}元"
    return Statement(text, (_fact(tens.scaleb(factor), "元"),))


@st.composite
def _ranges(draw: st.DrawFn) -> Statement:
    """打造城市书房1-2家: an optional lower bound (`plan-record` rule 21)."""
    thing = draw(st.sampled_from([t for t in _things() if t.unit in {"个", "所", "座", "家"}]))
    low = draw(st.integers(1, 20))
    high = low + draw(st.integers(1, 9))
    sign = draw(st.sampled_from(["-", "—", "至", "～"]))
    fact = _fact(low, thing.unit, "ge", optional=True)
    return Statement(f"{thing.name}{low}{sign}{high}{thing.unit}", (fact,))


@st.composite
def _dates(draw: st.DrawFn, year: int, first: int = 2, last: int = 12) -> tuple[str, date]:
    """Draw a date in words between two months, and the day it means."""
    month = draw(st.integers(first, last))
    end = date(year, month, monthrange(year, month)[1])
    day = date(year, month, draw(st.integers(1, 28)))
    options = [(f"{month}月底前", end), (f"{month}月底", end), (f"{month}月末前", end)]
    options += [(f"{year}年{month}月底前", end), (f"{month}月{day.day}日前", day)]
    options += [(f"{month}月上旬", end.replace(day=10)), (f"{month}月中旬前", end.replace(day=20))]
    if month % 3 == 0:
        quarter = "一二三四"[month // 3 - 1]
        options += [
            (f"{quarter}季度", end),
            (f"{quarter}季度末", end),
            (f"第{quarter}季度末前", end),
        ]
    if month == 6:
        options.append(("上半年", end))
    if month == 12:
        options += [("年底前", end), (f"{year}年底前", end), ("12月底", end)]
    return draw(st.sampled_from(options))


def _milestone(text: str, due: date, indicators: tuple[Entry, ...] = ()) -> Entry:
    return {"due": due.isoformat(), "text": text, "indicators": list(indicators)}


@st.composite
def _stages(draw: st.DrawFn, year: int, counted: Statement) -> Statement:
    """9月底前完工; 6月底前完成200户，11月底前全部完成; 6月底前完成工程量的60%，…"""
    words, due = draw(_dates(year, 7))
    last = f"{words}{draw(st.sampled_from(_DONE))}"
    stages = [_milestone(last, due)]
    form = draw(st.sampled_from(["end", "end", "count", "share"]))
    early, when = draw(_dates(year, 2, 6))
    fact = counted.indicators[0] if counted.indicators else None
    if form == "share" or (form == "count" and fact is None):
        percent = draw(st.integers(1, 19)) * 5
        first = f"{early}完成工程量的{percent}%"
        stages.insert(0, _milestone(first, when, (_fact(percent, "%"),)))
        return Statement(f"{first}，{last}", (), tuple(stages))
    if form == "count" and fact and fact["unit"] != "%" and fact["value"] > 3:
        part = draw(st.integers(1, int(fact["value"]) - 1))
        first = f"{early}完成{part}{fact['unit']}"
        stages.insert(0, _milestone(first, when, (_fact(part, fact["unit"]),)))
        return Statement(f"{first}，{last}", (), tuple(stages))
    return Statement(last, (), tuple(stages))


@st.composite
def _departments(draw: st.DrawFn, level: str, roles: tuple[str, ...]) -> tuple[Department, ...]:
    bodies = st.lists(st.sampled_from(_bodies()), min_size=4, max_size=6, unique=True)
    names = [level + name for name in draw(bodies)]
    names.append(draw(st.sampled_from(_COLLECTIVES)))
    found = [Department(names[0], roles[0])]
    if roles[0] == "responsible":
        extra = draw(st.integers(0, 3))
        return tuple(found + [Department(name, "responsible") for name in names[-extra - 1 : -1]])
    if len(roles) > 1 and draw(st.integers(0, 5)):
        others = names[draw(st.integers(2, 4)) :]
        found += [Department(name, roles[1]) for name in others]
    return tuple(found)


@st.composite
def _titles(draw: st.DrawFn, count: int) -> list[str]:
    nouns = sorted({t.noun for t in _things() if not re.search(r"[“”（）A-Z]|^和", t.noun)})
    chosen = draw(st.lists(st.sampled_from(nouns), min_size=count, max_size=count, unique=True))
    kinds = draw(st.sampled_from(_KINDS))
    return [noun + draw(st.sampled_from(kinds)) for noun in chosen]


@st.composite
def _tasks(
    draw: st.DrawFn, title: str, year: int, level: str, roles: tuple[str, ...]
) -> PlannedTask:
    first = draw(_counts())
    kinds = st.one_of(_counts(), _counts(), _shares(), _several(), _sums(), _ranges())
    more = draw(st.lists(kinds, max_size=3))
    own = [first, *more]
    if draw(st.booleans()):
        own.append(draw(_stages(year, first)))
    words, due = draw(_dates(year, 3))
    deadline = Statement(words, (), (_milestone(words, due),))
    return PlannedTask(title, tuple(own), draw(_departments(level, roles)), deadline)


@st.composite
def plans(draw: st.DrawFn, fewest: int = 4, most: int = 20) -> PlannedText:
    """Draw a plan with `fewest` to `most` tasks."""
    region = draw(st.sampled_from(_regions()))
    year = draw(st.integers(2008, 2026))
    count = draw(st.integers(fewest, most))
    roles = draw(st.sampled_from([("lead", "related"), ("responsible",), ("lead", "responsible")]))
    tasks = tuple(draw(_tasks(t, year, region[-1], roles)) for t in draw(_titles(count)))
    sizes = []
    while (left := count - sum(sizes)) > 0:
        sizes.append(left if left < 4 else draw(st.integers(2, left - 2)))
    names = draw(st.permutations(_areas()))
    return PlannedText(region, year, tasks, tuple(zip(names, sizes, strict=False)))
