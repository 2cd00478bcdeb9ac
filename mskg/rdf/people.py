"""Leaving out personal data: what exports, reports and pages do unless asked otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.rdf import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Triple

__all__ = ["without_people"]


def without_people(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield `triples` without the names of leaders and the evidence that quotes them.

    The posts stay, so it can still be counted how many leaders a task has. Evidence that
    supports something else too stays as well.
    """
    known = list(triples)
    posts = {s for s, p, o in known if p == v.TYPE and o == v.POST}
    quoted = {o for s, p, o in known if s in posts and p == v.HAS_EVIDENCE}
    shared = {o for s, _, o in known if s not in posts and o in quoted}
    hidden = quoted - shared
    for triple in known:
        subject, predicate, _ = triple
        if subject in posts and predicate in (v.PERSON_NAME, v.HAS_EVIDENCE):
            continue
        if subject not in hidden:
            yield triple
