"""Lines on stderr and exit codes that several commands share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mskg.cli.console import note
from mskg.cli.language import language, t

if TYPE_CHECKING:
    from mskg.pipeline import Reading

__all__ = ["report_failures", "worst_exit_code"]


def report_failures(readings: Iterable[Reading]) -> None:
    """Say in one line each which files gave no plan, and why."""
    for reading in readings:
        if reading.error is not None:
            note(t("错误：", "error: ") + reading.error.line(language()))


def worst_exit_code(readings: Iterable[Reading]) -> int:
    """Return the highest exit code among the errors of `readings`, 0 without any."""
    return max((r.error.exit_code for r in readings if r.error is not None), default=0)
