"""What the prose around the list says of the whole program: year, count, deadlines, duties."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from mskg.extract.departments import names_in
from mskg.extract.milestones import split_stages
from mskg.lexicon.cues import any_of, cue_pattern, cue_values
from mskg.lexicon.units import unit_pattern
from mskg.model import Assignment, Milestone
from mskg.model.outline import Stretch
from mskg.text import find_dates, last_of, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mskg.model import Span
    from mskg.text import FoldedText, View

__all__ = ["declared_count", "program_deadlines", "program_departments", "program_year"]

# The line of a web page that tells when it was put there.
_PUBLISHED = re.compile(
    r"(?:发布|发表|发文|成文|更新|生成|编辑)?(?:时间|日期)[::]?\s*(20[0-4]\d)[-./年]\d{1,2}[-./月]"
    r"|(?:^|[ \t])(20[0-4]\d)-\d{1,2}-\d{1,2}(?=[ \t]|$)",
    re.MULTILINE,
)
_LAST_YEAR = re.compile(r"(?:过去的|回顾|去年[,(])\s*(20[0-4]\d)\s*年")
_PROPOSED = re.compile(r"[^,。;\d]{0,12}?(?:候选|备选|征集|建议)|[^,。;\d]{0,4}的(?:责任|牵头)")
_FEWEST = 2
_LOOK = 100  # characters before a count that say what it is of
_ANY = 3  # patterns before it say that all are counted
_GROUPS = (
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?:大?类别?|个?方面|大?领域|大?板块|大项|件(?=\d))[共计的,]{0,2}"
)
# 28项民生工程全面完成: of a year that is over.
_OVER = re.compile(
    r"[^,。;]{0,8}(?:(?:全面|全部|圆满|如期|均已|累计|顺利)[^,。;]{0,4}完成|兑现|已完成)"
)
_OF_YEAR = re.compile(rf"(?:(20\d\d)|去|上)年[^,。;\d年]{{0,8}}?(?:{_GROUPS})?[^,。;\d年]{{0,6}}$")
# 为贯彻落实《省政府关于实施33项民生工程的通知》: the count of another plan.
_OF_OTHER = re.compile(r"(?:贯彻|落实|按照|根据|依据|执行|转发)[^《》。;]{0,24}《[^《》]*$")
_DONE = re.compile(r"(?<!不)已(?!定)")
_NUMBER = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})"
_COUNT = (
    # 从19项候选项目中票决出17项: what was chosen, not what was proposed.
    re.compile(
        rf"(?:票决|投票|评选|遴选|差额)(?:产生|确定|选)?出?(?:了|以下)?[^,。;\d]{{0,4}}(?:20\d\d年)?"
        rf"[^,。;\d]{{0,8}}?{_NUMBER}\s*(?:[项件]|大(?!类|领域|方面|板块)|个(?=民生实事|实事|项目))"
    ),
    re.compile(rf"最终(?:票决)?(?:产生|确定|选出|评选出|选定)了?\s*{_NUMBER}\s*[项件]"),
    re.compile(
        rf"共(?:计|有|安排|实施|确定|(?:涉及|包括|包含)(?=\s*\w{{1,3}}[项件]))?\s*(?:{_GROUPS})?{_NUMBER}\s*(?:[项件]|个(?!月|百|方面|领域|类|大))"
    ),
    # 为民办实事10件, “民生微实事”项目16个
    re.compile(
        rf"(?:(?:民生|惠民|为民办?)?微?实事|民生工程|惠民工程|民心工程)”?(?:项目|工程)?(?:共|计|合计|为|安排)?\s*{_NUMBER}\s*"
        r"(?:大?[项件]|个(?!月|百|方面|领域|类|大|小项))"
    ),
    re.compile(rf"\(共?{_GROUPS}{_NUMBER}\s*[项件个]\)"),
    re.compile(
        r"(?P<n>\d{1,3}|[一二三四五六七八九十]{2,3}|(?:(?<=20\d\d)|(?<![一\d]))[二三四五六七八九十])\s*"
        r"(?:[项件]|个(?=民生实事|实事|项目为|为民办实事|具体项目)|方面(?=(?:[省市县区]政府)?(?:民生实事|实事|为民办实事)))"
        r"(?:重点|重大|省级|市级|民心|具体|大事[和及]|[省市县区]政府)*(?:民生|实事|惠民|为民|便民|工程|民心|项目|事项|重点(?:工作|任务)|目标任务|具体(?:工作)?任务)"
    ),
    re.compile(r"(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})大(?:重点)?(?:民生|惠民|为民|民心)"),
    # 实施民生实事5大类15项; 突出抓好以下16项
    re.compile(
        rf"(?:实事|民生工程|惠民工程|民心工程)(?:项目)?(?:{_GROUPS}|共|计){{1,2}}\s*{_NUMBER}\s*[项件]"
    ),
    re.compile(rf"(?:抓好|办好|实施|完成|推进|办理)以下\s*{_NUMBER}\s*[项件]"),
    re.compile(rf"(?:再办|兴办|办成|本表列(?:出|入)?)\s*{_NUMBER}\s*[项件]"),
    re.compile(rf"(?:现将|所列项目)\s*{_NUMBER}\s*(?:个项目|[项件个])"),
)
_WATCHES = re.compile(r"督[查办][室办处]?[^。]{0,2}。[^。]{0,30}(?:通报|跟踪|检查|调度|问效)")
# 6月底前完成全年任务的50%: a share of everything, not of one task.
_OF_ALL = re.compile(
    r"(?:任务|进度|开工率|完成率|完工率|竣工率|支付率|项目)[^,。;]{0,12}\d+%|\d+%的(?:任务|工作量|项目)"
)
_HEADING = 22  # a line this short that does not run on is a heading
_REACH = 90  # characters behind a name in which its duty stands
_OFFICE_AT = re.compile(r"办公室设在(?P<name>[一-龥]{2,14}?(?:局|委|办公室|办|室))(?=[,。;])")
_NAME = re.compile(
    r"(?:(?<=^)|(?<=[。;,:、).是由])|(?<=会同))(?P<name>(?:(?:省|市|县|区|州|旗|镇|乡|盟|街道)(?:委|政府|人大)?[一-龥]{0,14}?"
    r"(?:局|厅|所|委员会|常委会|办公室|办公厅|督查室|两办|中心|[委办])|财政[一-龥]{0,6}局|审计局|督查(?:考核)?[一-龥]{0,2}[室办科])"
    r"(?:(?:、|和|及)(?:省|市|县|区|州|旗)?[一-龥]{1,14}?(?:局|委|办公室|督查室|办)){0,5}(?:\((?!设|在)[一-龥]{2,8}[室办科局]\))?)(?:\([^()]{2,20}\))?"
    r"(?!实事)(?=[要会发负加牵对按进统把将定做切应组建开及具严充结纳认每办扎适采跟不实以确落汇同全])"
)
# 考核工作由市政府督查室牵头, 项目资金由街道财政办统筹: what is to be done tells the role.
_BY_WHOM = re.compile(
    r"(?P<what>资金|考核|督[查办导]|审计)(?:[^。;,由]{0,8}|[^。;,由]{0,12},)由(?P<name>[一-龥、]{2,30}?)"
    r"(?:按[^,。;]{2,6}?|及时|足额|统一)*(?:统筹|牵头|负责|承担|落实|组织|保障|拨付)"
)
_ROLE_OF = {"资金": "finance", "审计": "audit"}


def program_year(title: str, text: str, issued_year: int | None) -> int | None:
    """Return the programme year: from the title, else the year the text speaks of most."""
    match = re.search(r"(20\d\d)\s*(?:年|-)", title) or re.search(
        r"(?<!\d)(20[0-4]\d)(?!\d)", title
    )
    if match:
        return int(match[1])
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


def declared_count(
    folded: FoldedText,
    prose: Sequence[Stretch],
    year: int | None,
    span: Callable[[int, int], Span],
) -> tuple[int | None, Span | None]:
    """Return how many tasks the prose says there are in `year`, and where it says so.

    What is over counts only where nothing else is said, as in a report at the end of the year.
    """
    found = []
    for place in prose:
        view = folded.view(place.begin, place.end)
        for rank, pattern in enumerate(_COUNT):
            for match in pattern.finditer(view.folded):
                if _is_count(view.folded, match, year):
                    over = _OVER.match(view.folded, match.end()) is not None
                    at = view.range(match.start(), match.end())
                    found.append((over, min(rank, _ANY), at, match["n"]))
    if not found:
        return None, None
    # The surest way to say it, then the first place where it is said.
    _, _, at, count = min(found)
    return whole_number(count), span(*at)


def _is_count(text: str, match: re.Match[str], year: int | None) -> bool:
    """Tell the count of the whole list from that of a part, of another year or another plan."""
    begin = match.start("n")
    if (whole_number(match["n"]) or 0) < _FEWEST:
        return False
    if not match.group().startswith("共") and _is_part(text, begin):
        return False
    if _PROPOSED.match(text, match.end()) or _OF_OTHER.search(text, max(0, begin - _LOOK), begin):
        return False
    of = _OF_YEAR.search(text, max(0, begin - _LOOK), begin)
    return of is None or year is None or int(of[1] or 0) == year


def _is_part(text: str, begin: int) -> bool:
    """Tell a count of one group (省达19项, 19+6) from the count of the whole list."""
    before = text[max(0, begin - 18) : begin]
    group = re.search(
        r"其中[^,。;]{0,10}$|(?:省达|省定|省级|市定|市级|下达|新增|每|前|第)[^,。;]{0,6}$", before
    )
    return group is not None or before.endswith("+") or text[begin : begin + 4].count("+") > 0


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
            words = view.folded[begin:end]
            rule = bool(stage.date.recurrence)
            if not cue_pattern("reporting" if rule else "due").search(words):
                continue
            if not rule and _DONE.search(words):
                continue  # 至12月底已圆满完成: over, no deadline
            counted = _counted().search(view.folded, stage.date.end, end)
            if not rule and counted and not _OF_ALL.search(words):
                continue  # a number that is due then belongs to some task or goal
            sure = stage.date.before or stage.date.precision in {"late", "year"}
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
    return last.span is not None and view.origin[begin] - last.span.end <= 2


def _extended(last: Milestone, view: View, end: int, span: Callable[[int, int], Span]) -> Milestone:
    start = last.span.begin if last.span else 0
    place = span(start, view.origin[end - 1] + 1)
    begin = view.origin.index(start)
    return replace(last, text=view.text[begin:end], span=place)


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
                entry = replace(name, order=len(found) + 1, rule=rule, optional=optional)
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
        for role, pattern, optional in _duties():
            if role == "audit" and "财政" in match["name"]:
                continue  # 会同审计局加强资金监管: it provides the money
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
        rf"|{audits}[^。;]{{0,6}}资金[^。;]{{0,6}}监管|(?:跟踪|专项|开展)审计"
    )
    found += [("finance", re.compile(finance), False), ("audit", re.compile(audit), False)]
    return tuple(found)


def _next_name(sentence: str) -> int:
    """Return where another name begins; who is only 会同 takes part in the same duty."""
    others = (
        m.start() for m in _NAME.finditer(sentence) if not sentence.endswith("会同", 0, m.start())
    )
    return next(others, len(sentence))
