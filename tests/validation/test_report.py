"""Findings: their order, their places, and the forms in which a report is given away."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH, XSD
from reference_plans import reference_plan

from mskg.model import (
    Assignment,
    DocumentInfo,
    Indicator,
    Issue,
    Item,
    Locator,
    Milestone,
    Plan,
    Program,
    Span,
    Task,
)
from mskg.validation import Report, validate_graph, validate_plan
from mskg.validation.shapes import SHAPES

TEXT = (
    "一、就业项目。新增就业500人。6月底完成300人，12月底完成200人。（区人社局）"
    "二、健康项目。筛查妇女。（区卫健委，配合单位：市公安局漯河分局）"
)


def place(quote: str, line: int = 1) -> Span:
    begin = TEXT.index(quote)
    return Span(begin, begin + len(quote), quote, Locator(page=2, line=line))


def unit(name: str, role: str, **fields: str) -> Assignment:
    return Assignment(name, role, place(name), org=name, org_id=f"410411/x-{len(name)}", **fields)


def jobs(key: str, value: int, quote: str, of: str = "") -> Indicator:
    return Indicator(key, "新增就业", Decimal(value), "人", of=of, span=place(quote))


@pytest.fixture
def plan() -> Plan:
    stages = tuple(
        Milestone(
            due=due,
            text=quote,
            span=place(quote),
            indicators=(jobs(f"1-1-{number}", value, f"{value}人", of="1-1-0"),),
        )
        for number, (due, quote, value) in enumerate(
            [
                (date(2023, 6, 30), "6月底完成300人", 300),
                (date(2023, 12, 31), "12月底完成200人", 200),
            ],
            1,
        )
    )
    first = Item("新增就业500人。", indicators=(jobs("1-1-0", 600, "500人"),), milestones=stages)
    suspect = unit("市公安局漯河分局", "related", suspect="“漯河”应为“湛河”")
    begin = TEXT.index("二、")
    return Plan(
        "draft.txt",
        DocumentInfo("draft", "0" * 64),
        Program("湛河区", "410411", 2023),
        (
            Task(1, "1", "就业项目", (first,), departments=(unit("区人社局", "lead"),)),
            Task(
                2,
                "2",
                "健康项目",
                (Item("筛查妇女。", departments=(suspect,)),),
                departments=(unit("区卫健委", "lead"), suspect),
                span=Span(begin, len(TEXT), TEXT[begin:]),
            ),
        ),
        issues=(
            Issue("warning", "wrong-place", "“漯河”疑有误", "doubtful place", place("漯河")),
            Issue("warning", "odd-word", "“筛查妇女”不通", "odd words", place("筛查妇女")),
            Issue("info", "note", "说明", "a note", place("一、")),
        ),
    )


@pytest.fixture
def report(plan: Plan) -> Report:
    return validate_plan(plan)


def names(report: Report) -> list[str]:
    return [finding.shape.removeprefix(SHAPES) for finding in report.findings]


def test_worst_first_then_in_the_order_of_the_document(report: Report) -> None:
    # The unit of the row, repeated as unit of the task, and the issue that says the same as
    # the shape are reported once.
    assert names(report) == [
        *("stage-falls", "stage-short"),
        *("task-deadline", "issue-warning", "assignment-suspect", "task-measured"),
    ]
    assert report.counts == {"violation": 2, "warning": 3, "info": 1}
    assert not report.conforms


def test_a_finding_says_where_it_stands(report: Report) -> None:
    falls = next(finding for finding in report.findings if finding.shape.endswith("falls"))
    assert falls.span == place("200人")
    assert (falls.task, falls.task_path, falls.quote) == ("就业项目", "1", "200人")
    assert falls.focus.endswith("/task/1/item/1")
    assert falls.value.startswith(falls.focus)
    assert falls.place("zh") == "第2页第1行"
    assert falls.place("en") == "page 2, line 1"
    vocabulary = "https://w3id.org/mskg/ontology#"
    assert falls.path == f"<{vocabulary}hasMilestone>/<{vocabulary}hasTarget>"


def test_an_issue_belongs_to_the_task_whose_text_holds_it(report: Report) -> None:
    issue = next(finding for finding in report.findings if finding.shape.endswith("issue-warning"))
    assert issue.task == "健康项目"
    assert (issue.message, issue.message_en) == ("“筛查妇女”不通", "odd words")


def test_an_issue_elsewhere_is_not_taken_for_the_same(plan: Plan) -> None:
    elsewhere = Issue("warning", "wrong-place", "地名疑有误", "doubtful", place("区卫健委"))
    changed = validate_plan(
        Plan(plan.source, plan.document, plan.program, plan.tasks, (elsewhere,))
    )
    assert names(changed).count("issue-warning") == 1


def test_lines_in_both_languages(report: Report) -> None:
    zh, en = report.lines("zh"), report.lines("en")
    assert (zh[0], en[0]) == ("任务 1“就业项目”", 'Task 1 "就业项目"')
    assert zh[1].startswith("  [错误] 第2页第1行：阶段目标 200人 低于")
    assert zh[1].endswith("〔200人〕")
    assert en[1].startswith("  [violation] page 2, line 1: The stage target 200 人 is below")
    assert (zh[-1], en[-1]) == (
        "不通过：错误 2，警告 3，提示 1",
        "does not conform: 2 violation, 3 warning, 1 info",
    )
    with pytest.raises(ValueError, match="wanted zh or en"):
        report.lines("fr")


def test_json_holds_everything(report: Report) -> None:
    record = json.loads(report.to_json())
    assert record["passes"] is False
    assert record["conforms"] is False
    assert record["counts"] == report.counts
    found = record["findings"][0]
    assert found["severity"] == "violation"
    assert found["shape"] == SHAPES + "stage-falls"
    assert found["message"]["zh"].startswith("阶段目标 200人 低于更早节点的 300人")
    assert found["message"]["en"].startswith("The stage target 200 人")
    assert found["place"] == {"page": 2, "line": 1}
    assert TEXT[found["begin"] : found["end"]] == found["quote"] == "200人"
    assert found["task"] == {"path": "1", "number": "1", "group": "", "title": "就业项目"}


def test_turtle_is_a_standard_shacl_report(report: Report) -> None:
    graph = Graph().parse(data=report.to_ttl(), format="turtle")
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms).toPython() is False
    results = list(graph.objects(node, SH.result))
    assert len(results) == len(report.findings)
    for result in results:
        assert graph.value(result, SH.sourceConstraintComponent) is not None
        assert graph.value(result, SH.resultSeverity) in {SH.Violation, SH.Warning, SH.Info}
        languages = sorted(text.language for text in graph.objects(result, SH.resultMessage))
        assert languages == ["en", "zh"]
    falls = next(graph.subjects(SH.sourceShape, None))
    assert graph.value(falls, SH.focusNode) is not None
    assert graph.value(node, SH.conforms).datatype == XSD.boolean


def test_a_clean_report_conforms_in_turtle() -> None:
    report = validate_plan(reference_plan("003"))
    graph = Graph().parse(data=report.to_ttl(), format="turtle")
    assert report.findings == ()
    assert [value.toPython() for value in graph.objects(None, SH.conforms)] == [True]


def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    first, second = validate_plan(plan), validate_plan(plan)
    assert first.to_ttl() == second.to_ttl()
    assert first.to_json() == second.to_json()
    assert first == second


def test_a_graph_gives_the_same_findings_as_its_plan(plan: Plan) -> None:
    from mskg.rdf import plan_dataset, plan_triples, to_rdflib

    expected = validate_plan(plan).findings
    assert validate_graph(plan_triples(plan)).findings == expected
    assert validate_graph(to_rdflib(plan_triples(plan))).findings == expected
    assert validate_graph(plan_dataset([plan])).findings == expected
