"""One store with the bundled plans and persons in them, and one server over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from private_plans import store_with_persons
from served_store import Served, served

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session", name="store")
def _store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store that tests must not write to."""
    return store_with_persons(tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session", name="server")
def _server(store: Path) -> Iterator[Served]:
    with served(store) as running:
        yield running
