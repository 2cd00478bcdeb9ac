"""Many documents into a folder of plan records, with a summary that lets a batch be resumed.

Each record is written as soon as its document is read, and noted in a journal. When the
batch is through, the journal becomes ``mskg-summary.csv``. A batch that was stopped finds its
finished records in the journal and goes on with the rest.

The summary tells of the whole folder: rows of earlier batches stay as long as their record.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mskg import __version__
from mskg.errors import InputError, MskgError, NotAPlanError, system_reason
from mskg.ns import digest
from mskg.pipeline.many import Advance, Reading, ignore, read_each
from mskg.pipeline.reading import SUMMARY
from mskg.pipeline.rules import file_hash, rules_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.model import Issue, Plan
    from mskg.resolve import Corrections

__all__ = ["Recorded", "file_names", "record_many", "refuse_inputs"]

_JOURNAL: Final = ".mskg-summary.part"
_COLUMNS: Final = (
    *("file", "result", "record", "document", "tasks", "facts", "issues", "unknown_numbers"),
    *("error", "bytes", "rules"),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one file.

    Parameters
    ----------
    file:
        The file as it was named.
    result:
        ``read``, ``unchanged`` (since an earlier batch), ``not-a-plan`` or ``failed``.
    record:
        Name of the record in the folder; empty where there is none.
    document:
        Key of the document.
    tasks, facts, issues, unknown_numbers:
        How many; facts are departments, indicators, stage targets and deadlines.
    file_hash, rules:
        What the reading depended on.
    error:
        Why there is no plan.
    found:
        The issues of a plan that was read now.
    """

    file: str
    result: str
    record: str = ""
    document: str = ""
    tasks: int = 0
    facts: int = 0
    issues: int = 0
    unknown_numbers: int = 0
    file_hash: str = ""
    rules: str = ""
    error: MskgError | None = None
    found: tuple[Issue, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the summary."""
        counts = (self.tasks, self.facts, self.issues, self.unknown_numbers)
        error = self.error.line() if self.error else ""
        names = (self.file, self.result, self.record, self.document)
        return (*names, *map(str, counts), error, self.file_hash, self.rules)


def record_many(
    paths: Sequence[Path | str],
    folder: Path,
    *,
    region: str = "",
    corrections: Corrections | None = None,
    force: bool = False,
    workers: int = 1,
    advance: Advance = ignore,
) -> list[Recorded]:
    """Write the record of each document into `folder`; return what became of each, in order.

    A document whose bytes, rules, corrections and version of mskg are those of an earlier
    batch in this folder is not read again. A file that can't be read stops nothing.

    Parameters
    ----------
    force:
        Read unchanged documents again.

    The others are those of `read_many`.

    Raises
    ------
    InputError
        If the folder can't be written.
    """
    files = [Path(path) for path in paths]
    names = file_names(files, ".json")
    refuse_inputs((folder / name for name in names), files)
    former = _former(folder)

    def rules(key: str) -> str:
        return f"{__version__}-{rules_hash(region, corrections, key)}"

    hashes = [file_hash(path) for path in files]
    done: dict[int, Recorded] = {}
    for number, path in enumerate(files):
        old = former.get(names[number])
        if (
            force
            or old is None
            or (old.file_hash, old.rules) != (hashes[number], rules(old.document))
        ):
            continue
        if hashes[number]:
            done[number] = _again(old, path)
    todo = [number for number in range(len(files)) if number not in done]
    _begin(folder, former.values())
    for place, reading in read_each(
        [files[number] for number in todo],
        region=region,
        corrections=corrections,
        workers=workers,
        advance=advance,
    ):
        number = todo[place]
        key = reading.plan.document.key if reading.plan else ""
        made = _record(reading, folder / names[number], hashes[number], rules(key))
        _note(folder, made)
        done[number] = made
    results = [done[number] for number in range(len(files))]
    _finish(folder, [*results, *(old for name, old in former.items() if name not in names)])
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


def _again(old: Recorded, path: Path) -> Recorded:
    names = (str(path), "unchanged", old.record, old.document)
    counts = (old.tasks, old.facts, old.issues, old.unknown_numbers)
    return Recorded(*names, *counts, old.file_hash, old.rules)


def _record(reading: Reading, path: Path, hashed: str, rules: str) -> Recorded:
    from mskg.export.files import write_files
    from mskg.model.record import dumps_record, plan_to_record

    plan = reading.plan
    if plan is None:
        result = "not-a-plan" if isinstance(reading.error, NotAPlanError) else "failed"
        return Recorded(str(reading.source), result, error=reading.error)
    write_files({path: dumps_record(plan_to_record(plan)).encode()})
    return Recorded(
        str(reading.source),
        "read",
        path.name,
        plan.document.key,
        len(plan.tasks),
        _facts(plan),
        len(plan.issues),
        sum(number.rule == "unknown" for number in plan.unused_numbers),
        hashed,
        rules,
        found=plan.issues,
    )


def _facts(plan: Plan) -> int:
    total = len(plan.program.departments) + len(plan.program.deadlines)
    for task in plan.tasks:
        total += len(task.departments)
        for item in task.items:
            total += len(item.indicators) + len(item.milestones)
            total += sum(len(milestone.indicators) for milestone in item.milestones)
    return total


def _former(folder: Path) -> dict[str, Recorded]:
    """Return what earlier batches wrote, by the name of the record."""
    found: dict[str, Recorded] = {}
    for name in (SUMMARY, _JOURNAL):
        try:
            text = (folder / name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        for row in csv.reader(io.StringIO(text, newline="")):
            # The last line of a journal is torn where the batch was killed.
            if len(row) == len(_COLUMNS) and all(cell.isdigit() for cell in row[4:8]):
                counts = (int(row[4]), int(row[5]), int(row[6]), int(row[7]))
                old = Recorded(row[0], row[1], row[2], row[3], *counts, row[9], row[10])
                found[old.record] = old
    return {name: old for name, old in found.items() if name and (folder / name).is_file()}


def _begin(folder: Path, results: Iterable[Recorded]) -> None:
    """Write the journal anew, so that no torn line of a killed batch stays in it."""
    from mskg.export.files import write_files
    from mskg.render.csv import csv_bytes

    write_files({folder / _JOURNAL: csv_bytes(_COLUMNS, [result.cells for result in results])})


def _note(folder: Path, result: Recorded) -> None:
    try:
        with (folder / _JOURNAL).open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(result.cells)
    except OSError as error:
        raise InputError(
            f"{folder}: can't be written ({error.strerror})",
            zh=f"{folder}：写不进去（{system_reason(error)}）",
        ) from error


def _finish(folder: Path, results: Iterable[Recorded]) -> None:
    """Write the summary and drop the journal."""
    from mskg.export.files import write_files
    from mskg.render.csv import csv_bytes

    rows = [result.cells for result in results]
    write_files({folder / SUMMARY: csv_bytes(_COLUMNS, rows, bom=True)})
    with suppress(OSError):
        (folder / _JOURNAL).unlink(missing_ok=True)
