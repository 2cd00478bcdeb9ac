"""Options that several commands share."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.language import t

if TYPE_CHECKING:
    from mskg.resolve import Corrections

__all__ = [
    "AnyFormat",
    "Bom",
    "CorrectionsPath",
    "DumpForm",
    "Files",
    "Names",
    "OutFile",
    "Region",
    "ResultFormat",
    "Store",
    "TableFormat",
    "TextFile",
    "Timeout",
    "chosen_corrections",
    "with_stdin",
]


class TableFormat(StrEnum):
    """How a table of results is printed."""

    table = "table"
    csv = "csv"
    json = "json"


class DumpForm(StrEnum):
    """The RDF format of a backup."""

    nq = "nq"
    trig = "trig"


class ResultFormat(StrEnum):
    """How the result of a query is printed."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    md = "md"
    srj = "srj"
    srx = "srx"
    ttl = "ttl"
    nt = "nt"


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help=t("计划文件或文件夹；- 表示标准输入", "plan files or folders; - is stdin"),
    ),
]
Format = Annotated[
    TableFormat | None,
    typer.Option(
        "--format",
        metavar="table|csv|json",
        help=t(
            "输出形式；终端上默认 table，否则 csv",
            "form of the output; table on a terminal, else csv",
        ),
    ),
]
AnyFormat = Annotated[
    ResultFormat | None,
    typer.Option(
        "--format",
        metavar="table|csv|tsv|json|md|srj|srx|ttl|nt",
        help=t(
            "输出形式；终端上默认 table，否则 csv。srj、srx 是 SPARQL 结果（JSON、XML），"
            "ttl、nt 只用于图",
            "form of the output; table on a terminal, else csv. srj, srx: SPARQL results as"
            " JSON, XML; ttl, nt: of a graph",
        ),
    ),
]
Names = Annotated[
    bool,
    typer.Option(
        "--names", help=t("带上个人姓名和电话", "keep names and telephone numbers of persons")
    ),
]
OutFile = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=t("写入文件，格式看后缀", "write to a file; its suffix tells the format"),
    ),
]
TextFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help=t("写入文件", "write to a file")),
]
Timeout = Annotated[
    float,
    typer.Option("--timeout", metavar="SECONDS", help=t("最长时间（秒）", "time limit")),
]
Bom = Annotated[
    bool,
    typer.Option("--bom", help=t("CSV 前加 BOM，便于 Excel 打开", "CSV with a BOM, for Excel")),
]
Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="DIR|URL",
        help=t(
            "数据库：文件夹，或 SPARQL 服务器的网址；默认 MSKG_STORE，否则 ./mskg-store",
            "the store: a folder, or the address of a SPARQL server; default MSKG_STORE, else"
            " ./mskg-store",
        ),
    ),
]
Region = Annotated[
    str,
    typer.Option(
        "--region",
        metavar="CODE",
        help=t("六位行政区划代码", "six-digit region code"),
        show_default=False,
    ),
]
CorrectionsPath = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        metavar="FILE|DIR",
        help=t(
            "人工更正表（.csv .xlsx），默认 MSKG_CORRECTIONS；由 mskg resolve --report 生成",
            "corrections made by people (.csv .xlsx), default MSKG_CORRECTIONS; see mskg resolve",
        ),
    ),
]


def chosen_corrections(given: Path | None) -> Corrections | None:
    """Return the corrections of the file or folder given, or named by MSKG_CORRECTIONS."""
    named = os.environ.get("MSKG_CORRECTIONS")
    path = given or (Path(named) if named else None)
    if path is None:
        return None
    from mskg.resolve import read_corrections

    return read_corrections(path)


@contextmanager
def with_stdin(files: Iterable[str]) -> Iterator[list[str]]:
    """Yield `files` with ``-`` replaced by a file that holds the bytes of stdin."""
    names = list(files)
    if "-" not in names:
        yield names
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stdin.txt"
        path.write_bytes(sys.stdin.buffer.read())
        yield [str(path) if name == "-" else name for name in names]
