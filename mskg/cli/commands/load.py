"""``mskg load``: a backup into a store."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.console import note, progress_bar
from mskg.cli.language import t
from mskg.cli.options import DumpForm, Store
from mskg.cli.stores import chosen_store
from mskg.errors import InputError

if TYPE_CHECKING:
    from mskg.store.loading import Onto

HELP = t(
    "把 mskg dump 写的备份装进数据库（也可以是其他软件导出的 N-Quads、TriG）。\n"
    "先检查整个文件，没有问题才装；本机的数据库要么全部装入，要么保持原样。"
    "数据库里已有内容时，须说明 --replace 还是 --add。",
    "Take a backup written by mskg dump into the store (or N-Quads and TriG of other programs).\n"
    "The whole file is checked first; a store in a folder then holds all of it, or is as it was."
    " A store that is not empty needs --replace or --add.",
)
EXAMPLES = t(
    "mskg load 备份.nq.zst --store 新库            装进一个新的数据库\n"
    "mskg load 备份.nq.zst --replace               用备份替换 ./mskg-store 的全部内容\n"
    "mskg load 邻县.nq.gz --add                    补进来，同名的图以文件为准\n"
    "mskg dump --store 本机库 | mskg load - --store https://…   搬到服务器\n",
    "mskg load backup.nq.zst --store new-store     into a new store\n"
    "mskg load backup.nq.zst --replace             in place of all that ./mskg-store holds\n"
    "mskg load neighbours.nq.gz --add              beside what is there; same graphs are replaced\n"
    "mskg dump --store here | mskg load - --store https://…    move to a server\n",
)


Backup = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help=t(
            "备份文件：.nq .trig，可压缩（.gz .zst）；- 表示标准输入",
            "the backup: .nq or .trig, also .gz or .zst; - is stdin",
        ),
    ),
]
Replace = Annotated[
    bool,
    typer.Option("--replace", help=t("替换数据库的全部内容", "replace all that the store holds")),
]
Add = Annotated[
    bool,
    typer.Option(
        "--add",
        help=t("保留备份里没有的图", "keep the graphs of the store that the backup has not"),
    ),
]
StdinForm = Annotated[
    DumpForm | None,
    typer.Option(
        "--format",
        metavar="nq|trig",
        help=t("标准输入的格式，默认 nq", "format of stdin; nq by default"),
    ),
]


def command(
    file: Backup,
    store: Store = None,
    replace: Replace = False,
    add: Add = False,
    form: StdinForm = None,
) -> None:
    """Check a backup and put it into the store."""
    from mskg.store.loading import check_dump, load_dump

    if replace and add:
        raise InputError(
            "--replace and --add exclude each other", zh="--replace 和 --add 只能用一个"
        )
    onto: Onto = "replace" if replace else "add" if add else "empty"
    with _on_disk(file, form or DumpForm.nq) as path:
        with progress_bar(t("检查", "checking"), 1) as advance:
            content = check_dump(path, advance)
        if not content.complete:
            note(
                t(
                    f"{file}：没有结尾标记，不是 mskg dump 写的，或者被截断了",
                    f"{file}: no end mark: not written by mskg dump, or cut off",
                )
            )
        with (
            chosen_store(store, write=True) as opened,
            progress_bar(t("装入", "loading"), len(content.graphs)) as advance,
        ):
            removed = load_dump(opened, path, content, onto=onto, advance=advance)
    count, graphs = content.statements, len(content.graphs)
    note(
        t(
            f"已装入 {graphs} 个图，{count} 条陈述；删去 {len(removed)} 个图",
            f"loaded {graphs} graphs, {count} statements; removed {len(removed)} graphs",
        )
    )


@contextmanager
def _on_disk(file: str, form: DumpForm) -> Iterator[Path]:
    """Yield the path of the backup: stdin is written to a file, for it is read twice."""
    if file != "-":
        yield Path(file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"-.{form.value}"
        with path.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield path
