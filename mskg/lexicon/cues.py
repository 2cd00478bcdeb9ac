"""Cue words (``cues.csv``) and the labels of fields and columns (``labels.csv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mskg.lexicon.tables import read_table

__all__ = ["Label", "any_of", "cue_values", "cues", "labels"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label such as 责任单位: the kind of field it opens and, for departments, the role.

    ``unit`` is what a heading prints in brackets: 总投资（万元）.
    """

    text: str
    kind: str
    role: str
    unit: str = ""


@cache
def labels() -> dict[str, Label]:
    """Return all labels by their folded text."""
    rows = read_table("labels")
    return {row["label"]: Label(row["label"], row["kind"], row["role"]) for row in rows}


@cache
def cue_values(group: str) -> dict[str, str]:
    """Return the cues of a `group` with their values, such as 不少于 → ge."""
    found = {row["cue"]: row["value"] for row in read_table("cues") if row["group"] == group}
    if not found:
        raise KeyError(group)
    return found


def cues(group: str) -> tuple[str, ...]:
    """Return the cues of a `group`, longest first."""
    return tuple(sorted(cue_values(group), key=lambda cue: (-len(cue), cue)))


@cache
def any_of(group: str) -> str:
    """Return a regular expression that matches any cue of a `group`, longest first."""
    return "(?:" + "|".join(map(re.escape, cues(group))) + ")"
