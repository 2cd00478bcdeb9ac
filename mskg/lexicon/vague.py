"""Words that make a promise vague (``vague.csv``)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mskg.lexicon.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_vague"]

_SAME = "…"  # 应…尽… is 应筛尽筛 and 应保尽保: the same character twice


def find_vague(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield begin, end and kind of each vague word of a folded `text`; the longest word wins."""
    pattern, kinds = _compiled()
    for match in pattern.finditer(text):
        yield match.start(), match.end(), kinds[match.lastgroup or ""]


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = sorted(read_table("vague"), key=lambda row: (-len(row["word"]), row["word"]))
    kinds = {f"w{number}": row["kind"] for number, row in enumerate(rows)}
    # The last group to close is the outer one, which names the word.
    words = [
        f"(?P<w{number}>{_expression(row['word'], number)})" for number, row in enumerate(rows)
    ]
    # Most places of a text begin no word, which one look at the first character tells.
    first = "".join(sorted({row["word"][0] for row in rows}))
    # 第一批 is a count.
    return re.compile(f"(?=[{first}])(?<!第)(?:{'|'.join(words)})"), kinds


def _expression(word: str, number: int) -> str:
    if _SAME not in word:
        return re.escape(word)
    first, second, _ = (re.escape(part) for part in word.split(_SAME))
    return rf"{first}(?P<s{number}>[\u4e00-\u9fff]){second}(?P=s{number})"
