"""``mskg check``: what must not be in a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from mskg.cli.console import note
from mskg.cli.language import t
from mskg.cli.options import AnyFormat, Bom, OutFile, Store, Timeout
from mskg.cli.output import emit_table
from mskg.cli.stores import chosen_store

if TYPE_CHECKING:
    from mskg.query import Catalogue, ResultTable

HELP = t(
    "检查数据库是否完好：逐个执行 queries/violation 里的查询，它们都不应有结果。\n"
    "都没有结果时退出码为 0，有结果时为 1。文件本身的错误用 mskg validate 检查。",
    "Check that the store is sound: run the queries of queries/violation, none of which may find"
    " a row.\n"
    "The exit code is 0 without any row, else 1. What is wrong in documents, mskg validate tells.",
)
EXAMPLES = t(
    "mskg check                            检查 ./mskg-store\n"
    "mskg check --store 我的库 --format json\n",
    "mskg check                            check ./mskg-store\n"
    "mskg check --store my-store --format json\n",
)


def command(
    store: Store = None,
    timeout: Timeout = 60.0,
    form: AnyFormat = None,
    out: OutFile = None,
    bom: Bom = False,
) -> None:
    """Run the violation queries and print their rows."""
    from mskg.query import Catalogue, check

    catalogue = Catalogue()
    with chosen_store(store) as opened:
        tables = check(opened, timeout=timeout, catalogue=catalogue)
    table = _as_one(tables, catalogue)
    emit_table(table, form=form or "", out=out, bom=bom)
    note(
        t(
            f"{len(table)} 项检查，{len(tables)} 项有问题",
            f"{len(table)} checks, {len(tables)} with findings",
        )
    )
    raise typer.Exit(int(bool(tables)))


def _as_one(tables: list[ResultTable], catalogue: Catalogue) -> ResultTable:
    """Return one row a check: its name, what it says, how many it found, and the cells of these."""
    from mskg.query import ResultTable

    found = {table.name: table for table in tables}
    rows = []
    for query in catalogue.violations:
        lines = [
            "; ".join(f"{name} {cell}" for name, cell in zip(table.columns, row, strict=True))
            for table in ([found[query.name]] if query.name in found else [])
            for row in table.lexical()
        ]
        rows.append(
            (query.name, t(query.title_zh, query.title), len(lines), "\n".join(lines) or None)
        )
    columns = {"check": "检查", "title": "说明", "findings": "问题数", "rows": "内容"}
    return ResultTable(tuple(columns), tuple(rows), tuple(columns.values()), "check")
