"""Result tables and the workbook of a plan."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from reference_plans import reference_plan

from mskg.errors import InputError
from mskg.export import ROW_SUFFIXES, write_plan, write_rows
from mskg.model import Issue, Locator, Span

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["部门", "任务", "期限"]
ROWS = [["民政局", 3, date(2023, 6, 30)], ["财政局，“甲”", None, None]]


def sheets_of(path: Path) -> dict[str, list[list[object]]]:
    book = load_workbook(path)
    return {s.title: [[cell.value for cell in row] for row in s.iter_rows()] for s in book}


def test_csv_opens_in_spreadsheets(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "t.csv", COLUMNS, ROWS)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))
    assert read == [COLUMNS, ["民政局", "3", "2023-06-30"], ["财政局，“甲”", "", ""]]
    write_rows(path, COLUMNS, ROWS, bom=False)
    assert path.read_bytes().startswith("部门".encode())


def test_json_is_a_list_of_objects(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "t.json", COLUMNS, ROWS)
    assert json.loads(path.read_text(encoding="utf-8"))[0] == {
        "部门": "民政局", "任务": 3, "期限": "2023-06-30"
    }  # fmt: skip


def test_xlsx_is_one_sheet(tmp_path: Path) -> None:
    sheets = sheets_of(write_rows(tmp_path / "t.xlsx", COLUMNS, ROWS, title="共同任务"))
    assert sheets["共同任务"][0] == COLUMNS
    assert sheets["共同任务"][2] == ["财政局，“甲”", None, None]


def test_unknown_suffix_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        write_rows(tmp_path / "t.ods", COLUMNS, ROWS)
    assert " ".join(ROW_SUFFIXES) in str(error.value)
    with pytest.raises(InputError, match=r"a plan is written as \.xlsx"):
        write_plan(tmp_path / "t.csv", reference_plan("003"))
    assert list(tmp_path.iterdir()) == []


def test_workbook_of_a_plan_holds_all_of_it(tmp_path: Path) -> None:
    plan = reference_plan("003")
    span = Span(3, 6, "民政局", Locator(page=2, table=1, row=4, column=5))
    plan = replace(plan, issues=(Issue("warning", "wrong-place", "地名有误", "wrong place", span),))
    sheets = sheets_of(write_plan(tmp_path / "计划.xlsx", plan))
    assert list(sheets) == ["任务", "指标", "节点", "部门", "问题"]
    items = [item for task in plan.tasks for item in task.items]
    stages = [milestone for item in items for milestone in item.milestones]
    indicators = sum(len(item.indicators) for item in items)
    indicators += sum(len(milestone.indicators) for milestone in stages)
    duties = sum(len(task.departments) for task in plan.tasks)
    duties += sum(len(item.departments) for item in items) + len(plan.program.departments)
    lengths = [len(rows) - 1 for rows in sheets.values()]
    assert lengths == [10, indicators, len(stages) + len(plan.program.deadlines), duties, 1]
    assert min(lengths[1:4]) > 20
    assert sheets["问题"][1] == ["warning", "wrong-place", "地名有误", "民政局", "p.2 t.1 r.4 c.5"]
    heads = sheets["指标"][0]
    aid = [row for row in sheets["指标"][1:] if "法律援助" in str(row[heads.index("指标")])]
    due = [(row[heads.index("目标值")], row[heads.index("阶段期限")]) for row in aid]
    assert any(value == 240 for value, _ in due)
    assert any(day is not None for _, day in due)


def test_workbook_names_no_person(tmp_path: Path) -> None:
    plan = reference_plan("003")
    names = {leader.name for task in plan.tasks for leader in task.leaders}
    assert names
    cells = {
        str(cell)
        for rows in sheets_of(write_plan(tmp_path / "p.xlsx", plan)).values()
        for row in rows
        for cell in row
    }
    assert not any(name in cell for name in names for cell in cells)


def test_workbook_in_english(tmp_path: Path) -> None:
    plan = reference_plan("004")
    sheets = sheets_of(write_plan(tmp_path / "p.xlsx", plan, lang="en"))
    assert list(sheets) == ["Tasks", "Indicators", "Milestones", "Departments", "Issues"]
    roles = {row[3] for row in sheets["Departments"][1:]}
    assert roles == {"responsible", "related"}


def test_workbook_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    first = write_plan(tmp_path / "a.xlsx", reference_plan("004")).read_bytes()
    assert write_plan(tmp_path / "b.xlsx", reference_plan("004")).read_bytes() == first
