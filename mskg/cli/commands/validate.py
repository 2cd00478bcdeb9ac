"""``mskg validate``: findings on plans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mskg.cli.console import progress_bar, results
from mskg.cli.language import language, t
from mskg.cli.options import (
    CorrectionsPath,
    Files,
    Region,
    TextFile,
    chosen_corrections,
    with_stdin,
)
from mskg.cli.output import emit_text
from mskg.cli.report import show_errors, worst_exit_code
from mskg.errors import InputError, MskgError

if TYPE_CHECKING:
    from mskg.validation import Report

HELP = t(
    "检查计划：哪里有错、哪里可疑，引出原文，并说怎么改。\n"
    "文件可以是计划原文、计划记录（.json）或 RDF（.ttl .trig …）。有错误时退出码为 1。",
    "Check plans: what is wrong or doubtful, with the quoted place and how to mend it.\n"
    "A file may be a document, a plan record (.json) or RDF (.ttl .trig …). The exit code is 1"
    " if there is a violation.",
)
EXAMPLES = t(
    "mskg validate 计划.txt                          每条发现一行\n"
    "mskg validate 文件夹/ --strict                  警告也算不通过\n"
    "mskg validate 计划.txt --format json            给程序用\n"
    "mskg validate 计划.txt --shapes 本市规则.ttl    加上自己的 SHACL 规则\n",
    "mskg validate plan.txt                          one line a finding\n"
    "mskg validate folder/ --strict                  warnings count too\n"
    "mskg validate plan.txt --format json            for programs\n"
    "mskg validate plan.txt --shapes rules.ttl       with SHACL rules of your own\n",
)
_COLOURS = {"violation": "bold red", "warning": "yellow", "info": "cyan"}


class ReportFormat(StrEnum):
    """How findings are shown."""

    text = "text"
    json = "json"
    ttl = "ttl"


def command(
    files: Files,
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            metavar="text|json|ttl",
            help=t(
                "text 每条一行，ttl 是标准 SHACL 报告；默认看 --out 的后缀，否则 text",
                "text is one line a finding, ttl a standard SHACL report; default by --out",
            ),
        ),
    ] = None,
    shapes: Annotated[
        list[Path] | None,
        typer.Option(
            "--shapes",
            metavar="FILE",
            help=t("再加一个 SHACL 规则文件，可重复", "add a file of SHACL shapes; repeatable"),
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help=t("警告也算不通过", "warnings fail too"))
    ] = False,
    out: TextFile = None,
    region: Region = "",
    corrections: CorrectionsPath = None,
) -> None:
    """Validate files and print the findings."""
    from mskg.pipeline import find_files, validate_many

    chosen, decided = _format(form, out), chosen_corrections(corrections)
    with with_stdin(files) as names:
        paths = find_files(names)
        if chosen is ReportFormat.ttl and len(paths) > 1:
            raise InputError(
                "a Turtle report is about one file",
                hint="name one file, or use --format json",
                zh="Turtle 报告一次只能检查一个文件（只给一个文件，或用 --format json）",
            )
        with progress_bar(t("检查", "checking"), len(paths)) as advance:
            found = validate_many(
                paths,
                region=region,
                corrections=decided,
                shapes_extra=shapes or (),
                strict=strict,
                advance=advance,
            )
    errors = [entry for _, entry in found if isinstance(entry, MskgError)]
    reports = [(path, entry) for path, entry in found if not isinstance(entry, MskgError)]
    show_errors(errors)
    _show(reports, chosen, out)
    failed = any(not report.conforms for _, report in reports)
    raise typer.Exit(max(worst_exit_code(errors), int(failed)))


def _format(form: ReportFormat | None, out: Path | None) -> ReportFormat:
    if form is not None or out is None:
        return form or ReportFormat.text
    by_suffix = {".json": ReportFormat.json, ".ttl": ReportFormat.ttl}
    return by_suffix.get(out.suffix.lower(), ReportFormat.text)


def _show(reports: Sequence[tuple[Path, Report]], form: ReportFormat, out: Path | None) -> None:
    if not reports:
        return
    if form is ReportFormat.ttl:
        emit_text(reports[0][1].to_ttl(), out)
    elif form is ReportFormat.json:
        emit_text(_as_json(reports), out)
    elif out is not None:
        emit_text("\n".join(line for path, r in reports for line in _lines(path, r)), out)
    else:
        for path, report in reports:
            _print(path, report)


def _as_json(reports: Sequence[tuple[Path, Report]]) -> str:
    records: list[dict[str, Any]] = [
        {"file": str(path), **json.loads(report.to_json())} for path, report in reports
    ]
    shown = records[0] if len(records) == 1 else records
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


def _lines(path: Path, report: Report) -> list[str]:
    return [f"{path.name}", *(f"  {line}" for line in report.lines(language()))]


def _print(path: Path, report: Report) -> None:
    from rich.text import Text

    console = results()
    heading, *lines, summary = _lines(path, report)
    console.print(Text(heading, style="bold"), soft_wrap=True)
    for finding, line in zip(report.findings, lines, strict=True):
        console.print(Text(line, style=_COLOURS[finding.severity]), soft_wrap=True)
    console.print(Text(summary, style="green" if report.conforms else "bold red"), soft_wrap=True)
