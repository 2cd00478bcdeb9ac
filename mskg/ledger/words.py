"""Words of the ledger: numbers and goals as people write them, and the steps of long work."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Tell: TypeAlias = Callable[[str], object]  # called with the name of each step as it begins

__all__ = ["SIGNS", "shown", "silent"]

SIGNS: Final = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}
_PLACES: Final = Decimal("0.01")


@lru_cache(maxsize=1 << 14)
def shown(value: Decimal | None) -> str:
    """Return `value` without exponent and idle zeros, with two decimals at most."""
    if value is None:
        return ""
    text = format(value.quantize(_PLACES), "f")
    return text.rstrip("0").rstrip(".")


def silent(step: str) -> None:
    """Say nothing of a step."""
