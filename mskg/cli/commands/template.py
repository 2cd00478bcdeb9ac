"""``mskg template``: a sheet to fill in, read back as a plan by every command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.console import note
from mskg.cli.language import language, t
from mskg.cli.output import write_file, written
from mskg.errors import InputError

HELP = t(
    "写一张填报模板（.xlsx）：格子带类型和检查，有例子行和说明，Excel、WPS、LibreOffice 都能填。\n"
    "填好的表就是一份计划：extract、validate、build 都能直接读。",
    "Write a sheet to fill in (.xlsx): typed and checked cells, an example row, notes; for Excel,"
    " WPS, LibreOffice.\n"
    "The filled sheet is a plan: extract, validate and build read it as it is.",
)
EXAMPLES = t(
    "mskg template                          写出 民生实事填报表.xlsx\n"
    "mskg template --out 县局.xlsx          写到别处\n"
    "mskg validate 民生实事填报表.xlsx      填好后检查\n",
    "mskg template                          writes plan-template.xlsx\n"
    "mskg template --out county.xlsx        somewhere else\n"
    "mskg validate plan-template.xlsx       once it is filled in\n",
)


def command(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.xlsx", help=t("写到哪里", "where to write it")),
    ] = None,
    rows: Annotated[
        int, typer.Option("--rows", metavar="N", min=1, max=5000, help=t("可填的行数", "rows"))
    ] = 200,
    force: Annotated[
        bool, typer.Option("--force", help=t("覆盖已有的文件", "write over an existing file"))
    ] = False,
) -> None:
    """Write the template."""
    from mskg.export import template_workbook

    path = out or Path(t("民生实事填报表.xlsx", "plan-template.xlsx"))
    if path.suffix.lower() != ".xlsx":
        raise InputError(
            f"{path}: the template is an .xlsx workbook",
            hint="end the name in .xlsx",
            zh=f"{path}：模板是 .xlsx 文件（请把后缀写成 .xlsx）",
        )
    if path.exists() and not force:
        raise InputError(
            f"{path}: is there already and may be filled in",
            hint="choose another name with --out, or add --force",
            zh=f"{path}：已经有这个文件，可能已填过（用 --out 换个名字，或加 --force 覆盖）",
        )
    write_file(path, template_workbook(language(), rows=rows))
    written(path)
    note(t(f"填好后检查：mskg validate {path}", f"once filled in: mskg validate {path}"))
