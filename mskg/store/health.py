"""What `mskg doctor` looks at: the folder of a store, or what a server can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.store.generations import FORMAT, POINTER, StoreFolder
from mskg.store.locks import FileLock

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Check", "check_folder"]

_MEGABYTE: Final = 1e6
_INDEX: Final = ".sqlite"


class Check(NamedTuple):
    """One thing that was looked at.

    ``ok`` is None where it could not be found out or says nothing of health. ``found`` and
    ``mend`` are texts in Chinese and English; ``mend`` is empty where nothing is to be done.
    """

    name: str
    ok: bool | None
    found: tuple[str, str]
    mend: tuple[str, str] = ("", "")


def check_folder(path: Path) -> list[Check]:
    """Return what there is to say of the folder of a store; nothing is changed.

    Raises
    ------
    StoreError
        If there is no store, or it is damaged, foreign, or of another format.
    """
    folder = StoreFolder(path)
    lease = folder.lease()
    try:
        current = lease.generation
        others = _others(path, current)
        size = _size(path)
        checks = [
            Check("format", True, (f"格式 {FORMAT}", f"format {FORMAT}")),
            Check(
                "generation",
                True,
                (
                    f"当前是 {current}，另有 {len(others)} 代",
                    f"{current}, and {len(others)} others",
                ),
            ),
            Check(
                "size",
                None,
                (
                    f"共 {size / _MEGABYTE:.1f} MB，其中当前一代"
                    f" {_size(lease.database) / _MEGABYTE:.1f} MB",
                    f"{size / _MEGABYTE:.1f} MB in all, the current generation"
                    f" {_size(lease.database) / _MEGABYTE:.1f} MB",
                ),
            ),
            _lock(path),
            _leftovers(path, others),
        ]
    finally:
        lease.release()
    return checks


def _others(path: Path, current: str) -> list[Path]:
    return sorted(p for p in (path / "generations").iterdir() if p.name != current)


def _size(path: Path) -> int:
    """Return the bytes below `path`, of a file with several names once."""
    sizes = {}
    for file in path.rglob("*"):
        try:
            known = file.stat()
        except OSError:  # a writer removed it meanwhile
            continue
        if file.is_file():
            sizes[known.st_dev, known.st_ino] = known.st_size
    return sum(sizes.values())


def _lock(path: Path) -> Check:
    lock = FileLock(path / "write.lock", shared=True)
    try:
        free = lock.acquire()
    except OSError:
        return Check("lock", True, ("没有写入者", "nobody writes"))
    if free:
        lock.release()
        return Check("lock", True, ("没有写入者", "nobody writes"))
    holder = lock.holder() or "?"
    return Check("lock", None, (f"进程 {holder} 正在写入", f"process {holder} is writing"))


def _leftovers(path: Path, others: list[Path]) -> Check:
    """Look for what killed writers left, and generations that nobody reads any more."""
    free = [entry.name for entry in others if not _is_read(entry)]
    parts = [entry.name for entry in (path / "search").glob("*.part")]
    if (path / f"{POINTER}.new").exists():
        parts.append(f"{POINTER}.new")
    if not free and not parts:
        return Check("leftovers", True, ("没有", "none"))
    names = ", ".join([*free, *parts])
    return Check(
        "leftovers",
        False,
        (f"没有用处的文件：{names}", f"of no use: {names}"),
        (
            "下一次 mskg build 会清理；写入中断所致",
            "the next mskg build removes what a stopped one left",
        ),
    )


def _is_read(generation: Path) -> bool:
    lock = FileLock(generation / "lease")
    if not (generation / "lease").exists():
        return False
    try:
        free = lock.acquire()
    except OSError:
        return True
    lock.release()
    return not free
