"""The five reference plans: what is found in them is known, and nothing in them is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from reference_plans import STEMS, reference_plan

from mskg.validation import validate_plan

EXPECTED = Path(__file__).parent / "expected"


@pytest.mark.parametrize("stem", STEMS)
def test_findings_are_those_that_were_checked_by_reading(stem: str) -> None:
    report = validate_plan(reference_plan(stem))
    assert report.conforms
    expected = (EXPECTED / f"{stem}.txt").read_text(encoding="utf-8")
    assert "\n".join([*report.lines("zh"), *report.lines("en"), ""]) == expected


def test_an_explainer_without_units_gets_one_warning_for_the_whole_plan() -> None:
    (warning,) = [
        finding
        for finding in validate_plan(reference_plan("001")).findings
        if finding.severity != "info"
    ]
    assert warning.severity == "warning"
    assert warning.shape.endswith("program-units")
    assert warning.task == ""
    assert "0 of the 20 tasks" in warning.message_en


def test_strict_lets_warnings_count() -> None:
    plan = reference_plan("004")
    assert validate_plan(plan).conforms
    assert not validate_plan(plan, strict=True).conforms
    assert validate_plan(reference_plan("000"), strict=True).conforms  # infos never count
