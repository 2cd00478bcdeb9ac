"""What the commands print and write, in each form."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import lxml.html
import pytest

from mskg.ns import VOCABULARY
from mskg.query import Catalogue
from mskg.query.catalogue import TOPICS
from mskg.store import open_store

ROOT = Path(__file__).resolve().parents[2]
TABLE_PLAN = next((ROOT / "data" / "documents").glob("003*.txt"))


def test_extract_prints_one_record_and_a_list_for_several(mskg, document: Path) -> None:
    one = json.loads(mskg("extract", document).stdout)
    assert one["source"] == document.name
    several = json.loads(mskg("extract", document, TABLE_PLAN).stdout)
    assert [record["source"] for record in several] == [document.name, TABLE_PLAN.name]
    assert several[0] == one


def test_extract_reads_stdin(mskg, document: Path) -> None:
    piped = json.loads(mskg("extract", "-", stdin=document.read_bytes()).stdout)
    named = json.loads(mskg("extract", document).stdout)
    assert piped["tasks"] == named["tasks"]


def test_extract_writes_a_folder_or_one_file(mskg, document: Path, tmp_path: Path) -> None:
    assert mskg("extract", document, TABLE_PLAN, "--out", tmp_path / "all").returncode == 0
    names = sorted(path.name for path in (tmp_path / "all").iterdir())
    assert names == sorted([f"{document.stem}.json", f"{TABLE_PLAN.stem}.json", "mskg-summary.csv"])
    assert mskg("extract", document, "--out", tmp_path / "one.json").returncode == 0
    assert json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))["tasks"]


def test_explain_shows_the_whole_text_and_what_is_doubtful(mskg, document: Path) -> None:
    shown = mskg("extract", document, "--explain").stdout
    marks = re.compile(r"\{[^{|}]*\||\}")
    squeezed = marks.sub("", "".join(shown.split()))
    for line in document.read_text(encoding="utf-8").split():
        assert line in squeezed
    assert "漯河分局”应为“湛河分局" in squeezed.split("没有看懂或存疑之处")[1]


def test_page_marks_facts_and_keeps_the_text(mskg, document: Path, tmp_path: Path) -> None:
    from lxml import html

    assert (
        mskg("extract", document, "--format", "html", "--out", tmp_path / "p.html").returncode == 0
    )
    page = html.fromstring((tmp_path / "p.html").read_text(encoding="utf-8"))
    kinds = {mark.get("class") for mark in page.iterfind(".//mark")}
    assert {"task", "department", "indicator", "milestone"} <= kinds
    for sign in page.xpath(".//mark/a[@class='ref']"):  # leads to what is doubtful
        sign.drop_tree()
    text = "".join(page.text_content().split())
    for line in document.read_text(encoding="utf-8").split():
        assert line in text


def test_validate_exit_code_follows_the_findings(mskg, document: Path, tmp_path: Path) -> None:
    good = mskg("validate", document)
    assert good.returncode == 0
    assert mskg("validate", document, "--strict").returncode == 1
    broken = tmp_path / "broken.txt"
    text = TABLE_PLAN.read_text(encoding="utf-8")
    assert "完成工程量的60%" in text
    broken.write_text(text.replace("完成工程量的60%", "完成工程量的20%", 1), encoding="utf-8")
    bad = mskg("validate", broken)
    assert bad.returncode == 1
    assert "[错误]" in bad.stdout
    report = json.loads(mskg("validate", broken, "--format", "json").stdout)
    assert not report["passes"]
    assert report["findings"][0]["quote"]
    assert "sh:ValidationReport" in mskg("validate", broken, "--format", "ttl").stdout


def test_query_forms_agree(mskg, store: Path, tmp_path: Path) -> None:
    ask = ["query", "shared-tasks", "--min", "4", "--store", store]
    rows = list(csv.reader(io.StringIO(mskg(*ask).stdout)))
    assert rows[0] == ["部门甲", "部门乙", "共同任务数"]
    english = mskg(*ask, "--lang", "en").stdout.splitlines()[0]
    assert english == "department A,department B,tasks shared"
    objects = json.loads(mskg(*ask, "--format", "json").stdout)
    assert [[str(cell) for cell in row.values()] for row in objects] == rows[1:]
    table = mskg(*ask, "--format", "table").stdout
    assert all(name in table for name in rows[1][:2])
    for suffix in (".csv", ".json", ".txt", ".xlsx"):
        assert mskg(*ask, "--out", tmp_path / f"out{suffix}").stdout == ""
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert zipfile.is_zipfile(tmp_path / "out.xlsx")
    assert mskg(*ask, "--bom").stdout.startswith("\ufeff")


def test_query_evidence_and_text(mskg, store: Path) -> None:
    ask = ["query", "due-by", "--date=2023-06-30", "--store", store]
    quoted = json.loads(mskg(*ask, "--evidence", "--format", "json").stdout)
    assert all(row["quote"] and row["source"] for row in quoted)
    assert '"2023-06-30"' in mskg(*ask, "--show").stdout


def test_query_list_names_every_question_under_a_topic(mskg) -> None:
    page = mskg("query").stdout
    for query in Catalogue():
        assert f"  {query.name} " in page
        assert query.tags[0] in TOPICS
    listed = json.loads(mskg("query", "--format", "json").stdout)
    assert [row["name"] for row in listed] == Catalogue().names


@pytest.mark.parametrize("name", Catalogue().names)
def test_query_page_lists_its_parameters(name: str) -> None:
    from mskg.cli.commands.query import _page

    page = _page(Catalogue().get(name))
    for parameter in Catalogue().get(name).parameters:
        assert f"--{parameter.name} " in page


def test_sparql_forms(mskg, store: Path) -> None:
    count = "SELECT (COUNT(?t) AS ?n) { ?t a mskg:Task }"
    at = ["--store", store]
    assert mskg("sparql", count, *at).stdout.splitlines()[0] == "n"
    assert (
        mskg("sparql", "-", *at, stdin=count.encode()).stdout == mskg("sparql", count, *at).stdout
    )
    assert mskg("sparql", "ASK { ?t a mskg:Task }", *at).stdout == "answer\ntrue\n"


def test_build_is_incremental(mskg, document: Path, tmp_path: Path) -> None:
    arguments = ["build", document, "--store", tmp_path / "s", "--format", "json"]
    assert [row["status"] for row in json.loads(mskg(*arguments).stdout)] == ["added"]
    assert [row["status"] for row in json.loads(mskg(*arguments).stdout)] == ["unchanged"]


def test_export_gives_the_same_bytes_twice(mskg, document: Path, tmp_path: Path) -> None:
    dumps = []
    for name in ("one", "two"):
        mskg("build", document, TABLE_PLAN, "--store", tmp_path / name)
        dumps.append(mskg("export", "--format", "trig", "--store", tmp_path / name).stdout)
    assert dumps[0] == dumps[1]
    assert "mskg:PlanDocument" in dumps[0]


def test_export_leaves_names_out(mskg, store: Path) -> None:
    record = json.loads(mskg("extract", TABLE_PLAN).stdout)
    names = {leader["name"] for task in record["tasks"] for leader in task["leaders"]}
    assert names
    without = mskg("export", "--store", store).stdout
    assert [name for name in names if name in without] == []
    assert next(iter(names)) in mskg("export", "--store", store, "--names").stdout


def test_network_files_and_measures(mskg, store: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(mskg("network", "--store", store).stdout)))
    assert len({row["部门"] for row in rows}) == len(rows) > 20
    for suffix in (".gexf", ".graphml", ".json", ".svg"):
        out = tmp_path / f"net{suffix}"
        assert mskg("network", "--store", store, "--out", out).returncode == 0
        assert out.stat().st_size > 1000


def test_demo_says_where_everything_lies(mskg, tmp_path: Path) -> None:
    result = mskg("demo", "--lang", "en", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "mskg-demo"
    for part in ("records", "store", "findings.json", "answers", "network", "plans.trig"):
        assert (folder / part).exists()
        assert f"mskg-demo/{part}" in result.stdout
    assert len(list((folder / "records").glob("*.json"))) == 5
    assert "17 tasks" in result.stdout


@pytest.mark.parametrize(
    ("form", "begin"),
    [
        ("table", "写明金额的任务"),
        ("csv", "地区,年度"),
        ("tsv", "地区\t年度"),
        ("json", "["),
        ("md", "| 地区 | 年度 |"),
        ("srj", "{"),
        ("srx", "<?xml"),
    ],
)
def test_forms_of_a_result(mskg, store: Path, tmp_path: Path, form: str, begin: str) -> None:
    result = mskg("query", "money", "--store", store, "--format", form)
    assert result.returncode == 0, result.stderr
    assert result.stdout.lstrip().startswith(begin)
    if form != "table":
        out = tmp_path / f"money.{form}"
        assert mskg("query", "money", "--store", store, "--out", out).returncode == 0
        assert out.read_text(encoding="utf-8-sig") == result.stdout


def test_a_graph_as_turtle_and_a_table_not(mskg, store: Path) -> None:
    text = "CONSTRUCT { ?t a prov:Plan } WHERE { ?t a mskg:Task }"
    result = mskg("sparql", text, "--store", store, "--format", "ttl")
    assert result.stdout.count("a prov:Plan") == 82
    wrong = mskg("query", "money", "--store", store, "--format", "nt", "--lang", "en")
    assert wrong.returncode == 2
    assert "is no graph" in wrong.stderr


def test_evidence_of_sums_says_that_there_is_none(mskg, store: Path) -> None:
    result = mskg("query", "inventory", "--store", store, "--evidence", "--lang", "en")
    assert result.returncode == 0
    assert "sum up" in result.stderr
    assert "tasks,82" in result.stdout


def test_search_finds_words_and_says_how_many(mskg, store: Path, tmp_path: Path) -> None:
    result = mskg("search", "殘疾兒童", "--store", store, "--lang", "en", "--limit", "2")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("region name,plan year,task number,title,found in,sentence")
    assert len(result.stdout.splitlines()) == 3
    assert "3 results, the first 2 shown" in result.stderr
    out = tmp_path / "found.json"
    assert mskg("search", "食堂 幼儿园", "--store", store, "--out", out).returncode == 0
    assert '"taskNumber": "8"' in out.read_text(encoding="utf-8")
    assert "没有找到" in mskg("search", "不存在的词", "--store", store).stderr
    assert mskg("search", "！", "--store", store).returncode == 2


def test_diff_in_every_form(mskg, tmp_path: Path) -> None:
    plans = ROOT / "tests" / "support" / "plans"
    old, new = plans / "changli-2023.txt", plans / "changli-2024.txt"
    text = mskg("diff", old, new)
    assert text.returncode == 0, text.stderr
    assert "~ 目标 改造农村户厕 400座 → 520座" in text.stdout
    assert "- 退出部门 昌黎县农业农村局 牵头" in text.stdout
    english = mskg("diff", old, new, "--lang", "en").stdout
    assert "+ department added 昌黎县乡村振兴局 lead" in english
    page = tmp_path / "diff.html"
    assert mskg("diff", old, new, "--out", page).returncode == 0
    tree = lxml.html.parse(str(page)).getroot()
    assert tree.xpath("count(//tr[@class='added'])") == 2
    assert tree.xpath("count(//tr[@class='dropped'])") == 7
    found = json.loads(mskg("diff", old, new, "--format", "json").stdout)
    assert found["counts"]["task-added"] == 1
    sheet = tmp_path / "diff.csv"
    assert mskg("diff", old, new, "--out", sheet).returncode == 0
    assert len(sheet.read_text(encoding="utf-8-sig").splitlines()) == 1 + len(found["changes"])


def test_diff_of_records_and_of_the_store(mskg, store: Path, tmp_path: Path) -> None:
    record = tmp_path / "plan.json"
    assert mskg("extract", TABLE_PLAN, "--out", record).returncode == 0
    same = mskg("diff", record, "泾源县@2023", "--store", store)
    assert same.returncode == 0, same.stderr
    assert "没有不同" in same.stderr
    assert mskg("diff", "2023", "2023", "--of", "泾源县", "--store", store).returncode == 0
    wrong = mskg("diff", "no.txt", "泾源县", "--store", store, "--lang", "en")
    assert (wrong.returncode, "there is no such file" in wrong.stderr) == (2, True)
    unknown = mskg("diff", "泾园县@2023", "泾源县", "--store", store, "--lang", "en")
    assert (unknown.returncode, "泾源县" in unknown.stderr) == (2, True)


def test_check_finds_nothing_in_a_sound_store_and_all_faults(
    mskg, store: Path, tmp_path: Path
) -> None:
    sound = mskg("check", "--store", store, "--lang", "en")
    assert sound.returncode == 0
    rows = list(csv.DictReader(io.StringIO(sound.stdout)))
    assert len(rows) == len(Catalogue().violations)
    assert {row["findings"] for row in rows} == {"0"}
    assert "0 with findings" in sound.stderr
    with open_store(tmp_path / "bad", write=True) as bad:
        kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        thing = "https://e.org/x"
        bad.replace_graph("https://e.org/g", [(thing, kind, VOCABULARY + "Item")])
    found = mskg("check", "--store", tmp_path / "bad", "--format", "json", "--lang", "en")
    assert found.returncode == 1
    bad_rows = [row for row in json.loads(found.stdout) if row["findings"]]
    assert [(row["check"], row["findings"]) for row in bad_rows] == [("item-without-task", 1)]
    assert "https://e.org/x" in bad_rows[0]["rows"]


def test_sparql_shows_the_place_of_a_fault_and_explains(mskg, store: Path, tmp_path: Path) -> None:
    query = tmp_path / "问题.sparql"
    query.write_text("SELECT ?t {\n ?t a mskg:Task ;; mskg:x }", encoding="utf-8")
    wrong = mskg("sparql", query, "--store", store)
    assert wrong.returncode == 2
    message, line, caret = wrong.stderr.splitlines()
    assert "第 2 行" in message
    assert line == "   ?t a mskg:Task ;; mskg:x }"
    assert caret.strip() == "^"
    good = mskg("sparql", "SELECT ?t { ?t a mskg:Task }", "--explain", "--store", store)
    assert "?t rdf:type mskg:Task,82," in good.stdout
