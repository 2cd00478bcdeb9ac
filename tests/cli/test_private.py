"""Names and telephone numbers of persons are shown when asked for, in every command that shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEADERS = next((ROOT / "data" / "documents").glob("003*.txt"))
PLAN = """平顶山市湛河区2023年重点民生实事
一、新建公办幼儿园。由主任赵钱孙负责，新建公办幼儿园3所，投资13800138000元。\
咨询电话：0375-5051234，联系人：欧阳问天。牵头单位：区教育体育局；配合单位：区财政局。
二、开展适龄妇女“两癌”筛查。为2000名妇女免费筛查，请拨打13887654321预约或139-1234-5699。\
牵头单位：区卫生健康委；配合单位：区财政局、区妇联。
三、改造老旧小区12个，请致电13512340000咨询。牵头单位：区住房城乡建设局；配合单位：区财政局。
"""
PRIVATE = ("5051234", "欧阳问天", "13887654321", "139-1234-5699", "13512340000")


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("private")


@pytest.fixture(scope="module", name="plan")
def _plan(folder: Path) -> Path:
    path = folder / "计划.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture(scope="module", name="own")
def _own(plan: Path, folder: Path, mskg) -> Path:
    store = folder / "store"
    assert mskg("build", plan, "--store", store).returncode == 0
    return store


def _told(text: str) -> list[str]:
    return [word for word in PRIVATE if word in text]


@pytest.mark.parametrize(
    "command",
    [
        ("query", "tasks", "--evidence"),
        ("search", "老旧小区", "--evidence"),
        ("network", "--behind", "财政局", "卫生健康委员会"),
    ],
)
def test_rows_of_a_store(command: tuple[str, ...], own: Path, mskg) -> None:
    hidden = mskg(*command, "--store", own)
    assert hidden.returncode == 0, hidden.stderr
    assert _told(hidden.stdout) == []
    named = mskg(*command, "--store", own, "--names").stdout
    assert _told(named)
    assert len(named) == len(hidden.stdout)


def test_the_page_of_a_network(own: Path, folder: Path, mskg) -> None:
    page = folder / "network.html"
    assert mskg("network", "--store", own, "--report", page).returncode == 0
    text = page.read_text(encoding="utf-8")
    assert _told(text) == []
    assert "拨打" + "□" * 11 + "预约" in text
    assert "13800138000元" in text


def test_what_is_told_of_a_document(plan: Path, mskg) -> None:
    for command in (
        ("extract", plan, "--format", "html"),
        ("extract", plan, "--format", "jsonld"),
        ("extract", plan, "--format", "table"),
        ("validate", plan, "--format", "html"),
    ):
        hidden = mskg(*command).stdout
        assert _told(hidden) == [], command
        assert "13800138000" in hidden
    assert _told(mskg("validate", plan, "--format", "html", "--names").stdout) == list(PRIVATE)


def test_the_record_of_a_document_is_whole(plan: Path, mskg) -> None:
    record = mskg("extract", plan).stdout
    assert _told(record) == list(PRIVATE)
    values = [i["value"] for t in json.loads(record)["tasks"] for i in t["items"][0]["indicators"]]
    assert values == [3, 13800138000, 2000, 12]


def test_two_plans_side_by_side(plan: Path, folder: Path, mskg) -> None:
    other = folder / "其他.txt"
    other.write_text(PLAN.replace("2000名", "").replace("00咨询", "00报名"), encoding="utf-8")
    hidden = mskg("diff", plan, other, "--format", "html").stdout
    assert _told(hidden) == []
    assert "□□" in hidden
    assert _told(mskg("diff", plan, other, "--format", "html", "--names").stdout)


def test_leaders_are_not_named_on_pages(mskg) -> None:
    record = json.loads(mskg("extract", LEADERS).stdout)
    leaders = {leader["name"] for task in record["tasks"] for leader in task["leaders"]}
    assert leaders
    for command in ("extract", "validate"):
        page = mskg(command, LEADERS, "--format", "html").stdout
        assert [name for name in leaders if name in page] == []


def test_a_question_with_names_of_its_own(store: Path, mskg) -> None:
    ask = ("query", "tasks-per-leader", "--store", store, "--all", "yes")
    whole = mskg(*ask, "--names").stdout
    assert whole == mskg(*ask, "--names", "yes").stdout
    assert whole.count("\n") > 1
    assert whole != mskg(*ask).stdout


def test_the_progress_report(own: Path, folder: Path, mskg) -> None:
    page = folder / "report.html"
    result = mskg("report", "--as-of", "2023-11-15", "--store", own, "--out", page)
    assert result.returncode == 0, result.stderr
    assert _told(page.read_text(encoding="utf-8")) == []


LED = """平顶山市湛河区2023年重点民生实事
一、新建公办幼儿园。12月底前新建公办幼儿园3所，投资13800138000元。
责任领导：赵钱孙  副区长
牵头单位：区教育体育局
二、开展适龄妇女“两癌”筛查。为2000名妇女免费筛查，由赵钱孙负责，请拨打13887654321预约。
牵头单位：区卫生健康委
三、每月通报进度，由赵钱孙联系13512340000。
牵头单位：区政府办
"""
LEADING = ("赵钱孙", "13887654321", "13512340000")


@pytest.fixture(scope="module", name="led")
def _led(folder: Path, mskg) -> Path:
    path, store = folder / "台账.txt", folder / "led"
    path.write_text(LED, encoding="utf-8")
    assert mskg("build", path, "--store", store).returncode == 0
    return store


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        (("ledger", "export"), ".json"),
        (("ledger", "status", "--as-of", "2023-07-31", "--explain"), ""),
        (("ledger", "status", "--as-of", "2023-07-31", "--format", "json"), ""),
        (("calendar",), ""),
        (("calendar", "--as-of", "2023-07-31"), ""),
        (("report", "--as-of", "2023-07-31"), ".html"),
        (("report", "--as-of", "2023-07-31", "--kind", "mid-year"), ".html"),
    ],
)
def test_the_ledger(command: tuple[str, ...], suffix: str, led: Path, folder: Path, mskg) -> None:
    texts = []
    for names in ((), ("--names",)):
        out = ("--out", folder / f"out{suffix}") if suffix else ()
        result = mskg(*command, *names, "--store", led, *out)
        assert result.returncode == 0, result.stderr
        text = out[1].read_text(encoding="utf-8") if out else result.stdout
        texts.append(re.sub(r"\r?\n ", "", text))  # lines of a calendar are folded
    hidden, named = texts
    assert [word for word in LEADING if word in hidden] == []
    assert "□" * 3 in hidden
    assert "赵钱孙" in named
    assert "□" not in named


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_a_sheet_without_names_comes_back(suffix: str, led: Path, folder: Path, mskg) -> None:
    sheet, back = folder / f"masked{suffix}", folder / "back.json"
    take = ("ledger", "import", "--as-of", "2023-07-31", "--reporter", "督查室", "--store", led)
    before = mskg("dump", "--store", led).stdout
    assert mskg("ledger", "export", "--store", led, "--out", sheet).returncode == 0
    unchanged = mskg(*take, sheet)
    assert (unchanged.returncode, unchanged.stdout) == (0, "")
    assert mskg("dump", "--store", led).stdout == before
    # Filled in, it is taken like one with names, and the plan keeps its words.
    assert mskg("ledger", "export", "--store", led, "--out", back).returncode == 0
    entries = json.loads(back.read_text(encoding="utf-8"))
    (screening,) = (entry for entry in entries if "□" * 11 in entry["quote"] and entry["unit"])
    screening["value"] = 900
    back.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    for _ in range(2):
        filled = mskg(*take, back)
        assert filled.returncode == 0, filled.stdout + filled.stderr
    assert "请拨打13887654321预约" in mskg("dump", "--store", led).stdout
    # What is said of a row that no longer fits is about its words: they are not told either.
    screening["fingerprint"] = "0" * 10
    back.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    refused = mskg(*take, back)
    assert refused.returncode == 1
    assert "plan-changed" in refused.stdout
    assert [word for word in LEADING if word in refused.stdout] == []
