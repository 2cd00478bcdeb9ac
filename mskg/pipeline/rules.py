"""What a reading depends on: the bytes of the file, the tables, the region, the corrections."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from mskg.resources import folder

if TYPE_CHECKING:
    from pathlib import Path

    from mskg.resolve.corrections import Corrections

__all__ = ["file_hash", "rules_hash"]


def file_hash(path: Path) -> str:
    """Return the hash of the bytes of a file; empty where reading will report the error."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def rules_hash(region: str, corrections: Corrections | None = None, key: str = "") -> str:
    """Return the hash of all that a reading of the document `key` depends on but its bytes.

    Parameters
    ----------
    region:
        Code of the region given by the user.
    corrections:
        The decisions in force; only those for this document count.
    """
    decided = [] if corrections is None else [row.row[:-1] for row in corrections.of(key)]
    tail = f" {sorted(decided)}" if decided else ""
    return hashlib.sha256(f"{_tables_hash()} {region}{tail}".encode()).hexdigest()[:16]


@cache
def _tables_hash() -> str:
    total = hashlib.sha256()
    for path in sorted((folder("data") / "vocabulary").glob("*.csv")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
