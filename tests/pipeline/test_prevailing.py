"""Several documents of one program: which counts, that it is said, and what queries see."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import pytest

from mskg.errors import QueryError
from mskg.export import dump_store
from mskg.model import Plan
from mskg.network import collaboration
from mskg.pipeline import build, read_plan
from mskg.pipeline.prevailing import standings
from mskg.query import Catalogue, run_query, search, stored_plan
from mskg.store import Store, open_store

TASKS = [
    ("新建改扩建公办幼儿园", "新建改扩建公办幼儿园3所，新增学位{}个。", "县教育局"),
    ("改造提升农村公路", "改造提升农村公路{}公里。", "县交通运输局"),
    ("实施老旧小区改造", "实施老旧小区改造{}个，惠及居民1200户。", "县住建局"),
    ("开展妇女两癌免费筛查", "为适龄妇女开展两癌免费筛查{}人。", "县卫健局"),
]
HEADS = {
    "draft": "献县2024年民生实事实施方案（征求意见稿）\n",
    "notice": "献县人民政府办公室\n献政办字〔2024〕{n}号\n献县人民政府办公室关于印发献县2024年"
    "民生实事实施方案的通知\n各乡镇人民政府：\n",
    "explainer": "《献县2024年民生实事实施方案》政策解读\n",
}
NUMBER = {"draft": 800, "notice": 900, "explainer": 850}


def text_of(kind: str, *, number: int = 3, day: str = "2024年2月1日", extra: int = 0) -> str:
    lines = [HEADS[kind].format(n=number)]
    for no, (title, body, body_in_charge) in enumerate(TASKS, 1):
        words = body.format(NUMBER[kind] + extra)
        lines.append(f"{'一二三四'[no - 1]}、{title}。{words}（牵头单位：{body_in_charge}）\n")
    return "".join(lines) + (f"献县人民政府办公室\n{day}\n" if kind == "notice" else "")


@pytest.fixture(autouse=True)
def _no_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mskg.pipeline.job._check", lambda _plan: ())


@pytest.fixture(name="files")
def _files(tmp_path: Path) -> dict[str, Path]:
    files = {kind: tmp_path / f"{kind}.txt" for kind in HEADS}
    for kind, path in files.items():
        path.write_text(text_of(kind), encoding="utf-8")
    return files


def values(store: Store, **params: object) -> set[str]:
    table = run_query(store, "targets-for-thing", {"word": "学位", **params})
    place = table.columns.index("value")
    return {str(row[place]) for row in table.rows}


def test_the_types_are_read(files: dict[str, Path]) -> None:
    found = {kind: read_plan(path).document.type for kind, path in files.items()}
    assert found == {kind: kind for kind in HEADS}


@pytest.mark.parametrize("order", list(permutations(HEADS)))
def test_the_notice_prevails_in_whatever_order(files: dict[str, Path], order: tuple[str]) -> None:
    one = open_store()
    for kind in order:
        (result,) = build([files[kind]], one)
        assert result.status == "added"
    assert values(one) == {"900"}
    assert values(one, all="yes") == {"800", "850", "900"}
    assert values(one, all="no") == {"900"}
    # All at once gives the same store.
    together = open_store()
    build([files[kind] for kind in order], together)
    assert "".join(dump_store(together)) == "".join(dump_store(one))


def test_what_prevails_is_said(files: dict[str, Path]) -> None:
    store = open_store()
    explainer, notice = build([files["explainer"], files["notice"]], store)
    assert "notice.txt" in explainer.superseded_by
    assert notice.superseded_by == ""
    assert [name.split()[0] for name in notice.supersedes] == ["explainer.txt"]
    table = run_query(store, "issues", {"code": "superseded", "all": "yes"})
    assert len(table.rows) == 1
    message = str(table.rows[0][table.columns.index("message")])
    assert "献政办字〔2024〕3号" in message
    assert "以后者为准" in message


def test_without_its_notice_an_explainer_counts(files: dict[str, Path]) -> None:
    store = open_store()
    build([files["explainer"], files["draft"]], store)
    assert values(store) == {"800"}
    build([files["notice"]], store)
    assert values(store) == {"900"}
    # The notice turns out to be one of another year: the draft counts again.
    text = text_of("notice").replace("2024年民生", "2025年民生")
    files["notice"].write_text(text, encoding="utf-8")
    build([files["notice"]], store)
    assert values(store, year=2024) == {"800"}
    assert values(store, year=2025) == {"900"}


def test_where_the_notice_is_pruned_the_draft_counts(files: dict[str, Path]) -> None:
    store, alone = open_store(), open_store()
    build(list(files.values()), store)
    build([files["draft"], files["explainer"]], alone)
    statuses = [r.status for r in build([files["draft"], files["explainer"]], store, prune=True)]
    assert statuses == ["unchanged", "unchanged", "removed"]
    assert "".join(store.dump()) == "".join(alone.dump())


def test_a_later_corrected_version_prevails(tmp_path: Path) -> None:
    store, paths = open_store(), []
    for number, day, extra in ((3, "2024年2月1日", 0), (9, "2024年5月6日", 50)):
        path = tmp_path / f"{number}.txt"
        text = text_of("notice", number=number, day=day, extra=extra)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    build(paths, store)
    assert values(store) == {"950"}
    assert values(store, all="yes") == {"900", "950"}


def test_another_program_of_the_same_place_and_year_stays(
    files: dict[str, Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    text = (
        "献县人民政府办公室\n献政办字〔2024〕8号\n献县人民政府办公室关于印发献县2024年民心工程的通知\n"
        "一、新建口袋公园。新建口袋公园6个。（牵头单位：县城管局）\n"
        "二、发放惠民演出券。发放惠民演出券5000张。（牵头单位：县文旅局）\n"
        "三、配备急救设备。配备自动除颤仪40台。（牵头单位：县红十字会）\n"
        "献县人民政府办公室\n2024年3月1日\n"
    )
    other.write_text(text, encoding="utf-8")
    store = open_store()
    results = build([files["notice"], other], store)
    assert [result.superseded_by for result in results] == ["", ""]
    table = run_query(store, "programs", {"region": "献县"})
    counts = sorted(int(str(row[table.columns.index("tasks")])) for row in table.rows)
    assert counts == [3, 4]


def test_a_superseded_document_is_not_in_the_network(files: dict[str, Path]) -> None:
    store = open_store()
    build(list(files.values()), store)
    assert len(collaboration(store).tasks) == len(TASKS)


def test_only_what_prevails_is_in_the_tallies(files: dict[str, Path]) -> None:
    with open_store() as store, open_store() as alone:
        build([files["notice"]], alone)
        for kind in ("explainer", "notice", "draft"):
            build([files[kind]], store)
        for name in ("totals-per-function", "totals-per-area", "totals-per-thing"):
            rows = run_query(store, name).rows
            assert rows == run_query(alone, name).rows
            assert rows


@pytest.mark.parametrize("place", [None, "store"])
def test_a_search_leaves_out_what_is_superseded(
    files: dict[str, Path], tmp_path: Path, place: str | None
) -> None:
    # One after the other: the index of a folder is brought up to date, not made again.
    with open_store(tmp_path / place if place else None, write=True) as store:
        for kind in ("explainer", "notice", "draft"):
            build([files[kind]], store)
            assert len(search(store, "学位").table.rows) == 1
        found = search(store, "学位")
        assert (found.total, found.replaced) == (1, 2)
        assert "900个" in str(found.table.to_dicts()[0]["sentence"])
        every = search(store, "学位", replaced=True)
        assert (every.total, every.replaced) == (3, 0)
        rows = every.table.to_dicts()
        sentences = "".join(str(row["sentence"]) for row in rows)
        assert all(f"{number}个" in sentences for number in NUMBER.values())
        assert len({row["item"] for row in rows}) == len(rows)
        build([files["draft"]], store, prune=True)
        found = search(store, "学位")
        assert (found.total, found.replaced) == (1, 0)
        assert "800个" in str(found.table.to_dicts()[0]["sentence"])


def test_a_year_of_a_region_is_the_plan_that_prevails(files: dict[str, Path]) -> None:
    store = open_store()
    keys = [result.document for result in build(list(files.values()), store)]
    for name, region in (("献县@2024", ""), ("2024", "献县"), ("献县", "")):
        assert stored_plan(store, name, region=region).document.type == "notice"
        with pytest.raises(QueryError, match=r"has 3 such documents.*name one by its key"):
            stored_plan(store, name, region=region, replaced=True)
    # A key names its document, whether it counts or not.
    assert [stored_plan(store, key).document.type for key in keys] == list(files)


def test_standings_do_not_depend_on_the_order(files: dict[str, Path]) -> None:
    plans = [read_plan(path) for path in files.values()]

    def shown(some: list[Plan]) -> set[tuple[str, int, str]]:
        return {
            (
                s.plan.document.key,
                s.plan.program.ordinal,
                s.prevailing.source if s.prevailing else "",
            )
            for s in standings(some)
        }

    assert len({frozenset(shown(list(some))) for some in permutations(plans)}) == 1
    # Comparing again what was compared changes nothing.
    again = [s.plan for s in standings(plans)]
    assert {s.plan for s in standings(again)} == set(again)


def test_every_query_on_programs_leaves_out_what_is_superseded() -> None:
    """See ``queries/README.md``."""
    catalogue = Catalogue()
    for name in catalogue.names:
        text = catalogue.get(name).text
        # Tallies count only what prevails.
        text = "".join(part for part in text.split("\n  UNION\n") if "?tally" not in part)
        if "?program" in text:
            parts = len(re.findall(r"VALUES \?year \{ UNDEF \}", text))
            assert (
                text.count("|| NOT EXISTS { ?program dcterms:isReplacedBy ?prevailing }") == parts
            ), name
            # A part may ask for earlier programs, which have a filter of their own.
            filters = re.findall(r"NOT EXISTS \{ \?\w+ dcterms:isReplacedBy \?\w+ \}", text)
            assert text.count("VALUES ?all { UNDEF }") == len(filters) >= parts > 0, name
