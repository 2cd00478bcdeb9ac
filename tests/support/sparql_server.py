"""A real SPARQL server for tests: ``oxigraph serve`` on a free loopback port."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 30.0


def oxigraph_program() -> str:
    """Return the path of the `oxigraph` program, or skip the test."""
    beside = Path(sys.executable).parent / "oxigraph"
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("needs the SPARQL server oxigraph: pip install oxigraph")
    return program


@contextmanager
def oxigraph_server(*, union: bool = True) -> Iterator[str]:
    """Run an empty server with the union as default graph, or without; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [oxigraph_program(), "serve", "--bind", f"127.0.0.1:{port}"]
    command += ["--union-default-graph"] * union
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=_PATIENCE)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("oxigraph serve does not start")
