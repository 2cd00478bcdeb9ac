"""From files to plans: read, outline, extract, resolve, and validate where that is asked for."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.errors import FaultError, InputError, MskgError, NotAPlanError, ReadError

if TYPE_CHECKING:
    from mskg.model import Document, Plan
    from mskg.model.outline import Outline
    from mskg.resolve import Corrections
    from mskg.validation import Finding

__all__ = [
    "SUMMARY",
    "Advance",
    "Reading",
    "fault",
    "find_files",
    "ignore",
    "read_document_plan",
    "read_each",
    "read_many",
    "read_plan",
]

Advance = Callable[[str], None]

# The name of the table that a batch leaves beside its records.
SUMMARY = "mskg-summary.csv"
_RECORD = ".json"
# Below this many files, starting processes costs more than it saves.
_WORTH_PROCESSES = 8


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


def ignore(_name: str) -> None:
    """Do nothing: the progress callback of callers that want none."""


def read_document_plan(
    path: Path | str, *, region: str = "", corrections: Corrections | None = None
) -> tuple[Document, Plan]:
    """Read a document and return it with the plan understood from it.

    Parameters
    ----------
    path:
        The file.
    region:
        Six-digit code of the region, where the document does not print it.
    corrections:
        A person's decisions, which win over every rule.

    Raises
    ------
    ReadError
        If the file can't be opened or decoded.
    NotAPlanError
        If it holds no list of tasks.
    """
    from mskg.extract import extract_plan
    from mskg.layout import outline_document
    from mskg.readers import read_document
    from mskg.resolve import apply_corrections, resolve_plan
    from mskg.text import FoldedText

    document = read_document(path)
    folded = FoldedText(document.text)
    outline = outline_document(document, folded)
    if not outline.tasks:
        raise _no_plan(path, outline)
    plan = extract_plan(document, outline, folded)
    if region:
        plan = replace(plan, program=replace(plan.program, region_code=region))
    plan = resolve_plan(plan, document.text, corrections=corrections)
    return document, apply_corrections(plan, corrections) if corrections else plan


def _no_plan(path: Path | str, outline: Outline) -> NotAPlanError:
    reason = next((i for i in outline.issues if i.code == "not-a-plan"), None)
    if reason:
        return NotAPlanError(
            f"{path}: read, but it is no plan",
            hint=reason.message_en,
            zh=f"{path}：读了，但不是计划：{reason.message}",
        )
    return NotAPlanError(
        f"{path}: read, but it holds no list of tasks",
        hint="this is no plan, or its layout is not known",
        zh=f"{path}：读了，但里面没有任务清单（不是计划，或是没见过的版式）",
    )


def read_plan(
    path: Path | str, *, region: str = "", corrections: Corrections | None = None
) -> Plan:
    """Return the plan of a document, or of a plan record (``.json``).

    Takes and raises what `read_document_plan` does, and InputError for a wrong record. A
    record is taken as it is: region and corrections were given when it was made.
    """
    if Path(path).suffix.lower() == _RECORD:
        return _read_record(Path(path))
    return read_document_plan(path, region=region, corrections=corrections)[1]


def _read_record(path: Path) -> Plan:
    from mskg.model.record import plan_from_record

    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReadError(
            f"{path}: can't be opened ({error.strerror})", zh=f"{path}：打不开（{error.strerror}）"
        ) from error
    except ValueError as error:
        raise ReadError(
            f"{path}: no JSON in UTF-8 ({error})", zh=f"{path}：不是 UTF-8 的 JSON（{error}）"
        ) from error
    try:
        return plan_from_record(record)
    except InputError as error:
        raise InputError(f"{path}: {error}", zh=f"{path}：{error.line('zh')}") from error


def find_files(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files of `paths`, each folder replaced by the documents in it, sorted.

    A path that does not exist is kept, so that reading it reports the error.
    """
    from mskg.readers import SUFFIXES

    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
            found += sorted(file for file in inside if file.is_file() and file.name != SUMMARY)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def read_many(
    paths: Sequence[Path | str],
    *,
    region: str = "",
    corrections: Corrections | None = None,
    check: bool = False,
    workers: int = 1,
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
        (``if __name__ == "__main__":``), as with every use of `multiprocessing`.
    advance:
        Called with the name of each file when it is done.
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
    workers: int = 1,
    advance: Advance = ignore,
) -> Iterator[tuple[int, Reading]]:
    """Yield the number of each file of `paths` with its `Reading` as soon as it is done.

    Takes what `read_many` does.
    """
    jobs = [_Job(Path(path), region, corrections, check) for path in paths]
    if workers > 1 and len(jobs) >= _WORTH_PROCESSES:
        found = _read_in_processes(jobs, workers)
    else:
        found = ((number, job.read()) for number, job in enumerate(jobs))
    for number, reading in found:
        advance(jobs[number].path.name)
        yield number, reading


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to read, and how."""

    path: Path
    region: str
    corrections: Corrections | None
    check: bool

    def read(self) -> Reading:
        """Return what came of the file; never raises."""
        try:
            plan = read_plan(self.path, region=self.region, corrections=self.corrections)
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


def _read_in_processes(jobs: list[_Job], workers: int) -> Iterator[tuple[int, Reading]]:
    left = set(range(len(jobs)))
    # Not "fork": the caller may have threads, such as those of a progress bar or a store.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        futures: dict[Future[Reading], int] = {
            pool.submit(job.read): number for number, job in enumerate(jobs)
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
        yield number, _read_alone(jobs[number], context)


def _read_alone(job: _Job, context: multiprocessing.context.SpawnContext) -> Reading:
    """Read one file in a process of its own: one of those left over killed the others' pool."""
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(job.read).result()
        except BrokenProcessPool as error:
            return Reading(job.path, error=fault(job.path, error))
