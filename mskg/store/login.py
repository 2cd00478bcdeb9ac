"""Who asks a server, and how long an answer may take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

__all__ = ["TIMEOUT", "Login"]

TIMEOUT: Final = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks: a user with a password, or a token (``Authorization: Bearer``)."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
