"""Bodies that the end of their name tells: zones, townships, hospitals, schools, firms."""

from __future__ import annotations

import re
from functools import cache

from mskg.lexicon.departments import body_values, body_words
from mskg.ns import digest
from mskg.resolve.body import Body

__all__ = ["body_by_ending"]

_OFFICE = "管委会|管理委员会|党工委|党群工作部|管理办公室|管理局|管理处|政府|人民政府"
# Words that make 乡, 镇 and 街道 mean any of them, not one of that name.
_TOWNSHIP = re.compile(
    r"(?!乡镇|镇街|街道|乡|镇|城乡|村镇"
    r"|.*(?:所在|有关|相关|涉及|其他|属地|辖区|全[县市区]|[个各直\d]))"
    r"([\u4e00-\u9fff]{1,9}?(?:街道|镇|乡|苏木))"
    r"(人民政府|政府|街道办事处|办事处|街道办|街办|党委政府|党委|党工委|办)?\Z"
)
_FUNCTIONS = {"hospital": "medical-care", "school": "school", "firm": "state-firm"}
_SHORTEST = 4


def body_by_ending(text: str) -> Body | None:
    """Return the zone, township, hospital, school or firm that `text` names."""
    return _zone(text) or _township(text) or _service(text)


@cache
def _zone_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(.{{0,14}}?{body_words('zone')}(?=\Z|管|党|政府|人民政府)"
        rf"|.{{2,14}}(?=管委会\Z|管理委员会\Z))({_OFFICE})?\Z"
    )


def _zone(text: str) -> Body | None:
    match = _zone_pattern().match(text)
    if match is None:
        return None
    core = match[1]
    for long, short in body_values("zone-short").items():
        core = core.replace(long, short)
    name = text.replace("管委会", "管理委员会")
    return Body("{r}" + name, "zone-" + digest(core), ("zone",), kind="zone", short=True)


def _township(text: str) -> Body | None:
    match = _TOWNSHIP.match(text)
    if match is None:
        return None
    place, office = match[1], match[2] or ""
    slug = "township-" + digest(place)
    if office in {"党委", "党工委"}:
        return Body(f"中共{{r}}{text}", slug + "-party", ("party-committee",), kind="township")
    if not office:  # printed without office, it stays so; both spellings are one body
        return Body(f"{{r}}{place}", slug, ("township",), kind="township", short=True)
    full = "办事处" if place.endswith("街道") else "人民政府"
    if office.startswith("街") and full != "办事处":
        full = "街道办事处"  # 狼山镇街道: a street that was a town
    return Body(f"{{r}}{place}{full}", slug, ("township",), kind="township", short=True)


def _service(text: str) -> Body | None:
    for kind, function in _FUNCTIONS.items():
        if len(text) >= (_SHORTEST if kind == "firm" else 2) and _ends(kind).search(text):
            return Body("{r}" + text, f"{kind}-{digest(text)}", (function,), kind=kind)
    return None


@cache
def _ends(kind: str) -> re.Pattern[str]:
    return re.compile(body_words(kind) + r"\Z")
