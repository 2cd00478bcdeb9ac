"""Networks without a store: plans, plan records, and tables of duties."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.cli.console import progress_bar
from mskg.cli.language import t
from mskg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.model import Plan
    from mskg.query import ResultTable

__all__ = ["plans_of_files", "table_of_file"]


def plans_of_files(names: Sequence[str]) -> list[Plan]:
    """Return the plans of documents and of plan records (``.json``).

    Raises
    ------
    MskgError
        The error of the first file that gives no plan.
    """
    from mskg.pipeline import find_files, read_many

    records = [Path(name) for name in names if name.lower().endswith(".json")]
    documents = [name for name in names if not name.lower().endswith(".json")]
    plans = [_record(path) for path in records]
    paths = find_files(documents) if documents else []
    with progress_bar(t("读取", "reading"), len(paths)) as advance:
        readings = read_many(paths, advance=advance)
    for reading in readings:
        if reading.plan is None:
            raise reading.error or _no_plan(reading.source)
        plans.append(reading.plan)
    return plans


def _record(path: Path) -> Plan:
    from mskg.model.record import plan_from_record

    try:
        return plan_from_record(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:  # no UTF-8, or no JSON
        raise _no_record(path, str(error), str(error)) from error
    except InputError as error:
        raise _no_record(path, error.line(), error.line("zh")) from error


def _no_record(path: Path, reason: str, reason_zh: str) -> InputError:
    return InputError(
        f"{path}: no plan record ({reason})",
        hint="mskg extract writes plan records",
        zh=f"{path}：不是计划记录（{reason_zh}；mskg extract 可生成计划记录）",
    )


def _no_plan(path: Path) -> InputError:
    return InputError(f"{path}: no plan", zh=f"{path}：不是计划")


def table_of_file(names: Sequence[str]) -> ResultTable:
    """Return the rows of a CSV file, such as a saved query result."""
    from mskg.query import ResultTable

    if len(names) > 1:
        raise InputError(
            "a table of duties is one file",
            hint="join the files, or give plans",
            zh="任务表只能给一个文件（请先合并）",
        )
    path = Path(names[0])
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error
    lines = [tuple(row) for row in csv.reader(io.StringIO(text)) if row]
    if not lines:
        raise InputError(f"{path}: is empty", zh=f"{path}：是空文件")
    columns, *rows = lines
    for number, row in enumerate(rows, 2):
        if len(row) != len(columns):
            raise InputError(
                f"{path}, line {number}: {len(row)} cells under {len(columns)} columns",
                zh=f"{path} 第 {number} 行：{len(columns)} 列下有 {len(row)} 格",
            )
    return ResultTable(columns, tuple(rows))


def _unreadable(path: Path, error: OSError | UnicodeDecodeError) -> InputError:
    reason = (error.strerror if isinstance(error, OSError) else "not UTF-8") or str(error)
    return InputError(f"{path}: can't be read ({reason})", zh=f"{path}：读不出来（{reason}）")
