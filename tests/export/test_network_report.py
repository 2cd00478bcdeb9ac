"""The page about a network: every number leads to tasks and text; a browser shows it."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from lxml import html
from reference_plans import reference_plan

from mskg.export import network_report
from mskg.network import Collaboration, Duty, collaboration, store_of
from mskg.network.attributes import attributes_of
from mskg.network.evidence import TaskText, task_texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mskg.store import Store


def page_of(stem: str, **options: str) -> str:
    with store_of([reference_plan(stem)]) as store:
        return network_report(collaboration(store), store=store, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return html.fromstring(page_of("004"))


def test_every_link_has_its_target(page: html.HtmlElement) -> None:
    ids = [element.get("id") for element in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    links = [a.get("href") for a in page.xpath("//a")]
    assert len(links) > 1000
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_every_number_of_a_table_is_a_link(page: html.HtmlElement) -> None:
    for section in ("whole", "departments", "pairs", "load"):
        cells = page.xpath(f"//section[@id='{section}']//td[@class='n']")
        assert cells
        assert all(cell.xpath("./a") for cell in cells), section


def test_a_number_leads_to_its_tasks_and_their_sentences(page: html.HtmlElement) -> None:
    row = page.xpath("//section[@id='departments']//tr[td[1]/a='财政局']")[0]
    tasks = row.xpath("td[2]/a")[0]
    assert tasks.text == "9"
    listed = page.get_element_by_id(tasks.get("href")[1:]).xpath(".//li/a")
    assert len(listed) == 9
    task = page.get_element_by_id(listed[0].get("href")[1:])
    assert len(task.xpath("./blockquote")[0].text) > 40
    pair = page.xpath("//section[@id='pairs']//tbody/tr")[0]
    assert {a.text for a in pair.xpath("td[position() < 3]/a")} == {"财政局", "住房和城乡建设局"}
    shared = pair.xpath("td[3]/a")[0]
    assert len(page.get_element_by_id(shared.get("href")[1:]).xpath(".//li")) == 6


def test_meanings_are_in_both_languages(page: html.HtmlElement) -> None:
    text = page.get_element_by_id("meanings").text_content()
    for what in ("node", "edge", "network"):
        for attribute in attributes_of(what):
            assert attribute.meaning_zh in text
            assert attribute.meaning_en in text


def test_page_in_english_and_without_pairs_or_text() -> None:
    page = page_of("003", lang="en")
    assert "No two units share a task." in page
    assert "What the measures mean" in page
    assert 'lang="en"' in page
    assert "<h1>Collaboration of departments: 泾源县, 2023</h1>" in page
    bare = network_report(collaboration(reference_plan("004")))
    assert "没有原文" in bare


def test_names_are_escaped_and_nothing_is_loaded_from_elsewhere() -> None:
    evil = '<script>alert("x")</script>&\x01'
    duties = [Duty("t:1", evil, f"d:{n}", evil + str(n), "related", region=evil) for n in range(3)]
    page = network_report(Collaboration(duties))
    assert "<script>alert" not in page
    assert "\x01" not in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert len(html.fromstring(page).xpath("//script")) == 1


def test_large_networks_say_what_is_left_out() -> None:
    duties = [
        Duty(f"t:{n}", f"任务{n}", f"d:{d}", f"部门{d}", "related")
        for n in range(200)
        for d in (2 * n, 2 * n + 1, 0)
    ]
    page = network_report(Collaboration(duties))
    assert "另有100行未列出" in page
    assert "另有98行未列出" in page


def test_only_the_text_of_tasks_on_the_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(store: Store, tasks: Iterable[str], *, names: bool) -> dict[str, TaskText]:
        asked.extend(tasks)
        return task_texts(store, asked, names=names)

    module = import_module("mskg.export.network_report")
    monkeypatch.setattr(module, "task_texts", counted)
    monkeypatch.setattr(module, "_TASKS", 4)
    page = html.fromstring(page_of("004"))
    assert len(asked) == 4
    assert len(page.xpath("//section[@id='tasks']//blockquote")) >= 4
    assert "另有6行未列出" in page.get_element_by_id("tasks").text_content()


def test_a_browser_draws_the_page(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    path = tmp_path / "network.html"
    path.write_text(page_of("004"), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000"]
    run = subprocess.run(
        [*command, "--dump-dom", path.as_uri()],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    shown = html.fromstring(run.stdout.decode())
    assert len(shown.xpath("//figure//*[local-name()='circle']")) == 33 + 3
    # The script ran: headings of tables react to a click.
    assert shown.xpath("//section[@id='departments']//th[@data-sort]")


def test_units_are_called_what_the_nodes_are() -> None:
    page = network_report(collaboration(reference_plan("003"), level="post"))
    text = html.fromstring(page).text_content()
    assert "每个责任领导的任务" in text
    assert "每个部门的任务" not in text
