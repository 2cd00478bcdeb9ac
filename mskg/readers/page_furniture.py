"""Running headers, footers and page numbers: what stands on many pages at the same height."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.readers.page_lines import Line

__all__ = ["without_furniture"]

_EDGE = 3  # lines at the top and bottom of a page that may be furniture
_MARGIN = 0.12  # share of the page height in which a bare number is a page number
_NUMBER = re.compile(r"\W*(?:第?\s*\d{1,4}\s*页?)(?:\W*共?\s*\d{1,4}\s*页?)?\W*")
_NOT_NUMBER = re.compile(r"[、.．（()）]")


def without_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], int]:
    """Return the lines of every page without furniture, and how many lines were dropped.

    A line is furniture where the same text, digits apart, stands at the edge of at least
    two pages and of a third of them at the same height; a bare number at the edge is a page number.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        seen.update({_key(line) for line in _edges(lines)})
    fewest = max(2, (len(pages) + 2) // 3)
    kept: list[list[Line]] = []
    dropped = 0
    for lines, height in zip(pages, heights, strict=True):
        edges = {id(line) for line in _edges(lines)}
        page = [
            line
            for line in lines
            if id(line) not in edges
            or not (seen[_key(line)] >= fewest or _is_page_number(line, height))
        ]
        dropped += len(lines) - len(page)
        kept.append(page)
    return kept, dropped


def _edges(lines: Sequence[Line]) -> list[Line]:
    ordered = sorted(lines, key=lambda line: line.top)
    return [*ordered[:_EDGE], *ordered[_EDGE:][-_EDGE:]]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", unspaced(line.text)), round(line.top / 6)


def _is_page_number(line: Line, height: float) -> bool:
    in_margin = line.bottom > height * (1 - _MARGIN) or line.top < height * _MARGIN
    text = line.text.strip()
    return in_margin and _NUMBER.fullmatch(text) is not None and not _NOT_NUMBER.search(text)
