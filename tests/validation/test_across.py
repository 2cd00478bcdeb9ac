"""What only two plans side by side show."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from reference_plans import reference_plan

from mskg.model import DocumentLink, Indicator, Plan
from mskg.model.record import dumps_record, plan_to_record
from mskg.pipeline import check_many
from mskg.validation import Checked, validate_together

if TYPE_CHECKING:
    from pathlib import Path

BREAKDOWN = DocumentLink("breakdown", "按秦皇岛市 2023 年民生实项目实施方案分解")


def plan(
    region: str,
    code: str,
    year: int,
    unit: str = "盏",
    value: int = 500,
    *,
    thing: str = "street-lamps",
    name: str = "安装路灯",
) -> Plan:
    """Return a plan with one indicator, for street lamps, in its first task."""
    base = reference_plan("000")
    lamps = Indicator("1-1-99", name, Decimal(value), unit, counted_thing=thing)
    first = base.tasks[0]
    item = replace(first.items[0], indicators=(lamps,))
    return replace(
        base,
        document=replace(base.document, key=f"{code}-{year}"),
        program=replace(base.program, region=region, region_code=code, year=year),
        tasks=(replace(first, items=(item,)), *base.tasks[1:]),
    )


def linked(one: Plan) -> Plan:
    return replace(one, document=replace(one.document, links=(BREAKDOWN,)))


def rules(found: dict[str, tuple]) -> dict[str, list[str]]:
    return {key: [f.rule for f in findings] for key, findings in found.items()}


def test_a_share_beyond_the_total() -> None:
    city = plan("秦皇岛市", "130300", 2023, value=400)
    district = linked(plan("山海关区", "130303", 2023))
    found = validate_together([city, district])
    assert rules(found) == {"130303-2023": ["share-exceeds"]}
    (finding,) = found["130303-2023"]
    assert "500" in finding.message
    assert "400" in finding.message
    assert finding.task == "棚户区改造项目"


@pytest.mark.parametrize(
    ("city", "district"),
    [
        (plan("秦皇岛市", "130300", 2023, value=600), linked(plan("山海关区", "130303", 2023))),
        (plan("秦皇岛市", "130300", 2023, value=400), plan("山海关区", "130303", 2023)),
        (plan("秦皇岛市", "130300", 2022, value=400), linked(plan("山海关区", "130303", 2023))),
        (plan("唐山市", "130200", 2023, value=400), linked(plan("山海关区", "130303", 2023))),
        (plan("秦皇岛市", "130300", 2023, "处", 400), linked(plan("山海关区", "130303", 2023))),
    ],
    ids=["less", "no breakdown", "another year", "another city", "another unit"],
)
def test_what_is_no_share_or_small_enough(city: Plan, district: Plan) -> None:
    assert "share-exceeds" not in str(rules(validate_together([city, district])))


def test_another_unit_than_last_year() -> None:
    last = plan("山海关区", "130303", 2022, "处", thing="")
    now = plan("山海关区", "130303", 2023, thing="")
    found = validate_together([now, last])
    assert rules(found) == {"130303-2023": ["unit-changed"]}
    assert "上年清单的单位是处，今年是盏" in found["130303-2023"][0].message
    same = plan("山海关区", "130303", 2022, thing="")
    assert validate_together([now, same]) == {}
    assert validate_together([now, replace(last, program=replace(last.program, year=2021))]) == {}


def aid(year: int, unit: str, thing: str, name: str) -> Plan:
    return plan("山海关区", "130303", year, unit, thing=thing, name=name)


def test_things_that_count_alike_or_not() -> None:
    """个 and 所 of one thing may be compared; cases and person-times of one family may not."""
    old = aid(2022, "个", "kindergartens-new", "建设幼儿园")
    new = aid(2023, "所", "kindergartens-new", "新建幼儿园")
    assert validate_together([new, old]) == {}
    cases = aid(2022, "件", "legal-aid-cases", "办理法律援助案件")
    times = aid(2023, "人次", "legal-aid-services", "提供法律援助")
    assert rules(validate_together([times, cases])) == {"130303-2023": ["unit-changed"]}


def test_the_reports_of_a_batch_hold_them(tmp_path: Path) -> None:
    paths = []
    for year, unit in ((2022, "处"), (2023, "盏")):
        paths.append(tmp_path / f"{year}.json")
        record = plan_to_record(plan("山海关区", "130303", year, unit, thing=""))
        paths[-1].write_text(dumps_record(record), encoding="utf-8")
    old, new = (entry for entry in check_many(paths) if isinstance(entry, Checked))
    assert [f.rule for f in new.report.findings].count("unit-changed") == 1
    assert "unit-changed" not in [f.rule for f in old.report.findings]
    ranks = [("violation", "warning", "info").index(f.severity) for f in new.report.findings]
    assert ranks == sorted(ranks)
