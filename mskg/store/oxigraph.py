"""Turn what pyoxigraph returns and raises into our terms and errors."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox

from mskg.errors import StoreError
from mskg.rdf.terms import Literal, Term, Triple
from mskg.store.base import QuerySyntaxError, Solutions
from mskg.store.text import blank_out, unique_triples

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "check_syntax",
    "parsed_solutions",
    "parsed_triples",
    "solutions",
    "syntax_error",
    "term",
    "translated",
    "triples",
    "uses_from",
]

_PLACE = re.compile(r"error(?: at|:)? (\d+):(\d+)(?:[^:]*): *(.*)", re.DOTALL)
_FROM = re.compile(r"(?<![\w?$:-])FROM(?![\w:-])", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![\w?$:-])SERVICE(?![\w:-])", re.IGNORECASE)
_DETAIL_LENGTH = 160
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_BOOLEANS = {"1": "true", "0": "false"}


def term(value: object) -> Term:
    """Return the pyoxigraph term `value` as one of ours."""
    if isinstance(value, ox.NamedNode):
        return value.value
    if isinstance(value, ox.Literal):
        language = value.language
        if language:
            return Literal(value.value, "", language.lower())
        datatype = value.datatype.value
        if datatype == _BOOLEAN:  # Virtuoso says 1 for true
            return Literal(_BOOLEANS.get(value.value, value.value), datatype)
        return Literal(value.value, "" if datatype.endswith("XMLSchema#string") else datatype)
    return str(value)


def solutions(result: ox.QuerySolutions) -> Solutions:
    """Return all rows of a SELECT result."""
    names = tuple(variable.value for variable in result.variables)
    rows = tuple(
        tuple(None if value is None else term(value) for value in solution) for solution in result
    )
    return Solutions(names, rows)


def parsed_solutions(content: bytes) -> Solutions:
    """Return the rows of a SELECT result in JSON."""
    result = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    assert isinstance(result, ox.QuerySolutions)
    return solutions(result)


def parsed_triples(content: bytes) -> list[Triple]:
    """Return the triples of N-Triples text, sorted and each once."""
    return triples(ox.parse(content, format=ox.RdfFormat.N_TRIPLES))


def triples(result: Iterator[ox.Triple] | ox.QueryTriples | ox.QuadParser) -> list[Triple]:
    """Return the triples of a CONSTRUCT result, sorted and each once."""
    return list(
        unique_triples(
            (str(term(entry.subject)), entry.predicate.value, term(entry.object))
            for entry in result
        )
    )


def uses_from(query: str) -> bool:
    """Return whether `query` names its graphs itself (FROM), so that the union must not apply."""
    return bool(_FROM.search(blank_out(query)))


def syntax_error(message: str) -> QuerySyntaxError:
    """Return the error for what the Oxigraph parser says, such as ``error at 1:27: …``."""
    found = _PLACE.search(message)
    detail = " ".join((found[3] if found else message).split())
    if "Prefix not found" in detail:
        detail = "a prefix is used that is not declared"
    elif "['A' ..=" in detail or len(detail) > _DETAIL_LENGTH:
        detail = detail[:_DETAIL_LENGTH].rsplit(",", 1)[0] + ", …"
    return QuerySyntaxError(detail, *((int(found[1]), int(found[2])) if found else (0, 0)))


def check_syntax(query: str) -> None:
    """Raise `QuerySyntaxError` if `query` is no SPARQL query; it is asked of an empty store."""
    if _SERVICE.search(blank_out(query)):
        return  # asking it would ask another server
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        raise syntax_error(str(error)) from error
    except (OSError, RuntimeError, ValueError):
        return  # syntax is all that counts here


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn pyoxigraph's exceptions into `QuerySyntaxError` and `StoreError`."""
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        message = " ".join(str(error).split())
        raise StoreError(f"{where}: {message}", zh=f"{where}：数据库出错（{message}）") from error
