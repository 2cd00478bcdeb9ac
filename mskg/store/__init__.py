"""Where graphs are kept and asked: in memory, in a folder, or on a SPARQL server.

>>> with open_store(None) as store:
...     store.replace_graph("https://example.org/g", [])
...     store.graphs()
[]
"""

from __future__ import annotations

from pathlib import Path

from mskg.store.base import DumpFormat, QuerySyntaxError, Solutions, Store
from mskg.store.login import TIMEOUT, Login

__all__ = ["DumpFormat", "Login", "QuerySyntaxError", "Solutions", "Store", "open_store"]


def open_store(
    location: str | Path | None = None,
    *,
    write: bool = False,
    login: Login | None = None,
    timeout: float = TIMEOUT,
) -> Store:
    """Open a store.

    Parameters
    ----------
    location:
        None for a new store in memory (always writable), the path of a folder, or the
        ``http(s)://`` address of a SPARQL 1.1 server (see `mskg.store.remote`).
    write:
        Open for writing; a folder that does not exist is made then. A folder has one
        writer at a time and any number of readers.
    login:
        Who asks a server that wants to know.
    timeout:
        Seconds for a request to a server that brings no limit of its own.

    Raises
    ------
    StoreError
        If the store is missing, locked, damaged, foreign, or does not answer.
    """
    if isinstance(location, str) and location.startswith(("http://", "https://")):
        from mskg.store.remote import RemoteStore

        return RemoteStore(location, write=write, login=login, timeout=timeout)
    from mskg.store.embedded import DiskStore, MemoryStore

    return MemoryStore() if location is None else DiskStore(Path(location), write=write)
