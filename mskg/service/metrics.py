"""Figures about the service in the text format of Prometheus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from mskg.service.live import Live

__all__ = ["Metrics"]


class Metrics:
    """Counters of one service."""

    def __init__(self, live: Live) -> None:
        self._registry = CollectorRegistry()
        make = partial(Counter, registry=self._registry)
        self._requests = make("mskg_requests", "Requests answered", ["route", "status"])
        self._stopped = make("mskg_stopped", "Queries ended before their answer", ["reason"])
        self._seconds = Histogram(
            "mskg_query_seconds",
            "Seconds from a SPARQL request to the end of its answer",
            registry=self._registry,
            buckets=(0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30),
        )
        gauges = {
            "mskg_readers_busy": ("Queries that run", lambda: live.readers.busy),
            "mskg_readers_long": ("Queries that have run for long", lambda: live.readers.long),
            "mskg_generation": ("Generation that is served", lambda: int(live.generation or 0)),
        }
        for name, (help_, value) in gauges.items():
            Gauge(name, help_, registry=self._registry).set_function(value)
        self._known: dict[tuple[str, int], Counter] = {}

    def query(self, status: int, seconds: float) -> None:
        """Count one SPARQL request."""
        self.request("sparql", status)
        self._seconds.observe(seconds)

    def request(self, route: str, status: int) -> None:
        """Count one request to `route`."""
        counter = self._known.get((route, status))
        if counter is None:
            counter = self._known[route, status] = self._requests.labels(route, str(status))
        counter.inc()

    def stopped(self, reason: str) -> None:
        """Count one query that was ended."""
        self._stopped.labels(reason).inc()

    def text(self) -> bytes:
        """Return all figures."""
        return generate_latest(self._registry)
