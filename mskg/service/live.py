"""What is served now: a copy of the current generation with its readers, replaced when it ages."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from mskg.errors import MskgError, StoreError
from mskg.service.readers import Readers
from mskg.store.public import PublicCopy, current_generation, fill_public, new_public

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mskg.service.limits import Limits

__all__ = ["Live"]

_LOOK_EVERY: Final = 0.5


class _Served:
    """One generation: its public copy and the readers of it."""

    def __init__(self, generation: str, copy: PublicCopy, readers: Readers) -> None:
        self.generation = generation
        self.copy = copy
        self.readers = readers

    async def close(self, patience: float) -> None:
        await self.readers.close(patience)
        await asyncio.to_thread(self.copy.remove)


class Live:
    """The readers of the newest generation of a store.

    Parameters
    ----------
    store:
        Folder of the store.
    say:
        Called with an English and a Chinese line when the generation changes or can't be read.
    """

    def __init__(self, store: Path, limits: Limits, say: Callable[[str, str], None]) -> None:
        self.store = store
        self.limits = limits
        self._say = say
        self._served: _Served | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None

    @property
    def readers(self) -> Readers:
        """The readers to ask now."""
        assert self._served is not None
        return self._served.readers

    @property
    def generation(self) -> str:
        """Name of the generation that is served."""
        return self._served.generation if self._served else ""

    @property
    def database(self) -> Path:
        """The database that is served."""
        assert self._served is not None
        return self._served.copy.database

    async def start(self) -> None:
        """Serve the current generation, and look for newer ones from now on.

        Raises
        ------
        StoreError
            If the store can't be read.
        """
        self._served = await self._open()
        self._watch = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """End the readers, after the queries that run, and remove the copy."""
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._served is not None:
            await self._served.close(self.limits.timeout)

    async def _open(self) -> _Served:
        copy = await asyncio.to_thread(new_public, self.store)
        try:
            generation = await _in_another_process(self.store, copy.database)
            readers = Readers(copy.database, self.limits)
            await readers.start()
        except BaseException:
            copy.remove()
            raise
        return _Served(generation, copy, readers)

    async def _follow(self) -> None:
        """Serve each newer generation; the old one answers the queries it has begun."""
        refused = ""
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                newest = await asyncio.to_thread(current_generation, self.store)
                if newest in {"", self.generation, refused}:
                    continue
                refused = newest
                old, self._served = self._served, await self._open()
            except (MskgError, OSError) as error:
                known = error if isinstance(error, MskgError) else StoreError(str(error), zh="")
                self._say(known.line("en"), known.line("zh"))
                continue
            self._say(f"now serving generation {newest}", f"已换到新一代数据 {newest}")
            if old is not None:
                task = asyncio.create_task(old.close(self.limits.timeout))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)


async def _in_another_process(store: Path, database: Path) -> str:
    """Fill the copy where it does not hold up the server; return its generation."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, fill_public, store, database)
