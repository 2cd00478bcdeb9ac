"""The W3C test suite of SPARQL 1.1 (evaluation of queries), sent to the endpoint.

Every file of data is a graph of one store; the dataset of each test is named by the parameters
of the protocol. The suite comes with the source distribution of rdflib; `.ci/run` unpacks it::

    pip download --no-deps --no-binary :all: rdflib && tar xzf rdflib-*.tar.gz
    mkdir -p tests/.cache && mv rdflib-*/test/data/suites/w3c/sparql11 tests/.cache/w3c-sparql11

Left out are the groups ``entailment`` (no regime is offered) and ``service`` (never allowed).
What does not pass is listed with its reason in ``w3c_failures.csv``.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from served_store import served

from mskg.store.embedded import DiskStore

if TYPE_CHECKING:
    from served_store import Served

SUITE = Path(__file__).parents[1] / ".cache" / "w3c-sparql11"
FAILURES = Path(__file__).with_name("w3c_failures.csv")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
LEFT_OUT = {"entailment", "service"}
THERE = 183
EMPTY = "x:empty"
RESULTS = {
    ".srx": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    ".srj": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    ".tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ".csv": ("text/csv", ox.QueryResultsFormat.CSV),
}
XSD = "http://www.w3.org/2001/XMLSchema#"


class Case(NamedTuple):
    name: str
    query: Path
    data: list[str]
    named: list[str]
    result: Path


def path_of(iri: object) -> Path:
    return Path(str(iri).removeprefix("file://"))


def cases() -> Iterator[Case]:
    for manifest in sorted(SUITE.glob("*/manifest.ttl")):
        group = manifest.parent.name
        if group in LEFT_OUT:
            continue
        graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
        (entries,) = set(graph.objects(None, MF.entries))
        for test in Collection(graph, entries):
            kinds = set(graph.objects(test, RDF.type))
            if kinds & {MF.QueryEvaluationTest, MF.CSVResultFormatTest}:
                action = graph.value(test, MF.action)
                yield Case(
                    f"{group}/{str(test).rpartition('#')[2]}",
                    path_of(graph.value(action, QT.query)),
                    sorted(map(str, graph.objects(action, QT.data))),
                    sorted(map(str, graph.objects(action, QT.graphData))),
                    path_of(graph.value(test, MF.result)),
                )


@pytest.fixture(scope="module", name="suite")
def _suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, list[Case]]]:
    if not SUITE.is_dir():
        pytest.skip("needs the W3C suite: see the docstring of this file, or run .ci/run")
    found = list(cases())
    folder = tmp_path_factory.mktemp("w3c") / "store"
    with DiskStore(folder, write=True) as store, store.writing():
        for iri in sorted({iri for case in found for iri in (*case.data, *case.named)}):
            # Past the methods of a store: data of the suite has blank nodes.
            store._database().load(path=str(path_of(iri)), base_iri=iri, to_graph=ox.NamedNode(iri))
    with served(folder) as server:
        yield server, found


def canonical(term: object) -> rdflib.term.Node:
    """Return a term of pyoxigraph with the value of a number or a truth value for its form."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal)
    value, kind = term.value, term.datatype.value
    if kind == XSD + "boolean":
        value = {"1": "true", "0": "false"}.get(value, value)
    elif kind.startswith(XSD) and kind != XSD + "string":
        with suppress(InvalidOperation):
            value = f"{Decimal(value).normalize():f}"
    language = term.language.lower() if term.language else None
    datatype = None if language or kind == XSD + "string" else rdflib.URIRef(kind)
    return rdflib.Literal(value, lang=language, datatype=datatype, normalize=False)


def as_graph(content: bytes, form: ox.QueryResultsFormat) -> rdflib.Graph | bool:
    """Return a table as a graph, so that blank nodes may have any names; or the answer of ASK."""
    result = ox.parse_query_results(content, format=form)
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    graph = rdflib.Graph()
    for row in result:
        node = rdflib.BNode()
        graph.add((node, RDF.type, rdflib.URIRef("x:row")))
        for variable in result.variables:
            if row[variable] is not None:
                graph.add((node, rdflib.URIRef("x:" + variable.value), canonical(row[variable])))
    return graph


def cells(content: bytes) -> list[list[tuple[str, str]]]:
    """Return the rows of CSV, sorted: names and values of the cells, numbers by their values."""

    def plain(cell: str) -> str:
        with suppress(InvalidOperation):
            return f"{Decimal(cell).normalize():f}"
        return "_:" if cell.startswith("_:") else cell

    rows = csv.DictReader(io.StringIO(content.decode()))
    return sorted(sorted((name, plain(cell)) for name, cell in row.items()) for row in rows)


def passes(server: Served, case: Case) -> bool:
    """Send one test and compare, as the suite demands, but for the lexical forms of numbers."""
    query = f"BASE <{case.query.as_uri()}>\n{case.query.read_text(encoding='utf-8')}"
    asked: dict[str, str | list[str]] = {"query": query}
    if case.data or case.named or "FROM" not in query:
        # A test without data is about an empty graph, unless its query names its own.
        asked |= {"default-graph-uri": case.data or [EMPTY], "named-graph-uri": case.named}
    suffix = case.result.suffix
    accept = RESULTS[suffix][0] if suffix in RESULTS else "text/turtle"
    reply = server.get("/sparql?" + urlencode(asked, doseq=True), accept=accept)
    if reply.status != 200:
        return False
    wanted = case.result.read_bytes()
    if suffix == ".csv":
        return cells(reply.body) == cells(wanted)
    if suffix in RESULTS:
        form = RESULTS[suffix][1]
        first, second = as_graph(reply.body, form), as_graph(wanted, form)
        if isinstance(first, bool) or isinstance(second, bool):
            return first == second
    else:
        first, second = (rdflib.Graph().parse(data=text) for text in (reply.body, wanted))
    return len(first) == len(second) and isomorphic(first, second)


def test_every_test_passes_or_its_failure_is_explained(
    suite: tuple[Served, list[Case]], capsys: pytest.CaptureFixture[str]
) -> None:
    server, found = suite
    assert len(found) == THERE
    with FAILURES.open(encoding="utf-8", newline="") as file:
        explained = {row["test"]: row["reason"] for row in csv.DictReader(file)}
    failed = {case.name for case in found if not passes(server, case)}
    with capsys.disabled():
        sys.stdout.write(
            f"\nW3C SPARQL 1.1 query evaluation: {len(found) - len(failed)} of {len(found)} pass\n"
        )
    assert sorted(failed) == sorted(explained)
    assert all(explained.values())
