"""The shape of the graphs that a plan gives."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from plan_strategies import plans
from reference_plans import STEMS, reference_plan

from mskg.errors import InputError
from mskg.model import (
    Assignment,
    DocumentInfo,
    Indicator,
    Item,
    Leader,
    Locator,
    Milestone,
    Plan,
    Program,
    Span,
    Task,
    UnusedNumber,
)
from mskg.ns import DATA, PREFIXES, VOCABULARY, document_iri
from mskg.rdf import (
    Literal,
    derived_graph,
    derived_triples,
    plan_dataset,
    plan_text,
    plan_triples,
    reference_triples,
    run_of,
    run_triples,
    to_rdflib,
    without_people,
)

M = VOCABULARY
TYPE = PREFIXES["rdf"] + "type"
LABEL = PREFIXES["skos"] + "prefLabel"
TASK = DATA + "program/410411/2023/livelihood/task/1"
ITEM = TASK + "/item/1"


def _assignment(role: str, slug: str, *, collective: bool = False) -> Assignment:
    return Assignment(
        "区" + slug, role, org="湛河区" + slug, org_id=f"410411/{slug}", collective=collective
    )


def _plan(
    item: Item | None = None,
    *,
    departments: tuple[Assignment, ...] = (),
    deadlines: tuple[Milestone, ...] = (),
) -> Plan:
    items = (item or Item("新增就业"),)
    return Plan(
        "a.txt",
        DocumentInfo("k", "h", title="方案", script="traditional"),
        Program("湛河区", "410411", 2023, deadlines=deadlines),
        (Task(1, "1", "就业", items, departments=departments),),
    )


def test_stages_of_an_indicator_hang_on_it() -> None:
    final = Indicator("1-1-1", "新增就业", Decimal("4400.50"), "人", "ge", digits="4400.50")
    stage = Indicator("1-1-m1-1", "新增就业", Decimal(2000), "人", of="1-1-1")
    alone = Indicator("1-1-m1-2", "培训", Decimal(30), "%", basis="share of the task")
    milestone = Milestone(date(2023, 6, 30), "6月底前", indicators=(stage, alone))
    triples = set(plan_triples(_plan(Item("x", indicators=(final,), milestones=(milestone,)))))
    counted, due = ITEM + "/indicator/1", ITEM + "/milestone/1"
    assert (ITEM, M + "hasIndicator", counted) in triples
    assert (counted, M + "hasTarget", counted + "/target") in triples
    assert (counted, M + "hasTarget", ITEM + "/target/m1-1") in triples
    assert (due, M + "hasTarget", ITEM + "/target/m1-1") in triples
    assert (ITEM + "/target/m1-1", M + "dueAt", due) in triples
    assert (ITEM, M + "hasIndicator", ITEM + "/indicator/m1-2") in triples
    values = {o for s, p, o in triples if p == M + "value" and s == counted + "/target"}
    assert values == {Literal("4400.5", PREFIXES["xsd"] + "decimal")}
    assert (counted + "/target", M + "digits", Literal("4400.50")) in triples
    assert not [o for s, p, o in triples if s == counted + "/target" and p == M + "dueAt"]


def test_evidence_says_where_and_what() -> None:
    span = Span(10, 14, "新增就业", Locator(page=2, line=7))
    twice = replace(_plan(Item("x", span=span)), unused_numbers=(UnusedNumber("3", "age", span),))
    triples = list(plan_triples(twice))
    evidence = DATA + "doc/k/text/10-14"
    own = {(p, o) for s, p, o in triples if s == evidence}
    integer = PREFIXES["xsd"] + "integer"
    assert own == {
        (TYPE, M + "Evidence"),
        (M + "inDocument", DATA + "doc/k"),
        (M + "begin", Literal("10", integer)),
        (M + "end", Literal("14", integer)),
        (M + "quote", Literal("新增就业")),
        (M + "page", Literal("2", integer)),
        (M + "line", Literal("7", integer)),
    }
    assert len([t for t in triples if t[2] == evidence]) == 2
    assert len([t for t in triples if t[0] == evidence]) == len(own)


def test_a_graph_describes_all_that_it_uses() -> None:
    plan = _plan(departments=(_assignment("lead", "edu"), _assignment("related", "towns")))
    triples = set(plan_triples(plan))
    assert (DATA + "region/410411", LABEL, Literal("湛河区", "", "zh")) in triples
    assert (DATA + "region/410411", M + "parentRegion", DATA + "region/410400") in triples
    assert (DATA + "region/410000", LABEL, Literal("河南省", "", "zh")) in triples
    assert (DATA + "concept/role/lead", LABEL, Literal("牵头", "", "zh")) in triples
    assert (DATA + "org/410411/edu", LABEL, Literal("湛河区edu", "", "zh")) in triples


@pytest.mark.parametrize("stem", STEMS)
def test_every_node_has_a_type_and_none_is_blank(stem: str) -> None:
    triples = list(plan_triples(reference_plan(stem)))
    typed = {s for s, p, _ in triples if p == TYPE}
    linked = {o for _, p, o in triples if isinstance(o, str) and p != TYPE}
    assert {s for s, _, _ in triples} | linked <= typed
    nodes = [node for triple in triples for node in triple if isinstance(node, str)]
    assert all(node.isascii() and node.startswith(("http://", "https://")) for node in nodes)


@pytest.mark.parametrize(
    ("script", "language"),
    [("simplified", "zh-Hans"), ("traditional", "zh-Hant"), ("mixed", "zh"), ("", "zh")],
)
def test_the_language_of_titles_is_the_script_of_the_document(script: str, language: str) -> None:
    plan = _plan()
    plan = replace(plan, document=replace(plan.document, script=script))
    titles = {o for _, p, o in plan_triples(plan) if p == PREFIXES["dcterms"] + "title"}
    assert titles == {Literal("方案", "", language), Literal("就业", "", language)}


def test_unknown_places_do_not_share_a_program() -> None:
    plan = replace(_plan(), program=Program(year=2023))
    other = replace(plan, document=DocumentInfo("other", "h"))
    named = replace(plan, program=Program("某镇", year=2023))
    programs = {
        o for p in (plan, other, named) for _, link, o in plan_triples(p) if link == M + "announces"
    }
    assert len(programs) == 3


def test_accountable_is_the_lead_else_the_responsible() -> None:
    plan = _plan(
        Item("x", departments=(_assignment("responsible", "water"),)),
        departments=(
            _assignment("lead", "edu"),
            _assignment("responsible", "water"),
            _assignment("related", "towns", collective=True),
            _assignment("audit", "audit"),
            Assignment("某办", "lead"),
        ),
    )
    assert list(derived_triples(plan)) == [
        (TASK, M + "accountableDepartment", DATA + "org/410411/edu"),
        (TASK, M + "relatedDepartment", DATA + "org/410411/water"),
        (TASK, M + "relatedCollective", DATA + "org/410411/towns"),
        (ITEM, M + "accountableDepartment", DATA + "org/410411/water"),
    ]
    assert derived_graph(plan) == DATA + "doc/k/derived"


@pytest.mark.parametrize(
    ("own", "program", "expected"),
    [
        ([date(2023, 6, 30), date(2023, 10, 31), None], [date(2023, 12, 31)], "2023-10-31"),
        ([None], [date(2023, 6, 30), date(2023, 12, 31)], "2023-12-31"),
        ([date(2009, 8, 1)], [date(2023, 12, 31)], "2023-12-31"),
        ([], [], ""),
    ],
)
def test_the_final_due_date_is_the_latest_own_one_else_that_of_the_program(
    own: list[date | None], program: list[date], expected: str
) -> None:
    plan = _plan(
        Item("x", milestones=tuple(Milestone(due, "t") for due in own)),
        deadlines=tuple(Milestone(due, "t") for due in program),
    )
    found = [o.value for _, p, o in derived_triples(plan) if p == M + "finalDue"]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("title", "text", "groups"),
    [
        ("女童接种工程", "提高群众生活质量。", ["girls"]),
        ("群众文体工程", "落实企业主体责任。", ["residents"]),
        (
            "困難群眾救助工程",
            "為殘疾兒童提供服務。",
            ["assistance-recipients", "disabled-children"],
        ),
        ("口袋公园工程", "保障市民安全。", []),
    ],
)
def test_a_target_group_is_named_in_the_title_or_unless_it_is_everyone_in_the_text(
    title: str, text: str, groups: list[str]
) -> None:
    plan = _plan(Item(text))
    task = replace(plan.tasks[0], title=title)
    triples = list(derived_triples(replace(plan, tasks=(task,))))
    found = [o for _, p, o in triples if p == M + "targetGroup"]
    assert found == [f"{DATA}concept/target-group/{group}" for group in groups]
    assert len([t for t in triples if t[1] == PREFIXES["skos"] + "notation"]) == len(groups)


def test_a_run_is_its_inputs() -> None:
    plan = _plan()
    run = run_of(plan, rules="r", version="1")
    triples = list(run_triples(plan, rules="r", version="1"))
    assert {s for s, p, _ in triples if p == PREFIXES["prov"] + "used"} == {run}
    assert (DATA + "doc/k", PREFIXES["prov"] + "wasGeneratedBy", run) in set(
        plan_triples(plan, run=run)
    )
    assert run == run_of(replace(plan, tasks=()), rules="r", version="1")
    other = replace(plan, document=replace(plan.document, sha256="other"))
    changed = {
        run_of(other, rules="r", version="1"),
        run_of(plan, rules="s", version="1"),
        run_of(plan, rules="r", version="2"),
    }
    assert len(changed | {run}) == 4


def test_names_of_people_can_be_left_out() -> None:
    row, cell = Span(0, 9, "就业 张三 人社局"), Span(3, 5, "张三")
    leaders = (Leader("张三", "副区长", cell), Leader("李四", span=row))
    triples = list(plan_triples(_plan(Item("就业", leaders=leaders, span=row))))
    kept = list(without_people(triples))
    left = {o.value for _, _, o in kept if isinstance(o, Literal)}
    assert not {"张三", "李四"} & left
    assert {"副区长", row.quote} <= left
    assert len([o for _, p, o in kept if p == M + "hasLeader"]) == 2
    assert list(without_people(kept)) == kept


def test_reference_concepts_belong_to_a_scheme() -> None:
    triples = list(reference_triples())
    skos = PREFIXES["skos"]
    concepts = {s for s, p, o in triples if p == TYPE and o == skos + "Concept"}
    assert concepts == {s for s, p, _ in triples if p == skos + "inScheme"}
    assert DATA + "concept/role/lead" in concepts
    assert DATA + "concept/function/education" in concepts
    assert len(set(triples)) == len(triples)


def test_a_dataset_names_its_graphs() -> None:
    plan = _plan(departments=(_assignment("lead", "edu"),))
    names = {str(graph.identifier) for graph in plan_dataset([plan]).graphs() if len(graph)}
    assert names == {document_iri("k"), derived_graph(plan)}
    names = {str(g.identifier) for g in plan_dataset([plan], derived=False).graphs() if len(g)}
    assert names == {document_iri("k")}


@given(plans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_texts_do_not_depend_on_the_order_of_triples(plan: Plan) -> None:
    triples = list(plan_triples(plan))
    turtle = to_rdflib(triples).serialize(format="turtle")
    assert to_rdflib(reversed(triples)).serialize(format="turtle") == turtle


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(InputError, match="unknown RDF form 'n3'"):
        plan_text(_plan(), "n3")


_PRINT_HASHES = """
import hashlib
from reference_plans import reference_plan
from mskg.rdf import plan_text, plan_triples
plan = reference_plan("003")
print(hashlib.sha256(repr(list(plan_triples(plan))).encode()).hexdigest())
for form in ("turtle", "json-ld", "trig", "nquads", "nt"):
    print(hashlib.sha256(plan_text(plan, form).encode()).hexdigest())
"""


def _python(code: str, seed: str = "0") -> str:
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
    )
    return found.stdout


def test_two_processes_write_the_same_bytes() -> None:
    assert _python(_PRINT_HASHES, "1") == _python(_PRINT_HASHES, "2")


def test_mapping_needs_no_rdflib() -> None:
    code = "import sys; from mskg.rdf import plan_triples; print('rdflib' in sys.modules)"
    assert _python(code).strip() == "False"
