"""Dumps: the same bytes every time, back in any store, and checked before anything changes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from mskg.errors import InputError, StoreError
from mskg.ns import DATA
from mskg.rdf.terms import Literal
from mskg.store import Store, open_store
from mskg.store.dumping import write_dump
from mskg.store.loading import check_dump, load_dump
from mskg.store.packing import SUFFIXES

S = "https://example.org/s"
P = "https://example.org/p"
WORDS = 'quotes " \\ line\nbreak 残疾儿童 𠮷'


def graph(number: int) -> str:
    return f"{DATA}graph/{number}"


def fill(store: Store) -> None:
    for number in range(3):
        rows = [(f"{S}{n}", P, Literal(f"{WORDS}{n}", "", "zh")) for n in range(60)]
        store.replace_graph(graph(number), [*rows, (S, P, graph(number))])


@pytest.fixture(name="dump")
def _dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.nq"
    with open_store() as source:
        fill(source)
        write_dump(source, path)
    return path


def load(path: Path, store: Store, onto: object = "empty") -> list[str]:
    return load_dump(store, path, check_dump(path), onto=onto)  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_dump_goes_into_any_store_and_comes_out_the_same(
    store: Store, suffix: str, tmp_path: Path
) -> None:
    first, again = tmp_path / f"first{suffix}", tmp_path / "民生" / f"again{suffix}"
    with open_store() as source:
        fill(source)
        told: list[str] = []
        assert write_dump(source, first, told.append) == first.stat().st_size
        assert len(told) == 3
    assert check_dump(first).statements == 183
    assert load(first, store) == []
    write_dump(store, again)
    assert again.read_bytes() == first.read_bytes()
    assert [path.name for path in again.parent.iterdir()] == [again.name]


def test_what_other_programs_write_is_put_together(dump: Path, tmp_path: Path) -> None:
    lines = dump.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]
    mixed = tmp_path / "mixed.nq"
    mixed.write_text("".join(lines[::2] + lines[1::2]), encoding="utf-8")
    content = check_dump(mixed)
    assert (content.sorted, content.complete, content.statements) == (False, False, 183)
    with open_store() as store:
        load(mixed, store)
        write_dump(store, mixed)
    assert mixed.read_bytes() == dump.read_bytes()


def test_progress_of_the_check_is_told(dump: Path) -> None:
    told: list[tuple[str, int, int]] = []
    check_dump(dump, lambda *step: told.append(step))
    assert told[-1] == ("dump.nq", 0, 1)


def test_a_store_that_holds_something_is_left_alone(dump: Path) -> None:
    with open_store() as store:
        store.replace_graph(graph(9), [(S, P, S)])
        with pytest.raises(StoreError, match=r"not empty.*--replace.*--add"):
            load(dump, store)
        assert store.graphs() == [graph(9)]
        assert load(dump, store, "add") == []
        assert store.graphs() == [graph(0), graph(1), graph(2), graph(9)]
        assert load(dump, store, "replace") == [graph(9)]
        assert store.graphs() == [graph(0), graph(1), graph(2)]


def test_what_others_keep_on_a_server_stays_there(server: str, dump: Path, tmp_path: Path) -> None:
    with open_store(server, write=True) as store:
        store.replace_graph("https://example.org/theirs", [(S, P, S)])
        store.replace_graph(graph(9), [(S, P, S)])
        assert load(dump, store, "replace") == [graph(9)]
        write_dump(store, tmp_path / "again.nq")
        assert (tmp_path / "again.nq").read_bytes() == dump.read_bytes()
        assert "https://example.org/theirs" in store.graphs()
        for name in store.graphs():
            store.drop_graph(name)


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


HARMS = {
    "cut.nq": (cut, "damaged or cut off"),
    "cut.nq.gz": (lambda data: cut(gzip.compress(data)), "damaged or cut off"),
    "spoiled.nq.gz": (lambda data: gzip.compress(data)[:-9] + b"x" * 9, "damaged or cut off"),
    "lines.nq": (lambda data: data.replace(graph(1).encode(), graph(0).encode()), "2 graphs, not"),
    "default.nq": (lambda data: b'<http://e/a> <http://e/b> "x" .\n' + data, "no named graph"),
    "blank.nq": (lambda data: b'_:a <http://e/b> "x" <http://e/g> .\n' + data, "blank node"),
    "text.nq": (lambda _: "各位代表".encode(), "damaged"),
    "empty.nq": (lambda _: b"", "no statement"),
    "plan.txt": (lambda data: data, "suffix"),
}


@pytest.mark.parametrize("name", HARMS)
def test_bad_files_are_told_and_change_nothing(dump: Path, name: str, tmp_path: Path) -> None:
    harm, message = HARMS[name]
    path = tmp_path / name
    path.write_bytes(harm(dump.read_bytes()))
    with pytest.raises(InputError, match=message) as caught:
        check_dump(path)
    assert "\n" not in str(caught.value)
    assert name in caught.value.line("zh")


def test_damage_in_a_zstandard_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "dump.nq.zst"
    with open_store() as source:
        fill(source)
        write_dump(source, path)
    whole = path.read_bytes()
    for harmed in (cut(whole), whole[:-2] + b"xx", whole[:40] + b"x" + whole[41:]):
        path.write_bytes(harmed)
        with pytest.raises(InputError, match="damaged or cut off"):
            check_dump(path)


def test_what_may_be_cut_off_replaces_nothing(dump: Path) -> None:
    lines = dump.read_bytes().splitlines(keepends=True)
    dump.write_bytes(b"".join(lines[:100]))
    with open_store() as store:
        fill(store)
        before = "".join(store.dump())
        with pytest.raises(InputError, match="no end mark"):
            load(dump, store, "replace")
        assert "".join(store.dump()) == before


def test_a_dump_that_can_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    with open_store() as store:
        fill(store)
        (tmp_path / "file").touch()
        with pytest.raises(InputError, match="can't write"):
            write_dump(store, tmp_path / "file" / "dump.nq")
        store.close()
        with pytest.raises(StoreError):
            write_dump(store, tmp_path / "dump.nq")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
