"""What a quantity counts: its name, cut from the words around it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mskg.lexicon.cues import any_of, cue_pattern, cues
from mskg.text import BULLETS, last_of

if TYPE_CHECKING:
    from mskg.extract.numbers import Number
    from mskg.text import View

__all__ = ["clause_begin", "name_of", "things_before"]

_STOPS = ",;。:!?"
_OPEN, _CLOSE = "(【", ")】"
_RATE = re.compile("[\u4e00-\u9fff]{2}率")  # 筛查350人，筛查率达到95%
# 18个集养老、救孤等功能于一体的社会福利中心: what is united does not name the thing.
_TOGETHER = re.compile(r"集[^。;]{2,40}?[于为]一体的?")
_TITLE_END = re.compile("[,，。;；]")
_COMMA, _CLAUSE, _AND = re.compile("[，,]"), re.compile("[;；。]"), re.compile("[和与及]")
_LONGEST = 36
_LONGEST_THING = 14


def clause_begin(text: str, begin: int, floor: int = 0) -> int:
    """Return where the clause of folded `text` that holds `begin` starts, not before `floor`."""
    stop = last_of(text, _STOPS + _OPEN, floor, begin)
    if last_of(text, _CLOSE, stop + 1, begin) < 0:
        return max(stop + 1, floor)
    depth = 0
    for offset in range(begin - 1, floor - 1, -1):
        char = text[offset]
        if char in _CLOSE:
            depth += 1
        elif char in _OPEN:
            if depth == 0:
                return offset + 1
            depth -= 1
        elif depth == 0 and char in _STOPS:
            return offset + 1
    return floor


def clause_end(text: str, begin: int, ceiling: int) -> int:
    """Return where the clause that holds `begin` ends, not behind `ceiling`."""
    depth = 0
    for offset in range(begin, ceiling):
        char = text[offset]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            if depth == 0:
                return offset
            depth -= 1
        elif depth == 0 and (char in _STOPS or char == "、"):
            return offset
    return ceiling


def name_of(
    view: View, number: Number, begin: int, floor: int, ceiling: int, title: str, last: str
) -> str:
    """Return the name of what `number` counts, as printed.

    Parameters
    ----------
    begin:
        Where its clause begins.
    floor, ceiling:
        Where the quantity before ends and the next one begins.
    title:
        Title of the task, which names the thing where the text does not (新开工291套).
    last:
        Name of the quantity before, which 总量 and 占比 refer to.
    """
    if begin == floor > 0:  # the noun of the quantity before ends at its 、
        begin = max(begin, view.folded.find("、", floor, number.lead) + 1)
    before = _before(view, begin, number.lead)
    together = _TOGETHER.match(view.folded, number.reach, ceiling)
    reach = together.end() if together else number.reach
    stop = clause_end(view.folded, reach, ceiling)
    stop = _balanced(view.folded, reach, stop)
    after = _after(view, reach, stop)
    name = before + after
    if before in cues("generic-name") and not after and last:
        return last + before
    if _RATE.fullmatch(before) and not after:
        subject = _subject(view.text[floor:begin]) or (last if before[:-1] in last else "")
        return subject + ("率" if subject.endswith(before[:-1]) else before)
    if not name and last:
        return last  # 签约率提高2.5个百分点，达到78%; 公路2条27.5公里; 小区（1235户）
    if _verb_only(before) and not after:
        of_it = "其中" in view.folded[floor : number.lead]  # 新建、改扩建幼儿园23所，其中新建14所
        return name + _object(last) if of_it and last else _project(title) + name
    if len(name) > _LONGEST:
        name = after if len(after) >= 4 else name[-_LONGEST:]
    return name or _project(title)


def _subject(between: str) -> str:
    """Return what a clause without numbers speaks of (新生儿耳聋基因筛查，应筛尽筛，筛查率…)."""
    clause = _COMMA.split(_CLAUSE.split(between)[-1])[0]
    return clause if len(clause) >= 3 else ""


def _balanced(text: str, begin: int, end: int) -> int:
    """Return where a bracket opens that does not close before `end`, else `end`."""
    opened: list[int] = []
    for offset in range(begin, end):
        if text[offset] in _OPEN:
            opened.append(offset)
        elif text[offset] in _CLOSE and opened:
            opened.pop()
    return opened[0] if opened else end


def _before(view: View, begin: int, end: int) -> str:
    folded = view.folded[begin:end]
    start, stop = 0, len(folded)
    while match := _leading().match(folded, start):
        start = match.end()
    while (match := _trailing().search(folded, start, stop)) and match.start() > start + 1:
        stop = match.start()
    return (
        view.text[begin + start : begin + stop]
        .lstrip("、的和及与 ,;/*" + BULLETS)
        .rstrip("、的和与 ,;")
    )


_OPENING = re.compile(
    r"[的、]|(?:\([^()]*\))|(?:将|应)?[于在](?=\d).*|\d+月.*"
    r"|并(?:[\u4e00-\u9fff]{0,4}(?:使用|投用|开放|运营|运行|交付|开工|竣工|验收|启用)).*"
)


def _after(view: View, begin: int, end: int) -> str:
    folded = view.folded[begin:end]
    if not folded:
        return ""
    if opening := _OPENING.match(folded):
        begin, folded = begin + opening.end(), folded[opening.end() :]
    trailing = _trailing().search(folded)
    if trailing and trailing.start() > 0:
        folded = folded[: trailing.start()]
    pieces = []
    cursor = 0
    for found in cue_pattern("name-light-verb").finditer(folded):
        pieces.append(view.text[begin + cursor : begin + found.start()])
        cursor = found.end()
    name = "".join([*pieces, view.text[begin + cursor : begin + len(folded)]]).rstrip("和与及")
    return name.lstrip("*" + BULLETS).strip("、的 ,;" if "“" in name else "、的 ,;”")


def _verb_only(text: str) -> bool:
    return not text or _verbs().fullmatch(text) is not None


@cache
def _work() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('project-noun')}|工作)$")


def _project(title: str) -> str:
    return _work().sub("", _TITLE_END.split(title)[0])


@cache
def _leading() -> re.Pattern[str]:
    # One character alone says little: 共享, 在校 and 再就业 are words of the name.
    single = (
        r"[、和及与并]|第[一二三四五]批|首批|其余|剩余|共(?![享同青建])"
        r"|在(?![校职册园建岗线读院])|将(?!军)|\d+[.、)]"
    )
    time = rf"[\u4e00-\u9fff]{{2,4}}(?:前|期间)(?={any_of('build-verb')})"  # 汛期前完成清淤
    return re.compile(rf"{any_of('name-leading')}|{single}|{time}")


@cache
def _trailing() -> re.Pattern[str]:
    held = "".join(cue[0] for cue in cues("comparator-in-word") if cue.endswith("约"))
    return re.compile(
        rf"(?:{any_of('name-trailing')}|的|各|分别|共|共计|总计|合计|(?<![{held}])约|达|(?<![人户天次件台辆岁])数)$"
    )


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('build-verb')}|{any_of('name-leading')}|不)+")


_QUALIFIER = 4  # characters that tell things apart which share a noun: 城市、农村低保标准
# A 和 before a later 、 is inside a name: 农村公路新建和改造、健身步道各70公里.
_LISTED = re.compile(r"(?:、|(?:和|与|(?<!普)及(?!时))(?!.*、))(?![^()]*\))")


@cache
def _named_with_and() -> re.Pattern[str]:
    # 足球场、农村公路新建和改造各37公里: two names, not three things.
    verb = any_of("build-verb")
    return re.compile(rf"、[^、]*{verb}[和与及]{verb}$")


def things_before(view: View, end: int, floor: int) -> list[str]:
    """Return the things listed right before `end`: 篮球场、乒乓球、羽毛球场地 → three names.

    The list may stand in the clause before (…宫颈癌、乳腺癌筛查，各完成1300人).
    """
    folded = view.folded
    begin = clause_begin(folded, end, floor)
    text = folded[begin:end]
    if pair := _TOWN_AND_COUNTRY.fullmatch(text):
        return [f"{place}{pair['thing']}" for place in ("城市", "农村")]
    single = "、" not in text and not _AND.search(text)
    if single and (_verb_only(text) or text.startswith("每")) and begin > floor:
        end = begin - 1
        begin = clause_begin(folded, end, floor)
    if listed := _IN_BRACKET.search(folded, begin, end):  # 球类场地（篮球、羽毛球）各2片
        noun = view.text[begin : listed.start()]
        at = listed.start("inside")
        return [
            f"{noun}（{view.text[at + m.start() : at + m.end()]}）"
            for m in re.finditer("[^、]+", listed["inside"])
        ]
    things: list[str] = []
    cursor = end
    clause = folded[begin:end]
    pieces = clause.split("、") if _named_with_and().search(clause) else _LISTED.split(clause)
    for piece in reversed(pieces):
        start = cursor - len(piece)
        verb = list(re.finditer(any_of("build-verb"), piece))
        if verb and things and verb[-1].end() == len(piece):
            # 新建、改建公厕: the verb alone stands for itself with the object named last;
            # 公路新建、足球场: it ends a name of its own.
            bare = _object(things[0])
            things.append(view.text[start:cursor] + (bare if bare != things[0] else ""))
        elif verb and things:
            things.append(view.text[start + verb[-1].end() : cursor])
            break
        elif things and (light := _last_light_verb(piece)):
            things.append(view.text[start + light : cursor])  # 为妇女提供宫颈癌、乳腺癌筛查
            break
        elif things and len(piece) > _LONGEST_THING:
            break
        elif piece:
            things.append(view.text[start:cursor])
        cursor = start - 1
    return _with_noun([_OPENED.sub("", t) for t in reversed(things) if t])


_IN_BRACKET = re.compile(r"(?<=..)\((?P<inside>[\u4e00-\u9fff]{2,}(?:、[\u4e00-\u9fff]{2,})+)\)$")
# 城乡低保标准分别提高5%和6%
_TOWN_AND_COUNTRY = re.compile(
    r"(?:将|使)?城乡(?P<thing>[\u4e00-\u9fff]{2,10}(?:标准|补助|补贴|费|率|金))"
)


def _last_light_verb(piece: str) -> int:
    """Return where the last verb such as 提供 ends in a long piece, 0 where there is none."""
    found = list(cue_pattern("name-light-verb").finditer(piece)) if len(piece) > _QUALIFIER else []
    return found[-1].end() if found and found[-1].end() < len(piece) else 0


# 将城乡低保标准…: what is done to the things opens the clause.
_OPENED = re.compile(r"^(?:一次|[将把使])")


def _with_noun(things: list[str]) -> list[str]:
    """Give the noun that things share to each of them: 城市、农村低保标准 → 城市低保标准, ….

    What the others say takes as many characters of the last one as they have themselves.
    """
    *others, last = things or [""]
    shared = cues("shared-noun")
    short = {len(other) for other in others if len(other) <= _QUALIFIER}
    if len(short) != 1 or any(len(o) > _QUALIFIER or o.endswith(shared) for o in others):
        return things
    noun = last[short.pop() :]
    return [*(other + noun for other in others), last] if noun.endswith(shared) else things


def _object(thing: str) -> str:
    return re.sub(rf"^(?:{any_of('build-verb')}[、和]?)+", "", thing)
