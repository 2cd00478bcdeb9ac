"""``mskg export``: everything in the store, for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from mskg.cli.console import write_text
from mskg.cli.language import t
from mskg.cli.options import Names, Store
from mskg.cli.output import write_file, written
from mskg.cli.stores import chosen_store
from mskg.errors import InputError

if TYPE_CHECKING:
    from mskg.store import DumpFormat

HELP = t(
    "导出数据库的全部内容，供其他 RDF 软件使用。\n"
    "内容排好序，同样的内容每次导出的文件一个字节也不差。个人姓名和电话默认不导出，\n"
    "在原文里换成 □。\n"
    "jsonld 把每份计划写成一棵树，便于网页和程序使用。",
    "Write everything in the store as RDF, for other programs.\n"
    "The output is sorted: equal content gives equal bytes. Names and telephone numbers of\n"
    "persons are left out, and are □ in quoted text.\n"
    "jsonld writes each plan as a tree, for web pages and programs.",
)
EXAMPLES = t(
    "mskg export --format trig > 全部.trig    打印成 TriG\n"
    "mskg export --out 全部.nq                写成 N-Quads 文件\n",
    "mskg export --format trig > all.trig     print as TriG\n"
    "mskg export --out all.nq                 write N-Quads\n",
)


class ExportForm(StrEnum):
    """The RDF format of the export."""

    trig = "trig"
    nq = "nq"
    jsonld = "jsonld"


def command(
    store: Store = None,
    form: Annotated[
        ExportForm | None,
        typer.Option(
            "--format",
            metavar="trig|nq|jsonld",
            help=t(
                "RDF 格式；默认看 --out 的后缀，否则 trig",
                "RDF format; default by --out, else trig",
            ),
        ),
    ] = None,
    names: Names = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help=t("写入文件：.trig .nq .jsonld", "write to .trig, .nq or .jsonld"),
        ),
    ] = None,
) -> None:
    """Print or write the whole store."""
    from mskg.export import dump_jsonld, dump_store

    chosen = _form(form, out)
    with chosen_store(store) as opened:
        if chosen == "jsonld":
            pieces = dump_jsonld(opened, names=names)
        else:
            pieces = dump_store(opened, chosen, names=names)
        if out is None:
            for piece in pieces:
                write_text(piece)
        else:
            write_file(out, "".join(pieces))
            written(out)


def _form(form: ExportForm | None, out: Path | None) -> DumpFormat | Literal["jsonld"]:
    name = form.value if form else (out.suffix.removeprefix(".") if out else "trig")
    if name == "trig":
        return "trig"
    if name == "nq":
        return "nq"
    if name == "jsonld":
        return "jsonld"
    raise InputError(
        f"{out}: can't tell the format from this suffix",
        hint="use .trig, .nq or .jsonld, or --format",
        zh=f"{out}：看不出这个后缀是什么格式（可用 .trig、.nq、.jsonld，或用 --format 指明）",
    )
