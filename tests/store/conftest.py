from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sparql_server import oxigraph_server
from virtuoso_server import USER, virtuoso_server

from mskg.store import Login, Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with oxigraph_server() as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso() -> Iterator[str]:
    with virtuoso_server() as address:
        with open_store(address, write=True, login=Login(USER, USER)) as store:
            for graph in store.graphs():  # a new database brings vocabularies
                store.drop_graph(graph)
        yield address


@pytest.fixture(params=["memory", "disk", "server", "virtuoso"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind, open for writing."""
    location: str | Path | None = None
    login: Login | None = None
    if request.param == "disk":
        location = tmp_path / "store"
    elif request.param in {"server", "virtuoso"}:
        location = request.getfixturevalue(request.param)
        login = Login(USER, USER) if request.param == "virtuoso" else None
    with open_store(location, write=True, login=login) as opened:
        yield opened
    if isinstance(location, str):
        with open_store(location, write=True, login=login) as again:
            for graph in again.graphs():
                again.drop_graph(graph)
