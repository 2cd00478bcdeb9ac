"""``mskg dump``: a backup of the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.console import note, progress_bar, write_text
from mskg.cli.language import t
from mskg.cli.options import DumpForm, Store
from mskg.cli.output import written
from mskg.cli.stores import chosen_store

if TYPE_CHECKING:
    from mskg.store import DumpFormat

HELP = t(
    "备份：把数据库的全部内容写成一个文件，用 mskg load 可以装回去，本机、服务器都行。\n"
    "内容排好序，同样的内容每次写出的文件一个字节也不差。备份包括个人姓名和电话等全部内容；"
    "要公开的数据请用 mskg export。",
    "Back up: write everything in the store to one file, which mskg load takes back, here or on a"
    " server.\n"
    "The content is sorted: equal content gives equal bytes. A backup holds all there is, names and"
    " telephone numbers of persons too; use mskg export for data to be published.",
)
EXAMPLES = t(
    "mskg dump --out 备份.nq.zst              写成压缩的 N-Quads\n"
    "mskg dump --out 备份.trig.gz             写成压缩的 TriG，人也能看\n"
    "mskg dump --store https://… | gzip > 备份.nq.gz\n",
    "mskg dump --out backup.nq.zst            compressed N-Quads\n"
    "mskg dump --out backup.trig.gz           compressed TriG, which people can read\n"
    "mskg dump --store https://… | gzip > backup.nq.gz\n",
)


def command(
    store: Store = None,
    form: Annotated[
        DumpForm | None,
        typer.Option(
            "--format",
            metavar="nq|trig",
            help=t("不写文件时的格式，默认 nq", "format where no file is written; nq by default"),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help=t(
                "写入文件：.nq 或 .trig，后面可加 .gz 或 .zst",
                "write to .nq or .trig, and .gz or .zst behind that",
            ),
        ),
    ] = None,
) -> None:
    """Print or write a backup of the whole store."""
    from mskg.store.base import own_graphs
    from mskg.store.dumping import dump_lines, write_dump
    from mskg.store.packing import dump_form

    if out is not None:
        dump_form(out)  # tells a wrong suffix before the store is read
    with chosen_store(store) as opened:
        graphs = len(own_graphs(opened))
        if out is None:
            chosen: DumpFormat = "trig" if form is DumpForm.trig else "nq"
            for piece in dump_lines(opened, chosen):
                write_text(piece)
            return
        with progress_bar(t("备份", "dumping"), graphs) as advance:
            write_dump(opened, out, advance)
    written(out)
    note(t(f"{graphs} 个图", f"{graphs} graphs"))
