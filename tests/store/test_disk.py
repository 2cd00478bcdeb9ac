"""The store on disk: generations, locks, and what happens to damaged folders."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mskg.errors import StoreError
from mskg.rdf.terms import Literal, Triple
from mskg.store import Store, embedded, open_store
from mskg.store.embedded import DiskStore

ROOT = Path(__file__).resolve().parents[2]
S = "https://example.org/s"
P = "https://example.org/p"


def graph(number: int) -> str:
    return f"https://example.org/graph/{number}"


def one(value: str) -> list[Triple]:
    return [(S, P, Literal(value))]


def values(path: Path) -> list[str]:
    with open_store(path) as store:
        rows = store.select(f"SELECT ?o {{ <{S}> <{P}> ?o }}").rows
    return sorted(row[0].value for row in rows if isinstance(row[0], Literal))


def generations(path: Path) -> list[str]:
    return sorted(entry.name for entry in (path / "generations").iterdir())


def snapshot(path: Path) -> dict[str, object]:
    return {
        str(entry): entry.read_bytes() if entry.is_file() else None
        for entry in sorted(path.rglob("*"))
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one graph in one generation."""
    path = tmp_path / "民生 store"
    with open_store(path, write=True) as store:
        store.replace_graph(graph(1), one("old"))
    return path


def test_content_is_there_again_after_closing(path: Path) -> None:
    assert values(path) == ["old"]
    with open_store(path, write=True) as store:
        store.replace_graph(graph(2), one("more"))
    assert values(path) == ["more", "old"]


def test_reading_changes_nothing(path: Path) -> None:
    before = snapshot(path)
    assert values(path) == ["old"]
    assert snapshot(path) == before


def test_a_store_opened_for_reading_refuses_writes(path: Path) -> None:
    with open_store(path) as store, pytest.raises(StoreError, match="reading only"):
        store.replace_graph(graph(1), one("new"))
    with open_store(path) as store, pytest.raises(StoreError, match="reading only"):
        store.drop_graph(graph(1))
    assert values(path) == ["old"]


def test_a_reader_keeps_what_it_opened(path: Path) -> None:
    with open_store(path) as reader, open_store(path, write=True) as writer:
        for number in range(5):
            writer.replace_graph(graph(1), one(f"new {number}"))
            assert reader.ask(f"ASK {{ <{S}> <{P}> 'old' }}")
            assert values(path) == [f"new {number}"]


def test_a_generation_goes_when_nobody_reads_it(path: Path) -> None:
    reader = open_store(path)
    with open_store(path, write=True) as writer:
        writer.replace_graph(graph(1), one("second"))
        writer.replace_graph(graph(1), one("third"))
        assert generations(path) == ["000001", "000003"]
        reader.close()
        writer.replace_graph(graph(1), one("fourth"))
    assert generations(path) == ["000004"]


def test_a_batch_is_one_generation(path: Path) -> None:
    with open_store(path, write=True) as store, store.writing():
        for number in range(20):
            store.replace_graph(graph(number), one(str(number)))
        assert values(path) == ["old"]
    assert generations(path) == ["000002"]
    assert len(values(path)) == 20


def write_and_fail(store: Store) -> None:
    with store.writing():
        store.replace_graph(graph(1), one("new"))
        store.replace_graph(graph(2), one("new"))
        raise RuntimeError


def test_a_batch_that_fails_leaves_nothing(path: Path) -> None:
    with open_store(path, write=True) as store:
        with pytest.raises(RuntimeError):
            write_and_fail(store)
        assert store.ask(f"ASK {{ <{S}> <{P}> 'old' }}")
        store.replace_graph(graph(2), one("after"))
    assert values(path) == ["after", "old"]
    assert len(generations(path)) == 1


def test_graphs_that_wait_for_the_end_of_a_batch_are_seen_replaced_and_dropped(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(path, write=True) as store, store.writing():
        store.replace_graph(graph(1), one("new"))
        store.replace_graph(graph(2), one("two"))
        store.replace_graph(graph(2), one("2"))
        assert store.graphs() == [graph(1), graph(2)]
        store.replace_graph(graph(3), one("three"))
        store.drop_graph(graph(3))
        monkeypatch.setattr(embedded, "_MOST_WAITING", 1)
        store.replace_graph(graph(4), one("four"))
        store.change_graph(graph(4), one("four"), one("4"))
    assert values(path) == ["2", "4", "new"]
    assert len(generations(path)) == 1


def test_an_iri_that_only_the_database_refuses_leaves_the_old_content(path: Path) -> None:
    with open_store(path, write=True) as store:
        with pytest.raises(StoreError, match="can't be written"):
            store.replace_graph(graph(2), [("http://[x", P, S)])
        assert store.graphs() == [graph(1)]
    assert values(path) == ["old"]
    assert len(generations(path)) == 1


def test_a_memory_batch_that_fails_leaves_nothing() -> None:
    with open_store(None) as store:
        store.replace_graph(graph(1), one("old"))
        before = list(store.dump())
        with pytest.raises(RuntimeError):
            write_and_fail(store)
        assert list(store.dump()) == before


def test_a_second_writer_is_told_who_writes(path: Path) -> None:
    with (
        open_store(path, write=True),
        pytest.raises(StoreError, match=f"process {os.getpid()} is writing") as caught,
    ):
        open_store(path, write=True)
    assert "\n" not in str(caught.value)
    open_store(path, write=True).close()


def writer_process(path: Path, body: str) -> subprocess.Popen[str]:
    code = (
        "import sys\nfrom mskg.store import Store, open_store\nfrom mskg.rdf.terms import Literal\n"
        f"S, P = {S!r}, {P!r}\n"
        "def graph(n): return f'https://example.org/graph/{n}'\n"
        f"store = open_store({str(path)!r}, write=True)\n{body}"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_a_killed_writer_leaves_the_old_content_and_no_lock(path: Path) -> None:
    body = (
        "with store.writing():\n"
        "    store.replace_graph(graph(1), [(S, P, Literal('half'))])\n"
        "    print('ready', flush=True)\n"
        "    __import__('time').sleep(60)\n"
    )
    process = writer_process(path, body)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    with pytest.raises(StoreError, match=f"process {process.pid} is writing"):
        open_store(path, write=True)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert values(path) == ["old"]
    with open_store(path, write=True) as store:
        store.replace_graph(graph(2), one("next"))
    assert values(path) == ["next", "old"]
    assert len(generations(path)) == 1


def test_killed_at_any_moment_the_store_is_old_or_new(path: Path) -> None:
    """Each round of the writer replaces eight graphs with the same value, as one batch."""
    body = (
        "print('ready', flush=True)\n"
        "for round in range(10**6):\n"
        "    with store.writing():\n"
        "        for n in range(1, 9):\n"
        "            store.replace_graph(graph(n), [(S + str(n), P, Literal(str(round)))])\n"
    )
    chance = random.Random(7)
    for _ in range(8):
        process = writer_process(path, body)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.15))
        process.kill()
        process.wait()
        process.stdout.close()
        with open_store(path) as store:
            rows = store.select(f"SELECT ?g ?o {{ GRAPH ?g {{ ?s <{P}> ?o }} }}").rows
        assert len({row[1] for row in rows}) == 1
        assert len(rows) in {1, 8}


def test_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        open_store(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def damage_pointer(path: Path) -> None:
    (path / "mskg-store.json").write_text("{", encoding="utf-8")


def strange_pointer(path: Path) -> None:
    (path / "mskg-store.json").write_text('{"format": 1, "generation": "../x"}', encoding="utf-8")


def binary_pointer(path: Path) -> None:
    (path / "mskg-store.json").write_bytes(b"\xff\xfe\x00")


def newer_pointer(path: Path) -> None:
    pointer = json.loads((path / "mskg-store.json").read_text(encoding="utf-8"))
    (path / "mskg-store.json").write_text(json.dumps(pointer | {"format": 99}), encoding="utf-8")


def older_pointer(path: Path) -> None:
    pointer = json.loads((path / "mskg-store.json").read_text(encoding="utf-8"))
    (path / "mskg-store.json").write_text(json.dumps(pointer | {"format": 0}), encoding="utf-8")


def lost_generation(path: Path) -> None:
    (path / "generations").rename(path / "generations.moved")
    (path / "generations").mkdir()


def damaged_database(path: Path) -> None:
    (path / "generations" / "000001" / "db" / "CURRENT").write_text("junk", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (damage_pointer, "is damaged"),
        (strange_pointer, "is damaged"),
        (binary_pointer, "is damaged"),
        (newer_pointer, "newer mskg"),
        (older_pointer, "older mskg.*another folder"),
        (lost_generation, "is damaged"),
        (damaged_database, "is damaged"),
    ],
)
@pytest.mark.parametrize("write", [False, True])
def test_a_damaged_store_is_left_alone(path: Path, harm: object, message: str, write: bool) -> None:
    assert callable(harm)
    harm(path)
    before = snapshot(path)
    before.pop(str(path / "write.lock"))
    with pytest.raises(StoreError, match=message) as caught:
        open_store(path, write=write)
    assert "\n" not in str(caught.value)
    after = snapshot(path)
    after.pop(str(path / "write.lock"))
    assert after == before


@pytest.mark.parametrize("write", [False, True])
def test_a_foreign_folder_is_left_alone(tmp_path: Path, write: bool) -> None:
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(StoreError, match="not the folder of a store"):
        open_store(tmp_path, write=write)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("write", [False, True])
def test_a_file_is_no_store(tmp_path: Path, write: bool) -> None:
    (tmp_path / "plan.txt").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="is a file"):
        open_store(tmp_path / "plan.txt", write=write)
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8") == "x"


def test_the_folder_of_a_store_that_was_never_written(tmp_path: Path) -> None:
    with open_store(tmp_path / "new", write=True) as store:
        assert store.graphs() == []
    with pytest.raises(StoreError, match="there is no store"):
        open_store(tmp_path / "new")
    with open_store(tmp_path / "new", write=True) as store:
        store.replace_graph(graph(1), one("x"))
    assert values(tmp_path / "new") == ["x"]


def test_generation_is_told(path: Path) -> None:
    with DiskStore(path, write=True) as store:
        assert store.generation == "000001"
        store.replace_graph(graph(1), one("x"))
        assert store.generation == "000002"
