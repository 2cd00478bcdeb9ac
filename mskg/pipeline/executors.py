"""Where documents are read: processes of this machine, a Dask cluster, anything else.

Everything behind `concurrent.futures.Executor` will do; this module only finds the one that a
user names.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from mskg import __version__
from mskg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

__all__ = ["open_executor"]

_SECONDS: Final = "15s"  # for a scheduler to answer


@contextmanager
def open_executor(name: str, workers: int) -> Iterator[Executor | int]:
    """Yield what `mskg.pipeline.build` takes as ``workers``.

    Parameters
    ----------
    name:
        ``processes`` (or empty) for processes of this machine, the address of a Dask scheduler
        such as ``tcp://host:8786``, or ``module:callable`` for a callable that returns an
        executor.
    workers:
        How many processes.

    Raises
    ------
    InputError
        If the name means nothing, or no scheduler answers, or its workers run another mskg.
    """
    if name in {"", "processes"}:
        yield workers
    elif "://" in name:
        with _dask(name) as cluster:
            yield cluster
    elif ":" in name:
        with _made_by(name) as own:
            yield own
    else:
        raise InputError(
            f"unknown executor {name!r}",
            hint="processes, the address of a Dask scheduler (tcp://host:8786), or module:callable",
            zh=f"不认识的执行器 {name!r}（可用 processes、Dask 调度器地址"
            " tcp://主机:8786，或 模块:函数）",
        )


@contextmanager
def _dask(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(
            "reading on a Dask cluster needs the package distributed",
            hint="pip install 'mskg[dask]'",
            zh="在 Dask 集群上读取需要 distributed（pip install 'mskg[dask]'）",
        ) from error
    try:
        connect: Any = Client  # partly typed
        client = connect(address, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        raise InputError(
            f"no Dask scheduler answers at {address}: {error}",
            hint="start one with: dask scheduler",
            zh=f"{address} 处没有 Dask 调度器应答（{error}；用 dask scheduler 启动）",
        ) from error
    with client:
        _check_workers(address, client.run(_own_version))
        with client.get_executor() as executor:
            yield executor


def _own_version() -> str:
    """Return the version of mskg where this runs."""
    return __version__


def _check_workers(address: str, versions: dict[str, str]) -> None:
    """Raise InputError where no worker is there, or one would read by other rules."""
    if not versions:
        raise InputError(
            f"the Dask scheduler at {address} has no workers",
            hint=f"start some with: dask worker {address}",
            zh=f"{address} 处的 Dask 调度器没有工作进程（用 dask worker {address} 启动）",
        )
    for worker, version in sorted(versions.items()):
        if version != __version__:
            raise InputError(
                f"the worker {worker} runs mskg {version}, here it is {__version__}",
                hint="install the same version everywhere",
                zh=f"工作进程 {worker} 的 mskg 是 {version}，这里是 {__version__}，请统一版本",
            )


@contextmanager
def _made_by(name: str) -> Iterator[Executor]:
    module, _, attribute = name.partition(":")
    try:
        made = getattr(import_module(module), attribute)()
    except (ImportError, AttributeError, TypeError) as error:
        raise InputError(
            f"{name} gives no executor: {error}",
            hint="name a callable without arguments as module:callable",
            zh=f"{name} 得不到执行器（{error}；请写成 模块:函数，函数不带参数）",
        ) from error
    from concurrent.futures import Executor

    if not isinstance(made, Executor):
        raise InputError(
            f"{name} gives {type(made).__name__}, which is no concurrent.futures.Executor",
            zh=f"{name} 给出的 {type(made).__name__} 不是 concurrent.futures.Executor",
        )
    with made as own:
        yield own
