"""Whether texts, organisations and tasks of two plan records mean the same.

These are the rules of the accuracy benchmark. Texts are compared without spaces, in one width of
punctuation and without punctuation at their ends.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["align_tasks", "amount", "fold", "fold_organisation", "name_overlap", "similarity"]

Record = dict[str, Any]

SAME_ORGANISATION = 0.85
SAME_TASK = 0.35
_HALF_WIDTH = str.maketrans("（），；：％", "(),;:%")


def fold(value: object) -> str:
    """Return `value` as text without spaces, in half width, without end punctuation."""
    text = re.sub(r"\s+", "", str(value or ""))
    return text.translate(_HALF_WIDTH).strip("。.,;:、")


def amount(value: object) -> float | None:
    """Return a number that can be compared, None where there is no value."""
    return None if value is None else round(float(str(value)), 6)


def similarity(left: object, right: object) -> float:
    """Return the share of characters in common, in order: 0 to 1, 0 for an empty text."""
    a, b = fold(left), fold(right)
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0


def name_overlap(left: str, right: str) -> float:
    """Return the characters in common, in any order, as a share of the shorter text."""
    common = sum((Counter(left) & Counter(right)).values())
    return common / max(1, min(len(left), len(right)))


def fold_organisation(name: object, known: Iterable[str]) -> str:
    """Return the organisation of `known` that `name` means, else the folded name.

    A place in front that only one of two names has makes no difference; nor does wording
    that is 85 % alike, because annotators expand abbreviations differently.
    """
    folded = fold(name)
    for candidate in known:
        long_enough = min(len(candidate), len(folded)) >= 3
        if long_enough and (candidate.endswith(folded) or folded.endswith(candidate)):
            return candidate
    best = max(known, key=lambda candidate: similarity(candidate, folded), default=None)
    return best if best and similarity(best, folded) >= SAME_ORGANISATION else folded


def _task_similarity(left: Record, right: Record) -> float:
    titles = similarity(left.get("title"), right.get("title"))
    return max(titles, similarity(_opening(left), _opening(right)))


def _opening(task: Record) -> str:
    body = "".join(item.get("text") or "" for item in task.get("items", []))
    return (task.get("title") or "") + body[:60]


def align_tasks(wanted: Sequence[Record], found: Sequence[Record]) -> list[tuple[int, int]]:
    """Return pairs of positions of tasks that are the same, in printed order.

    Of all pairings that keep the order, the one with the highest sum of similarities of
    title (or of title and the first 60 characters of text) is taken; pairs below 0.35 are none.
    """
    titles = [fold(task.get("title")) for task in wanted]
    if titles == [fold(task.get("title")) for task in found] and all(titles):
        return [(i, i) for i in range(len(titles))]  # each similarity is 1, no sum is higher
    like = [[_task_similarity(w, f) for f in found] for w in wanted]
    rows, columns = len(wanted), len(found)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            pair = like[i][j] + best[i + 1][j + 1] if like[i][j] >= SAME_TASK else -1.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        taken = like[i][j] + best[i + 1][j + 1]
        if like[i][j] >= SAME_TASK and abs(best[i][j] - taken) < 1e-9:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
