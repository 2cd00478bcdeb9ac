"""The steps of long work on the ledger, as a bar on stderr."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mskg.cli.console import progress_bar
from mskg.cli.language import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.ledger.words import Tell

__all__ = ["steps"]

_STEPS = {
    "rows": ("计划的行", "rows of the plans"),
    "reports": ("已报数据", "reported values"),
    "standings": ("进度", "standings"),
    "layout": ("内容", "content"),
    "file": ("文件", "file"),
}


@contextmanager
def steps(label: str, count: int) -> Iterator[Tell]:
    """Yield what shows each of `count` steps on stderr as it begins, where that is a terminal."""
    with progress_bar(label, count) as advance:
        yield lambda step: advance(t(*_STEPS[step]))
