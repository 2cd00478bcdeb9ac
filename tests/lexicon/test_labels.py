"""Labels are put together of words for a duty and of words for who bears it."""

from __future__ import annotations

import pytest

from mskg.lexicon.cues import label_of

DUTIES = {
    "牵头": "lead",
    "主办": "lead",
    "责任": "responsible",
    "承办": "responsible",
    "落实": "responsible",
    "配合": "related",
    "协办": "related",
    "县级牵头": "lead",
    "主要责任": "responsible",
    "属地责任": "responsible",
}
BODIES = ["单位", "部门", "科室", "站所", "办公室", "中心", "镇街", "村", "村(社区)", "企业", "办"]
BODIES += ["局", "专班", "单位(部门)", "部门和单位", "单位及责任人", "站所和负责人", "乡(镇)"]


@pytest.mark.parametrize("duty", DUTIES)
@pytest.mark.parametrize("body", BODIES)
def test_labels_of_departments(duty: str, body: str) -> None:
    label = label_of(duty + body)
    assert label is not None
    assert (label.kind, label.role) == ("department", DUTIES[duty])


@pytest.mark.parametrize(
    "name", ["建设中心", "建设局", "审计局", "督查室", "项目办", "有关村", "主要村"]
)
def test_names_of_units_are_no_labels(name: str) -> None:
    assert label_of(name) is None
