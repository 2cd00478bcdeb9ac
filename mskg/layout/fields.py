"""Labelled fields inside an entry: 责任单位：…, （牵头单位：…；配合单位：…）, （某局牵头）."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mskg.lexicon.cues import Label, any_of, cue_pattern, duty_label, label_of, label_pattern
from mskg.lexicon.departments import body_end, body_words
from mskg.model.outline import Field, Stretch
from mskg.text import BULLETS, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LabelledFields",
    "ends_with_bodies",
    "find_fields",
    "is_line_of_bodies",
    "subtract",
]

_CLOSING = {"(": ")", "[": "]", "【": "】"}

# Every label has one of them; many entries have none.
_LABEL_SIGN = re.compile("(?::|单位|部门)")
_NEAR = 40  # characters: a label and the blanks around it are shorter

_SIGN_BEFORE = re.compile(rf"\n[ \t]*[{BULLETS}]+[ \t]*\Z")  # opens the line of a label
_SIGNED = 8
_BEHIND = " \t\n*。;,、-#" + BULLETS  # a value, or before the label below it
_TIME = re.compile(
    r"\d{1,2}月(?!\d*[日号]?会)|20\d\d年[底内末前]|[上下]半年|[一二三四]季度|年[底内末]|^(?:全年|长期|常年|持续)(?:实施|推进|开展|坚持)?$|学期"
)
_EVERY = re.compile(
    r"(?:各|有关|相关)[\u4e00-\u9fff()]{0,10}(?:[区县市州旗乡镇园村]|政府|单位|部门|委|局|街道|\))"
)

# 1—6月进展, 截至9月底完成情况
_REPORTED = (
    r"(?:截[至止]到?)?(?:20\d\d年)?(?:(?:\d{1,2}月?[-~至到]+)?\d{1,2}月份?[底末]?|上半年|前?[一二三四]个?季度)"
    r"的?(?:工作|项目|总体|主要)?(?:进展(?:情况)?|(?:完成|推进|落实|实施|执行)情况)"
)

LabelledFields = list[tuple[Stretch, Field]]


@cache
def _name_end() -> re.Pattern[str]:
    """Return a pattern for the end of a whole name; the next line belongs to something else."""
    return re.compile(rf"(?:{body_end()}|(?<!城)乡|(?<![城乡])镇|(?<![农乡])村|\))[。.]?\Z")


@cache
def _bracketed() -> re.Pattern[str]:
    # What a newspaper prints behind the last entry belongs to no bracket.
    behind = rf"\s*(?:[。;]|\n|\Z)|[ \t]+(?:本报)?{any_of('byline')}"
    return re.compile(rf"[(\[【]((?:[^()\[\]【】]|\([^()]*\))+)[)\]】](?={behind})")


@cache
def _label_pattern() -> re.Pattern[str]:
    # A label opens a line or a bracket, or follows a full stop or another bracket, or these
    # were lost: 接种牵头责任部门:县卫健委.
    glued = rf"{duty_label()}\s*:"
    # Nothing of it can be a label where what ends one is far; to look is a third of the cost.
    near = rf"(?=[^:]{{0,30}}?{_LABEL_SIGN.pattern})"
    return re.compile(
        rf"(?P<open>[(\[【]\s*)?(?:(?<=[。;,、:；(\[【\s*)\]】—①②③④⑤⑥⑦⑧⑨{BULLETS}.-])|^|"
        rf"(?<=[\u4e00-\u9fff])(?={glued})){near}\s*\**"
        rf"(?:[省市县区州镇乡](?=[牵责])|[本此该]项?(?:工作|任务|实事)?的?)?(?:(?P<name>{label_pattern()})\s*(?:\((?:部门|单位)\))?\**"
        r"(?:\s*[::]\**\s*|(?<=单位|部门)为(?=[省市县区州盟旗镇乡各])"
        r"|(?P<bare>(?<=单位)|(?<=部门))(?=[省市县区州盟旗]))"
        rf"|(?P<reported>{_REPORTED})\**\s*:\s*"
        rf"|(?P<other>(?![各有本全]|[\u4e00-\u9fff]{{3,}}{glued})"
        r"[\u4e00-\u9fff]{2,6}(?:单位|部门))[::]\s*)",
        re.MULTILINE,
    )


def find_fields(folded: str, begin: int, end: int) -> LabelledFields:
    """Return the labelled fields in ``folded[begin:end]``.

    Each comes with the whole stretch it takes up, brackets and label included, which is no
    content of the entry.
    """
    found: LabelledFields = []
    labels = _labels(folded, begin, end)
    matches = [match for match in labels if not (match["open"] and _of_a_name(match, end))]
    openings = _open_brackets(folded, begin, matches)
    for index, (match, opening) in enumerate(zip(matches, openings, strict=True)):
        limit = matches[index + 1].start() if index + 1 < len(matches) else end
        label = _label(match)
        if label is None or (match["bare"] is not None and opening < 0 and not _bare(match)):
            continue
        stop = _close(folded, match.end(), limit, opening)
        if opening < 0 or folded[stop : stop + 1] not in {")", "]", "】"}:
            stop = _line_end(folded, match.end(), stop, label.kind)
        place = _trim(folded, match.end(), stop)
        whole_begin = opening if opening >= 0 else match.start()
        whole_end = stop + (1 if opening >= 0 and stop < end and folded[stop] in ")]】" else 0)
        field = Field(label.kind, place, label.role, label.text)
        found.append((Stretch(whole_begin, whole_end), field))
    for more in (_reported, _unlabelled, _on_lines):
        found += more(folded, begin, end, [whole for whole, _ in found])
    return [part for whole, field in found for part in _with_deadline(folded, whole, field)]


def _labels(folded: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the labels in ``folded[begin:end]``, looking only near what can end one."""
    signs = [sign.start() for sign in _LABEL_SIGN.finditer(folded, begin, end)]
    first = last = -1
    for at in [*signs, end + 2 * _NEAR]:
        if first >= 0 and at - last > 2 * _NEAR:
            start, stop = max(begin, first - _NEAR), min(end, last + _NEAR)
            yield from _label_pattern().finditer(folded, start, stop)
            first = -1
        first, last = (at if first < 0 else first), at


def _of_a_name(match: re.Match[str], end: int) -> bool:
    """Tell the label of a person behind one of several units: 县住建局（责任人：张伟）、…."""
    behind = _PERSON_BEHIND.match(match.string, match.end(), end)
    label = _label(match) if behind else None
    return label is not None and label.kind == "leader"


def _bare(match: re.Match[str]) -> bool:
    """Tell a label without a colon, as stands in brackets, from a word of the sentence."""
    stop = _SENTENCE_STOP.search(match.string, match.end())
    names = match.string[match.end() : stop.start() if stop else len(match.string)]
    return _are_bodies(_split(names))


def _with_deadline(folded: str, whole: Stretch, field: Field) -> LabelledFields:
    """Part units from the time that stands behind them: 县民政局牵头，6月底前完成."""
    if field.kind != "department":
        return [(whole, field)]
    begin, end = field.place.begin, field.place.end
    for piece in _NAMES.finditer(folded[begin:end]):
        if piece.start() and _TIME.search(piece.group()):
            names = field._replace(place=_trim(folded, begin, begin + piece.start()))
            time = Field("deadline", Stretch(begin + piece.start(), end))
            return [(whole, names), (whole, time)]
    return [(whole, field)]


@cache
def _verdict() -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*{any_of('verdict-manner')}*{any_of('verdict')}[。,;]", re.MULTILINE)


def _reported(folded: str, begin: int, end: int, taken: list[Stretch]) -> LabelledFields:
    """Return the report that a verdict opens: 全面完成目标任务。2019年，新增绿地182公顷."""
    match = _verdict().search(folded, begin, end)
    if match is None or any(t.begin <= match.start() < t.end for t in taken):
        return []
    stop = min([t.begin for t in taken if t.begin > match.start()], default=end)
    place = _trim(folded, match.start(), stop)
    return [(place, Field("progress", place))]


def _label(match: re.Match[str]) -> Label | None:
    """Return the label; one that no table knows (数据提供单位) names units that help."""
    if match["reported"]:
        return Label(match["reported"], "progress", "")
    if match["other"]:
        return label_of(match["other"]) or Label(match["other"], "department", "related")
    return label_of(unspaced(match["name"]))


def _open_brackets(folded: str, begin: int, matches: list[re.Match[str]]) -> list[int]:
    """Return for each label the offset of the bracket of its sentence still open there, or -1."""
    found = []
    opened, closed, last, offset = 0, 0, -1, begin
    for match in matches:
        for sign in _BRACKET_OR_STOP.finditer(folded, offset, match.start()):
            opened, closed = opened + (sign[0] in "([【"), closed + (sign[0] in ")]】")
            last = sign.start() if sign[0] in "([【" else last
            if sign[0] == "。":
                opened, closed, last = 0, 0, -1
        offset = match.start()
        within = last if opened > closed else -1
        found.append(match.start("open") if match["open"] else within)
    return found


def _close(folded: str, begin: int, limit: int, opening: int) -> int:
    """Return where the value ends: its closing bracket, else `limit`."""
    depth = 0
    for offset in range(begin, limit):
        if folded[offset] in "([【":
            depth += 1
        elif folded[offset] in ")]】":
            if depth == 0 and opening >= 0:
                return offset
            depth = max(0, depth - 1)
    return limit


def _line_end(folded: str, begin: int, limit: int, kind: str) -> int:
    """Return where a value without bracket ends: a name may run on over a line break."""
    if kind not in {"department", "leader"}:
        return limit
    sentence = folded.find("。", begin, limit)
    if sentence >= 0 and _name_end().search(folded[begin:sentence]):
        limit = sentence + 1  # 牵头部门：市交通局。建设进度较慢的是…
    stop = folded.find("\n", begin, limit)
    while stop >= 0:
        so_far = folded[begin:stop].rstrip(" *\t")
        rest = folded[stop:limit].lstrip()
        runs_on = so_far.endswith(("、", ",", ";")) or rest.startswith(("、", ","))
        if so_far and not runs_on and _ends_value(so_far, rest, kind):
            return stop
        if not rest:
            return limit
        stop = folded.find("\n", limit - len(rest), limit)
    return limit


def _ends_value(so_far: str, rest: str, kind: str) -> bool:
    """Tell whether a value ends with the line: a whole name, or what follows is no person."""
    if _OTHER_LABEL.match(rest) or (kind == "leader" and _SENTENCE.match(rest)):
        return True
    return _name_end().search(so_far) is not None and not _rest_of_name(so_far, rest)


_PERSON_BEHIND = re.compile(r"[^()\n。:]{2,8}\)[、,;]\s*[一-龥]")
_NAMES = re.compile(r"[^,;、\s]+")
_BETWEEN = re.compile(r"[、,;](?![^()]*\))")
_NO_BODY = re.compile(r"\d|负责|统筹|督办")
_BRACKET_OR_STOP = re.compile(r"[(\[【)\]】。]")
_BUREAU = re.compile(r"(?:局|委|办|厅|政府)\Z")
_LEVELS = set("省市县区州盟旗镇乡")
_OTHER_BODY = re.compile(r"[一-龥]{3,10}")
_SENTENCE_STOP = re.compile(r"[。;,\n]")
_SENTENCE = re.compile(r"[^\n]{24}|[^\n]*[。;:]")
_OTHER_LABEL = re.compile(r"[一-龥][ \t]?[一-龥]{1,6}[ \t]*:")
_HALF_EVERY = re.compile(r"各[乡镇县市]$")  # 各乡 / 镇场


@cache
def _end_alone() -> re.Pattern[str]:
    # 县共青团 / 委员会: no body is called so.
    return re.compile(body_words("end"))


def _rest_of_name(so_far: str, rest: str) -> bool:
    """Tell whether the next line holds the rest of a name: 人力资源和社会 + 保障局."""
    head = re.split(r"[、,;。\n]", rest)[0].strip()
    if _HALF_EVERY.search(so_far) and head[:1] in "乡镇街场区市":
        return True
    if _end_alone().fullmatch(head) or (so_far.endswith("委") and head == "员会"):
        return True
    weak = so_far[-1] in "会社院团联部所站处校队"
    return weak and 2 <= len(head) <= 8 and head[-1] in "局委办厅" and head[0] not in "省市县区州各"


def _unlabelled(folded: str, begin: int, end: int, taken: list[Stretch]) -> LabelledFields:
    """Return bracketed duties without label: （某局牵头，某局配合）, （市教育局、市财政局）."""
    found: LabelledFields = []
    text = folded[begin:end]
    matches = list(_bracketed().finditer(text))
    if text.count("(") > text.count(")"):  # the closing bracket was forgotten
        matches += _UNCLOSED.finditer(text)
    for match in matches:
        place = Stretch(begin + match.start(1), begin + match.end(1))
        if any(t.begin < place.end and place.begin < t.end for t in taken):
            continue
        text = unspaced(match[1])
        if cue_pattern("role-verb").search(text) and not re.search(r"由.*(?:统一|统筹|组织)", text):
            role = "prose"
        elif _are_bodies(_split(match[1])):
            role = "responsible"
        else:
            continue
        whole = Stretch(begin + match.start(), begin + match.end())
        found.append((whole, Field("department", place, role)))
    return found


def _on_lines(folded: str, begin: int, end: int, taken: list[Stretch]) -> LabelledFields:
    """Return the lines below the text that name units and nothing else, behind a dash or not.

    Without a dash only the last line of an entry, which is no signature: it may say what is built.
    """
    found: LabelledFields = []
    for match in _LINE_OF_NAMES.finditer(folded, begin, end):
        place = Stretch(*match.span("names"))
        above = folded[begin : match.start()].rstrip()
        if not above or any(t.begin < place.end and place.begin < t.end for t in taken):
            continue
        last = above[-1] in "。;" and not folded[match.end() : end].strip()
        names = _split(match["names"])
        signed = len(names) == 1 and _signatory().search(names[0])
        if (match["dash"] or (last and not signed)) and _are_bodies(names):
            whole = Stretch(match.start(), match.end())
            found.append((whole, Field("department", place, "responsible")))
    return found


_UNCLOSED = re.compile(r"\(([^()\n]{4,160})(?=[。;]?[ \t]*(?:\n|\Z))")
_LINE_OF_NAMES = re.compile(
    r"^[ \t]*(?P<dash>[—―─–-]{1,2}[ \t]*)?"
    r"(?P<names>[\u4e00-\u9fff(](?:[\u4e00-\u9fff(),;]| (?=[\u4e00-\u9fff])"
    r"|、(?:[ \t]*\n?[ \t]*)){2,200})[。.]?[ \t]*$",
    re.MULTILINE,
)


@cache
def _signatory() -> re.Pattern[str]:
    return re.compile(rf"(?:{body_words('issuer')}|[省市县区州]委)$")


def is_line_of_bodies(text: str) -> bool:
    """Tell a line that is names of bodies alone; a government alone signs a document."""
    names = _split(text.strip(" \t*#"))
    signed = len(names) == 1 and _signatory().search(names[0]) is not None
    return not signed and _are_bodies(names)


def ends_with_bodies(text: str) -> bool:
    """Tell whether `text` ends with a bracket that names bodies and nothing else."""
    text = text.rstrip(" \t\n*。;")
    if not text.endswith((")", "]", "】")):
        return False
    brackets = list(_bracketed().finditer(text))
    return (
        bool(brackets) and brackets[-1].end() == len(text) and _are_bodies(_split(brackets[-1][1]))
    )


def _split(names: str) -> list[str]:
    return _BETWEEN.split(unspaced(names))


def _are_bodies(names: list[str]) -> bool:
    """Tell names of bodies, with collectives such as 各开发区 among them.

    Beside a bureau a name that no table ends (县公路段) is one if it prints the same level.
    """
    sure = [_is_body(name, alone=len(names) == 1) for name in names]
    levels = {name[0] for name, known in zip(names, sure, strict=True) if known}
    beside = sum(sure) > 1 and any(_BUREAU.search(name) for name in names)
    return all(
        known or (beside and name[0] in levels & _LEVELS and _OTHER_BODY.fullmatch(name))
        for name, known in zip(names, sure, strict=True)
    )


def _is_body(name: str, *, alone: bool) -> bool:
    return (
        2 <= len(name) <= 24
        and not _NO_BODY.search(name)  # 县政府办公室负责统筹督办
        and (_EVERY.fullmatch(name) or _name_end().search(name)) is not None
        and (len(name) > 2 or not alone)
    )


def _trim(folded: str, begin: int, end: int) -> Stretch:
    while begin < end and folded[begin] in " \t\n*":
        begin += 1
    while end > begin and folded[end - 1] in _BEHIND:
        end -= 1
    return Stretch(begin, end)


def subtract(begin: int, end: int, holes: list[Stretch], folded: str) -> list[Stretch]:
    """Return what is left of ``[begin, end)`` without `holes`; blank rests are dropped."""
    rest: list[Stretch] = []
    cursor = begin
    for hole in sorted(holes, key=lambda h: h.begin):
        if hole.begin > cursor:
            stop = min(hole.begin, end)
            sign = _SIGN_BEFORE.search(folded, max(cursor, stop - _SIGNED), stop)
            rest.append(Stretch(cursor, sign.start() if sign else stop))
        cursor = max(cursor, hole.end)
    if cursor < end:
        rest.append(Stretch(cursor, end))
    return [place for place in rest if folded[place.begin : place.end].strip(" \t\n。;,*#")]
