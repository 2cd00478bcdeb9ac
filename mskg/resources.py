"""Find the bundled files: ontology, shapes, queries, data.

In a wheel they lie under ``mskg/_bundled`` (hatchling ``force-include``); in a
checkout they are the top-level folders, which are the source of truth.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["folder", "read_text"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder of bundled files called `name`.

    Parameters
    ----------
    name:
        ``ontology``, ``shapes``, ``queries`` or ``data``, or a path below one.

    Raises
    ------
    FileNotFoundError
        If the installation is damaged and holds no such folder.
    """
    # The checkout comes first: an editable install may hold stale copies.
    for root in (_PACKAGE.parent, _PACKAGE / "_bundled"):
        candidate = root / name
        if candidate.is_dir() and (root != _PACKAGE.parent or (root / "pyproject.toml").is_file()):
            return candidate
    raise FileNotFoundError(f"mskg is not installed completely: folder {name!r} is missing")


def read_text(path: str) -> str:
    """Return the UTF-8 text of the bundled file at `path`, such as ``ontology/mskg.ttl``."""
    head, _, tail = path.partition("/")
    return (folder(head) / tail).read_text(encoding="utf-8")
