"""``mskg doctor`` on healthy and ailing stores."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sparql_server import oxigraph_server
from virtuoso_server import USER, virtuoso_server

from mskg.store import Login, open_store
from mskg.store.remote import STAGING

ROOT = Path(__file__).resolve().parents[2]


def examined(mskg, *arguments: str | Path, **environ: str) -> tuple[int, dict[str, str]]:
    """Return the exit code and the state of each check."""
    result = mskg("doctor", *arguments, "--format", "json", **environ)
    return result.returncode, {row["check"]: row["state"] for row in json.loads(result.stdout)}


@pytest.fixture(name="copy")
def _copy(store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(store, tmp_path / "store"))


def test_a_healthy_folder(mskg, store: Path) -> None:
    code, states = examined(mskg, "--store", store)
    assert code == 0
    assert set(states.values()) == {"ok", "info"}
    assert {"format", "generation", "size", "lock", "leftovers", "version"} < states.keys()


def test_what_a_killed_writer_left(mskg, copy: Path) -> None:
    code = (
        "import sys, time\nfrom mskg.store import open_store\n"
        "with open_store(sys.argv[1], write=True) as store, store.writing():\n"
        "    print('ready', flush=True); time.sleep(60)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", code, str(copy)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    shown = mskg("doctor", "--store", copy, "--lang", "en").stdout
    assert f"process {writer.pid} is writing" in shown
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    code, states = examined(mskg, "--store", copy)
    assert (code, states["leftovers"], states["lock"]) == (1, "finding", "ok")
    with open_store(copy, write=True):
        pass
    assert examined(mskg, "--store", copy)[0] == 0


def test_documents_half_written_or_of_another_version(mskg, copy: Path) -> None:
    with open_store(copy, write=True) as store:
        runs = [graph for graph in store.graphs() if "/run/" in graph]
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{runs[1]}> {{ ?s ?p ?o }} }}"
        older = [
            (s, p, o._replace(value="0.0.1") if p.endswith("softwareVersion") else o)
            for s, p, o in store.construct(query)
        ]
        store.replace_graph(runs[1], older)
        store.drop_graph(runs[0])
    code, states = examined(mskg, "--store", copy)
    assert (code, states["unfinished"], states["version"]) == (1, "finding", "finding")


def test_an_older_store_is_refused_with_the_way_out(mskg, copy: Path) -> None:
    pointer = copy / "mskg-store.json"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"format": 0}))
    for command in ("doctor", "query", "build"):
        arguments = {"query": ["programs"], "build": [ROOT / "data" / "documents"]}
        told = mskg(command, *arguments.get(command, []), "--store", copy, "--lang", "en")
        assert told.returncode == 2
        assert "older mskg (format 0) (build the documents into another folder" in told.stderr


def test_a_good_server_and_one_without_the_union(mskg) -> None:
    with oxigraph_server() as address:
        code, states = examined(mskg, "--store", address)
        assert (code, set(states.values())) == (0, {"ok", "info"}), states
        with open_store(address, write=True) as store:
            assert store.graphs() == []
            store.replace_graph(f"{STAGING}1", [(address, address, address)])
        code, states = examined(mskg, "--store", address, "--read-only")
        assert (code, states["leftovers"], states["updates"]) == (1, "finding", "info")
    with oxigraph_server(union=False) as address:
        code, states = examined(mskg, "--store", address)
        assert [name for name, state in states.items() if state == "finding"] == ["union"]
        assert code == 1


def test_virtuoso(mskg) -> None:
    login = {"MSKG_STORE_USER": USER, "MSKG_STORE_PASSWORD": USER}
    with virtuoso_server() as address:
        _, states = examined(mskg, "--store", address, **login)
        # What Debian's Virtuoso does not do right: each operation of an update is kept by
        # itself, and Chinese separators of joined texts become question marks.
        wrong = {name for name, state in states.items() if state == "finding"}
        assert wrong == {"atomicity", "joined texts"}
        reading = address.removesuffix("-auth")
        code, states = examined(mskg, "--store", reading)
        assert (code, states["updates"]) == (1, "finding")
        with open_store(address, login=Login(USER, USER)) as store:
            assert not [graph for graph in store.graphs() if graph.startswith("urn:mskg")]
