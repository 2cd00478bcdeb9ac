"""What goes to a server and what comes of it: login, busy servers, large graphs."""

from __future__ import annotations

import base64
import http.server
import threading
from typing import TYPE_CHECKING

import pytest
from virtuoso_server import USER

from mskg.errors import InputError, StoreError
from mskg.rdf.terms import Literal
from mskg.store import Login, QuerySyntaxError, open_store
from mskg.store.remote import STAGING, RemoteStore

if TYPE_CHECKING:
    from collections.abc import Iterator

G = "https://example.org/graph"
S = "https://example.org/s"
YES = (200, {}, b'{"head": {}, "boolean": true}')


class Scripted(http.server.ThreadingHTTPServer):
    """Answers with the prepared answers in turn, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[tuple[int, dict[str, str], bytes]] = [YES]
        self.requests: list[tuple[str, str]] = []  # method and path, authorization

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Scripted

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = (f"{self.command} {self.path}", self.headers.get("Authorization", ""))
        self.server.requests.append(asked)
        status, headers, answer = self.server.answers.pop(0)
        self.send_response(status)
        for name, value in {"Content-Type": "application/sparql-results+json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST  # noqa: N815 - the name that the class looks for

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture(name="scripted")
def _scripted() -> Iterator[Scripted]:
    server = Scripted()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode()


@pytest.mark.parametrize(
    ("login", "sent"),
    [
        (None, ""),
        (Login("张三", "pa:ss"), basic("张三:pa:ss")),
        (Login(token="abc"), "Bearer abc"),
    ],
)
def test_the_login_is_sent(scripted: Scripted, login: Login | None, sent: str) -> None:
    RemoteStore(scripted.address, login=login)
    assert scripted.requests == [("POST /sparql", sent)]


def test_the_login_does_not_follow_to_another_server(scripted: Scripted) -> None:
    other = Scripted()
    threading.Thread(target=other.serve_forever, daemon=True).start()
    scripted.answers = [(302, {"Location": other.address}, b"")]
    RemoteStore(scripted.address, login=Login(token="abc"))
    other.shutdown()
    other.server_close()
    assert other.requests == [("GET /sparql", "")]


def test_secrets_are_not_shown() -> None:
    assert "secret" not in repr(Login("me", "secret", "secret"))
    with pytest.raises(InputError, match="MSKG_STORE_PASSWORD") as caught:
        open_store("https://me:secret@example.org/sparql")
    assert "secret" not in caught.value.line("zh") + str(caught.value)


@pytest.mark.parametrize(
    ("login", "hint"), [(None, "set MSKG_STORE_USER"), (Login("me", "no"), "check user")]
)
def test_access_denied(scripted: Scripted, login: Login | None, hint: str) -> None:
    scripted.answers = [(401, {"WWW-Authenticate": 'Basic realm="x"'}, b"who are you")]
    with pytest.raises(StoreError, match=f"who are you.*{hint}"):
        RemoteStore(scripted.address, login=login)
    assert len(scripted.requests) == 1


def test_a_wrong_password_for_digest_is_tried_once(virtuoso: str) -> None:
    with pytest.raises(StoreError, match=r"access denied.*check user"):
        open_store(virtuoso, login=Login(USER, "wrong"))


def test_a_busy_server_is_waited_for(scripted: Scripted) -> None:
    busy = {"Retry-After": "0"}
    with RemoteStore(scripted.address, write=True) as store:
        scripted.answers = [(503, busy, b""), (429, busy, b""), (204, {}, b"")]
        store.replace_graph(G, [(S, S, S)])
        scripted.answers = [(503, busy, b"")] * 6
        with pytest.raises(StoreError, match="HTTP 503"):
            store.replace_graph(G, [(S, S, S)])
        assert scripted.answers == []


def test_what_is_no_query_is_never_sent(scripted: Scripted) -> None:
    """Virtuoso carries out an update that comes as a query."""
    with RemoteStore(scripted.address) as store:
        for text in ("DROP ALL", "INSERT { ?s ?p 1 } WHERE { SELECT * { ?s ?p ?o } }", ""):
            with pytest.raises(QuerySyntaxError):
                store.select(text)
    assert len(scripted.requests) == 1


def graph_of(count: int) -> list[tuple[str, str, Literal]]:
    return [(f"{S}{n}", S, Literal("残疾儿童康复救助", "", "zh-hans")) for n in range(count)]


def test_a_graph_too_large_for_the_server_goes_in_parts(virtuoso: str) -> None:
    """Virtuoso can't compile so many statements at once."""
    with open_store(virtuoso, write=True, login=Login(USER, USER)) as store:
        for count in (6000, 5500):
            store.replace_graph(G, graph_of(count))
            assert store.graphs() == [G]
            assert store.construct("CONSTRUCT WHERE { ?s ?p ?o }") == sorted(graph_of(count))
        store.drop_graph(G)


def test_parts_that_can_not_be_put_together_leave_the_old_graph(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mskg.store.remote._LARGEST", 1000)
    with RemoteStore(server, write=True) as store:
        store.replace_graph(G, graph_of(5000))
        send = store.update

        def failing(text: str) -> None:
            if text.startswith("MOVE"):
                assert [g for g in store.graphs() if g.startswith(STAGING)]
                raise StoreError("no more room")
            send(text)

        with monkeypatch.context() as patched:
            patched.setattr(store, "update", failing)
            with pytest.raises(StoreError, match="no more room"):
                store.replace_graph(G, graph_of(4000))
        assert store.graphs() == [G]
        assert len(store.construct("CONSTRUCT WHERE { ?s ?p ?o }")) == 5000
        store.drop_graph(G)
