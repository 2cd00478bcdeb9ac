"""``mskg ledger import``: take a filled sheet into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.commands.ledger.options import AsOf, day
from mskg.cli.console import note, write_text
from mskg.cli.language import language, t
from mskg.cli.options import Store
from mskg.cli.stores import chosen_store

HELP = t(
    "导入填好的台账。\n也导入人大评议表、测评表。每一行按行标识和原文指纹对上计划，逐格检查。\n"
    "有错就全不导入，逐格列出；--partial 只收没有错的行。同一张表再导入，什么也不变。\n"
    "更正：改好表，写更晚的 --reported 再导入；以后报的为准，先报的留作记录。",
    "Take in a filled ledger.\n"
    "Also a review or vote of the congress. Rows are matched by id and by"
    " the words of the plan, every cell is checked.\n"
    "With an error nothing is taken, and each is listed with its cell; --partial takes the sound"
    " rows. The same sheet again changes nothing.\n"
    "To correct a value, import it again with a later --reported: the later one counts, the earlier"
    " one stays on record.",
)
EXAMPLES = t(
    "mskg ledger import 台账.xlsx --as-of 2023-06-30 --reporter 泾源县督查室\n"
    "mskg ledger import 台账.csv --as-of 2023-06-30 --reported 2023-07-03 --reporter 司法局\n",
    "mskg ledger import ledger.xlsx --as-of 2023-06-30 --reporter NAME\n"
    "mskg ledger import ledger.csv --as-of 2023-06-30 --reported 2023-07-03 --reporter NAME\n",
)


def command(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=t(".xlsx、.csv 或 .json", ".xlsx, .csv or .json")),
    ],
    as_of: AsOf,
    reporter: Annotated[
        str, typer.Option("--reporter", metavar="NAME", help=t("报送单位", "who hands it in"))
    ],
    reported: Annotated[
        str | None,
        typer.Option(
            "--reported",
            metavar="YYYY-MM-DD",
            help=t("报送日期，默认同 --as-of", "day it was handed in; default as --as-of"),
        ),
    ] = None,
    partial: Annotated[
        bool,
        typer.Option("--partial", help=t("只收没有错的行", "take the rows that are in order")),
    ] = False,
    store: Store = None,
) -> None:
    """Import a filled ledger."""
    from mskg.ledger import import_ledger

    spoken_of = day(as_of, "--as-of")
    handed_in = day(reported, "--reported") if reported else None
    with chosen_store(store, write=True) as opened:
        done = import_ledger(
            opened, file, as_of=spoken_of, reporter=reporter, reported=handed_in, partial=partial
        )
    words = {"error": t("错误", "error"), "warning": t("提醒", "warning")}
    for finding in done.findings:
        text = finding.zh if language() == "zh" else finding.en
        write_text(f"{finding.place}: {words[finding.severity]} {finding.code}: {text}")
    note(_summary(done.filled, done.accepted, done.errors, done.graph, written=done.written))
    if done.errors:
        raise typer.Exit(1)


def _summary(filled: int, accepted: int, errors: int, graph: str, *, written: bool) -> str:
    if not filled:
        return t("没有填写任何内容，数据库不变", "nothing is filled in; the store is unchanged")
    if not graph:
        return t(
            f"填写 {filled} 行，{errors} 处错误，没有导入（--partial 只收没有错的行）",
            f"{filled} rows filled in, {errors} errors, nothing taken (--partial takes the rest)",
        )
    done = t("已导入", "imported") if written else t("以前导入过，不变", "known already, unchanged")
    return t(
        f"填写 {filled} 行，收下 {accepted} 条，错误 {errors} 处；{done} {graph}",
        f"{filled} rows filled in, {accepted} observations, {errors} errors; {done} {graph}",
    )
