"""Hypothesis strategies for plans that use every field of the model.

They keep to what holds for every plan: ids are unique and references point at them, an
evidence is the text between two offsets of one document, notations hold no blanks.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from mskg.model import (
    Assignment,
    DocumentInfo,
    DocumentLink,
    Indicator,
    Issue,
    Item,
    Leader,
    Locator,
    Milestone,
    Part,
    Plan,
    Program,
    Progress,
    Span,
    Task,
    TextField,
    UnusedNumber,
)

__all__ = ["plans"]

_TEXT = "民生实事项目清单：新增城镇就业4400人，“双过半”。\n完成\\投资 1.75万元" * 3
_words = st.text(
    st.one_of(
        st.sampled_from("一二（）、。“”\"\\\n\t'<>{}人 a1"),
        st.characters(exclude_categories=("Cs", "Cc", "Cn")),
    ),
    max_size=8,
)
_some = _words.filter(bool)
_notations = st.sampled_from(["education", "sport", "water", "a.b-c", "Upper", "未知"])
_dates = st.dates(date(1990, 1, 1), date(2100, 1, 1))
_numbers = st.decimals(
    Decimal(-10) ** 12, Decimal(10) ** 12, places=4, allow_nan=False, allow_infinity=False
)
_codes = st.sampled_from(["130303", "130300", "410411", "410400", "110000"])


def _span(begin: int, length: int) -> Span:
    end = min(begin + length, len(_TEXT))
    locator = Locator(begin % 3, begin % 5, begin % 2, begin % 7, begin % 4)
    return Span(begin, end, _TEXT[begin:end], locator)


_spans = st.none() | st.builds(_span, st.integers(0, len(_TEXT) - 1), st.integers(1, 9))
_fields = st.none() | st.builds(TextField, _words, _spans)
_leaders = st.builds(Leader, _some, _words, _spans)
_progress = st.builds(Progress, _some, st.none() | _dates, _spans)
_parts = st.builds(Part, _some, _words, _words, _spans)
_links = st.builds(DocumentLink, st.sampled_from(["basis", "issues"]), _some, _spans)
_issues = st.builds(
    Issue, st.sampled_from(["violation", "warning", "info"]), _some, _words, _words, _spans
)
_roles = st.sampled_from(["lead", "responsible", "related", "supervisor", "unheard-of"])
_assignments = st.builds(
    Assignment,
    name=_some,
    role=_roles,
    span=_spans,
    order=st.integers(1, 9),
    stated=st.booleans(),
    rule=_words,
    org=_words,
    org_id=st.just("")
    | st.builds("{}/{}".format, _codes | st.just("x-0a"), st.sampled_from(["ndrc", "Edu"])),
    functions=st.lists(_notations, max_size=3).map(tuple),
    verified=st.booleans(),
    collective=st.booleans(),
    suspect=_words,
    split=st.booleans(),
    optional=st.booleans(),
)


def _tuples(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=most).map(tuple)


_concepts = st.lists(_notations, max_size=2, unique=True).map(tuple)  # a set, in order


def _indicators(ids: list[str], stages: dict[str, str]) -> st.SearchStrategy[Any]:
    """Indicators for `ids`; those in `stages` are stages of the id given there."""
    known = st.sampled_from(["", "no-such-id", *ids])
    return st.tuples(
        *(
            st.builds(
                Indicator,
                id=st.just(name),
                name=_words,
                value=_numbers,
                unit=_words,
                op=st.sampled_from(["eq", "ge", "gt", "le", "lt", "approx"]),
                kind=st.sampled_from(["count", "share", "time standard"]),
                accumulation=st.sampled_from(["", "cumulative", "per period"]),
                part_of=known.filter(lambda part_of, name=name: part_of != name),
                counted_thing=st.just("") | _notations,
                of=st.just(stages.get(name, "")),
                basis=st.sampled_from(["absolute", "share of the task"]),
                baseline=st.none() | _numbers,
                upper=st.none() | _numbers,
                part=_words,
                digits=_words,
                optional=st.booleans(),
                span=_spans,
            )
            for name in ids
        )
    )


@st.composite
def _milestones(draw: st.DrawFn, prefix: str, owned: list[str]) -> tuple[Milestone, ...]:
    found = []
    for number in range(1, draw(st.integers(0, 2)) + 1):
        ids = [f"{prefix}m{number}-{i}" for i in range(1, draw(st.integers(0, 2)) + 1)]
        stages = {name: draw(st.sampled_from(["", *owned])) for name in ids}
        found.append(
            Milestone(
                due=draw(st.none() | _dates),
                text=draw(_words),
                start=draw(st.none() | _dates),
                precision=draw(st.sampled_from(["", "month", "mid"])),
                recurrence=draw(st.sampled_from(["", "monthly"])),
                inherited=draw(st.booleans()),
                indicators=draw(_indicators(ids, stages)),
                part=draw(_words),
                optional=draw(st.booleans()),
                span=draw(_spans),
            )
        )
    return tuple(found)


@st.composite
def _items(draw: st.DrawFn, path: str, position: int, earlier: list[str]) -> Item:
    prefix = f"{path}-{position}-"
    owned = [f"{prefix}{i}" for i in range(1, draw(st.integers(0, 3)) + 1)]
    stages = {owned[-1]: draw(st.sampled_from(["", *earlier]))} if owned else {}
    earlier += [name for name in owned if not stages.get(name)]
    return Item(
        text=draw(_words),
        label=draw(_words),
        indicators=draw(_indicators(owned, stages)),
        milestones=draw(_milestones(prefix, list(earlier))),
        parts=draw(_tuples(_parts)),
        departments=draw(_tuples(_assignments)),
        leaders=draw(_tuples(_leaders)),
        funding=draw(_fields),
        site=draw(_fields),
        progress=draw(_tuples(_progress)),
        span=draw(_spans),
    )


@st.composite
def _tasks(draw: st.DrawFn, path: str) -> Task:
    earlier: list[str] = []
    count = draw(st.integers(0, 2))
    return Task(
        no=draw(st.none() | st.integers(0, 99)),
        path=path,
        title=draw(_words),
        items=tuple(draw(_items(path, position, earlier)) for position in range(1, count + 1)),
        group=draw(_words),
        departments=draw(_tuples(_assignments, 3)),
        leaders=draw(_tuples(_leaders)),
        areas=draw(_concepts),
        origins=tuple(sorted(draw(_concepts))),
        span=draw(_spans),
        title_span=draw(_spans),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a small plan."""
    paths = draw(st.lists(st.sampled_from(["1", "2", "1.1", "2.10", "附"]), max_size=3))
    if len(set(paths)) < len(paths):  # ids hold the path, so they would not be unique
        paths = list(dict.fromkeys(paths))
    return Plan(
        source=draw(_words),
        document=DocumentInfo(
            key=draw(st.sampled_from(["gov-2023-7", "山政办字〔2023〕7号"])),
            sha256=draw(st.sampled_from(["", "ab" * 32])),
            title=draw(_words),
            doc_number=draw(_words),
            issuer=draw(_words),
            issued=draw(st.none() | _dates),
            type=draw(st.sampled_from(["", "notice", "explainer"])),
            format=draw(st.sampled_from(["", "txt"])),
            encoding=draw(st.sampled_from(["", "gb18030"])),
            script=draw(st.sampled_from(["", "simplified", "traditional", "mixed"])),
            layout=draw(st.sampled_from(["", "table"])),
            links=draw(_tuples(_links)),
        ),
        program=Program(
            region=draw(_words),
            region_code=draw(st.just("") | _codes | st.just("000001")),
            year=draw(st.none() | st.integers(1990, 2100)),
            kind=draw(st.sampled_from(["livelihood", "work-report", ""])),
            ordinal=draw(st.integers(1, 3)),
            declared_count=draw(st.none() | st.integers(0, 50)),
            declared_count_span=draw(_spans),
            deadlines=draw(_milestones("p-", [])),
            departments=draw(_tuples(_assignments)),
        ),
        tasks=tuple(draw(_tasks(path)) for path in paths),
        issues=draw(_tuples(_issues)),
        unused_numbers=draw(
            _tuples(
                st.builds(UnusedNumber, _some, _some, _spans, st.sampled_from(["", "9.9", *paths]))
            )
        ),
    )
