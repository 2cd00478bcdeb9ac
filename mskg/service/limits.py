"""What the service allows a query, and itself."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a service; times in seconds.

    Parameters
    ----------
    timeout:
        How long a query may run; then its process is ended.
    rows:
        The most rows or triples of an answer to a free query.
    memory:
        Megabytes that each reader process may have.
    readers:
        Processes for queries that are answered at once; two or more.
    long:
        Queries beyond `patience` that may run at a time, each in a process of its own.
    patience:
        After this time a query counts as long, and another process takes its place.
    waiting:
        Requests that may wait for a reader; one more is sent away (HTTP 503).
    wait:
        How long a request may wait for a reader.
    body:
        The most bytes of a request.
    """

    timeout: float = 30.0
    rows: int = 100_000
    memory: int = 1024
    readers: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    long: int = 4
    patience: float = 0.5
    waiting: int = 200
    wait: float = 10.0
    body: int = 1 << 20
