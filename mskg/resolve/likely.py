"""Which body a name that nothing knows may be meant for: a guess for people to decide on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from mskg.lexicon.departments import forms, irregular_names
from mskg.resolve.departments import resolve_folded
from mskg.resolve.repairs import one_edit
from mskg.text.folding import fold, unspaced

if TYPE_CHECKING:
    from mskg.resolve.organisations import Resolved
    from mskg.resolve.places import Scope

__all__ = ["likely_body"]

_SUFFIXES: Final = ("局", "委", "办")
_LONGEST_PLACE: Final = 8


def likely_body(printed: str, scope: Scope) -> tuple[str, Resolved] | None:
    """Return the one known name of the document's place that differs in one character.

    Unlike the repair that resolution makes by itself, short names count too (县妇连), so
    this is a guess.

    Parameters
    ----------
    printed:
        A name that resolution did not know.
    scope:
        Where the document stands.

    Returns
    -------
    tuple[str, Resolved] | None
        The name as it may be meant (县妇联) with its body; None where none or several fit.
    """
    text = unspaced(fold(printed))
    for length in range(min(_LONGEST_PLACE, len(text) - 1)):
        place, rest = text[:length], text[length:]
        near = [name for name in _names().get(len(rest), ()) if one_edit(rest, name)]
        found: dict[str, tuple[str, Resolved]] = {}
        for name in near:
            body = resolve_folded(place + name, scope)
            if body.verified and not body.collective and not body.suspect:
                found.setdefault(body.org_id, (place + name, body))
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


@cache
def _names() -> dict[int, tuple[str, ...]]:
    """Return the short names of all known bodies by their length, likelier suffixes first."""
    known = [form for form in sorted(irregular_names()) if len(form) > 1]
    known += [form + suffix for suffix in _SUFFIXES for form in sorted(forms()) if len(form) > 1]
    found: dict[int, list[str]] = {}
    for name in dict.fromkeys(known):
        found.setdefault(len(name), []).append(name)
    return {length: tuple(names) for length, names in found.items()}
