"""``mskg ontology``: the ontology as files to publish."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.language import t
from mskg.cli.output import written

HELP = t(
    "写出本体（build）或介绍本体的网页（docs）。\n"
    "本体有类和属性、概念表、地区、与其他词表的对应；网页有核心图、每个术语、每个概念表、用户的问题。\n"
    "概念表和地区由 data/vocabulary 的表生成，每次生成的文件一个字节也不差。",
    "Write the ontology (build), or the pages about it (docs).\n"
    "The ontology: classes and properties, concept schemes, regions, mappings. The pages: a diagram"
    " of the core, every term, every scheme, the questions of users.\n"
    "Schemes and regions are made from the tables of data/vocabulary, the same bytes every time.",
)
EXAMPLES = t(
    "mskg ontology docs --out 网页/         网页，从 index.html 看起\n"
    "mskg ontology build --out 本体/        本体的全部文件\n",
    "mskg ontology docs --out pages/        the pages; begin at index.html\n"
    "mskg ontology build --out ontology/    all files of the ontology\n",
)


class Action(StrEnum):
    """What to make."""

    build = "build"
    docs = "docs"


def command(
    action: Annotated[
        Action,
        typer.Argument(
            metavar="build|docs",
            help=t(
                "build 写出本体的全部文件，docs 写出网页",
                "build: all files of the ontology; docs: the pages about it",
            ),
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=t("写到哪个文件夹", "folder to write to"))
    ],
) -> None:
    """Write the files of the ontology, or the pages about it."""
    from mskg.export import write_ontology, write_site

    if action is Action.docs:
        write_site(out)
        written(out / "index.html")
    else:
        write_ontology(out)
        written(out)
