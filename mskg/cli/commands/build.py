"""``mskg build``: documents into the store."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.console import INTERRUPTED, note, progress_bar
from mskg.cli.language import t
from mskg.cli.options import (
    CorrectionsPath,
    Files,
    Format,
    OutFile,
    Region,
    Store,
    chosen_corrections,
    with_stdin,
)
from mskg.cli.output import emit_table
from mskg.cli.report import errors_of, note_strangers, show_errors, worst_exit_code
from mskg.cli.stores import chosen_store

if TYPE_CHECKING:
    from mskg.pipeline import BuildResult
    from mskg.query import ResultTable, Value
    from mskg.resolve import Corrections

HELP = t(
    "读入计划，检查，存进数据库。\n"
    "没有变过的文件跳过，变过的替换旧版本；读不了的文件不影响其余文件，也不动数据库里已有的内容。\n"
    "以前存的其他文件和当时的更正保留不动；加 --prune 则删去这次没有给出的文件。",
    "Read plans, validate them and put them into the store.\n"
    "Unchanged files are skipped, changed ones replace their older version; a file that can't be"
    " read stops neither the others nor touches what is stored.\n"
    "Other documents of the store stay, with the corrections they were read under; --prune removes"
    " those that are not given.",
)
EXAMPLES = t(
    "mskg build 计划.txt                        存进 ./mskg-store\n"
    "mskg build 文件夹/ --store 我的库          文件夹里的全部计划\n"
    "mskg build 文件夹/ --force                 没有变过的也重读一遍\n"
    "mskg build 文件夹/ --prune                 文件夹里已经没有的，数据库里也删去\n"
    "mskg build 文件夹/ --executor tcp://主机:8786  在 Dask 集群上读，各机的路径须相同\n",
    "mskg build plan.txt                        into ./mskg-store\n"
    "mskg build folder/ --store my-store        all plans of a folder\n"
    "mskg build folder/ --force                 read unchanged files again too\n"
    "mskg build folder/ --prune                 what is gone from the folder goes from the store\n"
    "mskg build folder/ --executor tcp://host:8786  on a Dask cluster with the same paths\n",
)


def command(
    files: Files,
    store: Store = None,
    region: Region = "",
    force: Annotated[
        bool, typer.Option("--force", help=t("没有变过的也重读", "read unchanged files again"))
    ] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune",
            help=t(
                "删去数据库里这次没有给出的文件", "remove documents of the store that are not given"
            ),
        ),
    ] = False,
    executor: Annotated[
        str,
        typer.Option(
            "--executor",
            metavar="NAME",
            help=t(
                "在哪里读：processes（本机多进程）、Dask 调度器地址（tcp://主机:8786）或 模块:函数",
                "where to read: processes of this machine, a Dask scheduler"
                " (tcp://host:8786), or module:callable",
            ),
        ),
    ] = "processes",
    form: Format = None,
    out: OutFile = None,
    corrections: CorrectionsPath = None,
) -> None:
    """Read, validate and store documents, and print what was done with each."""
    from mskg.pipeline import build, find_files, open_executor

    decided = chosen_corrections(corrections)
    with with_stdin(files) as names:
        paths = find_files(names)
        try:
            with (
                open_executor(executor, os.cpu_count() or 1) as workers,
                chosen_store(store, write=True) as opened,
                progress_bar(t("读取", "reading"), len(paths)) as advance,
            ):
                results = build(
                    paths,
                    opened,
                    region=region,
                    corrections=decided,
                    force=force,
                    prune=prune,
                    workers=workers,
                    advance=advance,
                )
        except KeyboardInterrupt:  # all is stored in one step at the end
            note(t("已中断：数据库没有动", "interrupted: the store is as it was"))
            raise typer.Exit(INTERRUPTED) from None
    _tell(results, decided, prune=prune)
    emit_table(_table(results, words=form != "json"), form=form or "", out=out)
    note(_summary(results))
    raise typer.Exit(_exit_code(results))


def _exit_code(results: Sequence[BuildResult]) -> int:
    readings = [result.reading for result in results]
    violated = not all(reading.conforms for reading in readings)
    return max(worst_exit_code(errors_of(readings)), int(violated))


def _tell(results: Sequence[BuildResult], decided: Corrections | None, *, prune: bool) -> None:
    """Print what went wrong and what a user must know of the documents."""
    show_errors(errors_of([result.reading for result in results]))
    note_strangers(decided, {entry.document for entry in results if entry.document})
    for result in results:
        _note_standing(result)
        _note_released(result)
    if prune and not any(result.document for result in results):
        note(t("没有读入任何计划，所以什么也没有删", "no plan was read, so nothing was removed"))


def _note_standing(result: BuildResult) -> None:
    """Say where several documents announce one program which of them counts."""
    name = result.reading.source.name
    if above := result.superseded_by:
        note(
            t(
                f"{name}：与 {above} 说的是同一批任务，以后者为准，查询默认不计这一份",
                f"{name}: {above} announces the same tasks and prevails; queries leave this one"
                " out",
            )
        )
    for below in result.supersedes:
        note(
            t(
                f"{name}：与 {below} 说的是同一批任务，以这一份为准",
                f"{name}: announces the tasks of {below}, over which it prevails",
            )
        )


def _note_released(result: BuildResult) -> None:
    """Say that a document was read without corrections that held for it before."""
    name, count = result.reading.source.name, result.released
    if count:
        note(
            t(
                f"{name}：以前的 {count} 条更正这次没有给出，不再生效（用 --corrections 给出）",
                f"{name}: {count} corrections of an earlier build were not given and no longer"
                " hold (give them with --corrections)",
            )
        )


def _table(results: Sequence[BuildResult], *, words: bool) -> ResultTable:
    from mskg.query import ResultTable

    rows = []
    for result in results:
        plan = result.reading.plan
        counts = Counter(finding.severity for finding in result.reading.findings)
        row: tuple[Value, ...] = (None,) * 5
        if plan is not None:
            program = plan.program
            about = (program.region or None, program.year, len(plan.tasks))
            row = (*about, counts["violation"], counts["warning"])
        status = t(*_STATUS[result.status]) if words else result.status
        rows.append((result.reading.source.name, status, *row))
    return ResultTable(tuple(_COLUMNS), tuple(rows), tuple(_COLUMNS.values()))


_COLUMNS = {
    "file": "文件",
    "status": "结果",
    "region": "地区",
    "year": "年份",
    "tasks": "任务",
    "violations": "错误",
    "warnings": "警告",
}
_STATUS = {
    "added": ("新存", "added"),
    "replaced": ("替换", "replaced"),
    "unchanged": ("未变", "unchanged"),
    "duplicate": ("重复", "duplicate"),
    "failed": ("失败", "failed"),
    "removed": ("删除", "removed"),
}


def _summary(results: Sequence[BuildResult]) -> str:
    counts = Counter(result.status for result in results)
    parts = [f"{t(*words)} {counts[name]}" for name, words in _STATUS.items() if counts[name]]
    return t("，", ", ").join(parts)
