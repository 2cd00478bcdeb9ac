"""A store on any SPARQL 1.1 server, through SPARQLWrapper.

The server's default graph must be the union of its named graphs. Every request is a POST in
form encoding, which all servers take, and has a time limit. Reads are tried again when the
connection fails; writes never are, because nobody knows whether the first one arrived.
"""

from __future__ import annotations

import time
import urllib.error
from contextlib import contextmanager
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph as ox

from mskg.errors import QueryError, StoreError
from mskg.store import oxigraph
from mskg.store.base import Closing, DumpFormat, Solutions, check_writable, wrong_form
from mskg.store.text import dump_pieces, query_form, replace_update, term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Triple

__all__ = ["RemoteStore", "endpoints"]

TIMEOUT: Final = 60.0
_PAUSES = (0.2, 0.8)
_TRY_AGAIN = {502, 503, 504}


def endpoints(address: str) -> tuple[str, str]:
    """Return the addresses for queries and updates of the server at `address`.

    ================================  =========================  ==========================
    `address`                         queries                    updates
    ================================  =========================  ==========================
    ``http://host:7878``              ``…/query``                ``…/update``
    ``…/query`` (Oxigraph, Fuseki)    as given                   ``…/update``
    ``…/repositories/NAME`` (GraphDB) as given                   ``…/statements``
    anything else (``…/sparql``)      as given                   as given
    ================================  =========================  ==========================
    """
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    query, update = path, path
    if not path:
        query, update = "/query", "/update"
    elif path.endswith("/query"):
        update = path.removesuffix("query") + "update"
    elif path.rpartition("/")[0].endswith("/repositories"):
        update = path + "/statements"
    return (
        urlunsplit(parts._replace(path=query)),
        urlunsplit(parts._replace(path=update)),
    )


class RemoteStore(Closing):
    """Named graphs on a SPARQL 1.1 server.

    Parameters
    ----------
    address:
        See `endpoints`.
    write:
        Allow updates.
    timeout:
        Seconds for a request that brings no limit of its own.

    Raises
    ------
    StoreError
        If no server answers at `address`.
    """

    def __init__(self, address: str, *, write: bool = False, timeout: float = TIMEOUT) -> None:
        self._address = address
        self._query_address, self._update_address = endpoints(address)
        self._writable = write
        self._timeout = timeout
        self._closed = False
        self.ask("ASK {}")

    @property
    def location(self) -> str:
        """Address of the server, as given."""
        return self._address

    @property
    def writable(self) -> bool:
        """Whether the store was opened for writing."""
        return self._writable

    @contextmanager
    def writing(self) -> Iterator[Self]:
        """Group many writes; each graph is all or nothing by itself, not the whole block."""
        check_writable(self)
        yield self

    def replace_graph(self, iri: str, triples: Iterable[Triple]) -> None:
        """Make `triples` the whole content of the graph `iri`, by one update request."""
        check_writable(self)
        self._send(replace_update(iri, triples), self._timeout, update=True)

    def drop_graph(self, iri: str) -> None:
        """Remove the graph `iri`; a graph that is not there is no error."""
        self.replace_graph(iri, ())

    def graphs(self) -> list[str]:
        """Return the IRIs of the graphs that hold triples, sorted."""
        found = self.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return sorted(str(row[0]) for row in found.rows)

    def select(self, query: str, *, timeout: float | None = None) -> Solutions:
        """Return the solutions of a SELECT query."""
        text = self._ask(query, timeout, "SELECT")
        with self._whole_answer():
            result = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
            assert isinstance(result, ox.QuerySolutions)
            return oxigraph.solutions(result)

    def ask(self, query: str, *, timeout: float | None = None) -> bool:
        """Return the answer of an ASK query."""
        text = self._ask(query, timeout, "ASK")
        with self._whole_answer():
            return bool(ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON))

    def construct(self, query: str, *, timeout: float | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, sorted and each once."""
        text = self._ask(query, timeout, "CONSTRUCT", "DESCRIBE")
        with self._whole_answer():
            return oxigraph.triples(ox.parse(text, format=ox.RdfFormat.TURTLE))

    def dump(self, dump_format: DumpFormat = "nq") -> Iterator[str]:
        """Yield the text of all graphs as N-Quads or TriG, one graph a piece."""
        return dump_pieces(self.graphs, self._graph, dump_format)

    def _graph(self, iri: str) -> list[Triple]:
        graph = f"GRAPH {term_text(iri)} {{ ?s ?p ?o }}"
        return self.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {graph} }}")

    def close(self) -> None:
        """Forget the server."""
        self._closed = True

    def _ask(self, query: str, timeout: float | None, *forms: str) -> bytes:
        # A query without any form is no SPARQL: the server says where.
        if query_form(query) not in {*forms, ""}:
            raise wrong_form(*forms)
        return self._send(query, timeout or self._timeout, turtle="CONSTRUCT" in forms)

    @contextmanager
    def _whole_answer(self) -> Iterator[None]:
        """Raise `StoreError` for an answer that is not whole.

        Oxigraph says HTTP 200 first, and breaks off when the evaluation fails.
        """
        try:
            yield
        except (SyntaxError, ValueError, OSError) as error:
            raise StoreError(
                f"{self._address}: the server broke off its answer",
                zh=f"{self._address}：服务器中断了回答",
            ) from error

    def _send(
        self, text: str, timeout: float, *, update: bool = False, turtle: bool = False
    ) -> bytes:
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        if self._closed:
            raise StoreError("the store is closed", zh="数据库已关闭")
        pauses = iter(() if update else _PAUSES)
        while True:
            try:
                return self._request(text, timeout, update=update, turtle=turtle)
            except (SPARQLWrapperException, OSError, HTTPException) as error:
                pause = next(pauses, None) if _is_passing(error) else None
                if pause is None:
                    self._fail(error, timeout)
            time.sleep(pause)

    def _request(self, text: str, timeout: float, *, update: bool, turtle: bool) -> bytes:
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

        wrapper = SPARQLWrapper(
            self._query_address, updateEndpoint=self._update_address, agent="mskg"
        )
        # setTimeout would cut it to whole seconds, and 0 means no limit.
        wrapper.timeout = timeout  # type: ignore[assignment]
        wrapper.setMethod(POST)
        wrapper.setReturnFormat(TURTLE if turtle else JSON)
        # Not setQuery: its guess of the type warns about errors that the server reports better.
        wrapper.queryString = text
        wrapper.queryType = "INSERT" if update else query_form(text) or "SELECT"
        response = wrapper.query().response
        body: bytes = response.read()
        return body

    def _fail(self, error: Exception, timeout: float) -> NoReturn:
        """Raise the error of mskg for what SPARQLWrapper raised."""
        from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

        if isinstance(error, QueryBadFormed):
            raise oxigraph.syntax_error(_answer(error)) from error
        if _is_timeout(error):
            raise QueryError(
                f"{self._address}: no answer within {timeout:g} s",
                hint="bind a region or a department, or allow more time",
                zh=f"{self._address}：{timeout:g} 秒内没有回答（请限定地区或部门，或放宽时限）",
            ) from error
        if isinstance(error, urllib.error.HTTPError):
            message = f"HTTP {error.code} {error.reason}"
        elif isinstance(error, SPARQLWrapperException):
            message = _answer(error)
        else:
            message = str(getattr(error, "reason", error))
        raise StoreError(
            f"{self._address}: {message}", zh=f"数据库 {self._address} 出错：{message}"
        ) from error


def _answer(error: Exception) -> str:
    """Return what the server said, out of the message of SPARQLWrapper."""
    text = str(error)
    _, marker, said = text.partition("Response:\n")
    if marker and said.startswith(("b'", 'b"')):
        import ast

        said = ast.literal_eval(said).decode(errors="replace")
    return " ".join((said or text).split())


def _is_timeout(error: Exception) -> bool:
    reason: Any = getattr(error, "reason", None)
    return isinstance(error, TimeoutError) or isinstance(reason, TimeoutError)


def _is_passing(error: Exception) -> bool:
    """Return whether the same request may well succeed in a moment."""
    if _is_timeout(error):
        return False
    if isinstance(error, urllib.error.HTTPError):
        return error.code in _TRY_AGAIN
    return isinstance(error, urllib.error.URLError | ConnectionError)
