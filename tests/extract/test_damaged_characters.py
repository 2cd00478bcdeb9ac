"""Characters that are not what was written: each place is listed, and what it was read as."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

TASKS = "1.新建学校2所。\n2.改造小区3个。\n"


@pytest.mark.parametrize(
    ("text", "code", "quote"),
    [
        ("9月1曰前完工", "misread-character", "月1曰前完工"),
        ("6月未前完工", "misread-character", "6月未前完工"),
        ("己建成35处要管好", "misread-character", "己建成"),
        ("培训32OO人", "letter-digit", "32OO"),
        ("新建公厕l所", "letter-digit", "公厕l所"),
        ("建设?幼儿园", "garbled", "?"),
    ],
)
def test_damaged_places_are_listed(text: str, code: str, quote: str) -> None:
    plan = plan_of(f"某县2023年民生实事\n{TASKS}3.{text}。\n")
    found = [issue.span.quote for issue in plan.issues if issue.code == code and issue.span]
    assert found
    assert any(quote in entry for entry in found)


@pytest.mark.parametrize("text", ["自己建成2处", "知己", "本周未前往", "IPv4改造", "O2O平台"])
def test_sound_words_are_not(text: str) -> None:
    plan = plan_of(f"某县2023年民生实事\n{TASKS}3.{text}。\n")
    codes = {issue.code for issue in plan.issues}
    assert not codes & {"misread-character", "letter-digit"}
