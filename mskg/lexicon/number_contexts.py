"""What stands beside numerals that count nothing (``number_contexts.csv``): 第3批, 12345热线.

A row gives the rule that sets the numeral aside and the regular expressions, on folded text, for
what stands right before it, right behind it, or both; the first row that fits decides.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from mskg.lexicon.tables import read_table

__all__ = ["NumberContexts", "number_contexts"]


class NumberContexts(NamedTuple):
    """The rows as rule, pattern before and pattern behind, and one pattern a side for any of them.

    ``behind`` leaves out the rows that ``before`` tells already.
    """

    rows: tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]
    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def number_contexts() -> NumberContexts:
    """Return the contexts of the table, compiled."""
    rows = [(row["rule"], row["before"], row["after"]) for row in read_table("number_contexts")]
    return NumberContexts(
        tuple(
            (
                rule,
                re.compile(f"{before}$") if before else None,
                re.compile(after) if after else None,
            )
            for rule, before, after in rows
        ),
        re.compile("|".join(f"(?:{before})$" for _, before, _ in rows if before)),
        re.compile("|".join(after for _, before, after in rows if not before)),
    )
