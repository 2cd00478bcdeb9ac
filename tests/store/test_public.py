"""The copy for readers whom nobody knows: everything but personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from private_plans import PRIVATE, leaders, store_with_persons

from mskg.export.dumps import without_names
from mskg.ns import CORRECTIONS_GRAPH
from mskg.query import run_query
from mskg.rdf import vocabulary as v
from mskg.rdf.contacts import masked, names_pattern
from mskg.rdf.terms import Triple
from mskg.store import Store, open_store
from mskg.store.embedded import MemoryStore
from mskg.store.public import PublicCopy, current_generation, fill_public, new_public

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyoxigraph as ox


class _OpenCopy(MemoryStore):
    """The copy read with the methods of a store."""

    def __init__(self, database: Path) -> None:
        import pyoxigraph

        super().__init__()
        self._db: ox.Store | None = pyoxigraph.Store.read_only(str(database))


@pytest.fixture(scope="module", name="path")
def _path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_with_persons(tmp_path_factory.mktemp("private") / "store")


@pytest.fixture(scope="module", name="copy")
def _copy(path: Path) -> Iterator[PublicCopy]:
    copy = new_public(path)
    assert fill_public(path, copy.database) == current_generation(path)
    yield copy
    copy.remove()
    assert not copy.folder.exists()


def _graph(store: Store, name: str) -> set[Triple]:
    return set(
        store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
    )


def test_nothing_private_is_in_the_copy(path: Path, copy: PublicCopy) -> None:
    with open_store(path) as whole:
        everything = "".join(whole.dump())
    assert leaders()
    assert [word for word in (*PRIVATE, *leaders()) if word not in everything] == []
    with _OpenCopy(copy.database) as public:
        shown = "".join(public.dump())
    assert [word for word in (*PRIVATE, *leaders()) if word in shown] == []
    assert "更正" in shown


def test_the_rest_is_what_an_export_gives(path: Path, copy: PublicCopy) -> None:
    with open_store(path) as whole, _OpenCopy(copy.database) as public:
        graphs = [name for name in whole.graphs() if name != CORRECTIONS_GRAPH]
        assert public.graphs() == whole.graphs()
        for name in graphs:
            assert _graph(public, name) == set(without_names(_graph(whole, name)))
        (quote,) = [o for _, p, o in _graph(public, CORRECTIONS_GRAPH) if p.endswith("quote")]
        assert quote[0] == "联系人：□□□□，联系电话：□□□□□□□；或致电□□□□□□□□□□□□、□□□□□□□□□□□。" + (
            "□" * len(leaders()[0]) + "同意。"
        )


def test_what_was_reported_is_told_without_who_reported_it(path: Path, copy: PublicCopy) -> None:
    with open_store(path) as whole, _OpenCopy(copy.database) as public:
        (row,), (shown,) = (
            run_query(store, "reported-values").to_dicts() for store in (whole, public)
        )
        digits = f"SELECT ?digits WHERE {{ ?target <{v.DIGITS}> ?digits }}"
        assert set(public.select(digits).rows) == set(whole.select(digits).rows)
    assert (row["reporter"], shown["reporter"]) == ("王督查", "□□□")
    assert row | {"reporter": ""} == shown | {"reporter": ""}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("投资13800138000元，", "投资13800138000元，"),
        ("共13800138000 亿元", "共13800138000 亿元"),
        ("￥13800138000", "￥13800138000"),
        ("造林13800138000平方米", "造林13800138000平方米"),
        ("找13912345678张三", "找□□□□□□□□□□□张三"),
        ("找13912345678网格员", "找□□□□□□□□□□□网格员"),
        ("电话(0312)8881234。", "电话□□□□□□□□□□□□□。"),
        ("手机 139 1234 5678", "手机 □□□□□□□□□□□□□"),
        ("投资13800138000.5元", "投资13800138000.5元"),
        ("散列 ab13912345678f", "散列 ab13912345678f"),
        ("建成 2023 年 1300 套", "建成 2023 年 1300 套"),
        ("热线12345", "热线12345"),
    ],
)
def test_contacts_are_known_by_their_form(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_names_are_found_with_blanks_and_the_longer_first() -> None:
    assert masked("李  静、李静怡、王刚", names_pattern(["李静", "李静怡"])) == "□□□□、□□□、王刚"


def test_copies_of_dead_servers_are_removed(path: Path) -> None:
    left = new_public(path)
    left.lock.release()
    copy = new_public(path)
    assert not left.folder.exists()
    other = new_public(path)
    assert copy.folder.exists()
    copy.remove()
    other.remove()
