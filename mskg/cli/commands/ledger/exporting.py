"""``mskg ledger export``: the sheet to fill in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.commands.ledger.options import Department, Place, Year
from mskg.cli.console import note
from mskg.cli.language import language, t
from mskg.cli.options import Names, Store
from mskg.cli.output import write_file, written
from mskg.cli.stores import chosen_store

HELP = t(
    "写出台账填报表。\n"
    "每个指标、每个阶段、每个没有数字的节点各一行。"
    "计划内容已锁定，要填的格子带类型和检查；填好后用 mskg ledger import 导入。\n"
    "原文里的个人姓名和电话换成 □（不影响导入），--names 才写出。",
    "Write the sheet to fill in.\n"
    "It has a row for each indicator, each stage, each milestone without a number."
    " What the plan says is locked;"
    " cells to fill in are typed and checked. Then: mskg ledger import.\n"
    "Names and telephone numbers of persons are □, which import does not mind, unless --names asks"
    " for them.",
)
EXAMPLES = t(
    "mskg ledger export --region 泾源县 --year 2023 --out 台账.xlsx\n"
    "mskg ledger export --region 泾源县 --per-department --out 台账.xlsx   每个部门一张表\n"
    "mskg ledger export --kind satisfaction-vote --out 测评.xlsx           人大满意度测评表\n",
    "mskg ledger export --region 640424 --year 2023 --out ledger.xlsx\n"
    "mskg ledger export --region 640424 --per-department --out ledger.xlsx  one for each body\n"
    "mskg ledger export --kind satisfaction-vote --out vote.xlsx             for the congress\n",
)


class Kind(StrEnum):
    """Which sheet."""

    ledger = "ledger"
    review = "mid-year-review"
    vote = "satisfaction-vote"


def command(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help=t("写到哪里：.xlsx .csv .json", "where to write it: .xlsx .csv .json"),
        ),
    ],
    region: Place = None,
    year: Year = None,
    department: Department = None,
    per_department: Annotated[
        bool,
        typer.Option("--per-department", help=t("每个责任单位一张表", "a sheet for each body")),
    ] = False,
    kind: Annotated[
        Kind,
        typer.Option(
            "--kind",
            metavar="ledger|mid-year-review|satisfaction-vote",
            help=t("台账、人大年中评议、人大满意度测评", "ledger, or a sheet of the congress"),
        ),
    ] = Kind.ledger,
    names: Names = False,
    store: Store = None,
) -> None:
    """Write the ledger."""
    from mskg.ledger import ledger_bytes

    with chosen_store(store) as opened:
        content, count = ledger_bytes(
            opened,
            out.suffix.lower(),
            kind=kind.value,
            region=region or None,
            year=year,
            department=department,
            per_department=per_department,
            language=language(),
            names=names,
        )
    write_file(out, content)
    written(out)
    note(t(f"共 {count} 行", f"{count} rows"))
