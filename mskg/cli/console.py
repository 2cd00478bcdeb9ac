"""Streams of the command line: results on stdout, everything else on stderr, never a crash.

A pipe or a file gets UTF-8. A terminal keeps its own encoding, and so does a stream whose
encoding the user fixed with PYTHONIOENCODING; what it can't show is replaced.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from mskg.pipeline import Advance

__all__ = [
    "INTERRUPTED",
    "note",
    "prepare_streams",
    "progress_bar",
    "results",
    "silence_stdout",
    "write_text",
]

INTERRUPTED = 130  # exit code, as shells have it
_PIPE_WIDTH = 120


def prepare_streams() -> None:
    """Set encodings and error handling of stdout and stderr once, at the start."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        fixed = stream.isatty() or os.environ.get("PYTHONIOENCODING")
        encoding = stream.encoding if fixed else "utf-8"
        stream.reconfigure(encoding=encoding, errors="replace")


def silence_stdout() -> None:
    """Point stdout nowhere, so that a reader who has left causes no second error at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_text(text: str) -> None:
    """Write `text` to stdout as it is, with a line break at its end."""
    sys.stdout.write(text if not text or text.endswith("\n") else text + "\n")


def note(text: str) -> None:
    """Write one line of `text` to stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


@cache
def results() -> Console:
    """Return the rich console on stdout, as wide as the terminal or 120 columns in a pipe."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPE_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Advance]:
    """Yield a function to call with the name of each finished part, or of each finished page.

    A bar is drawn on stderr where that is a terminal and there is more than one part or page.
    """
    from mskg.pipeline import ignore

    if not sys.stderr.isatty():
        yield ignore
        return
    with ExitStack() as stack:
        yield _Bars(label, total, stack)


class _Bars:
    """A bar for the files, and one for each scan under way; drawn from the first need on."""

    def __init__(self, label: str, total: int, stack: ExitStack) -> None:
        self._label, self._total, self._stack = label, total, stack
        self._scans: dict[str, TaskID] = {}

    def __call__(self, name: str, page: int = 0, pages: int = 0) -> None:
        progress, files = self._drawn
        if pages:
            if name not in self._scans:
                self._scans[name] = progress.add_task(f"{self._label} {name}", total=pages)
            progress.update(self._scans[name], completed=page, total=pages)
            return
        if name in self._scans:
            progress.remove_task(self._scans.pop(name))
        progress.update(files, advance=1, description=f"{self._label} {name}")

    @cached_property
    def _drawn(self) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._stack.enter_context(progress)
        return progress, progress.add_task(self._label, total=self._total, visible=self._total > 1)
