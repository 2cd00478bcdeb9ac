"""Numbers in a text: every numeral, with its measure word or the rule that sets it aside."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from mskg.extract.past import is_past
from mskg.lexicon.contacts import telephone
from mskg.lexicon.cues import any_of, cue_values, cues
from mskg.lexicon.number_contexts import number_contexts
from mskg.lexicon.units import unit_of, unit_pattern
from mskg.text import DateExpression, chinese_number, last_of, plain_number

__all__ = ["Number", "find_numbers"]


class Number(NamedTuple):
    """A numeral at ``[begin, end)`` of folded text; the measure word ends at ``stop``.

    ``rule`` is empty for a quantity, else names why the numeral is none (age, ordinal,
    date, name …). ``reach`` is where words that belong to the quantity end (以上, 左右);
    ``lead`` is where words before it begin (不少于, 约).
    """

    begin: int
    end: int
    stop: int
    lead: int
    reach: int
    value: Decimal
    unit: str = ""
    kind: str = "count"
    op: str = "eq"
    upper: Decimal | None = None
    rule: str = ""


_MULTIPLIER = r"(?:万亿|千万|百万|亿|万|千(?![米克瓦伏])|百(?!分|货|姓|家|日))"
_QUOTED = re.compile(r"“[^“”]{0,20}”|《[^《》]*》|〔[^〕]*〕|‘[^‘’]{0,20}’|\"[^\"]{1,12}\"")


@cache
def _pattern() -> re.Pattern[str]:
    unit = unit_pattern()
    return re.compile(
        rf"""
        (?=[\d百一二两三四五六七八九十千])  # most characters end here
        (?:(?:(?P<low>\d+(?:\.\d+)?)(?P<lowmul>{_MULTIPLIER})?(?:{unit})?[-~至到]+(?=\d)(?!\d+(?:\.\d+)*(?:月(?!龄)|[日号年时点])))?
        (?P<arabic>\d+(?:,\d{{3}})+(?:\.\d+)?(?!\d)
          |\d{{1,3}}(?:\ \d{{3}})+(?={_MULTIPLIER}|{unit})|\d+(?:\.\d+)?)\ ?
        (?P<more>[余多])?(?P<mul>{_MULTIPLIER})?(?P<more2>[余多])?(?P<unit>{unit}(?:\({unit}\))?)?
       |(?:百分之(?P<percent>[一二三四五六七八九十百]+|\d+(?:\.\d+)?)(?![\d.]*[月日号]))
       |(?P<han>[一二两三四五六七八九十百千]+)(?P<hanmul>万)?(?P<hanunit>{unit_pattern(chinese_only=True)}|(?:(?<=[百千万])|(?<=[二三四五六七八九]十)){unit}))
        """,
        re.VERBOSE,
    )


@cache
def _telephone() -> re.Pattern[str]:
    return re.compile(telephone())


def find_numbers(text: str, dates: list[DateExpression], year: int | None) -> list[Number]:
    """Return all numerals of folded `text` in order.

    Chinese numerals count only as real counts behind a verb (更换三栋教学楼窗户).
    """
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    called = [m.span() for m in _telephone().finditer(text)]
    numbers = []
    for match in _pattern().finditer(text):
        number = _number(match, text)
        if number is None:
            continue
        place = next((p for p in called if p[0] < number.end and number.begin < p[1]), None)
        if place is not None:
            called.remove(place)
            numbers.append(_as_telephone(number, *place))
            continue
        if numbers and number.begin < numbers[-1].end:
            continue  # the rest of a telephone number: 139-1234-5678
        rule = _rule_of_place(number, text, dates, quoted)
        if not rule:
            compared = _compared(match, number, text)
            rule = _rule_of_words(match, compared, text, year)
            if rule in {"", "past"}:  # 二季度完成任务的50%以上 may be due after all
                number = compared
        numbers.append(number._replace(rule=rule) if rule else number)
    return numbers


def _as_telephone(number: Number, begin: int, end: int) -> Number:
    return number._replace(
        begin=begin, end=end, stop=end, lead=begin, reach=end, unit="", kind="count", rule="contact"
    )


def _number(match: re.Match[str], text: str) -> Number | None:
    """Return the numeral alone, without the words of comparison at its sides."""
    begin, end, stop = match.start(), match.end(), match.end()
    if digits := match["percent"]:
        value = Decimal(digits) if digits[0].isdigit() else chinese_number(digits)
        if value is None:
            return None
        value, unit = Decimal(value), "%"
    elif match["han"]:
        count, unit = chinese_number(match["han"] + (match["hanmul"] or "")), match["hanunit"]
        if count is None or not _is_real_count(match, text):
            return None
        value, end = Decimal(count), match.start("hanunit")
    else:
        value, unit = plain_number(match["arabic"], match["mul"] or ""), match["unit"] or ""
        end = match.start("unit") if unit else end
    return Number(begin, end, stop, begin, stop, value, unit, _unit_kind(unit))


def _compared(match: re.Match[str], number: Number, text: str) -> Number:
    """Return `number` with the comparison that its sides print, or the range it is the end of."""
    lead, before = _comparator_before(text, number.begin)
    reach, after = _comparator_after(text, number.stop)
    more = "ge" if match["more"] or match["more2"] else ""
    op = after or more or before or "eq"
    if (lead, reach, op) != (number.lead, number.reach, number.op):
        number = number._replace(lead=lead, reach=reach, op=op)
    if not match["low"]:
        return number
    low = plain_number(match["low"], match["lowmul"] or match["mul"] or "")
    return number._replace(value=low, op="ge", upper=number.value)


def _unit_kind(unit: str) -> str:
    found = unit_of(unit)
    return found.kind if found else "count"


def _is_real_count(match: re.Match[str], text: str) -> bool:
    """Tell a real count (更换三栋) from a phrase (三个方面, 一批): a verb stands before it."""
    before = text[max(0, match.start() - 4) : match.start()]
    after = text[match.end() : match.end() + 2]
    if after in cues("counted-phrase"):
        return False
    if _LARGE.search(match["han"] + (match["hanmul"] or "")):
        return True  # 三百公里, 八千人
    if re.search(rf"(?:{any_of('build-verb')}|{_FAR.pattern})\Z", before):
        return True
    several = match["han"] != "一" and match["hanunit"] != "个"
    if several and _listed().search(text, max(0, match.start() - _CLAUSE), match.start()):
        return True
    closed = match.end() == len(text) or text[match.end()] in ",;。、"
    return (
        closed
        and _POSTPOSED.search(text, max(0, match.start() - _CLAUSE), match.start()) is not None
    )


def _comparator_before(text: str, begin: int) -> tuple[int, str]:
    op, lead = "", begin
    while lead and (text[lead - 1] in _near() or _FAR.search(text, max(0, lead - 24), lead)):
        match = _before().search(text, max(0, lead - 24), lead)
        if match is None or text.endswith(cues("comparator-in-word"), 0, lead):
            break  # 彩超4台 has no 超
        value = cue_values("comparator-before")[match["cue"] or match["far"]]
        op = op if op not in ("", "eq") else value
        lead = match.start()
    return lead, op


_CLAUSE = 40  # characters before a Chinese numeral in which its clause begins
# 添置彩超机一台、DR机一台: a noun right before it; 每村一场 is a rate, 第一项 an ordinal.
_POSTPOSED = re.compile(
    r"(?:^|[,;。、:\n])(?!每)[^,;。、:\n每逐]{2,}[^,;。、:\n每逐第统唯之其同这该各上下]$"
)


@cache
def _listed() -> re.Pattern[str]:
    # 改造东街、西街两条道路, 打通人民路等三条道路: their names stand before it.
    return re.compile(rf"{any_of('build-verb')}[^,;。:\n]*(?:等|、[\u4e00-\u9fff]{{2,12}})\Z")


_LARGE = re.compile(r"[一二两三四五六七八九十][百千万]$")
_FAR = re.compile(r"不[得能应]?(?:少于|低于|超过|高于)|至少|最[少高]")


@cache
def _near() -> frozenset[str]:
    """Return the last characters of the comparators that stand right before a number."""
    return frozenset(cue[-1] for cue in cues("comparator-before"))


@cache
def _before() -> re.Pattern[str]:
    cue = any_of("comparator-before")
    # 不低于每人每月1100元, 至少建成1所: a rate or a verb may stand between.
    between = (
        rf"(?:(?:每[^,。;\d每]{{1,4}}){{1,2}}|{any_of('build-verb')}|补助|补贴|奖补|资助|奖励|救助"
        r"|[^,。;:\d]{2,16}的"  # 不低于当地最低生活保障标准的1.3倍
        r"|(?<=至少)[\u4e00-\u9fff]{1,2})"  # 至少发展1个
    )
    return re.compile(rf"(?P<cue>{cue})$|(?P<far>{_FAR.pattern}){between}$")


def _comparator_after(text: str, stop: int) -> tuple[int, str]:
    match = _after().match(text, stop)
    if not match:
        return stop, ""
    return match.end(), cue_values("comparator-after")[match.group()]


@cache
def _after() -> re.Pattern[str]:
    return re.compile(
        any_of("comparator-after")
        + r"(?![容部在涵外设需]|(?<=多)[层种功元媒样渠]|(?<![以之]内)(?<=内)[街巷河湖])"
    )


def _rule_of_place(
    number: Number, text: str, dates: list[DateExpression], quoted: list[tuple[int, int]]
) -> str:
    """Return the rule that sets a numeral aside for what it stands in; empty for a quantity."""
    begin, stop = number.begin, number.stop
    for date in dates:
        if date.begin < stop and begin < date.end:
            return "date"
    if rule := _rule_of_context(number, text):
        return rule
    return "name" if any(b < begin and stop < e for b, e in quoted) else ""


def _rule_of_words(match: re.Match[str], number: Number, text: str, year: int | None) -> str:
    """Return the rule that sets a numeral aside for what its words say; empty for a quantity."""
    if rule := _rule_of_kind(number, text):
        return rule
    if is_past(text, number.begin, year):
        return "past"
    if not number.unit and not _countable(match, text):
        return "code" if number.end - number.begin > _LONGEST else "unknown"
    return ""


def _rule_of_context(number: Number, text: str) -> str:
    """Return the rule that the words at either side give: ordinal, code, road, name."""
    begin, end = number.begin, number.end
    floor = max(0, begin - 8)
    # Most numbers have none of them beside, which one look at each side tells.
    contexts = number_contexts()
    if not contexts.before.search(text, floor, begin) and not contexts.behind.match(text, end):
        return ""
    for rule, before, after in contexts.rows:
        if rule == "code" and number.unit and (after or _counted_code(text, begin)):
            continue  # letters that are a measure word: 100MW
        if rule == "name" and _is_line(number, text):
            continue
        if (not before or before.search(text, floor, begin)) and (
            not after or after.match(text, end)
        ):
            return rule
    return ""


def _counted_code(text: str, begin: int) -> bool:
    """Tell AED100台 and 11座/420延米, where letters or a slash part a count from the thing."""
    return _APART.search(text, max(0, begin - 12), begin) is not None


def _is_line(number: Number, text: str) -> bool:
    """Tell lines that are counted (新增监控300路) from the name of a road or a bus."""
    if number.unit != "路" or not _LINE_END.match(text, number.stop):
        return False
    floor = max(0, number.begin - 16)
    video = _VIDEO.search(text, floor, number.begin)
    return video is not None or _BUS.search(text, floor, number.end + 16) is None


def _rule_of_kind(number: Number, text: str) -> str:
    """Return the rule that the measure word gives: age, condition, grade, duration."""
    if number.kind == "age":
        return "age"
    if number.unit in {"户", "人"} and _CONDITION.match(text, number.stop):
        return "condition"
    if number.op in {"lt", "gt"} and number.kind != "count" and _whom(text, number):
        return "condition"
    if _grade(text, number) or number.unit in _SPECIFICATIONS:
        return "grade"
    if number.unit in {"米", "层"} and _BUILDING.match(text, number.stop):
        return "condition"
    if not number.unit and _YEAR_IN_NAME.fullmatch(text, number.begin, number.stop + 1):
        return "name"
    printed = text[number.begin : number.end]
    if not number.unit and _YEARS.fullmatch(printed):
        return "date"
    opens = number.begin == 0 or text[number.begin - 1] in "。;:"
    if opens and not number.unit and _PART.match(text, number.begin):
        return "ordinal"
    if number.kind == "duration" and not _time_standard(text, number):
        return "duration"
    return ""


def _whom(text: str, number: Number) -> bool:
    """Tell a bound that says who gets something: 为人均耕地低于0.3亩、满60周岁的农民…."""
    if _THOSE.match(text, number.stop):
        return True
    clause = last_of(text, ",。;", 0, number.lead) + 1
    given = text[clause : clause + 1] in {"为", "对", "向", "给"}
    whom = re.compile(rf"[^,。;]{{0,16}}的[^,。;]{{0,12}}?{any_of('whom')}")
    return given and whom.match(text, number.stop) is not None


_APART = re.compile(
    rf"\d[余多]?{_MULTIPLIER}?[\u4e00-\u9fff]{{1,3}}/$|(?<![A-Za-z\d])(?!DN|PE|PM|PVC)[A-Z]{{2,4}}$"
)
# 人均住房面积低于13平方米的低保家庭, 集体收入超过20万元的村由4个增加到6个
_THOSE = re.compile(
    r"的(?:低保|贫困|困难|特困|农村|城镇)?(?:家庭|村(?!级|庄)|户|企业|居民|人员|职工|农户|群众|对象)"
)
_SPECIFICATIONS = frozenset({"千伏", "kV", "KV", "伏"})  # 10千伏线路20公里: of the line
_CONDITION = re.compile(
    r"(?:及?以上|以下)的?(?:[^,。;\d、]{0,5}(?:自然[村屯]|行政村|居民点)|村庄|村民|村组|村|屯|居民点|集中居住|集中安置|安置|社区|小区)"
)
_GRADE = re.compile(
    r"[A-Za-z]*(?:级|星|等级|A级|线城市|代|甲|股|寸|[度]电|孩政策|孩|层(?![次级面]))"
)
_BUILDING = re.compile(r"(?:及?以上|以下)的?[^,。;\d]{0,30}(?:建筑|楼)")
_YEARS = re.compile(r"20\d\d[-~至到—]+20\d\d")  # 起止年限 2022-2024
# 1.1 社区食堂提质; 1.新建站6个；2.新增床位90张 in one cell
_PART = re.compile(r"\d\.\d{1,2}(?=\D|\Z)|\d{1,2}(?:[.、](?!\d)|\))")
_YEAR_IN_NAME = re.compile(r"20[0-3]\d[\u4e00-\u9fff]")  # 2021中国(安徽)交易会
_LONGEST = 11  # digits of a number that counts something; longer ones are accounts and codes
_LINE_END = re.compile(r"[,。;、()]|\Z|高清|监控|视频|摄像|信号")
_VIDEO = re.compile(r"监控|视频|摄像|探头|高清|人脸|抓拍")
_BUS = re.compile(r"公交|线路|开通|班车|巴士")


def _grade(text: str, number: Number) -> bool:
    return _GRADE.match(text, number.end, number.end + 5) is not None


def _time_standard(text: str, number: Number) -> bool:
    """Tell a promised time (压缩至5个工作日, 15分钟到达) from a mere duration (3年行动)."""
    before = text[max(0, number.lead - 8) : number.begin]
    after = text[number.stop : number.stop + 4]
    if number.unit in {"年", "周", "星期"}:
        return False
    if number.unit == "天" and re.search(r"天数|日数", before):
        return True
    if number.op in {"ge", "gt", "le", "lt"} and number.unit not in {"日", "个月"}:
        return True
    if re.search(
        r"(?:压缩|缩短|压减|减少|控制|降|提速|不超过|不多于|提前)[^,。;]{0,4}(?:至|到|为|在)?$",
        before,
    ):
        return True
    if number.unit in {"分钟", "小时", "个小时"}:
        return (
            re.match(r"(?:以?内)?(?:到达|响应|办结|赶到|抵达|到场|处置|回应|送达)", after)
            is not None
        )
    return (
        re.match(
            r"(?:之内|以内|内)?(?:办结|办完|响应|答复|出证|完成审)|(?:之内|以内|内)(?:完成|到|办)",
            after + "    ",
        )
        is not None
    )


_NO_NOUN = re.compile(r"支持|用于|按照?|对|由|在|为|补助|奖补|用来")
_PEOPLE = re.compile(r"(?:人口|人数|人员|户数|[劳动]力)(?:累计)?(?:达到?|为)?$")


def _countable(match: re.Match[str], text: str) -> bool:
    """Tell whether a number without measure word counts the noun behind it (7.2万中小学生)."""
    following = text[match.end() : match.end() + 1]
    if (
        match["mul"]
        and (not following or following in "。;," or _after().match(text, match.end()))
        and _PEOPLE.search(text, 0, match.start())
    ):
        return True  # 新增农村通自来水人口120万。
    if _NO_NOUN.match(text, match.end()):
        return False  # 450000 支持…: the number stood in a cell of its own
    noun = (
        "\u4e00" <= following <= "\u9fff"
        and following not in "的、年月日时内外和与及以至到起多余其但并"
    )
    return bool(match["arabic"]) and noun and (match["mul"] is not None or len(match["arabic"]) > 1)
