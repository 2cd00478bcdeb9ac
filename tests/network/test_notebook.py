"""What a notebook shows of a network, its measures, and a query result."""

from __future__ import annotations

from lxml import html
from reference_plans import reference_plan

from mskg.network import Collaboration, Duty, collaboration, measures
from mskg.query import ResultTable


def test_network_is_shown_as_its_drawing() -> None:
    network = collaboration(reference_plan("004"))
    shown = html.fromstring(network._repr_html_())
    assert len(shown.xpath(".//*[local-name()='circle']")) == 33 + 3
    assert "33 个节点 nodes · 10 项任务 tasks · 376 对合作 pairs" in shown.text_content()


def test_large_network_is_only_told() -> None:
    duties = [Duty(f"t:{n}", "任务", f"d:{n}", f"部门{n}", "related") for n in range(500)]
    shown = Collaboration(duties)._repr_html_()
    assert "svg" not in shown
    assert "500 个节点" in shown


def test_measures_are_tables_with_meanings() -> None:
    shown = html.fromstring(measures(collaboration(reference_plan("004")))._repr_html_())
    whole, rows = shown.xpath(".//table")
    assert "密度 Density" in whole.text_content()
    assert len(rows.xpath("tbody/tr")) == 30
    assert rows.xpath(".//span[contains(@title, 'Betweenness: Share of shortest paths')]")
    assert "… 3" in shown.text_content()


def test_query_results_are_tables() -> None:
    table = ResultTable(("name", "tasks"), (("<甲>", 3), (None, 2)), ("部门", "任务"))
    shown = html.fromstring(table._repr_html_())
    assert [cell.text for cell in shown.xpath(".//th")] == ["部门", "任务"]
    assert [cell.text for cell in shown.xpath(".//td")] == ["<甲>", "3", None, "2"]
    long = ResultTable(("n",), tuple((n,) for n in range(250)))
    assert "… 50" in long._repr_html_()
