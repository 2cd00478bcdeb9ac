"""Free SPARQL: prefixes, places of errors, and what is refused."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from mskg.errors import QueryError
from mskg.query import explain, run_sparql, select
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


@pytest.mark.parametrize(
    ("text", "place", "message", "zh"),
    [
        (
            "SELECT ?t WHERE {\n  ?t a mskg:Task ;\n  dcterms:title }",
            (3, 17),
            "unexpected '}', expected a variable, an IRI or a value",
            "这里不应是 '}'，应为 变量、IRI 或值",
        ),
        (
            "SELECT ?x WHERE { ?x a mskk:Task }",
            (1, 24),
            "the prefix mskk: is not declared; did you mean mskg: ?",
            "前缀 mskk: 没有声明（是不是 mskg:）",
        ),
        ("SELEC ?x", (1, 9), "did you mean SELECT", "是不是 SELECT"),
        ('SELECT ?x { ?x a "民生" ?y }', (1, 23), "unexpected '?y'", "这里不应是 '?y'"),
        ("SELECT ?x { ?x a mskg:Task", (1, 27), "unexpected end of the line", "到行末还没有完"),
    ],
)
def test_a_caret_stands_below_the_fault(
    store: Any, text: str, place: tuple[int, int], message: str, zh: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run_sparql(store, text)
    error = caught.value
    assert (error.at_line, error.at_column) == place
    assert message in str(error)
    assert zh in error.line("zh")
    line, caret = error.excerpt.split("\n")
    assert line == "  " + text.split("\n")[place[0] - 1]
    # two columns for each of the two Chinese characters
    wide = 2 if "民生" in text else 0
    assert caret == " " * (place[1] + 1 + wide) + "^"
    again = pickle.loads(pickle.dumps(error))
    assert (again.excerpt, again.at_column) == (error.excerpt, error.at_column)


def test_star_keeps_the_order_of_the_text(store: Any) -> None:
    table = run_sparql(
        store, "SELECT * { ?task a mskg:Task ; dcterms:title ?name ; mskg:number ?b }"
    )
    assert table.columns == ("task", "name", "b")


QUESTION = """SELECT DISTINCT ?t (COUNT(?i) AS ?n) WHERE {
  ?t a mskg:Task . ?d a mskg:Department .
  OPTIONAL { ?t mskg:hasItem/mskg:text ?i FILTER(CONTAINS(?i, "法律")) }
  { ?t mskg:number 1 } UNION { ?t mskg:number 2 }
  FILTER NOT EXISTS { ?t mskg:groupName ?g }
  GRAPH ?g2 { ?t mskg:position ?p }
  VALUES ?p { 1 2 }
} GROUP BY ?t ORDER BY ?t LIMIT 3"""


def test_explain_counts_each_pattern_and_marks_cross_products(store: Any) -> None:
    table = explain(store, QUESTION, timeout=30)
    rows = {step.strip(): (matches, note) for step, matches, note in table.rows}
    assert rows["?t rdf:type mskg:Task"] == (2, None)
    assert rows["?d rdf:type mskg:Department"] == (3, None)
    assert rows["?t mskg:groupName ?g"] == (0, None)
    assert {"LIMIT 3", "DISTINCT", "UNION", "OPTIONAL", "NOT EXISTS", "GRAPH ?g2", "VALUES"} <= set(
        rows
    )
    assert [row[2] for row in table.rows].count("cross product") == 1
    connected = explain(
        store, "ASK { ?t a mskg:Task ; mskg:number ?n . ?x a mskg:Item ; mskg:inTask ?t }"
    )
    assert not any(note for _, _, note in connected.rows)


def test_explain_does_not_run_and_refuses_what_run_refuses(store: Any) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert len(explain(store, endless)) > 4
    steps = explain(store, "SELECT * { ?r mskg:parentRegion* ?up }").rows
    assert [matches for _, matches, _ in steps] == [None] * len(steps)  # paths may be endless
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        explain(store, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QuerySyntaxError) as caught:
        explain(store, 'SELECT ?x { ?x a "民生" ?y }')
    assert (caught.value.at_line, caught.value.at_column) == (1, 23)


@pytest.mark.parametrize(
    "form", ["SELECT (COUNT(*) AS ?n)", "ASK", "CONSTRUCT { ?a ?b ?c }", "DESCRIBE ?a"]
)
def test_the_time_limit_stops_every_form(stores: Any, form: str) -> None:
    """On disk a query runs in a process of its own, which is gone when time is up."""
    store = stores.get("disk", "read")
    body = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STRLEN(CONCAT(STR(?c), STR(?f))) < 0) }"
    with pytest.raises(QueryError, match=r"took longer than 1 s and was stopped"):
        run_sparql(store, f"{form} WHERE {body}", timeout=1)
    assert len(run_sparql(store, "ASK { ?t a mskg:Task }", timeout=30)) == 1
