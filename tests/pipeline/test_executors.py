"""Building on other executors gives the same store: a real Dask cluster of two workers, too."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from distributed import LocalCluster

from mskg.errors import InputError
from mskg.pipeline import build, executors, open_executor
from mskg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

FILES = sorted((Path(__file__).resolve().parents[2] / "data" / "documents").glob("*.txt"))


def dump_of(files: list[Path], workers: int | Executor) -> str:
    with open_store() as store:
        build(files, store, workers=workers)
        return "".join(store.dump())


@pytest.fixture(name="files", scope="module")
def _files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    bad = tmp_path_factory.mktemp("bad") / "nothing.txt"
    bad.write_text("这不是计划。\n", encoding="utf-8")
    return [*FILES, bad]


@pytest.fixture(name="wanted", scope="module")
def _wanted(files: list[Path]) -> str:
    return dump_of(files, 1)


@pytest.fixture(name="scheduler", scope="module")
def _scheduler() -> Iterator[str]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield str(cluster.scheduler_address)


def test_a_dask_cluster_gives_the_same_store(
    files: list[Path], wanted: str, scheduler: str
) -> None:
    with open_executor(scheduler, 2) as cluster:
        assert not isinstance(cluster, int)
        end = time.monotonic() + 60
        where = set(cluster.map(_process, range(40)))
        while len(where) < 2 and time.monotonic() < end:  # a busy machine starts them late
            where |= set(cluster.map(_process, range(40)))
        assert len(where) == 2
        assert dump_of(files, cluster) == wanted


def _process(_: int) -> int:
    time.sleep(0.02)
    return os.getpid()


def test_an_own_executor_with_threads_gives_the_same_store(files: list[Path], wanted: str) -> None:
    with open_executor(f"{__name__}:pool", 1) as found:
        assert isinstance(found, ThreadPoolExecutor)
        assert dump_of(files, found) == wanted


def pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(4)


def test_a_worker_that_dies_costs_its_file_only(files: list[Path]) -> None:
    class Dying(ThreadPoolExecutor):
        def submit(self, work, /, *args, **more):  # type: ignore[no-untyped-def]
            if args[0].path.name.startswith("001"):
                return super().submit(_die)
            return super().submit(work, *args, **more)

    with Dying(2) as dying, open_store() as store:
        results = build(files, store, workers=dying)
    assert [result.status for result in results] == [
        *("added", "failed", "added", "added", "added", "failed")
    ]
    assert "killed" in str(results[1].reading.error)


def _die() -> None:
    raise RuntimeError("killed")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nonsense", "unknown executor"),
        ("no_such_module:pool", "gives no executor"),
        ("pathlib:Path", "no concurrent.futures.Executor"),
    ],
)
def test_names_that_mean_nothing_are_refused(name: str, said: str) -> None:
    with pytest.raises(InputError, match=said), open_executor(name, 1):
        pass


def test_a_cluster_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_SECONDS", "1s")
    with (
        pytest.raises(InputError, match="no Dask scheduler answers"),
        open_executor("tcp://127.0.0.1:9", 1),
    ):
        pass


def test_a_worker_of_another_version_is_refused(
    scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "__version__", "9.9.9")
    with pytest.raises(InputError, match=r"here it is 9\.9\.9"), open_executor(scheduler, 1):
        pass
