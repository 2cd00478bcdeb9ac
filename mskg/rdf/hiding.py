"""Plans, documents and what is told of them, with the words about persons made unreadable."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from mskg.rdf.contacts import is_telephone, masked, names_pattern

if TYPE_CHECKING:
    from mskg.model import Plan

__all__ = ["hidden", "names_of"]

T = TypeVar("T")
# A number as printed is no telephone number; keys name documents.
_KEPT: Final = {"digits", "key"}


def names_of(plan: Plan) -> str:
    """Return the pattern of `masked` for the leaders of `plan` and its fields for contacts."""
    leaders = [leader for task in plan.tasks for leader in task.leaders]
    leaders += [leader for task in plan.tasks for item in task.items for leader in item.leaders]
    numbers = [entry.text for entry in plan.unused_numbers if entry.rule == "contact"]
    words = [leader.name for leader in leaders] + [n for n in numbers if is_telephone(n)]
    return names_pattern(word for word in words if word)


def hidden(value: T, names: str = "") -> T:
    """Return `value` with `masked` done to every text in it.

    Parameters
    ----------
    value:
        A text, or tuples, lists and dataclasses of texts: a plan, its document, findings.
    names:
        See `masked`. Lengths don't change, so the places of a document stay right.
    """
    return cast("T", _hidden(value, names))


def _hidden(value: Any, names: str) -> Any:
    if type(value) is str:
        return masked(value, names)
    if isinstance(value, tuple | list):
        parts = [_hidden(part, names) for part in value]
        if all(new is old for new, old in zip(parts, value, strict=True)):
            return value
        return value._make(parts) if hasattr(value, "_make") else type(value)(parts)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for name in _names_of_fields(type(value)):
            old = getattr(value, name)
            new = _hidden(old, names)
            if new is not old and new != old:
                changes[name] = new
        return replace(value, **changes) if changes else value
    return value


@cache
def _names_of_fields(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.init and f.name not in _KEPT)
