"""SPARQL 1.1 Graph Store HTTP Protocol (W3C recommendation of 21 March 2013), GET and HEAD."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from starlette.responses import Response, StreamingResponse

from mskg.errors import StoreError
from mskg.service.errors import RequestError
from mskg.service.negotiation import best
from mskg.service.protocol import GRAPHS, checked_answer, request_of
from mskg.store.text import term_text

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request

    from mskg.service.live import Live
    from mskg.service.readers import Answer

__all__ = ["construct_response", "graph_response"]


async def graph_response(live: Live, request: Request) -> Response:
    """Return the graph that ``?graph=IRI`` names; ``?default`` is the union of all graphs."""
    named = request.query_params.getlist("graph")
    if len(named) + ("default" in request.query_params) != 1:
        raise RequestError("wanted ?graph=IRI or ?default", zh="应写 ?graph=IRI 或 ?default")
    if not named:
        return await construct_response(live, request, "CONSTRUCT WHERE { ?s ?p ?o }", rows=0)
    try:
        graph = f"GRAPH {term_text(named[0])} {{ ?s ?p ?o }}"
    except StoreError as error:
        raise RequestError(str(error), zh=error.zh) from error
    found = await live.readers.ask(request_of(f"ASK {{ {graph} }}", "csv", None, 1))
    checked_answer(found, graph)
    if found.content.strip() != b"true":
        raise RequestError(f"there is no graph {named[0]}", zh=f"没有图 {named[0]}", status=404)
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {graph} }}"
    return await construct_response(live, request, query, rows=0)


async def construct_response(
    live: Live, request: Request, query: str, *, rows: int, kind: str = ""
) -> Response:
    """Return the graph that `query` makes, in the form that the client likes best.

    Parameters
    ----------
    rows:
        The most triples; 0 for any number: they are sent as they come.
    kind:
        The media type, where it is already known.
    """
    kind = kind or best(request.headers.get("accept", ""), tuple(GRAPHS))
    asked = request_of(query, None, GRAPHS.get(kind), rows)
    answer = await live.readers.ask(asked)
    checked_answer(answer, query)
    headers = {"Vary": "Accept"}
    if answer.rest is None:
        return Response(answer.content, headers=headers, media_type=kind)
    return StreamingResponse(_pieces(answer), headers=headers, media_type=kind)


async def _pieces(answer: Answer) -> AsyncGenerator[bytes, None]:
    assert answer.rest is not None
    async with aclosing(answer.rest) as rest:
        yield answer.content
        async for piece in rest:
            yield piece
