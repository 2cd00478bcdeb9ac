"""Errors that mskg raises on purpose, each with one line a person can act on.

::

    MskgError                  exit code of the command line
    ├── InputError             2   a file, text or option given by the user can't be used
    │   ├── ReadError          2   a document can't be opened or decoded
    │   ├── NotAPlanError      1   the document was read but holds no task list
    │   ├── QueryError         2   unknown query, bad parameter, SPARQL syntax
    │   └── ShapesError        2   shapes or data graph that can't be validated
    ├── StoreError             2   a store is locked, damaged, missing or read-only
    └── FaultError             3   mskg itself failed on one document of a batch

Anything else that reaches the command line is a fault of mskg (exit code 3).
"""

from __future__ import annotations

import errno

__all__ = [
    "FaultError",
    "InputError",
    "MskgError",
    "NotAPlanError",
    "QueryError",
    "ReadError",
    "ShapesError",
    "StoreError",
    "system_reason",
]

# What the operating system says most often; it speaks English only.
_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "名字太长",
    errno.EBUSY: "正被别的程序占用",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "磁盘读写出错",
    errno.ELOOP: "链接绕成了圈",
    errno.EFBIG: "文件太大",
}


class MskgError(Exception):
    """Base of every error that mskg raises on purpose.

    Parameters
    ----------
    message:
        What is wrong, and where.
    hint:
        How to mend it; empty where there is nothing to add.
    zh:
        The whole line in Chinese, hint included; empty where only English is at hand.
    """

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "", zh: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.zh = zh

    def line(self, language: str = "en") -> str:
        """Return the error as one line in `language` (``zh`` or ``en``)."""
        text = self.zh if language == "zh" and self.zh else str(self)
        return " ".join(text.split())

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message} ({self.hint})" if self.hint else message


class InputError(MskgError):
    """Something the user gave can't be used."""


class ReadError(InputError):
    """A document can't be opened or decoded."""


class NotAPlanError(InputError):
    """The document was read but holds no list of tasks."""

    exit_code = 1


class QueryError(InputError):
    """A query, its name or one of its parameters is wrong."""


class ShapesError(InputError):
    """Shapes or a data graph can't be validated."""


class StoreError(MskgError):
    """A store is locked, damaged, missing or opened read-only."""


class FaultError(MskgError):
    """A fault of mskg on one document, made an error so that the rest of a batch goes on."""

    exit_code = 3


def system_reason(error: OSError) -> str:
    """Return why the operating system refused, in Chinese; English is ``error.strerror``."""
    known = _REASONS.get(error.errno or 0)
    return known or f"系统错误 {error.errno or ''} {error.strerror or ''}".strip()
