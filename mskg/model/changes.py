"""Copies of frozen dataclasses with some fields changed."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["with_changes"]

_Entry = TypeVar("_Entry")


def with_changes(entry: _Entry, **changes: object) -> _Entry:
    """Return a copy of the dataclass instance `entry` with `changes` in place of its values.

    As `dataclasses.replace` does, in half the time; reading a plan makes hundreds of such copies.
    The class has two fields or more, all of which its constructor takes.

    Raises
    ------
    KeyError
        If the class has no field of a name in `changes`.
    """
    kind: Any = entry.__class__
    values_of, position = _layout(kind)
    values = list(values_of(entry))
    for name, value in changes.items():
        values[position[name]] = value
    made: _Entry = kind(*values)
    return made


@cache
def _layout(kind: Any) -> tuple[Callable[[Any], tuple[object, ...]], dict[str, int]]:
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: at for at, name in enumerate(names)}
