"""``mskg ledger status``: the standing of every row at a date."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.commands.ledger.options import Department, Place, Rules, Year, day
from mskg.cli.commands.ledger.steps import steps
from mskg.cli.console import note, write_text
from mskg.cli.language import language, t
from mskg.cli.options import AnyFormat, Bom, Names, OutFile, Store
from mskg.cli.output import emit_table
from mskg.cli.stores import chosen_store

if TYPE_CHECKING:
    from pathlib import Path

    from mskg.ledger import Standing

HELP = t(
    "某一天每一行的状态和进度。\n"
    "按计划的阶段目标和报上来的实际值现算。"
    "没有阶段目标的按规则推算，并标明是假定；单位不同的不比较；没有报告的是“无数据”，不算滞后。\n"
    "--explain 写明每一行由哪些目标、哪些报告、哪条规则得来。\n"
    "个人姓名和电话换成 □，--names 才写出。",
    "State and pace of every row on a day.\n"
    "Computed from the stages of the plan and what was reported."
    " Without stages a rule assumes a value, and says so; other units are never compared; without a"
    " report it is “no data”, not behind.\n"
    "--explain tells from which targets, reports and rule each standing came.\n"
    "Names and telephone numbers of persons are □ unless --names asks for them.",
)
EXAMPLES = t(
    "mskg ledger status --as-of 2023-06-30 --region 泾源县\n"
    "mskg ledger status --as-of 2023-06-30 --pace behind --pace overdue    只看滞后和逾期的\n"
    "mskg ledger status --as-of 2023-06-30 --department 司法局 --explain   怎么得来的\n"
    "mskg ledger status --as-of 2023-06-30 --profile half-year             按“双过半”推算\n",
    "mskg ledger status --as-of 2023-06-30 --region 640424\n"
    "mskg ledger status --as-of 2023-06-30 --pace behind --pace overdue    only these\n"
    "mskg ledger status --as-of 2023-06-30 --region 640424 --explain       how it came about\n"
    "mskg ledger status --as-of 2023-06-30 --profile half-year             assume half by June\n",
)
_NARROW = 200


class Pace(StrEnum):
    """What can be chosen."""

    ahead = "ahead"
    on_schedule = "on-schedule"
    behind = "behind"
    overdue = "overdue"
    early = "early"
    exceeded = "exceeded"
    late = "late"
    no_data = "no-data"
    not_due = "not-due"
    not_comparable = "not-comparable"


TaskNumber = Annotated[
    str | None,
    typer.Option("--task", metavar="N", help=t("只看这一项任务", "only the task of this number")),
]


def command(
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help=t("截至哪一天；默认今天", "the day; default today"),
        ),
    ] = None,
    region: Place = None,
    year: Year = None,
    department: Department = None,
    task: TaskNumber = None,
    pace: Annotated[
        list[Pace] | None,
        typer.Option("--pace", metavar="|".join(Pace), help=t("只看这种进度的", "only these")),
    ] = None,
    profile: Rules = "default",
    explain: Annotated[
        bool, typer.Option("--explain", help=t("写明怎么得来的", "say how each came about"))
    ] = False,
    names: Names = False,
    store: Store = None,
    form: AnyFormat = None,
    out: OutFile = None,
    bom: Bom = False,
) -> None:
    """Print the standing of every row."""
    from mskg.ledger import read_profile, standings
    from mskg.ledger.private import hidden_standings

    at = day(as_of, "--as-of") if as_of else datetime.datetime.now().astimezone().date()
    rules = read_profile(profile)
    with chosen_store(store) as opened, steps(t("进度", "status"), 3) as tell:
        place = region or None
        found = standings(
            opened, at, rules, region=place, year=year, department=department, words=explain,
            tell=tell,
        )  # fmt: skip
        if not names:
            found = hidden_standings(opened, found)
    chosen = [
        entry
        for entry in found
        if (not pace or entry.pace in {p.value for p in pace})
        and (task is None or entry.row.task_number == task)
    ]
    if explain and not form and out is None:
        _explain(chosen)
    else:
        _show(chosen, form or "", out, bom=bom)
    note(f"{at} · {t(rules.zh, rules.en)} · {_counts(chosen)}")


def _explain(chosen: list[Standing]) -> None:
    from mskg.ledger import explanation

    write_text("\n\n".join(explanation(entry, language()) for entry in chosen))


def _show(chosen: list[Standing], form: str, out: Path | None, *, bom: bool) -> None:
    """Print a table: the columns that fit on a terminal, all of them elsewhere."""
    from mskg.ledger import status_table

    narrow = out is None and (form == "table" or (not form and sys.stdout.isatty()))
    table = status_table(chosen, language(), short=narrow)
    emit_table(table, form=form, out=out, bom=bom)


def _counts(chosen: list[Standing]) -> str:
    from mskg.ledger import status_word

    counts = Counter(entry.pace for entry in chosen)
    named = (f"{status_word(pace, language())} {count}" for pace, count in counts.most_common())
    return t("，", ", ").join(named) or t("没有符合的行", "no rows match")
