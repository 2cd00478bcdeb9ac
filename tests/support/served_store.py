"""The real ``mskg serve`` in a process of its own, and what tests need to talk to it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Reply", "Served", "served"]

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Served:
    """A running server."""

    port: int
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(
        self, path: str, method: str = "GET", data: bytes | None = None, **headers: str
    ) -> Reply:
        """Send one request; ``accept_language="en"`` is the header Accept-Language."""
        request = urllib.request.Request(
            self.address + quote(path, safe="/?&=%:#+,;@"),
            data=data,
            method=method,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                return Reply(answer.status, _lower(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, _lower(error.headers), error.read())

    def query(self, text: str, **headers: str) -> Reply:
        """Send a query by GET."""
        return self.get("/sparql?" + urlencode({"query": text}), **headers)

    def stop(self) -> int:
        """Tell the server to stop; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=_PATIENCE)


def _lower(headers: object) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}  # type: ignore[attr-defined]


@contextmanager
def served(store: Path, *options: str) -> Iterator[Served]:
    """Run ``mskg serve`` on a free port until the block ends."""
    command = [sys.executable, "-m", "mskg", "serve", "--store", str(store), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--lang", "en", *options],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert process.stderr is not None
    try:
        said = []
        for line in process.stderr:
            said.append(line)
            if found := _ADDRESS.search(line):
                yield Served(int(found[1]), process)
                break
        else:
            raise AssertionError("mskg serve does not start: " + "".join(said))
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=_PATIENCE)
        process.stderr.close()
