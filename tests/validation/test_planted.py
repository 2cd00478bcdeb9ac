"""A draft with one fault planted in it: it is found where it stands, and nothing else is.

``planted.csv`` holds the changed line, what is found and where; the rows without a rule are
sound lines that look like faults.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import pytest

from mskg.pipeline import validate

LINES: Final = {
    "title": "山海关区2023年民生实事项目实施方案\n",
    "head": "2023年共实施民生实事3项。所有项目12月底前全部完成。\n",
    "first": "（一）就业项目。城镇新增就业4400人，6月底前完成2200人，12月底前完成4400人。"
    "（牵头单位：区人社局）",
    "task": "（二）养老项目。建设日间照料站点20个。（牵头单位：区民政局）",
    "last": "（三）道路项目。新建道路10公里。（牵头单位：区交通局）",
}
ROWS: Final = list(
    csv.DictReader(Path(__file__).with_name("planted.csv").read_text(encoding="utf-8").splitlines())
)
BESIDE: Final = {"item-vague": {"task-measured"}}
"""What is vague has no number either."""


def findings(tmp_path: Path, lines: dict[str, str]) -> list[tuple[str, str, str]]:
    path = tmp_path / "draft.txt"
    path.write_text("\n".join(lines.values()) + "\n", encoding="utf-8")
    return [(f.severity, f.rule, f.quote.strip()) for f in validate(path).findings]


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['rule'] or 'sound'} {row['text'][3:12]}"
)
def test_one_fault_one_finding(tmp_path: Path, row: dict[str, str]) -> None:
    found = findings(tmp_path, {**LINES, row["line"]: row["text"]})
    if not row["rule"]:
        assert found == []
        return
    assert (row["severity"], row["rule"], row["quote"]) in found
    assert {rule for _, rule, _ in found} <= {row["rule"], *BESIDE.get(row["rule"], ())}


def test_the_draft_itself_is_sound(tmp_path: Path) -> None:
    assert findings(tmp_path, LINES) == []


def test_counts_of_groups_in_words(tmp_path: Path) -> None:
    groups = {
        "title": LINES["title"],
        "one": "一、省定项目（二项）\n" + LINES["first"] + "\n" + LINES["task"],
        "two": "二、区定项目（十二项）\n" + LINES["last"].replace("（三）", "（一）"),
    }
    errors = [entry for entry in findings(tmp_path, groups) if entry[0] == "violation"]
    assert errors == [
        ("violation", "group-count-agrees", "道路项目。新建道路10公里。（牵头单位：区交通局")
    ]
