"""The served data behind the methods of a store, for code that waits for its answers.

Its queries go the way of all others: to the reader processes, with their limits.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NoReturn, Self

from mskg.service.protocol import checked_answer, request_of
from mskg.store import reader as child
from mskg.store.base import Closing, DumpFormat, Solutions, wrong_form
from mskg.store.oxigraph import parsed_solutions, parsed_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from mskg.rdf.terms import Triple
    from mskg.service.live import Live

__all__ = ["ServedStore"]


class ServedStore(Closing):
    """A store (see `mskg.store.Store`) that asks the readers; not for the thread of the server.

    Parameters
    ----------
    loop:
        The loop of the server.
    """

    def __init__(self, live: Live, loop: asyncio.AbstractEventLoop) -> None:
        self._live = live
        self._loop = loop

    @property
    def location(self) -> str:
        """Folder of the store whose copy is asked."""
        return str(self._live.store)

    @property
    def writable(self) -> bool:
        """Never."""
        return False

    def select(self, query: str, *, timeout: float | None = None) -> Solutions:
        """Return the solutions of a SELECT query."""
        kind, content = self._ask(query, timeout)
        if kind != child.TABLE or b'"boolean"' in content[:40]:
            raise wrong_form("SELECT")
        return parsed_solutions(content)

    def ask(self, query: str, *, timeout: float | None = None) -> bool:
        """Return the answer of an ASK query."""
        return b"true" in self._ask(query, timeout)[1][-10:]

    def construct(self, query: str, *, timeout: float | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, sorted and each once."""
        kind, content = self._ask(query, timeout)
        if kind != child.GRAPH:
            raise wrong_form("CONSTRUCT", "DESCRIBE")
        return parsed_triples(content)

    def graphs(self) -> list[str]:
        """Return the IRIs of the graphs that hold triples, sorted."""
        rows = self.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").rows
        return sorted(str(name) for (name,) in rows)

    def _ask(self, query: str, timeout: float | None) -> tuple[bytes, bytes]:
        future = asyncio.run_coroutine_threadsafe(self._whole(query, timeout), self._loop)
        return future.result()

    async def _whole(self, query: str, timeout: float | None) -> tuple[bytes, bytes]:
        request = request_of(query, "json", "nt", self._live.limits.rows)
        answer = await self._live.readers.ask(request, timeout=timeout)
        checked_answer(answer, query)
        pieces = [answer.content]
        if answer.rest is not None:
            pieces += [piece async for piece in answer.rest]
        return answer.kind, b"".join(pieces)

    def replace_graph(self, iri: str, triples: Iterable[Triple]) -> NoReturn:
        """Raise: nothing is written here."""
        raise NotImplementedError

    def change_graph(
        self, iri: str, removed: Iterable[Triple], added: Iterable[Triple]
    ) -> NoReturn:
        """Raise: nothing is written here."""
        raise NotImplementedError

    def drop_graph(self, iri: str) -> NoReturn:
        """Raise: nothing is written here."""
        raise NotImplementedError

    def writing(self) -> AbstractContextManager[Self]:
        """Raise: nothing is written here."""
        raise NotImplementedError

    def dump(
        self, dump_format: DumpFormat = "nq", graphs: Iterable[str] | None = None
    ) -> Iterator[str]:
        """Raise: large answers go through the graph store protocol."""
        raise NotImplementedError

    def close(self) -> None:
        """Do nothing: the server owns the readers."""
