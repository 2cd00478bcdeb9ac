"""A person's decisions: read from files, and stronger than every rule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mskg.errors import InputError
from mskg.model import Indicator, Plan
from mskg.model.record import plan_from_record, plan_to_record
from mskg.pipeline import read_plan
from mskg.rdf import plan_from_triples, plan_triples
from mskg.resolve import (
    Correction,
    Corrections,
    apply_corrections,
    propose_names,
    propose_numbers,
    read_corrections,
    report_names,
)

HEAD = "document,quote,kind,value,by,note\n"
TEXT = """平江县2023年民生实事

一、新增托位工程。新增普惠托位120个，改造托育机构3所。责任单位：县卫健局、县糖业办
二、道路工程。新建道路5公里，改造小学3所。责任单位：县交通局、县交通运输局、县糖业中心
三、加强宣传。发放手册2000本。责任单位：县妇联
"""


@pytest.fixture(name="document")
def _document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def key(document: Path) -> str:
    return read_plan(document).document.key


def corrected(document: Path, *rows: tuple[str, str, str]) -> Plan:
    """Read a document under decisions (quote, kind, value) of its own."""
    own = key(document)
    made = (Correction(own, *row, by="张三", place=f"c.csv:{n}") for n, row in enumerate(rows, 2))
    return read_plan(document, corrections=Corrections(tuple(made)))


def indicators(plan: Plan) -> list[Indicator]:
    return [i for task in plan.tasks for item in task.items for i in item.indicators]


def numbers(plan: Plan) -> list[tuple[str, str]]:
    return [(f"{i.value:f}", i.unit) for i in indicators(plan)]


def orgs(plan: Plan) -> dict[str, str]:
    return {entry.name: entry.org_id for task in plan.tasks for entry in task.departments}


def codes(plan: Plan) -> list[str]:
    return [issue.code for issue in plan.issues if issue.code.startswith("correct")]


def test_the_sample_as_the_rules_read_it(document: Path) -> None:
    plan = read_plan(document)
    assert [task.title for task in plan.tasks] == ["新增托位工程", "道路工程", "加强宣传"]
    wanted = [("120", "个"), ("3", "所"), ("5", "公里"), ("3", "所"), ("2000", "本")]
    assert numbers(plan) == wanted
    assert codes(plan) == []


def test_task_that_is_none_goes_with_all_in_it(document: Path) -> None:
    plan = corrected(document, ("加强 宣传", "not-a-task", ""))
    assert [task.title for task in plan.tasks] == ["新增托位工程", "道路工程"]
    assert codes(plan) == ["corrected"]
    issue = plan.issues[-1]
    assert issue.span is not None
    assert issue.span.quote == "加强宣传"
    assert "张三" in issue.message
    assert "张三" in issue.message_en


def test_number_that_is_no_indicator_is_set_aside(document: Path) -> None:
    plan = corrected(document, ("120个", "not-an-indicator", ""))
    assert ("120", "个") not in numbers(plan)
    assert [(n.text, n.rule, n.task) for n in plan.unused_numbers] == [("120个", "correction", "1")]


def test_unit_and_value(document: Path) -> None:
    plan = corrected(document, ("120个", "value", "1.2万"), ("120个", "unit", "人次"))
    assert numbers(plan)[0] == ("12000", "人次")
    assert indicators(plan)[0].digits == "120"
    assert codes(plan) == ["corrected", "corrected"]
    share = corrected(document, ("120个", "unit", "%"))
    assert indicators(share)[0].kind == "share"


def test_a_unit_makes_a_target_of_a_number_not_understood(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT.replace("新建道路5公里", "新建道路 7.5 ，新建道路5公里"), encoding="utf-8")
    assert [n.text.strip() for n in read_plan(path).unused_numbers if n.rule == "unknown"] == [
        "7.5"
    ]
    plan = corrected(path, ("7.5", "unit", "公里"))
    assert ("7.5", "公里") in numbers(plan)
    assert [n for n in plan.unused_numbers if n.rule == "unknown"] == []
    assert codes(plan) == ["corrected"]
    assert plan_from_triples(plan_triples(plan)) == plan


def test_name_of_what_is_counted(document: Path) -> None:
    plan = corrected(document, ("120个", "name", "公共充电桩"))
    first = indicators(plan)[0]
    assert (first.name, first.value, first.unit) == ("公共充电桩", 120, "个")
    assert first.counted_thing != indicators(read_plan(document))[0].counted_thing


@pytest.mark.parametrize("owner", ["2", "道路工程"])
def test_number_that_belongs_to_another_task(document: Path, owner: str) -> None:
    plan = corrected(document, ("改造托育机构3所", "belongs-to", owner))
    per_task = [[f"{i.value}{i.unit}" for i in task.items[0].indicators] for task in plan.tasks]
    assert per_task == [["120个"], ["5公里", "3所", "3所"], ["2000本"]]
    assert codes(plan) == ["corrected"]
    assert plan_from_triples(plan_triples(plan)) == plan


def test_an_owner_that_is_no_task_changes_nothing(document: Path) -> None:
    plan = corrected(document, ("120个", "belongs-to", "没有的任务"))
    assert numbers(plan) == numbers(read_plan(document))
    assert codes(plan) == ["correction-unused"]


def test_equal_words_mean_every_place_longer_ones_one(document: Path) -> None:
    both = corrected(document, ("3所", "value", "4"))
    assert [value for value, unit in numbers(both) if unit == "所"] == ["4", "4"]
    one = corrected(document, ("改造小学 3所", "value", "4"))
    assert [value for value, unit in numbers(one) if unit == "所"] == ["3", "4"]


def test_words_with_two_numbers_are_refused(document: Path) -> None:
    plan = corrected(document, ("120个，改造托育机构3所", "value", "4"))
    assert numbers(plan) == numbers(read_plan(document))
    assert "correction-ambiguous" in codes(plan)


def test_number_inside_a_longer_one_is_not_meant(document: Path) -> None:
    plan = corrected(document, ("20个", "value", "4"))
    assert numbers(plan)[0] == ("120", "个")
    assert codes(plan) == ["correction-unused"]


def test_part_of_a_removed_number_stands_alone(document: Path) -> None:
    plan = read_plan(document)
    first, second = plan.tasks[0].items[0].indicators
    item = replace(
        plan.tasks[0].items[0], indicators=(first, replace(second, part_of=first.id, of=first.id))
    )
    plan = replace(plan, tasks=(replace(plan.tasks[0], items=(item,)), *plan.tasks[1:]))
    row = Correction(plan.document.key, "120个", "not-an-indicator")
    left = indicators(apply_corrections(plan, Corrections((row,))))[0]
    assert (left.part_of, left.of) == ("", "")


def test_name_means_the_body_that_a_person_says(document: Path) -> None:
    plan = corrected(document, ("县糖业办", "org", "平江县糖业发展中心"))
    entry = next(e for e in plan.tasks[0].departments if e.name == "县糖业办")
    assert (entry.org, entry.verified) == ("平江县糖业发展中心", True)
    assert (
        entry.org_id
        == orgs(corrected(document))["县糖业办"].split("/")[0] + "/" + (entry.org_id.split("/")[1])
    )
    assert "unresolved-name" not in [i.code for i in plan.issues if "县糖业办" in i.message]


def test_known_body_given_by_name_keeps_its_identity(document: Path) -> None:
    plan = corrected(document, ("县糖业办", "org", "平江县卫生健康局"))
    ids = orgs(plan)
    assert ids["县糖业办"] == ids["县卫健局"] == "430626/health"


def test_two_names_are_one_body(document: Path) -> None:
    before = orgs(read_plan(document))
    assert before["县糖业办"] != before["县糖业中心"]
    after = orgs(corrected(document, ("县糖业办", "same-body", "县糖业中心")))
    assert after["县糖业办"] == after["县糖业中心"] == before["县糖业中心"]
    by_id = orgs(corrected(document, ("县糖业办", "same-body", before["县糖业中心"])))
    assert by_id["县糖业办"] == before["县糖业中心"]


def test_chain_of_names_ends_at_the_last(document: Path) -> None:
    rows = [("县糖业办", "same-body", "县糖业中心"), ("县糖业中心", "same-body", "县妇联")]
    assert (
        len({orgs(corrected(document, *rows))[n] for n in ("县糖业办", "县糖业中心", "县妇联")})
        == 1
    )


def test_two_names_are_never_one_body(document: Path) -> None:
    before = orgs(read_plan(document))
    assert before["县交通局"] == before["县交通运输局"]
    plan = corrected(document, ("县交通局", "never-same-body", "县交通运输局"))
    after = orgs(plan)
    assert after["县交通局"] != after["县交通运输局"] == before["县交通运输局"]
    assert codes(plan) == ["corrected"]


def test_region_decided_keeps_the_key(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT.replace("平江县", "鼓楼区").replace("县", "区"), encoding="utf-8")
    before = read_plan(path)
    assert before.program.region_code == ""
    plan = corrected(path, ("", "region", "320106"))
    assert plan.program.region_code == "320106"
    assert plan.document.key == before.document.key
    assert "ambiguous-region" not in [issue.code for issue in plan.issues]
    assert orgs(plan)["区妇联"] == "320106/women"
    assert "本文件属于 320106（张三）" in "".join(issue.message for issue in plan.issues)


def test_decision_that_fits_nothing_is_a_warning(document: Path) -> None:
    rows = [
        ("县烟草局", "org", "平江县烟草专卖局"),
        ("77个", "unit", "人"),
        ("别的", "not-a-task", ""),
    ]
    plan = corrected(document, *rows)
    assert codes(plan) == ["correction-unused"] * 3
    assert {i.severity for i in plan.issues if i.code == "correction-unused"} == {"warning"}
    assert any("c.csv:3" in issue.message for issue in plan.issues)


def test_rows_for_all_documents(document: Path) -> None:
    common = Correction("*", "120个", "value", "7")
    absent = Correction("*", "88个", "value", "7")
    plan = read_plan(document, corrections=Corrections((common, absent)))
    assert numbers(plan)[0] == ("7", "个")
    assert codes(plan) == ["corrected"]  # what stands in another document is not unused
    own = replace(common, document=key(document), value="9")
    assert numbers(read_plan(document, corrections=Corrections((common, own))))[0] == ("9", "个")
    other = replace(common, document="another")
    assert read_plan(document, corrections=Corrections((other,))) == read_plan(document)


def test_decision_holds_when_the_text_around_it_changes(document: Path) -> None:
    row = Correction(key(document), "普惠托位120个", "value", "7")
    more = TEXT.replace("120个", "120 個").replace("新增普惠", "全县共新增普惠")
    document.write_text(more + "四、新增步道工程。新建步道8公里。\n", encoding="utf-8")
    assert indicators(read_plan(document))[0].value == Decimal(120)
    plan = read_plan(document, corrections=Corrections((row,)))
    assert plan.document.key == row.document
    assert indicators(plan)[0].value == Decimal(7)


def test_corrected_plan_goes_through_its_record(document: Path) -> None:
    plan = corrected(
        document, ("120个", "not-an-indicator", ""), ("县糖业办", "org", "平江县糖业局")
    )
    assert plan_from_record(plan_to_record(plan)) == plan


def test_file_may_come_from_a_spreadsheet(tmp_path: Path) -> None:
    text = HEAD + '"k","县 糖业办",org,平江县糖业局,张三,\n#k,x,org,proposal,,\n\n'
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        (tmp_path / "c.csv").write_text(text, encoding=encoding)
        (row,) = read_corrections(tmp_path / "c.csv").rows
        assert (row.words, row.value, row.place) == ("县糖业办", "平江县糖业局", "c.csv:2")


def test_folder_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "k,3所,value,4,,\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("quote,document,kind,value\n3所,*,unit,个\n", encoding="utf-8")
    assert [row.kind for row in read_corrections(tmp_path).of("k")] == ["value", "unit"]
    (tmp_path / "c.csv").write_text(HEAD + "k,3 所,value,5,,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"c\.csv:2: contradicts a\.csv:2"):
        read_corrections(tmp_path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("k,3所,no-such-kind,,,", "unknown kind"),
        ("k,,value,4,,", "no quote"),
        (",3所,value,4,,", "no document key"),
        ("*,,region,320106,,", "no quote"),
        ("k,3所,value,many,,", "can't have the value"),
        ("k,3所,unit,万元,,", "can't have the value"),
        ("k,3所,not-an-indicator,4,,", "can't have the value"),
        ("k,县糖业办,org,,,", "can't have the value"),
        ("k,,region,鼓楼区,,", "can't have the value"),
    ],
)
def test_wrong_row_names_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "c.csv"
    path.write_text(HEAD + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=reason) as caught:
        read_corrections(path)
    assert "c.csv:2" in str(caught.value)
    assert "c.csv:2" in caught.value.line("zh")


def test_wrong_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be opened"):
        read_corrections(tmp_path / "none.csv")
    (tmp_path / "c.csv").write_text("document,quote\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column kind, value"):
        read_corrections(tmp_path / "c.csv")
    (tmp_path / "c.csv").write_bytes(b"\xff\xff\xff")
    with pytest.raises(InputError, match="neither UTF-8 nor GB18030"):
        read_corrections(tmp_path / "c.csv")


def test_report_of_names(document: Path) -> None:
    found = {name.printed: name for name in report_names(read_plan(document))}
    assert found["县卫健局"].state == "verified"
    assert found["县糖业办"].state == "unresolved"
    assert found["县交通局"].merged == ("县交通运输局",)
    assert found["县交通运输局"].merged == ("县交通局",)
    assert found["县妇联"].doubtful == ()


def test_proposals_put_in_force_are_all_used(document: Path) -> None:
    plan = read_plan(document)
    rows = propose_names(plan)
    assert {row.kind for row in rows} >= {"org", "never-same-body"}
    after = read_plan(document, corrections=Corrections(rows))
    assert "correction-unused" not in codes(after)
    ids = orgs(after)
    assert ids["县交通局"] != ids["县交通运输局"]


def test_proposed_quote_of_an_unknown_number_is_its_own(document: Path) -> None:
    plan = read_plan(document)
    unknown = [
        replace(number, rule="unknown")
        for number in corrected(document, ("3所", "not-an-indicator", "")).unused_numbers
    ]
    items = [replace(task, items=()) for task in plan.tasks]
    doubtful = replace(plan, tasks=tuple(items), unused_numbers=tuple(unknown))
    rows = propose_numbers(doubtful)
    assert len(rows) == len(unknown) == 2
    assert all(row.quote.endswith("3所") and len(row.quote) > 2 for row in rows)
    settled = apply_corrections(doubtful, Corrections(rows))
    assert {number.rule for number in settled.unused_numbers} == {"correction"}
