"""``mskg demo``: the whole path on the bundled plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.language import t

HELP = t("用自带的五份真实计划走一遍全程：读、查、存、问、画。", "The whole path on five real plans: read, check, store, ask, draw.")
EXAMPLES = t(
    "mskg demo                  结果写在 ./mskg-demo\n",
    "mskg demo                  results in ./mskg-demo\n",
)


def command(
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help=t("结果文件夹", "folder of the results")),
    ] = Path("mskg-demo"),
) -> None:
    """Run everything and say where each result lies."""
