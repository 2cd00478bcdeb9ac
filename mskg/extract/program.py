"""What the prose around the list says of the whole program: year, count, deadlines, duties."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from mskg.extract.departments import names_in
from mskg.extract.milestones import split_stages
from mskg.lexicon.cues import any_of, cue_pattern, cue_values
from mskg.lexicon.units import unit_pattern
from mskg.model import Assignment, Milestone, with_changes
from mskg.model.outline import Stretch
from mskg.text import find_dates, last_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mskg.model import Span
    from mskg.text import FoldedText, View

__all__ = ["program_deadlines", "program_departments", "program_year"]

# The line of a web page that tells when it was put there.
_PUBLISHED = re.compile(
    r"(?:发布|发表|发文|成文|更新|生成|编辑)?(?:时间|日期)[::]?\s*(20[0-4]\d)[-./年]\d{1,2}[-./月]"
    r"|(?:^|[ \t])(20[0-4]\d)-\d{1,2}-\d{1,2}(?=[ \t]|$)",
    re.MULTILINE,
)
_LAST_YEAR = re.compile(r"(?:过去的|回顾|去年[,(])\s*(20[0-4]\d)\s*年")
_DONE = re.compile(r"(?<!不)已(?!定)")
_WATCHES = re.compile(r"督[查办][室办处]?[^。]{0,2}。[^。]{0,30}(?:通报|跟踪|检查|调度|问效)")
# 6月底前完成全年任务的50%: a share of everything, not of one task.
_OF_ALL = re.compile(
    r"(?:任务|进度|开工率|完成率|完工率|竣工率|支付率|项目)[^,。;]{0,12}\d+%|\d+%的(?:任务|工作量|项目)"
    r"|完成(?:年度|全年|总|计划|目标|任务|投资|工程|工作|量|的){0,4}\d+%"
)
_HEADING = 22  # a line this short that does not run on is a heading
_REACH = 90  # characters behind a name in which its duty stands
_OFFICE_AT = re.compile(r"办公室设在(?P<name>[一-龥]{2,14}?(?:局|委|办公室|办|室))(?=[,。;])")
_NAME = re.compile(
    r"(?:(?<=^)|(?<=[。;,:、).是由])|(?<=会同))(?P<name>(?:(?:省|市|县|区|州|旗|镇|乡|盟|街道)(?:委|政府|人大)?[一-龥]{0,14}?"
    r"(?:局|厅|所|委员会|常委会|办公室|办公厅|督查室|两办|中心|[委办])|财政[一-龥]{0,6}局|审计局|督查(?:考核)?[一-龥]{0,2}[室办科])"
    r"(?:(?:、|和|及)(?:省|市|县|区|州|旗)?[一-龥]{1,14}?(?:局|厅|委|办公室|督查室|办)){0,5}(?:\((?!设|在)[一-龥]{2,8}[室办科局]\))?)(?:\([^()]{2,20}\))?"
    r"(?!实事)(?=[要会发负加牵对按进统把将定做切应组建开及具严充结纳认每办扎适采跟不实以确落汇同全])"
)
# 考核工作由市政府督查室牵头, 项目资金由街道财政办统筹: what is to be done tells the role.
_BY_WHOM = re.compile(
    r"(?P<what>资金|投资|考核|督[查办导]|审计)(?:[^。;,由]{0,8}|[^。;,由]{0,12},)由(?P<name>[一-龥、]{2,30}?)"
    r"(?:按[^,。;]{2,6}?|及时|足额|统一)*(?:统筹|牵头|负责|承担|落实|组织|保障|拨付)"
)
_PAYS = re.compile(r"[^,。;]{0,8}(?:拨付|支付|兑付)")  # 镇财政办按进度拨付
_ROLE_OF = {"资金": "finance", "投资": "finance", "审计": "audit"}


def program_year(title: str, text: str, issued_year: int | None) -> int | None:
    """Return the programme year: from the title, else the year the text speaks of most."""
    if printed := _year_of_title(title):
        return printed
    if "今年" in text and (gone := _LAST_YEAR.search(text)):
        return int(gone[1]) + 1
    published = _PUBLISHED.search(text)
    if published and not issued_year and "今年" in text:
        return int(published[1] or published[2])
    text = _LAST_YEAR.sub("", text)
    near = re.findall(r"(20\d\d)\s*年[^。;]{0,30}?(?:民生|实事|惠民|工程|任务)", text)
    years = [int(y) for y in near or re.findall(r"(20\d\d)\s*年", text)]
    if not years:
        return issued_year or (int(published[1] or published[2]) if published else None)
    ranked = Counter(years).most_common()
    top = ranked[0][1]
    return max(year for year, count in ranked if count == top)


def _year_of_title(title: str) -> int | None:
    """Return the year in a title; not one of which it reports: 2014年完成情况和2015年项目安排."""
    years = list(re.finditer(r"(20\d\d)\s*[年\-—~至]", title)) or list(
        re.finditer(r"(?<!\d)(20[0-4]\d)(?!\d)", title)
    )
    for match, following in pairwise(years):
        if not cue_pattern("title-result").search(title, match.end(), following.start()):
            return int(match[1])
    return int(years[-1][1]) if years else None


def program_deadlines(
    folded: FoldedText,
    prose: Sequence[Stretch],
    year: int | None,
    span: Callable[[int, int], Span],
) -> list[Milestone]:
    """Return the deadlines and reporting rules that hold for the whole program."""
    found: list[Milestone] = []
    for place in _paragraphs(folded, prose):
        view = folded.view(place.begin, place.end)
        dates = find_dates(view.folded, year)
        for stage in split_stages(view, dates, year):
            begin = _clause(view.folded, stage.begin)
            end = _clause_stop(view.folded, stage.date.end, stage.end)
            if end == stage.date.end and end < stage.end:  # 12月10日前，各项实事要全部完成
                end = _clause_stop(view.folded, end + 1, stage.end)
            words = view.folded[begin:end].replace("完成情况", "")  # 年底将完成情况纳入考核
            rule = bool(stage.date.recurrence)
            if not cue_pattern("reporting" if rule else "due").search(words):
                continue
            if not rule and _DONE.search(words):
                continue  # 至12月底已圆满完成: over, no deadline
            counted = _counted().search(view.folded, stage.date.end, end)
            share = _OF_ALL.search(words) is not None
            if not rule and counted and not share:
                continue  # a number that is due then belongs to some task or goal
            sure = share or stage.date.before or stage.date.precision in {"late", "year"}
            if not (rule or sure or cue_pattern("all-of-it").search(words)):
                continue
            where = span(*view.range(begin, end))
            last = found[-1] if found else None
            if (
                rule
                and last
                and last.recurrence == stage.date.recurrence
                and _adjoins(last, begin, view)
            ):
                found[-1] = _extended(last, view, end, span)  # 一月一调度、一月一督查
                continue
            found.append(
                Milestone(
                    stage.date.due,
                    view.text[begin:end],
                    start=stage.date.first,
                    precision=stage.date.precision,
                    recurrence=stage.date.recurrence,
                    optional=rule or stage.date.bare_before,
                    span=where,
                )
            )
    return found


def _paragraphs(folded: FoldedText, prose: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the paragraphs of `prose`: a heading line is one, a sentence over two lines too."""
    for place in prose:
        start = at = place.begin
        for line in folded.folded[place.begin : place.end].split("\n"):
            at += len(line) + 1
            text = line.strip(" \t*#")
            if text and (text[-1] in "。;:!?" or len(text) < _HEADING) and text[-1] not in ",、":
                yield Stretch(start, min(at, place.end))
                start = at
        if start < place.end:
            yield Stretch(start, place.end)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\d\s*[万亿]?{unit_pattern()}")


def _adjoins(last: Milestone, begin: int, view: View) -> bool:
    """Tell whether `last` stands right before `begin`, in the same paragraph."""
    place = last.span
    return place is not None and (
        place.begin >= view.origin[0] and view.origin[begin] - place.end <= 2
    )


def _extended(last: Milestone, view: View, end: int, span: Callable[[int, int], Span]) -> Milestone:
    start = last.span.begin if last.span else 0
    place = span(start, view.origin[end - 1] + 1)
    begin = view.origin.index(start)
    return with_changes(last, text=view.text[begin:end], span=place)


def _clause(text: str, begin: int) -> int:
    return last_of(text, "。;,、“”", 0, begin) + 1


def _clause_stop(text: str, begin: int, end: int) -> int:
    stops = [i for c in ",;。" if (i := text.find(c, begin, end)) >= 0]
    return min(stops, default=end)


def program_departments(
    folded: FoldedText, prose: Sequence[Stretch], span: Callable[[int, int], Span]
) -> list[Assignment]:
    """Return the units that coordinate, supervise, finance or audit the whole program."""
    found: dict[tuple[str, str], Assignment] = {}
    for place in _paragraphs(folded, prose):
        view = folded.view(place.begin, place.end)
        for (begin, end), role, rule, optional in _duties_in(view.folded):
            left, right = view.range(begin, end)
            for name in names_in(folded, left, right, role, span):
                entry = with_changes(name, order=len(found) + 1, rule=rule, optional=optional)
                found.setdefault((name.name, role), entry)
    return list(found.values())


def _duties_in(text: str) -> Iterator[tuple[tuple[int, int], str, str, bool]]:
    """Yield where names stand in folded `text`, their role, its rule, and if it is optional."""
    for match in _OFFICE_AT.finditer(text):
        yield match.span("name"), "coordinator", "office-at", False
    for match in _BY_WHOM.finditer(text):
        yield match.span("name"), _ROLE_OF.get(match["what"], "supervisor"), "prose", False
    for match in _NAME.finditer(text):
        sentence = re.split("[。;]", text[match.end() : match.end() + _REACH])[0]
        sentence = sentence[: _next_name(sentence)]
        if "财政" in match["name"] and _PAYS.match(sentence):
            yield match.span("name"), "finance", "prose", False
            continue
        for role, pattern, optional in _duties():
            if role == "audit" and "财政" in match["name"] and "审计" not in match["name"]:
                continue  # 会同审计局加强资金监管: it provides the money
            if role == "finance" and "审计" in match["name"]:
                continue  # 做好跟踪审计，确保资金及时到位
            watches = role == "supervisor" and _WATCHES.search(match["name"] + "。" + sentence)
            if watches or pattern.search(sentence):
                yield match.span("name"), role, "prose", optional


@cache
def _duties() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Return the roles for the whole program, the pattern of each, and if it is optional."""
    funds, audits = any_of("funds-verb"), r"(?:加强|强化|严格)"
    found = [
        # 负责统筹资金 is no coordination.
        (
            role,
            re.compile(rf"(?:{cue_pattern(group, role).pattern})(?!资金)"),
            group.endswith("weak"),
        )
        for group in ("program-duty", "program-duty-weak")
        for role in dict.fromkeys(cue_values(group).values())
    ]
    finance = (
        rf"{funds}[^。;]{{0,12}}资金|资金[^。;]{{0,10}}{funds}"
        r"|专[户账]管理|专账核算|(?:资金|经费)[^。;]{0,20}(?:列入|纳入)[^。;]{0,8}预算"
    )
    audit = (
        rf"审计监督|{audits}审计|资金[^。;,]{{0,10}}(?:审计|监督)"
        rf"|{audits}[^。;]{{0,6}}资金[^。;]{{0,6}}监管|(?:跟踪|专项|开展|负责)审计"
    )
    found += [("finance", re.compile(finance), False), ("audit", re.compile(audit), False)]
    return tuple(found)


def _next_name(sentence: str) -> int:
    """Return where another name begins; who is only 会同 takes part in the same duty."""
    others = (
        m.start() for m in _NAME.finditer(sentence) if not sentence.endswith("会同", 0, m.start())
    )
    return next(others, len(sentence))
