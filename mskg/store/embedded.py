"""Stores inside this process, on pyoxigraph: in memory, or a folder on disk."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self, TypeVar

import pyoxigraph as ox

from mskg.errors import QueryError, StoreError
from mskg.store import oxigraph
from mskg.store.base import Closing, DumpFormat, Solutions, check_writable, wrong_form
from mskg.store.generations import Lease, StoreFolder, damaged
from mskg.store.stoppable import run_stoppable
from mskg.store.text import (
    change_update,
    dump_pieces,
    replace_update,
    statement_lines,
    term_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from mskg.rdf.terms import Triple

__all__ = ["DiskStore", "MemoryStore"]

T = TypeVar("T")
_MOST_WAITING = 1 << 26  # bytes of N-Quads; about 300,000 statements
_SMALL = 1 << 20  # bytes up to which a transaction costs less than files of their own
_Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class _EmbeddedStore(Closing, ABC):
    """What memory and disk share: asking, dumping, and one writing block at a time."""

    def __init__(self, *, writable: bool) -> None:
        self._writable = writable
        self._depth = 0

    @property
    @abstractmethod
    def location(self) -> str:
        """Folder of the store; empty for memory."""

    @property
    def writable(self) -> bool:
        """Whether the store was opened for writing."""
        return self._writable

    @abstractmethod
    def _database(self) -> ox.Store:
        """Return the open database, or raise `StoreError`."""

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def _commit(self) -> None: ...

    @abstractmethod
    def _roll_back(self) -> None: ...

    @abstractmethod
    def _replace(self, iri: str, name: str, lines: Sequence[str]) -> None:
        """Make the statements `lines` the whole of the graph `iri`, `name` as text."""

    def _before_change(self, iri: str) -> None:  # only memory keeps old graphs
        """Keep what is needed to undo a change of the graph `iri`."""

    @property
    def _name(self) -> str:
        return self.location or "memory store"

    @contextmanager
    def writing(self) -> Iterator[Self]:
        """Group many writes: all of them are kept, or none after an exception."""
        check_writable(self)
        if self._depth == 0:
            self._begin()
        self._depth += 1
        try:
            yield self
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self._roll_back()
            raise
        self._depth -= 1
        if self._depth == 0:
            self._commit()

    def replace_graph(self, iri: str, triples: Iterable[Triple]) -> None:
        """Make `triples` the whole content of the graph `iri`."""
        check_writable(self)
        name, lines = term_text(iri), statement_lines(triples)
        with self.writing():
            self._before_change(iri)
            with oxigraph.translated(f"{self._name}: graph {iri}"):
                self._replace(iri, name, lines)

    def change_graph(self, iri: str, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Take triples out of the graph `iri` and add others, in one step."""
        check_writable(self)
        lines = statement_lines(removed), statement_lines(added)
        update = change_update(term_text(iri), *lines)
        with self.writing():
            self._before_change(iri)
            with oxigraph.translated(f"{self._name}: graph {iri}"):
                self._database().update(update)

    def drop_graph(self, iri: str) -> None:
        """Remove the graph `iri`; a graph that is not there is no error."""
        self.replace_graph(iri, ())

    def graphs(self) -> list[str]:
        """Return the IRIs of the graphs that hold triples, sorted."""
        with oxigraph.translated(self._name):
            names = [str(oxigraph.term(name)) for name in self._database().named_graphs()]
        return sorted(names)

    def select(self, query: str, *, timeout: float | None = None) -> Solutions:
        """Return the solutions of a SELECT query."""
        return self._run(query, timeout, ox.QuerySolutions, oxigraph.solutions)

    def ask(self, query: str, *, timeout: float | None = None) -> bool:
        """Return the answer of an ASK query."""
        return self._run(query, timeout, ox.QueryBoolean, bool)

    def construct(self, query: str, *, timeout: float | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, sorted and each once."""
        return self._run(query, timeout, ox.QueryTriples, oxigraph.triples)

    def dump(
        self, dump_format: DumpFormat = "nq", graphs: Iterable[str] | None = None
    ) -> Iterator[str]:
        """Yield the text of all `graphs` as N-Quads or TriG, one graph a piece."""
        return dump_pieces(self.graphs() if graphs is None else graphs, self._graph, dump_format)

    def _graph(self, iri: str) -> list[Triple]:
        with oxigraph.translated(self._name):
            quads = self._database().quads_for_pattern(None, None, None, ox.NamedNode(iri))
            return [
                (str(oxigraph.term(q.subject)), q.predicate.value, oxigraph.term(q.object))
                for q in quads
            ]

    def _run(
        self, query: str, timeout: float | None, kind: type[_Result], read: Callable[..., T]
    ) -> T:
        """Answer `query`; without a process that can be ended, `timeout` is checked at the end."""
        start = time.monotonic()
        with oxigraph.translated(self._name):
            result = self._database().query(
                query, use_default_graph_as_union=not oxigraph.uses_from(query)
            )
            if not isinstance(result, kind):
                raise wrong_form(*_FORMS[kind])
            answer = read(result)
        if timeout is not None and time.monotonic() - start > timeout:
            raise QueryError(
                f"the query took longer than {timeout:g} s", zh=f"查询超过了 {timeout:g} 秒"
            )
        return answer

    @abstractmethod
    def close(self) -> None:
        """Release files and locks; the store can't be used any more."""


_FORMS: dict[type[_Result], tuple[str, ...]] = {
    ox.QuerySolutions: ("SELECT",),
    ox.QueryBoolean: ("ASK",),
    ox.QueryTriples: ("CONSTRUCT", "DESCRIBE"),
}


class MemoryStore(_EmbeddedStore):
    """A store in memory, gone when closed.

    A `timeout` can't stop a running query here: it is only checked when the query ends.
    Queries from strangers belong on a disk or remote store.
    """

    def __init__(self) -> None:
        super().__init__(writable=True)
        self._db: ox.Store | None = ox.Store()
        self._old: dict[str, list[ox.Quad]] = {}

    @property
    def location(self) -> str:
        """Empty: the store is nowhere."""
        return ""

    def _database(self) -> ox.Store:
        if self._db is None:
            raise StoreError("the store is closed", zh="数据库已关闭")
        return self._db

    def _begin(self) -> None:
        self._old = {}

    def _before_change(self, iri: str) -> None:
        if iri not in self._old:
            pattern = (None, None, None, ox.NamedNode(iri))
            self._old[iri] = list(self._database().quads_for_pattern(*pattern))

    def _replace(self, iri: str, name: str, lines: Sequence[str]) -> None:
        graph = ox.NamedNode(iri)
        if self._database().contains_named_graph(graph):
            self._database().update(replace_update(name, lines))
        else:
            # One transaction as well, and without the slow parser of updates.
            data = "".join(f"{line} .\n" for line in lines).encode()
            self._database().load(data, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)

    def _commit(self) -> None:
        self._old = {}

    def _roll_back(self) -> None:
        database = self._database()
        for iri, quads in self._old.items():
            database.remove_graph(ox.NamedNode(iri))
            database.extend(quads)
        self._old = {}

    def close(self) -> None:
        """Forget everything."""
        self._db = None


class DiskStore(_EmbeddedStore):
    """A store in a folder; `mskg.store.generations` tells how it is kept safe.

    A reader sees the generation that was current when it was opened, whatever is written
    meanwhile. A writer makes one generation a `writing` block, or one a write outside of one.

    Parameters
    ----------
    path:
        The folder; made if it is missing and `write` is true.
    write:
        Become the only writer.

    Raises
    ------
    StoreError
        If there is no store, it is damaged, foreign, newer, or written by another process.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        super().__init__(writable=write)
        self._folder = StoreFolder(path)
        self._db: ox.Store | None = None
        self._lease: Lease | None = None
        self._new = ""
        self._waiting: dict[str, bytes] = {}
        """Graphs of the new generation, as N-Quads, that are not in its database yet."""
        self._size = 0
        self._closed = False
        self._lock = self._folder.lock() if write else None
        try:
            if not write or self._folder.current():
                self._open_current()
            if write:
                self._folder.clean()
        except BaseException:
            self.close()
            raise

    @property
    def location(self) -> str:
        """Folder of the store."""
        return str(self._folder.path)

    @property
    def generation(self) -> str:
        """Name of the generation that is read now; empty before the first write."""
        return self._lease.generation if self._lease else ""

    def _open_current(self) -> None:
        self._lease = self._folder.lease()
        try:
            self._db = ox.Store.read_only(str(self._lease.database))
        except (OSError, RuntimeError, ValueError) as error:
            raise damaged(self._folder.path, " ".join(str(error).split())) from error

    def _database(self) -> ox.Store:
        if self._closed:
            raise StoreError("the store is closed", zh="数据库已关闭")
        if self._db is None:
            # Opened for writing, and nothing was ever written: an empty store.
            self._db = ox.Store()
        if self._waiting:
            self._load_waiting()
        return self._db

    def _replace(self, iri: str, name: str, lines: Sequence[str]) -> None:
        """Let the graph wait: loading many at once costs a third of loading each by itself.

        No step needs a transaction of its own, because a generation is kept or dropped whole.
        """
        if iri in self._waiting:
            self._load_waiting()
        assert self._db is not None  # a generation is being written
        self._db.remove_graph(ox.NamedNode(iri))
        if not lines:
            return
        self._waiting[iri] = "".join(f"{line} {name} .\n" for line in lines).encode()
        self._size += len(self._waiting[iri])
        if self._size > _MOST_WAITING:
            self._load_waiting()

    def _load_waiting(self) -> None:
        assert self._db is not None
        # A bulk load makes several files, which would pile up with small writes. The graphs wait
        # until they are in: where this fails, so does the commit.
        data = b"".join(self._waiting.values())
        # No local name for the method: a traceback would keep the database open by it.
        if self._size > _SMALL:
            self._db.bulk_load(data, format=ox.RdfFormat.N_QUADS)
        else:
            self._db.load(data, format=ox.RdfFormat.N_QUADS)
        self._forget_waiting()

    def _forget_waiting(self) -> None:
        self._waiting, self._size = {}, 0

    def _begin(self) -> None:
        if self._closed:
            raise StoreError("the store is closed", zh="数据库已关闭")
        try:
            self._new = self._folder.new_generation()
            target = self._folder.database(self._new)
            if self._lease is not None:
                self._database().backup(str(target))
            self._db = None
            self._db = ox.Store(str(target))
        except (OSError, RuntimeError, ValueError) as error:
            self._roll_back()
            raise self._unwritable(error) from error

    def _commit(self) -> None:
        try:
            # Without flush the next read-only checkpoint would miss the write-ahead log.
            self._database().flush()
            self._db = None
            self._folder.switch(self._new)
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            self._roll_back()
            raise self._unwritable(error) from error
        self._new = ""
        self._release()
        self._open_current()
        self._folder.clean()

    def _unwritable(self, error: Exception) -> StoreError:
        return StoreError(
            f"{self.location} can't be written: {error}", zh=f"无法写入 {self.location}：{error}"
        )

    def _roll_back(self) -> None:
        self._forget_waiting()
        self._db = None
        if self._new:
            self._folder.discard(self._new)
        self._new = ""
        self._release()
        if self._folder.current():
            self._open_current()

    def _run(
        self, query: str, timeout: float | None, kind: type[_Result], read: Callable[..., T]
    ) -> T:
        # A generation that is being written can't be opened by a second process.
        if timeout is None or self._lease is None or self._new:
            return super()._run(query, timeout, kind, read)
        self._database()
        result = run_stoppable(self._lease.database, query, timeout, self.location)
        if not isinstance(result, kind) and not (
            kind is ox.QueryTriples and isinstance(result, ox.QuadParser)
        ):
            raise wrong_form(*_FORMS[kind])
        return read(result)

    def _release(self) -> None:
        self._db = None
        if self._lease is not None:
            self._lease.release()
            self._lease = None

    def close(self) -> None:
        """Release files and locks; the store can't be used any more."""
        self._closed = True
        self._release()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
