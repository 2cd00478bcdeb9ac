"""``mskg calendar``: all deadlines as a file for calendars."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.commands.ledger.options import Department, Place, Year, day
from mskg.cli.commands.ledger.steps import steps
from mskg.cli.console import write_text
from mskg.cli.language import language, t
from mskg.cli.options import Names, Store
from mskg.cli.output import write_file, written
from mskg.cli.stores import chosen_store
from mskg.errors import InputError

HELP = t(
    "期限日历（iCalendar）：一份计划或一个部门的全部期限，带提醒，可导入手机和电脑的日历。\n"
    "每项任务的每个期限是一天，写明要完成什么、责任部门和原文；“一月一通报”之类写成重复的日程。\n"
    "编号固定不变：再导入一次只更新，不会重复。“10月前”之类有两种读法的，按较早的一天。\n"
    "原文里的个人姓名和电话换成 □，--names 才写出。",
    "A calendar (iCalendar) of all deadlines of a plan or a department, with reminders, for"
    " phones and computers.\n"
    "Each deadline of a task is a day that says what is due, who answers for it, and in which"
    " words; duties that recur repeat.\n"
    "Ids never change: importing again updates, and doubles nothing. Where a deadline has two"
    " readings, the earlier day is taken.\n"
    "Names and telephone numbers of persons are □ unless --names asks for them.",
)
EXAMPLES = t(
    "mskg calendar --region 泾源县 --out 泾源县.ics\n"
    "mskg calendar --department 民政局 --remind 14 --remind 3 --out 民政局.ics\n"
    "mskg calendar --year 2023 --as-of 2023-06-30    只留这天还没完成的\n",
    "mskg calendar --region 640424 --out jingyuan.ics\n"
    "mskg calendar --department 民政局 --remind 14 --remind 3 --out civil-affairs.ics\n"
    "mskg calendar --year 2023 --as-of 2023-06-30    only what is not done by then\n",
)


def command(
    region: Place = None,
    year: Year = None,
    department: Department = None,
    remind: Annotated[
        list[int] | None,
        typer.Option(
            "--remind",
            metavar="DAYS",
            min=0,
            max=366,
            help=t(
                "提前几天提醒，可多次；0 是当天；默认 7 和 1",
                "days before to remind, may be repeated; 0 is the day; default 7 and 1",
            ),
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help=t(
                "只留这天还没完成的，并用调整后的期限",
                "only what is not done by this day, with adjusted deadlines",
            ),
        ),
    ] = None,
    names: Names = False,
    store: Store = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help=t("写入 .ics 文件", "write to an .ics file")),
    ] = None,
) -> None:
    """Write the calendar."""
    at = None if as_of is None else day(as_of, "--as-of")
    if out is not None and out.suffix.lower() not in {".ics", ".ical"}:
        raise InputError(
            f"{out}: a calendar is an .ics file",
            hint="use the suffix .ics",
            zh=f"{out}：日历文件的后缀是 .ics（请改用 .ics）",
        )
    from mskg.ledger.reports import Selection, calendar

    with chosen_store(store) as opened, steps(t("日历", "calendar"), 4 if at else 2) as tell:
        data = calendar(
            opened, Selection(region, year, department), at=at,
            reminders=tuple(remind or (7, 1)), lang=language(),
            names=names, tell=tell,
        )  # fmt: skip
    if out is None:
        write_text(data.decode())
        return
    write_file(out, data)
    written(out)
