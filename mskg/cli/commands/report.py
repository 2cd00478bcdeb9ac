"""``mskg report``: the monthly bulletin, and sheets for the people's congress."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.commands.ledger.options import AsOf, Department, Place, Rules, Year, day
from mskg.cli.commands.ledger.steps import steps
from mskg.cli.language import language, t
from mskg.cli.options import Bom, Format, Store
from mskg.cli.output import emit_table, write_file, written
from mskg.cli.stores import chosen_store
from mskg.errors import InputError

if TYPE_CHECKING:
    from mskg.query import ResultTable
    from mskg.render.paper import Paper

HELP = t(
    "进展通报：某日各任务、各部门的进展和排名，每个数字带规则和原文。\n"
    "逾期和慢于序时的在最前，接着是 30 天内到期的；6、7 月有“双过半”。\n"
    "--out 写成网页（.html，可打印）、Word（.docx）或表格（.xlsx，含全部行）；"
    "不带 --out 时打印各任务状态。\n"
    "状态由目标、已报数据和日期按 --profile 的规则算出；同一日期、同样数据，文件一字不差。",
    "A bulletin: the progress and ranking of tasks and departments at a date, each figure with"
    " its rule and sentence.\n"
    "Overdue and behind come first, then what falls due within 30 days; in June and July the"
    " half-way mark.\n"
    "--out writes a page (.html, to print), Word (.docx) or a workbook (.xlsx, with all rows);"
    " without it the status of each task is printed.\n"
    "Statuses are computed from targets, reports and the date by --profile; the same date and"
    " data give the same file.",
)
EXAMPLES = t(
    "mskg report --as-of 2023-06-30                             打印各任务状态\n"
    "mskg report --as-of 2023-06-30 --region 泾源县 --out 通报.html\n"
    "mskg report --as-of 2023-06-30 --department 民政局 --out 通报.docx\n"
    "mskg report --as-of 2023-09-30 --profile half-year --out 通报.xlsx\n"
    "mskg report --as-of 2023-07-31 --kind mid-year --out 年中评议表.docx\n"
    "mskg report --as-of 2023-12-31 --kind year-end --out 满意度测评.docx\n",
    "mskg report --as-of 2023-06-30                             print the status of each task\n"
    "mskg report --as-of 2023-06-30 --region 640424 --out bulletin.html\n"
    "mskg report --as-of 2023-06-30 --department 民政局 --out bulletin.docx\n"
    "mskg report --as-of 2023-09-30 --profile half-year --out bulletin.xlsx\n"
    "mskg report --as-of 2023-07-31 --kind mid-year --out review.docx\n"
    "mskg report --as-of 2023-12-31 --kind year-end --out vote.docx\n",
)


class ReportKind(StrEnum):
    """Which report is made."""

    bulletin = "bulletin"
    mid_year = "mid-year"
    year_end = "year-end"


Kind = Annotated[
    ReportKind,
    typer.Option(
        "--kind",
        metavar="bulletin|mid-year|year-end",
        help=t(
            "bulletin 通报；mid-year 人大年中评议表；year-end 满意度测评",
            "bulletin; for the people's congress: mid-year review, year-end vote",
        ),
    ),
]
Window = Annotated[
    int,
    typer.Option(
        "--window",
        metavar="DAYS",
        min=1,
        max=366,
        help=t("列出多少天内到期的", "list what falls due within so many days"),
    ),
]
Names = Annotated[
    bool,
    typer.Option(
        "--names",
        help=t(
            "写出责任领导、报告人、核验人姓名和原文里的电话",
            "name the leaders of tasks and the people who reported and checked; keep telephone"
            " numbers in text",
        ),
    ),
]
ReportFile = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=t("写入文件：.html .docx .xlsx", "write to a file: .html .docx .xlsx"),
    ),
]


def command(
    as_of: AsOf,
    region: Place = None,
    year: Year = None,
    department: Department = None,
    kind: Kind = ReportKind.bulletin,
    profile: Rules = "default",
    window: Window = 30,
    names: Names = False,
    store: Store = None,
    out: ReportFile = None,
    form: Format = None,
    bom: Bom = False,
) -> None:
    """Write a report, or print the status of each task."""
    at = day(as_of, "--as-of")
    suffix = _suffix(out)
    from mskg.ledger.reports import Selection, report

    with chosen_store(store) as opened, steps(t("报告", "report"), 5 if out else 4) as tell:
        paper = report(
            opened, at, Selection(region, year, department), kind=kind.value, profile=profile,
            lang=language(), names=names, window=window, tell=tell,
        )  # fmt: skip
        if out is not None:
            from mskg.render.papers import paper_bytes

            tell("file")
            write_file(out, paper_bytes(paper, suffix))
    if out is None:
        emit_table(_tasks(paper), form=form or "", bom=bom, title=paper.title)
    else:
        written(out)


def _suffix(out: Path | None) -> str:
    """Return the suffix of the file, checked before anything is read."""
    from mskg.render.papers import PAPER_SUFFIXES

    if out is None or out.suffix.lower() in PAPER_SUFFIXES:
        return out.suffix.lower() if out else ""
    known = " ".join(PAPER_SUFFIXES)
    raise InputError(
        f"{out}: can't tell the format from this suffix",
        hint=f"use one of {known}",
        zh=f"{out}：看不出这个后缀是什么格式（可用 {known}）",
    )


def _tasks(paper: Paper) -> ResultTable:
    """Return the table of the tasks, as rows of a query."""
    from mskg.query import ResultTable
    from mskg.render.paper import Grid, shown

    section = next(part for part in paper.sections if part.id == "tasks")
    grid = next(block for block in section.blocks if isinstance(block, Grid))
    # The last column leads to the notes, which only a file has.
    columns = tuple(column.title for column in grid.columns[:-1])
    rows = tuple(
        tuple(value.value if value.number and not value.share else shown(value) or None
              for value in row[:-1])
        for row in grid.rows
    )  # fmt: skip
    return ResultTable(columns, rows, columns)
