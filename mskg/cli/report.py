"""Lines on stderr and exit codes that several commands share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mskg.cli.console import note, progress_bar
from mskg.cli.language import language, t

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mskg.errors import MskgError
    from mskg.model import Issue, Plan
    from mskg.pipeline import Reading
    from mskg.resolve import Corrections

__all__ = [
    "errors_of",
    "note_issues",
    "note_strangers",
    "read_all",
    "show_errors",
    "worst_exit_code",
]


def read_all(
    paths: Sequence[Path], *, region: str, corrections: Corrections | None
) -> tuple[list[tuple[Path, Plan]], list[MskgError]]:
    """Read `paths` on all cores with a progress bar; show the errors, return them and the plans."""
    from mskg.pipeline import read_many

    with progress_bar(t("读取", "reading"), len(paths)) as advance:
        readings = read_many(
            paths,
            region=region,
            corrections=corrections,
            workers=os.cpu_count() or 1,
            advance=advance,
        )
    errors = errors_of(readings)
    show_errors(errors)
    note_strangers(corrections, {r.plan.document.key for r in readings if r.plan is not None})
    return [(r.source, r.plan) for r in readings if r.plan is not None], errors


def note_strangers(corrections: Corrections | None, keys: set[str]) -> None:
    """Say which corrections are for none of the documents `keys`: a key may be mistyped."""
    strange = sorted(set(corrections.documents) - keys) if corrections is not None else []
    if not strange or not keys:
        return
    from difflib import get_close_matches

    shown = t("、", ", ").join(strange[:3]) + (" …" if len(strange) > 3 else "")
    near = get_close_matches(strange[0], keys, 1, 0.8)
    hint = t(f"；是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ""
    note(
        t(
            f"提示：更正表里有 {len(strange)} 个文件编号不在这次所读的文件里：{shown}{hint}",
            f"note: {len(strange)} keys of the corrections are none of the documents read:"
            f" {shown}{hint}",
        )
    )


def errors_of(readings: Iterable[Reading]) -> list[MskgError]:
    """Return the errors of `readings`, in order."""
    return [reading.error for reading in readings if reading.error is not None]


def show_errors(errors: Iterable[MskgError]) -> None:
    """Say each error in one line on stderr; below it the place in a query, where there is one."""
    for error in errors:
        note(t("错误：", "error: ") + error.line(language()))
        if excerpt := getattr(error, "excerpt", ""):
            note(excerpt)


def worst_exit_code(errors: Iterable[MskgError]) -> int:
    """Return the highest exit code of `errors`, 0 without any."""
    return max((error.exit_code for error in errors), default=0)


def note_issues(source: str, issues: Sequence[Issue]) -> None:
    """Say each issue of the document `source` in one line on stderr, all vague words in one."""
    from mskg.model import severity_word

    vague = list(dict.fromkeys(i.span.quote for i in issues if i.code == "vague" and i.span))
    if vague:
        shown = t("、", ", ").join(vague[:5]) + (" …" if len(vague) > 5 else "")
        text = t(f"措辞含糊：{shown}（--explain 看出处）", f"vague words: {shown} (see --explain)")
        note(f"{source}: {severity_word('info', language())}: {text}")
    for issue in (issue for issue in issues if issue.code != "vague"):
        text = t(issue.message, issue.message_en or issue.message)
        note(f"{source}: {severity_word(issue.severity, language())}: {text}")
