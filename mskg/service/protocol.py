"""The SPARQL 1.1 Protocol (W3C recommendation of 21 March 2013), query operation, on bare ASGI.

This is the way of every look-up, so it goes past the routing of the rest of the service.
"""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self
from urllib.parse import parse_qsl

from mskg.errors import MskgError
from mskg.query.sparql import placed_error, refuse
from mskg.service.errors import LimitError, RequestError, StoppedError
from mskg.service.negotiation import accepts_gzip, best, language
from mskg.store import QuerySyntaxError
from mskg.store import reader as child
from mskg.store.oxigraph import syntax_error, uses_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.types import Receive, Scope, Send

    from mskg.service.live import Live
    from mskg.service.metrics import Metrics
    from mskg.service.readers import Answer

__all__ = [
    "GRAPHS",
    "TABLES",
    "Protocol",
    "checked_answer",
    "error_text",
    "read_body",
    "request_of",
]

# Media type → format of the reader; the first one is for clients that take anything.
TABLES: Final = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
}
GRAPHS: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/plain": "nt",
}
_TABLE_TYPES: Final = tuple(TABLES)
_GRAPH_TYPES: Final = tuple(GRAPHS)
_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_KNOWN: Final = {"query", "default-graph-uri", "named-graph-uri"}
_SMALL: Final = 1000  # not worth compressing

_Headers = list[tuple[bytes, bytes]]
_SHARED: Final[_Headers] = [
    (b"access-control-allow-origin", b"*"),
    (b"vary", b"Accept, Accept-Encoding"),
]


class _Query(NamedTuple):
    text: str
    default: list[str]
    named: list[str]


class Protocol:
    """The ASGI application behind ``/sparql``."""

    def __init__(self, live: Live, metrics: Metrics) -> None:
        self._live = live
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one GET, HEAD or POST."""
        begin = time.perf_counter()
        headers = {name: value for name, value in scope["headers"] if name in _READ}
        try:
            query = await _read(scope, headers, receive, self._live.limits.body)
            status = await self._answer(query, headers, scope["method"], receive, send)
        except MskgError as error:
            status = getattr(error, "status", 400)
            if isinstance(error, StoppedError):
                self._metrics.stopped(error.reason)
            content = error_text(error, _text(headers, b"accept-language"))
            more = [(k.encode(), v.encode()) for k, v in getattr(error, "headers", {}).items()]
            plain = (b"content-type", b"text/plain; charset=utf-8")
            await _respond(send, status, [plain, *more], content.encode(), scope["method"])
        self._metrics.query(status, time.perf_counter() - begin)

    async def _answer(
        self, query: _Query, headers: dict[bytes, bytes], method: str, receive: Receive, send: Send
    ) -> int:
        accept = _text(headers, b"accept")
        table, graph = best(accept, _TABLE_TYPES), best(accept, _GRAPH_TYPES)
        request = request_of(
            query.text,
            TABLES.get(table),
            GRAPHS.get(graph),
            self._live.limits.rows,
            query.default,
            query.named,
        )
        with _Watch(receive) as watch:
            answer = await self._live.readers.ask(request, when_long=watch.begin)
        checked_answer(answer, query.text)
        kind = table if answer.kind == child.TABLE else graph
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        sent: _Headers = [(b"content-type", kind.encode())]
        zipped = accepts_gzip(_text(headers, b"accept-encoding"))
        if answer.rest is None:
            content = answer.content
            if zipped and len(content) > _SMALL:
                content = gzip.compress(content, 5)
                sent.append((b"content-encoding", b"gzip"))
            await _respond(send, 200, sent, content, method)
        else:
            await _stream(send, sent, answer, zipped=zipped, head=method == "HEAD")
        return 200


class _Watch:
    """Ends a long query when its client leaves."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._task: asyncio.Task[None] | None = None

    def begin(self, stop: Callable[[], None]) -> None:
        """Call `stop` when the client has left."""
        self._task = asyncio.create_task(self._wait(stop))

    async def _wait(self, stop: Callable[[], None]) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._task is not None:
            self._task.cancel()


_READ: Final = frozenset(
    [b"accept", b"accept-encoding", b"accept-language", b"content-type", b"content-encoding"]
)


def _text(headers: dict[bytes, bytes], name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")


async def _read(scope: Scope, headers: dict[bytes, bytes], receive: Receive, most: int) -> _Query:
    """Return the query of a request in any of the three forms of the protocol."""
    pairs = _pairs(scope["query_string"])
    if scope["method"] == "POST":
        kind, _, parameters = _text(headers, b"content-type").lower().partition(";")
        charset = parameters.partition("charset=")[2].split(";")[0].strip(' "')
        if charset not in {"", "utf-8", "utf8"}:
            raise _wrong(
                f"the charset is {charset}, wanted UTF-8", f"字符集是 {charset}，应为 UTF-8", 415
            )
        if kind.strip() == _FORM:
            pairs += _pairs(await read_body(receive, most))
        elif kind.strip() == _DIRECT:
            pairs.append(("query", _utf8(await read_body(receive, most))))
        elif "query" not in dict(pairs) or kind.strip():
            raise _wrong(
                f"a POST has the type {_FORM} or {_DIRECT}",
                f"POST 请求的类型应为 {_FORM} 或 {_DIRECT}",
                415,
            )
    return _query(pairs)


def _query(pairs: Iterable[tuple[str, str]]) -> _Query:
    found: dict[str, list[str]] = {name: [] for name in _KNOWN}
    for name, value in pairs:
        if name in {"update", "using-graph-uri", "using-named-graph-uri"}:
            raise _wrong("updates are not allowed here", "这里不允许更新", 403)
        if name in found:
            found[name].append(value)
    texts = found["query"]
    if len(texts) != 1:
        raise _wrong(
            f"wanted one parameter query, found {len(texts)}",
            f"应有一个参数 query，现有 {len(texts)} 个",
        )
    return _Query(texts[0], found["default-graph-uri"], found["named-graph-uri"])


def request_of(
    query: str,
    table: str | None,
    graph: str | None,
    rows: int,
    default: list[str] | None = None,
    named: list[str] | None = None,
) -> dict[str, Any]:
    """Return the request to a reader for a free `query`, whose dataset the protocol may name.

    Raises
    ------
    QueryError
        If the query is an update, or would leave the store (SERVICE).
    """
    # Anything else that is no query is no longer one for the parser of the reader.
    if "service" in query.lower():
        refuse(query)
    own = bool(default or named)
    return {
        "query": query,
        "table": table,
        "graph": graph,
        "rows": rows,
        # The union of all graphs, unless somebody says which.
        "union": not own and not ("from" in query.lower() and uses_from(query)),
        "default": (default or []) if own else None,
        "named": (named or []) if own else None,
    }


def checked_answer(answer: Answer, query: str) -> None:
    """Raise the error that `answer` stands for, if it is one.

    Raises
    ------
    QueryError, RequestError
        For a query that can't be answered.
    """
    if answer.kind in {child.TABLE, child.GRAPH}:
        return
    said = answer.content.decode(errors="replace")
    if answer.kind == child.SYNTAX:
        refuse(query)
        raise placed_error(syntax_error(said), query, 0)
    if answer.kind == child.LIMIT:
        raise LimitError.rows(said)
    if answer.kind == child.UNACCEPTABLE:
        types = TABLES if said == child.TABLE.decode() else GRAPHS
        known = ", ".join(types)
        raise _wrong(f"the answer can be one of {known}", f"结果可以是 {known} 之一", 406)
    message = " ".join(said.split())
    raise RequestError(
        f"the query can't be evaluated: {message}", zh=f"查询无法执行：{message}", status=400
    )


def error_text(error: MskgError, languages: str) -> str:
    """Return what an error says to people, for a syntax error with the place in the query."""
    text = error.line(language(languages)) + "\n"
    if isinstance(error, QuerySyntaxError) and error.excerpt:
        text += error.excerpt + "\n"
    return text


async def read_body(receive: Receive, most: int) -> bytes:
    """Return the body of a request of at most so many bytes.

    Raises
    ------
    RequestError
        If it is longer (HTTP 413), or the client has left.
    """
    pieces, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _wrong("the client has left", "客户端已离开", 499)
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > most:
            raise _wrong(f"the request has more than {most} bytes", f"请求超过 {most} 字节", 413)
        if not message.get("more_body"):
            return b"".join(pieces)


def _pairs(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise _wrong("the request is not UTF-8", "请求不是 UTF-8 编码") from None


def _utf8(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise _wrong("the query is not UTF-8", "查询不是 UTF-8 编码") from None


def _wrong(message: str, zh: str, status: int = 400) -> RequestError:
    return RequestError(message, zh=zh, status=status)


async def _respond(send: Send, status: int, headers: _Headers, content: bytes, method: str) -> None:
    size = (b"content-length", str(len(content)).encode())
    start = {"type": "http.response.start", "status": status}
    await send({**start, "headers": [*headers, size, *_SHARED]})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else content})


async def _stream(
    send: Send, headers: _Headers, answer: Answer, *, zipped: bool, head: bool
) -> None:
    """Send a long answer in pieces; one that fails later is broken off, never cut short in silence.

    An exception after the first piece lets the server close the connection in the middle of a
    chunk, which every client notices.
    """
    assert answer.rest is not None
    packer = zlib.compressobj(5, wbits=31) if zipped else None
    if packer:
        headers = [*headers, (b"content-encoding", b"gzip")]
    async with aclosing(answer.rest) as rest:
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, *_SHARED]})
        if head:
            await send({"type": "http.response.body", "body": b""})
            return
        piece = answer.content
        while True:
            body = packer.compress(piece) if packer else piece
            if body:
                await send({"type": "http.response.body", "body": body, "more_body": True})
            try:
                piece = await anext(rest)
            except StopAsyncIteration:
                break
            except StoppedError as error:
                # No error of ours any more: the status has been sent.
                raise RuntimeError("the answer is broken off") from error
        await send({"type": "http.response.body", "body": packer.flush() if packer else b""})
