"""Sheets written, filled in and taken back: what is accepted, what is said of which cell."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_store import bundled_store, one, put, seen
from openpyxl import load_workbook

from mskg.errors import InputError
from mskg.ledger import (
    Imported,
    find_row,
    import_ledger,
    ledger_bytes,
    ledger_rows,
    ledger_tasks,
    read_profile,
    standings,
)
from mskg.rdf import graph_text
from mskg.store import Store, open_store
from mskg.validation import validate_graph

JUNE, JULY = date(2023, 6, 30), date(2023, 7, 3)
WHO = "泾源县督查室"


@pytest.fixture(name="store")
def _store() -> Store:
    return bundled_store("003")


def _sheet(store: Store, path: Path, **options: Any) -> Path:
    content, _ = ledger_bytes(store, path.suffix, **options)
    path.write_bytes(content)
    return path


def _columns(sheet: Any) -> dict[str, int]:
    return {cell.value: number for number, cell in enumerate(sheet[1], 1)}


def _fill(path: Path, cells: dict[tuple[str, str], object]) -> Path:
    """Fill in cells of a workbook by row id and title of the column; return its path."""
    book = load_workbook(path)
    for sheet in book.worksheets[:-1]:
        columns = _columns(sheet)
        for line in sheet.iter_rows(min_row=2):
            for (row, title), value in cells.items():
                if line[columns["行标识"] - 1].value == row:
                    line[columns[title] - 1].value = value
    book.save(path)
    return path


def _take(store: Store, path: Path, **options: Any) -> Imported:
    given_ = {"as_of": JUNE, "reporter": WHO, **options}
    return import_ledger(store, path, **given_)


def test_an_unchanged_sheet_changes_nothing(store: Store, tmp_path: Path) -> None:
    before = list(store.dump())
    for suffix in (".xlsx", ".csv", ".json"):
        done = _take(store, _sheet(store, tmp_path / f"ledger{suffix}"))
        assert (done.filled, done.graph, done.findings) == (0, "", ())
    assert list(store.dump()) == before


def test_the_sheet_is_locked_typed_and_the_same_every_time(store: Store, tmp_path: Path) -> None:
    path = _sheet(store, tmp_path / "ledger.xlsx", per_department=True)
    assert path.read_bytes() == ledger_bytes(store, ".xlsx", per_department=True)[0]
    book = load_workbook(path)
    units = {d.name for row in ledger_rows(store) for d in row.accountable[:1]}
    assert set(book.sheetnames) == units | {"填写说明"}
    sheet = book["泾源县司法局"]
    columns = _columns(sheet)
    assert sheet.protection.sheet
    assert sheet.cell(2, columns["行标识"]).protection.locked
    assert not sheet.cell(2, columns["实际值"]).protection.locked
    letter = sheet.cell(1, columns["行标识"]).column_letter
    assert sheet.column_dimensions[letter].hidden
    assert {c.type for c in sheet.data_validations.dataValidation} >= {"decimal", "date", "list"}
    assert sum(s.max_row - 1 for s in book.worksheets[:-1]) == len(ledger_rows(store)) == 144


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_a_filled_sheet_is_taken_once(store: Store, tmp_path: Path, suffix: str) -> None:
    aid, start = one(store, "9", "法律援助"), one(store, "2", "开工建设")
    path = _sheet(store, tmp_path / f"ledger{suffix}")
    if suffix == ".xlsx":
        _fill(path, {
            (aid.id, "实际值"): 118, (aid.id, "佐证材料"): "台账", (start.id, "状态"): "完成待核验",
            (start.id, "日期"): date(2023, 3, 18),
        })  # fmt: skip
    elif suffix == ".csv":
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
        for row in rows:
            if row["行标识"] == aid.id:
                row |= {"实际值": "１18件", "佐证材料": "台账"}
            if row["行标识"] == start.id:
                row |= {"状态": "已完成", "日期": "2023年3月18日"}
        with path.open("w", encoding="gb18030", newline="") as file:  # as Excel saves it
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    else:
        entries = json.loads(path.read_text("utf-8"))
        for entry in entries:
            if entry["id"] == aid.id:
                entry |= {"value": 118, "evidence": "台账"}
            if entry["id"] == start.id:
                entry |= {"state": "complete", "date": "2023-03-18"}
        path.write_text(json.dumps(entries), "utf-8")
    done = _take(store, path)
    assert (done.accepted, done.written, done.findings) == (2, True, ())
    again = _take(store, path)
    assert (again.graph, again.written) == (done.graph, False)
    found = {s.row.id: s for s in standings(store, JUNE)}
    assert (found[aid.id].pace, found[aid.id].expected) == ("behind", 120)
    report = found[aid.id].actual
    assert report is not None
    assert (report.value, report.evidence, report.reporter) == (118, "台账", WHO)
    assert (found[start.id].state, found[start.id].pace) == ("complete", "on-schedule")
    exported = load_workbook(_sheet(store, tmp_path / "next.xlsx")).worksheets[0]
    columns = _columns(exported)
    lines = {row[columns["行标识"] - 1].value: row for row in exported.iter_rows()}
    assert lines[aid.id][columns["上次报送"] - 1].value == 118
    assert lines[aid.id][columns["实际值"] - 1].value is None
    assert lines[start.id][columns["上次报送"] - 1].value == "完成待核验"
    (states,) = (v for v in exported.data_validations.dataValidation if v.type == "list")
    assert states.formula1 == '"未启动,前期工作,推进中,主体完工,完成待核验,终止"'


def test_reports_and_events_conform_to_their_shapes(store: Store) -> None:
    from mskg.model import Event
    from mskg.rdf import event_triples, to_rdflib

    aid = one(store, "9", "法律援助")
    put(store, JUNE, seen(aid, JUNE, Decimal(118), note="在办"))
    query = (
        "CONSTRUCT { ?s ?p ?o } WHERE {"
        " GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/report/')) }"
    )
    graph = to_rdflib(store.construct(query))
    closed = Event("closed", aid.id, JUNE, WHO, "验收单")
    adjusted = Event("adjusted", aid.id, JUNE, WHO, "40号文", value=Decimal(200), due=JULY)
    for event in (closed, adjusted):
        to_rdflib(event_triples(event), graph)
    assert validate_graph(graph).findings == ()
    assert "sosa:Observation" in graph_text(store.construct(query), "turtle")


CASES = [
    ({"实际值": -5}, "sign", "实际值"),
    ({"实际值": "一百多"}, "no-value", "实际值"),
    ({"实际值": "118人"}, "unit", "实际值"),
    ({"实际值": 118, "单位": "人次"}, "unit", "单位"),
    ({"实际值": 400}, "jump", "实际值"),
    ({"实际值": 118, "日期": date(2023, 7, 1)}, "future", "日期"),
    ({"实际值": 118, "日期": date(2022, 12, 1)}, "before-the-year", "日期"),
    ({"实际值": 118, "日期": "六月"}, "date", "日期"),
    ({"实际值": 118, "状态": "大概完成"}, "state", "状态"),
    ({"状态": "已销号"}, "event", "状态"),
    ({"实际值": 118, "原文指纹": "0123456789"}, "plan-changed", "原文指纹"),
]


@pytest.mark.parametrize(("cells", "code", "column"), CASES)
def test_what_is_wrong_is_reported_with_its_cell(
    store: Store, tmp_path: Path, cells: dict[str, object], code: str, column: str
) -> None:
    aid = one(store, "9", "法律援助")
    path = _sheet(store, tmp_path / "ledger.xlsx")
    sheet = load_workbook(path).worksheets[0]
    columns = _columns(sheet)
    number = next(
        n
        for n, row in enumerate(sheet.iter_rows(), 1)
        if row[columns["行标识"] - 1].value == aid.id
    )
    letter = sheet.cell(1, columns[column]).column_letter
    before = list(store.dump())
    done = _take(store, _fill(path, {(aid.id, title): value for title, value in cells.items()}))
    assert [(f.code, f.place, f.severity) for f in done.findings] == [
        (code, f"台账!{letter}{number}", "error")
    ]
    assert done.findings[0].zh
    assert done.findings[0].en.isprintable()
    assert (done.accepted, done.graph) == (0, "")
    assert list(store.dump()) == before


def test_a_number_has_no_place_in_a_row_without_one(store: Store, tmp_path: Path) -> None:
    start = one(store, "2", "开工建设")
    path = _fill(_sheet(store, tmp_path / "ledger.xlsx"), {(start.id, "实际值"): 3})
    assert [f.code for f in _take(store, path).findings] == ["no-number"]


def test_an_unknown_row_and_a_file_that_is_no_ledger(store: Store, tmp_path: Path) -> None:
    aid = one(store, "9", "法律援助")
    path = _fill(_sheet(store, tmp_path / "l.xlsx"), {(aid.id, "实际值"): 5})
    assert [f.code for f in _take(bundled_store("000"), path).findings] == ["unknown-row"]
    for wrong in ("x", "两 个", f"{aid.id} 9"):
        garbled = _fill(path, {(aid.id, "行标识"): wrong})
        (finding,) = _take(store, garbled).findings
        assert (finding.code, finding.place[:3]) == ("unknown-row", "台账!")
        with pytest.raises(InputError, match="no row of the ledger"):
            find_row(store, wrong)
        path = _fill(_sheet(store, tmp_path / "l.xlsx"), {(aid.id, "实际值"): 5})
    for name, content in (
        ("a.csv", "a,b\n1,2\n"),
        ("b.json", "[{}]"),
        ("c.xlsx", "x"),
        ("d.txt", ""),
    ):
        (tmp_path / name).write_text(content)
        with pytest.raises(InputError) as caught:
            _take(store, tmp_path / name)
        assert name in caught.value.line("zh")
    with pytest.raises(InputError, match="reporter"):
        _take(store, path, reporter=" ")


def test_a_doubt_needs_a_note_and_stays_a_warning(store: Store, tmp_path: Path) -> None:
    aid = one(store, "9", "法律援助")
    put(store, date(2023, 5, 31), seen(aid, date(2023, 5, 31), Decimal(130)))
    path = _fill(_sheet(store, tmp_path / "l.xlsx"), {(aid.id, "实际值"): 118})
    assert [(f.code, f.severity) for f in _take(store, path).findings] == [("falls", "error")]
    done = _take(store, _fill(path, {(aid.id, "说明"): "剔除重复案件"}))
    assert [(f.code, f.severity) for f in done.findings] == [("falls", "warning")]
    assert (done.accepted, done.written) == (1, True)
    assert read_profile().jump == Decimal("1.5")


def test_a_sheet_comes_in_again_whatever_came_after_it(store: Store, tmp_path: Path) -> None:
    aid = one(store, "9", "法律援助")
    june = _fill(_sheet(store, tmp_path / "june.xlsx"), {(aid.id, "实际值"): 130})
    assert _take(store, june).written
    lower = {(aid.id, "实际值"): 118, (aid.id, "说明"): "剔除重复案件"}
    july = _fill(_sheet(store, tmp_path / "july.xlsx"), lower)
    assert _take(store, july, as_of=date(2023, 7, 31), reported=date(2023, 7, 31)).written
    before = list(store.dump())
    again = _take(store, june)
    assert (again.findings, again.written) == ((), False)
    assert list(store.dump()) == before
    # Another value for June is doubted as ever.
    other = _fill(june, {(aid.id, "实际值"): 131})
    assert [f.code for f in _take(store, other, reported=JULY).findings] == ["falls"]


def test_the_sound_rows_can_be_taken_alone(store: Store, tmp_path: Path) -> None:
    aid, jobs = one(store, "9", "法律援助"), one(store, "6", "城镇新增就业")
    cells = {(aid.id, "实际值"): -1, (jobs.id, "实际值"): 120}
    path = _fill(_sheet(store, tmp_path / "l.xlsx"), cells)
    assert _take(store, path).accepted == 0
    done = _take(store, path, partial=True)
    assert (done.accepted, done.errors, done.written) == (1, 1, True)


def test_two_rows_of_one_indicator_must_agree(store: Store, tmp_path: Path) -> None:
    aid = one(store, "9", "法律援助", Decimal(240))
    june = one(store, "9", "法律援助", Decimal(120))
    path = _fill(
        _sheet(store, tmp_path / "l.xlsx"), {(aid.id, "实际值"): 118, (june.id, "实际值"): 119}
    )
    finding = _take(store, path).findings[0]
    assert finding.code == "two-values"
    assert "118" in finding.zh and "台账!" in finding.zh  # noqa: PT018 - one message


def test_corrections_supersede_and_the_history_stays(store: Store, tmp_path: Path) -> None:
    aid = one(store, "9", "法律援助")
    path = _fill(_sheet(store, tmp_path / "l.xlsx"), {(aid.id, "实际值"): 130})
    first = _take(store, path, reported=JUNE)
    _fill(path, {(aid.id, "实际值"): 118})
    refused = _take(store, path, reported=JUNE)
    assert [f.code for f in refused.findings] == ["same-day"]
    assert WHO in refused.findings[0].zh
    second = _take(store, path, reported=JULY)
    found = next(s for s in standings(store, JUNE) if s.row.id == aid.id)
    assert found.actual is not None
    assert (found.actual.value, found.actual.graph) == (118, second.graph)
    told = [(r.value, r.reported, r.reporter, r.graph, r.superseded) for r in found.history]
    assert told == [
        (130, JUNE, WHO, first.graph, True), (118, JULY, WHO, second.graph, False),
    ]  # fmt: skip


def test_votes_of_the_congress_are_reports_of_their_own(store: Store, tmp_path: Path) -> None:
    path = _sheet(store, tmp_path / "vote.xlsx", kind="satisfaction-vote")
    task = ledger_tasks(store)[8]
    cells = {
        (task.id, "满意票"): 150, (task.id, "基本满意票"): 30, (task.id, "不满意票"): 4,
        (task.id, "说明"): "办结及时",
    }  # fmt: skip
    at = date(2023, 12, 28)
    done = _take(store, _fill(path, cells), as_of=at, reporter="泾源县人大常委会")
    assert (done.accepted, done.findings) == (4, ())
    assert store.ask("ASK { ?r <https://w3id.org/mskg/ontology#reportKind> 'satisfaction-vote' }")
    # A vote says nothing of the progress of a task.
    assert {s.pace for s in standings(store, at) if s.row.task == task.id} <= {"no-data", "not-due"}
    bad = _take(store, _fill(path, {(task.id, "满意票"): 1.5}), as_of=at, reporter="人大")
    assert [f.code for f in bad.findings] == ["votes"]


_VALUES = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([3, 6, 9]), st.integers(0, 300)),
    min_size=1, max_size=6, unique_by=lambda entry: entry[0],
)  # fmt: skip


@given(_VALUES, st.randoms(use_true_random=False))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_of_imports_gives_the_same_state(
    entries: list[tuple[int, int, int]], random: Any
) -> None:
    """Reports handed in on days of their own: `entries` are day, month and value."""
    dumps, judged = set(), set()
    for _ in range(2):
        store = bundled_store("000")
        row = next(row for row in ledger_rows(store) if row.kind == "indicator")
        for day, month, value in entries:
            at = date(2023, month, 28)
            put(store, at, seen(row, at, Decimal(value)), reported=date(2023, 12, 1 + day))
            put(store, at, seen(row, at, Decimal(value)), reported=date(2023, 12, 1 + day))
        dumps.add("".join(store.dump()))
        found = standings(store, date(2023, 10, 1))
        judged.add(str([(s.row.id, s.pace, s.actual, s.history) for s in found]))
        random.shuffle(entries)
    assert (len(dumps), len(judged)) == (1, 1)


def test_a_crash_during_import_leaves_the_state_before(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    memory = bundled_store("003")
    with open_store(folder, write=True) as store, store.writing():
        for graph in memory.graphs():
            triples = memory.construct(
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
            )
            store.replace_graph(graph, triples)
    aid = one(memory, "9", "法律援助")
    path = _fill(_sheet(memory, tmp_path / "l.xlsx"), {(aid.id, "实际值"): 118})
    with open_store(folder) as store:
        before = list(store.dump())
    code = f"""
import os, sys
from datetime import date
from pathlib import Path
from mskg.ledger import import_ledger
from mskg.store import open_store
from mskg.store.generations import StoreFolder
StoreFolder.switch = lambda *_: os._exit(9)  # killed after everything was written
with open_store({str(folder)!r}, write=True) as store:
    import_ledger(store, Path({str(path)!r}), as_of=date(2023, 6, 30), reporter="x")
"""
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 9
    with open_store(folder, write=True) as store:
        assert list(store.dump()) == before
        assert _take(store, path).written


def test_libreoffice_opens_fills_and_saves_the_sheet(store: Store, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-calc")
    aid = one(store, "9", "法律援助")
    path = _fill(_sheet(store, tmp_path / "l.xlsx"), {
        (aid.id, "实际值"): 118, (aid.id, "日期"): date(2023, 6, 28),
    })  # fmt: skip
    out = tmp_path / "saved"
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = load_workbook(out / "l.xlsx").worksheets[0]
    assert saved.protection.sheet
    assert {c.type for c in saved.data_validations.dataValidation} >= {"decimal", "date", "list"}
    done = _take(store, out / "l.xlsx")
    assert (done.accepted, done.findings) == (1, ())
    found = next(s for s in standings(store, JUNE) if s.row.id == aid.id)
    assert found.actual is not None
    assert (found.actual.value, found.actual.at) == (118, date(2023, 6, 28))
