"""Findings in the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.validation.checked import Checked
    from mskg.validation.report import Finding

__all__ = ["sarif_text"]

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {"violation": "error", "warning": "warning", "info": "note"}


def sarif_text(checked: Sequence[Checked], lang: str = "zh", *, version: str) -> str:
    """Return a SARIF log with one run that holds the findings on all files.

    Parameters
    ----------
    version:
        Version of the software, for the name of the tool.
    """
    rules: dict[str, Finding] = {}
    for entry in checked:
        for finding in entry.report.findings:
            rules.setdefault(finding.shape, finding)
    places = {shape: number for number, shape in enumerate(sorted(rules))}
    run = {
        "tool": {
            "driver": {
                "name": "mskg",
                "version": version,
                "rules": [_rule(rules[shape], lang) for shape in places],
            }
        },
        "language": "zh-CN" if lang == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(entry)}} for entry in checked],
        "results": [
            _result(finding, places[finding.shape], entry, number, lang)
            for number, entry in enumerate(checked)
            for finding in entry.report.findings
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule_id(finding: Finding) -> str:
    return finding.rule or finding.component.rpartition("#")[2] or "shape"


def _rule(finding: Finding, lang: str) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": _rule_id(finding),
        "shortDescription": {"text": finding.title(lang) or _rule_id(finding)},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }
    if finding.shape:
        rule["properties"] = {"shape": finding.shape}
    return rule


def _result(
    finding: Finding, rule: int, checked: Checked, artifact: int, lang: str
) -> dict[str, Any]:
    text = finding.statement(lang)
    quoted = f"〔{finding.quote}〕" if lang == "zh" else f" [{finding.quote}]"
    return {
        "ruleId": _rule_id(finding),
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text + (quoted if finding.quote else "")},
        "locations": [_location(finding, checked, artifact, lang)],
        "properties": {
            "focusNode": finding.focus,
            "resultPath": finding.path,
            "value": finding.value,
            "constraintComponent": finding.component,
        },
    }


def _location(finding: Finding, checked: Checked, artifact: int, lang: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(checked), "index": artifact}}
    span = finding.span
    if span is not None:
        # Lines are those of a text file; a page or a cell of a table has no line of its own.
        place = span.locator
        region: dict[str, Any] = {"charOffset": span.begin, "charLength": span.end - span.begin}
        if place.line and not place.page and not place.table:
            region = {"startLine": place.line}
        physical["region"] = {**region, "snippet": {"text": span.quote}}
    location: dict[str, Any] = {"physicalLocation": physical}
    words = finding.place(lang)
    if finding.task or words:
        location["logicalLocations"] = [
            {
                "name": finding.task or words,
                "fullyQualifiedName": " / ".join(
                    filter(None, (finding.task_group, finding.task_number, words))
                ),
                "kind": "element",
            }
        ]
    return location


def _uri(checked: Checked) -> str:
    return quote(checked.source.as_posix())
