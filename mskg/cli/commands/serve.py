"""``mskg serve``: a SPARQL endpoint with pages, on this machine."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.console import note
from mskg.cli.language import t
from mskg.cli.options import Store
from mskg.cli.stores import store_location
from mskg.errors import InputError

HELP = t(
    "在本机提供数据库：SPARQL 1.1 端点（/sparql）、查询编辑页（/yasgui）、现成的问题\n"
    "（网页和 REST）、每个实体的网页。只读；不含个人姓名和电话；超时的查询会被停止。\n"
    "mskg build 之后自动换新数据。",
    "Serve the store on this machine: SPARQL 1.1 endpoint (/sparql), query editor (/yasgui), the\n"
    "questions of the catalogue as pages and REST, a page for every entity. Read-only, without\n"
    "names and telephone numbers of persons; queries beyond their limits are stopped. What\n"
    "mskg build adds is served without a restart.",
)
EXAMPLES = t(
    "mskg serve                                 打开 http://127.0.0.1:8000/\n"
    "mskg serve --port 0                        任选一个空闲端口，地址见第一行\n"
    "mskg serve --timeout 10 --rows 10000       查询最多 10 秒、10000 行\n"
    "curl 'http://127.0.0.1:8000/api/queries/shared-tasks?region=410411&min=4'\n",
    "mskg serve                                 open http://127.0.0.1:8000/\n"
    "mskg serve --port 0                        any free port; the first line tells the address\n"
    "mskg serve --timeout 10 --rows 10000       queries end after 10 s or 10,000 rows\n"
    "curl 'http://127.0.0.1:8000/api/queries/shared-tasks?region=410411&min=4'\n",
)


_Host = Annotated[
    str,
    typer.Option(
        "--host",
        metavar="ADDRESS",
        help=t(
            "监听地址；默认只有本机能访问",
            "address to listen on; by default only this machine reaches it",
        ),
    ),
]
_Port = Annotated[
    int,
    typer.Option(
        "--port", metavar="N", min=0, max=65535, help=t("端口，0 表示任选", "port; 0 for any")
    ),
]
_Seconds = Annotated[
    float,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        min=0.1,
        help=t("一个查询最长多少秒", "seconds that a query may run"),
    ),
]
_Rows = Annotated[
    int,
    typer.Option(
        "--rows", metavar="N", min=1, help=t("一个查询最多多少行", "rows that a query may give")
    ),
]
_Readers = Annotated[
    int,
    typer.Option(
        "--readers",
        metavar="N",
        min=0,
        help=t(
            "常备的读取进程数；0 表示按处理器核数",
            "reader processes kept ready; 0 for one a processor core",
        ),
    ),
]
_Memory = Annotated[
    int,
    typer.Option(
        "--memory",
        metavar="MB",
        min=128,
        help=t("每个读取进程最多多少 MB 内存", "megabytes that each reader process may have"),
    ),
]


def command(
    store: Store = None,
    host: _Host = "127.0.0.1",
    port: _Port = 8000,
    timeout: _Seconds = 30.0,
    rows: _Rows = 100_000,
    readers: _Readers = 0,
    memory: _Memory = 1024,
) -> None:
    """Serve until the process is told to stop."""
    from mskg.service import Limits, serve

    limits = Limits(timeout=timeout, rows=rows, memory=memory)
    if readers:
        limits = replace(limits, readers=readers)
    location = store_location(store)
    if location.startswith(("http://", "https://")):
        raise InputError(
            "mskg serve needs the folder of a store: a server is an endpoint already",
            hint="give --store DIR",
            zh="mskg serve 需要数据库文件夹：远程服务器本身就是端点（用 --store DIR）",
        )
    note(t(f"正在打开 {location} …", f"opening {location} …"))
    serve(
        Path(location),
        host=host,
        port=port,
        limits=limits,
        today=lambda: datetime.datetime.now().astimezone().date(),
        say=lambda en, zh: note(t(zh, en)),
    )
    note(t("已停止", "stopped"))
