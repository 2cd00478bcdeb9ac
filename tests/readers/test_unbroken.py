"""Plans whose line breaks became blanks in a copy read as they do with their lines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mskg.pipeline import read_plan
from mskg.readers.unbroken import broken_lines

if TYPE_CHECKING:
    from mskg.model import Plan

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
STEMS = [
    "fifth/07_xigang2025",
    "fifth/12_mentougou2015",
    "sixth/08_wangkui2016",
    "sixth/14_gansu2014",
    "eighth/30_shanxi2025",
    "eighth/27_chongchuan2018",
    "ninth/02_haiyan2024",
    "ninth/10_lankao2020",
    "ninth/15_zunyi_health2022",
    "tenth/05_gaomi2018",
    "tenth/06_hainan2017",
    "tenth/09_yulin2011",
    "eleventh/03_taihe2026",
    "eleventh/08_longyan2025",
    "twelfth/02_tongchuanshi2016",
    "twelfth/05_dayaozhen2024",
    "twelfth/10_hailinshi2013",
    "thirteenth/04_nanba2024",
    "thirteenth/09_yiyuan2022",
    "thirteenth/12_qinxian2019",
]


def _facts(plan: Plan) -> list[object]:
    return [
        (
            task.title,
            [(found.name, found.role) for found in task.departments],
            [(i.value, i.unit, i.op) for item in task.items for i in item.indicators],
            [(m.due, m.recurrence) for item in task.items for m in item.milestones],
        )
        for task in plan.tasks
    ]


@pytest.mark.parametrize("stem", STEMS)
def test_blanks_for_line_breaks(stem: str, tmp_path: Path) -> None:
    text = (GOLDEN / f"{stem}.txt").read_bytes().decode().replace("\r\n", "\n")
    copied = tmp_path / "copied.txt"
    copied.write_text(re.sub(r"\n+", " ", text), encoding="utf-8")
    joined = read_plan(copied)
    assert len(joined.tasks) > 5
    assert _facts(joined) == _facts(read_plan(GOLDEN / f"{stem}.txt"))
    assert any("丢了换行" in issue.message for issue in joined.issues)


@pytest.mark.parametrize(
    "line",
    [
        "新建 12 所学校，改造 30 个小区。" * 30,
        "分管领导：张 三  联系人：李 四。" * 3,
        "完成农村公路改造，" * 60,
        "The plan of the county for 2024 has ten tasks. " * 20,
    ],
)
def test_lines_that_were_lines_stay(line: str) -> None:
    assert broken_lines(line) == [line]


GLUED = [
    "fifth/03_weiyuan2023",
    "fifth/12_mentougou2015",
    "sixth/10_manasi2023",
    "eighth/29_shaxianqu2022",
    "ninth/04_guichi2016",
    "ninth/14_shimen2024",
    "eleventh/09_qixing_farm2010",
    "twelfth/04_guangdongsheng2014",
]


@pytest.mark.parametrize("stem", GLUED)
def test_line_breaks_that_left_no_trace(stem: str, tmp_path: Path) -> None:
    text = (GOLDEN / f"{stem}.txt").read_bytes().decode().replace("\r\n", "\n")
    copied = tmp_path / "copied.txt"
    copied.write_text(re.sub(r"\s*\n+\s*", "", text), encoding="utf-8")
    found, wanted = (read_plan(path).tasks for path in (copied, GOLDEN / f"{stem}.txt"))
    assert len(found) == len(wanted)
    same = sum(
        [d.name for d in a.departments] == [d.name for d in b.departments]
        for a, b in zip(found, wanted, strict=True)
    )
    assert same >= 0.8 * len(wanted)


def test_stray_blanks_of_a_long_paragraph_stay() -> None:
    line = (
        "一是公厕改造工程。改造公厕12座,新增绿地 0.45 万平方米。"
        + "提升道路通行能力,方便群众出行。" * 24
    )
    line = (line + "组织演出 7.2 场; 惠及(乡村) 群众。") * 5
    assert broken_lines(line) == [line]
