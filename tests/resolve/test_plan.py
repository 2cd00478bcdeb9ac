"""Resolution of whole plans."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from reference_plans import FOLDER, STEMS, reference_plan

from mskg.model import Assignment, DocumentInfo, Item, Plan, Program, Span, Task
from mskg.ns import document_iri, organisation_iri, region_iri
from mskg.resolve import resolve_plan

DOCUMENTS = Path(__file__).resolve().parents[2] / "data" / "documents"


def assignments(plan: Plan) -> list[Assignment]:
    found = list(plan.program.departments)
    for task in plan.tasks:
        found += task.departments
        for item in task.items:
            found += item.departments
    return found


def resolved(stem: str) -> Plan:
    """Return an annotated plan resolved from scratch."""
    plan = reference_plan(stem)
    blank = replace(plan, program=replace(plan.program, region="", region_code=""))
    return resolve_plan(blank, (DOCUMENTS / f"{stem}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("stem", STEMS)
def test_reference_organisations(stem: str) -> None:
    gold, found = assignments(reference_plan(stem)), assignments(resolved(stem))
    wrong = [(g.name, g.org, f.org) for g, f in zip(gold, found, strict=True) if g.org != f.org]
    assert wrong == []
    assert [g.collective for g in gold] == [f.collective for f in found]


@pytest.mark.parametrize("stem", STEMS)
def test_reference_regions(stem: str) -> None:
    record = json.loads((FOLDER / f"{stem}.json").read_text(encoding="utf-8"))["program"]
    program = resolved(stem).program
    assert (program.region, program.region_code) == (record["region"], record["regionCode"])


@pytest.mark.parametrize("stem", STEMS)
def test_reference_bodies_are_known_and_have_functions(stem: str) -> None:
    for entry in assignments(resolved(stem)):
        assert entry.collective or (entry.verified and entry.functions), entry.name


def test_wrong_places_become_issues_once_a_place() -> None:
    plan = resolved(next(stem for stem in STEMS if stem.startswith("004")))
    assert {issue.code for issue in plan.issues} == {"wrong-place"}
    assert len(plan.issues) == 2


def small_plan(*names: str, **info: object) -> Plan:
    header = {"title": "平江县2023年民生实事", "type": "notice", **info}
    entries = tuple(
        Assignment(name, "responsible", Span(i, i + len(name), name), i)
        for i, name in enumerate(names, 1)
    )
    task = Task(1, "1", "新增托位工程", (Item("新增普惠托位100个"),), departments=entries)
    document = DocumentInfo("", "0" * 64, **header)  # type: ignore[arg-type]
    return Plan("test", document, Program(year=2023), (task,))


def orgs(*names: str) -> list[str]:
    return [entry.org for entry in assignments(resolve_plan(small_plan(*names)))]


def test_what_is_printed_of_an_assignment_stays() -> None:
    given = Assignment("县教育局", "lead", Span(1, 5, "县教育局"), 3, stated=False, rule="r",
                       collective=True, suspect="s", split=True, optional=True)  # fmt: skip
    plan = small_plan("县教育局")
    plan = replace(plan, tasks=(replace(plan.tasks[0], departments=(given,)),))
    found = resolve_plan(plan).tasks[0].departments[0]
    told = {"org", "org_id", "functions", "verified"}  # what resolving fills in
    own = {field.name for field in fields(Assignment)} - told
    plain = Assignment("", "")
    assert all(getattr(given, name) != getattr(plain, name) for name in own)  # none is left out
    assert {n: getattr(found, n) for n in own} == {n: getattr(given, n) for n in own}
    assert all(getattr(found, name) for name in told)


def test_short_and_long_name_are_one_body() -> None:
    assert orgs("县卫健局", "县卫生健康委") == ["平江县卫生健康委员会"] * 2
    assert orgs("县发改局", "县发展和改革局") == ["平江县发展和改革局"] * 2


def test_a_short_name_means_the_long_name_of_the_same_document() -> None:
    long = "平江县文化旅游广电体育局"
    assert orgs("县文旅局", "县文化旅游广电体育局") == [long, long]
    assert orgs("县文旅局", "县体育局") == ["平江县文化和旅游局", "平江县体育局"]
    assert orgs("县教育局", "县教育体育局") == ["平江县教育局", "平江县教育体育局"]


def test_a_misprint_is_read_as_the_body_of_the_same_document() -> None:
    plan = resolve_plan(small_plan("县口岸物流办", "县移民搬迁局", "县移民般迁局"))
    third = assignments(plan)[2]
    assert third.org == "平江县移民搬迁局"
    assert third.suspect == "“县移民般迁局”应为“县移民搬迁局”"
    assert [issue.code for issue in plan.issues] == ["misprinted-name"]


def test_units_inside_the_bureau_that_issues() -> None:
    names = ("医政医管科", "市第一人民医院", "基层卫生健康科", "委属各医院")
    bureau = "遵义市卫生健康委员会"
    plan = small_plan(*names, title=f"{bureau}关于2022年为民办实事的通知")
    plan = replace(plan, document=replace(plan.document, issuer=bureau))
    found = assignments(resolve_plan(plan))
    assert [entry.org for entry in found] == [
        f"{bureau}医政医管科",
        "遵义市第一人民医院",
        f"{bureau}基层卫生健康科",
        f"{bureau}委属各医院",
    ]
    assert [entry.collective for entry in found] == [False, False, False, True]
    government = replace(plan, document=replace(plan.document, issuer="遵义市人民政府"))
    assert assignments(resolve_plan(government))[0].org == "遵义市医政医管科"


def test_unknown_names_are_listed_once_with_their_place() -> None:
    plan = resolve_plan(small_plan("县糖业办", "县民政局", "县糖业办"))
    assert [(issue.code, issue.severity) for issue in plan.issues] == [("unresolved-name", "info")]
    assert plan.issues[0].span == Span(1, 5, "县糖业办")
    assert [entry.verified for entry in assignments(plan)] == [False, True, False]


def test_an_undecided_region_is_an_issue() -> None:
    plan = resolve_plan(small_plan("区民政局", title="鼓楼区2023年民生实事"))
    assert [issue.code for issue in plan.issues] == ["ambiguous-region"]
    assert (plan.program.region, plan.program.region_code) == ("鼓楼区", "")


def test_areas_are_found_and_left_empty_rather_than_forced() -> None:
    plan = small_plan("县民政局")
    assert resolve_plan(plan).tasks[0].areas == ("childcare",)
    vague = replace(
        plan, tasks=(replace(plan.tasks[0], title="其他工作", items=(Item("扎实推进"),)),)
    )
    assert resolve_plan(vague).tasks[0].areas == ()


class TestKey:
    """The identity of a document."""

    def test_number(self) -> None:
        key = resolve_plan(small_plan(doc_number="平政办发〔2023〕7号")).document.key
        same = resolve_plan(small_plan(doc_number="平政辦發 [2023] 7 號")).document.key
        other = resolve_plan(small_plan(doc_number="平办发〔2023〕7号")).document.key
        assert key.startswith("430626-2023-7-")
        assert key == same != other

    def test_title(self) -> None:
        one = resolve_plan(small_plan(title="平江县2023年民生实事")).document.key
        other = resolve_plan(small_plan(title="平江县 2023年 民生实事")).document.key
        assert one.startswith("430626-2023-notice-")
        assert one == other

    def test_neither_number_nor_title(self) -> None:
        plan = small_plan(title="", issuer="平江县人民政府", issued=date(2023, 1, 5))
        text = "一、平江县新建幼儿园3所。\n（牵头单位:县教育局）\n二、新建公厕5座。"
        key = resolve_plan(plan, text).document.key
        assert re.fullmatch("430626-2023-notice-[0-9a-f]{8}", key)
        saved = replace(plan, document=replace(plan.document, sha256="1" * 64))
        assert resolve_plan(saved, text).document.key == key
        typeset = " 一、平江县新建幼儿园 3所。（牵头单位：縣教育局）\n\n二、新建公厕５座。\n"
        mixed = replace(plan, document=replace(plan.document, script="mixed"))
        assert resolve_plan(mixed, typeset).document.key == key
        assert resolve_plan(plan, text.replace("3", "4")).document.key != key

    def test_a_change_far_down_is_the_same_document(self) -> None:
        plan = small_plan(title="")
        tasks = [f"{n}.平江县新建第{n}幼儿园，设学位{n}0个。" for n in range(1, 20)]
        key = resolve_plan(plan, "\n".join(tasks)).document.key
        assert resolve_plan(plan, "\n".join([*tasks[:-1], "另有一项。"])).document.key == key

    def test_the_user_wins(self) -> None:
        assert resolve_plan(small_plan(), key="my-plan").document.key == "my-plan"


def test_ids_are_readable_in_iris() -> None:
    plan = resolve_plan(small_plan("县民政局", "曹镇乡", "县糖业办", "市公安局平江分局", "各乡镇"))
    assert document_iri(plan.document.key).endswith(plan.document.key)
    assert region_iri(plan.program.region_code).endswith("430626")
    for entry in assignments(plan):
        assert organisation_iri(entry.org_id).endswith(entry.org_id)


def test_resolving_twice_changes_nothing() -> None:
    once = resolve_plan(small_plan("县卫健局", "各乡镇"))
    again = resolve_plan(once)
    assert replace(again, issues=once.issues) == once
