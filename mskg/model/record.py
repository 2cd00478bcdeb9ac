"""The plan record: the JSON form of a `Plan`, loss-free in both directions.

Field names are the camelCase of the dataclass fields, apart from `_RENAMED`. Fields at
their default value are left out, apart from `_ALWAYS`; an empty text in `_NULLABLE` is null.
"""

from __future__ import annotations

import json
import types
import typing
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from mskg.errors import InputError
from mskg.model import document, plan
from mskg.model.plan import Plan

__all__ = ["dumps_record", "plan_from_record", "plan_to_record"]

_RENAMED = {"sha256": "hash", "unused_numbers": "unused_numbers"}
_ALWAYS = {
    "Assignment": {"order", "stated", "org", "org_id", "functions"},
    "DocumentInfo": {"title", "doc_number", "issuer", "issued", "type", "links"},
    "Indicator": {"op", "kind", "accumulation", "part_of", "counted_thing"},
    "Item": {"label", "indicators", "milestones"},
    "Milestone": {"indicators"},
    "Plan": {"issues", "unused_numbers"},
    "Program": {"region", "region_code", "year", "declared_count", "deadlines", "departments"},
    "Task": {"group", "departments", "leaders"},
}
_STAGE_ALWAYS = {"of", "basis"}
_NULLABLE = {
    *("accumulation", "counted_thing", "doc_number", "group", "issuer", "label", "of"),
    *("org_id", "part_of", "region", "region_code"),
}
_NULL_TITLE = "DocumentInfo"


def plan_to_record(plan: Plan) -> dict[str, Any]:
    """Return `plan` as a plan record: plain dicts, lists, texts and numbers."""
    return typing.cast("dict[str, Any]", _encode(plan, ""))


def plan_from_record(record: dict[str, Any]) -> Plan:
    """Return the `Plan` that `record` describes.

    Raises
    ------
    InputError
        If a required field is missing or a value has the wrong type; the message
        names its path, such as ``tasks[2].items[0].indicators[1].value``.
    """
    return typing.cast("Plan", _decode(Plan, record, "record"))


def dumps_record(record: dict[str, Any]) -> str:
    """Return `record` as JSON text: UTF-8, unescaped, indented, ending in a line break."""
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _encode(value: Any, parent: str) -> Any:
    if is_dataclass(value):
        return _encode_object(value, parent)
    if isinstance(value, tuple):
        return [_encode(entry, parent) for entry in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _encode_object(value: Any, parent: str) -> dict[str, Any]:
    kind: Any = type(value)
    name = kind.__name__
    always = _ALWAYS.get(name, set())
    if name == "Indicator" and parent == "Milestone":
        always = always | _STAGE_ALWAYS
    out: dict[str, Any] = {}
    for key, default, spelled, _ in _layout(kind):
        entry = getattr(value, key)
        if key not in always and default is not MISSING and entry == default:
            continue
        nullable = key in _NULLABLE or (key == "title" and name == _NULL_TITLE)
        out[spelled] = None if nullable and entry == "" else _encode(entry, name)
    return out


@cache
def _layout(kind: Any) -> tuple[tuple[str, Any, str, Any], ...]:
    hints = typing.get_type_hints(kind, {**vars(plan), **vars(document)})
    return tuple((f.name, _default(f), _spelled(f.name), hints[f.name]) for f in fields(kind))


def _default(field: Field[Any]) -> Any:
    return field.default


def _spelled(name: str) -> str:
    head, *rest = name.split("_")
    return _RENAMED.get(name) or head + "".join(part.capitalize() for part in rest)


def _decode(hint: Any, value: Any, path: str) -> Any:
    if isinstance(hint, types.UnionType):
        inner = [entry for entry in typing.get_args(hint) if entry is not type(None)]
        return None if value is None else _decode(inner[0], value, path)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise _wrong(path, "a list", value)
        inner_hint = typing.get_args(hint)[0]
        return tuple(_decode(inner_hint, v, f"{path}[{i}]") for i, v in enumerate(value))
    if is_dataclass(hint):
        return _decode_object(typing.cast("type", hint), value, path)
    return _decode_scalar(hint, value, path)


def _decode_object(kind: type, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise _wrong(path, "an object", value)
    found: dict[str, Any] = {}
    for key, default, spelled, hint in _layout(kind):
        if spelled in value:
            found[key] = _decode(hint, value[spelled], f"{path}.{spelled}")
        elif default is MISSING:
            raise InputError(
                f"{path}: field {spelled!r} is missing",
                hint="see data/schema",
                zh=f"{path}：缺少字段 {spelled!r}（格式见 data/schema）",
            )
    return kind(**found)


def _decode_scalar(hint: Any, value: Any, path: str) -> Any:
    if hint is str:
        if value is not None and not isinstance(value, str):
            raise _wrong(path, "a text", value)
        return value or ""
    if hint is Decimal and isinstance(value, int | float | Decimal) and value is not True:
        return Decimal(str(value))
    if hint is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise _wrong(path, "a date such as 2023-06-30", value) from error
    if isinstance(hint, type) and isinstance(value, hint):
        return value
    raise _wrong(path, getattr(hint, "__name__", str(hint)), value)


def _wrong(path: str, wanted: str, value: Any) -> InputError:
    return InputError(
        f"{path}: wanted {wanted}, found {value!r}", zh=f"{path}：应为 {wanted}，现为 {value!r}"
    )
