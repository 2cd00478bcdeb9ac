"""Place and body → organisation; branches belong to the place above their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mskg.lexicon.regions import Region, region_table
from mskg.ns import digest
from mskg.resolve.places import Place, Scope, near

if TYPE_CHECKING:
    from mskg.resolve.body import Body

__all__ = ["Resolved", "fill_template", "organisation"]


# Bodies named by the short name of their place: 嘉兴学院, 武汉地铁集团, 深圳供电局.
_OWN_NAME_KINDS = frozenset({"firm", "hospital", "school", "zone"})
_OWN_NAME_FUNCTIONS = frozenset({"banking", "military", "power", "telecom"})


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


def fill_template(template: str, place: Place) -> str:
    """Return the full name: `template` with the place and its party committee put in."""
    region, label = place.region, place.label
    party = "中共" + label
    committee = party + "委"
    if region is not None and len(label) == 2 and label[-1] in "县市区旗":
        committee = f"{party}{label[-1]}委"  # 中共献县县委: one character is no name
    elif region is None:
        party, committee = label, label + "委"
    name = template.replace("{w}", committee).replace("{p}", party)
    return name.replace("{r}", label)


def organisation(place: Place, body: Body, scope: Scope) -> Resolved:
    """Return the organisation that is `body` in `place`."""
    if body.kind == "branch":
        return _branch(place, body, scope)
    region = place.region
    # The public security bureau of a district is a branch of the city's, whatever its name.
    if body.slug == "public-security" and region and region.kind == "市辖区":
        return _own_branch(place, body, region)
    name = fill_template(body.template, place)
    if place.how == "short" and region and _keeps_short(body):
        name = fill_template(body.template, replace(place, label=region.short))  # 武汉地铁集团
    return Resolved(
        name,
        f"{scope.code(region, place.label if region is None else '')}/{body.slug}",
        body.functions,
        verified=body.known and region is not None and not body.slug.startswith(("zone-", "firm-")),
        collective=body.joint,
        rule="table" if body.known else "none",
        short=body.short,
    )


def _keeps_short(body: Body) -> bool:
    """Tell whether the short name of a place is part of the body's own name."""
    return body.kind in _OWN_NAME_KINDS or not _OWN_NAME_FUNCTIONS.isdisjoint(body.functions)


def _branch(place: Place, body: Body, scope: Scope) -> Resolved:
    """Resolve a branch: its owner stands in the name, or is the place above."""
    if not body.branch:
        if place.region is None:
            return _plain_branch(place, body, scope)
        return _own_branch(place, body, place.region)
    site = scope.find_short(body.branch)
    suspect = ""
    printed = body.branch
    if site is None:
        site, suspect = _repair_site(body.branch, scope)
    shown = body.branch if site is None or not suspect else _like(body.branch, site)
    owner = _owner(place, site, scope)
    part = site.code if site else "x" + digest(body.branch)
    org = fill_template(body.template, owner).replace("{b}", shown)
    if suspect:
        suspect = f"“{printed}{_tail(body)}”应为“{shown}{_tail(body)}”"
    code = scope.code(owner.region, owner.label if owner.region is None else "")
    return Resolved(
        org,
        f"{code}/{body.slug}-branch-{part}",
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


def _own_branch(place: Place, body: Body, region: Region) -> Resolved:
    """Resolve 区公安分局: the branch of the place above for this place."""
    above = region_table().parent(region) if not region.is_prefecture else None
    owner = above or region
    name = fill_template(body.template, place)
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
    return Resolved(
        fill_template(body.template, place),
        f"{code}/{body.slug}-branch",
        body.functions,
        rule="table",
    )


def _repair_site(printed: str, scope: Scope) -> tuple[Region | None, str]:
    """Return the place of the document's own chain that differs from `printed` in one character."""
    for region in scope.chain:
        for name in (region.short, region.name):
            if near(printed, name):
                return region, name
    return None, ""
