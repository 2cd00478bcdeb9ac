"""Many documents into a folder of records, and the table that says what became of each."""

from __future__ import annotations

import os
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.cli.console import INTERRUPTED, note, progress_bar
from mskg.cli.language import language, t
from mskg.cli.output import emit_table, written
from mskg.cli.report import note_issues, note_strangers, show_errors, worst_exit_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.pipeline import Recorded
    from mskg.query import ResultTable, Value
    from mskg.resolve import Corrections

__all__ = ["run_batch"]


def run_batch(
    paths: Sequence[Path], out: Path, region: str, decided: Corrections | None, *, force: bool
) -> int:
    """Write the records of documents to the folder `out`, print a summary, return the exit code."""
    from mskg.pipeline import BatchStopped, RecordFolder, record_many

    try:
        with progress_bar(t("读取", "reading"), len(paths)) as advance:
            done = record_many(
                paths,
                RecordFolder(out, language()),
                region=region,
                corrections=decided,
                force=force,
                workers=os.cpu_count() or 1,
                advance=advance,
            )
    except BatchStopped as stop:
        note(
            t(
                f"已中断：{stop.total} 份里 {stop.done} 份已写入 {out}；再运行同一条命令即接着读",
                f"interrupted: {stop.done} of {stop.total} are in {out};"
                " the same command goes on with the rest",
            )
        )
        return INTERRUPTED
    errors = [entry.error for entry in done if entry.error is not None]
    show_errors(errors)
    for entry in done:
        note_issues(Path(entry.file).name, entry.found)
    note_strangers(decided, {entry.document for entry in done})
    emit_table(_summary(done))
    written(out)
    return worst_exit_code(errors)


def _summary(done: Sequence[Recorded]) -> ResultTable:
    from mskg.pipeline import COUNT_COLUMNS, RESULTS
    from mskg.query import ResultTable

    columns = (("文件", "file"), ("结果", "result"), *COUNT_COLUMNS, ("数字覆盖率", "coverage"))
    rows: list[tuple[Value, ...]] = []
    for entry in done:
        shown: tuple[Value, ...] = (None,) * (len(columns) - 2)
        if entry.record:
            shown = (*astuple(entry.counts), entry.counts.coverage or None)
        rows.append((Path(entry.file).name, t(*RESULTS[entry.result]), *shown))
    zh, en = zip(*columns, strict=True)
    return ResultTable(en, tuple(rows), zh)
