"""Lines of a stretch of text, printed and folded, without white space and Markdown marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mskg.text import FoldedText

__all__ = ["Line", "lines_of"]


class Line(NamedTuple):
    """A line that is not blank; ``begin`` and ``end`` are document offsets."""

    text: str
    folded: str
    begin: int
    end: int


def lines_of(folded: FoldedText, begin: int, end: int) -> list[Line]:
    """Return the lines of ``[begin, end)`` that are not blank."""
    found = []
    at = begin
    for line in folded.text[begin:end].split("\n"):
        bare = line.strip(" \t\u3000\xa0\r#*|").strip()
        if bare:
            left = at + line.index(bare)
            view = folded.view(left, left + len(bare))
            found.append(Line(view.text, view.folded, *view.range(0, len(view))))
        at += len(line) + 1
    return found
