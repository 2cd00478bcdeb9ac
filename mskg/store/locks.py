"""Locks on files that the operating system gives back when their holder dies.

So a lock can't go stale: after ``kill -9`` the next process just gets it.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FileLock"]

# Windows locks are mandatory: lock a byte far behind the text, so that others can read it.
_WINDOWS_OFFSET = 1 << 30


class FileLock:
    """One lock on one file, free when made.

    Parameters
    ----------
    path:
        The file; it is made for an exclusive lock, and must exist for a shared one.
    shared:
        True for a lock that many may hold as long as nobody holds it exclusively. It needs
        no right to write. Windows has no such lock in the standard library; there open
        files can't be removed, which serves the same purpose.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self.path = path
        self.shared = shared
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Try to take the lock; return False if another holder has it.

        Raises
        ------
        OSError
            If the file can't be opened.
        """
        flags = os.O_RDONLY if self.shared else os.O_RDWR | os.O_CREAT
        descriptor = os.open(self.path, flags, 0o644)
        if not _lock(descriptor, shared=self.shared):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock back; does nothing if it is not held."""
        if self._descriptor is None:
            return
        # Unlocked by name, because a forked child may still hold a copy of the descriptor.
        _unlock(self._descriptor, shared=self.shared)
        os.close(self._descriptor)
        self._descriptor = None

    def write_holder(self) -> None:
        """Write the number of this process into the file, for the message to others."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, str(os.getpid()).encode())

    def holder(self) -> str:
        """Return the number of the process that wrote itself into the file, or nothing."""
        try:
            text = self.path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return text if text.isdigit() else ""


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, shared: bool) -> bool:
        if shared:
            return True
        os.lseek(descriptor, _WINDOWS_OFFSET, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int, *, shared: bool) -> None:
        if not shared:
            os.lseek(descriptor, _WINDOWS_OFFSET, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int, *, shared: bool) -> bool:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int, *, shared: bool) -> None:  # noqa: ARG001 - one form for both
        fcntl.flock(descriptor, fcntl.LOCK_UN)
