"""The place that a document speaks for, from what it prints: issuer, title, letterhead, text.

Issuer and title win over everything; a place printed only inside other text (a building
site, the plan of the city above) counts little. Names that several places share (鼓楼区)
are decided by a place above them that the document names, else they stay undecided.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from mskg.lexicon.cues import cue_pattern, cues
from mskg.lexicon.departments import body_values, body_words
from mskg.lexicon.regions import Region, region_table
from mskg.ns import digest
from mskg.text.folding import fold, unspaced

__all__ = ["RegionFinding", "find_region", "read_folded_region", "read_region"]

_SPACE = re.compile(r"[ \t\u3000\xa0]+")
_HAN = r"[\u4e00-\u9fff]"
# Words of organs that speak for a place.
_ORGAN = re.compile(
    r"人民政府|政府|县委|市委|区委|省委|州委|旗委|盟委|地委|委员会|委办|委、|行政公署|行署|民生办"
    r"|(?:第?[一二三四五六七八九十百\d]{1,4}届)?(?:人大|人民代表大会)"
)
_BASIS = re.compile(
    r"(?:按|按照|根据|依据|落实|贯彻|执行|参照|转发|对照|结合|关于转发|以及)[《“]?\Z"
)
_LETTERHEAD = re.compile(
    r"^[ \t\u3000]*((?:中共|中国共产党)?[\u4e00-\u9fff]{2,20}(?:人民政府|委员会|[县市区省州旗盟]委)"
    r"(?:办公室|办公厅)?)(?:文件)?[ \t\u3000]*$",
    re.M,
)
_SPONSOR = re.compile(r"主办(?:单位)?[::]\s*([\u4e00-\u9fff]{2,24}?)(?:人民政府|政府|委员会)")
# (湖北省)2023年咸宁市…: a page sets the province before the title.
_PROVINCE = re.compile(r"\A\(([\u4e00-\u9fff]{2,8}[省市州区])\)(?:20\d\d年)?")
_LEVEL_WORD = re.compile(
    # What 省、市政府 decided is not the document's own.
    r"(?:全|我|本)([省市县区州旗盟])(?![域镇])|(?<![\u4e00-\u9fff])(?<![省市州]、)([省市县区州旗盟])(?:(?:人民)?政府|委|直|[\u4e00-\u9fff]{1,8}局)"
)
_LEVEL_OF = {
    "市辖区": "区",
    "林区": "区",
    "自治区": "区",
    "县": "县",
    "自治县": "县",
    "县级市": "市",
    "地级市": "市",
    "直辖市": "市",
    "省": "省",
    "自治州": "州",
    "旗": "旗",
    "自治旗": "旗",
    "盟": "盟",
}
_TOWNSHIP = re.compile(
    r"([\u4e00-\u9fff]{1,7}(?:镇|乡|街道|苏木))(?:委员会|人民政府|办事处|党委|党工委|党政|人民代表大会|人大"
    r"|第[一二三四五六七八九十]{1,3}届|20\d\d年|(?<!城乡)(?<!乡镇)(?=为民|民生|惠民|[十\d]{1,2}[件项大]))"
)


_OFTEN = 2  # times that the text names the organs of a township
_SHORTEST_TOWN = 3  # 山福镇


@dataclass(frozen=True, slots=True)
class RegionFinding:
    """The place found, or the places among which the document does not decide.

    ``evidence`` is issuer, title, letterhead, printed or text.
    """

    region: Region | None
    evidence: str = ""
    choices: tuple[Region, ...] = ()
    name: str = ""


@dataclass(slots=True)
class _Mention:
    """A chain of place names in a text: 平顶山市湛河区."""

    begin: int
    end: int
    names: list[str]
    choices: tuple[Region, ...]


def find_region(
    title: str, issuer: str, doc_number: str = "", body: str = "", printed: str = ""
) -> Region | None:
    """Return the place a document speaks for, or None where it names none or is undecided.

    Parameters
    ----------
    title, issuer, doc_number:
        Header fields as printed; empty where there are none.
    body:
        Text of the whole document.
    printed:
        Name of a place that an earlier stage read as the document's own.
    """
    return read_region(title, issuer, doc_number, body, printed).region


def read_region(
    title: str, issuer: str, doc_number: str = "", body: str = "", printed: str = ""
) -> RegionFinding:
    """Like `find_region`, with the evidence and the undecided choices."""
    folded = (fold(part) for part in (title, issuer, doc_number, body, printed))
    return read_folded_region(*folded)


def read_folded_region(
    title: str, issuer: str, doc_number: str, text: str, printed: str
) -> RegionFinding:
    """Like `read_region`, for texts that are folded already."""
    head, sender = unspaced(title), unspaced(issuer)
    context = "\n".join((sender, head, doc_number, text))
    undecided: RegionFinding | None = None
    for evidence, source in _sources(sender, head, text, unspaced(printed)):
        found = _first(source, evidence, context)
        if found is not None and found.region is not None:
            return found
        undecided = undecided or found
    found = _from_text(text, context)
    if found.region is None and undecided is None:
        found = _short_of_own_level(head, sender + head + text) or _township(text) or found
    if found.region is not None and (undecided is None or found.region in undecided.choices):
        return found
    return undecided or found


def _sources(issuer: str, title: str, text: str, printed: str) -> list[tuple[str, str]]:
    sources = [("issuer", issuer), ("title", title)]
    for match in _LETTERHEAD.finditer(text):
        sources.append(("letterhead", match[1]))
        if len(sources) > 6:
            break
    sponsor = _SPONSOR.search(text)
    if sponsor:
        sources.append(("letterhead", sponsor[1] + "人民政府"))
    sources.append(("printed", printed))
    return [(evidence, source) for evidence, source in sources if source]


def _mentions(text: str) -> list[_Mention]:
    """Return the chains of full place names in `text`, in their order."""
    table = region_table()
    heads, found = table.heads, []
    position, size = 0, len(text)
    while position < size - 1:
        if text[position : position + 2] not in heads:
            position += 1
            continue
        mention = _chain_at(text, position)
        if mention is None:
            position += 1
            continue
        found.append(mention)
        position = mention.end
    return found


def _chain_at(text: str, begin: int) -> _Mention | None:
    table = region_table()
    end = begin
    names: list[str] = []
    choices: tuple[Region, ...] = ()
    while name := table.match(text, end):
        found = table.by_name[name]
        if choices:
            found = tuple(r for r in found if any(table.lies_in(r, c) for c in choices))
        if not found:
            break
        if not choices and (
            name in body_values("ordinary-place") or _ordinary_before(text, begin, name)
        ):
            return None  # an ordinary word: only after a place above is it a place
        names.append(name)
        choices = found
        end += len(name)
    return _Mention(begin, end, names, choices) if names else None


def _ordinary_before(text: str, begin: int, name: str) -> bool:
    """Tell whether a name is the tail of another word, such as 市和县 or 新增城市公厕."""
    if len(name) == 2 and begin > 0 and text[begin - 1] in "省市州区县乡镇各和全本我该":
        return True
    if any(text.startswith(word, begin - 1) for word in body_values("ordinary-before")):
        return True  # 示范县 is not 范县
    verbs = cues("build-verb")
    return any(text.endswith(verb, 0, begin + 1) for verb in verbs if len(verb) > 1)


def _first(source: str, evidence: str, context: str) -> RegionFinding | None:
    """Return the place that an issuer or a title begins with or names first."""
    source = _PROVINCE.sub(r"\1", source)
    mentions = _mentions(source)
    zone = _without_code(source, mentions, context)
    if zone is not None:
        return RegionFinding(zone, evidence, name=zone.name)
    for mention in mentions:
        if _BASIS.search(source[: mention.begin]) and len(mentions) > 1:
            continue
        region = _decide(mention.choices, context)
        region = (_below(region, source, mention.end) if region else None) or region
        return RegionFinding(region, evidence, () if region else mention.choices, mention.names[-1])
    return _short_name(source, evidence, context)


def _short_name(source: str, evidence: str, context: str) -> RegionFinding | None:
    """Read a title without level words: 献县 needs none, 2023年唐山民生实事 does."""
    table = region_table()
    for match in re.finditer(r"(?:\A|年|《|关于|中共)([\u4e00-\u9fff]{2,5})", source):
        for end in range(len(match[1]), 1, -1):
            found = table.by_short.get(match[1][:end], ())
            region = _decide(found, context) if found else None
            if region is not None and any(name in context for name in region.names):
                below = _below(region, source, match.start(1) + end)
                return RegionFinding(below or region, evidence, name=match[1][:end])
    return None


def _below(region: Region, source: str, begin: int) -> Region | None:
    """Return the place inside `region` that is named right behind it: 山西河津.

    Without its level word the name of a city district is a word too often (和平, 新华).
    """
    table = region_table()
    for end in (begin + 4, begin + 3, begin + 2):
        found = table.by_short.get(source[begin:end], ())
        inside = [
            place
            for place in found
            if place != region and place.kind != "市辖区" and table.lies_in(place, region)
        ]
        if len(inside) == 1:
            return inside[0]
    return None


def _short_of_own_level(title: str, text: str) -> RegionFinding | None:
    """Return the place whose short name the title prints, of the level the text calls its own.

    县人民政府办公室关于…涉及嘉鱼的重点事项…: only one county is called 嘉鱼. The names of city
    districts are words too often (和平, 新华).
    """
    own = _own_level(text)
    if own in {"", "区"}:
        return None
    table, found = region_table(), {}
    for begin in range(len(title) - 1):
        if cue_pattern("list-name").match(title, begin):
            continue  # 2016年惠民实事 is not of 惠民县
        for end in (begin + 4, begin + 3, begin + 2):
            places = table.by_short.get(title[begin:end], ())
            level = [r for r in places if _LEVEL_OF.get(r.kind) == own and r not in table.former]
            if len(level) == 1 and text.count(level[0].short) > 1:
                found[level[0].code] = level[0]
    if len(found) != 1:
        return None
    (region,) = found.values()
    return RegionFinding(region, "title", name=region.short)


def _own_level(text: str) -> str:
    levels = Counter(match[1] or match[2] for match in _LEVEL_WORD.finditer(text))
    return levels.most_common(1)[0][0] if levels else ""


def _decide(choices: tuple[Region, ...], context: str) -> Region | None:
    """Return the one place among `choices` that the document speaks of, if it tells."""
    if len(choices) == 1:
        return choices[0]
    table = region_table()
    votes = Counter(dict.fromkeys(range(len(choices)), 0))
    for index, choice in enumerate(choices):
        for place in table.chain(choice)[1:]:
            # A full name tells more than a short one, the city more than the province.
            weight = 4 if place.is_prefecture else 1
            full = context.count(place.name)
            votes[index] += weight * (3 * full + (context.count(place.short) - full))
    (best, most), (_, next_most) = votes.most_common(2)
    if most > next_most:
        return choices[best]
    valid = [choice for choice in choices if choice not in table.former]
    return valid[0] if len(valid) == 1 and not most else None


@cache
def _zone() -> re.Pattern[str]:
    names = rf"(?:{body_words('zone-short')}|{body_words('zone')})"
    office = r"(?:管理委员会|管委会|管委|党工委|20\d\d年|\d{4}年)"
    return re.compile(rf"([\u4e00-\u9fff]{{0,12}}?{names}){office}")


def _without_code(source: str, mentions: list[_Mention], context: str) -> Region | None:
    """Return a zone or a township that issues the document; it has no code of its own."""
    for pattern, kind in ((_zone(), "开发区"), (_TOWNSHIP, "乡镇")):
        match = pattern.search(source)
        if match is None:
            continue
        begin, name = match.start(1), match[1]
        above: Region | None = None
        for mention in mentions:
            if mention.begin <= match.start(1) + 2 and mention.end <= match.end(1):
                above = _decide(mention.choices, context)
                begin = max(begin, mention.end)
        name = source[begin : match.end(1)]
        name = re.sub(r"\A(?:.*委员会)?(?:中共|关于印发|关于|印发|《|年)*", "", name)
        if region_table().by_name.get(match[1]) or len(name) < 2 or name[0] in "全各我本该":
            continue  # 浦东新区 has a code, 全镇 is no name
        if above is None:
            above = _printed_above(name, context) or _short_above(name) or _lone_county(context)
        parent = above.code if above else ""
        return Region(f"{parent or 'x'}-{digest(name)}", name, kind, parent, name)
    return None


def _township(text: str) -> RegionFinding | None:
    """Return the township whose organs the text names again and again: 九里亭街道第三届…."""
    said = [match[1] for match in _TOWNSHIP.finditer(text)]
    if len(said) < _OFTEN:
        return None
    ends = Counter(name[at:] for name in said for at in range(max(1, len(name) - 2)))
    # 在九里亭街道 and 九里亭街道 end alike: the longest end that all of them have.
    shared = [end for end, count in ends.items() if count == len(said)]
    name = max(shared, key=len, default="")
    above = _printed_above(name, text) if name else None
    parent = above.code if above else ""
    if len(name) < _SHORTEST_TOWN:
        return None
    region = Region(f"{parent or 'x'}-{digest(name)}", name, "乡镇", parent, name)
    return RegionFinding(region, "text", name=name)


def _printed_above(name: str, text: str) -> Region | None:
    """Return the place that `text` prints before `name`: 鹤山市共和镇."""
    for mention in _mentions(text) if name in text else ():
        if text.startswith(name, mention.end):
            return _decide(mention.choices, text)
    return None


def _lone_county(text: str) -> Region | None:
    """Return the county that `text` names if it names just one: 位列达拉特旗第二名."""
    counties = {
        place.code: place
        for mention in _mentions(text)
        if (place := _decide(mention.choices, text))
        and not (place.is_prefecture or place.is_province)
    }
    return counties.popitem()[1] if len(counties) == 1 else None


def _short_above(name: str) -> Region | None:
    table = region_table()
    for end in (4, 3, 2):
        found = [r for r in table.by_short.get(name[:end], ()) if r.is_prefecture]
        if len(found) == 1:
            return found[0]
    return None


def _from_text(text: str, context: str) -> RegionFinding:
    """Return the place that the running text speaks of most, of the level it calls its own."""
    own = _own_level(text)
    scores: Counter[tuple[Region, ...]] = Counter()
    for mention in _mentions(text):
        levels = {_LEVEL_OF.get(choice.kind) for choice in mention.choices}
        if own == "市" and levels <= {"区", "县", "旗"}:
            continue  # 市规划局, 东城区管委会: a district of the city that the text is of
        organ = _ORGAN.match(text, mention.end)
        score = 6 if organ else 2
        if _BASIS.search(text[max(0, mention.begin - 4) : mention.begin]):
            score = 1
        if levels == {own}:
            score *= 3
        if mention.names[0] in body_values("ordinary-text"):
            score = 1  # 会同县民政局 may well be words of the sentence
        scores[mention.choices] += score
    if not scores:
        return RegionFinding(None)
    ranked = scores.most_common(2)
    choices, score = ranked[0]
    clear = len(ranked) == 1 or score >= 1.5 * ranked[1][1]
    if score < 4 or not clear:
        return RegionFinding(None)
    region = _decide(choices, context)
    return RegionFinding(region, "text", () if region else choices, choices[0].name)
