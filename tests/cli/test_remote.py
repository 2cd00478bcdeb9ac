"""Every command that takes ``--store``, on real servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sparql_server import oxigraph_server
from virtuoso_server import USER, virtuoso_server

COMMANDS = [
    ("query", "due-by", "--date", "2023-06-30", "--evidence"),
    ("search", "残疾儿童", "--limit", "3"),
    ("diff", "130303@2023", "640424@2023", "--format", "json"),
    ("network", "--region", "湛河区", "--format", "csv"),
    ("export", "--format", "trig"),
    ("check",),
]


@pytest.fixture(scope="module", name="server")
def _server() -> Iterator[str]:
    with oxigraph_server() as address:
        yield address


def test_each_command_answers_as_on_a_folder(mskg, store: Path, server: str) -> None:
    backup = mskg("dump", "--store", store).stdout
    loaded = mskg("load", "-", "--store", server, stdin=backup.encode())
    assert loaded.returncode == 0, loaded.stderr
    for command in COMMANDS:
        here, there = mskg(*command, "--store", store), mskg(*command, MSKG_STORE=server)
        assert (there.stdout, there.returncode) == (here.stdout, here.returncode), there.stderr
    documents = Path(__file__).resolve().parents[2] / "data" / "documents"
    built = mskg("build", documents, "--store", server, "--lang", "en")
    assert (built.returncode, built.stderr) == (0, "unchanged 5\n")
    assert mskg("dump", "--store", server).stdout == backup


def test_build_and_ask_on_a_server_with_a_login(mskg, document: Path, tmp_path: Path) -> None:
    table = document.parent / "003_e2b3581a32b51649.txt"  # too large for one request there
    alone = tmp_path / "alone"
    assert mskg("build", document, table, "--store", alone).returncode == 0
    with virtuoso_server() as address:
        refused = mskg("build", document, "--store", address, "--lang", "en")
        assert refused.returncode == 2
        assert "access denied (set MSKG_STORE_USER" in refused.stderr
        netrc = tmp_path / "netrc"
        netrc.write_text(f"machine 127.0.0.1 login {USER} password {USER}\n", encoding="utf-8")
        netrc.chmod(0o600)
        login = {"MSKG_STORE_USER": USER, "MSKG_STORE_PASSWORD": USER}
        built = mskg("build", document, table, "--store", address, NETRC=str(netrc))
        assert built.returncode == 0, built.stderr
        command = ("query", "shared-tasks", "--min", "3", "--store")
        assert mskg(*command, address, **login).stdout == mskg(*command, alone).stdout
        dumped = mskg("dump", "--store", address, **login)
        assert dumped.stdout == mskg("dump", "--store", alone).stdout


def test_wrong_settings_are_told(mskg) -> None:
    for address, settings, message in (
        ("https://me:secret@127.0.0.1:9/", {}, "must not hold a user or password"),
        ("http://127.0.0.1:9/", {"MSKG_STORE_TIMEOUT": "soon"}, "MSKG_STORE_TIMEOUT is 'soon'"),
        ("http://127.0.0.1:9/", {}, "Connection refused"),
        ("https://127.0.0.1:9/", {}, "Connection refused"),
    ):
        told = mskg("query", "programs", "--store", address, "--lang", "en", **settings)
        assert told.returncode == 2
        assert message in told.stderr
        assert told.stderr.count("\n") == 1
        assert "secret" not in told.stderr
