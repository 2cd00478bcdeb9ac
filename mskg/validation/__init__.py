"""Validation of plans with SHACL: what doesn't add up, what looks wrong, how to mend it."""

from __future__ import annotations

from mskg.validation.checked import Checked
from mskg.validation.draft import Draft
from mskg.validation.report import SEVERITIES, Finding, Report
from mskg.validation.validate import validate_graph, validate_plan, validate_together

__all__ = [
    "SEVERITIES",
    "Checked",
    "Draft",
    "Finding",
    "Report",
    "validate_graph",
    "validate_plan",
    "validate_together",
]
