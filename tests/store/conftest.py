from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sparql_server import oxigraph_server

from mskg.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with oxigraph_server() as address:
        yield address


@pytest.fixture(params=["memory", "disk", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind, open for writing."""
    location: str | Path | None = None
    if request.param == "disk":
        location = tmp_path / "store"
    elif request.param == "server":
        location = request.getfixturevalue("server")
    with open_store(location, write=True) as opened:
        yield opened
    if request.param == "server":
        with open_store(location, write=True) as again:
            for graph in again.graphs():
                again.drop_graph(graph)
