"""Which programs a network is made of, and the queries about them, batch by batch.

A large store is read in batches of programs: that keeps memory small, lets the progress be
shown, and spares the database joins over everything it holds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from mskg.rdf.terms import Literal
from mskg.store.text import prefix_lines, values_of
from mskg.text.naming import ambiguous, meant, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mskg.rdf.terms import Term
    from mskg.store.base import Store

__all__ = ["Place", "Program", "ask", "batches", "literal", "named_regions", "preferred",
           "programs_of"]  # fmt: skip

_PREFIXES: Final = prefix_lines("dcterms", "mskg", "rdfs", "skos")
# Of several documents of one program only the one that prevails counts.
_PROGRAMS: Final = """
SELECT DISTINCT ?program ?place ?year WHERE {
  ?program a mskg:Program .
  FILTER NOT EXISTS { ?program dcterms:isReplacedBy ?prevailing }
  OPTIONAL { ?program mskg:region ?place }
  OPTIONAL { ?program mskg:year ?year }
}"""
# Every document tells the names of its places again: each place is looked up once.
_REGIONS: Final = "SELECT DISTINCT ?place WHERE { ?program a mskg:Program ; mskg:region ?place }"
_NAMES: Final = (
    f"SELECT DISTINCT ?place ?name WHERE {{ {{ {_REGIONS} }} ?place skos:prefLabel ?name }}"
)
_CODES: Final = (
    f"SELECT DISTINCT ?place ?code WHERE {{ {{ {_REGIONS} }} ?place mskg:regionCode ?code }}"
)
_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """What to select: names or codes of regions, and years; empty means all."""

    regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


class Program(NamedTuple):
    """A program of a store."""

    iri: str
    region: str
    year: int | None


def programs_of(store: Store, place: Place) -> dict[str, Program]:
    """Return the programs of a selection by IRI, in order.

    Raises
    ------
    QueryError
        If the store has no program of one of the regions; names the nearest.
    """
    names: dict[str, set[Literal]] = defaultdict(set)
    for region, name in ask(store, _NAMES):
        names[str(region)].add(literal(name))
    label = {region: preferred(found) for region, found in names.items()}
    wanted: set[str] = set()
    if place.regions:
        codes = [(str(region), literal(code).value) for region, code in ask(store, _CODES)]
        called = [(region, name.value) for region, found in names.items() for name in found]
        shown = {region: f"{name} <{region}>" for region, name in label.items()}
        shown |= {region: f"{label.get(region, '')} {code}".strip() for region, code in codes}
        same = [(region, region) for region in shown]
        wanted = set(named_regions(place.regions, [*called, *codes, *same], shown))
    found = {}
    for iri, region, year in ask(store, _PROGRAMS):
        program = Program(str(iri), label.get(str(region), ""), _year(year))
        if (not wanted or region in wanted) and (not place.years or program.year in place.years):
            found[program.iri] = program
    return dict(sorted(found.items()))


def named_regions(
    given: Iterable[str], names: Sequence[tuple[str, str]], shown: dict[str, str]
) -> Iterator[str]:
    """Yield the region that each of the `given` words names, by name, code or part of a name.

    Parameters
    ----------
    names:
        Pairs of a region and one of its names or codes.
    shown:
        Region → words that tell it from others of its name.

    Raises
    ------
    QueryError
        If there is none, or more than one; names the nearest.
    """
    for word in given:
        found = meant(word, names)
        if not found:
            message = f"no region with tasks is called {word!r}"
            known = [name for _, name in names if not name.isascii()]
            raise unknown(message, f"数据中没有名为 {word!r} 的地区", word, known)
        if len(found) > 1:
            raise ambiguous("region", "地区", word, (shown[region] for region in found))
        yield found[0]


def batches(variable: str, iris: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the `iris` as ``VALUES`` blocks, each with how many of them are in it."""
    known = list(iris)
    for begin in range(0, len(known), _BATCH):
        chosen = known[begin : begin + _BATCH]
        yield values_of(variable, chosen), len(chosen)


def ask(store: Store, query: str) -> Sequence[Sequence[Term | None]]:
    """Return the rows of a query that is written without its prefixes."""
    return store.select(_PREFIXES + query).rows


def literal(term: Term | None) -> Literal:
    """Return the term as a literal; an IRI by its text, none as an empty one."""
    return term if isinstance(term, Literal) else Literal(term or "")


def preferred(values: Iterable[Literal]) -> str:
    """Return the Chinese value where there is one; of several the first in order."""
    return min(values, key=lambda text: (not text.language.startswith("zh"), text.value)).value


def _year(term: Term | None) -> int | None:
    """Return the year that a literal begins with."""
    digits = literal(term).value[:4]
    return int(digits) if digits.isdigit() else None
