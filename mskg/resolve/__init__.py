"""Names → organisations, functions, places, policy areas; one file a kind of name."""

from __future__ import annotations

from mskg.resolve.departments import Resolved, Scope, resolve_name
from mskg.resolve.plan import resolve_plan
from mskg.resolve.regions import RegionFinding, find_region, read_region

__all__ = [
    "RegionFinding",
    "Resolved",
    "Scope",
    "find_region",
    "read_region",
    "resolve_name",
    "resolve_plan",
]
