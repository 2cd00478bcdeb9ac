"""Departments: names and roles in the fields and in the prose of a task."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mskg.extract.leaders import without_person
from mskg.lexicon.cues import any_of, cue_pattern, cue_values, cues
from mskg.lexicon.departments import body_end, body_pattern, is_short_name
from mskg.lexicon.persons import is_leader
from mskg.model import Assignment, with_changes
from mskg.text import BULLETS, unspaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mskg.model import Span
    from mskg.text import FoldedText

__all__ = ["first_is_lead", "names_in", "promote_first", "prose_duties"]

_SUFFIX_ONLY = re.compile(
    r"(?:办公室|办事处|委?员会|管理局|服务局|联合会|[局委办会厅]|分局|中心|政府|人民政府|公[厅室]|[一-龥]{1,2}局)$"
)
_WHOLE = "局委办厅会院部室站所心司队处科府镇乡街道联台团社校店馆库区"  # with which names end
_TAIL = re.compile(
    r"(?:等)?(?:有关|相关)?(?:部门|单位)?(?:按照?(?:职责|职能|各自职责)[^、,;]{0,8})$|等$|等(?:单位|部门)$"
    r"|\(?(?:排名不分先后)\)?$|(?:和|及|以及|等)(?:其他|各)?(?:[省市县区][直级]?)?(?:各|有关|相关)(?:责任)?(?:部门|单位|乡?镇街?道?|乡镇街道|街道|村|社区|企业)$"
)
_MAY_TRAIL = re.compile("[等按排各有相]")  # every tail holds one of them, few names do
# 各乡、镇人民政府 and 各市、县（区）政府 are one name: the body is printed once for all kinds.
_KIND = (
    r"(?:市州|县市区?|苏木乡?镇?|乡镇场|[县旗]区|乡镇|[市县区州盟旗乡镇]|自治[州县旗]|街道|园区|办事处)"
    r"(?:\([^()]{1,6}\))?"
)
_SHARED_BODY = re.compile(
    rf"(?:各|有关|相关|其他)+{_KIND}(?:行政公署)?(?:[、和及]{_KIND})+"
    r"(?:(?:人民政府|政府|党委|管委会)|(?=[,;、\s]|$|配合|负责|落实|参与|协[助同]))"
)
# 市农业局及各县区政府: 和 inside a name is followed by no 各.
_AND = "及和与"
_AND_EVERY = re.compile(
    rf"(?<=[局委办厅会院部社联])[{_AND}]"
    # 县公安局和县工商局
    r"(?=各(?!有关|相关|责任)|[省市县区州盟旗镇乡][一-龥]{1,10}[局委办厅会心])"
)
_GLUED = 5  # a name shorter than this is no run of names
_SIGNS = BULLETS + "*:.#"  # printed before a name, or behind it
_LIST = 2
_LEVELS = frozenset("省市县区州盟旗镇乡")
_EVERY = re.compile(
    r"各(?:有关|相关)?(?:乡镇场|乡镇|镇街|街镇|街道|镇|乡|县区|县|区|市)"
    r"|(?<=街道)[一-龥]{2,4}街道|(?:经开|高新|开发)[区园](?=[各市县区(]|(?:经开|高新|开发)[区园]|$)|[省市县区](?=国有|城投|交投|水投|文旅集团)"
)
_ENDS = re.compile(r"(?:[局委办厅]|牵头|主办|街道|中心|公司|政府|(?:经开|高新|开发)[区园]|\))$")
# 县委县政府督查局 is one body of both.
_PARTY = re.compile(r"(?:中共)?[^、,]{0,6}[省市县区州盟旗镇乡]委")
_GOVERNMENT = re.compile(r"[省市县区州盟旗镇乡]?(?:人民)?政府(?=[\u4e00-\u9fff]{2})")
# 甲局和乙局分别牵头: the word tells that 和 joins two names.
_EACH = re.compile(r"(?:分别|共同|联合)")
_JOINT = re.compile(r"(?<=[局厅委办会院心室])[和与及](?=[一-龥]{3})")
_NOTE = re.compile(r"\(共?\d{1,2}[项件个]\)$|\([^()]*(?:下同|首位|第一位|排名|牵头单位)[^()]*\)$")
_NO_NAME = re.compile(r"下同|首位|第一位|^[见详]|\d\s*[%％]|\d{6}")
_LONGEST_NAME = 8  # characters of a name of no known kind
_FIRST_WORDS = re.compile(r"\s*([^、,;。\s]*)")
# 县民政局负责落实。 is a sentence of its own, which needs no 由.
_ALONE = (
    r"(?:^|(?<=[。;:]))\s*(?:[—-]{1,2})?(?=[省市县区州旗镇乡][^。;,由\d]{1,30}[局委办厅会心室司联台团店院站]"
    r"(?:[要应须]?(?:牵头|负责|主办){1,2}(?:抓好|组织)?(?:落实|实施|办理|推进|承办)?(?:[。;,]|为(?=\d)|$)"
    r"|[为是](?:牵头|责任|主办|承办|实施)(?:单位|部门|主体)|(?:协办|协助|配合)(?:[。;]|$)"
    r"|[要应]?会同[^。;]{2,40}(?:实施|落实|推进|负责|办理|完成)(?:[。;]|$)))"
)
_BY = re.compile(
    rf"(?:由|请(?=[省市县区州旗镇乡])|{_ALONE})(?P<names>[^。;:?由]{{3,60}}?)"
    r"(?P<how>(?:分别|共同|联合|统一|具体|统筹)*(?:安排|组织)?)"
    r"(?P<role>[为是](?:牵头|责任|主办|承办|实施)(?:单位|部门|主体)|[要应须]?牵头|负责|协办|协助|配合|主办|承办|实施|推进和?落实|落实|[要应]?会同)(?P<rest>[^。;]*)"
)
# 县住建局会同县财政局、各乡镇实施; 会同县 is a place where no name stands before it.
_TOGETHER = re.compile(r"(?<=[局委办厅会院部社联府,、])[要应]?会同(?=[省市县区州盟旗镇乡各有相])")
# 会同省财政厅推进，各市政府组织实施: who stands behind the verb has a role of its own.
_DONE_TOGETHER = re.compile(r"(?:实施|落实|推进|负责|办理|完成),")
_SEVERAL = re.compile(
    r"(?:多|[两2二]|几)[个家](?:及|或|\(含\))?(?:以上)?[^。;]{0,12}$"
)  # 为多个的，
_BETWEEN, _DIGIT = re.compile("[、,]"), re.compile(r"\d")
_EACH_OF = re.compile(r"各\w{1,4}")
_CLAUSE = 20
_FIRST = re.compile(r"(?:排|列)[^。;]{0,6}(?:首位|第一位?|最前)[^。;]{0,10}(?:牵头|主办|汇总)")


class _Piece(NamedTuple):
    begin: int
    end: int
    split: bool = False


def names_in(
    folded: FoldedText, begin: int, end: int, role: str, span: Callable[[int, int], Span]
) -> list[Assignment]:
    """Return the departments named in ``[begin, end)``, in order.

    Names are separated by 、 , ; and by line breaks behind a complete name; they are never
    split on 和, and not inside brackets. ``role`` prose reads 某局牵头，某局配合.
    """
    end = _end_of_names(folded.folded, begin, end)
    if role == "prose" or _inside().search(folded.folded, begin, end):
        return _prose_field(folded, begin, end, span, role)
    found: list[Assignment] = []
    for piece in _pieces(folded.folded, begin, end):
        assignment = _assignment(folded, piece, role, span, len(found) + 1)
        if assignment:
            found.append(assignment)
    return found


def _end_of_names(text: str, begin: int, end: int) -> int:
    """Return where a sentence about the names (以下任务均需各区落实) follows them."""
    for stop in (at for at in range(begin, end) if text[at] == "。"):
        first = _FIRST_WORDS.match(text, stop + 1, end)
        words = first[1] if first else ""
        named = len(words) <= _LONGEST_NAME or _is_whole(words) or _role_of(words)[0]
        after = text.find("。", stop + 1, end)
        about = cue_pattern("about-names").search(text, stop + 1, after if after > 0 else end)
        if about or not named:
            return stop
    return end


def _cuts(text: str, begin: int, end: int) -> Iterator[int]:
    """Yield where names end: at separators outside brackets, and at `end`."""
    whole = [match.span() for match in _SHARED_BODY.finditer(text, begin, end)]
    depth = 0
    for offset in range(begin, end):
        char = text[offset]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and (
            char in "、,;/|。 \t\n\u3000" or (char in _AND and _AND_EVERY.match(text, offset))
        ):
            if any(b < offset < e for b, e in whole):
                continue
            yield offset
    yield end


def _glued(text: str, begin: int, end: int) -> Iterator[_Piece]:
    """Yield the names of a stretch whose separators were lost: 教育局财政局各街道."""
    start = begin
    if end - begin > _GLUED:
        bodies = [match.start() for match in body_pattern().finditer(text, begin, end)]
        below = [at for at in bodies if text[at] not in _LEVELS]
        # 区公安局交通管理局 is one body; only a list of them needs no level before each.
        starts = set(bodies if len(below) > _LIST else [at for at in bodies if at not in below])
        starts |= {match.start() for match in _EVERY.finditer(text, begin, end)}
        for at in sorted(starts):
            both = _PARTY.fullmatch(text, start, at) and _GOVERNMENT.match(text, at, end)
            if at - start > 1 and _ENDS.search(text, start, at) and not both:
                yield _Piece(start, at)
                start = at
    yield _Piece(start, end)


def _pieces(text: str, begin: int, end: int) -> Iterator[_Piece]:
    raw: list[_Piece] = []
    start = begin
    for offset in _cuts(text, begin, end):
        if text[start:offset].strip():
            raw += _glued(text, start, offset)
        start = offset + 1
    pending: _Piece | None = None
    for piece in raw:
        if pending and _broken(text, pending, piece):
            pending = _Piece(pending.begin, piece.end, split=True)
            continue
        if pending:
            yield pending
        pending = piece
    if pending:
        yield pending


def _broken(text: str, left: _Piece, right: _Piece) -> bool:
    """Tell whether only white space stands between two pieces of one name."""
    between = text[left.end : right.begin]
    if between.strip():
        return False
    first, second = text[left.begin : left.end], text[right.begin : right.end]
    whole = _complete().search(first) is not None or first.endswith(("牵头", "主办"))
    if not whole and not is_short_name(first):
        return True
    # 妇联 / 财政局 are two, 县城市管理执法局 / 办公室 one.
    return _SUFFIX_ONLY.fullmatch(second) is not None and not is_short_name(second)


_BLANK = re.compile(r"[\d.:()无/—\-]+")


def _assignment(
    folded: FoldedText,
    piece: _Piece,
    role: str,
    span: Callable[[int, int], Span],
    order: int = 1,
) -> Assignment | None:
    view = folded.view(piece.begin, piece.end)
    start, stop = 0, len(view)
    text = view.folded
    if text.startswith("由"):
        start = 1
    if note := _NOTE.search(text):
        stop = note.start()
        text = text[:stop]
    if _MAY_TRAIL.search(text) and (match := _TAIL.search(text)):
        stop = match.start() if match.start() > start else stop
    stop = start + len(without_person(text[start:stop]))
    start += len(text[start:stop]) - len(text[start:stop].lstrip(_SIGNS))
    name = view.text[start:stop].strip(_SIGNS)
    if len(name) < 2 or _NO_NAME.search(name) or _BLANK.fullmatch(name):
        return None
    place = span(*view.range(start, stop))
    lines = "\n" in place.quote
    return Assignment(name, role, place, order=order, split=lines)


def _prose_field(
    folded: FoldedText,
    begin: int,
    end: int,
    span: Callable[[int, int], Span],
    label: str = "prose",
) -> list[Assignment]:
    """Read 民政局牵头，财政局、残联配合: names wait for the next role word.

    ``label`` is the role of the field, which names without a word of their own have.
    """
    if match := _TOGETHER.search(folded.folded, begin, end):
        found = _prose_field(folded, begin, match.start(), span, label)
        done = _DONE_TOGETHER.search(folded.folded, match.end(), end)
        stop = done.end() if done else end
        others = _prose_field(folded, match.end(), stop, span, label)
        found += [with_changes(entry, role="related") for entry in others]
        found += _prose_field(folded, stop, end, span, label) if done else []
        return [with_changes(entry, order=n) for n, entry in enumerate(found, 1)]
    found = []
    waiting: list[_Piece] = []
    for piece in _pieces(folded.folded, begin, end):
        view = folded.view(piece.begin, piece.end)
        role, cut = _role_of(view.folded)
        if role and cut == 0:
            found += _settle(folded, waiting, role, len(found), span)
            waiting = []
            continue
        if role:
            waiting += _joined(folded.folded, piece.begin, view.origin[cut - 1] + 1, piece.end)
            first = _group_begin(folded.folded, waiting) if role == "related" else 0
            own = "responsible" if label == "prose" else label
            found += _settle(folded, waiting[:first], own, len(found), span)
            found += _settle(folded, waiting[first:], role, len(found), span)
            waiting = []
        else:
            waiting.append(piece)
    # 财政厅牵头，商务厅、文旅厅: who stands behind the lead without a word helps it.
    rest = "related" if any(entry.role == "lead" for entry in found) else "responsible"
    return found + _settle(folded, waiting, rest, len(found), span)


def _group_begin(text: str, pieces: list[_Piece]) -> int:
    """Return which of `pieces` opens the last group: of 卫计委，民政局、妇联配合 the second."""
    commas = [n for n, piece in enumerate(pieces) if n and text[piece.begin - 1] == ","]
    return commas[-1] if commas and commas[-1] < len(pieces) - 1 else 0


def _joined(text: str, begin: int, end: int, stop: int) -> Iterator[_Piece]:
    """Yield the names in ``[begin, end)``: two where a role word behind them says 分别."""
    start = begin
    if _EACH.search(text, end, stop):
        for match in _JOINT.finditer(text, begin, end):
            yield _Piece(start, match.start())
            start = match.end()
    yield _Piece(start, end)


@cache
def _complete() -> re.Pattern[str]:
    places = r"(?<=..)(?:(?<!城)乡|(?<![城乡])镇|(?<![农乡])村|[县市区州])"
    return re.compile(rf"(?:{body_end()}|\)|{places})$")


@cache
def _inside() -> re.Pattern[str]:
    """Return a pattern for a role inside a field: 省财政厅牵头，省商务厅配合, 财政局（牵头）."""
    leads, helps = _verbs("role-verb", "lead"), _verbs("role-verb", "related")
    return re.compile(
        rf"{body_end()}{any_of('role-manner')}?{helps}[。;]?$|"
        rf"(?:[局厅委办会院心室](?:{any_of('role-manner')}?{leads}(?:负责)?(?:[,;、]|$)"
        rf"|[(\[【]总?{any_of('role-verb')}(?:单位|部门)?[)\]】]"
        rf"|负责[^、,;。()]{{1,12}}(?:[,;、。]|$)))"
    )


@cache
def _roles() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns of the words behind a name that tell its role, and the role."""
    follow = any_of("role-follow")
    found = []
    for role in ("lead", "related", "responsible"):
        manner = rf"{any_of('role-manner')}*" + ("(?:负责)?" if role == "lead" else "")
        sure = _verbs("role-verb", role)
        weak = f"|{_verbs('role-verb-weak', role)}" if role != "lead" else ""
        behind = rf"[为是]?{manner}(?:{sure}{weak})(?:[和及与]?{follow})*(?:做好[^,。;、]{{2,12}})?"
        # 县财政局负责落实经费: what for, behind a name that is whole
        what = rf"(?<=[{_WHOLE}]){manner}{sure}[^,。;、()]{{1,20}}"
        bracket = rf"[(\[【]总?{sure}(?:单位|部门)?[)\]】]"
        found.append((re.compile(rf"(?:{bracket}|{behind}|{what})$"), role))
    return tuple(found)


def _verbs(group: str, role: str) -> str:
    return f"(?:{'|'.join(cue for cue in cues(group) if cue_values(group)[cue] == role)})"


def _role_of(text: str) -> tuple[str, int]:
    for pattern, role in _roles():
        if match := pattern.search(text):
            return role, match.start()
    return "", 0


def _settle(
    folded: FoldedText,
    pieces: list[_Piece],
    role: str,
    before: int,
    span: Callable[[int, int], Span],
) -> list[Assignment]:
    bodies = [p for p in pieces if not is_leader(unspaced(folded.folded[p.begin : p.end]))]
    named = [a for p in bodies if (a := _assignment(folded, p, role, span))]
    return [with_changes(a, order=before + n) for n, a in enumerate(named, 1)]


def prose_duties(
    folded: FoldedText, begin: int, end: int, span: Callable[[int, int], Span]
) -> list[Assignment]:
    """Return the units that a sentence puts in charge.

    由市教育局牵头，市财政局配合 states roles; 由市城市管理局统一安排实施 says who builds, which an
    honest reader may or may not count, so it is optional.
    """
    view = folded.view(begin, end)
    found: list[Assignment] = []
    for match in _BY.finditer(view.folded):
        names = [n for n in _BETWEEN.split(match["names"]) if n]
        bodies = [n for n in names if not is_leader(unspaced(n))]
        if not all(_is_whole(n) and not _DIGIT.search(n) for n in bodies):
            continue
        stated = match["role"] != "实施" and not match["how"].startswith(("统一", "统筹"))
        alone = not stated or match["rest"].startswith("为")  # 县残联牵头为160名儿童…
        stop = match.end("role") if alone else match.end()
        left, right = view.range(match.start("names"), stop)
        for assignment in _prose_field(folded, left, right, span):
            name = folded.view(*_place(assignment)).folded
            if _is_whole(name) and not _DIGIT.search(name):  # 新建公办幼儿园6所
                rule = "" if stated else "prose-by"
                entry = with_changes(assignment, stated=stated, rule=rule, optional=not stated)
                found.append(with_changes(entry, order=len(found) + 1))
    return found


def _is_whole(name: str) -> bool:
    return _complete().search(name) is not None or _EACH_OF.fullmatch(name) is not None


def _place(assignment: Assignment) -> tuple[int, int]:
    return (assignment.span.begin, assignment.span.end) if assignment.span else (0, 0)


def first_is_lead(folded: str) -> int:
    """Return of how many units, at least, the document says that the first one leads; 0 of none."""
    match = _FIRST.search(folded)
    if match is None:
        return 0
    return 2 if _SEVERAL.search(folded, max(0, match.start() - _CLAUSE), match.start()) else 1


def promote_first(assignments: list[Assignment]) -> list[Assignment]:
    """Make the unit named first the lead and the others related, by the document's own rule."""
    if any(a.role in {"lead", "related"} for a in assignments):
        return assignments
    return [
        with_changes(a, role="lead" if n == 0 else "related", stated=False, rule="first-is-lead")
        for n, a in enumerate(assignments)
    ]
