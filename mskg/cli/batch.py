"""Many documents into a folder of records, and the table that says what became of each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.cli.console import progress_bar
from mskg.cli.language import t
from mskg.cli.output import emit_table, written
from mskg.cli.report import note_issues, show_errors, worst_exit_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.pipeline import Recorded
    from mskg.query import ResultTable, Value
    from mskg.resolve import Corrections

__all__ = ["run_batch"]

_SUMMARY = {
    "file": "文件",
    "result": "结果",
    "tasks": "任务",
    "facts": "事实",
    "issues": "疑点",
    "unknownNumbers": "没看懂的数字",
}
_RESULTS = {
    "read": ("已读", "read"),
    "unchanged": ("未变", "unchanged"),
    "not-a-plan": ("不是计划", "no plan"),
    "failed": ("失败", "failed"),
}


def run_batch(
    paths: Sequence[Path], out: Path, region: str, decided: Corrections | None, *, force: bool
) -> int:
    """Write the records of documents to the folder `out`, print a summary, return the exit code."""
    from mskg.pipeline import record_many

    with progress_bar(t("读取", "reading"), len(paths)) as advance:
        done = record_many(
            paths,
            out,
            region=region,
            corrections=decided,
            force=force,
            workers=os.cpu_count() or 1,
            advance=advance,
        )
    errors = [entry.error for entry in done if entry.error is not None]
    show_errors(errors)
    for entry in done:
        note_issues(Path(entry.file).name, entry.found)
    emit_table(_summary(done))
    written(out)
    return worst_exit_code(errors)


def _summary(done: Sequence[Recorded]) -> ResultTable:
    from mskg.query import ResultTable

    rows: list[tuple[Value, ...]] = []
    for entry in done:
        counts = (entry.tasks, entry.facts, entry.issues, entry.unknown_numbers)
        shown = counts if entry.record else (None,) * len(counts)
        rows.append((Path(entry.file).name, t(*_RESULTS[entry.result]), *shown))
    return ResultTable(tuple(_SUMMARY), tuple(rows), tuple(_SUMMARY.values()))
