"""How many tasks the prose around the list says there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.lexicon.counts import list_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mskg.model import Span
    from mskg.model.outline import Stretch
    from mskg.text import FoldedText

__all__ = ["declared_count"]


def declared_count(
    folded: FoldedText,
    prose: Sequence[Stretch],
    year: int | None,
    span: Callable[[int, int], Span],
) -> tuple[int | None, Span | None]:
    """Return how many tasks the prose says there are in `year`, and where it says so.

    What is over counts only where nothing else is said, as in a report at the end of the year.
    """
    found = []
    for place in prose:
        view = folded.view(place.begin, place.end)
        for count in list_counts(view.folded, year):
            at = view.range(count.begin, count.end)
            found.append((count.over, count.rank, at, count.number))
    if not found:
        return None, None
    # The surest way to say it, then the first place where it is said.
    _, _, at, number = min(found)
    return number, span(*at)
