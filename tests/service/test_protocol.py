"""The SPARQL 1.1 Protocol: the forms of the W3C protocol tests, sent by curl, and real clients."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
import subprocess
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from served_store import Served

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?task a mskg:Task }"
TASKS = "82"
REFERENCE = "https://w3id.org/mskg/id/graph/reference"
MSKG = "PREFIX mskg: <https://w3id.org/mskg/ontology#> "
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def curl(server: Served, path: str, *options: str, stdin: bytes = b"") -> tuple[int, str, bytes]:
    """Send one request with curl; return status, media type and body."""
    program = shutil.which("curl")
    if program is None:
        pytest.skip("needs curl: apt-get install curl")
    shown = "\n%{http_code} %{content_type}"
    done = subprocess.run(
        [program, "-sS", "--max-time", "30", "-w", shown, *options, server.address + path],
        input=stdin,
        capture_output=True,
        check=True,
    )
    body, _, last = done.stdout.rpartition(b"\n")
    status, _, kind = last.decode().partition(" ")
    return int(status), kind, body


def number(body: bytes) -> str:
    """Return the one value of a result in JSON."""
    (row,) = json.loads(body)["results"]["bindings"]
    return str(row["n"]["value"])


def encoded(**parameters: str | Sequence[str]) -> str:
    return urlencode({k.replace("_", "-"): v for k, v in parameters.items()}, doseq=True)


# Named as in the test suite of the protocol, data-sparql11/protocol.
def test_query_get(server: Served) -> None:
    status, kind, body = curl(server, f"/sparql?{encoded(query=COUNT)}")
    assert (status, kind, number(body)) == (200, "application/sparql-results+json", TASKS)


def test_query_post_form(server: Served) -> None:
    status, _, body = curl(
        server, "/sparql", "-H", f"Content-Type: {FORM}", "-d", encoded(query=COUNT)
    )
    assert (status, number(body)) == (200, TASKS)


def test_query_post_direct(server: Served) -> None:
    typed = ("-H", f"Content-Type: {DIRECT}; charset=utf-8")
    status, _, body = curl(server, "/sparql", *typed, "--data-binary", "@-", stdin=COUNT.encode())
    assert (status, number(body)) == (200, TASKS)


DATASETS = [
    # What follows ?query=: default graphs, named graphs, tasks in each.
    (encoded(default_graph_uri=REFERENCE), "0", "0"),
    (encoded(named_graph_uri="{plan}"), "0", "{own}"),
    (encoded(default_graph_uri="{plan}"), "{own}", "0"),
    (encoded(default_graph_uri=["{plan}", REFERENCE], named_graph_uri=REFERENCE), "{own}", "0"),
    ("", TASKS, TASKS),
]


@pytest.mark.parametrize("how", ["get", "form", "direct"])
@pytest.mark.parametrize(("dataset", "default", "named"), DATASETS)
def test_query_dataset(server: Served, how: str, dataset: str, default: str, named: str) -> None:
    plans = (
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?t a mskg:Task } } GROUP BY ?g ORDER BY ?g LIMIT 1"
    )
    (row,) = json.loads(server.query(plans).body)["results"]["bindings"]
    dataset = dataset.replace(quote("{plan}", safe=""), quote(row["g"]["value"], safe=""))
    asked = {
        default: COUNT,
        named: COUNT.replace("?task a mskg:Task", "GRAPH ?g { ?task a mskg:Task }"),
    }
    if default == named:
        asked = {default: COUNT}
    for wanted, query in asked.items():
        if how == "get":
            reply = curl(server, f"/sparql?{encoded(query=query)}&{dataset}")
        elif how == "form":
            reply = curl(server, "/sparql", "-d", f"{encoded(query=query)}&{dataset}")
        else:
            typed = ("-H", f"Content-Type: {DIRECT}")
            reply = curl(server, f"/sparql?{dataset}", *typed, "-d", query)
        assert number(reply[2]) == wanted.replace("{own}", row["n"]["value"])


def test_dataset_of_the_protocol_wins_over_that_of_the_query(server: Served) -> None:
    query = COUNT.replace("WHERE", f"FROM <{REFERENCE}> WHERE")
    assert number(server.query(query).body) == "0"
    plan = json.loads(server.query("SELECT ?n { GRAPH ?n { ?t a mskg:Task } } LIMIT 1").body)
    name = plan["results"]["bindings"][0]["n"]["value"]
    _, _, body = curl(server, f"/sparql?{encoded(query=query, default_graph_uri=name)}")
    assert int(number(body)) > 0


@pytest.mark.parametrize(
    ("query", "types"),
    [
        (COUNT, ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"]),
        (
            "ASK { ?s a mskg:Task }",
            ["application/sparql-results+json", "application/sparql-results+xml"],
        ),
        (
            f"DESCRIBE <{REFERENCE}>",
            ["text/turtle", "application/rdf+xml", "application/n-triples"],
        ),
        ("CONSTRUCT WHERE { ?s a mskg:Task }", ["text/turtle", "application/ld+json"]),
    ],
    ids=["select", "ask", "describe", "construct"],
)
def test_query_content_type(server: Served, query: str, types: list[str]) -> None:
    for kind in types:
        _, found, _ = curl(server, f"/sparql?{encoded(query=query)}", "-H", f"Accept: {kind}")
        assert found.split(";")[0] == kind
    _, found, _ = curl(server, f"/sparql?{encoded(query=query)}", "-H", "Accept: */*")
    assert found.split(";")[0] == types[0]


@pytest.mark.parametrize(
    ("path", "options", "statuses"),
    [
        (f"/sparql?{encoded(query=COUNT)}", ["-X", "PUT"], {405}),  # bad_query_method
        (f"/sparql?{encoded(query=['ASK {}', COUNT])}", [], {400}),  # bad_multiple_queries
        ("/sparql", ["-H", "Content-Type: text/plain", "-d", COUNT], {415}),  # wrong_media_type
        (
            "/sparql",
            ["-H", "Content-Type:", "-d", encoded(query=COUNT)],
            {415},
        ),  # missing_form_type
        ("/sparql", ["-H", "Content-Type:", "-d", COUNT], {415}),  # missing_direct_type
        ("/sparql", ["-H", f"Content-Type: {DIRECT}; charset=utf-16", "-d", "ASK {}"], {415}),
        (f"/sparql?{encoded(query='ASK { ?s ?p ')}", [], {400}),  # bad_query_syntax
        ("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%ff%22%20%7D", [], {400}),  # non_utf8
        ("/sparql", ["-d", encoded(update="CLEAR ALL")], {403}),
        (f"/sparql?{encoded(query='CLEAR ALL')}", [], {400}),
        (f"/sparql?{encoded(query=COUNT)}", ["-H", "Accept: image/png"], {406}),
        ("/sparql?nothing=1", [], {400}),
    ],
)
def test_bad_request(server: Served, path: str, options: list[str], statuses: set[int]) -> None:
    status, kind, body = curl(server, path, *options)
    assert status in statuses
    assert kind.startswith("text/plain")
    assert body.strip()


def test_long_requests_are_refused(server: Served) -> None:
    reply = server.get("/sparql", "POST", b"query=" + b"x" * 1_100_000, content_type=FORM)
    assert reply.status == 413


def test_syntax_error_shows_the_place_in_both_languages(server: Served) -> None:
    reply = server.query("SELECT * WHERE {\n ?s rdfs:lable 水务局 }", accept_language="en-GB,en")
    assert reply.status == 400
    assert "syntax error at line 2" in reply.text
    assert reply.text.splitlines()[-1].endswith("^")
    assert "语法错误（第 1 行第 9 列）" in server.query("SELECT {").text


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/*, application/sparql-results+json;q=0.5", "text/csv"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("", "application/sparql-results+json"),
    ],
)
def test_qualities_decide(server: Served, accept: str, kind: str) -> None:
    assert server.query(COUNT, accept=accept).headers["content-type"].split(";")[0] == kind


def test_results_are_the_same_in_every_format(server: Served) -> None:
    query = "SELECT ?t ?l WHERE { ?t a mskg:Task ; rdfs:label|dcterms:title ?l } ORDER BY ?t ?l"
    rows = json.loads(server.query(query).body)["results"]["bindings"]
    shown = csv.reader(io.StringIO(server.query(query, accept="text/csv").text))
    assert [[row["t"]["value"], row["l"]["value"]] for row in rows] == list(shown)[1:]
    assert (
        len(server.query(query, accept="text/tab-separated-values").text.splitlines())
        == len(rows) + 1
    )
    assert server.query(query, accept="application/sparql-results+xml").text.count(
        "<result>"
    ) == len(rows)


def test_gzip_only_where_it_is_taken(server: Served) -> None:
    query = "SELECT * WHERE { ?task a mskg:Task ; ?p ?o }"
    plain = server.query(query)
    packed = server.query(query, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) * 4 < len(plain.body)
    assert "content-encoding" not in server.query(query, accept_encoding="gzip;q=0").headers


def test_scripts_of_other_pages_may_ask(server: Served) -> None:
    reply = server.query(COUNT, origin="https://example.org")
    assert reply.headers["access-control-allow-origin"] == "*"
    asked = server.get(
        "/sparql",
        "OPTIONS",
        origin="https://example.org",
        access_control_request_method="POST",
        access_control_request_headers="content-type",
    )
    assert asked.status == 200
    assert "POST" in asked.headers["access-control-allow-methods"]


def test_head_has_the_headers_of_get(server: Served) -> None:
    whole = server.query(COUNT)
    head = server.get(f"/sparql?{encoded(query=COUNT)}", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <PORT> { ?s ?p ?o } }",
        "SELECT * { ?s ?p <x:a\\u0027> . SERVICE SILENT <PORT> { ?s ?p ?o } }",
        "PREFIX e: <http://e/> SELECT * { {} UNION { ?s ?p e:a\\# } SERVICE <PORT> { ?s ?p ?o } }",
    ],
)
def test_no_query_leaves_the_store(server: Served, query: str) -> None:
    reply = server.query(query.replace("PORT", server.address), accept_language="en")
    assert reply.status == 400
    assert "SERVICE is not allowed" in reply.text


def test_sparqlwrapper(server: Served) -> None:
    client = SPARQLWrapper(server.address + "/sparql")
    client.setTimeout(30)
    client.setQuery(MSKG + COUNT)
    for method in ("GET", POST):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        assert client.query().convert()["results"]["bindings"][0]["n"]["value"] == TASKS
    client.setRequestMethod(POSTDIRECTLY)
    client.setReturnFormat(XML)
    assert f">{TASKS}</literal>" in client.query().convert().toxml()
    client.setReturnFormat(CSV)
    assert client.query().convert().decode().split() == ["n", TASKS]
    client.setReturnFormat(TURTLE)
    client.setQuery(MSKG + "CONSTRUCT WHERE { ?t a mskg:Task }")
    for form in (TURTLE, N3):
        client.setReturnFormat(form)
        assert len(rdflib.Graph().parse(data=client.query().convert(), format="turtle")) == int(
            TASKS
        )
    client.setReturnFormat(JSON)
    client.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed, match="SPARQL"):
        client.query()


def test_rdflib_as_a_client(server: Served) -> None:
    graph = rdflib.Graph(SPARQLStore(server.address + "/sparql"))
    task = rdflib.URIRef("https://w3id.org/mskg/ontology#Task")
    assert len(set(graph.subjects(rdflib.RDF.type, task))) == int(TASKS)
    (row,) = graph.query(MSKG + COUNT)
    assert str(row[0]) == TASKS


def test_several_generations_without_a_restart(tmp_path: Path) -> None:
    from served_store import served

    from mskg.rdf.terms import Literal
    from mskg.store import open_store

    def write(number: str) -> None:
        with open_store(tmp_path / "store", write=True) as store:
            store.replace_graph("x:g", [("x:s", "x:p", Literal(number))])

    write("1")
    with served(tmp_path / "store") as server:
        asked = "SELECT ?n WHERE { <x:s> <x:p> ?n }"
        assert number(server.query(asked).body) == "1"
        write("2")
        answers = {number(server.query(asked).body)}
        end = time.monotonic() + 60
        while "2" not in answers and time.monotonic() < end:
            answers.add(number(server.query(asked).body))
        assert answers == {"1", "2"}
        assert json.loads(server.get("/health").body)["generation"] == "000002"
        assert server.stop() == 0
    assert list((tmp_path / "store" / "public").iterdir()) == []
