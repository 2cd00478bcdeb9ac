"""One body, one name: the names of a document looked at together.

Short and long names of a body get the same organisation (市发改委 and 市发展改革委; 文旅局
where the document also prints 文化广电和旅游局), and a name that nothing knows but that
differs by one character from a body of the same document is taken for a printing error.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from mskg.lexicon.departments import bare
from mskg.resolve.decisions import Decisions
from mskg.resolve.repairs import one_edit
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from mskg.resolve.departments import Resolved

__all__ = ["unify"]

_SHORTEST = 4


def unify(names: dict[str, Resolved], decisions: Decisions | None = None) -> dict[str, Resolved]:
    """Return `names` with bodies merged and misprints repaired.

    Parameters
    ----------
    names:
        Every name of one document, folded, with what it resolves to alone.
    decisions:
        What a person decided on these names; it wins over the rules.
    """
    decisions = decisions or Decisions()
    return _one_name(decisions.apply(_repair(_merge_short(names, decisions), decisions)))


def _merge_short(names: dict[str, Resolved], decisions: Decisions) -> dict[str, Resolved]:
    """Let a short name mean the one long name of the document that holds its functions."""
    long = {r.org_id: (printed, r) for printed, r in names.items() if _is_long(r)}
    out = dict(names)
    for printed, found in names.items():
        if found.rule != "table" or not found.short or found.org_id in long or found.collective:
            continue
        fits = [
            other
            for text, other in long.values()
            if _place(other) == _place(found)
            and set(found.functions) < set(other.functions)
            and _abbreviates(printed, text)
            and not decisions.apart(printed, text)
        ]
        if len(fits) == 1:
            out[printed] = replace(fits[0], short=True, suspect=found.suspect)
    return out


def _is_long(found: Resolved) -> bool:
    return found.rule == "table" and not found.short and not found.collective


def _place(found: Resolved) -> str:
    return found.org_id.partition("/")[0]


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the characters of `short` stand in `long` in the same order."""
    rest = iter(bare(long))
    return len(short) < len(long) and all(character in rest for character in bare(short))


def _repair(names: dict[str, Resolved], decisions: Decisions) -> dict[str, Resolved]:
    known = {text: r for text, r in names.items() if r.rule == "table" and r.verified}
    out = dict(names)
    for printed, found in names.items():
        text = unspaced(printed)
        if found.rule != "none" or found.collective or len(text) < _SHORTEST:
            continue
        fits = {
            r.org_id: (name, r)
            for name, r in known.items()
            if one_edit(text, name) and not decisions.apart(text, name)
        }
        if len(fits) == 1:
            name, right = next(iter(fits.values()))
            out[printed] = replace(right, suspect=f"“{text}”应为“{name}”", rule="misprint")
    return out


def _one_name(names: dict[str, Resolved]) -> dict[str, Resolved]:
    """Give all names of one organisation its fullest printed name."""
    out = dict(names)
    ordered = sorted(names.items(), key=lambda entry: entry[1].org_id)
    for org_id, group in groupby(ordered, key=lambda entry: entry[1].org_id):
        entries = list(group)
        if not org_id or len({r.org for _, r in entries}) == 1:
            continue
        plain = [r for _, r in entries if not r.suspect and "（" not in r.org] or [
            r for _, r in entries
        ]
        best = max(plain, key=lambda r: (r.rule == "decided", not r.short, len(r.org), r.org))
        for printed, found in entries:
            out[printed] = replace(found, org=best.org, functions=best.functions)
    return out
