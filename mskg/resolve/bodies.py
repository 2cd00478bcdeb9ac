"""What body a name means, apart from the place: 卫健委 → 卫生健康委员会, slug ``health``.

The result depends on the name alone, so it is cached for all documents.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from mskg.lexicon.departments import (
    Form,
    Suffix,
    bare,
    body_values,
    forms,
    irregular_names,
    longest_form,
    suffixes,
)
from mskg.ns import digest
from mskg.resolve.body import Body
from mskg.resolve.kinds import body_by_ending

__all__ = ["JOINING", "parse_body"]


# Suffix kinds whose names join several stems with 和 (教体局 → 教育和体育局).
JOINING = {"bureau", "commission", "department"}
_JOINT_SLUGS = {"party-and-government", "two-offices"}

# No body has a longer name; what is longer is a sentence.
_LONGEST = 60
_BOTH = re.compile(r"委、?[省市县区州盟旗]?(?:人民)?(?:政府|府)(?=.{2}|\Z)")
_BRACKET = re.compile(r"(.+?)\((.+)\)\Z")
_INNER = re.compile(r"[局厅办]|委(?!员会)|委员会|支队|大队")
_BRANCH = re.compile(r"(.{1,12}?)(分局|支局|分中心|管理部|分公司|大队|中队)\Z")


@lru_cache(maxsize=1 << 16)
def parse_body(text: str) -> Body | None:
    """Return the body that `text` names, or None where the tables and rules don't know it.

    Parameters
    ----------
    text:
        Name without its place: folded (simplified, half width), without spaces.
    """
    if not text or len(text) > _LONGEST:
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
        or body_by_ending(text)
    )


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
    """Return the pieces of `stem`, each the longest that lets the rest be split too."""
    table, fillers, longest = forms(), body_values("filler"), longest_form()
    size = len(stem)
    step = [0] * size + [size]
    for begin in range(size - 1, -1, -1):
        for end in range(min(size, begin + longest), begin, -1):
            piece = stem[begin:end]
            # A filler stands between stem and suffix and does not change what the body does.
            if step[end] and (piece in table or piece in fillers):
                step[begin] = end
                break
    if not size or not step[0]:
        return None
    pieces, begin = [], 0
    while begin < size:
        pieces.append(stem[begin : step[begin]])
        begin = step[begin]
    return tuple(pieces)


def _compose(stem: str, pieces: tuple[str, ...], suffix: Suffix) -> Body:
    table = forms()
    known = [table[piece] for piece in pieces if piece in table]
    name = _full_stem(stem, pieces, suffix)
    slug = "-".join(sorted({form.slug for form in known}))
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
    full = [
        bare(e.name) if e and e.name else piece for e, piece in zip(entries, pieces, strict=True)
    ]
    if stem != bare(stem):
        return _with_connectors(stem, pieces, full)
    if len([entry for entry in entries if entry]) < 2 or suffix.kind not in JOINING:
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


def _of_both(text: str) -> Body | None:
    """Read an organ of party committee and government: 市委市政府信访局."""
    inner = parse_body(text)
    if inner is None or not inner.template.startswith("{r}"):
        return inner
    return replace(inner, template="{w}{r}人民政府" + inner.template[3:], short=True)


def _party(text: str) -> Body | None:
    """Read 委 + organ (委督查室) and the body of a party committee's own organ."""
    both = _BOTH.match(text)
    if both is not None and both.end() > len("委政府"):
        rest = text[both.end() :]
        return (
            parse_body("委政府" + rest) if "委政府" + rest in irregular_names() else _of_both(rest)
        )
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
