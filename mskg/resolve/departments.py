"""Names of departments → organisations of a place, with their functions.

Three layers stay apart: the mention as printed, the organisation (place and body), its
functions. A name outside the authority tables becomes a provisional organisation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from mskg.lexicon.departments import irregular_names
from mskg.lexicon.regions import Region, region_table
from mskg.ns import digest
from mskg.resolve.bodies import Body, parse_body, provisional_body, repaired_body
from mskg.resolve.places import Place, Scope, near
from mskg.text.folding import fold

__all__ = ["Resolved", "Scope", "resolve_folded", "resolve_name"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """An organisation that a printed name resolves to.

    Parameters
    ----------
    org:
        Full name in simplified script, with its place.
    org_id:
        ``<region code>/<slug>``, see `mskg.ns.organisation_iri`.
    functions:
        Ids of its functions.
    verified:
        Whether place and body are both known.
    collective:
        Whether it stands for several bodies (各乡（街道）, 县两办).
    suspect:
        What looks like a printing error, in Chinese; `wrong` and `right` hold the words.
    rule:
        Which rule resolved it: table, joint, collective, kind, repair, none.
    short:
        Whether the name is printed in an abbreviated form.
    """

    org: str
    org_id: str
    functions: tuple[str, ...] = ()
    verified: bool = False
    collective: bool = False
    suspect: str = ""
    rule: str = "none"
    short: bool = False


_SPACE = re.compile(r"\s+")
_YOUTH = re.compile(r"(?:共青)?团(省|市|县|区|州|盟|旗|地|工)委\Z")
_NATIONAL = re.compile(r"国网|南网|中国|国家(?!粮食)|中央|中铁|中建|中石|中化|武警")
_TAX = re.compile(r"国家税务总局(.*?)税务局\Z")
_JOINT = re.compile(r"[和与及、/]|(?<=[局委会办])(?=[省市县区州])")
_COLLECTIVE = re.compile(
    r"各(?!族)|\A(?:市|县|区|省)?(?:有关|相关|其他|其它|所有|全体|涉及|有|责任|牵头|配合|成员|职能|主管|项目|属地|辖区|沿线|所在地)"
    r"|(?:有关|相关|所属|责任|成员|主管|职能)(?:部门|单位|县|区|市|乡|镇|街道|企业|委办局|地区|责任)"
    r"|(?:部门|直属机构|企事业单位|社会组织|所有单位)\Z|\A(?:全)?(?:市|县|区|州|旗)(?:级|直|属)(?!机关.*工委|.*党工委)"
    r"|\A\d+个"
)
_GENERIC = re.compile(
    r"(?:全)?(?:[省市县州]?(?:属|辖|级)?)(?:乡镇?|镇乡?|镇街|街镇|街乡|街道|县区|区县|县市区|市县区?|县\([^)]*\)|乡\([^)]*\)|镇\([^)]*\)|街道\([^)]*\)"
    r"|村\(?(?:社区|居)\)?|社区|村委会|村居|县市|区|县|园区|乡镇\([^)]*\)|镇\([^)]*\)街道|乡镇街道?|镇街道|区\([^)]*\))"
    r"(?:人民政府|政府|办事处|党委|党工委|管委会|\(?管委会\)?|、|\([^)]*\))*\Z"
)
_TWICE = re.compile(r"(?:中共)?(.{2,})(委|纪律检查委员会)、?\1(人民政府督查室|人民政府|监察委员会)\Z")
_TRAILING = re.compile(r"等(?:部门|单位|有关部门|相关部门)?\Z")
_WIDE = str.maketrans("()", "（）")


def resolve_name(printed: str, scope: Scope) -> Resolved:
    """Return the organisation that `printed` names in a document at `scope`.

    Parameters
    ----------
    printed:
        Name as printed, in either script.
    scope:
        Where the document stands.
    """
    return resolve_folded(fold(printed), scope)


def resolve_folded(printed: str, scope: Scope) -> Resolved:
    """Like `resolve_name`, for a name that is folded already."""
    name = _SPACE.sub("", printed).strip("。.,，;；:：、")
    name = _TRAILING.sub("", name)
    if not name:
        return Resolved("", "")
    # 中共湛河区委湛河区人民政府督查室 names its place twice.
    twice = _TWICE.match(name)
    if twice is not None:
        name = twice[1] + twice[2] + twice[3]
    if "各" in name.replace("各族", "")[:6]:
        return _collective(name, scope)
    found = _special(name, scope) or _best(name, scope)
    if found is not None:
        return found
    if _COLLECTIVE.search(name) or _GENERIC.match(name):
        return _collective(name, scope)
    return (
        _joint(name, scope)
        or _misplaced(name, scope)
        or _misprinted(name, scope)
        or _provisional(name, scope)
    )


def _best(name: str, scope: Scope) -> Resolved | None:
    """Return the first reading of the place after which a known body follows."""
    bare_name = name.removeprefix("中共") or name
    for place in scope.readings(bare_name):
        body = parse_body(place.rest)
        if body is not None and not (place.how == "own" and _generic_place(place.rest)):
            return _organisation(place, body, scope)
        local = _local_bureau(place, scope)
        if local is not None:
            return local
        if place.how == "name" and not place.rest:
            return _place_itself(place, scope)
    return None


def _local_bureau(place: Place, scope: Scope) -> Resolved | None:
    """Resolve a bureau that names both its owner and its area: 苏州市昆山生态环境局."""
    if place.how != "name" or place.region is None:
        return None
    for end in (2, 3, 4):
        site = scope.find_short(place.rest[:end])
        body = parse_body(place.rest[end:]) if site else None
        if site and body and site.parent == place.region.code and body.kind == "bureau":
            name = place.label + place.rest[:end] + _fill(body.template, replace(place, label=""))
            found = _organisation(place, replace(body, kind="branch", branch=place.rest[:end]), scope)
            return replace(found, org=name)
    return None


def _generic_place(rest: str) -> bool:
    return _GENERIC.match(rest) is not None


def _place_itself(place: Place, scope: Scope) -> Resolved:
    """Return the government of a place that is named alone (湛河区, 曹镇乡)."""
    body = parse_body("政府")
    assert body is not None  # the table of irregular names holds it
    return replace(_organisation(place, body, scope), functions=("lower-gov",), short=True)


def _fill(template: str, place: Place) -> str:
    region, label = place.region, place.label
    party = "中共" + label
    committee = party + "委"
    if region is not None and len(label) == 2 and label[-1] in "县市区旗":
        committee = f"{party}{label[-1]}委"  # 中共献县县委: one character is no name
    elif region is None:
        party, committee = label, label + "委"
    return template.format(r=label, w=committee, p=party, b="{b}")


def _organisation(place: Place, body: Body, scope: Scope) -> Resolved:
    if body.kind == "branch":
        return _branch(place, body, scope)
    region = place.region
    # The public security bureau of a district is a branch of the city's, whatever its name.
    if body.slug == "public-security" and region and region.kind == "市辖区":
        return _own_branch(place, body, scope, region)
    name = _fill(body.template, place)
    if place.how == "short" and region and body.kind in {"firm", "zone"}:
        name = _fill(body.template, replace(place, label=region.short))  # 武汉地铁集团
    return Resolved(
        name,
        f"{scope.code(region, place.label if region is None else '')}/{body.slug}",
        body.functions,
        verified=body.known and region is not None and not body.slug.startswith(("zone-", "firm-")),
        collective=body.joint,
        rule="table" if body.known else "none",
        short=body.short,
    )


def _branch(place: Place, body: Body, scope: Scope) -> Resolved:
    """Resolve a branch: its owner stands in the name, or is the place above."""
    if not body.branch:
        if place.region is None:
            return _plain_branch(place, body, scope)
        return _own_branch(place, body, scope, place.region)
    site = scope.find_short(body.branch)
    suspect = ""
    printed = body.branch
    if site is None:
        site, suspect = _repair_site(body.branch, scope)
    shown = body.branch if site is None or not suspect else _like(body.branch, site)
    owner = _owner(place, site, scope)
    part = site.code if site else "x" + digest(body.branch)
    org = _fill(body.template, owner).replace("{b}", shown)
    if suspect:
        suspect = f"“{printed}{_tail(body)}”应为“{shown}{_tail(body)}”"
    return Resolved(
        org,
        f"{scope.code(owner.region, owner.label if owner.region is None else '')}/{body.slug}-branch-{part}",
        body.functions,
        verified=owner.region is not None and site is not None,
        suspect=suspect,
        rule="repair" if suspect else "table",
    )


def _tail(body: Body) -> str:
    return body.template.rpartition("{b}")[2]


def _like(printed: str, site: Region) -> str:
    return site.short if len(site.short) == len(printed) else site.name


def _owner(place: Place, site: Region | None, scope: Scope) -> Place:
    """Return the owner of a branch: the place above where the name gives none or the site."""
    if site is None or place.region is None or place.region.code != site.code:
        return place
    above = region_table().parent(site) if not site.is_prefecture else site
    return Place(above, scope.label(above), place.rest, place.how) if above else place


def _own_branch(place: Place, body: Body, scope: Scope, region: Region) -> Resolved:
    above = region_table().parent(region) if not region.is_prefecture else None
    owner = above or region
    name = _fill(body.template, place)
    return Resolved(
        name,
        f"{owner.code}/{body.slug}-branch-{region.code}",
        body.functions,
        verified=True,
        rule="table",
        short=True,
    )


def _plain_branch(place: Place, body: Body, scope: Scope) -> Resolved:
    code = scope.code(None, place.label)
    return Resolved(_fill(body.template, place), f"{code}/{body.slug}-branch", body.functions, rule="table")


def _repair_site(printed: str, scope: Scope) -> tuple[Region | None, str]:
    """Return the place of the document's own chain that differs from `printed` in one character."""
    for region in scope.chain:
        for name in (region.short, region.name):
            if near(printed, name):
                return region, name
    return None, ""


def _special(name: str, scope: Scope) -> Resolved | None:
    """Resolve bodies whose place stands inside the name: 团区委, 政协…委员会, 国家税务总局…."""
    own = Place(scope.region, scope.label(scope.region) if scope.region else "", name, "own")
    youth = _YOUTH.match(name)
    if youth is not None:
        place = own if youth[1] == "工" else next(scope.readings(youth[1] + "委"))
        return _named_body("团委", place, scope)
    for pattern, form in _placed_names():
        match = pattern.match(name)
        place = next(scope.readings(match[1])) if match else own
        if match is None or place.rest or place.how == "own":
            continue
        found = _named_body(form, place, scope)
        return replace(found, org=name, short=False) if form == "税务局" else found
    if _NATIONAL.match(name):
        return _national(name, own, scope)
    return None


@cache
def _placed_names() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return patterns of full names that hold their place inside: 共青团…委员会."""
    found = [(_TAX, "税务局"), (re.compile(r"中国人民政治协商会议(.+?)委员会\Z"), "政协")]
    for entry in irregular_names().values():
        head, _, tail = entry.template.partition("{r}")
        if head and tail and "{" not in head + tail:
            pattern = f"{re.escape(head)}(.+?){re.escape(tail)}\\Z"
            found.append((re.compile(pattern), entry.form))
    return tuple(found)


def _named_body(form: str, place: Place, scope: Scope) -> Resolved:
    body = parse_body(form)
    assert body is not None  # the table of irregular names holds it
    return _organisation(place, body, scope)


def _national(name: str, own: Place, scope: Scope) -> Resolved:
    """Keep the name of a local unit of a national body or firm as printed."""
    power = name.startswith(("国网", "南网"))
    code = scope.code(own.region, "")
    if power and re.search(r"供电(?:公司|局|所)?\Z|电力公司\Z", name):
        return Resolved(name, f"{code}/power", ("power",), verified=own.region is not None, rule="kind")
    body = parse_body(re.sub(r"\A(?:国网|中国|国家)", "", name))
    served = body.functions if body else ("power",) if power else ("state-firm",)
    return Resolved(name.translate(_WIDE), f"{code}/national-{digest(name)}", served, rule="kind")


def _collective(name: str, scope: Scope) -> Resolved:
    place = next(scope.readings(name))
    if place.how == "own" or place.rest[:1] in {"", "属", "辖", "、", "(", "和"}:
        region, rest = scope.region, name
    else:
        region, rest = place.region, place.rest
    label = (scope.label(region) if region else "") if place.how != "level" or region else place.label
    org = (label + rest).translate(_WIDE)
    code = scope.code(region, "")
    return Resolved(org, f"{code}/group-{digest(rest)}", collective=True, rule="collective")


def _joint(name: str, scope: Scope) -> Resolved | None:
    """Split at 和 or 、 where both sides are known bodies on their own."""
    for match in _JOINT.finditer(name, 2):
        sides = [_best(name[: match.start()], scope), _best(name[match.end() :], scope)]
        first, second = sides
        if first is None or second is None or "table" not in (first.rule, second.rule):
            continue
        functions = tuple(dict.fromkeys(first.functions + second.functions))
        code = scope.code(scope.region, "")
        return Resolved(
            f"{first.org}、{second.org}",
            f"{code}/joint-{digest(first.org_id + second.org_id)}",
            functions,
            verified=True,
            collective=True,
            rule="joint",
        )
    return None


def _misplaced(name: str, scope: Scope) -> Resolved | None:
    """Repair a place at the beginning that differs by one character from the document's own."""
    for region in scope.chain:
        for right in region.names:
            wrong = name[: len(right)]
            if len(right) < 3 or wrong[-1:] != right[-1] or not near(wrong, right):
                continue
            body = parse_body(name[len(right) :])
            if body is None:
                continue
            found = _organisation(Place(region, scope.label(region), "", "name"), body, scope)
            return replace(found, suspect=f"“{wrong}”应为“{right}”", rule="repair")
    return None


def _misprinted(name: str, scope: Scope) -> Resolved | None:
    """Repair a bureau's name that is one character away from one that every place has."""
    place = next(scope.readings(name))
    found = repaired_body(place.rest)
    if found is None:
        return None
    body, right = found
    made = _organisation(place, body, scope)
    return replace(made, suspect=f"“{place.rest}”应为“{right}”", rule="misprint")


def _provisional(name: str, scope: Scope) -> Resolved:
    readings = {place.how: place for place in reversed(list(scope.readings(name)))}
    place = readings.get("name") or readings.get("level") or readings["own"]
    body = provisional_body(place.rest or name)
    if "short" in readings and place.how == "own":
        place = replace(place, label="")  # 湛河治理中心 carries its place in its name
    org = _fill(body.template, place).translate(_WIDE)
    code = scope.code(place.region, place.label if place.region is None else "")
    return Resolved(org, f"{code}/{body.slug}")
