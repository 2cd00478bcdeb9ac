"""Findings as JUnit XML, which build servers show: a suite a file, a test case a task."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mskg.model import severity_word
from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.validation.checked import Checked
    from mskg.validation.report import Finding

__all__ = ["junit_text"]


def junit_text(checked: Sequence[Checked], lang: str = "zh") -> str:
    """Return the findings as JUnit XML.

    Every task of a plan is a test case, and so is the plan as a whole. A case fails where
    the report does not conform for it: violations, with `Report.strict` warnings too; what
    else was found is output of the case.
    """
    root = Element("testsuites", name="mskg validate")
    for entry in checked:
        _add_suite(root, entry, lang)
    for name in ("tests", "failures"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_suite(root: Element, checked: Checked, lang: str) -> None:
    whole = "清单整体" if lang == "zh" else "the plan as a whole"
    found = {path: list(group) for path, _, group in checked.report.groups()}
    cases = {"": whole, **dict(checked.draft.tasks)}
    for path, findings in found.items():
        cases.setdefault(path, findings[0].heading(lang))
    suite = SubElement(root, "testsuite", name=xml_text(checked.source.as_posix()))
    failures = 0
    for path, name in cases.items():
        case = SubElement(
            suite, "testcase", classname=xml_text(checked.source.stem), name=xml_text(name)
        )
        findings = found.get(path, [])
        bad = [finding for finding in findings if checked.report.fails(finding)]
        rest = [finding for finding in findings if not checked.report.fails(finding)]
        if bad:
            failures += 1
            failure = SubElement(
                case, "failure", type=bad[0].severity, message=xml_text(bad[0].statement(lang))
            )
            failure.text = _lines(bad, lang)
        if rest:
            SubElement(case, "system-out").text = _lines(rest, lang)
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(failures))
    suite.set("errors", "0")
    suite.set("skipped", "0")


def _lines(findings: Sequence[Finding], lang: str) -> str:
    lines = []
    for finding in findings:
        parts = (finding.place(lang), finding.statement(lang), finding.quote, finding.rule)
        shown = " | ".join(filter(None, parts))
        lines.append(f"[{severity_word(finding.severity, lang)}] {shown}")
    return xml_text("\n".join(lines))
