"""Bad input through the real command: one clear line, the right exit code, the store untouched."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def contents(folder: Path) -> dict[str, str]:
    """Return what lies in a store: the pointer and the current generation's files."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"LOCK", "LOG", "write.lock", "lease"}
    }


def one_line(stderr: str) -> str:
    """Return the line of an error message; only a fault in a query is shown below it."""
    assert stderr.endswith("\n")
    message, *below = stderr.splitlines()
    assert not below or (len(below) == 2 and below[1].strip() == "^"), stderr
    assert "Traceback" not in stderr
    return message.strip()


BAD_FILES = {
    "missing": (None, 2, "missing.txt"),
    "empty": (b"", 2, "empty.txt"),
    "blank": (b" \n\n\t\n", 2, "blank.txt"),
    "binary": (bytes(range(256)) * 20, 2, "binary.txt"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), 2, "picture.png"),
    "no-plan": ("今天天气很好，我们去公园散步。\n".encode() * 20, 1, "no-plan.txt"),
    "poem": ("床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n".encode(), 1, "poem.md"),
    "broken-json": (b'{"source": "x", ', 2, "broken.json"),
    "other-json": (b'{"a": 1}', 2, "other.json"),
    "json-list": (b"[1, 2]", 2, "list.json"),
}


def make_bad(folder: Path, kind: str) -> tuple[Path, int]:
    """Write one bad file and return it with the exit code it must give."""
    data, code, name = BAD_FILES[kind]
    path = folder / name
    if data is not None:
        path.write_bytes(data)
    return path, code


@pytest.mark.parametrize("kind", sorted(BAD_FILES))
def test_bad_file(mskg, kind: str, tmp_path: Path) -> None:
    path, code = make_bad(tmp_path, kind)
    for language, start in (("zh", "错误："), ("en", "error: ")):
        result = mskg("extract", path, "--lang", language)
        assert (result.returncode, result.stdout) == (code, "")
        line = one_line(result.stderr)
        assert line.startswith(start)
        assert path.name in line
        chinese = any("\u4e00" <= sign <= "\u9fff" for sign in line.removeprefix(start))
        assert chinese == (language == "zh"), line


@pytest.mark.parametrize("command", ["build", "validate"])
def test_bad_files_of_a_batch_get_a_line_each(mskg, command: str, tmp_path: Path) -> None:
    paths = [make_bad(tmp_path, kind)[0] for kind in sorted(BAD_FILES)]
    extra = ["--store", tmp_path / "store"] if command == "build" else []
    result = mskg(command, *paths, *extra, "--lang", "zh")
    assert result.returncode == 2
    errors = [line for line in result.stderr.splitlines() if line.startswith("错误：")]
    assert len(errors) == len(paths)
    assert all(path.name in line for path, line in zip(paths, errors, strict=True))


def test_bad_file_alone_makes_one_line_and_no_output(mskg, tmp_path: Path) -> None:
    result = mskg("extract", tmp_path / "missing.txt")
    assert result.stdout == ""
    one_line(result.stderr)


def test_bad_files_stop_neither_batch_nor_store(mskg, tmp_path: Path, document: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_bytes(document.read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "poem.md").write_text("床前明月光，疑是地上霜。\n", encoding="utf-8")
    result = mskg("build", folder, "--store", tmp_path / "store", "--format", "json")
    assert result.returncode == 2
    statuses = {row["file"]: row["status"] for row in json.loads(result.stdout)}
    assert statuses == {"good.txt": "added", "empty.txt": "failed", "poem.md": "failed"}
    rows = mskg("query", "programs", "--store", tmp_path / "store", "--format", "json")
    assert len(json.loads(rows.stdout)) == 1


def test_failed_build_leaves_the_store_as_it_was(mskg, store: Path, tmp_path: Path) -> None:
    before = contents(store)
    bad = tmp_path / "empty.txt"
    bad.write_bytes(b"")
    assert mskg("build", bad, "--store", store).returncode == 2
    assert contents(store) == before


def test_half_broken_table_is_read_as_far_as_it_goes(mskg, tmp_path: Path) -> None:
    """A table cut in the middle of a row gives its whole rows; nothing crashes."""
    whole = next((ROOT / "data" / "documents").glob("003*.txt")).read_text(encoding="utf-8")
    broken = tmp_path / "half.txt"
    broken.write_text(whole[: len(whole) * 6 // 10], encoding="utf-8")
    result = mskg("extract", broken)
    assert result.returncode in {0, 1}
    assert "Traceback" not in result.stderr
    tasks = json.loads(result.stdout)["tasks"]
    full = json.loads(mskg("extract", next((ROOT / "data" / "documents").glob("003*"))).stdout)
    assert 3 <= len(tasks) <= len(full["tasks"])
    assert [task["title"] for task in tasks[:3]] == [task["title"] for task in full["tasks"][:3]]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["query", "shared-taks"], "shared-tasks"),
        (["query", "shared-tasks", "--mim", "3"], "min"),
        (["query", "shared-tasks", "--min", "many"], "many"),
        (["query", "shared-tasks", "--min"], "--min"),
        (["query", "shared-tasks", "stray"], "stray"),
        (["query", "shared-tasks", "--region", "火星区"], "火星区"),
        (["query", "due-by", "--date", "2023-02-30"], "2023-02-30"),
        (["query", "nonsense", "--help"], "nonsense"),
        (["query", "shared-tasks", "--out", "result.doc"], "result.doc"),
        (["sparql", "SELECT ?x WHERE {"], "SPARQL"),
        (["sparql", "DROP ALL"], "DROP"),
        (["sparql", "missing.rq"], "missing.rq"),
        (["network", "--region", "火星区"], "火星区"),
        (["network", "--out", "network.doc"], "network.doc"),
        (["network", "--level", "village"], "village"),
        (["network", "--year", "soon"], "soon"),
        (["export", "--out", "all.doc"], "all.doc"),
        (["export", "--format", "doc"], "doc"),
    ],
)
def test_wrong_argument(mskg, store: Path, tmp_path: Path, arguments: list[str], expected) -> None:
    before = contents(store)
    for language in ("zh", "en"):
        result = mskg(*arguments, "--lang", language, MSKG_STORE=str(store), cwd=tmp_path)
        assert result.returncode == 2
        assert result.stdout == ""
        assert expected in one_line(result.stderr)
    assert contents(store) == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [["extract"], ["nope"], ["build"], ["extract", "--colour", "x.txt"], ["sparql"]]
)
def test_wrong_usage(mskg, arguments: list[str]) -> None:
    for language, word in (("zh", "用法错误："), ("en", "usage error: ")):
        result = mskg(*arguments, "--lang", language)
        assert result.returncode == 2
        assert result.stdout == ""
        assert one_line(result.stderr).startswith(word)
        assert "--help" in result.stderr


@pytest.mark.parametrize("command", ["query shared-tasks", "network", "export", "sparql x"])
def test_missing_store_is_not_made(mskg, tmp_path: Path, command: str) -> None:
    result = mskg(*command.split(), "--store", tmp_path / "none")
    assert result.returncode == 2
    assert "mskg build" in one_line(result.stderr)
    assert not (tmp_path / "none").exists()


def test_folder_of_other_files_is_no_store(mskg, tmp_path: Path, document: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    result = mskg("build", document, "--store", tmp_path)
    assert result.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert "letter.txt" in one_line(result.stderr)


def test_damaged_store(mskg, tmp_path: Path, document: Path) -> None:
    store = tmp_path / "store"
    assert mskg("build", document, "--store", store).returncode == 0
    for path in store.rglob("*.sst"):
        path.write_bytes(b"\x00" * 100)
    for path in store.rglob("CURRENT"):
        path.write_bytes(b"rubbish\n")
    before = contents(store)
    for arguments in (["query", "programs"], ["build", document, "--force"]):
        result = mskg(*arguments, "--store", store)
        assert result.returncode == 2, result.stderr
        assert str(store) in one_line(result.stderr)
    assert contents(store) == before


def test_damaged_pointer(mskg, tmp_path: Path, document: Path) -> None:
    store = tmp_path / "store"
    assert mskg("build", document, "--store", store).returncode == 0
    (store / "mskg-store.json").write_text("{", encoding="utf-8")
    result = mskg("query", "programs", "--store", store)
    assert result.returncode == 2
    one_line(result.stderr)


HOLD = """
import sys, time
from mskg.store import open_store
with open_store(sys.argv[1], write=True) as store, store.writing():
    print("held", flush=True)
    time.sleep(60)
"""


def test_locked_store(mskg, tmp_path: Path, document: Path) -> None:
    """While one process writes, a second is refused in one line; readers go on reading."""
    store = tmp_path / "store"
    assert mskg("build", document, "--store", store).returncode == 0
    before = contents(store)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        result = mskg("build", document, "--store", store, "--force", "--lang", "en")
        assert result.returncode == 2
        assert str(holder.pid) in one_line(result.stderr)
        assert mskg("query", "programs", "--store", store).returncode == 0
    finally:
        holder.kill()
        holder.communicate()
    assert {k: v for k, v in contents(store).items() if k in before} == before


def test_out_that_cannot_be_written(mskg, store: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    for command in (["query", "programs"], ["network"], ["export"]):
        suffix = {"query": ".csv", "network": ".gexf", "export": ".nq"}[command[0]]
        result = mskg(*command, "--store", store, "--out", blocked / f"out{suffix}")
        assert result.returncode == 2, result.stderr
        one_line("\n".join(result.stderr.splitlines()[-1:]) + "\n")
    assert blocked.read_text(encoding="utf-8") == "x"


def test_demo_refuses_a_folder_with_other_files(mskg, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    result = mskg("demo", "--out", tmp_path)
    assert result.returncode == 2
    one_line(result.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("name", ["计划.txt", "a b.docx", "./in", "-"])
def test_a_file_in_the_place_of_a_command_gets_the_command(mskg, name: str) -> None:
    shown = f"'{name}'" if " " in name else name
    for language in ("zh", "en"):
        result = mskg(name, "--lang", language)
        assert result.returncode == 2
        assert f"mskg extract {shown}" in one_line(result.stderr)


def test_a_mistyped_command_gets_its_like_in_chinese(mskg) -> None:
    result = mskg("extrct")
    assert result.returncode == 2
    assert "没有命令 'extrct'；是不是 'extract'" in one_line(result.stderr)


@pytest.mark.parametrize("command", ["extract", "validate", "build", "resolve"])
def test_the_system_refuses_in_the_language_in_use(mskg, command: str, tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    result = mskg(command, loop, MSKG_STORE=str(tmp_path / "store"))
    assert result.returncode == 2
    line = result.stderr.splitlines()[0]
    assert "loop.txt" in line
    assert "链接绕成了圈" in line
