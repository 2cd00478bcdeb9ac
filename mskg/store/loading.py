"""Take a dump into a store: the whole file is checked before anything is changed."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import IO, TYPE_CHECKING, Final, NamedTuple
from typing import Literal as OneOf

import pyoxigraph as ox

from mskg.errors import InputError, StoreError, system_reason
from mskg.store.base import own_graphs
from mskg.store.dumping import END
from mskg.store.oxigraph import term
from mskg.store.packing import dump_form, packed_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from mskg.rdf.terms import Triple
    from mskg.store.base import DumpFormat, Store

__all__ = ["DumpContent", "Onto", "check_dump", "load_dump"]

Onto = OneOf["empty", "add", "replace"]
_FORMATS: Final = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
_MEGABYTE: Final = 1 << 20
_TAIL: Final = 200  # bytes that hold the last line of a dump


class DumpContent(NamedTuple):
    """What a dump holds.

    ``sorted`` says that each graph stands in one piece, ``complete`` that the last line is
    that of a whole dump.
    """

    graphs: tuple[str, ...]
    statements: int
    sorted: bool
    complete: bool


class _Watched:
    """A stream that remembers its end and tells how far its file was read."""

    def __init__(self, stream: IO[bytes], raw: IO[bytes], tell: Callable[[int], None]) -> None:
        self._stream, self._raw, self._tell = stream, raw, tell
        self.tail = b""
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes."""
        try:
            data = self._stream.read(size)
        except Exception as error:  # kept, because the parser hides what it was
            self.error = error
            raise
        self.tail = (self.tail + data)[-_TAIL:]
        self._tell(self._raw.tell())
        return data


def check_dump(path: Path, advance: Callable[[str, int, int], None] | None = None) -> DumpContent:
    """Read the whole dump `path` and return what it holds.

    Parameters
    ----------
    advance:
        Called with the name of the file, and how many megabytes of how many are read.

    Raises
    ------
    InputError
        If the file can't be read, is cut off, is no N-Quads or TriG, holds blank nodes or
        statements outside of named graphs.
    """
    graphs: dict[str, None] = {}
    statements, last, ordered = 0, "", True
    with _opened(path, advance) as (stream, form):
        for graph, _ in _statements(stream, form):
            statements += 1
            if graph != last:
                ordered = ordered and graph not in graphs
                graphs[graph] = None
                last = graph
        complete = _is_complete(stream.tail, len(graphs))
        if not statements and not complete:
            raise SyntaxError("no statement in it")
    return DumpContent(tuple(sorted(graphs)), statements, ordered, complete)


def load_dump(
    store: Store,
    path: Path,
    content: DumpContent,
    *,
    onto: Onto = "empty",
    advance: Callable[[str], None] | None = None,
) -> list[str]:
    """Put the graphs of the dump `path` into `store`; return the graphs that were removed.

    Parameters
    ----------
    content:
        What `check_dump` found in the file.
    onto:
        ``empty`` refuses a store that holds something; ``add`` replaces the graphs that the
        dump has too and leaves the others; ``replace`` makes the store hold the dump only
        (on a server: and what others keep there).
    advance:
        Called with an empty name after each graph.

    Raises
    ------
    InputError
        If a dump that may be cut off would replace a store.
    StoreError
        If the store is not empty, or fails.
    """
    if onto == "replace" and not content.complete:
        raise InputError(
            f"{path}: has no end mark, so it may be cut off, and would replace all there is",
            hint="load it into a new store and look at it there",
            zh=f"{path}：没有结尾标记，可能被截断了，不能用来替换全部内容"
            "（请先装进一个新数据库看看）",
        )
    present = own_graphs(store)
    if present and onto == "empty":
        name = store.location or "in memory"
        raise StoreError(
            f"the store {name} is not empty: it holds {len(present)} graphs",
            hint="--replace puts the dump in their place, --add keeps what the dump has not",
            zh=f"数据库 {name} 不是空的，已有 {len(present)} 个图"
            "（--replace 用备份替换全部，--add 保留备份里没有的）",
        )
    removed = sorted(set(present) - set(content.graphs)) if onto == "replace" else []
    with store.writing():
        with _opened(path, None) as (stream, form):
            for graph, triples in _graphs(stream, form, content):
                store.replace_graph(graph, triples)
                if advance is not None:
                    advance("")
        # Last, so that a load that is stopped on a server has lost nothing.
        for graph in removed:
            store.drop_graph(graph)
    return removed


def _graphs(
    stream: _Watched, form: DumpFormat, content: DumpContent
) -> Iterator[tuple[str, Iterable[Triple]]]:
    if content.sorted:
        for graph, group in groupby(_statements(stream, form), key=itemgetter(0)):
            yield graph, (triple for _, triple in group)
        return
    # A dump of another program: put its graphs together on disk first.
    with tempfile.TemporaryDirectory() as folder:
        scratch = ox.Store(folder)
        scratch.bulk_load(input=stream, format=_FORMATS[form])  # type: ignore[arg-type]
        for graph in content.graphs:
            quads = scratch.quads_for_pattern(None, None, None, ox.NamedNode(graph))
            yield graph, (_triple(quad) for quad in quads)
        del scratch


def _statements(stream: _Watched, form: DumpFormat) -> Iterator[tuple[str, Triple]]:
    for quad in ox.parse(input=stream, format=_FORMATS[form]):  # type: ignore[arg-type]
        graph = quad.graph_name
        if not isinstance(graph, ox.NamedNode):
            raise _Unfit("a statement is in no named graph", "有陈述不在具名图里")
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise _Unfit(f"a blank node in <{graph.value}>", f"<{graph.value}> 里有空白节点")
        yield graph.value, _triple(quad)


def _triple(quad: ox.Quad) -> Triple:
    return str(term(quad.subject)), quad.predicate.value, term(quad.object)


class _Unfit(Exception):  # noqa: N818 - a signal inside this module
    """Why a file can't be loaded, in English and Chinese."""


@contextmanager
def _opened(
    path: Path, advance: Callable[[str, int, int], None] | None
) -> Iterator[tuple[_Watched, DumpFormat]]:
    """Yield the unpacked stream of a dump and its format; all faults become `InputError`."""
    form = dump_form(path)
    watched: _Watched | None = None
    try:
        size = -(-path.stat().st_size // _MEGABYTE)

        def tell(position: int) -> None:
            if advance is not None:
                advance(path.name, position // _MEGABYTE, size)

        with path.open("rb") as raw, packed_reading(raw) as unpacked:
            watched = _Watched(unpacked, raw, tell)
            yield watched, form
    except _Unfit as error:
        english, chinese = error.args
        raise InputError(
            f"{path}: {english}",
            hint="only dumps whose statements all have a graph and IRIs can be loaded",
            zh=f"{path}：{chinese}（只能装入每条陈述都在具名图里、没有空白节点的备份）",
        ) from error
    except (SyntaxError, ValueError) as error:
        raise _broken(path, (watched and watched.error) or error) from error
    except Exception as error:
        # Each packer has errors of its own.
        if watched is not None and watched.error is not None:
            raise _broken(path, watched.error) from error
        if not isinstance(error, OSError):
            raise
        raise InputError(
            f"{path}: can't be read ({error.strerror or error})",
            zh=f"{path}：读不了（{system_reason(error)}）",
        ) from error


def _broken(path: Path, error: Exception) -> InputError:
    what = " ".join(str(error).split())
    return InputError(
        f"{path}: damaged or cut off ({what})",
        hint="nothing was loaded",
        zh=f"{path}：已损坏或不完整（{what}），没有装入任何内容",
    )


def _is_complete(tail: bytes, graphs: int) -> bool:
    """Return whether the last line is that of a whole dump; raise if it tells another number."""
    line = tail.decode(errors="replace").rstrip("\n").rpartition("\n")[2]
    if not line.startswith(END):
        return False
    if line.removeprefix(END) != str(graphs):
        raise ValueError(f"{graphs} graphs, not {line.removeprefix(END)}")
    return True
