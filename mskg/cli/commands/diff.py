"""``mskg diff``: two plans side by side."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.console import note
from mskg.cli.diff_page import diff_page, diff_text
from mskg.cli.language import language, t
from mskg.cli.options import Names, OutFile, Region, Store
from mskg.cli.output import emit_table, emit_text
from mskg.cli.stores import chosen_store
from mskg.errors import QueryError

if TYPE_CHECKING:
    from mskg.model import Plan
    from mskg.query import PlanDiff, ResultTable

HELP = t(
    "对比两份清单：新增和取消的任务，变了的目标、期限和部门。\n"
    "A、B 可以是文件、计划记录（.json），也可以是库里的：文件编号、地区@年度，"
    "或配合 --of 只写年度。\n"
    "任务按名称相似（0.75 以上），或名称与指标的平均相似（0.6 以上）配对，最相似的先配。\n"
    "个人姓名和电话换成 □，--names 才写出。",
    "Two plans side by side: tasks added and dropped, changed targets, dates and departments.\n"
    "A and B are files, plan records (.json), or plans of the store: a document key,"
    " REGION@YEAR, or just a year beside --of.\n"
    "Tasks are the same where their titles are similar (0.75 or more), or the mean of titles and"
    " indicators is (0.6 or more); the most similar pairs first.\n"
    "Names and telephone numbers of persons are □ unless --names asks for them.",
)
EXAMPLES = t(
    "mskg diff 旧版.docx 新版.docx                     两个版本\n"
    "mskg diff 2023 2024 --of 昌黎县                   库里同一地区的两年\n"
    "mskg diff 献县@2023 湛河区@2023                   两个地区\n"
    "mskg diff 130303-2023-7-1c2d3b 新版.txt --out 对比.html\n",
    "mskg diff old.docx new.docx                       two versions\n"
    "mskg diff 2023 2024 --of 130322                   two years of a region in the store\n"
    "mskg diff 130929@2023 410411@2023                 two regions\n"
    "mskg diff 130303-2023-7-1c2d3b new.txt --out diff.html\n",
)


class DiffFormat(StrEnum):
    """How the differences are shown."""

    text = "text"
    json = "json"
    html = "html"
    csv = "csv"


def command(
    before: Annotated[str, typer.Argument(metavar="A", help=t("较早的", "the earlier one"))],
    after: Annotated[str, typer.Argument(metavar="B", help=t("较晚的", "the later one"))],
    of: Annotated[
        str,
        typer.Option(
            "--of",
            metavar="REGION",
            help=t("A、B 是年度时：哪个地区", "the region, where A and B are years"),
            show_default=False,
        ),
    ] = "",
    region: Region = "",
    store: Store = None,
    other: Annotated[
        str | None,
        typer.Option(
            "--store-b", metavar="DIR|URL", help=t("B 所在的数据库，默认同 A", "store of B")
        ),
    ] = None,
    replaced: Annotated[
        bool,
        typer.Option(
            "--all",
            help=t(
                "地区和年度也指被另一份文件取代的文件（有几份时列出编号）",
                "a region and year also mean documents that another one replaces (where there are"
                " several, their keys are listed)",
            ),
        ),
    ] = False,
    names: Names = False,
    form: Annotated[
        DiffFormat | None,
        typer.Option(
            "--format",
            metavar="text|json|html|csv",
            help=t("输出形式，默认看 --out 的后缀，否则 text", "default by --out, else text"),
        ),
    ] = None,
    out: OutFile = None,
) -> None:
    """Compare two plans and print what differs."""
    from mskg.query import diff_plans
    from mskg.rdf.hiding import hidden, names_of

    old, new = (
        _plan(name, where, of, region, replaced=replaced)
        for name, where in ((before, store), (after, other or store))
    )
    found = diff_plans(old, new)
    if not names:
        found = hidden(found, "|".join(filter(None, map(names_of, (old, new)))))
    _emit(found, form, out)
    if not found.changes:
        note(t("没有不同", "no differences"))


def _emit(found: PlanDiff, form: DiffFormat | None, out: Path | None) -> None:
    suffix = out.suffix.lower().removeprefix(".") if out else ""
    chosen = form.value if form else {"txt": "text"}.get(suffix, suffix) or "text"
    if chosen == "text":
        emit_text(diff_text(found), out)
    elif chosen == "html":
        emit_text(diff_page(found), out)
    elif chosen == "json":
        emit_text(json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n", out)
    else:
        emit_table(_table(found), form=chosen, out=out)


def _plan(name: str, store: str | None, of: str, region: str, *, replaced: bool) -> Plan:
    from mskg.pipeline import read_plan
    from mskg.query import stored_plan

    if Path(name).is_file():
        return read_plan(name, region=region)
    if Path(name).suffix.lower() in {".txt", ".docx", ".pdf", ".json", ".html", ".xlsx"}:
        raise QueryError(f"{name}: there is no such file", zh=f"{name}：没有这个文件")
    with chosen_store(store) as opened:
        return stored_plan(opened, name, region=of, replaced=replaced)


def _table(found: PlanDiff) -> ResultTable:
    from mskg.query import ResultTable

    columns = {
        "kind": "类型",
        "taskBefore": "原序号",
        "taskAfter": "新序号",
        "title": "任务名称",
        "what": "内容",
        "before": "原为",
        "after": "现为",
    }
    zh = tuple(columns.values()) if language() == "zh" else ()
    rows = tuple(tuple(cell or None for cell in change) for change in found.changes)
    return ResultTable(tuple(columns), rows, zh, "diff")
