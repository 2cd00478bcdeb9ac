"""Lines on stderr and exit codes that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.cli.console import note
from mskg.cli.language import language, t

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.errors import MskgError
    from mskg.model import Issue
    from mskg.pipeline import Reading

__all__ = ["errors_of", "note_issues", "show_errors", "worst_exit_code"]


def errors_of(readings: Iterable[Reading]) -> list[MskgError]:
    """Return the errors of `readings`, in order."""
    return [reading.error for reading in readings if reading.error is not None]


def show_errors(errors: Iterable[MskgError]) -> None:
    """Say each error in one line on stderr."""
    for error in errors:
        note(t("错误：", "error: ") + error.line(language()))


def worst_exit_code(errors: Iterable[MskgError]) -> int:
    """Return the highest exit code of `errors`, 0 without any."""
    return max((error.exit_code for error in errors), default=0)


def note_issues(source: str, issues: Iterable[Issue]) -> None:
    """Say each issue of the document `source` in one line on stderr."""
    for issue in issues:
        text = t(issue.message, issue.message_en or issue.message)
        note(f"{source}: {issue.severity}: {text}")
