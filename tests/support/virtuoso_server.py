"""A real Virtuoso for tests: an empty database in a temporary folder, on loopback only."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["USER", "virtuoso_server"]

USER = "dba"  # with the same password: what a new database has
_PATIENCE = 60.0
_SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 20
CheckpointInterval = 60
CaseMode = 2
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
"""


def _program() -> str:
    found = shutil.which("virtuoso-t")
    if found is None:
        pytest.skip("needs Virtuoso: apt-get install virtuoso-opensource-7-bin")
    return found


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def virtuoso_server() -> Iterator[str]:
    """Run an empty server; yield the address of its endpoint for users with a password."""
    program, http = _program(), _free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "virtuoso.ini"
        settings.write_text(
            _SETTINGS.format(folder=folder, sql=_free_port(), http=http), encoding="utf-8"
        )
        command = [program, "+configfile", str(settings), "+foreground"]
        server = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait(f"http://127.0.0.1:{http}/sparql?query=ASK%20%7B%7D", server)
            yield f"http://127.0.0.1:{http}/sparql-auth"
        finally:
            server.kill()  # its database is thrown away: no need to wait for a checkpoint
            server.wait(timeout=_PATIENCE)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("Virtuoso does not start")
