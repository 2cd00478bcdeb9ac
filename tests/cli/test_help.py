"""Help pages: every command has one in both languages, and showing it is cheap."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from mskg.cli.help import display_width, wrap

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [
    *("demo", "extract", "build", "validate", "resolve"),
    *("query", "search", "diff", "sparql", "check", "network", "ledger", "report", "calendar"),
    *("export", "ontology"),
]
HEAVY = {
    "rdflib",
    "networkx",
    "pyshacl",
    "pyoxigraph",
    "lxml",
    "opencc",
    "SPARQLWrapper",
    "openpyxl",
}


def test_top_page_lists_every_command(mskg) -> None:
    result = mskg("--help")
    assert result.returncode == 0
    listed = [line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ")]
    assert [name for name in listed if name in COMMANDS] == COMMANDS
    assert result.stderr == ""


def test_no_arguments_show_the_page(mskg) -> None:
    assert mskg().stdout == mskg("--help").stdout


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("language", "heading"), [("zh", "例子"), ("en", "Examples")])
def test_command_page_has_examples(mskg, command: str, language: str, heading: str) -> None:
    result = mskg(command, "--help", "--lang", language)
    assert result.returncode == 0, result.stderr
    page, examples = result.stdout.split(f"\n{heading}\n")
    assert f"mskg {command}" in examples
    if language == "en":
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in page)


def test_pages_fit_the_terminal(mskg) -> None:
    for command in COMMANDS:
        for language in ("zh", "en"):
            page = mskg(command, "--help", "--lang", language, COLUMNS="80").stdout
            head = page.split("\n例子\n")[0].split("\nExamples\n")[0]
            assert max(map(display_width, head.splitlines())) <= 80, command


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom mskg.cli.entry import run\nassert run(['--help']) == 0\n"
        f"print('LOADED', sorted(set(sys.modules) & {HEAVY!r}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout.decode().splitlines()[-1] == "LOADED []"


def test_version_is_that_of_the_package(mskg) -> None:
    import mskg as package

    assert mskg("--version").stdout == f"mskg {package.__version__}\n"


def test_console_script_leads_to_an_existing_function() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for target in project["scripts"].values():
        module, _, name = target.partition(":")
        code = f"import {module} as m; assert callable(m.{name})"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_completion_script_and_words(mskg) -> None:
    script = mskg(_MSKG_COMPLETE="source_bash")
    assert script.returncode == 0
    assert "_MSKG_COMPLETE" in script.stdout
    words = mskg(_MSKG_COMPLETE="complete_bash", COMP_WORDS="mskg ex", COMP_CWORD="1")
    assert words.stdout.split() == ["extract", "export"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("mskg query issues --severity ", ["violation", "warning", "info"]),
        ("mskg query issues --severity w", ["warning"]),
        ("mskg query vague-promises --reg", ["--region"]),
        ("mskg query tasks --region 湛", ["湛河区"]),
        ("mskg query tasks --region 41", ["410000", "410400", "410411"]),
        ("mskg query tasks --year ", ["2023", "2024"]),
        ("mskg query no-such-query --ki", []),
    ],
)
def test_completion_of_a_question(mskg, store: Path, line: str, words: list[str]) -> None:
    count = str(len(line.split()) - (not line.endswith(" ")))
    found = mskg(
        _MSKG_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=count, MSKG_STORE=str(store)
    )
    assert found.stdout.split() == words


def test_wrap_counts_double_width() -> None:
    lines = wrap("民生实事计划，读文件 and some English words", 12)
    assert all(display_width(line) <= 14 for line in lines)
    assert "".join(lines).replace(" ", "") == "民生实事计划，读文件andsomeEnglishwords"
    assert not any(line.startswith("，") for line in lines)
