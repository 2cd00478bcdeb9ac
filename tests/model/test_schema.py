"""The published JSON Schema of the plan record: it says what the codec writes, and no more."""

from __future__ import annotations

import copy
import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from plan_strategies import plans
from reference_plans import STEMS, reference_plan

from mskg import model, resources
from mskg.model.record import plan_from_record, plan_to_record
from mskg.pipeline import read_plan

if TYPE_CHECKING:
    from mskg.model import Plan

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads(resources.read_text("data/schema/plan-record.schema.json"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
DOCUMENTS = sorted((ROOT / "data" / "documents").glob("*.txt"))
# definition in the schema → dataclass
CLASSES = {
    "locator": "Locator", "span": "Span", "leader": "Leader", "textField": "TextField",
    "department": "Assignment", "indicator": "Indicator", "stageTarget": "Indicator",
    "milestone": "Milestone", "part": "Part", "progress": "Progress", "item": "Item",
    "task": "Task", "issue": "Issue", "unusedNumber": "UnusedNumber", "link": "DocumentLink",
    "document": "DocumentInfo", "program": "Program",
}  # fmt: skip


def _errors(record: dict[str, Any]) -> list[str]:
    found = sorted(VALIDATOR.iter_errors(record), key=lambda e: e.json_path)
    return [f"{e.json_path}: {e.message[:120]}" for e in found]


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda path: path.stem[:3])
def read(request: pytest.FixtureRequest) -> Plan:
    return read_plan(request.param)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert len(DOCUMENTS) >= 5


def test_program_records_are_valid(read: Plan) -> None:
    assert _errors(plan_to_record(read)) == []


@pytest.mark.parametrize("stem", STEMS)
def test_reference_records_are_valid(stem: str) -> None:
    record = plan_to_record(reference_plan(stem))
    assert _errors(record) == []


def _facts(record: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found = [("program department", d) for d in record["program"]["departments"]]
    found += [("program deadline", d) for d in record["program"]["deadlines"]]
    for task in record["tasks"]:
        found.append(("task", task))
        found += [("department", d) for d in task["departments"]]
        found += [("leader", d) for d in task["leaders"]]
        for item in task["items"]:
            found.append(("item", item))
            found += [("department", d) for d in item.get("departments", [])]
            found += [("indicator", d) for d in item["indicators"]]
            for stage in item["milestones"]:
                found.append(("milestone", stage))
                found += [("stage target", d) for d in stage["indicators"]]
    return found + [("unused number", d) for d in record["unused_numbers"]]


def test_program_records_say_where_every_fact_stands(read: Plan) -> None:
    facts = _facts(plan_to_record(read))
    assert len(facts) > 50
    assert [kind for kind, fact in facts if "span" not in fact] == []


def test_ids_are_unique_and_references_point_at_them(read: Plan) -> None:
    facts = [f for kind, f in _facts(plan_to_record(read)) if kind in {"indicator", "stage target"}]
    ids = [fact["id"] for fact in facts]
    assert len(ids) == len(set(ids))
    pointing = [fact[key] for fact in facts for key in ("partOf", "of") if fact.get(key)]
    assert set(pointing) <= set(ids)
    assert [f["id"] for f in facts if f["partOf"] == f["id"] or f.get("of") == f["id"]] == []


def test_records_survive_json(read: Plan) -> None:
    record = plan_to_record(read)
    again = json.loads(json.dumps(record, ensure_ascii=False))
    assert plan_from_record(again) == read
    assert plan_to_record(plan_from_record(again)) == record


@settings(max_examples=60)
@given(plans())
def test_any_plan_survives_json(plan: Plan) -> None:
    record = json.loads(json.dumps(plan_to_record(plan), ensure_ascii=False))
    assert plan_from_record(record) == plan


@pytest.mark.parametrize(("name", "kind"), sorted(CLASSES.items()))
def test_the_schema_knows_every_field(name: str, kind: str) -> None:
    renamed = {"sha256": "hash"}
    wanted = {renamed.get(f.name) or _camel(f.name) for f in fields(getattr(model, kind))}
    if name == "indicator":
        wanted |= {"of", "basis"}
    assert set(SCHEMA["$defs"][name]["properties"]) == wanted
    assert SCHEMA["$defs"][name]["additionalProperties"] is False


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def test_every_field_is_described() -> None:
    bare = [
        f"{name}.{key}"
        for name, entry in SCHEMA["$defs"].items()
        for key, value in entry["properties"].items()
        if "$ref" not in value and not value.get("description")
    ]
    assert bare == []


def _broken(record: dict[str, Any], change: str) -> dict[str, Any]:
    broken = copy.deepcopy(record)
    task = broken["tasks"][0]
    indicator = next(i for t in broken["tasks"] for x in t["items"] for i in x["indicators"])
    match change:
        case "a field nobody knows":
            task["colour"] = "red"
        case "no title":
            del task["title"]
        case "a wrong role":
            broken["program"]["departments"] = [{"name": "县教育局", "role": "boss"}]
        case "a number as text":
            indicator["value"] = "736"
        case "a wrong comparator":
            indicator["op"] = "=="
        case "a wrong date":
            broken["document"]["issued"] = "2023-02-30"
        case "a short hash":
            broken["document"]["hash"] = "abc"
        case "no unused numbers":
            del broken["unused_numbers"]
        case "a wrong severity":
            broken["issues"].append({"severity": "bad", "code": "x", "message": "x"})
    return broken


@pytest.mark.parametrize(
    "change",
    ["a field nobody knows", "no title", "a wrong role", "a number as text", "a wrong comparator",
     "a wrong date", "a short hash", "no unused numbers", "a wrong severity"],
)  # fmt: skip
def test_wrong_records_are_refused(change: str) -> None:
    record = plan_to_record(reference_plan("000"))
    assert _errors(record) == []
    assert _errors(_broken(record, change))
