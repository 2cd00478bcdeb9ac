"""``mskg network`` as a user types it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

DOCUMENTS = Path(__file__).resolve().parents[2] / "data" / "documents"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_measures_of_one_region_in_both_languages(mskg, store: Path) -> None:
    result = mskg("network", "--store", store, "--region", "湛河区", "--lang", "zh")
    assert result.returncode == 0
    first = rows_of(result.stdout)[0]
    assert (first["部门"], first["牵头任务数"], first["配合任务数"]) == ("湛河区财政局", "1", "8")
    assert "33 个节点，10 个任务，376 对合作关系" in result.stderr
    assert "未计入集体单位1个" in result.stderr
    assert (first["最忙月份"], first["最忙月任务数"]) == ("2023-12", "2")
    assert first["各月到期任务"] == "2023-12:2"
    result = mskg("network", "--store", store, "--region", "湛河", "--lang", "en")
    assert "33 nodes, 10 tasks, 376 pairs" in result.stderr
    assert "left out: collectives" in result.stderr
    table = mskg("network", "--store", store, "--region", "410411", "--format", "table").stdout
    assert max(map(len, table.splitlines())) <= 120
    keys = json.loads(mskg("network", "--store", store, "--format", "json").stdout)[0]
    assert {"department", "tasksAccountable", "betweenness", "constraint", "brokerage"} <= set(keys)


@pytest.mark.parametrize("level", ["function", "place-function", "post"])
def test_levels(mskg, store: Path, level: str) -> None:
    result = mskg("network", "--store", store, "--level", level, "--lang", "en")
    assert result.returncode == 0, result.stderr
    names = [row[level.removeprefix("place-")] for row in rows_of(result.stdout)]
    assert len(names) == len(set(names)) > 3
    if level == "post":
        assert all("责任领导" in name for name in names)
        named = mskg("network", "--store", store, "--level", level, "--names").stdout
        assert "责任领导" not in named.partition("\n")[2]


def test_measures_of_the_whole_network_name_their_methods(mskg, store: Path) -> None:
    whole = ("network", "--store", store, "--region", "湛河", "--whole")
    english = ("--format", "json", "--lang", "en")
    rows = {row["key"]: row for row in json.loads(mskg(*whole, *english).stdout)}
    assert (rows["departments"]["value"], rows["edges"]["value"]) == (33, 376)
    assert rows["density"]["value"] == round(376 / (33 * 32 / 2), 4)
    assert rows["betweenness_centralisation"]["source"] == "Freeman 1979"
    assert "Louvain, seed" in rows["communities"]["method"]
    rows = {row["代号"]: row for row in rows_of(mskg(*whole, "--lang", "zh").stdout)}
    assert rows["nestedness"]["计算方法"] == "精确计算"
    assert "Louvain，种子" in rows["communities"]["计算方法"]


def test_large_networks_name_the_steps_as_they_run(mskg, tmp_path: Path) -> None:
    table, out = tmp_path / "rows.csv", tmp_path / "n.net"
    lines = [f"t{n},u{n + d}" for n in range(0, 1600, 2) for d in (0, 1)]
    table.write_text("\n".join(["task,department", *lines]), encoding="utf-8")
    told = mskg("network", table, "--whole", "--lang", "zh").stderr
    assert told.index("正在计算：群组 …") < told.index("正在计算：中介中心性 …")
    told = mskg("network", table, "--out", out, "--lang", "en").stderr
    assert told.index("working on: betweenness …") < told.index("working on: layout and writing …")
    table.write_text("task,department\na,b\na,c\n", encoding="utf-8")
    assert "working on" not in mskg("network", table, "--lang", "en").stderr


def test_programme_duties_are_told_when_asked_for(mskg, store: Path) -> None:
    asked = ("network", "--store", store, "--region", "山海关", "--lang", "zh")
    assert "未计入总协调、督查等项目级职责" in mskg(*asked).stderr
    told = mskg(*asked, "--coordinators").stderr
    assert "未计入总协调" not in told
    assert "项目级职责（不计入指标）：" in told
    assert "发展和改革局" in told


def test_functions_are_joined_over_regions(mskg, store: Path) -> None:
    result = mskg("network", "--store", store, "--level", "function", "--lang", "zh")
    health = next(row for row in rows_of(result.stdout) if row["职能"] == "卫生健康")
    assert int(health["牵头任务数"]) > 6


def test_plans_records_and_tables_need_no_store(mskg, store: Path, tmp_path: Path) -> None:
    document = next(DOCUMENTS.glob("004*"))
    from_store = mskg("network", "--store", store, "--region", "湛河区").stdout
    assert mskg("network", document).stdout == from_store
    record = tmp_path / "plan.json"
    record.write_text(mskg("extract", document).stdout, encoding="utf-8")
    assert mskg("network", record).stdout == from_store
    table = tmp_path / "rows.csv"
    table.write_text("\ufeff部门,任务,角色\n甲局,修路,牵头\n乙局,修路,配合\n", encoding="utf-8")
    result = mskg("network", table, "--lang", "zh")
    assert {row["部门"]: row["牵头任务数"] for row in rows_of(result.stdout)} == {
        "甲局": "1",
        "乙局": "0",
    }


def test_behind_prints_tasks_and_sentences(mskg, store: Path) -> None:
    region = ("--store", store, "--region", "湛河区")
    result = mskg("network", *region, "--behind", "住房和城乡建设局", "财政局", "--lang", "zh")
    rows = rows_of(result.stdout)
    assert len(rows) == 6
    assert {row["湛河区财政局"] for row in rows} == {"牵头", "配合"}
    assert all(len(row["原文"]) > 40 for row in rows)
    result = mskg("network", "--store", store, "--behind", "财政局", "局", "--lang", "en")
    assert result.returncode == 2
    assert "'局' may mean more than one unit of this network" in result.stderr
    result = mskg("network", *region, "--behind", "财政局", "火星局", "--lang", "zh")
    assert result.returncode == 2
    assert "没有名为 '火星局' 的单位（是不是：" in result.stderr


def test_comparison_of_two_regions(mskg, store: Path, tmp_path: Path) -> None:
    command = ("network", "--store", store, "--level", "function", "--region", "山海关区")
    result = mskg(*command, "--against", "410411", "--lang", "zh")
    assert result.returncode == 0, result.stderr
    health = next(row for row in rows_of(result.stdout) if row["职能（部门）"] == "卫生健康")
    assert int(health["任务甲"]) > 0
    assert int(health["上升"]) == int(health["名次甲"]) - int(health["名次乙"])
    assert "甲：山海关区2023年职能协作网络；乙：湛河区2023年职能协作网络" in result.stderr
    assert mskg(*command, "--against", "2024").returncode == 2  # no such year there
    out = tmp_path / "both.xlsx"
    assert mskg(*command, "--against", "410411", "--out", out).returncode == 0
    assert out.stat().st_size > 1000


def test_comparison_of_two_years_of_one_place(mskg, document: Path, tmp_path: Path) -> None:
    plan = document.read_text(encoding="utf-8")
    assert plan.count("区司法局") == 1
    later = plan.replace("2023", "2024").replace("区司法局", "区气象局")
    (tmp_path / "next.txt").write_text(later, encoding="utf-8")
    built = mskg("build", document, tmp_path / "next.txt", "--store", tmp_path / "store")
    assert built.returncode == 0, built.stderr
    command = ("network", "--store", tmp_path / "store", "--region", "湛河区", "--year", "2023")
    result = mskg(*command, "--against", "2024", "--lang", "zh")
    assert result.returncode == 0, result.stderr
    assert "甲：湛河区2023年部门协作网络；乙：湛河区2024年部门协作网络" in result.stderr
    rows = {row["职能（部门）"]: row for row in rows_of(result.stdout)}
    finance = rows["湛河区财政局"]
    assert (finance["任务甲"], finance["任务乙"], finance["上升"]) == ("9", "9", "0")
    assert (rows["湛河区司法局"]["任务甲"], rows["湛河区司法局"]["任务乙"]) == ("1", "")
    assert (rows["湛河区气象局"]["任务甲"], rows["湛河区气象局"]["任务乙"]) == ("", "1")
    same = mskg(*command, "--against", "2023", "--lang", "zh").stderr
    assert "两者都有的合作 376 对；共有节点间合作的重合度 1.00" in same
    assert "只有甲有的合作 0 对\n" in same
    assert mskg(*command, "--against", "2025").returncode == 2


@pytest.mark.parametrize("model", ["disparity", "hypergeometric", "bicm"])
def test_backbone(mskg, store: Path, tmp_path: Path, model: str) -> None:
    command = ("network", "--store", store, "--region", "湛河区", "--backbone", model)
    result = mskg(*command, "--alpha", "0.2", "--lang", "en")
    assert result.returncode == 0, result.stderr
    kept = len(rows_of(result.stdout))
    assert f"{kept} of 376 pairs kept ({model}, alpha 0.2, exact" in result.stderr
    assert (kept > 0) is (model == "disparity")
    told = mskg(*command, "--alpha", "0.2", "--lang", "zh").stderr
    assert f"376 对中保留 {kept} 对（{model}，alpha 0.2，" in told
    assert "精确" in told
    assert "exact" not in told
    out = tmp_path / "n.gexf"
    assert mskg(*command, "--alpha", "0.2", "--out", out).returncode == 0
    assert out.read_text(encoding="utf-8").count("<edge ") == kept


def test_report_and_all_files(mskg, store: Path, tmp_path: Path) -> None:
    page = tmp_path / "网络.html"
    result = mskg("network", "--store", store, "--report", page, "--lang", "zh")
    assert result.returncode == 0, result.stderr
    assert str(page) in result.stderr
    assert "共同承担任务的部门对" in page.read_text(encoding="utf-8")
    for suffix in (".net", ".cyjs", ".csv", ".neo4j.csv"):
        out = tmp_path / f"n{suffix}"
        graph = ("--graph", "directed")
        assert mskg("network", "--store", store, *graph, "--out", out).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        *("网络.html", "n.net", "n.cyjs", "n_nodes.csv", "n_edges.csv"),
        *("n_nodes.neo4j.csv", "n_edges.neo4j.csv"),
    }


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--report", "n.pdf"], "n.pdf"),
        (["--against", "2023", "--behind", "a", "b"], "--against"),
        (["--backbone", "bicm", "--graph", "bipartite"], "--backbone"),
        (["--whole", "--against", "2024"], "--whole"),
        (["--backbone", "chance"], "chance"),
        (["--backbone", "bicm", "--alpha", "2"], "alpha"),
        (["--weight", "heavy"], "heavy"),
        (["--area", "火星"], "火星"),
        (["--level", "village"], "village"),
        (["missing.txt"], "missing.txt"),
        (["broken.json"], "broken.json"),
        (["ragged.csv"], "ragged.csv"),
        (["empty.csv"], "empty.csv"),
        (["columns.csv"], "columns"),
        (["--out", "taken/n.gexf"], "taken"),
        (["--report", "taken/n.html"], "taken"),
        (["--region", 'a"b\\'], "a"),
        (["--region", "湛合区"], "湛河区"),
        (["--region", "区"], "410411"),
        (["--against", "湛合区"], "湛河区"),
    ],
)
def test_wrong_input_is_one_clear_line(mskg, store: Path, tmp_path: Path, arguments, word) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    (tmp_path / "broken.json").write_text('{"tasks": 3}', encoding="utf-8")
    (tmp_path / "ragged.csv").write_text("task,department\na,b,c\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    (tmp_path / "columns.csv").write_text("columns,x\n1,2\n", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    for language in ("zh", "en"):
        result = mskg(
            "network", *arguments, "--lang", language, cwd=tmp_path, MSKG_STORE=str(store),
        )  # fmt: skip
        assert result.returncode == 2, result.stderr
        assert word in result.stderr
        assert "Traceback" not in result.stderr
        assert result.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == before
