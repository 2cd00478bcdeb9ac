"""The source documents themselves, as printed and with one passage changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mskg import resources
from mskg.pipeline import validate
from mskg.validation.shapes import SHAPES

if TYPE_CHECKING:
    from pathlib import Path

    from mskg.validation import Finding


def source(stem: str) -> Path:
    return next(resources.folder("data/documents").glob(f"{stem}_*.txt"))


def found(path: Path, severity: str) -> list[Finding]:
    return [entry for entry in validate(path).findings if entry.severity == severity]


def rules(findings: list[Finding]) -> list[str]:
    return [entry.shape.removeprefix(SHAPES) for entry in findings]


@pytest.mark.parametrize("stem", ["000", "001", "002", "003", "004"])
def test_as_printed_nothing_is_a_violation(stem: str) -> None:
    assert found(source(stem), "violation") == []


def test_an_explainer_gets_one_warning_about_units() -> None:
    assert rules(found(source("001"), "warning")) == ["program-units"]


def test_a_unit_named_twice_and_three_wrong_places() -> None:
    warnings = found(source("004"), "warning")
    expected = ["assignment-one-role", *["assignment-suspect"] * 3, "program-deadlines"]
    assert rules(warnings) == expected
    assert [entry.quote for entry in warnings[:4]] == [
        "区卫生健康委",
        *["市自然资源和规划局漯河分局"] * 2,
        "市公安局漯河分局",
    ]
    assert all(entry.place() for entry in warnings[:4])


CHANGES = [
    ("000", r"[（(]牵头单位[:：][^）)]*[）)]", "", "task-unit", "棚户区改造项目。"),
    ("002", r"\(責任單位[:：][^)]*\)", "", "task-unit", "棚戶區改造工程。"),
    ("003", "\t司法局\n", "\t\n", "task-unit", "法律援助质量提升工程"),
    ("004", "主要责任单位[^\n]*\n", "\n", "task-unit", "开展职业技能培训"),
    ("000", r"共 17 项", "共 18 项", "program-count-agrees", "共 18 项"),
    ("002", "共25項", "共26項", "program-count-agrees", "共26項"),
    ("003", "完成筛查240人次", "完成筛查140人次", "stage-falls", "140人次"),
    ("003", "完成法律援助180件", "完成法律援助100件", "stage-falls", "100件"),
    ("003", "全面完成法律援助240件", "全面完成法律援助200件", "stage-short", "200件"),
    ("003", "全面完成农村户厕改造1310座", "全面完成农村户厕改造1200座", "stage-short", "1200座"),
    ("003", "完成工程量的60%", "完成工程量的20%", "stage-share-falls", "20%"),
]


@pytest.mark.parametrize(("stem", "old", "new", "rule", "quote"), CHANGES)
def test_with_one_passage_changed_there_is_one_violation(
    tmp_path: Path, stem: str, old: str, new: str, rule: str, quote: str
) -> None:
    text, count = re.subn(old, new, source(stem).read_text(encoding="utf-8"), count=1)
    assert count == 1
    changed = tmp_path / "changed.txt"
    changed.write_text(text, encoding="utf-8")
    violations = found(changed, "violation")
    assert rules(violations) == [rule]
    (violation,) = violations
    assert violation.quote.startswith(quote)
    span = violation.span
    assert span is not None
    assert text[span.begin : span.end] == span.quote
