"""The template: what a person fills in comes back as a plan, through every spreadsheet program."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from mskg.errors import NotAPlanError
from mskg.export import template_workbook
from mskg.lexicon.template import template_fields
from mskg.pipeline import check, read_document_plan, read_plan
from mskg.rdf import plan_from_triples, plan_triples

if TYPE_CHECKING:
    from pathlib import Path

    from mskg.model import Plan

PROGRAM = {
    "title": "山海关区2026年民生实事项目清单",
    "number": "山政办字〔2026〕7号",
    "issuer": "山海关区人民政府办公室",
    "issued": date(2026, 3, 1),
    "region": "130303",
    "year": 2026,
    "count": 3,
    "overall-due": date(2026, 12, 31),
}
ROWS: list[dict[str, Any]] = [
    {
        "task-number": 1,
        "group": "教育",
        "task": "学前教育扩容项目",
        "content": "新建公办幼儿园3所，新增学位900个。",
        "lead": "区教体局",
        "related": "区财政局、区住房和城乡建设局",
        "indicator": "新建公办幼儿园",
        "value": 3,
        "unit": "所",
        "due": date(2026, 12, 31),
        "stage": "年度目标",
    },
    {"indicator": "新建公办幼儿园", "value": 1, "unit": "所",
     "due": date(2026, 6, 30), "stage": "阶段目标"},
    {"indicator": "新建公办幼儿园", "value": 3, "unit": "所",
     "due": date(2026, 11, 30), "stage": "阶段目标"},
    {"indicator": "新增学位", "comparator": "不少于", "value": 900, "unit": "个"},
    {
        "task-number": 2,
        "group": "养老",
        "task": "适老化改造项目",
        "content": "改造特殊困难老年人家庭。",
        "responsible": "区民政局",
        "indicator": "适老化改造家庭",
        "value": Decimal("113.5"),
        "unit": "户",
        "source": "自定",
    },
    {"content": "培训护理员。", "indicator": "培训护理员", "value": 0.95, "unit": "",
     "site": "东街"},
    {"task-number": 3, "task": "口袋公园项目", "lead": "区城管执法局", "content": "建设口袋公园。"},
]  # fmt: skip


def fill(path: Path, rows: list[dict[str, Any]], language: str = "zh", **program: Any) -> Path:
    path.write_bytes(template_workbook(language, rows=40))
    book = load_workbook(path)
    fields, tasks = book.worksheets[:2]
    for number, entry in enumerate(template_fields("program"), 2):
        fields.cell(number, 2).value = {**PROGRAM, **program}.get(entry.id)
    columns = {entry.id: n for n, entry in enumerate(template_fields("tasks"), 1)}
    for number, row in enumerate(rows, 3):
        for name, value in row.items():
            cell = tasks.cell(number, columns[name])
            cell.value = value
            if value == 0.95:
                cell.number_format = "0%"
    book.save(path)
    return path


def facts(plan: Plan) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for task in plan.tasks:
        found.append((task.no, task.path, task.title, task.group, task.origins))
        found.append(tuple((d.name, d.role, d.order, d.org) for d in task.departments))
        for item in task.items:
            found.append((item.text, item.site.text if item.site else ""))
            found += [(i.name, i.value, i.unit, i.op, i.kind, i.of) for i in item.indicators]
            for stage in item.milestones:
                targets = tuple((i.name, i.value, i.unit, i.of) for i in stage.indicators)
                found.append((stage.due, targets))
    return found


EXPECTED = [
    (1, "1.1", "学前教育扩容项目", "教育", ()),
    (
        ("区教体局", "lead", 1, "山海关区教育和体育局"),
        ("区财政局", "related", 2, "山海关区财政局"),
        ("区住房和城乡建设局", "related", 3, "山海关区住房和城乡建设局"),
    ),
    ("新建公办幼儿园3所，新增学位900个。", ""),
    ("新建公办幼儿园", 3, "所", "eq", "count", ""),
    ("新增学位", 900, "个", "ge", "count", ""),
    (date(2026, 12, 31), ()),
    (date(2026, 6, 30), (("新建公办幼儿园", 1, "所", "1.1-1-1"),)),
    (date(2026, 11, 30), (("新建公办幼儿园", 3, "所", "1.1-1-1"),)),
    (2, "2.1", "适老化改造项目", "养老", ("own",)),
    (("区民政局", "responsible", 1, "山海关区民政局"),),
    ("改造特殊困难老年人家庭。", ""),
    ("适老化改造家庭", Decimal("113.5"), "户", "eq", "count", ""),
    ("培训护理员。", "东街"),
    ("培训护理员", 95, "%", "eq", "share", ""),
    (3, "2.2", "口袋公园项目", "养老", ()),
    (("区城管执法局", "lead", 1, "山海关区城市管理综合行政执法局"),),
    ("建设口袋公园。", ""),
]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return fill(tmp_path / "filled.xlsx", ROWS)


def test_the_facts_come_back(filled: Path) -> None:
    document, plan = read_document_plan(filled)
    assert facts(plan) == EXPECTED
    assert plan.issues == ()
    program = plan.program
    assert (program.region_code, program.year, program.declared_count) == ("130303", 2026, 3)
    assert [entry.due for entry in program.deadlines] == [date(2026, 12, 31)]
    info = plan.document
    assert (info.title, info.doc_number) == (PROGRAM["title"], PROGRAM["number"])
    assert (info.issuer, info.issued) == (PROGRAM["issuer"], PROGRAM["issued"])
    assert plan_from_triples(plan_triples(plan)) == plan
    for task in plan.tasks:
        for item in task.items:
            for entry in item.indicators:
                span = entry.span
                assert document.text[span.begin : span.end] == span.quote
                assert (span.locator.table, span.locator.column) == (2, 11)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_template_is_no_plan_yet(tmp_path: Path, language: str) -> None:
    path = tmp_path / "empty.xlsx"
    path.write_bytes(template_workbook(language))
    assert path.read_bytes() == template_workbook(language)
    with pytest.raises(NotAPlanError, match="holds no task yet"):
        read_plan(path)


def test_columns_may_move_and_be_added(filled: Path) -> None:
    book = load_workbook(filled)
    tasks = book.worksheets[1]
    rows = list(tasks.iter_rows(max_row=12))
    for row in rows:
        values = [cell.value for cell in row]
        formats = [cell.number_format for cell in row]
        for number, (value, form) in enumerate(zip(values[::-1], formats[::-1], strict=True), 1):
            cell = tasks.cell(row[0].row, number + 1)
            cell.value, cell.number_format = value, form
        tasks.cell(row[0].row, 1, "自己的备注")
    book.save(filled)
    assert facts(read_plan(filled)) == EXPECTED


def test_the_english_template_is_read_too(tmp_path: Path) -> None:
    words = {"年度目标": "target of the year", "阶段目标": "stage", "不少于": "at least"}
    rows = [{name: words.get(str(value), value) for name, value in row.items()} for row in ROWS]
    path = fill(tmp_path / "filled.xlsx", rows, "en")
    assert facts(read_plan(path)) == EXPECTED


def test_findings_name_the_cell(tmp_path: Path) -> None:
    rows = [dict(row) for row in ROWS]
    rows[2]["value"] = "两三所"
    rows[3]["comparator"] = "大概"
    rows[6]["due"] = "尽快"
    report = check(fill(tmp_path / "bad.xlsx", rows, count=4)).report
    assert not report.conforms
    found = {(f.quote, f.place("zh")) for f in report.findings if f.severity == "violation"}
    assert ("两三所", "表2第5排第11列") in found
    assert ("大概", "表2第6排第10列") in found
    assert ("尽快", "表2第9排第13列") in found
    assert ("4", "表1第8排第2列") in found  # the declared count


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"task-number": 2}, "序号与前面的任务重复"),
        ({"task-number": 2, "group": "环境"}, "序号与前面的任务重复"),
        ({"task": None}, "没有填任务名称"),
        ({"task-number": None, "task": None, "group": "环境"}, "没有填任务名称"),
        ({"task-number": 1, "group": "环境"}, ""),  # a new group may begin again
    ],
)
def test_numbers_that_are_taken_and_names_that_are_missing(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    rows = [*ROWS[:-1], {**ROWS[-1], **changed}]
    report = check(fill(tmp_path / "plan.xlsx", rows)).report
    problems = [f.message for f in report.findings if f.rule == "issue-violation"]
    assert [said in message for message in problems] == ([True] if said else [])


@pytest.mark.parametrize("suffix", ["ods", "xls", "xlsx"])
def test_libreoffice_opens_checks_and_saves_it(filled: Path, tmp_path: Path, suffix: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-calc")
    out = tmp_path / "saved"
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", suffix, "--outdir", str(out), str(filled)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    plan = read_plan(out / f"filled.{suffix}")
    assert facts(plan) == EXPECTED
    if suffix == "xlsx":
        checks = load_workbook(out / "filled.xlsx").worksheets[1].data_validations.dataValidation
        kinds = {check.type for check in checks}
        assert {"whole", "decimal", "date", "list"} <= kinds
