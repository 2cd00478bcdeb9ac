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
    Names,
    Region,
    TextFile,
    chosen_corrections,
    with_stdin,
)
from mskg.cli.output import emit_text
from mskg.cli.report import show_errors, worst_exit_code
from mskg.errors import InputError, MskgError

if TYPE_CHECKING:
    from mskg.validation import Checked

HELP = t(
    "检查计划：哪里有错、哪里可疑，引出原文，并说怎么改。\n"
    "文件可以是计划原文（docx、pdf、xlsx、网页、文本……）、填好的模板表、计划记录（.json）\n"
    "或 RDF（.ttl .jsonld .trig .nq）。有错误时退出码为 1。\n"
    "引文里的个人姓名和电话换成 □，--names 才写出。",
    "Check plans: what is wrong or doubtful, with the quoted place and how to mend it.\n"
    "A file may be a document (docx, pdf, xlsx, html, text …), a filled-in template, a plan record"
    " (.json) or RDF (.ttl .jsonld .trig .nq). The exit code is 1 if there is a violation.\n"
    "Quoted names and telephone numbers of persons are □ unless --names asks for them.",
)
EXAMPLES = t(
    "mskg validate 计划.docx                         按任务列出发现，引出原文\n"
    "mskg validate 文件夹/ --strict                  警告也算不通过\n"
    "mskg validate 计划.docx --out 批注.html         原文加旁注，可以打印\n"
    "mskg validate 计划.docx --format json           给程序用（还有 ttl、sarif、junit）\n"
    "mskg validate 计划.docx --shapes 本市规则.ttl   加上自己的 SHACL 规则\n"
    "mskg template                                   还没有文件？用表格填一份再检查\n",
    "mskg validate plan.docx                         findings by task, quoted\n"
    "mskg validate folder/ --strict                  warnings count too\n"
    "mskg validate plan.docx --out notes.html        the draft with notes in the margin, to print\n"
    "mskg validate plan.docx --format json           for programs (also ttl, sarif, junit)\n"
    "mskg validate plan.docx --shapes rules.ttl      with SHACL rules of your own\n"
    "mskg template                                   no file yet? fill in a sheet, then check it\n",
)
_STYLES = {"violation": "red", "warning": "yellow", "info": "cyan", "task": "bold"}


class ReportFormat(StrEnum):
    """How findings are shown."""

    text = "text"
    html = "html"
    json = "json"
    ttl = "ttl"
    sarif = "sarif"
    junit = "junit"


_BY_SUFFIX = {
    **{f".{form}": form for form in ReportFormat},
    ".htm": ReportFormat.html,
    ".txt": ReportFormat.text,
    ".xml": ReportFormat.junit,
}


def command(
    files: Files,
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            metavar="text|html|json|ttl|sarif|junit",
            help=t(
                "text 按任务列出；html 原文加旁注；ttl 是标准 SHACL 报告；其余给程序用。"
                "默认看 --out 的后缀，否则 text",
                "text lists by task; html is the draft with notes; ttl a standard SHACL report;"
                " the others are for programs. Default by the suffix of --out, else text",
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
    names: Names = False,
    out: TextFile = None,
    region: Region = "",
    corrections: CorrectionsPath = None,
) -> None:
    """Validate files and print the findings."""
    from mskg.pipeline import check_many, find_files, refuse_inputs

    chosen, decided = _format(form, out), chosen_corrections(corrections)
    with with_stdin(files) as given:
        paths = find_files(given)
        if out is not None:
            refuse_inputs([out], paths)
        with progress_bar(t("检查", "checking"), len(paths)) as advance:
            found = check_many(
                paths,
                region=region,
                corrections=decided,
                shapes_extra=shapes or (),
                strict=strict,
                advance=advance,
            )
    if not names:
        found = [e if isinstance(e, MskgError) else e.without_names() for e in found]
    raise typer.Exit(_show(found, paths, chosen, out))


def _show(
    found: Sequence[Checked | MskgError],
    paths: Sequence[Path],
    form: ReportFormat,
    out: Path | None,
) -> int:
    """Print what was found and what failed; return the exit code."""
    errors = [entry for entry in found if isinstance(entry, MskgError)]
    checked = [entry for entry in found if not isinstance(entry, MskgError)]
    show_errors(errors)
    if checked and form is ReportFormat.text and out is None:
        for entry in checked:
            _print(entry)
    elif form is ReportFormat.json and (checked or len(paths) > 1):
        emit_text(_as_json(found, paths), out)
    elif checked:
        emit_text(_text(checked, form), out)
    failed = any(not entry.report.conforms for entry in checked)
    return max(worst_exit_code(errors), int(failed))


def _format(form: ReportFormat | None, out: Path | None) -> ReportFormat:
    if form is not None or out is None:
        return form or ReportFormat.text
    chosen = _BY_SUFFIX.get(out.suffix.lower())
    if chosen is None:
        known = " ".join(_BY_SUFFIX)
        raise InputError(
            f"{out}: can't tell the format from this suffix",
            hint=f"use one of {known}, or --format",
            zh=f"{out}：看不出这个后缀是什么格式（可用 {known}，或用 --format 指明）",
        )
    return chosen


def _text(checked: Sequence[Checked], form: ReportFormat) -> str:
    from mskg import __version__
    from mskg.validation.junit import junit_text
    from mskg.validation.page import findings_page
    from mskg.validation.sarif import sarif_text

    if form is ReportFormat.ttl:
        if len(checked) == 1:
            return checked[0].report.to_ttl()
        return "\n".join(entry.report.to_ttl(str(entry.source)) for entry in checked)
    if form is ReportFormat.html:
        return findings_page(checked, language())
    if form is ReportFormat.sarif:
        return sarif_text(checked, language(), version=__version__)
    if form is ReportFormat.junit:
        return junit_text(checked, language())
    return "\n".join(line for entry in checked for line, _ in _lines(entry)) + "\n"


def _as_json(found: Sequence[Checked | MskgError], paths: Sequence[Path]) -> str:
    """Return an object for one file, a list for several, whatever became of them."""
    records: list[dict[str, Any]] = []
    for path, entry in zip(paths, found, strict=True):
        if isinstance(entry, MskgError):
            lines = {lang: entry.line(lang) for lang in ("zh", "en")}
            records.append({"file": str(path), "error": lines})
        else:
            records.append({"file": str(path), **json.loads(entry.report.to_json())})
    shown = records[0] if len(records) == 1 else records
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


def _lines(entry: Checked) -> list[tuple[str, str]]:
    return [(entry.source.name, "task"), *entry.report.marked_lines(language())]


def _print(entry: Checked) -> None:
    from rich.text import Text

    console = results()
    good = "green" if entry.report.conforms else "bold red"
    for line, kind in _lines(entry):
        console.print(Text(line, style=_STYLES.get(kind, good)), soft_wrap=True)
