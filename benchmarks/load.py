"""A load generator for HTTP on loopback: one process, many connections, little work a request."""

from __future__ import annotations

import selectors
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Load", "get_request", "run_load"]

_LENGTH = b"content-length:"
_PATIENCE = 60.0


@dataclass
class Load:
    """What came back: seconds a request, statuses, and how many answers never came."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    lost: int = 0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    def quantile(self, share: float) -> float:
        """Return the latency in ms that the `share` of all requests stays under."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


def get_request(path: str, query: str) -> bytes:
    """Return the bytes of a GET of the SPARQL protocol."""
    accept = "application/sparql-results+json"
    return (
        f"GET {path}?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n"
    ).encode()


class _Client:
    """One connection with one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.since = 0.0
        self.read = b""
        self.size = -1

    def send(self, request: bytes) -> None:
        self.read, self.size = b"", -1
        self.since = time.perf_counter()
        self.socket.sendall(request)

    def status(self) -> int:
        """Read what is there; return the status once the answer is whole, else 0."""
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise ConnectionError("closed in the middle of an answer")
        self.read += piece
        if self.size < 0:
            end = self.read.find(b"\r\n\r\n")
            if end < 0:
                return 0
            head = self.read[:end].lower()
            at = head.find(_LENGTH)
            if at < 0:
                # Oxigraph answers in chunks.
                return self._chunked(end + 4)
            self.size = end + 4 + int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
        return int(self.read[9:12]) if len(self.read) >= self.size else 0

    def _chunked(self, begin: int) -> int:
        return int(self.read[9:12]) if self.read.endswith(b"0\r\n\r\n", begin) else 0


def run_load(port: int, requests: Sequence[bytes], count: int, clients: int) -> Load:
    """Send `count` requests, over and over those given, from so many clients at a time."""
    load = Load()
    selector = selectors.DefaultSelector()
    left = _numbers(count)
    open_now = 0
    begin = time.perf_counter()
    for _ in range(clients):
        client = _Client(port)
        selector.register(client.socket, selectors.EVENT_READ, client)
        client.send(requests[next(left) % len(requests)])
        open_now += 1
    while open_now:
        ready = selector.select(_PATIENCE)
        if not ready:
            load.lost += open_now
            break
        for key, _ in ready:
            client = key.data
            try:
                status = client.status()
            except OSError:
                load.lost += 1
                status = -1
            if not status:
                continue
            if status > 0:
                load.latencies.append(time.perf_counter() - client.since)
                load.statuses[status] = load.statuses.get(status, 0) + 1
            number = next(left, None)
            if number is None or status < 0:
                selector.unregister(client.socket)
                client.socket.close()
                open_now -= 1
            else:
                client.send(requests[number % len(requests)])
    load.seconds = time.perf_counter() - begin
    selector.close()
    return load


def _numbers(count: int) -> Iterator[int]:
    yield from range(count)
