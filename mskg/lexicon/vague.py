"""Words that make a promise vague (``vague.csv``)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mskg.lexicon.tables import read_table
from mskg.text import any_word

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_vague"]

_SAME = "…"  # 应…尽… is 应筛尽筛 and 应保尽保: the same character twice


def find_vague(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield begin, end and kind of each vague word of a folded `text`; the longest word wins."""
    pattern, kinds = _compiled()
    for match in pattern.finditer(text):
        begin, end = match.span()
        if not text.startswith("第", begin - 1, begin):  # 第一批 is a count
            yield begin, end, kinds[match.lastgroup or match.group()]


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all words, and the kind of each word or of the group it stands in."""
    kinds, behind = {}, {}
    for number, row in enumerate(read_table("vague")):
        first, same, second = row["word"].partition(_SAME)
        if same:
            rest = re.escape(second.removesuffix(_SAME))
            behind[first] = rf"(?P<w{number}>[\u4e00-\u9fff]){rest}(?P=w{number})"
        kinds[f"w{number}" if same else first] = row["kind"]
    words = [word for word in kinds if not word.startswith("w")]
    return re.compile(any_word([*words, *behind], behind=behind)), kinds
