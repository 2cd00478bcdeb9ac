"""From many files to plans, in one process or several: a bad file never stops the others."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Protocol

from mskg.errors import FaultError, MskgError
from mskg.pipeline.reading import read_document_plan, read_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

    from mskg.model import Document, Plan
    from mskg.resolve import Corrections
    from mskg.validation import Finding

__all__ = ["Advance", "Reading", "fault", "ignore", "read_documents", "read_each", "read_many"]

# Below this many files, starting processes costs more than it saves.
_WORTH_PROCESSES = 8
_ONE_AT_A_TIME = Lock()


class Advance(Protocol):
    """Who is told how far a batch is."""

    def __call__(self, name: str, page: int = 0, pages: int = 0) -> None:
        """Take the name of a file: alone when it is done, or with a page of it that is done."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: a plan, or the error that says why there is none.

    ``findings`` are those of the validation, where it was asked for.
    """

    source: Path
    plan: Plan | None = None
    error: MskgError | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether no finding is a violation."""
        return not any(finding.severity == "violation" for finding in self.findings)


def ignore(name: str, page: int = 0, pages: int = 0) -> None:
    """Do nothing: the progress callback of callers that want none."""


def read_many(
    paths: Sequence[Path | str],
    *,
    region: str = "",
    corrections: Corrections | None = None,
    check: bool = False,
    workers: int | Executor = 1,
    advance: Advance = ignore,
) -> list[Reading]:
    """Read every file of `paths` and return one `Reading` for each, in order.

    Parameters
    ----------
    region, corrections:
        As in `read_document_plan`.
    check:
        Validate each plan too.
    workers:
        Number of processes; a program that asks for more than one must be importable
        (``if __name__ == "__main__":``), as with every use of `multiprocessing`. Or an
        executor, on whose machines the files must have the same paths as here.
    advance:
        Called with the name of each file when it is done, and for each page of a scan.
    """
    found = read_each(
        paths,
        region=region,
        corrections=corrections,
        check=check,
        workers=workers,
        advance=advance,
    )
    done = dict(found)
    return [done[number] for number in range(len(paths))]


def read_each(
    paths: Sequence[Path | str],
    *,
    region: str = "",
    corrections: Corrections | None = None,
    check: bool = False,
    workers: int | Executor = 1,
    advance: Advance = ignore,
) -> Iterator[tuple[int, Reading]]:
    """Yield the number of each file of `paths` with its `Reading` as soon as it is done.

    Takes what `read_many` does.
    """
    jobs = [_Job(Path(path), region, corrections, check) for path in paths]
    if isinstance(workers, Executor):
        found = _read_elsewhere(jobs, workers)
    elif workers > 1 and len(jobs) >= _WORTH_PROCESSES:
        found = _read_in_processes(jobs, workers, advance)
    else:
        found = ((number, job.read(advance)) for number, job in enumerate(jobs))
    for number, reading in found:
        advance(jobs[number].path.name)
        yield number, reading


def read_documents(
    paths: Sequence[Path | str], *, region: str = "", corrections: Corrections | None = None
) -> Iterator[tuple[Document, Plan] | MskgError]:
    """Yield each document with its plan, or the error that says why there is none, in order.

    Takes what `read_document_plan` does.
    """
    for path in map(Path, paths):
        try:
            yield read_document_plan(path, region=region, corrections=corrections)
        except MskgError as error:
            yield error
        except Exception as error:
            yield fault(path, error)


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to read, and how."""

    path: Path
    region: str
    corrections: Corrections | None
    check: bool

    def read(self, advance: Advance) -> Reading:
        """Return what came of the file; never raises."""
        from mskg.readers import ReadOptions

        try:
            plan = read_plan(
                self.path,
                region=self.region,
                corrections=self.corrections,
                options=ReadOptions(progress=partial(advance, self.path.name)),
            )
            return Reading(self.path, plan, findings=_check(plan) if self.check else ())
        except MskgError as error:
            return Reading(self.path, error=error)
        except Exception as error:
            return Reading(self.path, error=fault(self.path, error))


def _check(plan: Plan) -> tuple[Finding, ...]:
    from mskg.validation import validate_plan

    # Not the report itself: it holds a graph, which does not go from process to process.
    return validate_plan(plan).findings


def fault(path: Path, error: BaseException) -> FaultError:
    """Return `error`, which no one foresaw, as an error about the document at `path`."""
    what = f"{type(error).__name__}: {error}".split("\n", 1)[0]
    return FaultError(
        f"{path}: failed ({what})",
        hint="this is a fault of mskg, please report it with the file",
        zh=f"{path}：出错（{what}；这是 mskg 的缺陷，请连同文件告诉我们）",
    )


_pages: list[Connection] = []  # in a process of a pool: where it tells of finished pages


def _tell_pages(pages: Connection) -> None:
    # A user who interrupts wants no traceback of every process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _pages.append(pages)


def _read_there(job: _Job) -> Reading:
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


def _read_elsewhere(jobs: list[_Job], executor: Executor) -> Iterator[tuple[int, Reading]]:
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


def _read_silently(job: _Job) -> Reading:
    """Read a file in a worker, which may have several threads: the parsers bear one at a time."""
    with _ONE_AT_A_TIME:
        return job.read(ignore)


def _read_in_processes(
    jobs: list[_Job], workers: int, advance: Advance
) -> Iterator[tuple[int, Reading]]:
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


def _read_alone(job: _Job, advance: Advance) -> Reading:
    """Read one file in a process of its own: one of those left over killed the others' pool."""
    with _pool(1, advance) as pool:
        try:
            with _interrupts_held():
                waiting = pool.submit(_read_there, job)
            return waiting.result()
        except BrokenProcessPool as error:
            return Reading(job.path, error=fault(job.path, error))
