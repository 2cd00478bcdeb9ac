"""Free SPARQL from a person: known prefixes added, nothing that reaches outside the store."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from mskg.errors import QueryError
from mskg.ns import PREFIXES
from mskg.query.table import ResultTable, python_value, table_of
from mskg.rdf.algebra import ParseError, query_steps
from mskg.store import QuerySyntaxError, Solutions, Store
from mskg.store.text import blank_out, query_form

if TYPE_CHECKING:
    from mskg.rdf.terms import Term

__all__ = ["explain", "placed_error", "refuse", "run_sparql", "select", "with_prefixes"]

_SERVICE = re.compile(r"(?<![\w?$:-])SERVICE(?![\w:-])", re.IGNORECASE)
_UPDATE = re.compile(
    r"(?<![\w?$:-])(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)(?![\w:-])", re.IGNORECASE
)
_DECLARED = re.compile(r"(?<![\w?$:-])PREFIX\s+([\w-]*)\s*:", re.IGNORECASE)
_VARIABLE = re.compile(r"[?$](\w+)")
_STAR = re.compile(r"SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?\*", re.IGNORECASE)
_TOKEN = re.compile(r'"((?:\\.|[^"\\])*)"|\b([A-Z]{2,})\b')
_SIGNS = set(",.;{}()[]")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
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
    refuse(text)
    query, added = with_prefixes(text)
    try:
        return _run(store, query, timeout)
    except QuerySyntaxError as error:
        raise placed_error(error, text, added) from error


def explain(store: Store, text: str, *, timeout: float | None = None) -> ResultTable:
    """Return the steps of a query in the order of its algebra, without running it.

    Beside each triple pattern stands how many matches it has by itself in `store`: the start is
    cheapest where there are few. Steps whose parts share no variable are marked, for every row of
    one goes with every row of the other.

    Parameters
    ----------
    timeout:
        Seconds for each count; a pattern that takes longer has none.

    Raises
    ------
    QueryError
        As `run_sparql`.
    """
    refuse(text)
    query, added = with_prefixes(text)
    try:
        steps = query_steps(query)
    except ParseError as error:
        wrong = QuerySyntaxError(str(error), *error.at)
        raise placed_error(wrong, text, added, in_bytes=False) from error
    rows = []
    for step in steps:
        note = "cross product" if step.apart else None
        count = _matches(store, step.pattern, timeout) if step.pattern else None
        rows.append(("  " * step.depth + step.text, count, note))
    return ResultTable(("step", "matches", "note"), tuple(rows), ("步骤", "单独匹配数", "注意"))


def _matches(store: Store, pattern: str, timeout: float | None) -> int | None:
    """Return the matches of one pattern; None for repeated paths, which may take for ever."""
    if re.search(r"[>)][*+]", pattern):
        return None
    query = f"SELECT (COUNT(*) AS ?matches) WHERE {{ {pattern} }}"
    try:
        value = python_value(store.select(query, timeout=timeout).rows[0][0])
    except QueryError:
        return None
    return value if isinstance(value, int) else None


def placed_error(
    error: QuerySyntaxError, text: str, added: int, *, in_bytes: bool = True
) -> QuerySyntaxError:
    """Return `error` with its place in `text`, as the person wrote it, and what is meant.

    Parameters
    ----------
    added:
        Lines of prefixes put before `text`.
    in_bytes:
        Whether the column counts bytes of UTF-8, as in Oxigraph, or characters.
    """
    line, column = max(error.at_line - added, 0), max(error.at_column, 1)
    lines = [one.rstrip("\r") for one in text.split("\n")]
    if not 0 < line <= len(lines):
        return QuerySyntaxError(error.detail)
    if in_bytes:
        column = len(lines[line - 1].encode()[: column - 1].decode(errors="ignore")) + 1
    detail, zh = _readable(error.detail, text, lines[line - 1][column - 1 :])
    prefix = _unknown_prefix(text)
    if prefix and "refix" in error.detail:
        line, column, detail, zh = prefix
    shown = lines[line - 1].replace("\t", " ")
    # A Chinese character takes two columns on a terminal.
    width = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in shown[: column - 1])
    excerpt = f"  {shown}\n  {' ' * width}^" if shown.strip() else ""
    placed = QuerySyntaxError(detail, line, column, excerpt)
    placed.zh = f"SPARQL 语法错误（第 {line} 行第 {column} 列）：{zh}"
    return placed


def _unknown_prefix(text: str) -> tuple[int, int, str, str] | None:
    """Return line, column and messages for the first prefix neither declared nor known."""
    bare = blank_out(text)
    known = {*_DECLARED.findall(bare), *PREFIXES}
    for found in _USED.finditer(bare):
        if found[1] in known or found[1] == "_":
            continue
        near = difflib.get_close_matches(found[1], sorted(known), n=1, cutoff=0.5)
        detail, zh = f"the prefix {found[1]}: is not declared", f"前缀 {found[1]}: 没有声明"
        if near:
            detail, zh = f"{detail}; did you mean {near[0]}: ?", f"{zh}（是不是 {near[0]}:）"
        start = bare.rfind("\n", 0, found.start())
        return bare.count("\n", 0, found.start()) + 1, found.start() - start, detail, zh
    return None


def _readable(detail: str, text: str, rest: str) -> tuple[str, str]:
    """Return what is wrong in English and Chinese words.

    The parser lists the beginnings of everything that could follow.

    Parameters
    ----------
    rest:
        What stands at the place, up to the end of its line.
    """
    if not query_form(text):
        first = text.split(None, 1)[0].upper() if text.split() else ""
        near = difflib.get_close_matches(first, _FORMS, n=1)
        hint, hint_zh = (
            (f"; did you mean {near[0]}?", f"（是不是 {near[0]}）") if near else ("", "")
        )
        forms = ", ".join(_FORMS)
        return f"a query has the form {forms}{hint}", f"查询应为 {forms} 之一{hint_zh}"
    if "xpected" not in detail:
        return detail, detail
    found = repr(rest.split(maxsplit=1)[0]) if rest.split() else ""
    tokens = {quoted or word for quoted, word in _TOKEN.findall(detail)}
    signs = sorted(tokens & _SIGNS)
    term = bool({"?", "<"} & tokens)
    wanted = " or ".join([*(["a variable, an IRI or a value"] if term else []), *signs])
    wanted_zh = " 或 ".join([*(["变量、IRI 或值"] if term else []), *signs])
    return (
        f"unexpected {found or 'end of the line'}" + (f", expected {wanted}" if wanted else ""),
        (f"这里不应是 {found}" if found else "到行末还没有完")
        + (f"，应为 {wanted_zh}" if wanted else ""),
    )


def with_prefixes(text: str) -> tuple[str, int]:
    """Return `text` with the known prefixes it uses declared, and the number of lines added."""
    bare = blank_out(text)
    # Declarations are read from the text itself: their IRIs are blank in the other.
    missing = set(_USED.findall(bare)) - set(_DECLARED.findall(bare))
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in sorted(missing & set(PREFIXES))]
    return "".join(lines) + text, len(lines)


def refuse(text: str) -> None:
    """Raise `QueryError` for a query that would change the store, or leave it (SERVICE)."""
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
    # SELECT * leaves the order open: the one in which the text names them is easiest to read.
    order = {name: place for place, name in enumerate(reversed(_VARIABLE.findall(query)))}
    star = _STAR.search(blank_out(query))
    named = sorted(found.variables, key=lambda name: -order.get(name, -1))
    return table_of(found, named if star else found.variables)
