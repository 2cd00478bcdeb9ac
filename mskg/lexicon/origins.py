"""Who set a task: the province, the city above, the people's congress, the place itself."""

from __future__ import annotations

import re
from functools import cache

from mskg.lexicon.tables import read_table
from mskg.text import any_word

__all__ = ["origins_in"]


def origins_in(text: str) -> tuple[str, ...]:
    """Return the ids of the sources of tasks (``origins.csv``) that folded `text` names, sorted."""
    return tuple(sorted({_words()[match.group()] for match in _pattern().finditer(text)}))


@cache
def _words() -> dict[str, str]:
    return {word: row["id"] for row in read_table("origins") for word in row["words"].split()}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(any_word(_words()))
