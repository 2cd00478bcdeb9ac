"""Documents into a store: what is new, changed or unchanged; bad ones leave it as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from mskg.export import dump_store
from mskg.ns import CORRECTIONS_GRAPH, REFERENCE_GRAPH, TALLIES_GRAPH, document_iri
from mskg.pipeline import build, demonstrate, read_plan
from mskg.pipeline import building as module
from mskg.resolve import Correction, Corrections
from mskg.store import Store, open_store

DOCUMENTS = Path(__file__).resolve().parents[2] / "data" / "documents"
PLAN = next(DOCUMENTS.glob("004*.txt"))
OTHER = next(DOCUMENTS.glob("000*.txt"))


@pytest.fixture(autouse=True)
def _no_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the findings: they take most of the time and are not what is tested here."""
    monkeypatch.setattr("mskg.pipeline.job._check", lambda _plan: ())


@pytest.fixture(name="plan")
def _plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAN.read_bytes())
    return path


def statuses(paths: list[Path], store: Store, **options: object) -> list[str]:
    return [result.status for result in build(paths, store, **options)]  # type: ignore[arg-type]


def test_new_then_unchanged_then_replaced(plan: Path) -> None:
    store = open_store()
    assert statuses([plan], store) == ["added"]
    before = store.dump()
    graphs = store.graphs()
    assert statuses([plan], store) == ["unchanged"]
    assert "".join(store.dump()) == "".join(before)
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("1.75 万人次", "1.95 万人次"), encoding="utf-8")
    assert "1.95 万人次" in plan.read_text(encoding="utf-8")
    assert statuses([plan], store) == ["replaced"]
    assert len(store.graphs()) == len(graphs)
    dump = "".join(store.dump())
    assert "19500" in dump
    assert "17500" not in dump


def test_graphs_of_a_document(plan: Path) -> None:
    store = open_store()
    (result,) = build([plan], store)
    assert result.reading.plan is not None
    document = document_iri(result.reading.plan.document.key)
    graphs = set(store.graphs())
    known = {document, f"{document}/derived", REFERENCE_GRAPH, TALLIES_GRAPH}
    assert known < graphs
    (run,) = graphs - known
    assert "/run/" in run
    query = "ASK { <%s> <http://www.w3.org/ns/prov#wasGeneratedBy> <%s> }"
    assert store.ask(query % (document, run))


def test_corrections_have_a_graph_of_their_own(plan: Path) -> None:
    store = open_store()
    (result,) = build([plan], store)
    assert result.reading.plan is not None
    assert CORRECTIONS_GRAPH not in store.graphs()
    key = result.reading.plan.document.key
    rows = (
        Correction(key, "1.75 万人次", "value", "18000", by="张三"),
        Correction("*", "24 小时", "not-an-indicator"),
    )
    build([plan], store, corrections=Corrections(rows))
    query = """PREFIX mskg: <https://w3id.org/mskg/ontology#>
      SELECT ?quote ?kind ?value ?document {
        GRAPH <%s> {
          ?c a mskg:Correction ; mskg:quote ?quote ; mskg:correctionKind ?kind
          OPTIONAL { ?c mskg:decision ?value }
          OPTIONAL { ?c mskg:inDocument ?document }
        } } ORDER BY ?quote"""
    found = store.select(query % CORRECTIONS_GRAPH).rows
    assert [tuple(str(getattr(term, "value", term)) for term in row) for row in found] == [
        ("1.75 万人次", "value", "18000", document_iri(key)),
        ("24 小时", "not-an-indicator", "None", "None"),
    ]
    build([plan], store)
    assert CORRECTIONS_GRAPH not in store.graphs()


def _quotes(store: Store) -> set[str]:
    query = "SELECT ?q { GRAPH <%s> { ?c <https://w3id.org/mskg/ontology#quote> ?q } }"
    return {str(row[0].value) for row in store.select(query % CORRECTIONS_GRAPH).rows}


def test_corrections_stay_until_their_document_is_read_again(plan: Path, tmp_path: Path) -> None:
    store = open_store()
    other = tmp_path / "other.txt"
    other.write_bytes(OTHER.read_bytes())
    keys = [read_plan(path).document.key for path in (plan, other)]
    mine = Correction(keys[0], "1.75 万人次", "value", "18000")
    common = Correction("*", "24 小时", "not-an-indicator")
    absent = Correction("410411-2030-1-000000", "9个", "value", "8")
    build([plan], store, corrections=Corrections((mine, common, absent)))
    assert _quotes(store) == {mine.quote, common.quote}  # what is not stored is not decided
    build([other], store)
    assert _quotes(store) == {mine.quote, common.quote}
    theirs = Correction(keys[1], "291套", "value", "292")
    build([other], store, corrections=Corrections((theirs,)))
    assert _quotes(store) == {mine.quote, common.quote, theirs.quote}
    build([plan], store)
    assert _quotes(store) == {common.quote, theirs.quote}
    build([plan, other], store, force=True)
    assert _quotes(store) == set()


def test_corrections_that_no_longer_hold_are_counted(plan: Path) -> None:
    store = open_store()
    key = read_plan(plan).document.key
    rows = (
        Correction(key, "1.75 万人次", "value", "18000"),
        Correction(key, "24 小时", "not-an-indicator"),
    )
    build([plan], store, corrections=Corrections(rows))
    (result,) = build([plan], store, corrections=Corrections(rows[:1]))
    assert (result.status, result.released) == ("replaced", 1)
    assert _quotes(store) == {"1.75 万人次"}


@pytest.fixture(name="two")
def _two(plan: Path, tmp_path: Path) -> tuple[Path, Path]:
    other = tmp_path / "other.txt"
    other.write_bytes(OTHER.read_bytes())
    return plan, other


def test_prune_removes_what_is_not_given(two: tuple[Path, Path]) -> None:
    plan, other = two
    alone, store = open_store(), open_store()
    build([plan], alone)
    build([plan, other], store)
    assert statuses([plan], store) == ["unchanged"]
    kept, removed = build([plan], store, prune=True)
    assert (kept.status, removed.status) == ("unchanged", "removed")
    assert removed.reading.source == Path("other.txt")
    assert "".join(store.dump()) == "".join(alone.dump())


def test_prune_keeps_the_document_of_a_file_that_fails(two: tuple[Path, Path]) -> None:
    plan, other = two
    store = open_store()
    build([plan, other], store)
    before = "".join(store.dump())
    other.write_bytes(b"")
    assert statuses([plan, other], store, prune=True) == ["unchanged", "failed"]
    plan.write_bytes(b"")
    assert statuses([plan], store, prune=True) == ["failed"]
    assert "".join(store.dump()) == before


def test_a_build_stopped_on_a_server_is_mended_by_the_next(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There each write is one by itself; stop after each of them in turn."""
    store = open_store()
    monkeypatch.setattr(store, "writing", lambda: nullcontext(store))
    text = plan.read_text(encoding="utf-8")
    texts = (text, text.replace("1.75 万人次", "1.95 万人次"))
    wanted = []
    for version in texts:
        plan.write_text(version, encoding="utf-8")
        build([plan], store)
        wanted.append("".join(store.dump()))
    assert wanted[0] != wanted[1]
    write = store.replace_graph
    for allowed in range(20):
        left = iter(range(allowed))

        def stopping(iri: str, triples: object, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            write(iri, triples)  # type: ignore[arg-type]

        plan.write_text(texts[allowed % 2], encoding="utf-8")
        with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
            patched.setattr(store, "replace_graph", stopping)
            build([plan], store)
            break
        build([plan], store)
        assert "".join(store.dump()) == wanted[allowed % 2]
    # Reference, corrections, the old run dropped, the document, what is derived, the new run.
    assert allowed == 6


def test_force_and_new_rules_read_again(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store()
    build([plan], store)
    assert statuses([plan], store, force=True) == ["replaced"]
    assert statuses([plan], store, region="410411") == ["replaced"]
    assert statuses([plan], store) == ["replaced"]
    monkeypatch.setattr(module, "__version__", "9.9.9")
    assert statuses([plan], store) == ["replaced"]
    assert statuses([plan], store) == ["unchanged"]
    # Only the last run is kept.
    assert len(store.graphs()) == 5


def test_same_document_twice_is_stored_once(plan: Path, tmp_path: Path) -> None:
    store = open_store()
    copy = tmp_path / "copy.txt"
    copy.write_bytes(plan.read_bytes())
    spaced = tmp_path / "spaced.txt"
    spaced.write_bytes(plan.read_bytes() + b"\n")
    assert statuses([plan, copy, spaced], store) == ["added", "duplicate", "duplicate"]


def test_bad_file_leaves_its_neighbours_and_the_store(plan: Path, tmp_path: Path) -> None:
    store = open_store()
    empty = tmp_path / "empty.txt"
    empty.touch()
    missing = tmp_path / "none.txt"
    assert statuses([empty, plan, missing], store) == ["failed", "added", "failed"]
    before = "".join(store.dump())
    assert statuses([empty, missing], store) == ["failed", "failed"]
    assert "".join(store.dump()) == before


def test_two_builds_give_the_same_bytes(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(OTHER.read_bytes())
    dumps = []
    for order in ([plan, other], [other, plan]):
        store = open_store()
        build(order, store)
        dumps.append("".join(dump_store(store)))
    assert dumps[0] == dumps[1]
    assert dumps[0].count("a mskg:PlanDocument") == 2


def test_demonstration_names_every_file(tmp_path: Path) -> None:
    made = demonstrate([PLAN, OTHER], tmp_path / "demo")
    assert [result.status for result in made.results] == ["added", "added"]
    files = [path for paths in made.files.values() for path in paths]
    assert all(path.exists() for path in files)
    assert {path.suffix for path in files} >= {".json", ".csv", ".gexf", ".svg", ".trig"}
    assert all(len(answer.table) for answer in made.answers if answer.query == "shared-tasks")
    first = (tmp_path / "demo" / "plans.trig").read_bytes()
    demonstrate([PLAN, OTHER], tmp_path / "demo")
    assert (tmp_path / "demo" / "plans.trig").read_bytes() == first
