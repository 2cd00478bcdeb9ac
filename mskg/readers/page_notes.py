"""Footnotes of a page: the raised numbers in the text and the notes below it."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

from mskg.readers.page_chars import letter_rows, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.readers.page_chars import Letter
    from mskg.readers.page_lines import Line

__all__ = ["footnotes"]

_RAISED = 0.75  # of the size of its line: the size of a raised number, at most
_ABOVE = 0.2  # of the size of its line by which it stands above the others
_SMALL = 0.9  # of the size of the text: the size of notes, at most
_FAR = 2.5  # letters of white above notes in print as large as the text
_REFERENCE = re.compile(r"[\[〔]?(\d{1,2})[\]〕]?|([①-⑳])")


def footnotes(letters: Sequence[Letter], page: int) -> tuple[list[Letter], list[Line]]:
    """Return the letters of notes and of the numbers that refer to them, and the notes as lines.

    A raised number refers to a note only where print apart from the text begins with it.
    """
    shown = [c for c in letters if c["text"].strip()]
    if not shown:
        return [], []
    size = median(c["size"] for c in shown)
    rows = letter_rows(shown)
    apart = [_is_apart(rows, n, size) for n in range(len(rows))]
    raised = [(c, row) for row in rows for c in _raised(row)]
    numbers = {c["text"] for c, row in raised}
    first = next((n for n, row in enumerate(rows) if apart[n] and _number(row) in numbers), None)
    if first is None:
        return [], []
    notes = [c for row in rows[first:] if not _is_page_number(row) for c in row]
    held = set(map(id, notes))
    wanted = {_number(row) for row in rows[first:]}
    references = [c for c, _ in raised if c["text"] in wanted and id(c) not in held]
    return [*references, *notes], lines_of(notes, page)


def _is_apart(rows: Sequence[Sequence[Letter]], number: int, size: float) -> bool:
    """Tell whether a row begins the notes: smaller print from here on, or far below the text."""
    rest = [c["size"] for row in rows[number:] if not _is_page_number(row) for c in row]
    if rest and max(rest) <= _SMALL * size:
        return True
    above = max((c["bottom"] for row in rows[:number] for c in row), default=0.0)
    return bool(number and min(c["top"] for c in rows[number]) - above > _FAR * size)


def _raised(row: Sequence[Letter]) -> list[Letter]:
    size = median(c["size"] for c in row)
    foot = median(c["bottom"] for c in row)
    ordered = sorted(row, key=lambda c: c["x0"])
    return [
        c
        for before, c in zip([None, *ordered], ordered, strict=False)
        if _REFERENCE.fullmatch(c["text"])
        and c["size"] <= _RAISED * size
        and foot - c["bottom"] > _ABOVE * size
        and not (before is not None and before["text"].isascii() and before["text"].isalpha())
    ]


def _number(row: Sequence[Letter]) -> str:
    text = "".join(c["text"] for c in sorted(row, key=lambda c: c["x0"]))
    match = _REFERENCE.match(text)
    return (match[1] or match[2]) if match else ""


def _is_page_number(row: Sequence[Letter]) -> bool:
    text = "".join(c["text"] for c in sorted(row, key=lambda c: c["x0"]))
    return re.fullmatch(r"\W*(?:第)?\d{1,4}(?:页)?(?:\W*共?\d{1,4}页?)?\W*", text) is not None
