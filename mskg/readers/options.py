"""What a caller may set for a reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PageProgress", "ReadOptions"]

PageProgress = Callable[[int, int], None]


def _nothing(_page: int, _pages: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of the slow readers; text formats need none.

    Parameters
    ----------
    cache:
        Folder for the recognised pages of scans, by the hash of the page picture;
        None takes the folder for caches of the platform.
    progress:
        Called with the page just recognised and the number of pages.
    """

    cache: Path | None = None
    progress: PageProgress = _nothing
