"""``mskg extract``: plan records out of documents."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.batch import run_batch
from mskg.cli.console import progress_bar, results, write_text
from mskg.cli.language import language, t
from mskg.cli.options import CorrectionsPath, Files, Names, Region, chosen_corrections, with_stdin
from mskg.cli.output import emit_table, print_table, write_file, written
from mskg.cli.proposals import check_target, emit_proposals
from mskg.cli.report import note_issues, note_strangers, read_all, show_errors, worst_exit_code
from mskg.errors import InputError, MskgError

if TYPE_CHECKING:
    from mskg.model import Document, Plan, Task
    from mskg.query import ResultTable
    from mskg.resolve import Corrections

HELP = t(
    "读计划文件，给出计划记录（JSON）。\n"
    "记录里有任务、部门、指标、时限，每一项都带原文位置；没看懂的列在 issues 里。\n"
    "记录和终端上的 --explain 是全的；网页、表格和 JSON-LD 里不写个人姓名和电话（换成 □），\n"
    "--names 才写出。\n"
    "写入文件夹时另有 mskg-summary.csv，没有变过的文件下次跳过，中断后可以接着读。",
    "Read plan documents and print plan records (JSON).\n"
    "A record holds tasks, departments, indicators and deadlines, each with its place in the"
    " text; what was not understood is listed under issues.\n"
    "Records, and --explain on a terminal, are whole; in pages, tables and JSON-LD names and"
    " telephone numbers of persons are □ unless --names asks for them.\n"
    "A folder of records has a mskg-summary.csv too; unchanged files are skipped the next time,"
    " and a batch that was stopped goes on where it was.",
)
EXAMPLES = t(
    "mskg extract 计划.txt                     打印一份计划记录\n"
    "mskg extract 计划.txt --explain           在原文上用颜色标出读到的内容\n"
    "mskg extract 计划.txt --format table      每个任务一行的表\n"
    "mskg extract 文件夹/ --out 记录/          每份文件一个 JSON，附汇总表\n"
    "mskg extract 计划.txt --format jsonld     计划写成 JSON-LD，一棵树\n"
    "mskg extract 文件夹/ --report             没看懂的数字，写成可以修改的更正表\n"
    "cat 计划.txt | mskg extract -             从标准输入读\n",
    "mskg extract plan.txt                     print the plan record\n"
    "mskg extract plan.txt --explain           the text with every fact marked in colour\n"
    "mskg extract plan.txt --format table      a table with one row a task\n"
    "mskg extract folder/ --out records/       one JSON file a document, and a summary\n"
    "mskg extract plan.txt --format jsonld     the plan as JSON-LD, one tree\n"
    "mskg extract folder/ --report             numbers not understood, as corrections to edit\n"
    "cat plan.txt | mskg extract -             read from stdin\n",
)


class RecordFormat(StrEnum):
    """How a plan is shown."""

    json = "json"
    jsonld = "jsonld"
    html = "html"
    table = "table"


_SUFFIXES = {
    ".json": RecordFormat.json,
    ".jsonld": RecordFormat.jsonld,
    ".html": RecordFormat.html,
    ".csv": RecordFormat.table,
    ".xlsx": RecordFormat.table,
    ".txt": RecordFormat.table,
}

_Report = Annotated[
    bool,
    typer.Option(
        "--report",
        help=t(
            "打印更正表：没看懂的数字各一行，去掉行首 # 即生效",
            "print corrections for numbers not understood; drop a # to use one",
        ),
    ),
]


def command(
    files: Files,
    form: Annotated[
        RecordFormat | None,
        typer.Option(
            "--format",
            metavar="json|jsonld|html|table",
            help=t(
                "json 是计划记录，jsonld 是关联数据，html 是标了颜色的原文网页，table 是任务表；"
                "默认看 --out 的后缀",
                "json is the record, jsonld linked data, html the marked text as a page, table"
                " one row a task; default by --out",
            ),
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help=t("标出每项内容在原文何处，并列出没看懂的", "mark every fact where it stands"),
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR|FILE",
            help=t("写入文件夹（每份一个文件）或一个文件", "write to a folder or to one file"),
        ),
    ] = None,
    names: Names = False,
    report: _Report = False,
    force: Annotated[
        bool, typer.Option("--force", help=t("没有变过的也重读", "read unchanged files again"))
    ] = False,
    region: Region = "",
    corrections: CorrectionsPath = None,
) -> None:
    """Read documents and print or write what was understood."""
    from mskg.pipeline import find_files, refuse_inputs

    decided = chosen_corrections(corrections)
    with with_stdin(files) as given:
        paths = find_files(given)
        chosen, single = _form(form, out, len(paths), explain=explain, report=report)
        if out is not None and single:
            refuse_inputs([out], paths)
        if report:
            code = _report(paths, out, region, decided)
        elif chosen is RecordFormat.jsonld:
            code = _linked(paths, out, region, decided, single=single, names=names)
        elif chosen is RecordFormat.html or explain:
            code = _explain(paths, chosen, out, region, decided, single=single, names=names)
        elif out is not None and not single:
            code = run_batch(paths, out, region, decided, force=force)
        else:
            code = _records(paths, chosen, out, region, decided, names=names)
    raise typer.Exit(code)


def _form(
    given: RecordFormat | None, out: Path | None, files: int, *, explain: bool, report: bool
) -> tuple[RecordFormat, bool]:
    """Return the form, and whether `out` is one file: as asked for, else by the suffix of `out`."""
    if report:
        check_target(out)
        return RecordFormat.table, True
    by_suffix = _SUFFIXES.get(out.suffix.lower()) if out is not None else None
    marked = RecordFormat.html if explain and out is not None else None
    form = given or marked or by_suffix or RecordFormat.json
    wanted = marked or form
    if out is None or (by_suffix is None and wanted is not RecordFormat.table):
        return wanted, False  # a folder
    if by_suffix is not wanted:
        known = " ".join(name for name, kind in _SUFFIXES.items() if kind is wanted)
        raise InputError(
            f"{out}: can't hold {wanted.value}",
            hint=f"use {known}, or a folder",
            zh=f"{out}：不能存 {wanted.value}（后缀可用 {known}，或写文件夹）",
        )
    if files > 1 and wanted is not RecordFormat.table:
        raise InputError(
            f"{out}: one file for {files} documents",
            hint="name a folder",
            zh=f"{out}：{files} 份文件不能写进一个文件（请写一个文件夹）",
        )
    return wanted, True


def _report(
    paths: Sequence[Path], out: Path | None, region: str, decided: Corrections | None
) -> int:
    from mskg.resolve import propose_numbers

    plans, errors = read_all(paths, region=region, corrections=decided)
    emit_proposals([row for _, plan in plans for row in propose_numbers(plan)], out)
    return worst_exit_code(errors)


def _records(
    paths: Sequence[Path],
    form: RecordFormat,
    out: Path | None,
    region: str,
    decided: Corrections | None,
    *,
    names: bool,
) -> int:
    from mskg.model.record import dumps_record, plan_to_record

    plans, errors = read_all(paths, region=region, corrections=decided)
    if form is RecordFormat.table and out is not None:
        emit_table(_task_table([_shown(plan, names=names) for _, plan in plans]), out=out)
    elif form is RecordFormat.table:
        for _, plan in plans:
            shown = _shown(plan, names=names)
            print_table(results(), _task_table([shown]), shown.document.title)
    elif out is not None:
        for _, plan in plans:
            write_file(out, dumps_record(plan_to_record(plan)))
            written(out)
    elif len(plans) == 1 and len(paths) == 1:
        write_text(dumps_record(plan_to_record(plans[0][1])))
    elif plans:
        records = ",\n".join(dumps_record(plan_to_record(plan)).rstrip() for _, plan in plans)
        write_text(f"[{records}]")
    for _, plan in plans:
        note_issues(plan.source, plan.issues)
    return worst_exit_code(errors)


def _explain(
    paths: Sequence[Path],
    form: RecordFormat,
    out: Path | None,
    region: str,
    decided: Corrections | None,
    *,
    single: bool,
    names: bool,
) -> int:
    """Show or write each document with its facts marked; a bad one stops nothing."""
    from mskg.pipeline import file_names, read_documents, refuse_inputs

    called = file_names(paths, ".html")
    targets = [out if single or out is None else out / name for name in called]
    refuse_inputs((target for target in targets if target), paths)
    failed: list[MskgError] = []
    keys: set[str] = set()
    found = read_documents(paths, region=region, corrections=decided)
    with progress_bar(t("读取", "reading"), len(paths)) as advance:
        for path, target, read in zip(paths, targets, found, strict=True):
            if isinstance(read, MskgError):
                failed.append(read)
            else:
                keys.add(read[1].document.key)
                _show_explained(*read, form, target, names=names)
            if target is not None:
                advance(path.name)
    show_errors(failed)
    note_strangers(decided, keys)
    return worst_exit_code(failed)


def _show_explained(
    document: Document, plan: Plan, form: RecordFormat, target: Path | None, *, names: bool
) -> None:
    if form is not RecordFormat.html:
        from rich.text import Text

        from mskg.cli.explain import explain_text

        for part in explain_text(document, plan):
            # Lines are left whole, so that a row of corrections can be copied.
            results().print(part, soft_wrap=isinstance(part, Text))
        return
    from mskg.export import explain_html

    _page(explain_html(document, plan, lang=language(), names=names), target)


def _linked(
    paths: Sequence[Path],
    out: Path | None,
    region: str,
    decided: Corrections | None,
    *,
    single: bool,
    names: bool,
) -> int:
    """Print or write plans as JSON-LD; several go to stdout as a list."""
    from mskg.pipeline import file_names, refuse_inputs

    called = dict(zip(paths, file_names(paths, ".jsonld"), strict=True))
    targets = {path: out if single or out is None else out / called[path] for path in paths}
    refuse_inputs((target for target in targets.values() if target), paths)
    plans, errors = read_all(paths, region=region, corrections=decided)
    texts = [(path, _linked_text(plan, names=names)) for path, plan in plans]
    if out is None and len(paths) > 1:
        write_text("[" + ",\n".join(text.rstrip() for _, text in texts) + "]")
    else:
        for path, text in texts:
            _page(text, targets[path])
    for _, plan in plans:
        note_issues(plan.source, plan.issues)
    return worst_exit_code(errors)


def _linked_text(plan: Plan, *, names: bool) -> str:
    from mskg.export.dumps import without_names
    from mskg.rdf import plan_text, plan_triples
    from mskg.rdf.jsonld import jsonld_text

    if names:
        return plan_text(plan, "json-ld")
    return jsonld_text(without_names(plan_triples(plan)))


def _shown(plan: Plan, *, names: bool) -> Plan:
    """Return what a table tells of a plan; its record is whole."""
    from mskg.rdf.hiding import hidden, names_of

    return plan if names else hidden(plan, names_of(plan))


def _page(page: str, target: Path | None) -> None:
    if target is None:
        write_text(page)
    else:
        write_file(target, page)
        written(target)


def _task_table(plans: Sequence[Plan]) -> ResultTable:
    """Return a row for each task; of several plans each row names its document first."""
    from mskg.query import ResultTable

    rows = [(plan.source, *_task_row(task)) for plan in plans for task in plan.tasks]
    columns = _COLUMNS
    if len(plans) == 1:
        rows = [row[1:] for row in rows]
        columns = {key: title for key, title in _COLUMNS.items() if key != "document"}
    return ResultTable(tuple(columns), tuple(rows), tuple(columns.values()))


def _task_row(task: Task) -> tuple[str, ...]:
    chief = [d.name for d in task.departments if d.role in {"lead", "responsible"}]
    others = [d.name for d in task.departments if d.role not in {"lead", "responsible"}]
    targets = [
        f"{entry.name} {_COMPARED.get(entry.op, '')}{entry.value:f}{entry.unit}"
        for item in task.items
        for entry in item.indicators
    ]
    dues = {str(m.due or m.recurrence) for item in task.items for m in item.milestones}
    cells = ("、".join(chief), "、".join(others), "；".join(targets), "\n".join(sorted(dues)))
    return (task.path, task.title, *cells)


_COMPARED = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "约"}
_COLUMNS = {
    "document": "文件",
    "number": "序号",
    "task": "任务",
    "inCharge": "牵头/责任",
    "with": "配合",
    "targets": "指标",
    "deadlines": "时限",
}
