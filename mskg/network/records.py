"""Duty rows from a table: a query result, or a file that a person wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.network.duty import Duty
from mskg.ns import DATA, child_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["duties_from_rows"]

_COLUMNS: Final = {
    "task": ("task", "title", "tasktitle", "任务", "任务名称"),
    "department": ("department", "departmentname", "organisation", "部门", "责任部门"),
    "side": ("side", "role", "角色"),
    "region": ("region", "regionname", "地区"),
    "year": ("year", "planyear", "年度"),
    "functions": ("functions", "function", "职能"),
    "number": ("tasknumber", "taskid", "任务序号"),
}
_RELATED: Final = {"related", "support", "supporting", "配合", "协同", "相关", "相关责任"}

# An absolute IRI: RFC 3987 with the characters that SPARQL and Turtle forbid in one.
_IS_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\x00-\x20<>\"{}|^`\\]+\Z")


def duties_from_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Duty]:
    """Yield one duty a row.

    Parameters
    ----------
    columns:
        Names of the columns, in English or Chinese: ``task`` and ``department`` (needed),
        ``role``, ``region``, ``year``, ``functions`` (separated by blanks or 、), and
        ``taskNumber``, which tells tasks of one title apart. Others are passed over.
    rows:
        One value a column. A value that is an IRI is kept as identity; else the identity is
        made of the words, of region and year. A role that is not one of support counts as
        accountable; without a column of roles all do.

    Raises
    ------
    InputError
        If there is no column of tasks or of departments.
    """
    place = _places(columns)
    for row in rows:
        cell = {name: _text(row[at]) for name, at in place.items()}
        if not cell["task"] or not cell["department"]:
            continue
        region, year = cell.get("region", ""), cell.get("year", "")
        year_number = int(year[:4]) if year[:4].isdigit() else None
        place_iri = child_iri(f"{DATA}table", "region", region)
        program = child_iri(place_iri, "year", year)
        task = f"{cell.get('number', '')} {cell['task']}".strip()
        unit = cell["department"]
        yield Duty(
            _iri(cell["task"], child_iri(program, "task", task)),
            cell["task"],
            _iri(unit, child_iri(place_iri, "unit", unit)),
            unit.rpartition("/")[2] if _IS_IRI.match(unit) else unit,
            "related" if cell.get("side", "") in _RELATED else "accountable",
            tuple(sorted(cell.get("functions", "").replace("、", " ").split())),
            region,
            year_number,
            program=program,
        )


def _places(columns: Sequence[str]) -> dict[str, int]:
    given = [column.strip().lstrip("\ufeff").replace(" ", "").lower() for column in columns]
    found = {}
    for name, words in _COLUMNS.items():
        at = next((given.index(word) for word in words if word in given), None)
        if at is not None:
            found[name] = at
    for name, zh in (("task", "任务"), ("department", "部门")):
        if name not in found:
            known = ", ".join(columns)
            raise InputError(
                f"no column {name!r} among {known}",
                hint="a network needs the columns task and department",
                zh=f"列 {known} 中没有“{zh}”（网络需要“任务”和“部门”两列）",
            )
    return found


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _iri(text: str, made: str) -> str:
    """Return `text` where it is an IRI, which a blank, a quote or a bracket in it forbids."""
    return text if _IS_IRI.match(text) else made
