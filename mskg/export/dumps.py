"""Everything in a store as RDF text, by default without names and telephone numbers of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.ns import CORRECTIONS_GRAPH, VOCABULARY
from mskg.rdf import jsonld_dataset, personal_words, without_people
from mskg.rdf import vocabulary as v
from mskg.rdf.contacts import masked, names_pattern
from mskg.rdf.terms import Literal
from mskg.store.text import nquads, term_text, trig, trig_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Term, Triple
    from mskg.store import DumpFormat, Store

__all__ = ["dump_jsonld", "dump_store", "without_names"]

# Decisions quote all documents, so they need the words of all (see `personal_words`).
_WORDS: Final = f"""
CONSTRUCT {{ ?post <{v.PERSON_NAME}> ?name . ?number ?rule "contact" ; ?text ?digits }} WHERE {{
  {{ ?post <{v.PERSON_NAME}> ?name }}
  UNION {{
    ?number a <{v.UNUSED_NUMBER}> ; ?rule "contact" ; ?text ?digits .
    VALUES (?rule ?text) {{ (<{VOCABULARY}rule> <{VOCABULARY}text>) }}
  }}
}}"""


def dump_store(store: Store, form: DumpFormat = "trig", *, names: bool = False) -> Iterator[str]:
    """Yield the text of all graphs, one graph a piece; equal content gives equal text.

    Parameters
    ----------
    form:
        ``trig`` or ``nq``.
    names:
        Keep names and telephone numbers of persons (see `without_names`).
    """
    if names:
        yield from store.dump(form)
        return
    write = trig if form == "trig" else nquads
    if form == "trig":
        yield trig_prefixes()
    for graph, triples in _graphs(store, names=False):
        yield write(graph, triples)


def dump_jsonld(store: Store, *, names: bool = False) -> Iterator[str]:
    """Yield the text of all graphs as one JSON-LD document, each plan as a tree.

    Parameters
    ----------
    names:
        Keep names and telephone numbers of persons (see `without_names`).
    """
    yield from jsonld_dataset(_graphs(store, names=names))


def _graphs(store: Store, *, names: bool) -> Iterator[tuple[str, Iterable[Triple]]]:
    for graph in store.graphs():
        body = f"{{ GRAPH {term_text(graph)} {{ ?s ?p ?o }} }}"
        triples = store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {body}")
        if names:
            yield graph, triples
        else:
            of_all = store.construct(_WORDS) if graph == CORRECTIONS_GRAPH else ()
            yield graph, without_names(triples, personal_words(of_all))


def without_names(triples: Iterable[Triple], words: Iterable[str] = ()) -> list[Triple]:
    """Return the triples of a graph without the names and telephone numbers of persons.

    Beside what `mskg.rdf.without_people` drops, every sign becomes □ of a name or number that
    a longer quote holds, of what stands behind 联系人：, and of who reported, closed a task or
    made a correction. So every quote keeps its length and its place, every report its reporter.

    Parameters
    ----------
    words:
        Names and numbers of other graphs that these texts may hold too.
    """
    everything = list(triples)
    pattern = names_pattern({*personal_words(everything), *words})
    corrections = {s for s, p, o in everything if p == v.TYPE and o == v.CORRECTION}
    return [
        (s, p, o if p == v.DIGITS else _masked(o, "." if _is_agent(s, p, corrections) else pattern))
        for s, p, o in without_people(everything)
    ]


def _is_agent(subject: str, predicate: str, corrections: set[str]) -> bool:
    """Return whether a triple tells who did something, which may be a person."""
    return predicate == v.AGENT_NAME or (predicate == v.CREATOR and subject in corrections)


def _masked(term: Term, pattern: str) -> Term:
    if not isinstance(term, Literal) or term.datatype:
        return term
    return term._replace(value=masked(term.value, pattern))
