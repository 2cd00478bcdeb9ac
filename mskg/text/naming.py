"""What people call things: matching a typed name with known ones, and telling the nearest."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from mskg.errors import QueryError
from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ambiguous", "meant", "unknown"]

_SHOWN: Final = 4


def meant(given: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Return the things that `given` names, sorted: by a whole name, else by a part of one.

    Parameters
    ----------
    given:
        What a person typed; script and width don't matter.
    names:
        Pairs of a thing and one of its names; a thing can have several.
    """
    wanted = fold(given.strip())
    folded = [(thing, fold(name)) for thing, name in names]
    exact = {thing for thing, name in folded if name == wanted}
    return sorted(exact or {thing for thing, name in folded if wanted and wanted in name})


def unknown(message: str, message_zh: str, given: str, known: Iterable[str]) -> QueryError:
    """Return the error for a name that is not `known`, with the nearest names."""
    names = sorted(set(known))
    near = difflib.get_close_matches(given, names, n=3, cutoff=0.5) or names[:8]
    if not near:
        return QueryError(message, zh=message_zh)
    more = "" if len(near) >= len(names) else ", …"
    return QueryError(
        message,
        hint=f"did you mean: {', '.join(near)}{more}",
        zh=f"{message_zh}（是不是：{'、'.join(near)}{more and '……'}）",
    )


def ambiguous(kind: str, kind_zh: str, given: str, labels: Iterable[str]) -> QueryError:
    """Return the error for a name that may mean several things, with their `labels`."""
    names = sorted(set(labels))
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    return QueryError(
        f"{given!r} may mean more than one {kind}",
        hint=f"one of: {shown}",
        zh=f"{given!r} 可以指多个{kind_zh}（{shown}）",
    )
