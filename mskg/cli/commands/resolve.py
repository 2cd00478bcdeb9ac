"""``mskg resolve``: what became of the names of departments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.console import note
from mskg.cli.language import t
from mskg.cli.options import (
    CorrectionsPath,
    Files,
    Format,
    Region,
    TextFile,
    chosen_corrections,
    with_stdin,
)
from mskg.cli.output import emit_table
from mskg.cli.proposals import check_target, emit_proposals
from mskg.cli.report import read_all, worst_exit_code

if TYPE_CHECKING:
    from mskg.model import Plan
    from mskg.query import ResultTable
    from mskg.resolve import NameReport

HELP = t(
    "列出各文件中的部门名称：认作哪个机构，什么职能，哪些没认出、合并了或存疑。\n"
    "--report 给出更正表（.csv 或 .xlsx），改好后用 --corrections 交给 extract、build、validate；\n"
    "写进已有的更正表时，原有的行都不动，只添上新的建议。",
    "List the names of departments: which body each is, what it does, what is unresolved or"
    " doubtful.\n"
    "--report gives rows of a corrections file (.csv or .xlsx): edit them, then hand the file to"
    " extract, build and validate with --corrections. A file that is there keeps its rows; only"
    " new proposals are added.",
)
EXAMPLES = t(
    "mskg resolve 文件夹/                             每个名称一行\n"
    "mskg resolve 文件夹/ --report --out 更正.xlsx    可以修改的更正表\n"
    "mskg build 文件夹/ --corrections 更正.xlsx       按更正表读\n",
    "mskg resolve folder/                                one row a name\n"
    "mskg resolve folder/ --report --out decisions.xlsx  corrections, ready to be edited\n"
    "mskg build folder/ --corrections decisions.xlsx     read as they say\n",
)


def command(
    files: Files,
    report: Annotated[
        bool,
        typer.Option(
            "--report",
            help=t(
                "打印更正表：没认出、疑似印错、已合并、相近的名称和没看懂的数字各一行，"
                "去掉行首 # 即生效",
                "print corrections for unresolved, merged, doubtful names and for numbers not"
                " understood; drop a # to use one",
            ),
        ),
    ] = False,
    form: Format = None,
    out: TextFile = None,
    region: Region = "",
    corrections: CorrectionsPath = None,
) -> None:
    """Resolve the names of documents and print them, or rows to correct them with."""
    from mskg.pipeline import find_files
    from mskg.resolve import propose_names, propose_numbers

    if report:
        check_target(out)
    with with_stdin(files) as names:
        found, errors = read_all(
            find_files(names), region=region, corrections=chosen_corrections(corrections)
        )
    plans = [plan for _, plan in found]
    if report:
        proposed = [(*propose_names(plan), *propose_numbers(plan)) for plan in plans]
        emit_proposals([row for rows in proposed for row in rows], out)
    else:
        _show(plans, form.value if form else "", out)
    raise typer.Exit(worst_exit_code(errors))


def _show(plans: Sequence[Plan], form: str, out: Path | None) -> None:
    from mskg.query import ResultTable
    from mskg.resolve import report_names

    found = [(plan, name) for plan in plans for name in report_names(plan)]
    words = form != "json"
    rows = tuple(_row(plan, name, words=words) for plan, name in found)
    table: ResultTable = ResultTable(tuple(_COLUMNS), rows, tuple(_COLUMNS.values()))
    emit_table(table, form=form, out=out)
    counts = {state: sum(name.state == state for _, name in found) for state in _STATES}
    note(t("，", ", ").join(f"{t(*_STATES[state])} {n}" for state, n in counts.items() if n))


def _row(plan: Plan, name: NameReport, *, words: bool) -> tuple[str | int | None, ...]:
    return (
        plan.document.key,
        name.printed,
        name.org or None,
        name.org_id or None,
        " ".join(name.functions) or None,
        t(*_STATES[name.state]) if words else name.state,
        name.count,
        "、".join(name.merged) or None,
        "、".join(name.doubtful) or None,
        name.suspect or None,
        name.likely or None,
    )


_COLUMNS = {
    "document": "文件编号",
    "printed": "印出的名称",
    "organisation": "机构",
    "id": "机构 id",
    "functions": "职能",
    "state": "状态",
    "count": "次数",
    "sameBody": "同一机构的其他名称",
    "doubtful": "相近而未合并",
    "suspect": "疑误",
    "likely": "是不是",
}
_STATES = {
    "verified": ("已核", "verified"),
    "collective": ("集体", "collective"),
    "suspect": ("疑误", "suspect"),
    "unresolved": ("未认出", "unresolved"),
}
