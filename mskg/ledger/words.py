"""Words of the ledger: numbers and goals as people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

__all__ = ["SIGNS", "shown"]

SIGNS: Final = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}
_PLACES: Final = Decimal("0.01")


def shown(value: Decimal | None) -> str:
    """Return `value` without exponent and idle zeros, with two decimals at most."""
    if value is None:
        return ""
    text = format(value.quantize(_PLACES), "f")
    return text.rstrip("0").rstrip(".")
