"""Lines of a stretch of text, printed and folded, without white space and Markdown marks."""

from __future__ import annotations

import re
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
    for match in re.finditer(r"[^\n]*[^\s#*][^\n]*", folded.text[begin:end]):
        left, right = begin + match.start(), begin + match.end()
        view = folded.view(left, right)
        lead = len(view.text) - len(view.text.lstrip("#*"))
        view = view.cut(lead, len(view.text.rstrip("*#")))
        if len(view):
            found.append(Line(view.text, view.folded, *view.range(0, len(view))))
    return found
