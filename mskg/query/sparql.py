"""Free SPARQL from a person: known prefixes added, nothing that reaches outside the store."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mskg.errors import QueryError
from mskg.ns import PREFIXES
from mskg.query.table import ResultTable, table_of
from mskg.store import QuerySyntaxError, Solutions, Store
from mskg.store.text import blank_out, query_form

if TYPE_CHECKING:
    from mskg.rdf.terms import Term

__all__ = ["run_sparql", "select", "with_prefixes"]

_SERVICE = re.compile(r"(?<![\w?$:-])SERVICE(?![\w:-])", re.IGNORECASE)
_UPDATE = re.compile(
    r"(?<![\w?$:-])(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)(?![\w:-])", re.IGNORECASE
)
_DECLARED = re.compile(r"(?<![\w?$:-])PREFIX\s+([\w-]*)\s*:", re.IGNORECASE)
_USED = re.compile(r"(?<![\w?$:.-])([A-Za-z][\w-]*):")


def select(store: Store, text: str, *, timeout: float | None = None) -> ResultTable:
    """Return the table of a SELECT query; see `run_sparql`."""
    if query_form(text) not in {"SELECT", ""}:
        raise QueryError("wanted a SELECT query here", zh="这里需要 SELECT 查询")
    return run_sparql(store, text, timeout=timeout)


def run_sparql(store: Store, text: str, *, timeout: float | None = None) -> ResultTable:
    """Run a free query of any form and return a table.

    SELECT gives its variables, ASK one cell ``answer``, CONSTRUCT and DESCRIBE ``subject``,
    ``predicate`` and ``object``. Known prefixes (``mskg:``, ``skos:``, …) need not be declared.

    Parameters
    ----------
    timeout:
        Seconds after which the query is stopped (see `Store`).

    Raises
    ------
    QueryError
        For a syntax error (with line and column), an update, or SERVICE.
    """
    _refuse(text)
    query, added = with_prefixes(text)
    try:
        return _run(store, query, timeout)
    except QuerySyntaxError as error:
        if not added:
            raise
        raise QuerySyntaxError(
            error.detail, max(error.at_line - added, 0), error.at_column
        ) from error


def with_prefixes(text: str) -> tuple[str, int]:
    """Return `text` with the known prefixes it uses declared, and the number of lines added."""
    bare = blank_out(text)
    # Declarations are read from the text itself: their IRIs are blank in the other.
    missing = set(_USED.findall(bare)) - set(_DECLARED.findall(bare))
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in sorted(missing & set(PREFIXES))]
    return "".join(lines) + text, len(lines)


def _refuse(text: str) -> None:
    bare = blank_out(text)
    if _SERVICE.search(bare):
        raise QueryError(
            "SERVICE is not allowed: a query stays inside its store",
            zh="不允许使用 SERVICE：查询只在本数据库内进行",
        )
    if not query_form(text) and (found := _UPDATE.search(bare)):
        raise QueryError(
            f"{found[1].upper()} is an update, which is not allowed here",
            hint="use SELECT, ASK, CONSTRUCT or DESCRIBE",
            zh=f"{found[1].upper()} 是更新操作，这里只能查询（SELECT、ASK、CONSTRUCT、DESCRIBE）",
        )


def _run(store: Store, query: str, timeout: float | None) -> ResultTable:
    form = query_form(query)
    if form == "ASK":
        return ResultTable(("answer",), ((store.ask(query, timeout=timeout),),), form=form)
    if form in {"CONSTRUCT", "DESCRIBE"}:
        rows: tuple[tuple[Term, ...], ...] = tuple(store.construct(query, timeout=timeout))
        columns = ("subject", "predicate", "object")
        return replace(table_of(Solutions(columns, rows), columns), form=form)
    found = store.select(query, timeout=timeout)
    return table_of(found, found.variables)
