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

__all__ = [
    "FaultError",
    "InputError",
    "MskgError",
    "NotAPlanError",
    "QueryError",
    "ReadError",
    "ShapesError",
    "StoreError",
]


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
