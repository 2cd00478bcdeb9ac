"""Units inside the bureau that issues a plan: 医政医管科 is 某市卫生健康委员会医政医管科."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.ns import digest
from mskg.resolve.departments import Resolved, resolve_folded

if TYPE_CHECKING:
    from mskg.resolve.places import Scope

__all__ = ["inside_unit", "issuing_bureau"]

_BUREAU = re.compile(r"(?:局|厅|(?<!管理)委员会)\Z")
# A name with a level (市教育局基础教育科) tells its owner itself.
_UNIT = re.compile(
    r"(?![省市县区州盟旗镇乡各])[\u4e00-\u9fff、]{2,20}(?<![局厅委])(?:科室?|股室?|处室?|办公室)"
    r"|机关(?:党委|各[\u4e00-\u9fff]{1,6})|[委局厅]直?属(?:管)?各?[\u4e00-\u9fff]{2,8}"
)


def issuing_bureau(issuer: str, scope: Scope) -> Resolved | None:
    """Return the bureau that issues the plan; None where a government, or several bodies, do."""
    if not _BUREAU.search(issuer) or " " in issuer.strip():
        return None
    found = resolve_folded(issuer, scope)
    kept = found.verified and not found.collective and _BUREAU.search(found.org) is not None
    return found if kept else None


def inside_unit(name: str, bureau: Resolved) -> Resolved | None:
    """Return the unit of `bureau` that a folded `name` without a place means, else None."""
    if not _UNIT.fullmatch(name):
        return None
    return Resolved(
        bureau.org + name,
        f"{bureau.org_id}-{digest(name)}",
        bureau.functions,
        verified=True,
        collective="各" in name or "属" in name[:3],
        rule="kind",
        short=True,
    )
