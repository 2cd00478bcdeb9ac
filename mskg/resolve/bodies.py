"""What body a name means, apart from the place: 卫健委 → 卫生健康委员会, slug ``health``.

The result depends on the name alone, so it is cached for all documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from mskg.lexicon.departments import (
    Form,
    Suffix,
    bare,
    core_names,
    forms,
    irregular_names,
    longest_form,
    suffixes,
)
from mskg.ns import digest

__all__ = ["Body", "one_edit", "parse_body", "provisional_body", "repaired_body"]


@dataclass(frozen=True, slots=True)
class Body:
    """A public body apart from its place.

    Parameters
    ----------
    template:
        Full name with ``{r}`` for the place, ``{w}`` for its party committee and ``{p}``
        for the party in the place.
    slug:
        Stable identity inside the place.
    functions:
        Ids of its functions.
    known:
        Whether the authority tables hold it.
    kind:
        bureau, commission, centre, firm, zone, township …; ``branch`` has its stem in `slug`
        and its place as printed in `branch`.
    short:
        Whether the name is printed in an abbreviated form.
    joint:
        Whether it stands for several bodies, such as 两办.
    """

    template: str
    slug: str
    functions: tuple[str, ...] = ()
    known: bool = True
    kind: str = "bureau"
    branch: str = ""
    short: bool = False
    joint: bool = False


# Words that may stand between a stem and the suffix without changing what the body does.
_FILLERS = (
    "城乡 监督管理 综合管理 综合服务 管理服务 服务管理 事业发展 事业管理 工作 管理 服务 事务 监督 监管 保障 发展 促进 "
    "指导 综合 事业 推进 协调 保护 运营 技术 推广 应用 指挥 监测 信息 数据 交易 经营 宣传教育 培训 开发 "
    "改革 行政 联合 产业 投资 控股 运输 安装 产品 和 与 及 总 国有 第一 第二 第三"
).split()
_FILLER_SET = frozenset(_FILLERS)
_LONGEST_FILLER = max(map(len, _FILLERS))
# Suffix kinds whose names join several stems with 和 (教体局 → 教育和体育局).
_JOINING = {"bureau", "commission", "department"}
_JOINT_SLUGS = {"party-and-government", "two-offices"}

_BRACKET = re.compile(r"(.+?)\((.+)\)\Z")
_INNER = re.compile(r"[局厅办]|委(?!员会)|委员会|支队|大队")
_BRANCH = re.compile(r"(.{1,12}?)(分局|支局|分中心|管理部|分公司|大队|中队)\Z")
_ZONE = re.compile(
    r"(.{0,14}?(?:开发区|高新区|经开区|新区|园区|示范区|度假区|景区|管理区|工业园|产业园|功能区|"
    r"保税区|自贸区|实验区|试验区|先行区|合作区|产业集聚区|集聚区|新城|科技城|产业园区|工业区|风景区)"
    r"(?=\Z|管|党|政府|人民政府)|.{2,14}(?=管委会\Z|管理委员会\Z))"
    r"(管委会|管理委员会|党工委|党群工作部|管理办公室|管理局|管理处|政府|人民政府)?\Z"
)
_TOWNSHIP = re.compile(
    r"(?!乡镇|镇街|街道|乡|镇|城乡|村镇|.*(?:所在|有关|相关|涉及|其他|属地|辖区|全[县市区]|[个各直\d]))([\u4e00-\u9fff]{1,9}?(?:街道|镇|乡|苏木))"
    r"(人民政府|政府|街道办事处|办事处|街道办|街办|党委政府|党委|党工委|办)?\Z"
)
_ZONE_WORDS = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
)
_FIRM = re.compile(r"(公司|集团|银行|厂|合作社|联合社|中国人寿|人寿|事务所|基金会|商会|协会|学会)\Z")
_SERVICE = {
    "hospital": re.compile(r"(医院|保健院|卫生院|医疗集团|医共体|卫生服务中心)\Z"),
    "school": re.compile(r"(学校|大学|学院|中学|小学|幼儿园|一中|二中|三中|职教中心)\Z"),
}
_SERVICE_FUNCTION = {"hospital": "medical-care", "school": "school"}


@lru_cache(maxsize=1 << 16)
def parse_body(text: str) -> Body | None:
    """Return the body that `text` names, or None where the tables and rules don't know it.

    Parameters
    ----------
    text:
        Name without its place: folded (simplified, half width), without spaces.
    """
    if not text:
        return None
    found = irregular_names().get(text)
    if found is not None:
        joint = found.id in _JOINT_SLUGS
        short = bare(found.template.replace("{r}", "")) != bare(text)
        return Body(found.template, found.id, found.functions, short=short, joint=joint)
    return (
        _bracketed(text)
        or _regular(text)
        or _party(text)
        or _government(text)
        or _nested(text)
        or _compact_branch(text)
        or _zone(text)
        or _township(text)
        or _service(text)
    )


def repaired_body(text: str) -> tuple[Body, str] | None:
    """Return the bureau whose name is one character away from `text`, and that name.

    Only the bureaus that every place has (``core`` in the table) are considered, and only
    one of them may fit, so that a real bureau of an unusual name is left alone.
    """
    for suffix in suffixes():
        stem = bare(text.removesuffix(suffix.text))
        if suffix.kind not in _JOINING or not text.endswith(suffix.text) or len(stem) < 4:
            continue
        near = {name for name in core_names() if one_edit(stem, bare(name))}
        if len(near) != 1:
            return None
        name = next(iter(near)) + suffix.text
        body = parse_body(name)
        return (body, name) if body else None
    return None


def one_edit(one: str, other: str) -> bool:
    """Tell whether one character put in, left out or exchanged makes `one` into `other`."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    return (
        one[begin + 1 :] == other[begin + 1 :]
        or one[begin:] == other[begin + 1 :]
        or one[begin + 1 :] == other[begin:]
    )


def provisional_body(text: str) -> Body:
    """Return the body for a name that nothing knows: as printed, apart from 办 and 委."""
    name = text
    if re.search(r"(?<!举)办\Z", text) and len(text) > 2:
        name = text + "公室"
    elif re.search(r"[^党工区市县省州团]委\Z", text) and len(text) > 2:
        name = text + "员会"
    return Body("{r}" + name, "x-" + digest(bare(name)), known=False, kind="unknown")


def _bracketed(text: str) -> Body | None:
    match = _BRACKET.match(text)
    if match is None:
        return None
    body = parse_body(match[1])
    if body is not None:
        return replace(body, template=f"{body.template}（{match[2]}）", short=True)
    # 治水办（河长办）: the second name tells what the first one is.
    inner = parse_body(match[2])
    return inner and replace(inner, template=f"{{r}}{match[1]}（{match[2]}）", short=True)


def _regular(text: str) -> Body | None:
    """Read stems and a suffix."""
    for suffix in suffixes():
        if not text.endswith(suffix.text) or len(text) == len(suffix.text):
            continue
        stem = text[: -len(suffix.text)]
        pieces = _segment(bare(stem))
        if pieces is not None:
            return _compose(stem, pieces, suffix)
    return None


@lru_cache(maxsize=1 << 14)
def _segment(stem: str) -> tuple[str, ...] | None:
    """Split a stem without connectors into written forms and fillers, the longest first."""
    whole = _split(stem)
    return whole if whole and any(piece in forms() for piece in whole) else None


def _split(stem: str) -> tuple[str, ...] | None:
    if not stem:
        return ()
    table = forms()
    for end in range(min(len(stem), longest_form()), 0, -1):
        head = stem[:end]
        if head in table or (end <= _LONGEST_FILLER and head in _FILLER_SET):
            rest = _split(stem[end:])
            if rest is not None:
                return (head, *rest)
    return None


def _compose(stem: str, pieces: tuple[str, ...], suffix: Suffix) -> Body:
    table = forms()
    known = [table[piece] for piece in pieces if piece in table]
    name = _full_stem(stem, pieces, suffix)
    slug = "-".join(sorted({form.department for form in known}))
    if suffix.kind != "branch" and suffix.slug:
        slug = f"{slug}-{suffix.slug}"
    served = dict.fromkeys(function for form in known for function in form.functions)
    # A firm is a firm whatever it deals with; its field stays visible as a second function.
    if suffix.kind == "firm":
        served = dict.fromkeys([*served, "state-firm"])
    return Body(
        "{r}" + name + suffix.name,
        slug,
        tuple(served),
        kind=suffix.kind,
        short=name != stem or suffix.name != suffix.text,
    )


def _full_stem(stem: str, pieces: tuple[str, ...], suffix: Suffix) -> str:
    table = forms()
    entries: list[Form | None] = [table.get(piece) for piece in pieces]
    if suffix.kind in {"firm", "hospital", "school"} or not any(e and e.name for e in entries):
        return stem
    if len(pieces) == 1 and entries[0]:
        return entries[0].name
    full = [bare(e.name) if e and e.name else piece for e, piece in zip(entries, pieces, strict=True)]
    if stem != bare(stem):
        return _with_connectors(stem, pieces, full)
    if len([entry for entry in entries if entry]) < 2 or suffix.kind not in _JOINING:
        return "".join(full)
    # Two stems or more: 和 before the last one.
    last = max(i for i, entry in enumerate(entries) if entry)
    return "".join(full[:last]) + "和" + "".join(full[last:])


def _with_connectors(stem: str, pieces: tuple[str, ...], full: list[str]) -> str:
    """Put the full forms where their pieces stand in `stem`, connectors kept."""
    out, rest = "", stem
    for piece, name in zip(pieces, full, strict=True):
        while rest and bare(rest[0]) == "":
            out, rest = out + rest[0], rest[1:]
        taken = 0
        while bare(rest[:taken]) != piece:
            taken += 1
        # An unabbreviated piece keeps its own connectors too.
        out, rest = out + (rest[:taken] if bare(name) == piece else name), rest[taken:]
    return out


def _party(text: str) -> Body | None:
    """Read 委 + organ (委督查室) and the body of a party committee's own organ."""
    both = re.match(r"委、?[省市县区州盟旗]?(?:人民)?(?:政府|府)(?=督|\Z)", text)
    if both is not None and text != "委政府" + text[both.end() :]:
        return parse_body("委政府" + text[both.end() :])
    match = re.match(r"委(?:员会)?(?=.{2})|党委(?=.{2})", text)
    if match is None:
        return None
    rest = text[match.end() :]
    body = irregular_names().get("委" + rest)
    if body is not None:
        return Body(body.template, body.id, body.functions, short=True)
    inner = parse_body(rest)
    if inner is None or not inner.template.startswith("{r}"):
        return inner
    return replace(inner, template="{w}" + inner.template[3:])


def _government(text: str) -> Body | None:
    """Read 政府 + organ (政府文史馆)."""
    match = re.match(r"(?:人民)?政府(?=.{2})", text)
    inner = match and parse_body(text[match.end() :])
    if not inner or not inner.template.startswith("{r}"):
        return inner or None
    return replace(inner, template="{r}人民政府" + inner.template[3:])


def _nested(text: str) -> Body | None:
    """Read a unit of a bureau: 公安局交警支队, 自然资源和规划局湛河分局, 教育局体育中心."""
    for match in _INNER.finditer(text, 1):
        if match.end() >= len(text):
            return None
        head, tail = text[: match.end()], text[match.end() :]
        if tail[0] in "和与及、(" or (tail[0] in "省市县区州" and parse_body(tail[1:])):
            return None
        owner = irregular_names().get(head) or _regular(head)
        if owner is None:
            continue
        body = parse_body(head)
        assert body is not None  # the line above found it
        branch = _BRANCH.match(tail)
        if branch is not None and parse_body(tail) is None:
            template = f"{body.template}{{b}}{branch[2]}"
            return replace(body, template=template, kind="branch", branch=branch[1])
        return _unit(body, tail)
    return None


def _compact_branch(text: str) -> Body | None:
    """Read a branch without the word for its bureau: 生态环境余杭分局."""
    match = re.match(r"(.{2,12})(.{2,4})(分局)\Z", text)
    if match is None:
        return None
    for end in range(len(text) - 4, 1, -1):
        pieces = _segment(bare(text[:end]))
        if pieces is not None and text[end] not in "和与及、":
            body = _compose(text[:end], pieces, Suffix("局", "局", "bureau", ""))
            template = body.template + "{b}分局"
            return replace(body, template=template, kind="branch", branch=text[end:-2], short=True)
    return None


def _unit(owner: Body, tail: str) -> Body | None:
    inner = parse_body(tail)
    if inner is None:
        slug = f"{owner.slug}-{digest(tail)}"
        return replace(owner, template=owner.template + tail, slug=slug, kind="unit")
    name = re.sub(r"\A\{[rwp]\}", "", inner.template)
    head = re.sub(r"\A\{[rwp]\}", "", owner.template)
    return replace(inner, template=owner.template + name.removeprefix(head))


def _zone(text: str) -> Body | None:
    match = _ZONE.match(text)
    if match is None:
        return None
    core = match[1]
    for long, short in _ZONE_WORDS:
        core = core.replace(long, short)
    name = text.replace("管委会", "管理委员会")
    return Body("{r}" + name, "zone-" + digest(core), ("zone",), known=True, kind="zone", short=True)


def _township(text: str) -> Body | None:
    match = _TOWNSHIP.match(text)
    if match is None:
        return None
    place, office = match[1], match[2] or ""
    if office in {"党委", "党工委"}:
        return Body(f"中共{{r}}{text}", f"township-{digest(place)}-party", ("party-committee",), kind="township")
    full = "办事处" if place.endswith("街道") else "人民政府"
    return Body(f"{{r}}{place}{full}", f"township-{digest(place)}", ("township",), kind="township", short=True)


def _service(text: str) -> Body | None:
    for kind, pattern in _SERVICE.items():
        if pattern.search(text):
            return Body("{r}" + text, f"{kind}-{digest(text)}", (_SERVICE_FUNCTION[kind],), kind=kind)
    if _FIRM.search(text) and len(text) > 3:
        return Body("{r}" + text, f"firm-{digest(text)}", ("state-firm",), kind="firm")
    return None
