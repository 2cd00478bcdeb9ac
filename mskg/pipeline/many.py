"""From many files to plans, in one process or several: a bad file never stops the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mskg.errors import MskgError
from mskg.pipeline.job import Advance, Job, Reading, fault, ignore
from mskg.pipeline.reading import read_document_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor

    from mskg.model import Document, Plan
    from mskg.resolve import Corrections

__all__ = ["read_documents", "read_each", "read_many"]

# Below this many files, starting processes costs more than it saves.
_WORTH_PROCESSES = 8


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
    jobs = [Job(Path(path), region, corrections, check) for path in paths]
    found: Iterator[tuple[int, Reading]]
    if isinstance(workers, int) and (workers <= 1 or len(jobs) < _WORTH_PROCESSES):
        found = ((number, job.read(advance)) for number, job in enumerate(jobs))
    else:
        from mskg.pipeline import processes  # most batches are one file, and want none

        if isinstance(workers, int):
            found = processes.read_in_processes(jobs, workers, advance)
        else:
            found = processes.read_elsewhere(jobs, workers)
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
