"""The rows that every network is built from, and the words of its choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.errors import InputError
from mskg.ns import DATA

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LEVELS", "SHARES", "SIDES", "WEIGHTS", "Duty", "choose", "node_kind", "organ_level"]

SIDES: Final = ("accountable", "related")
WEIGHTS: Final = ("count", "newman", "jaccard")
SHARES: Final = ("item", "task")
LEVELS: Final = ("department", "function", "place-function", "post")
_ORGANISATION: Final = f"{DATA}org/"


class Duty(NamedTuple):
    """One department in one task.

    ``side`` is ``accountable`` (lead, or responsible where nobody leads) or ``related``.
    ``item_iri`` is set where an item of the task names the unit for itself alone;
    ``areas`` are the policy areas of the task, ``months`` (``2023-06``) the months in which
    something of it falls due. ``program`` is the program of the task; where it is empty, region
    and year stand for it.
    """

    task_iri: str
    task_title: str
    department_iri: str
    department_name: str
    side: str
    functions: tuple[str, ...] = ()
    region: str = ""
    year: int | None = None
    collective: bool = False
    item_iri: str = ""
    areas: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    program: str = ""


def choose(what: str, value: str, known: Sequence[str]) -> None:
    """Raise `InputError` where `value` is none of the `known` ones."""
    if value not in known:
        options = ", ".join(known)
        raise InputError(
            f"unknown {what} {value!r}",
            hint=f"one of: {options}",
            zh=f"{what} 不能是 {value!r}（可用 {options}）",
        )


def node_kind(level: str) -> str:
    """Return what a node of a network of this level is: department, function or post."""
    return "function" if level == "place-function" else level


def organ_level(iri: str) -> str:
    """Return the level of the place whose organ `iri` is, from its six-digit code.

    ``province``, ``prefecture`` or ``county``; empty where the place has no code (a township,
    a zone, an unknown place). GB/T 2260: codes of provinces end in 0000, of prefectures in 00.
    """
    code = iri.removeprefix(_ORGANISATION).partition("/")[0] if _ORGANISATION in iri else ""
    if len(code) != 6 or not code.isdigit():
        return ""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"
