"""Read files in other processes: some of this machine, or those of an executor."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Lock, Thread
from typing import TYPE_CHECKING

from mskg.pipeline.job import Advance, Job, Reading, fault, ignore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

__all__ = ["read_elsewhere", "read_in_processes"]

_ONE_AT_A_TIME = Lock()
_pages: list[Connection] = []  # in a process of a pool: where it tells of finished pages


def _tell_pages(pages: Connection) -> None:
    # A user who interrupts wants no traceback of every process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _pages.append(pages)


def _read_there(job: Job) -> Reading:
    """Read a file in a process of a pool."""
    return job.read(lambda *page: _pages[0].send(page))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold back interrupts: a process that is started here holds them until it is ready."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _pool(workers: int, advance: Advance) -> Iterator[ProcessPoolExecutor]:
    """Yield processes that read, whose pages `advance` is told of by a thread of this one."""
    # Not "fork": the caller may have threads, such as those of a progress bar or a store.
    context = multiprocessing.get_context("spawn")
    # A bare pipe, since a process killed while it holds the lock of a queue stops all others;
    # messages as short as these arrive whole.
    heard, said = context.Pipe(duplex=False)

    def tell() -> None:
        with suppress(EOFError):
            while True:
                advance(*heard.recv())

    thread = Thread(target=tell, daemon=True)
    thread.start()
    try:
        with ProcessPoolExecutor(
            workers, mp_context=context, initializer=_tell_pages, initargs=(said,)
        ) as pool:
            yield pool
    finally:
        said.close()
        thread.join()
        heard.close()


def read_elsewhere(jobs: list[Job], executor: Executor) -> Iterator[tuple[int, Reading]]:
    """Read by an executor that is not ours: what goes wrong there is the fault of one file."""
    # Unlike a process of ours, a worker need not share our working directory.
    futures = {
        executor.submit(_read_silently, replace(job, path=job.path.absolute())): number
        for number, job in enumerate(jobs)
    }
    try:
        for future in as_completed(futures):
            number = futures[future]
            path = jobs[number].path
            try:
                reading = replace(future.result(), source=path)
            except Exception as error:
                reading = Reading(path, error=fault(path, error))
            yield number, reading
    finally:
        for future in futures:
            future.cancel()


def _read_silently(job: Job) -> Reading:
    """Read a file in a worker, which may have several threads: the parsers bear one at a time."""
    with _ONE_AT_A_TIME:
        return job.read(ignore)


def read_in_processes(
    jobs: list[Job], workers: int, advance: Advance
) -> Iterator[tuple[int, Reading]]:
    """Read in `workers` processes; one that dies costs no more than the file that killed it."""
    left = set(range(len(jobs)))
    with _pool(workers, advance) as pool:
        with _interrupts_held():
            futures: dict[Future[Reading], int] = {
                pool.submit(_read_there, job): number for number, job in enumerate(jobs)
            }
        try:
            for future in as_completed(list(futures)):
                number = futures.pop(future)
                try:
                    reading = future.result()
                except BrokenProcessPool:
                    continue
                left.remove(number)
                yield number, reading
        finally:
            # Who stops taking readings wants no more of them.
            pool.shutdown(wait=False, cancel_futures=True)
    for number in sorted(left):
        yield number, _read_alone(jobs[number], advance)


def _read_alone(job: Job, advance: Advance) -> Reading:
    """Read one file in a process of its own: one of those left over killed the others' pool."""
    with _pool(1, advance) as pool:
        try:
            with _interrupts_held():
                waiting = pool.submit(_read_there, job)
            return waiting.result()
        except BrokenProcessPool as error:
            return Reading(job.path, error=fault(job.path, error))
