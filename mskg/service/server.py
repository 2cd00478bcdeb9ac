"""Run the service on an address until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mskg.errors import InputError, system_reason
from mskg.service.errors import StoppedError
from mskg.service.limits import Limits
from mskg.service.live import Live

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

__all__ = ["serve"]


def serve(
    store: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    today: Callable[[], date],
    say: Callable[[str, str], None],
) -> None:
    """Serve the folder `store` until SIGTERM or SIGINT; requests that run are finished.

    Parameters
    ----------
    port:
        0 for any free one.
    today:
        Gives the date that ``today`` means in defaults of questions.
    say:
        Called with an English and a Chinese line when the service is ready, and when the
        data change.

    Raises
    ------
    InputError
        If the address can't be had.
    StoreError
        If the store can't be read.
    """
    import uvicorn

    logging.getLogger("uvicorn.error").addFilter(_is_news)
    bound = _bound(host, port)
    config = uvicorn.Config("", log_config=None)
    with bound, asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(store, bound, limits or Limits(), today, say))


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise InputError(
            f"{host}:{port} can't be used: {error.strerror}",
            hint="choose another --port; 0 takes any free one",
            zh=f"无法使用 {host}:{port}：{system_reason(error)}（用 --port 换一个，0 表示任意）",
        ) from error
    return bound


async def _serve(
    store: Path,
    bound: socket.socket,
    limits: Limits,
    today: Callable[[], date],
    say: Callable[[str, str], None],
) -> None:
    import uvicorn

    from mskg.service.app import Service

    live = Live(store, limits, say)
    # Before the server, so that a store that can't be read is told in one line.
    await live.start()
    try:
        config = uvicorn.Config(
            Service(live, asyncio.get_running_loop(), today),
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=int(limits.timeout) + 1,
        )
        server = uvicorn.Server(config)
        # From now on connections wait until they are taken.
        bound.listen(config.backlog)
        host, port = bound.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        say(f"serving http://{shown}:{port}/", f"服务地址 http://{shown}:{port}/")
        # What is there now stays: no need to look at it again in every collection.
        gc.collect()
        gc.freeze()
        with _signals_that_stop():
            await server.serve(sockets=[bound])
    finally:
        await live.close()


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether a line of the log is no answer that was broken off at its limit."""
    error = record.exc_info[1] if record.exc_info else None
    return not (isinstance(error, RuntimeError) and isinstance(error.__cause__, StoppedError))


@contextmanager
def _signals_that_stop() -> Iterator[None]:
    """Let the signals that stop the server end there: it raises them once more when it is done."""
    stopping = (signal.SIGINT, signal.SIGTERM)
    former = {number: signal.signal(number, lambda *_: None) for number in stopping}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
