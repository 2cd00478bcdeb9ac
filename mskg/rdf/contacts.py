"""Words about persons inside texts: names, telephone numbers, and how to make them unreadable."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mskg.lexicon.contacts import contact_label, telephone, telephone_hint

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["contact_hint", "is_telephone", "masked", "names_pattern"]

_SHORTEST_NUMBER: Final = 7
# What every contact has: searched first, because most texts have it not.
_HINT: Final = re.compile("[0-9０-９]{4}|[:：]")
_HIDDEN: Final = "□"


@cache
def contact_hint() -> str:
    """Return a regular expression (of XPath too) that finds every text which may hold a contact."""
    return f"{contact_label()}|{telephone_hint()}"


@cache
def _contact() -> re.Pattern[str]:
    return re.compile(f"(?P<before>{contact_label()})[^，。；、,;：:\\s]+|{telephone()}")


def is_telephone(number: str) -> bool:
    """Return whether a number in a field for contacts is that of a person: 12345 is a hotline."""
    return len(number) >= _SHORTEST_NUMBER


def names_pattern(names: Iterable[str]) -> str:
    """Return a regular expression (of XPath too) for `names`, longer ones first (李  静 too).

    A name may be printed with blanks between its characters.
    """
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    return "|".join(r"\s*".join(map(re.escape, name)) for name in ordered)


def masked(text: str, names: str = "") -> str:
    """Return `text` with every sign of a contact or of a name turned to □, its length unchanged.

    Parameters
    ----------
    names:
        A pattern of `names_pattern`; empty for no names.
    """
    if _HINT.search(text):
        text = _contact().sub(_hide, text)
    return re.sub(names, lambda found: _HIDDEN * len(found[0]), text) if names else text


def _hide(found: re.Match[str]) -> str:
    before = found["before"] or ""
    return before + _HIDDEN * (len(found[0]) - len(before))
