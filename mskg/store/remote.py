"""A store on any SPARQL 1.1 server, through SPARQLWrapper.

The server's default graph must be the union of its named graphs. Every request is a POST in
form encoding, which all servers take, and has a time limit (see `mskg.store.server`).

A graph is replaced by one update request. Where that is too large for the server, its parts
go into a graph beside first, which is then moved to its place by one request::

    DROP SILENT GRAPH <urn:mskg:staging:…>
    INSERT DATA { GRAPH <urn:mskg:staging:…> { … } }      # as often as needed
    MOVE GRAPH <urn:mskg:staging:…> TO GRAPH <…>

Each request waits for the answer to the one before, so a slow server slows the writer down.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, Self

import pyoxigraph as ox

from mskg.errors import MskgError, StoreError
from mskg.ns import digest
from mskg.store import oxigraph
from mskg.store.base import (
    Closing,
    DumpFormat,
    Solutions,
    check_writable,
    wrong_form,
)
from mskg.store.login import TIMEOUT, Login
from mskg.store.server import Server
from mskg.store.text import (
    change_update,
    dump_pieces,
    insert_update,
    query_form,
    replace_update,
    statement_lines,
    term_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Triple

__all__ = ["STAGING", "RemoteStore"]

# Where the parts of a graph are put together; one that stays was left by a writer that died.
STAGING: Final = "urn:mskg:staging:"
_LARGEST: Final = 4_000_000  # characters of one request
_PART: Final = 2000  # statements; Virtuoso's compiler can't take 5,000


class RemoteStore(Closing):
    """Named graphs on a SPARQL 1.1 server.

    Parameters
    ----------
    address:
        See `mskg.store.server.endpoints`.
    write:
        Allow updates.
    timeout:
        Seconds for a request that brings no limit of its own.
    login:
        Who asks; None for servers that want no login.

    Raises
    ------
    StoreError
        If no server answers at `address`.
    """

    def __init__(
        self,
        address: str,
        *,
        write: bool = False,
        timeout: float = TIMEOUT,
        login: Login | None = None,
    ) -> None:
        self._address = address
        self._server = Server(address, login, timeout)
        self._writable = write
        self._in_parts = False
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

    @property
    def software(self) -> str:
        """What the server calls itself, empty where it does not say."""
        return self._server.software

    @property
    def has_login(self) -> bool:
        """Whether a user or token is sent along."""
        return self._server.has_login

    @contextmanager
    def writing(self) -> Iterator[Self]:
        """Group many writes; each graph is all or nothing by itself, not the whole block."""
        check_writable(self)
        yield self

    def replace_graph(self, iri: str, triples: Iterable[Triple]) -> None:
        """Make `triples` the whole content of the graph `iri`."""
        check_writable(self)
        graph, lines = term_text(iri), statement_lines(triples)
        small = len(lines) <= _PART
        if small or not (self._in_parts or sum(map(len, lines)) > _LARGEST):
            try:
                self.update(replace_update(graph, lines))
                return
            except StoreError:
                # The server answered, so nothing is under way; its limits are not known.
                if small:
                    raise
        self._replace_in_parts(graph, lines)
        self._in_parts = True

    def change_graph(self, iri: str, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Take triples out of the graph `iri` and add others, by one update request."""
        check_writable(self)
        lines = statement_lines(removed), statement_lines(added)
        if update := change_update(term_text(iri), *lines):
            self.update(update)

    def _replace_in_parts(self, graph: str, lines: list[str]) -> None:
        staging = f"<{STAGING}{digest(graph, 16)}>"
        self.update(f"DROP SILENT GRAPH {staging}")
        try:
            for start in range(0, len(lines), _PART):
                self.update(insert_update(staging, lines[start : start + _PART]))
            self.update(f"MOVE GRAPH {staging} TO GRAPH {graph}")
        except MskgError:
            with suppress(MskgError):
                self.update(f"DROP SILENT GRAPH {staging}")
            raise

    def update(self, text: str) -> None:
        """Send one SPARQL update."""
        check_writable(self)
        self._check_open()
        self._server.send(text, update=True)

    def drop_graph(self, iri: str) -> None:
        """Remove the graph `iri`; a graph that is not there is no error."""
        self.replace_graph(iri, ())

    def graphs(self) -> list[str]:
        """Return the IRIs of the graphs that hold triples, sorted."""
        # Virtuoso takes a thousand times as long for SELECT DISTINCT ?g.
        found = self.select("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
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

    def dump(
        self, dump_format: DumpFormat = "nq", graphs: Iterable[str] | None = None
    ) -> Iterator[str]:
        """Yield the text of all `graphs` as N-Quads or TriG, one graph a piece."""
        return dump_pieces(self.graphs() if graphs is None else graphs, self._graph, dump_format)

    def _graph(self, iri: str) -> list[Triple]:
        graph = f"GRAPH {term_text(iri)} {{ ?s ?p ?o }}"
        return self.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {graph} }}")

    def close(self) -> None:
        """Forget the server."""
        self._closed = True

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError("the store is closed", zh="数据库已关闭")

    def _ask(self, query: str, timeout: float | None, *forms: str) -> bytes:
        form = query_form(query)
        if not form:
            # Never sent: Virtuoso would carry out an update that comes as a query.
            oxigraph.check_syntax(query)
        if form not in forms:
            raise wrong_form(*forms)
        self._check_open()
        return self._server.send(query, timeout, graph="CONSTRUCT" in forms)

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
