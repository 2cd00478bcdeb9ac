"""Reader processes: each answers one query at a time, and any of them can be ended.

Queries are answered by few processes that are always ready. One that runs longer than
`Limits.patience` becomes a long query: it goes on with a lower priority, and a fresh process
takes its place, so that short queries never queue up behind it. At most `Limits.long` such
queries run at a time; a further one is ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import deque
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from mskg.errors import StoreError
from mskg.ns import PREFIXES
from mskg.service.errors import BusyError, FailedError, LimitError, StoppedError
from mskg.store import reader as child

if TYPE_CHECKING:
    from collections.abc import Callable

    from mskg.service.limits import Limits

__all__ = ["Answer", "Readers", "Rest"]

_HEAD: Final = 5
_TICK: Final = 0.05
_GRACE: Final = 5.0
_ROOM: Final = 1 << 20  # bytes read ahead of a slow client
_START_TIME: Final = 30.0
_LOWER: Final = 10  # priority of long queries
# What reading from or writing to an ended process raises; the last one by uvloop.
_DEAD: Final = (EOFError, OSError, RuntimeError)
_ERRORS: Final = frozenset([child.SYNTAX, child.LIMIT, child.UNACCEPTABLE, child.FAILURE])


class Answer(NamedTuple):
    """What a reader says to a query.

    Parameters
    ----------
    kind:
        `child.TABLE` or `child.GRAPH`, or the kind of an error.
    content:
        The first piece, or the text of the error.
    rest:
        The other pieces; None where `content` is everything. Must be read to its end or closed.
    """

    kind: bytes
    content: bytes
    rest: Rest | None = None


class _Reader:
    """One process, and what it does just now."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.process = process
        self.requests = process.stdin
        self.answers = process.stdout
        self.since = self.deadline = 0.0
        self.long = False
        self.stopped = ""
        self.when_long: Callable[[Callable[[], None]], None] | None = None

    @classmethod
    async def start(cls, database: Path, limits: Limits) -> _Reader:
        settings = {"database": str(database), "memory": limits.memory, "prefixes": PREFIXES}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", str(Path(child.__file__).resolve()), json.dumps(settings)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_ROOM,
            # An interrupt at the keyboard is for the server, which ends its readers itself.
            start_new_session=os.name == "posix",
        )
        reader = cls(process)
        try:
            async with asyncio.timeout(_START_TIME):
                await reader.piece()
        except (TimeoutError, EOFError) as error:
            reader.end()
            raise StoreError(
                f"{database}: a reader process does not start",
                zh=f"{database}：读取进程无法启动",
            ) from error
        return reader

    async def piece(self) -> tuple[bytes, bytes]:
        head = await self.answers.readexactly(_HEAD)
        size = int.from_bytes(head[1:])
        return head[:1], await self.answers.readexactly(size) if size else b""

    def send(self, request: bytes) -> None:
        self.requests.write(len(request).to_bytes(4) + request)

    def lower(self) -> None:
        if hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid, _LOWER)

    def end(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()


class Rest:
    """The pieces of a long answer that are still to come; its reader is busy until then.

    Unlike a generator it gives the reader back even if it is closed before the first piece.
    """

    def __init__(self, readers: Readers, reader: _Reader) -> None:
        self._readers = readers
        self._reader: _Reader | None = reader

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        reader = self._reader
        if reader is None:
            raise StopAsyncIteration
        try:
            kind, content = await reader.piece()
        except BaseException as error:
            await self.aclose()
            if isinstance(error, _DEAD):
                raise self._readers.reason(reader) from None
            raise
        if kind.isupper():
            self._reader = None
            self._readers.take_back(reader)
        if kind in _ERRORS:
            raise LimitError.rows(content.decode()) if kind == child.LIMIT else FailedError()
        return content

    async def aclose(self) -> None:
        """End the reader if it has not said everything."""
        if self._reader is not None:
            self._readers.drop(self._reader)
            self._reader = None


class Readers:
    """The reader processes of one database."""

    def __init__(self, database: Path, limits: Limits) -> None:
        self._database = database
        self._limits = limits
        self._free: list[_Reader] = []
        self._busy: set[_Reader] = set()
        self._waiting: deque[tuple[asyncio.Future[_Reader], float]] = deque()
        self._places = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the processes.

        Raises
        ------
        StoreError
            If they don't start.
        """
        self._places = self._limits.readers
        starting = (_Reader.start(self._database, self._limits) for _ in range(self._places))
        self._free = list(await asyncio.gather(*starting))
        self._watch = asyncio.create_task(self._keep_time())

    @property
    def busy(self) -> int:
        """Queries that run now."""
        return len(self._busy)

    @property
    def long(self) -> int:
        """Queries that have been running for long."""
        return sum(reader.long for reader in self._busy)

    @property
    def ready(self) -> bool:
        """Whether there is a process for the next query, now or in a moment."""
        return not self._closing and self._places > 0

    async def ask(
        self,
        request: dict[str, Any],
        *,
        timeout: float | None = None,
        when_long: Callable[[Callable[[], None]], None] | None = None,
    ) -> Answer:
        """Return the answer to one request, in the form of `mskg.store.reader`.

        Parameters
        ----------
        timeout:
            Seconds that it may take, if less than the limit.
        when_long:
            Called once when the query has become a long one, with a function that ends it.

        Raises
        ------
        BusyError
            If too many requests wait, or long queries run.
        LimitError
            If the query was ended because of its time or its memory.
        FailedError
            If the process died for no known reason.
        """
        text = json.dumps(request).encode()
        reader = self._idle() or await self._wait()
        now = asyncio.get_running_loop().time()
        reader.since = now
        reader.deadline = now + min(timeout or self._limits.timeout, self._limits.timeout)
        reader.when_long = when_long
        self._busy.add(reader)
        try:
            reader.send(text)
            kind, content = await reader.piece()
        except _DEAD:
            self.drop(reader)
            raise self.reason(reader) from None
        except BaseException:
            self.drop(reader)
            raise
        if kind.isupper():
            self.take_back(reader)
            return Answer(kind, content)
        return Answer(kind.upper(), content, Rest(self, reader))

    def _idle(self) -> _Reader | None:
        while self._free:
            reader = self._free.pop()
            if reader.process.returncode is None:
                return reader
            self._replace()
        return None

    async def _wait(self) -> _Reader:
        if self._closing:
            raise BusyError.closing()
        if len(self._waiting) >= self._limits.waiting:
            raise BusyError.waiting()
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[_Reader] = loop.create_future()
        self._waiting.append((turn, loop.time() + self._limits.wait))
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._offer(turn.result())
            raise

    def take_back(self, reader: _Reader) -> None:
        """Take back a reader that has answered."""
        self._busy.discard(reader)
        reader.when_long = None
        if reader.long or self._closing:
            # Its priority can't be raised again.
            reader.requests.close()
        else:
            self._offer(reader)

    def _offer(self, reader: _Reader) -> None:
        while self._waiting:
            turn, _ = self._waiting.popleft()
            if not turn.done():
                turn.set_result(reader)
                return
        self._free.append(reader)

    def drop(self, reader: _Reader) -> None:
        """End a reader in the middle of an answer, and start another in its place."""
        self._busy.discard(reader)
        reader.end()
        if not reader.long:
            self._replace()

    def _replace(self) -> None:
        if not self._closing:
            self._places -= 1
            task = asyncio.create_task(self._start_another())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _start_another(self) -> None:
        pause = _TICK
        while not self._closing:
            self._places += 1
            try:
                reader = await _Reader.start(self._database, self._limits)
            except (StoreError, OSError):
                self._places -= 1
                await asyncio.sleep(pause)
                pause = min(pause * 2, _START_TIME)
                continue
            if self._closing:
                reader.end()
            else:
                self._offer(reader)
            return

    async def _keep_time(self) -> None:
        """End queries whose time is up, put long ones aside, send away who waits too long."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_TICK)
            now = loop.time()
            for reader in list(self._busy):
                if reader.stopped:
                    # Whoever waited for it has left without a word.
                    if now > max(reader.deadline, reader.since) + _GRACE:
                        self.drop(reader)
                    continue
                if now > reader.deadline:
                    self._stop(reader, "time")
                elif not reader.long and now - reader.since > self._limits.patience:
                    self._put_aside(reader)
            while self._waiting and (now > self._waiting[0][1] or self._waiting[0][0].done()):
                turn, _ = self._waiting.popleft()
                if not turn.done():
                    turn.set_exception(BusyError.waiting())

    def _put_aside(self, reader: _Reader) -> None:
        if self.long >= self._limits.long:
            self._stop(reader, "crowd")
            return
        reader.long = True
        reader.lower()
        self._replace()
        if reader.when_long is not None:
            reader.when_long(partial(self._stop, reader, "gone"))

    def _stop(self, reader: _Reader, why: str) -> None:
        reader.stopped = why
        reader.end()

    def reason(self, reader: _Reader) -> StoppedError:
        """Return the error for a process that ended before its answer did."""
        if reader.stopped == "time":
            return LimitError.time(self._limits.timeout)
        if reader.stopped == "crowd":
            return BusyError.crowd(self._limits.long)
        if reader.stopped == "gone":
            return StoppedError.gone()
        if self._closing:
            return BusyError.closing()
        return LimitError.memory(self._limits.memory)

    async def close(self, patience: float = 0.0) -> None:
        """End the processes; queries that run have `patience` seconds to finish."""
        self._closing = True
        end = asyncio.get_running_loop().time() + patience
        while self._busy and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(_TICK)
        if self._watch is not None:
            self._watch.cancel()
        for turn, _ in self._waiting:
            if not turn.done():
                turn.set_exception(BusyError.closing())
        readers = [*self._free, *self._busy]
        for reader in readers:
            reader.end()
        await asyncio.gather(*(reader.process.wait() for reader in readers))
        await asyncio.gather(*self._tasks, return_exceptions=True)
