"""Two plans side by side: which tasks are the same, and what changed in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reference_plans import STEMS, reference_plan

from mskg.errors import QueryError
from mskg.model import Plan
from mskg.model.record import plan_from_record, plan_to_record
from mskg.pipeline import read_plan
from mskg.query import Change, diff_plans, stored_plan

AID = "办理法律援助案件120件以上"
PLANS = Path(__file__).resolve().parents[1] / "support" / "plans"


def _read(name: str, *changes: tuple[str, str], folder: Path | None = None) -> Plan:
    """Return a plan of the trio, its text changed where `changes` say so."""
    text = (PLANS / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    assert folder is not None
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_plan(path)


def _kinds(changes: tuple[Change, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(c.kind, c.task_before, c.task_after, c.before, c.after) for c in changes]


@pytest.mark.parametrize("stem", STEMS)
def test_a_plan_does_not_differ_from_itself(stem: str) -> None:
    plan = reference_plan(stem)
    found = diff_plans(plan, plan)
    assert found.changes == ()
    assert list(found.unchanged) == [task.path for task in plan.tasks]
    assert all(a == b and score == 1.0 for a, b, score in found.pairs)


def test_script_and_place_in_the_list_make_no_difference() -> None:
    plan = reference_plan(STEMS[2])
    record: Any = plan_to_record(plan)
    import opencc

    convert = opencc.OpenCC("t2s").convert
    for task in record["tasks"]:
        task["title"] = convert(task["title"])
        for item in task["items"]:
            item["text"] = convert(item["text"])
            for indicator in item["indicators"]:
                indicator["name"] = convert(indicator["name"])
                indicator["unit"] = convert(indicator["unit"])
    turned = plan_from_record(record)
    turned = replace(turned, tasks=turned.tasks[::-1])
    found = diff_plans(plan, turned)
    assert {change.kind for change in found.changes} <= {"target-changed"}
    assert {(a, b) for a, b, _ in found.pairs} == {(t.path, t.path) for t in plan.tasks}


def test_two_years(stores: Any) -> None:
    """As read from the two texts of the county."""
    store = stores.get("memory", "trio")
    old = stored_plan(store, "昌黎县@2023")
    new = stored_plan(store, "2024", region="130322")
    found = diff_plans(old, new)
    assert [(a, b) for a, b, _ in found.pairs] == [("1", "1.1"), ("2", "1.2"), ("3", "1.3")]
    assert _kinds(found.changes) == [
        ("declared-count", "", "", "4", "5"),
        ("plan-due", "", "", "2023-06-30、2023-12-31", "2024-12-31"),
        ("target-changed", "1", "1.1", "400座", "520座"),
        ("target-dropped", "1", "1.1", "800000元", ""),
        ("department-dropped", "1", "1.1", "lead", ""),
        ("department-dropped", "1", "1.1", "related", ""),
        ("department-added", "1", "1.1", "", "lead"),
        ("title", "2", "1.2", "老旧小区改造工程", "老旧小区改造提升工程"),
        ("target-dropped", "2", "1.2", "2个", ""),
        ("target-dropped", "2", "1.2", "5个", ""),
        ("target-dropped", "2", "1.2", "6个", ""),
        ("due", "2", "1.2", "2023-12-31", ""),
        ("target-changed", "3", "1.3", "≥120件", "≥100件"),
        ("task-added", "", "2.1", "", found.changes[13].after),
        ("task-dropped", "4", "", found.changes[14].before, ""),
    ]
    assert found.changes[13].after.startswith("新建口袋公园 3个；")
    assert found.counts()["target-dropped"] == 4
    assert found.to_dict()["matched"][0]["before"] == "1"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("120件以上", "150件左右", [("target-changed", "3", "3", "≥120件", "≈150件")]),
        ("6月底前完成2个", "6月底前完成3个", [("target-changed", "2", "2", "2个", "3个")]),
        (
            "（牵头单位：县司法局）",
            "（牵头单位：县司法局；配合单位：县财政局）",
            [("department-added", "3", "3", "", "related")],
        ),
        (
            "做到应援尽援",
            "做到应援必援",
            [("text", "3", "3", f"{AID}，做到应援尽援。", f"{AID}，做到应援必援。")],
        ),
        (
            "（三）法律援助工程",
            "（三）法律援助惠民工程",
            [("title", "3", "3", "法律援助工程", "法律援助惠民工程")],
        ),
    ],
)
def test_one_change_of_a_version_is_the_one_found(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, ...]]
) -> None:
    before = _read("changli-2023.txt", folder=tmp_path)
    after = _read("changli-2023.txt", (old, new), folder=tmp_path)
    found = diff_plans(before, after)
    assert _kinds(found.changes) == expected
    assert len(found.unchanged) == 3


def test_a_department_that_goes_to_another_task_has_moved(tmp_path: Path) -> None:
    before = _read("changli-2023.txt", folder=tmp_path)
    after = _read(
        "changli-2023.txt",
        ("（牵头单位：县住房和城乡建设局；配合单位：县财政局）", "（牵头单位：县财政局）"),
        ("（牵头单位：县司法局）", "（牵头单位：县司法局；配合单位：县住房和城乡建设局）"),
        folder=tmp_path,
    )
    moved, role = diff_plans(before, after).changes
    assert moved.kind == "department-moved"
    assert moved.what == "昌黎县住房和城乡建设局 → 3 法律援助工程"
    assert (moved.before, moved.after) == ("lead", "related")
    assert (role.kind, role.before, role.after) == ("role", "related", "lead")


def test_renamed_tasks_are_known_by_what_they_count(stores: Any) -> None:
    store = stores.get("memory", "trio")
    found = diff_plans(stored_plan(store, "昌黎县@2024"), stored_plan(store, "卢龙县"))
    assert {(a, b) for a, b, _ in found.pairs} == {("1.1", "1"), ("1.3", "2")}
    # bodies of one kind in two places are no difference
    assert not any(
        "司法局" in change.what for change in found.changes if "department" in change.kind
    )


@pytest.mark.parametrize("kind", ["memory", "disk", "server"])
def test_a_stored_plan_is_the_plan(stores: Any, kind: str) -> None:
    store = stores.get(kind, "trio")
    for path in sorted(PLANS.glob("*.txt")):
        plan = read_plan(path)
        assert stored_plan(store, plan.document.key) == plan
        assert diff_plans(stored_plan(store, plan.document.key), plan).changes == ()


@pytest.mark.parametrize(
    ("name", "region", "message"),
    [
        ("昌黎县", "", "has 2 such documents.*130322-2023-1"),
        ("2024", "", "has 2 such documents"),
        ("昌黎县@2022", "", "no document of the store"),
        ("130322-2023-1-ed822", "", "did you mean: 130322-2023-1-ed822e"),
        ("昌离县@2023", "", "no region in the store.*昌黎县"),
        ("2024", "昌离县", "no region in the store"),
    ],
)
def test_wrong_names(stores: Any, name: str, region: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        stored_plan(stores.get("memory", "trio"), name, region=region)
