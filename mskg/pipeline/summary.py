"""What became of each file of a batch: the summary beside the records, and its journal.

The journal is written as the batch goes; when the batch is through, it becomes
``mskg-summary.csv``, whose words are in the language of the user. Both are read back by the
place of their columns.
"""

from __future__ import annotations

import csv
import hashlib
import io
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError, MskgError, system_reason
from mskg.model.counts import Counts
from mskg.pipeline.finding import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mskg.model import Issue

__all__ = ["COUNT_COLUMNS", "RESULTS", "RecordFolder", "Recorded", "content_hash"]

_JOURNAL: Final = ".mskg-summary.part"
# Result → its word in Chinese and English.
RESULTS: Final = {
    "read": ("已读", "read"),
    "unchanged": ("未变", "unchanged"),
    "restored": ("补读", "restored"),
    "not-a-plan": ("不是计划", "no plan"),
    "failed": ("失败", "failed"),
}
COUNT_COLUMNS: Final = (
    ("任务", "tasks"),
    ("分工", "assignments"),
    ("指标", "targets"),
    ("时限", "dates"),
    ("疑点", "issues"),
    ("数字", "numbers"),
    ("没看懂的数字", "numbersNotUnderstood"),
)
_COLUMNS: Final = (
    *(("文件", "file"), ("结果", "result"), ("记录", "record"), ("文件编号", "document")),
    *COUNT_COLUMNS,
    *(("数字覆盖率", "coverage"), ("原因", "reason")),
    *(("原文哈希", "fileHash"), ("记录哈希", "recordHash"), ("规则", "rules")),
)
_FIRST: Final = 4
_LAST: Final = _FIRST + len(COUNT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one file.

    Parameters
    ----------
    file:
        The file as it was named.
    result:
        ``read``, ``unchanged`` (since an earlier batch), ``restored`` (unchanged, but its
        record was damaged or edited and is written anew), ``not-a-plan`` or ``failed``.
    record:
        Name of the record in the folder; empty where there is none.
    document:
        Key of the document.
    counts:
        What the plan holds.
    file_hash, record_hash, rules:
        Hashes of the file, of its record, and of what else the reading depended on.
    error:
        Why there is no plan.
    found:
        The issues of a plan that was read now.
    """

    file: str
    result: str
    record: str = ""
    document: str = ""
    counts: Counts = field(default_factory=Counts)
    file_hash: str = ""
    record_hash: str = ""
    rules: str = ""
    error: MskgError | None = None
    found: tuple[Issue, ...] = ()

    def cells(self, language: str) -> tuple[str, ...]:
        """Return the row of the summary in `language`."""
        word = RESULTS[self.result][language == "en"]
        counts, numbers = self.counts, ("",) * len(COUNT_COLUMNS)
        if self.record:
            numbers = tuple(map(str, astuple(counts)))
        reason = self.error.line(language) if self.error else ""
        hashes = (self.file_hash, self.record_hash, self.rules)
        names = (self.file, word, self.record, self.document)
        return (*names, *numbers, counts.coverage, reason, *hashes)


def content_hash(content: bytes) -> str:
    """Return the hash of a record, by which a damaged one is told."""
    return hashlib.sha256(content).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RecordFolder:
    """A folder of records with the summary of its batches, in ``zh`` or ``en``."""

    folder: Path
    language: str = "zh"

    def former(self) -> dict[str, Recorded]:
        """Return what earlier batches wrote, by the name of the record.

        A record that is not there any more is left out; one that is not what the batch wrote
        has the result ``restored``.
        """
        found: dict[str, Recorded] = {}
        for name in (SUMMARY, _JOURNAL):
            try:
                text = (self.folder / name).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                continue
            for row in csv.reader(io.StringIO(text, newline="")):
                # The last line of a journal is torn where the batch was killed.
                if len(row) == len(_COLUMNS) and all(c.isdigit() for c in row[_FIRST:_LAST]):
                    found[row[2]] = _recorded(row)
        return {name: old for name, old in found.items() if name and self._is_there(old)}

    def is_whole(self, old: Recorded) -> bool:
        """Tell whether the record of `old` is what the batch wrote."""
        try:
            return content_hash((self.folder / old.record).read_bytes()) == old.record_hash
        except OSError:
            return False

    def begin(self, results: Iterable[Recorded]) -> None:
        """Write the journal anew, so that no torn line of a killed batch stays in it."""
        self._write(_JOURNAL, results, bom=False)

    def note(self, result: Recorded) -> None:
        """Add a line to the journal."""
        try:
            with (self.folder / _JOURNAL).open("a", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerow(result.cells(self.language))
        except OSError as error:
            raise InputError(
                f"{self.folder}: can't be written ({error.strerror})",
                zh=f"{self.folder}：写不进去（{system_reason(error)}）",
            ) from error

    def finish(self, results: Iterable[Recorded]) -> None:
        """Write the summary and drop the journal."""
        self._write(SUMMARY, results, bom=True)
        with suppress(OSError):
            (self.folder / _JOURNAL).unlink(missing_ok=True)

    def _is_there(self, old: Recorded) -> bool:
        return (self.folder / old.record).is_file()

    def _write(self, name: str, results: Iterable[Recorded], *, bom: bool) -> None:
        from mskg.export.files import write_files
        from mskg.render.csv import csv_bytes

        head = [column[self.language == "en"] for column in _COLUMNS]
        rows = [result.cells(self.language) for result in results]
        write_files({self.folder / name: csv_bytes(head, rows, bom=bom)})


def _recorded(row: Sequence[str]) -> Recorded:
    words = {word: name for name, pair in RESULTS.items() for word in pair}
    counts = Counts(*map(int, row[_FIRST:_LAST]))
    result = words.get(row[1], "read")
    return Recorded(row[0], result, row[2], row[3], counts, row[-3], row[-2], row[-1])
