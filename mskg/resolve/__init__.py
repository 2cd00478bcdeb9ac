"""Names → organisations, functions, places, policy areas; one file a kind of name."""

from __future__ import annotations

from mskg.resolve.comparing import Comparison, compare_indicators
from mskg.resolve.correcting import apply_corrections
from mskg.resolve.correction_files import read_corrections, read_sheet, with_proposals
from mskg.resolve.corrections import Correction, Corrections
from mskg.resolve.departments import Resolved, Scope, resolve_name
from mskg.resolve.elsewhere import foreign_place_issues
from mskg.resolve.plan import resolve_plan
from mskg.resolve.regions import RegionFinding, find_region, read_region
from mskg.resolve.report import NameReport, propose_names, propose_numbers, report_names
from mskg.resolve.vagueness import vague_issues

__all__ = [
    "Comparison",
    "Correction",
    "Corrections",
    "NameReport",
    "RegionFinding",
    "Resolved",
    "Scope",
    "apply_corrections",
    "compare_indicators",
    "find_region",
    "foreign_place_issues",
    "propose_names",
    "propose_numbers",
    "read_corrections",
    "read_region",
    "read_sheet",
    "report_names",
    "resolve_name",
    "resolve_plan",
    "vague_issues",
    "with_proposals",
]
