"""Pages put together: paragraphs and tables that run on over page breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import mode
from typing import TYPE_CHECKING, TypeAlias

from mskg.readers.page_furniture import without_furniture
from mskg.readers.page_lines import Frame, Line, join_text, paragraphs
from mskg.readers.page_tables import PageTable, finished, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.readers.composing import Composer

__all__ = ["Page", "compose_pages", "open_columns"]

_FEWEST_ENDS = 5
_FOOT = 2  # lines below a table that goes on: footer and page number
_ALIKE = 0.6
_TEXT_WIDTH = 0.8  # share of the page where text ends at the earliest


@dataclass(slots=True)
class Page:
    """A page: its number, its size in points, its lines, its tables, and the notes below."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)


def open_columns(page: Page) -> tuple[float, ...]:
    """Return the column edges of the table without rules at the foot of a page, else nothing."""
    last = page.tables[-1] if page.tables else None
    if last is None or sum(line.top > last.bottom for line in page.lines) > _FOOT:
        return ()
    return last.columns


_Part: TypeAlias = "list[Line] | PageTable"


def compose_pages(pages: Sequence[Page], composer: Composer) -> None:
    """Add paragraphs and tables of all pages to `composer`, in reading order."""
    kept, dropped = without_furniture([page.lines for page in pages], [p.height for p in pages])
    if dropped:
        composer.note(f"去掉了页眉页脚 {dropped} 行")
    fullest = max(zip(kept, pages, strict=True), key=lambda pair: len(pair[0]), default=None)
    width = fullest[1].width if fullest else 0.0
    whole = [[line for line in page if not line.column] for page in kept]
    columned = [[line for line in page if line.column] for page in kept]
    frames = _frame(whole, width), _frame(columned, 0.0)
    for part in _parts(pages, kept):
        if isinstance(part, PageTable):
            composer.content([finished(part)], page=part.page)
            continue
        for group in paragraphs(part, frames[part[0].column > 0]):
            line = 1 + sum(other.order < group[0].order for other in kept[group[0].page - 1])
            composer.paragraph(join_text(group), page=group[0].page, line=line)
    for page in pages:  # notes follow the text, as in a text document
        for group in paragraphs(page.notes, Frame.around(page.notes)):
            composer.paragraph(join_text(group), page=page.number)


def _parts(pages: Sequence[Page], kept: Sequence[list[Line]]) -> list[_Part]:
    """Return runs of lines and tables; what a page break parted is one part again."""
    parts: list[_Part] = []
    for page, lines in zip(pages, kept, strict=True):
        elements: list[Line | PageTable] = sorted([*lines, *page.tables], key=_order)
        for element in elements:
            last = parts[-1] if parts else None
            if isinstance(element, Line):
                if isinstance(last, list) and (last[-1].column > 0) == (element.column > 0):
                    last.append(element)
                else:
                    parts.append([element])
            elif not (
                isinstance(last, PageTable)
                and last.page == page.number - 1
                and joined(last, element)
            ):
                parts.append(element)
    return parts


def _order(element: Line | PageTable) -> tuple[float, int, float]:
    return element.order


def _frame(pages: Sequence[Sequence[Line]], width: float) -> Frame:
    """Return the edges of the text: lines that stick out once are not the measure.

    Where all lines are short, such as titles, the margins are taken to be alike.
    """
    lines = [line for page in pages for line in page]
    lefts = sorted(line.x0 for line in lines)
    rights = sorted(line.x1 for line in lines)
    if not lines:
        return Frame(0.0, 0.0)
    spare = len(lines) // 50
    likely = min(width - lefts[spare], _TEXT_WIDTH * width)
    return Frame(
        lefts[spare], max(rights[-1 - spare], likely), even=_even(lines, rights[-1 - spare])
    )


def _even(lines: Sequence[Line], right: float) -> float | None:
    """Return the edge at which most full lines end alike, None where the text is ragged."""
    ends = [line.x1 for line in lines if line.x1 > right - 1.5 * line.size]
    if len(ends) < _FEWEST_ENDS:
        return None
    edge = mode(round(end) for end in ends)
    alike = sum(abs(end - edge) <= 1 for end in ends)
    return float(edge) if alike >= _ALIKE * len(ends) else None
