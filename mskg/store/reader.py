"""Answer queries one after another in a process of its own, which its parent may end at any time.

The module is run as a file, not imported: ``python reader.py SETTINGS``. It imports nothing of
mskg, so that a successor of an ended process is there at once. On Linux it gives up the right
to open sockets before it reads the first query: whatever a query says, nothing leaves the machine.

Both ways a message begins with four bytes of length (big-endian). The parent sends a JSON object::

    {"query": …, "table": "json", "graph": "turtle", "rows": 1000,
     "union": true, "default": […], "named": […]}

``default`` and ``named`` are the graphs of the dataset, null where the query tells them itself;
``table`` and ``graph`` are the formats wanted for each kind of result, null where none will do.
The answer is a sequence of messages, each with one more byte, its kind, before the length: a
piece of a table (`TABLE`) or of a graph (`GRAPH`), in small letters where more follow. A
capital letter ends the answer; all other kinds are errors, with a text.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["FAILURE", "GRAPH", "LIMIT", "SYNTAX", "TABLE", "UNACCEPTABLE", "main"]

TABLE = b"T"
GRAPH = b"G"
SYNTAX = b"S"
LIMIT = b"L"
UNACCEPTABLE = b"A"
FAILURE = b"F"

# Format → how it is called, what stands once a row, and how many more rows than that there are.
_TABLES = {
    "json": (ox.QueryResultsFormat.JSON, b',{"', 1),
    "xml": (ox.QueryResultsFormat.XML, b"<result>", 0),
    "csv": (ox.QueryResultsFormat.CSV, b"\r\n", -1),
    "tsv": (ox.QueryResultsFormat.TSV, b"\n", -1),
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
# Up to so many bytes an answer is whole or an error; a longer one is sent in pieces.
_WHOLE = 4 << 20
_PIECE = 256 << 10


class _TooManyRowsError(Exception):
    pass


class _Pieces:
    """A file that counts the rows written to it and sends them on in pieces.

    Parameters
    ----------
    kind:
        Kind of the messages.
    mark:
        What stands once in every row of the format and (but for CSV) never inside a value.
    more:
        How many more rows there are than marks.
    rows:
        The most rows there may be; 0 for any number.
    """

    def __init__(self, out: BinaryIO, kind: bytes, mark: bytes, more: int, rows: int) -> None:
        self._out, self._kind, self._mark, self._limit = out, kind, mark, rows
        self._held: list[bytes] = []
        self._size = 0
        self._rows = more
        self._room = _WHOLE
        self._tail = b""

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        data = bytes(data)
        if self._limit:
            joined = self._tail + data
            self._rows += joined.count(self._mark)
            keep = len(self._mark) - 1
            self._tail = joined[-keep:] if keep else b""
            if self._rows > self._limit:
                raise _TooManyRowsError
        self._held.append(data)
        self._size += len(data)
        if self._size > self._room:
            self._send(self._kind.lower())
            self._room = _PIECE
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces are sent when they are large enough."""

    def end(self) -> None:
        """Send the last piece."""
        self._send(self._kind)

    def _send(self, kind: bytes) -> None:
        _send(self._out, kind, b"".join(self._held))
        self._held.clear()
        self._size = 0


def main() -> int:
    """Answer until stdin ends; the settings are the first argument, as JSON."""
    settings = json.loads(sys.argv[1])
    store = ox.Store.read_only(settings["database"])
    _limit_memory(settings["memory"])
    _leave_network()
    requests, out = sys.stdin.buffer, sys.stdout.buffer
    _send(out, FAILURE, b"")  # says: ready
    while head := requests.read(4):
        request = json.loads(requests.read(int.from_bytes(head)))
        try:
            _answer(store, request, settings["prefixes"], out)
        except SyntaxError as error:
            _send(out, SYNTAX, str(error).encode())
        except _TooManyRowsError:
            _send(out, LIMIT, str(request["rows"]).encode())
        except (OSError, RuntimeError, ValueError, MemoryError) as error:
            _send(out, FAILURE, (str(error) or type(error).__name__).encode())
    return 0


def _answer(
    store: ox.Store, request: dict[str, Any], prefixes: dict[str, str], out: BinaryIO
) -> None:
    dataset: dict[str, Any] = {"use_default_graph_as_union": request["union"]}
    if request["default"] is not None:
        dataset = {
            "default_graph": [ox.NamedNode(iri) for iri in request["default"]],
            "named_graphs": [ox.NamedNode(iri) for iri in request["named"]],
        }
    result = store.query(request["query"], prefixes=prefixes, **dataset)
    rows = request["rows"]
    if isinstance(result, ox.QueryTriples):
        if request["graph"] is None:
            _send(out, UNACCEPTABLE, GRAPH)
            return
        pieces = _Pieces(out, GRAPH, b"", 0, 0)
        form = _GRAPHS[request["graph"]]
        # The prefix of our own data would need an escape for every slash.
        written = {name: iri for name, iri in prefixes.items() if name != "id"}
        triples = _counted(result, rows)
        ox.serialize(triples, cast("BinaryIO", pieces), format=form, prefixes=written)
    else:
        if request["table"] is None:
            _send(out, UNACCEPTABLE, TABLE)
            return
        form_of_table, mark, more = _TABLES[request["table"]]
        pieces = _Pieces(out, TABLE, mark, more, rows)
        result.serialize(cast("BinaryIO", pieces), format=form_of_table)
    pieces.end()


def _counted(triples: Iterable[ox.Triple], rows: int) -> Iterator[ox.Triple]:
    """Yield `triples`, each once as long as they are within `rows`; 0 means any number."""
    seen: set[ox.Triple] = set()
    for triple in triples:
        if not rows:
            yield triple
            continue
        if triple in seen:
            continue
        seen.add(triple)
        if len(seen) > rows:
            raise _TooManyRowsError
        yield triple


def _send(out: BinaryIO, kind: bytes, payload: bytes) -> None:
    out.write(kind + len(payload).to_bytes(4) + payload)
    out.flush()


def _limit_memory(megabytes: int) -> None:
    """Let the process end when it wants more memory; Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = megabytes << 20
        if most == resource.RLIM_INFINITY or wanted < most:
            resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))


# Architecture → its number for the kernel (AUDIT_ARCH_…), and that of the call socket(2).
_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


def _leave_network() -> None:
    """Let the kernel refuse new sockets to this process (seccomp; Linux only).

    Queries with SERVICE are refused before they come here: this is the second lock on the door.
    """
    if sys.platform != "linux":
        return
    import ctypes
    import errno
    import os
    import struct

    found = _SOCKET_CALLS.get(os.uname().machine)
    if found is None:
        return
    architecture, call = found
    load, equal, give = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
    allowed, refused = 0x7FFF0000, 0x00050000 | errno.EACCES
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (load, 0, 0, 4),  # seccomp_data.arch
            (equal, 0, 2, architecture),
            (load, 0, 0, 0),  # seccomp_data.nr
            (equal, 1, 0, call),
            (give, 0, 0, allowed),
            (give, 0, 0, refused),
        )
    )
    steps = ctypes.create_string_buffer(program)
    filter_ = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(steps))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, seccomp, mode_filter = 38, 22, 2
    libc.prctl(no_new_privileges, 1, 0, 0, 0)
    libc.prctl(seccomp, mode_filter, ctypes.create_string_buffer(filter_), 0, 0)


if __name__ == "__main__":
    sys.exit(main())
