"""The folder of a store on disk: finished generations, and a pointer to the current one.

::

    STORE/mskg-store.json            {"format": 1, "generation": "000002"}
    STORE/write.lock                 held by the one writer
    STORE/generations/000002/db      a RocksDB database that nobody writes any more
    STORE/generations/000002/lease   held, shared, by everyone who reads it
    STORE/search/000002.sqlite       the words of that generation (see mskg.query.searching)
    STORE/public/copy-…              what a running `mskg serve` shows (see mskg.store.public)

A writer links the current generation into a new folder, changes that, and renames a new
pointer over the old one: before the rename everybody sees the old content, after it the new.
A writer killed at any moment leaves a folder the pointer does not name; the next one
removes it. A generation is removed only by the holder of ``write.lock``, never while it
is current, and only when its lease can be taken exclusively.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.errors import StoreError, system_reason
from mskg.store.locks import FileLock

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FORMAT", "Lease", "StoreFolder", "damaged"]

FORMAT: Final = 1
POINTER: Final = "mskg-store.json"
_OWN = {POINTER, POINTER + ".new", "write.lock", "generations", "search", "public"}
_ATTEMPTS = 20
_GONE = ".gone"


class Lease(NamedTuple):
    """A generation that stays on disk until `lock` is released."""

    generation: str
    database: Path
    lock: FileLock | None

    def release(self) -> None:
        """Let the generation go."""
        if self.lock is not None:
            self.lock.release()


class StoreFolder:
    """The files of one store; knows nothing of what is in the databases."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._generations = path / "generations"

    def current(self) -> str:
        """Return the name of the current generation, empty if none was ever finished.

        Raises
        ------
        StoreError
            If the folder is foreign, damaged, or was made by a newer version.
        """
        if not self.path.exists():
            return ""
        if not self.path.is_dir():
            raise StoreError(
                f"{self.path} is a file, not the folder of a store",
                zh=f"{self.path} 是文件，不是数据库文件夹",
            )
        try:
            text = (self.path / POINTER).read_text(encoding="utf-8")
        except FileNotFoundError:
            self._check_own()
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise self._damaged(f"{POINTER} can't be read") from error
        return self._parse(text)

    def database(self, generation: str) -> Path:
        """Return the folder of the database of a generation."""
        return self._generations / generation / "db"

    def lease(self) -> Lease:
        """Take the current generation for reading.

        Raises
        ------
        StoreError
            If there is none, or as `current`.
        """
        for _ in range(_ATTEMPTS):
            generation = self.current()
            if not generation:
                raise StoreError(
                    f"there is no store at {self.path}",
                    hint="make one with: mskg build",
                    zh=f"{self.path} 处没有数据库（用 mskg build 建立）",
                )
            lease = self._lease(generation)
            # Only now is it sure that no writer removed it in between.
            if lease is not None and self.current() == generation:
                return lease
            if lease is not None:
                lease.release()
        raise self._damaged(f"generation {generation} can't be opened")

    def lock(self) -> FileLock:
        """Become the only writer; makes the folder where it is missing.

        Raises
        ------
        StoreError
            If another process writes, or the folder can't be written.
        """
        self.current()
        lock = FileLock(self.path / "write.lock")
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            taken = lock.acquire()
        except OSError as error:
            raise StoreError(
                f"{self.path} can't be written: {error.strerror}",
                zh=f"无法写入 {self.path}：{system_reason(error)}",
            ) from error
        if not taken:
            holder = lock.holder()
            who_zh = f"进程 {holder} " if holder else "另一个进程"
            who = f"process {holder}" if holder else "another process"
            raise StoreError(
                f"{who} is writing to the store {self.path}",
                hint="try again when it is done",
                zh=f"{who_zh}正在写入数据库 {self.path}，请稍后再试",
            )
        lock.write_holder()
        return lock

    def new_generation(self) -> str:
        """Make the folder of the next generation, without a database; return its name."""
        taken = [int(p.name) for p in self._generations.iterdir() if p.name.isdigit()]
        name = f"{max([*taken, int(self.current() or 0)]) + 1:06d}"
        folder = self._generations / name
        folder.mkdir()
        (folder / "lease").touch()
        return name

    def switch(self, generation: str) -> None:
        """Make `generation` the current one, in one step and for good."""
        pointer = self.path / POINTER
        new = self.path / (POINTER + ".new")
        with new.open("w", encoding="utf-8") as out:
            json.dump({"format": FORMAT, "generation": generation}, out)
            out.flush()
            os.fsync(out.fileno())
        new.replace(pointer)
        _sync_folder(self.path)

    def discard(self, generation: str) -> None:
        """Remove a generation that never became current."""
        _remove(self._generations / generation)

    def clean(self) -> None:
        """Remove what nobody reads: old generations, and remains of killed writers.

        Only the holder of the write lock may call this.
        """
        current = self.current()
        for folder in sorted(self._generations.iterdir()):
            if folder.name != current:
                _remove_if_free(folder)

    def _lease(self, generation: str) -> Lease | None:
        lock = FileLock(self._generations / generation / "lease", shared=True)
        database = self.database(generation)
        try:
            if not lock.acquire():
                return None
        except FileNotFoundError:
            return None
        except OSError:
            # A file system without locks: read all the same.
            return Lease(generation, database, None)
        return Lease(generation, database, lock)

    def _check_own(self) -> None:
        foreign = {entry.name for entry in self.path.iterdir()} - _OWN
        if foreign:
            raise StoreError(
                f"{self.path} is not the folder of a store (it holds {min(foreign)!r})",
                hint="name an empty or a new folder",
                zh=f"{self.path} 不是数据库文件夹（其中有 {min(foreign)!r}），请另选文件夹",
            )

    def _parse(self, text: str) -> str:
        try:
            pointer = json.loads(text)
            version, generation = int(pointer["format"]), str(pointer["generation"])
        except (ValueError, KeyError, TypeError) as error:
            raise self._damaged(f"{POINTER} can't be understood") from error
        if version > FORMAT:
            raise StoreError(
                f"the store {self.path} was made by a newer mskg (format {version})",
                hint="update mskg, or build into another folder",
                zh=f"数据库 {self.path} 由更新版本的 mskg 建立（格式 {version}），请升级或另建",
            )
        if version < FORMAT:
            raise StoreError(
                f"the store {self.path} was made by an older mskg (format {version})",
                hint="build the documents into another folder, or take a dump with the older mskg"
                " and load it into another folder",
                zh=f"数据库 {self.path} 由旧版本的 mskg 建立（格式 {version}）：请把文件重新 build"
                " 到另一个文件夹，或用旧版本 dump 后 load 到另一个文件夹",
            )
        if not generation.isdigit():
            raise self._damaged(f"{POINTER} can't be understood")
        return generation

    def _damaged(self, what: str) -> StoreError:
        return damaged(self.path, what)


def damaged(path: Path, what: str) -> StoreError:
    """Return the error for a store that holds what no writer of ours leaves."""
    return StoreError(
        f"the store {path} is damaged: {what}",
        hint="build it again in another folder",
        zh=f"数据库 {path} 已损坏：{what}（请在另一个文件夹重新建立）",
    )


def _remove_if_free(folder: Path) -> None:
    lock = FileLock(folder / "lease")
    try:
        if not lock.acquire():
            return
        lock.release()
        if folder.suffix != _GONE:
            # Fails on Windows as long as somebody has a file of the folder open.
            folder = folder.rename(folder.with_suffix(_GONE))
    except OSError:
        return
    _remove(folder)


def _remove(folder: Path) -> None:
    """Remove `folder`; what can't be removed now is left to the next writer.

    A database that was just closed may still write a last file, between the listing of its
    folder and the removal.
    """
    for _ in range(_ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.02)


def _sync_folder(path: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
