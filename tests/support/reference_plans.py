"""Plans made from the hand annotations in ``tests/golden/reference``.

They let every later stage be tested apart from reading. The annotations carry no ids,
spans or document keys, so those that the model needs are filled in here.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from mskg.model import Plan
from mskg.model.record import plan_from_record
from mskg.ns import digest

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "reference"
STEMS = sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def reference_plan(stem: str) -> Plan:
    """Return the annotated plan whose file name begins with `stem` (``000`` … ``004``)."""
    path = next(FOLDER.glob(f"{stem}*.json"))
    record = json.loads(path.read_text(encoding="utf-8"))
    record["document"] |= {"key": path.stem.replace("_", "-"), "hash": digest(path.stem, 64)}
    record.pop("anomalies", None)
    groups: list[str] = []
    seen: dict[str, int] = {}
    for task in record["tasks"]:
        group = task.get("group") or ""
        if group and group not in groups:
            groups.append(group)
        seen[group] = seen.get(group, 0) + 1
        task["path"] = f"{groups.index(group) + 1}.{seen[group]}" if group else str(seen[group])
        _complete(task, record["program"]["regionCode"])
    for number, entry in enumerate(record["program"]["departments"], 1):
        _department(entry, record["program"]["regionCode"], number)
    return plan_from_record(record)


def _complete(task: dict[str, Any], region: str) -> None:
    task["leaders"] = [{"name": name} for name in task["leaders"]]
    for number, entry in enumerate(task["departments"], 1):
        _department(entry, region, number)
    for position, item in enumerate(task["items"], 1):
        item["leaders"] = [{"name": name} for name in item.get("leaders", [])]
        for number, entry in enumerate(item.get("departments", []), 1):
            _department(entry, region, number)
        owned = {}
        for number, entry in enumerate(item["indicators"], 1):
            entry["id"] = f"{task['path']}-{position}-{number}"
            owned[entry["name"]] = entry["id"]
        for number, milestone in enumerate(item["milestones"], 1):
            for count, entry in enumerate(milestone["indicators"], 1):
                entry["id"] = f"{task['path']}-{position}-m{number}-{count}"
                entry["of"] = owned.get(entry["name"])


def _department(entry: dict[str, Any], region: str, order: int) -> None:
    entry["order"] = order
    entry["orgId"] = f"{region}/x-{digest(entry['org'])}"
    entry["functions"] = []
