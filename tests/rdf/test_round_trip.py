"""Plan → RDF → Plan loses nothing, whatever the way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from plan_strategies import plans
from reference_plans import STEMS, reference_plan

from mskg.errors import InputError, ReadError
from mskg.model import (
    Assignment,
    DocumentInfo,
    Indicator,
    Item,
    Milestone,
    Plan,
    Program,
    Task,
)
from mskg.rdf import (
    Literal,
    plan_from_triples,
    plan_text,
    plan_triples,
    plans_from_file,
    to_rdflib,
)
from mskg.rdf.graphs import from_rdflib

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIXES = {
    "turtle": "ttl",
    "json-ld": "jsonld",
    "trig": "trig",
    "nquads": "nq",
    "nt": "nt",
}
_SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("stem", STEMS)
def test_reference_plans_come_back(stem: str) -> None:
    plan = reference_plan(stem)
    assert plan_from_triples(plan_triples(plan)) == plan


@given(plans())
@_SLOW
def test_any_plan_comes_back(plan: Plan) -> None:
    triples = list(plan_triples(plan))
    assert plan_from_triples(triples) == plan
    assert plan_from_triples(reversed(triples)) == plan
    assert len(set(triples)) == len(triples)


@given(plans())
@settings(_SLOW, max_examples=15)
def test_any_plan_comes_back_from_rdflib(plan: Plan) -> None:
    assert plan_from_triples(from_rdflib(to_rdflib(plan_triples(plan)))) == plan


@given(plans())
@settings(_SLOW, max_examples=15)
def test_any_plan_comes_back_from_an_engine_that_rewrites_literals(plan: Plan) -> None:
    data = plan_text(plan, "nt")
    store = pyoxigraph.Store()
    store.load(data.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    back = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    assert back is not None
    graph = to_rdflib([]).parse(data=back, format="nt")
    assert plan_from_triples(from_rdflib(graph)) == plan


@pytest.mark.parametrize("form", _SUFFIXES)
def test_a_file_in_every_form_comes_back(form: str, tmp_path: Path) -> None:
    plan = reference_plan("004")
    path = tmp_path / f"plan.{_SUFFIXES[form]}"
    path.write_text(plan_text(plan, form), encoding="utf-8")
    assert plans_from_file(path) == [plan]


def test_a_file_of_two_graphs_holds_two_plans(tmp_path: Path) -> None:
    path = tmp_path / "two.nq"
    texts = [plan_text(reference_plan(stem), "nquads") for stem in ("004", "000")]
    path.write_text("".join(texts), encoding="utf-8")
    assert plans_from_file(path) == [reference_plan("000"), reference_plan("004")]


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("a.ttl", "<a> <b> .", ReadError, "not valid turtle"),
        ("a.jsonld", "{", ReadError, "not valid json-ld"),
        ("a.txt", "", ReadError, "not an RDF file"),
        ("a.ttl", "", InputError, "holds no mskg:PlanDocument"),
        ("a.ttl", b"\xff\xfe<", ReadError, "a.ttl"),
    ],
)
def test_a_bad_file_gives_one_clear_line(
    name: str, content: str | bytes, error: type[Exception], words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(error, match=words) as caught:
        plans_from_file(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.ttl"):
        plans_from_file(tmp_path / "none.ttl")


def _plan(*indicators: Indicator, milestones: tuple[Milestone, ...] = ()) -> Plan:
    item = Item("新增就业", indicators=indicators, milestones=milestones)
    return Plan(
        "a.txt",
        DocumentInfo("k", "h", script="simplified"),
        Program("湛河区", "410411", 2023),
        (Task(1, "1", "就业", (item,)),),
    )


def test_two_values_of_one_property_are_refused() -> None:
    triples = [*plan_triples(_plan())]
    number = next(t for t in triples if t[1].endswith("#number"))
    with pytest.raises(InputError, match="has 2 values"):
        plan_from_triples([*triples, (number[0], number[1], Literal("7"))])


def test_a_value_that_is_no_number_is_refused() -> None:
    triples = [
        (s, p, Literal("many") if p.endswith("#value") else o)
        for s, p, o in plan_triples(_plan(Indicator("1-1-1", "就业", Decimal(1), "人")))
    ]
    with pytest.raises(InputError, match="'many' can't be read"):
        plan_from_triples(triples)
    without = [triple for triple in triples if not triple[1].endswith("#value")]
    with pytest.raises(InputError, match="has no value"):
        plan_from_triples(without)


def test_a_graph_without_or_with_two_documents_is_refused() -> None:
    with pytest.raises(InputError, match="found 0"):
        plan_from_triples([])
    other = replace(_plan(), document=DocumentInfo("other", "h"))
    with pytest.raises(InputError, match="found 2"):
        plan_from_triples([*plan_triples(_plan()), *plan_triples(other)])


def test_a_path_or_id_given_twice_by_mistake_loses_nothing() -> None:
    twice = [Indicator("1-1-1", name, Decimal(1), "个") for name in ("甲", "乙")]
    plan = _plan(*twice)
    assert plan_from_triples(plan_triples(plan)) == plan
    plan = replace(plan, tasks=(plan.tasks[0], replace(plan.tasks[0], title="另一项")))
    assert plan_from_triples(plan_triples(plan)) == plan


def test_one_body_described_in_two_ways_loses_nothing() -> None:
    entries = tuple(
        Assignment("区教体局", role, org=org, org_id="410411/edu", functions=functions)
        for role, org, functions in [
            ("lead", "湛河区教育体育局", ("sport", "education")),
            ("related", "湛河区教育体育局", ()),
            ("audit", "", ("education",)),
        ]
    )
    plan = replace(_plan(), program=Program("湛河区", "410411", 2023, departments=entries))
    assert plan_from_triples(plan_triples(plan)) == plan
