"""Views: stretches of a document without line breaks and spaces, with the way back.

Rules match on ``folded``; names are cut from ``text`` (as printed); ``origin`` leads back
to document offsets. All three have the same length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FoldedText", "View", "last_of"]

_RUN = re.compile(r"\S+")


class View:
    """A stretch of a document: printed text, folded text and document offsets.

    ``origin[i]`` is the document offset of character ``i``. White space is left out, except
    one space where it separates two ASCII characters (``10 20``, ``B 超 A`` keeps none).
    """

    __slots__ = ("folded", "origin", "text")

    def __init__(self, text: str, folded: str, origin: Sequence[int]) -> None:
        self.text = text
        self.folded = folded
        self.origin = origin

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, begin: int, end: int) -> View:
        """Return the part from `begin` up to `end` (offsets in this view)."""
        return View(self.text[begin:end], self.folded[begin:end], self.origin[begin:end])

    def range(self, begin: int, end: int) -> tuple[int, int]:
        """Return the document offsets of the characters from `begin` up to `end`."""
        return self.origin[begin], self.origin[end - 1] + 1


class FoldedText:
    """A document text with its folded form, from which views are cut."""

    __slots__ = ("_views", "folded", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self._views: dict[tuple[int, int], View] = {}

    def view(self, begin: int = 0, end: int | None = None) -> View:
        """Return the view of the document from `begin` up to `end`; views are never changed."""
        place = (begin, len(self.text) if end is None else end)
        # Several readers look at the same stretch: deadlines, duties, numbers.
        if place not in self._views:
            if len(self._views) >= _KEPT:
                self._views.clear()
            self._views[place] = self._view(*place)
        return self._views[place]

    def _view(self, begin: int, stop: int) -> View:
        whole = _RUN.match(self.text, begin, stop)
        if whole and whole.end() == stop:  # as most stretches are: one run, with nothing left out
            return View(whole.group(), self.folded[begin:stop], range(begin, stop))
        text: list[str] = []
        folded: list[str] = []
        origin: list[int] = []
        last = ""
        for run in _RUN.finditer(self.text, begin, stop):
            start, finish = run.span()
            piece = run.group()
            if last and last.isascii() and piece[0].isascii() and last.isalnum():
                text.append(" ")
                folded.append(" ")
                origin.append(start - 1)
            text.append(piece)
            folded.append(self.folded[start:finish])
            origin.extend(range(start, finish))
            last = piece[-1]
        return View("".join(text), "".join(folded), origin)

    def printed(self, begin: int, end: int) -> str:
        """Return the text as printed, without line breaks and spaces between Han characters."""
        return _INNER.sub(_tidy, self.text[begin:end].strip())


def last_of(text: str, signs: str, begin: int, end: int) -> int:
    """Return where the last of `signs` stands in ``text[begin:end]``, -1 where none does."""
    found = -1
    for sign in signs:  # a plain loop: asked of every number; each look is behind the last find
        at = text.rfind(sign, begin, end)
        if at >= 0:
            found, begin = at, at + 1
    return found


_KEPT = 64  # views of one document at a time; one of a long text takes much room
_INNER = re.compile(r"(.?)(\s+)(?=(.))", re.DOTALL)


def _tidy(match: re.Match[str]) -> str:
    before, space, after = match.groups()
    wide = ord(before or " ") > 0x2000 and ord(after) > 0x2000
    if wide or "\n" in space:
        joint = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        return f"{before} " if joint else before
    return f"{before} "
