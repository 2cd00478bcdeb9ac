"""Free SPARQL: prefixes, places of errors, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from mskg.errors import QueryError
from mskg.query import run_sparql, select
from mskg.store import QuerySyntaxError


@pytest.fixture(scope="module", params=["memory", "disk", "server"])
def store(request: pytest.FixtureRequest, stores: Any) -> Any:
    return stores.get(request.param, "sample")


def test_known_prefixes_need_no_declaration(store: Any) -> None:
    table = select(store, "SELECT (COUNT(DISTINCT ?t) AS ?n) { ?t a mskg:Task ; dcterms:title ?x }")
    assert table.columns == ("n",)
    assert table.rows == ((2,),)


def test_own_prefixes_win(store: Any) -> None:
    text = "PREFIX mskg: <http://example.org/> SELECT * { ?t a mskg:Task }"
    assert len(select(store, text)) == 0


def test_ask_construct_describe(store: Any) -> None:
    assert run_sparql(store, "ASK { ?t a mskg:Task }").to_dicts() == [{"answer": True}]
    table = run_sparql(store, "CONSTRUCT { ?t a prov:Plan } WHERE { ?t a mskg:Task }", timeout=30)
    assert table.columns == ("subject", "predicate", "object")
    assert len(table) == 2
    assert len(run_sparql(store, "DESCRIBE <https://w3id.org/mskg/id/doc/sample-2023>")) > 5


def test_the_place_of_an_error_is_that_in_the_text(store: Any) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run_sparql(store, "SELECT ?t WHERE {\n  ?t a mskg:Task ;\n  dcterms:title }")
    assert caught.value.at_line == 3
    assert "line 3" in str(caught.value)


def test_an_unknown_prefix(store: Any) -> None:
    with pytest.raises(QuerySyntaxError, match="prefix") as caught:
        select(store, "SELECT * { ?s nowhere:p ?o }")
    assert caught.value.at_line == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("select * { service silent ?x { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("DROP ALL", "DROP is an update"),
        ("INSERT DATA { <http://e/a> <http://e/b> 'SELECT' }", "INSERT is an update"),
        ("PREFIX a: <http://e/> DELETE WHERE { ?s ?p ?o }", "DELETE is an update"),
        ("LOAD <file:///etc/hostname>", "LOAD is an update"),
        ("", "syntax"),
        ("what is this", "syntax"),
    ],
)
def test_refused(store: Any, text: str, message: str) -> None:
    before = list(store.dump())
    with pytest.raises(QueryError, match=message):
        run_sparql(store, text)
    assert list(store.dump()) == before


def test_words_in_strings_are_no_keywords(store: Any) -> None:
    table = select(store, "SELECT ?x { BIND('SERVICE and DROP' AS ?x) } # INSERT")
    assert table.rows == (("SERVICE and DROP",),)


def test_select_takes_nothing_else(store: Any) -> None:
    with pytest.raises(QueryError, match="wanted a SELECT"):
        select(store, "ASK { ?s ?p ?o }")


def test_from_names_the_graphs(stores: Any) -> None:
    """Oxigraph's server can't do this beside a default union; the embedded stores can."""
    store = stores.get("memory", "sample")
    document = "https://w3id.org/mskg/id/doc/sample-2023"
    text = "SELECT (COUNT(?t) AS ?n) FROM <%s> { ?t a mskg:Task }"
    assert select(store, text % document).rows == ((2,),)
    assert select(store, text % (document + "/derived")).rows == ((0,),)
