"""The ASGI application: what answers at which path."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from mskg.errors import MskgError
from mskg.resources import read_text
from mskg.service.bridge import ServedStore
from mskg.service.description import FORMS, description, void
from mskg.service.entities import Entities
from mskg.service.errors import RequestError, StoppedError
from mskg.service.graphs import graph_response
from mskg.service.metrics import Metrics
from mskg.service.negotiation import best
from mskg.service.pages import STATIC, page
from mskg.service.protocol import Protocol, error_text
from mskg.service.questions import Questions
from mskg.store.text import prefix_lines

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from datetime import date

    from starlette.requests import Request
    from starlette.types import Message, Receive, Scope, Send

    from mskg.service.live import Live

__all__ = ["Service"]

_QUERIES: Final = {"GET", "HEAD", "POST"}
_HTML: Final = "text/html"
_READS: Final = ["GET", "HEAD"]
_EXAMPLE: Final = f"""{prefix_lines("mskg", "dcterms")}
SELECT ?task ?title WHERE {{
  ?task a mskg:Task ; dcterms:title ?title .
}}
LIMIT 20
"""


class Service:
    """The whole service over one store.

    Parameters
    ----------
    loop:
        The loop that the server runs in.
    today:
        Gives the date that ``today`` means in questions.
    """

    def __init__(
        self, live: Live, loop: asyncio.AbstractEventLoop, today: Callable[[], date]
    ) -> None:
        self._live = live
        self._store = ServedStore(live, loop)
        self._metrics = Metrics(live)
        self._protocol = Protocol(live, self._metrics)
        questions = Questions(self._store, today)
        entities = Entities(live, self._store)
        self._rest = Starlette(
            routes=[
                Route("/sparql", self._no_query, methods=[*_READS, "POST"]),
                Route("/graphs", self._graph),
                Route("/", questions.front),
                Route("/yasgui", self._editor),
                Route("/queries/{name}", questions.page),
                Route("/api/queries", questions.list),
                Route("/api/queries/{name}", questions.rest),
                Route("/api/openapi.json", questions.openapi),
                Route("/id/{path:path}", entities.answer),
                Route("/ontology", self._ontology),
                Mount("/static", StaticFiles(directory=STATIC)),
                Route("/.well-known/void", self._void),
                Route("/health", self._health),
                Route("/metrics", self._figures),
            ],
            middleware=[
                Middleware(
                    CORSMiddleware,
                    allow_origins=["*"],
                    allow_methods=[*_READS, "POST"],
                    allow_headers=["*"],
                ),
                Middleware(GZipMiddleware),
            ],
            exception_handlers={MskgError: self._error},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; queries by the shortest way."""
        if scope["type"] != "http":
            return
        path, method = scope["path"], scope["method"]
        if path == "/sparql" and (
            method == "POST" or (method in _QUERIES and scope["query_string"])
        ):
            await self._protocol(scope, receive, send)
            return
        route = path.split("/", 2)[1] or "front"
        await self._rest(scope, receive, partial(self._counted, send, route))

    async def _counted(self, send: Send, route: str, message: Message) -> None:
        if message["type"] == "http.response.start":
            status = message["status"]
            # A path that leads nowhere is no route: names must not fill the memory.
            self._metrics.request(route if status != 404 else "other", status)
        await send(message)

    def _error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, MskgError)
        if isinstance(error, StoppedError):
            self._metrics.stopped(error.reason)
        status, headers = 400, {}
        if isinstance(error, RequestError):
            status, headers = error.status, error.headers
        text = error_text(error, request.headers.get("accept-language", ""))
        return PlainTextResponse(text, status, headers)

    def _no_query(self, request: Request) -> Response:
        """Tell people where to write a query, and programs what the service is."""
        if best(request.headers.get("accept", ""), (*FORMS, _HTML)) == _HTML:
            return RedirectResponse("/yasgui", 303, {"Vary": "Accept"})
        return _rdf(request, partial(description, _base(request)))

    async def _graph(self, request: Request) -> Response:
        return await graph_response(self._live, request)

    async def _void(self, request: Request) -> Response:
        make = partial(void, _base(request), self._store)
        return await run_in_threadpool(_rdf, request, make)

    def _editor(self, request: Request) -> Response:
        return page(request, "yasgui", example=_EXAMPLE)

    def _ontology(self, _request: Request) -> Response:
        return Response(read_text("ontology/mskg.ttl"), media_type="text/turtle")

    def _health(self, _request: Request) -> Response:
        ready = self._live.readers.ready
        found = {"status": "ok" if ready else "starting", "generation": self._live.generation}
        return Response(json.dumps(found), 200 if ready else 503, media_type="application/json")

    def _figures(self, _request: Request) -> Response:
        return Response(self._metrics.text(), media_type="text/plain; version=0.0.4")


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _rdf(request: Request, make: Callable[[str], str]) -> Response:
    kind = best(request.headers.get("accept", ""), tuple(FORMS))
    if not kind:
        known = ", ".join(FORMS)
        raise RequestError(
            f"the answer can be one of {known}", zh=f"结果可以是 {known} 之一", status=406
        )
    return Response(make(FORMS[kind]), headers={"Vary": "Accept"}, media_type=kind)
