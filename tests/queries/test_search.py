"""Words in tasks: the index finds what stands in the texts, and nothing else."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from query_stores import fill_store
from sample_plan import sample_plan

from mskg.errors import QueryError, StoreError
from mskg.ns import document_iri
from mskg.pipeline import build
from mskg.query import open_index, search
from mskg.query.fulltext import FullTextIndex, Part, runs
from mskg.query.parts import document_versions, parts_of
from mskg.store import open_store

if TYPE_CHECKING:
    from mskg.store import Store

ROOT = Path(__file__).resolve().parents[2]
PLANS = sorted((ROOT / "tests" / "support" / "plans").glob("*.txt"))


@pytest.fixture(scope="module", params=["memory", "disk", "server"])
def store(request: pytest.FixtureRequest, stores: Any) -> Any:
    return stores.get(request.param, "read")


def _parts(store: Store) -> list[Part]:
    return [
        part for _, parts in parts_of(store, sorted(document_versions(store))) for part in parts
    ]


def _has(part: Part, word: str) -> bool:
    texts = (part.title, part.indicators, part.units, part.text)
    return all(any(run in own for text in texts for own in runs(text)) for run in runs(word))


def _numbers(found: Any) -> list[tuple[str, str]]:
    return [(row["regionName"], row["taskNumber"]) for row in found.table.to_dicts()]


def test_disabled_children_in_either_script(store: Any) -> None:
    for word in ("残疾儿童", "殘疾兒童"):
        found = search(store, word)
        assert set(_numbers(found)) == {("泾源县", "7"), ("湛河区", "5"), ("唐山市", "1.14")}
        sentences = {row["regionName"]: row["sentence"] for row in found.table.to_dicts()}
        assert sentences["唐山市"] == "全年為1100名殘疾兒童提供康復救助;"


@pytest.mark.parametrize(
    ("words", "tasks"),
    [
        ("厕", {("唐山市", "1.6"), ("献县", "5"), ("泾源县", "3")}),
        ("厠所", {("唐山市", "1.6"), ("献县", "5")}),
        ("户厕", {("唐山市", "1.6"), ("献县", "5"), ("泾源县", "3")}),
        ("ｈｐｖ疫苗", {("唐山市", "2.5")}),
        ("30余万", {("湛河区", "10")}),
        ("15分钟", {("湛河区", "9")}),
        ("老旧小区 改造", {("唐山市", "1.2"), ("献县", "2"), ("湛河区", "6")}),
        ("互联网+明厨", {("献县", "8")}),
        ("能源集团", {("唐山市", "2.4")}),
        ('" OR NEAR( 厕 *', set()),
    ],
)
def test_words(store: Any, words: str, tasks: set[tuple[str, str]]) -> None:
    found = search(store, words, limit=0)
    assert set(_numbers(found)) == tasks
    assert found.total == len(tasks)


def test_every_piece_of_every_text_is_found(stores: Any) -> None:
    store = stores.get("memory", "read")
    parts = _parts(store)
    index = open_index(store)
    chance = random.Random(7)
    try:
        for _ in range(300):
            text = chance.choice([t for part in parts for t in part[6:] if t])
            begin, size = chance.randrange(len(text)), chance.choice([1, 1, 2, 2, 3, 4, 7])
            word = text[begin : begin + size]
            if not runs(word):
                continue
            hits, total, _ = index.find([word], limit=0)
            wanted = {part.task for part in parts if _has(part, word)}
            assert {hit.part.task for hit in hits} == wanted, word
            assert total == len(wanted)
            assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)
    finally:
        index.close()


def test_a_word_in_the_title_counts_most(store: Any) -> None:
    rows = search(store, "法律援助", limit=0).table.to_dicts()
    assert {row["title"][:4] for row in rows[:3]} == {"法律援助"}
    first = rows[0]
    assert first["foundIn"].split()[0] == "title"
    assert first["score"] >= rows[-1]["score"]


def test_any_of_the_words_and_a_limit(store: Any) -> None:
    both = search(store, ["食堂", "户厕"], every=False, limit=0)
    assert both.total == 5
    some = search(store, ["食堂", "户厕"], every=False, limit=2)
    assert len(some.table) == 2
    assert some.total == 5
    assert some.table.rows == both.table.rows[:2]
    assert search(store, ["食堂", "户厕"]).total == 0


@pytest.mark.parametrize(
    ("where", "regions"),
    [
        ({"region": "湛河"}, {"湛河区"}),
        ({"within": "河北省"}, {"献县", "山海关区", "唐山市"}),
        ({"region": ["献县", "130200"]}, {"献县", "唐山市"}),
        ({"within": "130000", "year": 2024}, {"唐山市"}),
        ({"year": [2023]}, {"献县", "山海关区", "湛河区"}),
    ],
)
def test_filters(store: Any, where: dict[str, object], regions: set[str]) -> None:
    found = search(store, "适老化改造", where=where)
    assert {region for region, _ in _numbers(found)} == regions


def test_nothing_to_look_for(store: Any) -> None:
    for words in ("", " ", "！", []):
        with pytest.raises(QueryError, match="nothing to look for"):
            search(store, words)
    with pytest.raises(QueryError, match="no region"):
        search(store, "养老", where={"region": "湛江"})


def test_evidence(store: Any) -> None:
    row = search(store, "疑難重癥", evidence=True).table.to_dicts()[0]
    assert row["place"] == "line 37"
    assert row["quote"].startswith("完善疑難重癥援助體系建設")


def _index_files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "search").iterdir())


def test_the_index_follows_the_store(tmp_path: Path) -> None:
    folder, text = tmp_path / "store", tmp_path / "plan.txt"
    text.write_bytes(PLANS[0].read_bytes())
    with open_store(folder, write=True) as store:
        build([*PLANS[1:], text], store)
        assert _index_files(folder) == ["000001.sqlite"]
        assert search(store, "招聘活动").total == 1
        reader = open_store(folder)
        text.write_text(text.read_text("utf-8").replace("招聘活动", "招工大会"), encoding="utf-8")
        build([text], store)
        assert _index_files(folder) == ["000002.sqlite"]
        assert search(store, "招聘活动").total == 0
        assert search(store, "招工大会").total == 1
        # a reader goes on with what it opened
        assert search(reader, "招聘活动").total == 1
        reader.close()
        store.drop_graph(document_iri("130324-2024-plan-8b2a4ca6"))
        assert search(store, "供水管网").total == 0
        with open_store(None) as fresh:
            build([PLANS[1], text], fresh)
            for word in ("改造", "县", "法律援助案件", "财政局"):
                ours, anew = search(store, word, limit=0), search(fresh, word, limit=0)
                assert set(ours.table.rows) == set(anew.table.rows)
    with open_store(folder) as again:
        assert search(again, "招工大会").total == 1


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "store", write=True) as store:
        fill_store(store, [sample_plan()])

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError("read-only")

        monkeypatch.setattr(Path, "mkdir", refuse)
        assert search(store, "法律援助").total == 1
    assert not (tmp_path / "store" / "search").exists()


def test_a_file_that_is_no_index(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"no database at all, but long enough to be looked at" * 20)
    with pytest.raises(StoreError, match="search index can't be used"):
        FullTextIndex(str(path))


def test_an_empty_store() -> None:
    with open_store(None) as store:
        assert search(store, "养老") == search(store, ["养老"])
        assert search(store, "养老").total == 0
