"""What is special about a store on a server."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING, ClassVar

import pytest

from mskg.errors import StoreError
from mskg.rdf.terms import Literal
from mskg.store import open_store
from mskg.store.remote import RemoteStore
from mskg.store.server import endpoints

if TYPE_CHECKING:
    from collections.abc import Iterator

G = "https://example.org/graph"
S = "https://example.org/s"


@pytest.mark.parametrize(
    ("address", "query", "update"),
    [
        ("http://h:7878", "http://h:7878/query", "http://h:7878/update"),
        ("http://h:7878/", "http://h:7878/query", "http://h:7878/update"),
        ("http://h/ds/query", "http://h/ds/query", "http://h/ds/update"),
        (
            "https://h/repositories/plans",
            "https://h/repositories/plans",
            "https://h/repositories/plans/statements",
        ),
        ("http://h:8890/sparql", "http://h:8890/sparql", "http://h:8890/sparql"),
    ],
)
def test_endpoints(address: str, query: str, update: str) -> None:
    assert endpoints(address) == (query, update)


def test_a_store_opened_for_reading_refuses_writes(server: str) -> None:
    with open_store(server) as store:
        assert not store.writable
        with pytest.raises(StoreError, match="reading only"):
            store.replace_graph(G, [])
        with pytest.raises(StoreError, match="reading only"), store.writing():
            pass


def test_a_large_graph_and_a_long_query_get_through(server: str) -> None:
    triples = [(f"{S}{n}", S, Literal("残疾儿童康复救助" * 20)) for n in range(5000)]
    with open_store(server, write=True) as store:
        store.replace_graph(G, triples)
        many = " ".join(f"<{S}{n}>" for n in range(5000))
        found = store.select(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?s {{ {many} }} ?s ?p ?o }}")
        assert found.rows[0][0] == Literal("5000", "http://www.w3.org/2001/XMLSchema#integer")
        store.drop_graph(G)
        assert store.graphs() == []


def test_no_server() -> None:
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9: ") as caught:
        open_store("http://127.0.0.1:9")
    assert "\n" not in str(caught.value)


class _Answering(http.server.BaseHTTPRequestHandler):
    """Answers requests with the prepared answers, one after the other."""

    answers: ClassVar[list[tuple[int, bytes]]] = []
    requests: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.requests.append(f"{self.path} {body.decode()[:6]}")
        status, answer = self.answers.pop(0)
        self.send_response(status)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


YES = (200, b'{"head": {}, "boolean": true}')


@pytest.fixture
def scripted() -> Iterator[str]:
    _Answering.answers, _Answering.requests = [YES], []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_reads_are_tried_again(scripted: str) -> None:
    with RemoteStore(scripted) as store:
        _Answering.answers += [(503, b""), (502, b""), YES]
        assert store.ask("ASK {}") is True
    assert _Answering.requests == ["/query query="] * 4


def test_reads_are_given_up_in_the_end(scripted: str) -> None:
    with RemoteStore(scripted) as store:
        _Answering.answers += [(503, b"")] * 3
        with pytest.raises(StoreError, match="HTTP 503"):
            store.ask("ASK {}")


def test_writes_are_sent_once(scripted: str) -> None:
    with RemoteStore(scripted, write=True) as store:
        _Answering.answers += [(503, b""), (204, b"")]
        with pytest.raises(StoreError, match="HTTP 503"):
            store.replace_graph(G, [])
    assert _Answering.requests == ["/query query=", "/update update"]


def test_an_answer_that_breaks_off(scripted: str) -> None:
    with RemoteStore(scripted) as store:
        _Answering.answers += [(200, b'{"head": {"vars": ["s"]}, "results": {"bindings": [')]
        with pytest.raises(StoreError, match="broke off"):
            store.select("SELECT ?s {}")


def test_access_denied(scripted: str) -> None:
    with RemoteStore(scripted) as store:
        _Answering.answers += [(401, b"who are you")]
        with pytest.raises(StoreError, match="who are you"):
            store.ask("ASK {}")
