"""Files of dumps: N-Quads or TriG, plain or compressed with gzip or Zstandard.

The same content gives the same bytes: no time, no name of a file, one thread.
"""

from __future__ import annotations

import gzip
import os
import sys
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, Final

from mskg.errors import InputError, system_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mskg.store.base import DumpFormat

__all__ = ["SUFFIXES", "dump_form", "packed_reading", "packed_writing"]

SUFFIXES: Final = tuple(
    form + packed for form in (".nq", ".trig") for packed in ("", ".gz", ".zst")
)
_GZIP: Final = b"\x1f\x8b"
_ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"
_GZIP_LEVEL: Final = 6


def dump_form(path: Path) -> DumpFormat:
    """Return the format of the dump `path` by its suffixes, such as ``.nq.gz``.

    Raises
    ------
    InputError
        If the suffixes are no such.
    """
    name = path.name.lower().removesuffix(".gz").removesuffix(".zst")
    if name.endswith(".nq"):
        return "nq"
    if name.endswith(".trig"):
        return "trig"
    known = " ".join(SUFFIXES)
    raise InputError(
        f"{path}: can't tell the format from this suffix",
        hint=f"use one of {known}",
        zh=f"{path}：看不出这个后缀是什么格式（可用 {known}）",
    )


@contextmanager
def packed_writing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a stream into `path`, compressed as its suffix says; the file appears when complete.

    Raises
    ------
    InputError
        If the file can't be written; nothing is left behind then.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            raw = stack.enter_context(beside.open("xb"))
            yield stack.enter_context(_packer(raw, path.suffix.lower()))
        beside.replace(path)
    except OSError as error:
        raise InputError(
            f"can't write {path}: {error.strerror or type(error).__name__}",
            zh=f"{path}：写不进去（{system_reason(error)}）",
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def packed_reading(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield the content of the seekable stream `raw`, unpacked if its first bytes say so."""
    begin = raw.read(4)
    raw.seek(0)
    if begin.startswith(_GZIP):
        with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
            yield unpacked  # type: ignore[misc]
    elif begin == _ZSTANDARD:
        zstd = _zstandard()
        with zstd.ZstdFile(raw, "r") as unpacked:
            yield unpacked
    else:
        yield raw


def _packer(raw: IO[bytes], suffix: str) -> IO[bytes]:
    packer: IO[bytes] = raw
    if suffix == ".gz":
        packer = gzip.GzipFile("", "wb", _GZIP_LEVEL, raw, mtime=0)  # type: ignore[assignment]
    elif suffix == ".zst":
        zstd = _zstandard()
        # The checksum tells a damaged file.
        packer = zstd.ZstdFile(raw, "w", options={zstd.CompressionParameter.checksum_flag: 1})
    return packer


def _zstandard() -> Any:
    """Return the module of Zstandard, which only newer Pythons have themselves."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd
