"""What every store can do, and the values that come out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, Self, TypeAlias, runtime_checkable
from typing import Literal as OneOf

from mskg.errors import QueryError, StoreError
from mskg.ns import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

    from mskg.rdf.terms import Term, Triple

__all__ = [
    "Closing",
    "DumpFormat",
    "QuerySyntaxError",
    "Solutions",
    "Store",
    "check_writable",
    "own_graphs",
    "wrong_form",
]

DumpFormat: TypeAlias = OneOf["nq", "trig"]


class QuerySyntaxError(QueryError):
    """A query that is no SPARQL 1.1.

    Parameters
    ----------
    detail:
        What the parser expected or found.
    line, column:
        Where, counted from 1; 0 where the store does not tell.
    excerpt:
        The line of the query with a caret below the place, for people.
    """

    def __init__(self, detail: str, line: int = 0, column: int = 0, excerpt: str = "") -> None:
        place = f" at line {line}, column {column}" if line else ""
        place_zh = f"（第 {line} 行第 {column} 列）" if line else ""
        super().__init__(
            f"SPARQL syntax error{place}: {detail}", zh=f"SPARQL 语法错误{place_zh}：{detail}"
        )
        self.detail = detail
        self.at_line = line
        self.at_column = column
        self.excerpt = excerpt

    def __reduce__(self) -> tuple[type[QuerySyntaxError], tuple[str, int, int, str]]:
        return QuerySyntaxError, (self.detail, self.at_line, self.at_column, self.excerpt)


class Solutions(NamedTuple):
    """The result of a SELECT: names of the variables, and one tuple of terms a row.

    A term is a ``str`` (IRI; ``_:name`` for a blank node of foreign data), a `Literal`, or
    None where the variable is unbound. Language tags are in lower case.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@runtime_checkable
class Store(Protocol):
    """Named graphs that SPARQL 1.1 can ask; the union of all graphs is the default graph.

    All methods raise `StoreError` where the store fails and `QueryError` where the query is
    wrong or takes longer than its `timeout` (seconds; None leaves it to the backend).
    """

    @property
    def location(self) -> str:
        """Folder or address of the store; empty for memory."""
        ...

    @property
    def writable(self) -> bool:
        """Whether the store was opened for writing."""
        ...

    def replace_graph(self, iri: str, triples: Iterable[Triple]) -> None:
        """Make `triples` the whole content of the graph `iri`: all of them, or nothing changes."""
        ...

    def drop_graph(self, iri: str) -> None:
        """Remove the graph `iri`; a graph that is not there is no error."""
        ...

    def change_graph(self, iri: str, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Take triples out of the graph `iri` and add others, in one step.

        For graphs too large to be replaced; a triple that is not there is no error.
        """
        ...

    def writing(self) -> AbstractContextManager[Self]:
        """Group many writes: embedded stores keep all of them, or none after an exception.

        A remote store can't: there each graph is all or nothing by itself.
        """
        ...

    def graphs(self) -> list[str]:
        """Return the IRIs of the graphs that hold triples, sorted."""
        ...

    def select(self, query: str, *, timeout: float | None = None) -> Solutions:
        """Return the solutions of a SELECT query."""
        ...

    def ask(self, query: str, *, timeout: float | None = None) -> bool:
        """Return the answer of an ASK query."""
        ...

    def construct(self, query: str, *, timeout: float | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, sorted and each once."""
        ...

    def dump(
        self, dump_format: DumpFormat = "nq", graphs: Iterable[str] | None = None
    ) -> Iterator[str]:
        """Yield the text of all `graphs` as N-Quads or TriG, one graph a piece.

        Graphs and statements are sorted: equal content gives equal text. None is all graphs.
        """
        ...

    def close(self) -> None:
        """Release files and locks; the store can't be used any more."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Closing:
    """Closes a store at the end of a ``with`` block."""

    def close(self) -> None:
        """Release files and locks."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def check_writable(store: Store) -> None:
    """Raise `StoreError` if `store` was opened read-only."""
    if not store.writable:
        name = store.location or "in memory"
        raise StoreError(
            f"the store {name} is open for reading only",
            hint="open it with write=True",
            zh=f"数据库 {name} 是以只读方式打开的（请以 write=True 打开）",
        )


def own_graphs(store: Store) -> list[str]:
    """Return the graphs that mskg wrote: on a server others may keep graphs of their own."""
    graphs = store.graphs()
    if store.location.startswith(("http://", "https://")):
        return [graph for graph in graphs if graph.startswith(DATA)]
    return graphs


def wrong_form(*forms: str) -> QueryError:
    """Return the error for a query of another form than the `forms` a method answers."""
    wanted = " or ".join(forms)
    return QueryError(
        f"wanted a query of the form {wanted} here", zh=f"这里需要 {'、'.join(forms)} 查询"
    )
