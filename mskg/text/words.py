"""Regular expressions for any of many words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["any_word"]


def any_word(
    words: Iterable[str], *, between: str = "", behind: Mapping[str, str] | None = None
) -> str:
    """Return a regular expression for any of `words`, the longest that stands at a place.

    Words that begin alike share their beginning in it: a list of alternatives is tried one after
    the other at every character of a text, which costs several times as much.

    Parameters
    ----------
    words:
        The words as they stand in a text, not regular expressions.
    between:
        A regular expression for what may stand between two characters of a word.
    behind:
        For some of the words, a regular expression for what has to follow.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = (behind or {}).get(word, "")
    return f"(?:{_branches(tree, between)})"


def _branches(node: dict[str, Any], between: str) -> str:
    found = [re.escape(char) + _rest(below, between) for char, below in node.items() if char]
    return "|".join(found)


def _rest(node: dict[str, Any], between: str) -> str:
    """Return the expression for what follows a character; none is needed where a word ends."""
    tail: str | None = node.get("")
    if tail is not None and len(node) == 1:
        return tail
    branches = _branches(node, between)
    below = len(node) - (tail is not None)
    rest = between + (branches if below == 1 else f"(?:{branches})")
    if tail is None:
        return rest
    return f"(?:{rest}|{tail})" if tail else f"(?:{rest})?"
