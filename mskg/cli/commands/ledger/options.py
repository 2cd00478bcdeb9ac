"""Options that several commands of the ledger share."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from mskg.cli.language import t
from mskg.errors import InputError

__all__ = [
    "AsOf",
    "Department",
    "Evidence",
    "Note",
    "Place",
    "RowName",
    "Rules",
    "Who",
    "Year",
    "day",
]

Place = Annotated[
    list[str] | None,
    typer.Option("--region", metavar="NAME", help=t("地区：名称或代码", "region: name or code")),
]
Year = Annotated[
    int | None, typer.Option("--year", metavar="YYYY", help=t("计划年度", "year of the plan"))
]
Department = Annotated[
    str | None,
    typer.Option("--department", metavar="NAME", help=t("部门名称或其中一段", "department")),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help=t("截至哪一天", "the day that is spoken of")
    ),
]
Rules = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="NAME|FILE",
        help=t(
            "判断规则：default、half-year、stages-only，或 .toml 文件",
            "rules: default, half-year, stages-only, or a .toml file",
        ),
    ),
]
RowName = Annotated[
    str,
    typer.Argument(
        metavar="ROW",
        help=t(
            "行名（mskg ledger status 的“行”一列），或任务的行名",
            "name of a row (column row of mskg ledger status), or of a task",
        ),
    ),
]
Who = Annotated[
    str,
    typer.Option(
        "--by", metavar="NAME", help=t("核验、决定或报告的单位", "who checked, decided or says so")
    ),
]
Evidence = Annotated[
    str,
    typer.Option(
        "--evidence", metavar="TEXT", help=t("验收单、文号、网址", "record, number, address")
    ),
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help=t("说明或原因", "why"))]


def day(text: str, option: str) -> date:
    """Return the date `text` given to `option`.

    Raises
    ------
    InputError
        If it is no date.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            f"{option} {text!r} is no date",
            hint="such as 2023-06-30",
            zh=f"{option} {text!r} 不是日期（应如 2023-06-30）",
        ) from None
