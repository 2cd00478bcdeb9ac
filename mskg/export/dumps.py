"""Everything in a store as RDF text, by default without the names of persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.rdf import jsonld_dataset, without_people
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal
from mskg.store.text import nquads, term_text, trig, trig_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Term, Triple
    from mskg.store import DumpFormat, Store

__all__ = ["dump_jsonld", "dump_store", "without_names"]


def dump_store(store: Store, form: DumpFormat = "trig", *, names: bool = False) -> Iterator[str]:
    """Yield the text of all graphs, one graph a piece; equal content gives equal text.

    Parameters
    ----------
    form:
        ``trig`` or ``nq``.
    names:
        Keep the responsible leaders named in plans (see `without_names`).
    """
    if names:
        yield from store.dump(form)
        return
    write = trig if form == "trig" else nquads
    if form == "trig":
        yield trig_prefixes()
    for graph in store.graphs():
        yield write(graph, without_names(_triples(store, graph)))


def dump_jsonld(store: Store, *, names: bool = False) -> Iterator[str]:
    """Yield the text of all graphs as one JSON-LD document, each plan as a tree.

    Parameters
    ----------
    names:
        Keep the responsible leaders named in plans (see `without_names`).
    """
    kept = list if names else without_names
    yield from jsonld_dataset((name, kept(_triples(store, name))) for name in store.graphs())


def _triples(store: Store, graph: str) -> Iterable[Triple]:
    body = f"{{ GRAPH {term_text(graph)} {{ ?s ?p ?o }} }}"
    return store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {body}")


def without_names(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples of a document graph without the names of persons.

    Beside what `mskg.rdf.without_people` drops, the characters of a name become □ where
    a longer quote holds it, so that every quote keeps its length and its place.
    """
    everything = list(triples)
    names = {o.value for _, p, o in everything if p == v.PERSON_NAME and isinstance(o, Literal)}
    if not names:
        return everything
    # A name may be printed with blanks between its characters.
    spaced = [r"\s*".join(map(re.escape, name)) for name in sorted(names, key=len, reverse=True)]
    pattern = re.compile("|".join(spaced))
    return [(s, p, _masked(o, pattern)) for s, p, o in without_people(everything)]


def _masked(term: Term, pattern: re.Pattern[str]) -> Term:
    if not isinstance(term, Literal) or term.datatype:
        return term
    return term._replace(value=pattern.sub(lambda found: "□" * len(found[0]), term.value))
