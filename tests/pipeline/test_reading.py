"""From files to plans: the order of stages, records, folders, batches that survive bad files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mskg.errors import InputError, NotAPlanError, ReadError
from mskg.model.record import dumps_record, plan_to_record
from mskg.pipeline import find_files, read_document_plan, read_many, read_plan, to_graph, validate

DOCUMENTS = Path(__file__).resolve().parents[2] / "data" / "documents"
FILES = sorted(DOCUMENTS.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:3])
def test_document_becomes_a_resolved_plan(path: Path) -> None:
    document, plan = read_document_plan(path)
    assert plan.source == path.name
    assert plan.document.key
    assert plan.document.sha256 == document.sha256
    assert plan.tasks
    assert all(entry.org_id for task in plan.tasks for entry in task.departments)


def test_record_gives_the_same_plan(tmp_path: Path) -> None:
    plan = read_plan(FILES[3])
    path = tmp_path / "plan.json"
    path.write_text(dumps_record(plan_to_record(plan)), encoding="utf-8")
    assert read_plan(path) == plan


def test_given_region_wins() -> None:
    assert read_plan(FILES[1], region="130929").program.region_code == "130929"


def test_text_without_tasks_is_no_plan(tmp_path: Path) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("床前明月光，疑是地上霜。\n", encoding="utf-8")
    with pytest.raises(NotAPlanError, match="no list of tasks") as caught:
        read_plan(path)
    assert "poem.txt" in caught.value.line("zh")


def test_wrong_record_names_file_and_field(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"source": 1}', encoding="utf-8")
    with pytest.raises(InputError, match=r"wrong\.json.*source"):
        read_plan(path)


def test_folder_gives_its_documents_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.exe", "deep/d.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    missing = tmp_path / "none.txt"
    found = find_files([tmp_path, tmp_path / "a.txt", missing])
    assert [path.name for path in found] == ["a.txt", "b.txt", "d.md", "none.txt"]


def test_batch_keeps_order_and_survives(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    seen: list[str] = []

    def advance(name: str, page: int = 0, pages: int = 0) -> None:
        assert (page, pages) == (0, 0)
        seen.append(name)

    paths = [FILES[0], empty, tmp_path / "none.txt", FILES[4]]
    readings = read_many(paths, advance=advance)
    assert [reading.source for reading in readings] == paths
    assert [reading.plan is not None for reading in readings] == [True, False, False, True]
    assert [type(reading.error) for reading in readings[1:3]] == [ReadError, ReadError]
    assert seen == [path.name for path in paths]


def test_processes_give_the_same_as_one(tmp_path: Path) -> None:
    paths = [*FILES, tmp_path / "none.txt", *FILES[:3]]
    alone, together = read_many(paths), read_many(paths, workers=2)
    assert [reading.plan is None for reading in alone] == [False] * 5 + [True] + [False] * 3
    assert [reading.plan for reading in together] == [reading.plan for reading in alone]
    assert str(together[5].error) == str(alone[5].error)
    assert together[5].error is not None
    assert together[5].error.line("zh") == alone[5].error.line("zh")  # type: ignore[union-attr]


@pytest.mark.parametrize("others", [0, 8], ids=["one process", "several"])
def test_pages_of_a_scan_are_told(
    others: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("rapidocr", reason="the extra mskg[ocr] is not installed")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    told: list[tuple[str, int, int]] = []

    def advance(name: str, page: int = 0, pages: int = 0) -> None:
        told.append((name, page, pages))

    scan = Path(__file__).resolve().parents[1] / "readers" / "files" / "table-scan.pdf"
    readings = read_many([scan, *FILES[:1] * others], workers=2, advance=advance)
    assert readings[0].plan is not None
    of_scan = [(page, pages) for name, page, pages in told if name == scan.name]
    assert of_scan == [*((n, len(of_scan) - 1) for n in range(1, len(of_scan))), (0, 0)]
    assert len(of_scan) > 1


def test_fault_on_one_document_is_that_document_s_error(monkeypatch: pytest.MonkeyPatch) -> None:
    import mskg.readers

    real = mskg.readers.read_document

    def broken(path: Path, options: object = None) -> object:
        if path == FILES[1]:
            raise RuntimeError("boom")
        return real(path)

    monkeypatch.setattr(mskg.readers, "read_document", broken)
    readings = read_many(FILES[:3])
    assert [reading.plan is not None for reading in readings] == [True, False, True]
    assert "RuntimeError: boom" in str(readings[1].error)


def test_killed_process_costs_one_document_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that kills its process: the others are read all the same."""
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import pathlib\n"
        "real = pathlib.Path.read_bytes\n"
        "def read_bytes(self):\n"
        "    if self.name == 'deadly.txt':\n"
        "        import os; os._exit(9)\n"
        "    return real(self)\n"
        "pathlib.Path.read_bytes = read_bytes\n",
        encoding="utf-8",
    )
    deadly = tmp_path / "deadly.txt"
    deadly.write_text("x", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(hook), os.environ.get("PYTHONPATH", "")]))
    paths = [FILES[0], deadly, *FILES[1:], FILES[0], FILES[1]]
    readings = read_many(paths, workers=2)
    assert [reading.error is None for reading in readings] == [True, False] + [True] * 6
    assert "deadly.txt" in str(readings[1].error)


def test_findings_come_with_the_reading_where_asked_for() -> None:
    (reading,) = read_many([FILES[4]], check=True)
    assert reading.conforms
    assert {finding.severity for finding in reading.findings} <= {"warning", "info"}
    assert [f.message for f in validate(FILES[4]).findings] == [f.message for f in reading.findings]
    assert read_many([FILES[4]])[0].findings == ()


def test_validation_of_rdf_and_record_agrees_with_the_document(tmp_path: Path) -> None:
    plan = read_plan(FILES[4])
    turtle, record = tmp_path / "plan.ttl", tmp_path / "plan.json"
    to_graph(plan).serialize(turtle, format="turtle")
    record.write_text(dumps_record(plan_to_record(plan)), encoding="utf-8")
    wanted = sorted((f.shape, f.focus) for f in validate(FILES[4]).findings)
    assert wanted
    for path in (turtle, record):
        assert sorted((f.shape, f.focus) for f in validate(path).findings) == wanted
