"""Many documents into a folder of plan records, with a summary that lets a batch be resumed.

Each record is written as soon as its document is read, and noted in a journal. When the
batch is through, the journal becomes ``mskg-out.csv``. A batch that was stopped finds its
finished records in the journal and goes on with the rest.

The summary tells of the whole folder: rows of earlier batches stay as long as their record.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mskg import __version__
from mskg.errors import InputError, NotAPlanError
from mskg.model.counts import count_plan
from mskg.ns import digest
from mskg.pipeline.job import Advance, Reading, ignore
from mskg.pipeline.many import read_each
from mskg.pipeline.rules import file_hash, rules_hash
from mskg.pipeline.summary import Recorded, RecordFolder, content_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.resolve import Corrections

__all__ = ["BatchStopped", "file_names", "record_many", "refuse_inputs"]


class BatchStopped(KeyboardInterrupt):
    """A batch was interrupted; what is done stays and is found by the next batch.

    Parameters
    ----------
    done, total:
        How many files are done, of how many.
    """

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"{done} of {total}")
        self.done, self.total = done, total


def record_many(
    paths: Sequence[Path | str],
    out: RecordFolder,
    *,
    region: str = "",
    corrections: Corrections | None = None,
    force: bool = False,
    workers: int = 1,
    advance: Advance = ignore,
) -> list[Recorded]:
    """Write the record of each document into `out`; return what became of each, in order.

    A document whose bytes, rules, corrections and version of mskg are those of an earlier
    batch in this folder is not read again, unless its record is damaged. A file that can't be
    read stops nothing.

    Parameters
    ----------
    force:
        Read unchanged documents again.

    The others are those of `read_many`.

    Raises
    ------
    InputError
        If the folder can't be written.
    BatchStopped
        If it is interrupted.
    """
    files = [Path(path) for path in paths]
    names = file_names(files, ".json")
    refuse_inputs((out.folder / name for name in names), files)
    former = out.former()

    def rules(key: str) -> str:
        return f"{__version__}-{rules_hash(region, corrections, key)}"

    hashes = [file_hash(path) for path in files]
    done: dict[int, Recorded] = {}
    damaged: set[int] = set()
    for number, path in enumerate(files):
        old = former.get(names[number])
        if force or old is None or not hashes[number]:
            continue
        if (old.file_hash, old.rules) != (hashes[number], rules(old.document)):
            continue
        if out.is_whole(old):
            done[number] = replace(old, file=str(path), result="unchanged")
            advance(path.name)
        else:
            damaged.add(number)
    todo = [number for number in range(len(files)) if number not in done]
    out.begin(former.values())
    readings = read_each(
        [files[number] for number in todo],
        region=region,
        corrections=corrections,
        workers=workers,
        advance=advance,
    )
    try:
        for place, reading in readings:
            number = todo[place]
            key = reading.plan.document.key if reading.plan else ""
            made = _record(reading, out.folder / names[number], hashes[number], rules(key))
            if number in damaged and reading.plan:
                made = replace(made, result="restored")
            out.note(made)
            done[number] = made
    except KeyboardInterrupt as stop:
        raise BatchStopped(len(done), len(files)) from stop
    results = [done[number] for number in range(len(files))]
    out.finish([*results, *(old for name, old in former.items() if name not in names)])
    return results


def file_names(files: Sequence[Path], suffix: str) -> list[str]:
    """Return a name for what is made of each file: its own; files of one name are told apart."""
    stems = Counter(file.stem.lower() for file in files)
    return [
        file.stem + suffix
        if stems[file.stem.lower()] == 1
        else f"{file.stem}-{digest(file.as_posix(), 6)}{suffix}"
        for file in files
    ]


def refuse_inputs(targets: Iterable[Path], files: Iterable[Path]) -> None:
    """Raise InputError where a file to be written is one of the documents."""
    sources = {file.resolve() for file in files}
    for target in targets:
        if target.resolve() in sources:
            raise InputError(
                f"{target}: is one of the documents and would be lost",
                hint="name another place with --out",
                zh=f"{target}：就是要读的文件，写上去原件就没了（请用 --out 换一个地方）",
            )


def _record(reading: Reading, path: Path, hashed: str, rules: str) -> Recorded:
    from mskg.export.files import write_files
    from mskg.model.record import dumps_record, plan_to_record

    plan = reading.plan
    if plan is None:
        result = "not-a-plan" if isinstance(reading.error, NotAPlanError) else "failed"
        return Recorded(str(reading.source), result, error=reading.error)
    content = dumps_record(plan_to_record(plan)).encode()
    write_files({path: content})
    return Recorded(
        str(reading.source),
        "read",
        path.name,
        plan.document.key,
        count_plan(plan),
        hashed,
        content_hash(content),
        rules,
        found=plan.issues,
    )
