"""``mskg ontology``: the ontology as files to publish."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.language import t
from mskg.cli.output import written

HELP = t(
    "写出本体：类和属性、概念表、地区、与其他词表的对应。\n"
    "概念表和地区由 data/vocabulary 的表生成，每次生成的文件一个字节也不差。",
    "Write the ontology: classes and properties, concept schemes, regions, mappings.\n"
    "Schemes and regions are made from the tables of data/vocabulary, the same bytes every time.",
)
EXAMPLES = t(
    "mskg ontology build --out 本体/        本体的全部文件\n",
    "mskg ontology build --out ontology/    all files of the ontology\n",
)


class Action(StrEnum):
    """What to make."""

    build = "build"


def command(
    action: Annotated[  # noqa: ARG001 one action so far
        Action,
        typer.Argument(
            metavar="build", help=t("build 写出本体的全部文件", "build: all files of the ontology")
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=t("写到哪个文件夹", "folder to write to"))
    ],
) -> None:
    """Write the files of the ontology."""
    from mskg.export import write_ontology

    write_ontology(out)
    written(out)
