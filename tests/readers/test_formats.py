"""Files that real programs made give the same plan as the same text does."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mskg.errors import ReadError
from mskg.pipeline import read_document_plan
from mskg.readers import read_document
from mskg.readers.office import find_office

FILES = Path(__file__).parent / "files"
OFFICE = {"doc", "rtf", "odt"}
LISTS = [
    "list.html",
    "list.docx",
    "list.pdf",
    "list-browser.pdf",
    "list.doc",
    "list.rtf",
    "list.odt",
]
TABLES = [
    *("table.html", "table.docx", "table.xlsx", "table.xls", "table.ods", "table.pdf"),
    *("table-browser.pdf", "table.doc", "table.odt"),
]


@cache
def facts(name: str) -> list[Any]:
    """Return what was understood of a file, apart from the places."""
    plan = read_document_plan(FILES / name)[1]
    return [plan.document.doc_number, plan.program.year, plan.program.region] + [
        (
            task.no,
            task.title,
            [(d.name, d.role) for d in task.departments],
            [[(i.name, i.value, i.unit, i.op) for i in item.indicators] for item in task.items],
            [
                [(m.due, [(i.value, i.unit) for i in m.indicators]) for m in item.milestones]
                for item in task.items
            ],
        )
        for task in plan.tasks
    ]


def needs_program(name: str) -> None:
    if Path(name).suffix[1:] in OFFICE and find_office() is None:
        pytest.skip("LibreOffice is not installed")


@pytest.mark.parametrize("name", LISTS)
def test_list_is_read_like_its_text(name: str) -> None:
    needs_program(name)
    assert len(facts("list.txt")) == 3 + 5
    assert facts(name) == facts("list.txt")


@pytest.mark.parametrize("name", TABLES)
def test_table_is_read_like_its_text(name: str) -> None:
    needs_program(name)
    assert len(facts("table.txt")) == 3 + 5
    assert facts(name) == facts("table.txt")


@pytest.mark.parametrize("name", ["list.html", "list.docx", "list.pdf"])
def test_paragraphs_are_those_of_the_text(name: str) -> None:
    """Automatic numbers, tracked changes, broken lines and page furniture leave no trace."""
    assert read_document(FILES / name).text == (FILES / "list.txt").read_text("utf-8").strip()


@pytest.mark.parametrize("name", [*LISTS, *TABLES])
def test_blocks_cover_the_text_in_order(name: str) -> None:
    needs_program(name)
    document = read_document(FILES / name)
    assert [b.begin for b in document.blocks] == sorted(b.begin for b in document.blocks)
    covered = "".join(document.text[b.begin : b.end] for b in document.blocks)
    assert covered.replace("\n", "") == document.text.replace("\n", "")
    assert all(b.begin <= b.end <= len(document.text) for b in document.blocks)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "table.ods"])
def test_merged_cells_stand_at_their_places(name: str) -> None:
    # calamine gives no merged ranges of .ods files: their covered cells are empty ones.
    needs_program(name)
    document = read_document(FILES / name)
    cells = {
        document.text[b.begin : b.end]: (b.locator.column, b.row_span)
        for b in document.blocks
        if b.kind == "cell" and b.begin < b.end
    }
    assert cells["医疗服务提升工程"] == (2, 3)
    assert cells["公共充电设施建设工程"] == (2, 2)
    assert cells["校园食堂改造工程"] == (2, 1)
    assert cells["培训家庭医生80名，家庭医生签约率达到75%以上。"] == (3, 1)


def test_pages_of_a_pdf_are_known() -> None:
    document = read_document(FILES / "table-browser.pdf")
    pages = {b.locator.page for b in document.blocks}
    assert min(pages) == 1
    assert document.locate(document.text.index("青石区")).page == 1


def test_suffix_does_not_matter(tmp_path: Path) -> None:
    for name, wrong in (("list.docx", "a.doc"), ("list.pdf", "b.txt"), ("table.html", "c.xls")):
        shutil.copy(FILES / name, tmp_path / wrong)
        assert read_document(tmp_path / wrong).text == read_document(FILES / name).text


def test_missing_office_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mskg.readers.office.find_office", lambda: None)
    with pytest.raises(ReadError, match=r"list\.doc: \.doc needs LibreOffice.*save the file as"):
        read_document(FILES / "list.doc")
