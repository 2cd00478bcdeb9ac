"""Dumps of a store: sorted, the same every time, without the names of persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from private_plans import PRIVATE, leaders, store_with_persons
from reference_plans import STEMS, reference_plan

from mskg.export import dump_jsonld, dump_store
from mskg.export.dumps import without_names
from mskg.ns import PREFIXES, VOCABULARY, document_iri
from mskg.rdf import Literal, plan_from_triples, plan_triples
from mskg.rdf import vocabulary as v
from mskg.store import Store, open_store

if TYPE_CHECKING:
    from pathlib import Path

QUOTE = VOCABULARY + "quote"
PLANS = [reference_plan(stem) for stem in STEMS]
NAMES = sorted({leader.name for plan in PLANS for task in plan.tasks for leader in task.leaders})


@pytest.fixture(name="store")
def _store() -> Store:
    store = open_store()
    for plan in PLANS:
        store.replace_graph(document_iri(plan.document.key), plan_triples(plan))
    return store


@pytest.mark.parametrize("form", ["trig", "nq"])
def test_names_are_left_out_unless_asked_for(store: Store, form: str) -> None:
    assert NAMES
    without = "".join(dump_store(store, form))
    assert [name for name in NAMES if name in without] == []
    everything = "".join(dump_store(store, form, names=True))
    assert [name for name in NAMES if name not in everything] == []


@pytest.mark.parametrize("form", ["trig", "nq"])
def test_dump_differs_from_that_of_the_store_in_names_alone(store: Store, form: str) -> None:
    without, whole = "".join(dump_store(store, form)), "".join(store.dump(form))
    person = re.compile(r"personName|leader")
    kept = {line for line in without.splitlines() if not person.search(line)}
    assert kept <= set(whole.splitlines())
    assert "".join(dump_store(store, form)) == without


def test_nothing_private_is_exported_unless_asked_for(tmp_path: Path) -> None:
    with open_store(store_with_persons(tmp_path / "store")) as store:
        for names in (False, True):
            texts = ["".join(dump_jsonld(store, names=names))]
            texts += ["".join(dump_store(store, form, names=names)) for form in ("trig", "nq")]
            for text in texts:
                found = [word for word in (*PRIVATE, *leaders()) if word in text]
                assert found == ([*PRIVATE, *leaders()] if names else [])
                assert "更正" in text


def test_words_about_persons_keep_their_length_and_reports_their_reporter() -> None:
    report, number, row = "https://e.org/r", "https://e.org/n", "https://e.org/c"
    triples = [
        (report, v.AGENT_NAME, Literal("李 四")),
        (report, VOCABULARY + "note", Literal("监督电话8051234，联系人：欧阳问天；热线12345。")),
        (report, VOCABULARY + "value", Literal("8051234", PREFIXES["xsd"] + "decimal")),
        (number, VOCABULARY + "rule", Literal("contact")),
        (number, VOCABULARY + "text", Literal("8051234")),
        (row, v.TYPE, v.CORRECTION),
        (row, v.CREATOR, Literal("王五")),
        (row, QUOTE, Literal("赵六同意")),
        (number, v.CREATOR, Literal("The mskg project")),
        (number, v.DIGITS, Literal("13800138000")),
    ]
    shown = without_names(triples, ["赵六"])
    assert [str(o[0]) for _, _, o in (shown[0], shown[6], shown[7])] == ["□□□", "□□", "□□同意"]
    assert shown[1][2] == Literal("监督电话□□□□□□□，联系人：□□□□；热线12345。")
    assert [shown[at] for at in (2, 3, 5, 8, 9)] == [triples[at] for at in (2, 3, 5, 8, 9)]


def test_graph_without_persons_is_left_as_it_is() -> None:
    plan = next(plan for plan in PLANS if not any(task.leaders for task in plan.tasks))
    triples = list(plan_triples(plan))
    assert without_names(triples) == triples


def test_longer_quotes_keep_length_and_place() -> None:
    document, evidence, post = "https://e.org/d", "https://e.org/d/text/0-9", "https://e.org/p"
    triples = [
        (post, v.TYPE, v.POST),
        (post, v.PERSON_NAME, Literal("王刚")),
        (evidence, QUOTE, Literal("完成。王 刚 水务局")),
        (document, v.HAS_EVIDENCE, evidence),
    ]
    kept = without_names(triples)
    assert (evidence, QUOTE, Literal("完成。□□□ 水务局")) in kept
    assert not any(p == v.PERSON_NAME for _, p, _ in kept)


def test_plan_without_names_can_be_read_back() -> None:
    plan = next(plan for plan in PLANS if any(task.leaders for task in plan.tasks))
    again = plan_from_triples(without_names(plan_triples(plan)))
    assert [task.title for task in again.tasks] == [task.title for task in plan.tasks]
    assert {leader.name for task in again.tasks for leader in task.leaders} <= {""}
