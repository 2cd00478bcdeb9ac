"""Which words of the documents in a store are about persons: names, and numbers to call them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from mskg.rdf.contacts import is_telephone, names_pattern
from mskg.rdf.terms import Literal
from mskg.store.text import prefix_lines, term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Term
    from mskg.store.base import Store

__all__ = ["names_behind", "names_in"]

_PREFIXES: Final = prefix_lines("mskg")
_WORDS: Final = """
SELECT DISTINCT ?document ?name ?number WHERE {
  {
    VALUES ?document { %s }
    GRAPH ?graph { ?document a mskg:PlanDocument }
    GRAPH ?graph { ?post mskg:personName ?name }
  } UNION {
    VALUES ?document { %s }
    GRAPH ?graph { ?document a mskg:PlanDocument }
    GRAPH ?graph { ?field a mskg:UnusedNumber ; mskg:rule "contact" ; mskg:text ?number }
  }
}"""
_DOCUMENTS: Final = """
SELECT DISTINCT ?thing ?document WHERE {
  VALUES ?thing { %s }
  { ?thing mskg:inProgram ?program } UNION { ?thing mskg:inTask/mskg:inProgram ?program }
  UNION { ?thing a mskg:Program . BIND(?thing AS ?program) }
  ?document mskg:announces ?program .
}"""
_BATCH: Final = 500


def names_in(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """Return IRI → pattern of `mskg.rdf.contacts.masked` for each of the `documents` with any."""
    words: dict[str, set[str]] = defaultdict(set)
    for document, name, number in _rows(store, _WORDS, documents):
        if isinstance(name, Literal):
            words[str(document)].add(name.value)
        elif isinstance(number, Literal) and is_telephone(number.value):
            words[str(document)].add(number.value)
    return {document: names_pattern(found) for document, found in words.items()}


def names_behind(store: Store, things: Iterable[str]) -> dict[str, str]:
    """Return IRI → pattern for each program, task and item of `things`, of all their documents."""
    pairs = [(str(a), str(b)) for a, b in _rows(store, _DOCUMENTS, things)]
    patterns = names_in(store, {document for _, document in pairs})
    found: dict[str, set[str]] = defaultdict(set)
    for thing, document in pairs:
        if document in patterns:
            found[thing].add(patterns[document])
    return {thing: "|".join(sorted(several)) for thing, several in found.items()}


def _rows(store: Store, query: str, iris: Iterable[str]) -> Iterator[tuple[Term | None, ...]]:
    known = sorted(set(iris))
    for begin in range(0, len(known), _BATCH):
        batch = " ".join(map(term_text, known[begin : begin + _BATCH]))
        yield from store.select(_PREFIXES + query.replace("%s", batch)).rows
