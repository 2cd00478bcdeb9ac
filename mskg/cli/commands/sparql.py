"""``mskg sparql``: free SPARQL over the store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.language import t
from mskg.cli.options import AnyFormat, Bom, OutFile, Store, Timeout
from mskg.cli.output import emit_table
from mskg.cli.stores import chosen_store
from mskg.errors import InputError, system_reason

HELP = t(
    "对数据库执行 SPARQL 1.1 查询（SELECT、ASK、CONSTRUCT、DESCRIBE）。\n"
    "常用前缀（mskg: dcterms: skos: org: prov: xsd: …）不用写。",
    "Run a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE) over the store.\n"
    "The usual prefixes (mskg: dcterms: skos: org: prov: xsd: …) need not be declared.",
)
EXAMPLES = t(
    "mskg sparql 'SELECT (COUNT(?t) AS ?n) { ?t a mskg:Task }'     数一数任务\n"
    "mskg sparql 查询.rq --format json                             查询写在文件里\n"
    "mskg sparql 查询.rq --explain                                 为什么慢\n"
    "mskg sparql - --out 结果.xlsx < 查询.rq                       从标准输入读，写成表格文件\n",
    "mskg sparql 'SELECT (COUNT(?t) AS ?n) { ?t a mskg:Task }'     count the tasks\n"
    "mskg sparql question.rq --format json                         a query in a file\n"
    "mskg sparql question.rq --explain                             why it is slow\n"
    "mskg sparql - --out rows.xlsx < question.rq                   from stdin into a sheet\n",
)
_LONGEST_NAME = 1000
_SUFFIXES = {".rq", ".sparql"}


def command(
    query: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|FILE|-",
            help=t(
                "查询语句，或 .rq 文件，或 - 读标准输入", "the query, a .rq file, or - for stdin"
            ),
        ),
    ],
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help=t(
                "不执行，只列出查询的步骤、每个模式单独的匹配数和可疑之处",
                "don't run it: show its steps, the matches of each pattern, and what looks wrong",
            ),
        ),
    ] = False,
    store: Store = None,
    timeout: Timeout = 60.0,
    form: AnyFormat = None,
    out: OutFile = None,
    bom: Bom = False,
) -> None:
    """Run a free query and print its result."""
    from mskg.query import explain as explain_query
    from mskg.query import run_sparql

    text = _query_text(query)
    with chosen_store(store) as opened:
        run = explain_query if explain else run_sparql
        table = run(opened, text, timeout=timeout)
    emit_table(table, form=form or "", out=out, bom=bom)


def _query_text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    path = Path(query)
    if len(query) > _LONGEST_NAME or "\n" in query or "{" in query:
        return query
    if path.suffix not in _SUFFIXES and not path.is_file():
        return query
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{path}: can't be read ({error.strerror})",
            zh=f"{path}：读不了（{system_reason(error)}）",
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text", zh=f"{path}：不是 UTF-8 文本") from error
