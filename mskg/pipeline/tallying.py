"""Keep the tallies of a store in step with its documents (see `mskg.rdf.tallies`).

A build takes back what the documents that it touches added, and adds what they add now; the
tallies are then those that counting everything anew would give. Where they are not those of
the documents of the store (an older version of mskg, a server filled by hand), everything is
counted anew.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from mskg import __version__
from mskg.ns import TALLIES_GRAPH, document_iri
from mskg.rdf import (
    Literal,
    Tallies,
    add_tallies,
    contribution,
    plan_from_triples,
    tallies_header,
    tally_numbers,
    tally_triples,
)
from mskg.rdf.vocabulary import SOFTWARE_VERSION, WAS_DERIVED_FROM
from mskg.store.text import prefix_lines, term_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from mskg.model import Plan
    from mskg.rdf import Triple
    from mskg.store import Store

__all__ = ["following_tallies"]

_COUNTED: Final = f"""{prefix_lines("prov", "mskg")}
SELECT ?document WHERE {{ GRAPH <{TALLIES_GRAPH}> {{
  <{TALLIES_GRAPH}> mskg:softwareVersion "{__version__}" ; prov:wasDerivedFrom ?document
}} }}"""
_STANDING: Final = f"""{prefix_lines("dcterms", "mskg")}
SELECT DISTINCT ?document WHERE {{
  ?document mskg:announces ?program .
  FILTER NOT EXISTS {{ ?document dcterms:isReplacedBy ?prevailing }}
}}"""
_PLAN: Final = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } }"
_TALLIES: Final = f"""CONSTRUCT {{ ?tally ?p ?o }} WHERE {{
  VALUES ?tally {{ %s }}
  GRAPH <{TALLIES_GRAPH}> {{ ?tally ?p ?o }}
}}"""
_MARK: Final = (TALLIES_GRAPH, SOFTWARE_VERSION, Literal(__version__))
_AT_ONCE: Final = 500  # tallies in one query: servers limit its length


@contextmanager
def following_tallies(
    store: Store, changing: Collection[str], counted: Sequence[Plan]
) -> Iterator[None]:
    """Change documents in this block: the tallies are brought to where they must be then.

    Where the block is left by an error and the store keeps what was written, the tallies are
    counted anew the next time.

    Parameters
    ----------
    changing:
        IRIs of the documents that are replaced, dropped, or counted otherwise than before;
        one that the store does not have is no error.
    counted:
        The plans that are written and count, so no superseded ones.
    """
    former = _documents(store, _COUNTED)
    standing = _documents(store, _STANDING)
    if not counted and standing <= set(changing):
        yield
        store.drop_graph(TALLIES_GRAPH)
    elif former and former == standing:
        change = _change(store, former, changing, counted)
        store.change_graph(TALLIES_GRAPH, [_MARK], [])
        yield
        store.change_graph(TALLIES_GRAPH, change[0], [*change[1], _MARK])
    else:
        total: Tallies = {}
        staying = sorted(standing.difference(changing))
        for document in staying:
            add_tallies(total, contribution(_stored_plan(store, document)))
        yield
        for plan in counted:
            add_tallies(total, contribution(plan))
        documents = {*staying, *(document_iri(plan.document.key) for plan in counted)}
        header = [*tallies_header(__version__), *_derived_from(documents)]
        store.replace_graph(TALLIES_GRAPH, [*header, *tally_triples(total)])


def _change(
    store: Store, former: set[str], changing: Collection[str], counted: Sequence[Plan]
) -> tuple[list[Triple], list[Triple]]:
    """Return the triples of the tallies that go, and those that come."""
    new = {document_iri(plan.document.key) for plan in counted}
    gone = former.intersection(changing)
    change: Tallies = {}
    for document in sorted(gone):
        add_tallies(change, contribution(_stored_plan(store, document)), -1)
    for plan in counted:
        add_tallies(change, contribution(plan))
    removed, added = _difference(store, change)
    removed += _derived_from(gone - new)
    added += _derived_from(new - former)
    return removed, added


def _difference(store: Store, change: Tallies) -> tuple[list[Triple], list[Triple]]:
    """Return the triples of tallies that go and that come when `change` is added."""
    nodes = {key.iri: key for key in change}
    old: list[Triple] = []
    for some in _batches(list(nodes)):
        old += store.construct(_TALLIES % " ".join(map(term_text, some)))
    total: Tallies = {nodes[node]: numbers for node, numbers in tally_numbers(old).items()}
    add_tallies(total, change)
    new = list(tally_triples({key: total[key] for key in change if key in total}))
    before, after = set(old), set(new)
    return [t for t in old if t not in after], [t for t in new if t not in before]


def _batches(nodes: Sequence[str]) -> Iterable[Sequence[str]]:
    return (nodes[start : start + _AT_ONCE] for start in range(0, len(nodes), _AT_ONCE))


def _derived_from(documents: Iterable[str]) -> list[Triple]:
    return [(TALLIES_GRAPH, WAS_DERIVED_FROM, document) for document in sorted(documents)]


def _documents(store: Store, query: str) -> set[str]:
    return {str(row[0]) for row in store.select(query).rows}


def _stored_plan(store: Store, document: str) -> Plan:
    return plan_from_triples(store.construct(_PLAN % document))
