"""Who leads a task or a part of it, by name: only for readers who ask for names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mskg.rdf.terms import Literal
from mskg.store.text import prefix_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mskg.ledger.rows import LedgerRow
    from mskg.store import Store

__all__ = ["item_of", "leaders_of", "leading"]

_LEADERS: Final = f"""{prefix_lines("mskg", "rdfs")}
SELECT ?holder ?name ?post WHERE {{
  ?holder mskg:hasLeader ?leader . ?leader mskg:personName ?name .
  OPTIONAL {{ ?leader rdfs:label ?post }}
}} ORDER BY STR(?holder) STR(?leader)"""
_KINDS: Final = re.compile(r"/(?:indicator|target|milestone)/")


def item_of(row: LedgerRow) -> str:
    """Return the IRI of the item that a row belongs to; of a row of a task the task."""
    return _KINDS.split(row.id)[0]


def leaders_of(store: Store) -> dict[str, list[str]]:
    """Return the leaders of each task and item that names some: name, and post if it is told."""
    found: dict[str, dict[str, None]] = {}
    for holder, name, post in store.select(_LEADERS).rows:
        if isinstance(name, Literal):
            told = f"{post.value} {name.value}" if isinstance(post, Literal) else name.value
            found.setdefault(str(holder), {})[told] = None
    return {holder: list(names) for holder, names in found.items()}


def leading(leaders: Mapping[str, Sequence[str]], row: LedgerRow) -> Sequence[str]:
    """Return the leaders of a row: those of its item, else those of its task."""
    return leaders.get(item_of(row)) or leaders.get(row.task, ())
