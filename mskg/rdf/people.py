"""Leaving out personal data: what exports, reports and pages do unless asked otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.ns import VOCABULARY
from mskg.rdf import vocabulary as v
from mskg.rdf.contacts import is_telephone
from mskg.rdf.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Triple

__all__ = ["ROW_TEXTS", "personal_words", "without_people"]

_RULE: Final = VOCABULARY + "rule"
_TEXT: Final = VOCABULARY + "text"
ROW_TEXTS: Final = (v.ROW_TABLE, v.LEDGER_ROWS)
"""Properties whose text says once more what the graphs of plans and reports say."""
_CONTACT: Final = Literal("contact")


def personal_words(triples: Iterable[Triple]) -> set[str]:
    """Return the names of leaders, and the telephone numbers of fields for contacts (监督电话)."""
    known = list(triples)
    names = {o.value for _, p, o in known if p == v.PERSON_NAME and isinstance(o, Literal)}
    contacts = {s for s, p, o in known if p == _RULE and o == _CONTACT}
    numbers = {
        o.value for s, p, o in known if s in contacts and p == _TEXT and isinstance(o, Literal)
    }
    return names | {number for number in numbers if is_telephone(number)}


def without_people(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield `triples` without the names of leaders and the evidence that quotes them.

    The posts stay, so it can still be counted how many leaders a task has. Evidence that
    supports something else too stays as well. The texts that hold rows of plans and reports
    once more, names included, are left out: a store reads the same without them.
    """
    known = list(triples)
    posts = {s for s, p, o in known if p == v.TYPE and o == v.POST}
    quoted = {o for s, p, o in known if s in posts and p == v.HAS_EVIDENCE}
    shared = {o for s, _, o in known if s not in posts and o in quoted}
    hidden = quoted - shared
    for triple in known:
        subject, predicate, _ = triple
        if predicate in ROW_TEXTS:
            continue
        if subject in posts and predicate in (v.PERSON_NAME, v.HAS_EVIDENCE):
            continue
        if subject not in hidden:
            yield triple
