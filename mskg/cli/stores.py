"""The store that a command works on, and who asks where it is on a server.

Settings come from the environment, so that no password stands on a command line:

======================  ===================================================================
``MSKG_STORE``          folder or address, where ``--store`` is not given
``MSKG_STORE_USER``     with ``MSKG_STORE_PASSWORD``: basic or digest authentication
``MSKG_STORE_TOKEN``    sent as ``Authorization: Bearer …``
``MSKG_STORE_TIMEOUT``  seconds for a request to a server that has no limit of its own
``NETRC``               file of logins by host, default ``~/.netrc``, where none of these is set
======================  ===================================================================
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mskg.errors import InputError

if TYPE_CHECKING:
    from mskg.store import Login, Store

__all__ = ["chosen_store", "store_location"]


def store_location(given: str | None) -> str:
    """Return the folder or address of the store: as given, else MSKG_STORE, else a default."""
    return given or os.environ.get("MSKG_STORE") or "mskg-store"


def chosen_store(given: str | None, *, write: bool = False) -> Store:
    """Open the store that `given` or the environment names.

    Raises
    ------
    InputError
        If a setting can't be understood.
    StoreError
        As `mskg.open_store`.
    """
    from mskg.store import open_store

    location = store_location(given)
    if not location.startswith(("http://", "https://")):
        return open_store(location, write=write)
    return open_store(location, write=write, login=_login(location), timeout=_timeout())


def _timeout() -> float:
    from mskg.store.login import TIMEOUT

    text = os.environ.get("MSKG_STORE_TIMEOUT", "")
    try:
        seconds = float(text or TIMEOUT)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise InputError(
            f"MSKG_STORE_TIMEOUT is {text!r}",
            hint="give a number of seconds",
            zh=f"MSKG_STORE_TIMEOUT 不能是 {text!r}（应为秒数）",
        )
    return seconds


def _login(address: str) -> Login | None:
    from mskg.store import Login

    user, token = os.environ.get("MSKG_STORE_USER"), os.environ.get("MSKG_STORE_TOKEN")
    if token:
        return Login(token=token)
    if user:
        return Login(user, os.environ.get("MSKG_STORE_PASSWORD", ""))
    return _login_of_file(urlsplit(address).hostname or "")


def _login_of_file(host: str) -> Login | None:
    """Return the login for `host` in the file that curl and others use too."""
    from netrc import NetrcParseError, netrc

    from mskg.store import Login

    path = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    if not path.is_file():
        return None
    try:
        found = netrc(path).authenticators(host)
    except (OSError, UnicodeDecodeError, NetrcParseError) as error:
        raise InputError(
            f"{path}: can't be read ({error})", zh=f"{path}：读不了（{error}）"
        ) from error
    return Login(found[0], found[2] or "") if found else None
