"""Target groups: for whom a task is, by the words of the table (``target_groups.csv``)."""

from __future__ import annotations

import re
from functools import cache

from mskg.lexicon.tables import read_table
from mskg.text import any_word

__all__ = ["everyone", "target_groups_in"]


@cache
def everyone() -> frozenset[str]:
    """Return the ids of the groups that are part of no other: all residents, all firms."""
    return frozenset(row["id"] for row in read_table("target_groups") if not row["broader"])


def target_groups_in(text: str) -> frozenset[str]:
    """Return the ids of the target groups that folded `text` names.

    The longest word wins: 残疾儿童 names neither 儿童 nor 残疾人 by itself (they are its broader
    groups), and a word of the column ``apart`` names none (幼儿园 is a place, no 幼儿).
    """
    found = {_words()[match.group()] for match in _pattern().finditer(text)}
    return frozenset(found - {""})


@cache
def _words() -> dict[str, str]:
    rows = read_table("target_groups")
    words = {word: row["id"] for row in rows for word in row["words"].split()}
    return words | {word: "" for row in rows for word in row["apart"].split()}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(any_word(_words()))
