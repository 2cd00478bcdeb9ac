"""Lines of a stretch of text, printed and folded, without white space and Markdown marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.text import FoldedText

__all__ = ["Line", "lines_of"]


class Line(NamedTuple):
    """A line that is not blank; ``begin`` and ``end`` are document offsets."""

    text: str
    folded: str
    begin: int
    end: int


# Where lines ended in a text that was pasted without its line breaks.
_SEAM = re.compile(r"(?<=的通知)|(?<=[。:：])|(?<=\d号)(?=各)|(?<=\d日)(?=20\d\d年|各)")
_PASTED = 200  # characters of a line that is no title and no signature


def lines_of(folded: FoldedText, begin: int, end: int) -> list[Line]:
    """Return the lines of ``[begin, end)`` that are not blank."""
    found = []
    at = begin
    for line in _split(folded.text[begin:end]):
        bare = line.strip(" \t\u3000\xa0\r\n#*|").strip()
        if bare:
            left = at + line.index(bare)
            view = folded.view(left, left + len(bare))
            found.append(Line(view.text, view.folded, *view.range(0, len(view))))
        at += len(line)
    return found


def _split(text: str) -> Iterator[str]:
    """Yield the lines of `text` with their ends, a line without end cut at its seams."""
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        yield from _SEAM.split(line) if len(line) > _PASTED else (line,)
