"""``mskg doctor``: is the store healthy, can the server do what is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.console import note
from mskg.cli.language import t
from mskg.cli.options import Format, OutFile, Store
from mskg.cli.output import emit_table
from mskg.cli.stores import chosen_store, store_location

if TYPE_CHECKING:
    from mskg.query import ResultTable
    from mskg.store.health import Check

HELP = t(
    "检查数据库本身：文件夹的格式、大小、写入中断留下的东西；服务器能不能做 mskg 需要的事，"
    "不能时说明怎么改。\n"
    "检查服务器时会建几个 urn:mskg:probe: 开头的小图，用完就删；不想写入就加 --read-only。"
    "有问题时退出码为 1。内容是否合理用 mskg check 检查。",
    "Look at the store itself: format and size of a folder, what stopped writers left; whether a"
    " server can do what mskg needs, and what to change where it can't.\n"
    "On a server some small graphs named urn:mskg:probe:… are made and removed again, but not with"
    " --read-only. The exit code is 1 if there are findings. What is in the store, mskg check"
    " looks at.",
)
EXAMPLES = t(
    "mskg doctor                                   检查 ./mskg-store\n"
    "mskg doctor --store http://127.0.0.1:7878     检查一个 SPARQL 服务器\n"
    "mskg doctor --store https://… --read-only     只读，不试写入\n",
    "mskg doctor                                   look at ./mskg-store\n"
    "mskg doctor --store http://127.0.0.1:7878     look at a SPARQL server\n"
    "mskg doctor --store https://… --read-only     without trying to write\n",
)


def command(
    store: Store = None,
    read_only: Annotated[
        bool,
        typer.Option("--read-only", help=t("不试服务器的写入", "don't try to write to a server")),
    ] = False,
    form: Format = None,
    out: OutFile = None,
) -> None:
    """Print what was found, and what to do about it."""
    from mskg.pipeline.health import check_documents
    from mskg.store.health import check_folder

    location = store_location(store)
    remote = location.startswith(("http://", "https://"))
    with chosen_store(store, write=remote and not read_only) as opened:
        if remote:
            from mskg.store.probing import check_server
            from mskg.store.remote import RemoteStore

            assert isinstance(opened, RemoteStore)
            checks = check_server(opened)
        else:
            checks = check_folder(Path(location))
        checks += check_documents(opened)
    findings = sum(check.ok is False for check in checks)
    emit_table(_table(checks, words=form != "json"), form=form or "", out=out)
    note(
        t(
            f"{len(checks)} 项检查，{findings} 项有问题",
            f"{len(checks)} checks, {findings} with findings",
        )
    )
    raise typer.Exit(int(bool(findings)))


def _table(checks: list[Check], *, words: bool) -> ResultTable:
    from mskg.query import ResultTable

    columns = {"check": "检查", "state": "结果", "found": "情况", "mend": "怎么办"}
    states = {True: t("正常", "ok"), False: t("有问题", "finding"), None: "–"}
    codes = {True: "ok", False: "finding", None: "info"}
    rows = tuple(
        (
            t(_NAMES[check.name], check.name) if words else check.name,
            (states if words else codes)[check.ok],
            t(*check.found),
            t(*check.mend) or None,
        )
        for check in checks
    )
    return ResultTable(tuple(columns), rows, tuple(columns.values()), "doctor")


_NAMES = {
    "format": "格式",
    "generation": "代",
    "size": "大小",
    "lock": "写入锁",
    "leftovers": "残留",
    "documents": "文件",
    "unfinished": "未写完",
    "version": "版本",
    "server": "服务器",
    "secrecy": "口令",
    "rows": "结果行数",
    "updates": "写入",
    "union": "默认图",
    "language tags": "语言标记",
    "dates": "日期",
    "decimals": "小数",
    "booleans": "真假值",
    "joined texts": "拼接文字",
    "nested filters": "嵌套条件",
    "large documents": "大文件",
    "atomicity": "完整更新",
}
