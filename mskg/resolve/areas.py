"""Policy areas of a task by its words; a task without any keyword has none."""

from __future__ import annotations

import re
from functools import cache

from mskg.lexicon.areas import areas
from mskg.text import any_word

__all__ = ["find_areas"]

# A keyword of the title tells the subject; one of the text may be a detail.
_TITLE_WEIGHT = 3
_ENOUGH = 2
# A word said over and over tells no more than one said twice.
_REPEATED = 2


def find_areas(title: str, text: str = "") -> tuple[str, ...]:
    """Return the ids of the policy areas of a task, the clearest first.

    Parameters
    ----------
    title, text:
        Folded title and text of the task.
    """
    keywords = _keywords()
    scores: dict[str, int] = {}
    for source, weight in ((title, _TITLE_WEIGHT), (text, 1)):
        found = _pattern().findall(source)
        for word in set(found):
            for area in keywords[word]:
                scores[area] = scores.get(area, 0) + weight * min(found.count(word), _REPEATED)
    if not scores:
        return ()
    top = max(scores.values())
    least = max(_ENOUGH, top / 2)
    kept = [(area, score) for area, score in scores.items() if score >= least]
    return tuple(area for area, _ in sorted(kept, key=lambda entry: (-entry[1], entry[0])))


@cache
def _keywords() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for area in areas().values():
        for word in area.keywords:
            found[word] = (*found.get(word, ()), area.id)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(any_word(_keywords()))
