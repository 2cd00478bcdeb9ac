"""The process that answers queries: what its parent can't see from outside."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mskg.store import open_store, reader

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is of Linux")
def test_no_query_opens_a_socket(tmp_path: Path) -> None:
    """The second lock: a SERVICE that came so far reaches nobody, and says so."""
    with open_store(tmp_path / "store", write=True) as store:
        store.replace_graph("x:g", [("x:s", "x:p", "x:o")])
    (database,) = (tmp_path / "store" / "generations").glob("*/db")
    settings = {"database": str(database), "memory": 512, "prefixes": {}}
    request = {"table": "json", "graph": "nt", "rows": 9, "union": True, "default": None}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(1)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        query = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        text = json.dumps({**request, "query": query, "named": None}).encode()
        done = subprocess.run(
            [sys.executable, "-P", str(reader.__file__), json.dumps(settings)],
            input=len(text).to_bytes(4) + text,
            capture_output=True,
            timeout=60,
            check=True,
        )
        ready, answer = done.stdout[:5], done.stdout[5:]
        assert ready == reader.FAILURE + bytes(4)
        assert answer[:1] == reader.FAILURE
        assert b"ermission denied" in answer
        with pytest.raises(TimeoutError):
            listening.accept()
