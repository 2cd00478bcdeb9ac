"""Names of departments → organisations of a place, with their functions.

Three layers stay apart: the mention as printed, the organisation (place and body), its
functions. A name outside the authority tables becomes a provisional organisation.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from mskg.lexicon.departments import irregular_names, variants
from mskg.lexicon.regions import region_table
from mskg.ns import digest
from mskg.resolve.bodies import parse_body
from mskg.resolve.collectives import collective, is_collective, is_lower_place, wide
from mskg.resolve.organisations import Resolved, fill_template, organisation
from mskg.resolve.places import Place, Scope, near
from mskg.resolve.repairs import provisional_body, repaired_body
from mskg.text.folding import fold

__all__ = ["Resolved", "Scope", "provisional", "resolve_folded", "resolve_name"]


_SPACE = re.compile(r"\s+")
_YOUTH = re.compile(r"(?:共青)?团(省|市|县|区|州|盟|旗|地|工)委\Z")
_NATIONAL = re.compile(r"国网|南网|中国|国家(?!粮食)|中央|中铁|中建|中石|中化|武警")
_TAX = re.compile(r"国家税务总局(.*?)税务局\Z")
_JOINT = re.compile(r"[和与及、/]|(?<=[局委会办])(?=[省市县区州])")
_TWICE = re.compile(
    r"(?:中共)?(.{2,})(委|纪律检查委员会)、?\1(人民政府督查室|人民政府|监察委员会)\Z"
)
_STREET_OFFICE = re.compile(r"街道?办\Z")
_TRAILING = re.compile(r"等(?:部门|单位|有关部门|相关部门)?\Z")


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
    name = _STREET_OFFICE.sub("街道办事处", _TRAILING.sub("", name))
    if not name:
        return Resolved("", "")
    # 中共湛河区委湛河区人民政府督查室 names its place twice.
    twice = _TWICE.match(name)
    if twice is not None:
        name = twice[1] + twice[2] + twice[3]
    if "各" in name.replace("各族", "")[:6]:
        return collective(name, scope)
    found = _misplaced(name, scope) or _special(name, scope) or _best(name, scope)
    if found is not None:
        return found
    if is_collective(name):
        return collective(name, scope)
    return _joint(name, scope) or _misprinted(name, scope) or provisional(name, scope)


def _best(name: str, scope: Scope) -> Resolved | None:
    """Return the first reading of the place after which a known body follows."""
    bare_name = name.removeprefix("中共") or name
    local_names = variants()
    for read in scope.readings(bare_name):
        full = local_names.get((scope.province, read.rest))
        place = replace(read, rest=full) if full else read
        body = parse_body(place.rest)
        if body is not None and not (place.how == "own" and is_lower_place(place.rest)):
            return organisation(place, body, scope)
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
            name = (
                place.label
                + place.rest[:end]
                + fill_template(body.template, replace(place, label=""))
            )
            found = organisation(
                place, replace(body, kind="branch", branch=place.rest[:end]), scope
            )
            return replace(found, org=name)
    return None


_BANK = re.compile(r"\A(?:中国)?人(?:民银)?行")


def _place_itself(place: Place, scope: Scope) -> Resolved:
    """Return the government of a place that is named alone (湛河区, 曹镇乡)."""
    body = parse_body("政府")
    assert body is not None  # the table of irregular names holds it
    return replace(organisation(place, body, scope), functions=("lower-gov",), short=True)


def _special(name: str, scope: Scope) -> Resolved | None:
    """Resolve bodies whose place stands inside the name: 团区委, 政协…委员会, 国家税务总局…."""
    own = Place(scope.region, scope.label(scope.region) if scope.region else "", name, "own")
    youth = _YOUTH.match(name)
    if youth is not None:
        place = own if youth[1] == "工" else next(scope.readings(youth[1] + "委"))
        return _named_body("团委", place, scope)
    for pattern, form in _placed_names() if _any_placed().match(name) else ():
        match = pattern.match(name)
        place = next(scope.readings(match[1])) if match else own
        if match and place.rest and (site := scope.find_short(match[1])):
            place = Place(site, site.name, "", "name")  # 人行郑州中心支行
        if match is None or place.rest or place.how == "own":
            continue
        found = _named_body(form, place, scope)
        keeps = form in {"税务局", "人行"}
        whole = _BANK.sub("中国人民银行", name)
        return replace(found, org=whole, short=False) if keeps else found
    if _NATIONAL.match(name):
        return _national(name, own, scope)
    return None


@cache
def _any_placed() -> re.Pattern[str]:
    """Return a pattern of all `_placed_names`, which few names match."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _placed_names()))


@cache
def _placed_names() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return patterns of full names that hold their place inside: 共青团…委员会."""
    found = [
        (_TAX, "税务局"),
        (re.compile(r"共青团(.+?)委\Z"), "团委"),
        (re.compile(r"(?:中国)?人民?银?行(.+?)(?:中心)?[支分]行\Z"), "人行"),
        (re.compile(r"中国人民政治协商会议(.+?)委员会\Z"), "政协"),
    ]
    for entry in irregular_names().values():
        head, _, tail = entry.template.partition("{r}")
        if head and tail and "{" not in head + tail:
            pattern = f"{re.escape(head)}(.+?){re.escape(tail)}\\Z"
            found.append((re.compile(pattern), entry.form))
    return tuple(found)


def _named_body(form: str, place: Place, scope: Scope) -> Resolved:
    body = parse_body(form)
    assert body is not None  # the table of irregular names holds it
    return organisation(place, body, scope)


def _national(name: str, own: Place, scope: Scope) -> Resolved:
    """Keep the name of a local unit of a national body or firm as printed."""
    power = name.startswith(("国网", "南网"))
    code = scope.code(own.region, "")
    if power and re.search(r"供电(?:公司|局|所)?\Z|电力公司\Z", name):
        return Resolved(
            name, f"{code}/power", ("power",), verified=own.region is not None, rule="kind"
        )
    body = parse_body(re.sub(r"\A(?:国网|中国|国家)", "", name))
    served = body.functions if body else ("power",) if power else ("state-firm",)
    return Resolved(wide(name), f"{code}/national-{digest(name)}", served, rule="kind")


def _joint(name: str, scope: Scope) -> Resolved | None:
    """Split at 和 or 、 where both sides are known bodies on their own."""
    for match in _JOINT.finditer(name, 2):
        first = _best(name[: match.start()], scope)
        second = _best(name[match.end() :], scope)
        if first is None or second is None:
            continue
        functions = tuple(dict.fromkeys(first.functions + second.functions))
        code = scope.code(scope.region, "")
        return Resolved(
            f"{first.org}、{second.org}",
            f"{code}/joint-{digest(first.org_id + second.org_id)}",
            functions,
            verified=first.verified and second.verified,
            collective=True,
            rule="joint",
        )
    return None


def _misplaced(name: str, scope: Scope) -> Resolved | None:
    """Repair a place at the beginning that differs by one character from the document's own.

    A place of that name somewhere else is taken as meant; it may be a neighbour.
    """
    for region in scope.chain:
        for right in region.names:
            wrong = name[: len(right)]
            if len(right) < 3 or wrong[-1:] != right[-1] or not near(wrong, right):
                continue
            if region_table().match(wrong) == wrong:
                continue
            body = parse_body(name[len(right) :])
            if body is None:
                continue
            found = organisation(Place(region, scope.label(region), "", "name"), body, scope)
            return replace(found, suspect=f"“{wrong}”应为“{right}”", rule="repair")
    return None


def _misprinted(name: str, scope: Scope) -> Resolved | None:
    """Repair a bureau's name that is one character away from one that every place has."""
    place = next(scope.readings(name))
    found = repaired_body(place.rest)
    if found is None:
        return None
    body, right = found
    made = organisation(place, body, scope)
    return replace(made, suspect=f"“{place.rest}”应为“{right}”", rule="misprint")


def provisional(name: str, scope: Scope) -> Resolved:
    """Return an organisation of its own for a folded name that nothing else tells of."""
    readings = {place.how: place for place in reversed(list(scope.readings(name)))}
    place = readings.get("name") or readings.get("level") or readings["own"]
    body = provisional_body(place.rest or name)
    if "short" in readings and place.how == "own":
        place = replace(place, label="")  # 湛河治理中心 carries its place in its name
    org = wide(fill_template(body.template, place))
    code = scope.code(place.region, place.label if place.region is None else "")
    return Resolved(org, f"{code}/{body.slug}")
