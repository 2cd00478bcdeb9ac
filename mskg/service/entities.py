"""What is known of one thing: for people as a page, for programs as RDF."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.concurrency import run_in_threadpool

from mskg.ns import DATA, PREFIXES, VOCABULARY
from mskg.rdf.ontology import ontology_terms
from mskg.rdf.terms import Literal, Term, lexical
from mskg.service.errors import RequestError
from mskg.service.graphs import construct_response
from mskg.service.negotiation import best
from mskg.service.pages import chosen_language, page
from mskg.service.protocol import GRAPHS
from mskg.store.text import term_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from mskg.service.live import Live
    from mskg.store import Store

__all__ = ["Entities"]

# Suffixes of the addresses of one form.
_SUFFIXES: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
_HTML: Final = "text/html"
_TYPE: Final = PREFIXES["rdf"] + "type"
_NAMES: Final = "skos:prefLabel|rdfs:label|dcterms:title|mskg:printedName|mskg:documentNumber"
_PLACES: Final = {"page": ("第 {} 页", "page {}"), "line": ("第 {} 行", "line {}")}
_MOST: Final = 200
# What people need not see: order, offsets, and what repeats the sentence.
_QUIET: Final = {
    VOCABULARY + name for name in ("position", "conceptOrder", "begin", "end", "order")
}
_DESCRIPTION: Final = """CONSTRUCT {{ {0} ?p ?o . ?part ?q ?v }} WHERE {{
  {{ {0} ?p ?o }} UNION {{ {0} ?any ?part . ?part ?q ?v
    FILTER(isIRI(?part) && (STRSTARTS(STR(?part), "{1}/") || EXISTS {{ ?part a mskg:Evidence }}))
  }} }}"""
_FACTS: Final = "SELECT DISTINCT ?p ?o WHERE {{ {0} ?p ?o }}"
_PARTS: Final = """SELECT DISTINCT ?s ?p ?o WHERE {{ {0} ?any ?s . ?s ?p ?o
  FILTER(isIRI(?s) && (STRSTARTS(STR(?s), "{1}/") || EXISTS {{ ?s a mskg:Evidence }})) }}"""
# Sums over the whole store name what they count, but say nothing of it.
_INCOMING: Final = (
    "SELECT DISTINCT ?s ?p WHERE {{ ?s ?p {0} "
    f"FILTER NOT EXISTS {{{{ ?s a <{VOCABULARY}Tally> }}}} }}}} ORDER BY ?p ?s LIMIT {_MOST + 1}"
)
_LABELS: Final = f"SELECT ?n ?label WHERE {{{{ VALUES ?n {{{{ {{0}} }}}} ?n {_NAMES} ?label }}}}"


_UNSAID: Final = {_TYPE, PREFIXES["rdfs"] + "label", VOCABULARY + "hasEvidence"}
_STANDARD: Final = {
    PREFIXES["dcterms"] + "title": ("标题", "title"),
    PREFIXES["dcterms"] + "identifier": ("编号", "identifier"),
    PREFIXES["dcterms"] + "source": ("来源", "source"),
    PREFIXES["prov"] + "wasGeneratedBy": ("由何次读取产生", "read by"),
    PREFIXES["rdfs"] + "label": ("名称", "label"),
    PREFIXES["skos"] + "altLabel": ("别名", "other name"),
    PREFIXES["skos"] + "broader": ("上位概念", "broader"),
    PREFIXES["skos"] + "definition": ("定义", "definition"),
    PREFIXES["skos"] + "inScheme": ("概念表", "in scheme"),
    PREFIXES["skos"] + "notation": ("代码", "notation"),
    PREFIXES["skos"] + "prefLabel": ("名称", "preferred label"),
}


class _Value(NamedTuple):
    text: str
    href: str = ""
    parts: tuple[tuple[str, list[_Value]], ...] = ()


class _Quote(NamedTuple):
    text: str
    document: _Value
    place: str


class Entities:
    """Everything that has an IRI of ours, at ``/id/…``."""

    def __init__(self, live: Live, store: Store) -> None:
        self._live = live
        self._store = store

    async def answer(self, request: Request) -> Response:
        """Return one thing in the form that its suffix or the header Accept asks for."""
        path = request.path_params["path"]
        stem, dot, suffix = path.rpartition(".")
        kind = _SUFFIXES.get(suffix, "") if dot else ""
        iri = DATA + (stem if kind else path)
        if not kind:
            offers = (_HTML, *GRAPHS)
            kind = best(request.headers.get("accept", ""), offers)
            if not request.headers.get("accept") or request.headers["accept"] == "*/*":
                kind = "text/turtle"
        name = _checked(iri)
        if not kind:
            known = ", ".join((_HTML, *GRAPHS))
            raise RequestError(
                f"the answer can be one of {known}", zh=f"结果可以是 {known} 之一", status=406
            )
        if kind == _HTML:
            return await run_in_threadpool(self._page, request, iri)
        if not await run_in_threadpool(self._store.ask, f"ASK {{ {name} ?p ?o }}"):
            raise _missing(iri)
        limit = self._live.limits.rows
        query = _DESCRIPTION.format(name, iri)
        return await construct_response(self._live, request, query, rows=limit, kind=kind)

    def _page(self, request: Request, iri: str) -> Response:
        name, lang = _checked(iri), chosen_language(request)
        facts = self._store.select(_FACTS.format(name)).rows
        incoming = self._store.select(_INCOMING.format(name)).rows
        if not facts and not incoming:
            raise _missing(iri)
        parts: dict[str, list[tuple[str, Term]]] = {}
        for part, link, value in self._store.select(_PARTS.format(name, iri)).rows:
            parts.setdefault(str(part), []).append((str(link), value or ""))
        about = _About(self._store, lang, parts)
        about.learn([iri, *(o for _, o in facts), *(s for s, _ in incoming)])
        about.learn(value for found in parts.values() for _, value in found)
        quotes = [about.quote(str(o)) for _, o in facts if about.is_evidence(o)]
        shown = [(str(p), o or "") for p, o in facts if not about.is_evidence(o)]
        last = iri.rpartition("/")[2]
        types = sorted(about.term(str(o)) for p, o in shown if p == _TYPE)
        return page(
            request,
            "entity",
            iri=iri,
            entity="id/" + iri[len(DATA) :],
            title=about.name(iri) if about.known(iri) else " ".join([*types, last]),
            types=types,
            quotes=sorted(set(quotes)),
            facts=about.grouped(entry for entry in shown if entry[0] != _TYPE),
            incoming=about.grouped((str(p), s or "") for s, p in incoming[:_MOST]),
            more=_MOST if len(incoming) > _MOST else 0,
            downloads=list(_SUFFIXES.items()),
        )


class _About:
    """Names of things and the parts of the thing that a page is about."""

    def __init__(self, store: Store, lang: str, parts: dict[str, list[tuple[str, Term]]]) -> None:
        self._store = store
        self._lang = lang
        self._parts = parts
        self._names: dict[str, str] = {}

    def learn(self, things: Iterable[Term | None]) -> None:
        """Look up the names of `things`."""
        known = {x for x in things if isinstance(x, str) and ":" in x and not x.startswith("_:")}
        wanted = " ".join(term_text(thing) for thing in sorted(known - set(self._names)))
        found: dict[str, list[Literal]] = {}
        for thing, label in self._store.select(_LABELS.format(wanted)).rows if wanted else ():
            if isinstance(label, Literal):
                found.setdefault(str(thing), []).append(label)
        for thing, labels in found.items():
            ordered = sorted(labels, key=lambda x: (not x.language.startswith(self._lang), x.value))
            self._names[thing] = ordered[0].value

    def name(self, iri: str) -> str:
        """Return the name of a thing, else the end of its IRI."""
        if iri in self._names:
            return self._names[iri]
        inner = {
            str(o)
            for p, o in self._parts.get(iri, [])
            if p.endswith(("#department", "#collective"))
        }
        named = [self._names[thing] for thing in sorted(inner) if thing in self._names]
        if named:
            return named[0]
        return "/".join(iri.split("/")[-2:]) if iri.startswith(DATA) else self.term(iri)

    def known(self, iri: str) -> bool:
        """Return whether a thing has a name."""
        return iri in self._names

    def term(self, iri: str) -> str:
        """Return the name of a class or property."""
        known = _terms().get(iri) or _STANDARD.get(iri)
        if known:
            return known[0] if self._lang == "zh" else known[1]
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def is_evidence(self, value: Term | None) -> bool:
        """Return whether `value` is a place in a document."""
        return (_TYPE, VOCABULARY + "Evidence") in self._parts.get(str(value), [])

    def quote(self, evidence: str) -> _Quote:
        """Return the sentence, the document and the place of `evidence`."""
        found: dict[str, Term] = dict(self._parts[evidence])
        places = [
            texts[self._lang == "en"].format(lexical(found[VOCABULARY + name]))
            for name, texts in _PLACES.items()
            if VOCABULARY + name in found
        ]
        document = found.get(VOCABULARY + "inDocument", "")
        quoted = lexical(found.get(VOCABULARY + "quote", ""))
        return _Quote(quoted, self._plain(document), ", ".join(places))

    def grouped(self, entries: Iterable[tuple[str, Term]]) -> list[tuple[str, list[_Value]]]:
        """Return the values of each property by its name, those of ours first."""
        found: dict[str, list[Term]] = {}
        for link, value in entries:
            if link not in _QUIET:
                found.setdefault(link, []).append(value)
        links = sorted(found, key=lambda link: (not link.endswith("title"), len(found[link]), link))
        return [
            (self.term(link), [self._value(v) for v in sorted(found[link], key=_natural)])
            for link in links
        ]

    def _value(self, value: Term) -> _Value:
        plain = self._plain(value)
        inner: dict[str, list[_Value]] = {}
        for link, entry in self._parts.get(str(value), []) if isinstance(value, str) else ():
            # The name stands above, the sentence on the page of the part itself.
            if link in _QUIET or link in _UNSAID:
                continue
            inner.setdefault(self.term(link), []).append(self._plain(entry))
        return plain._replace(parts=tuple(sorted(inner.items())))

    def _plain(self, value: Term) -> _Value:
        if isinstance(value, Literal) or ":" not in value:
            return _Value(lexical(value))
        if value.startswith(DATA):
            return _Value(self.name(value), "id/" + value[len(DATA) :])
        return _Value(self.name(value), value if value.startswith("http") else "")


def _natural(value: Term) -> tuple[int, str]:
    return len(lexical(value)), lexical(value)


@cache
def _terms() -> dict[str, tuple[str, str]]:
    return {
        VOCABULARY + term.name: (term.label.zh or term.name, term.label.en or term.name)
        for term in ontology_terms()
    }


def _checked(iri: str) -> str:
    from mskg.errors import StoreError

    try:
        return term_text(iri)
    except StoreError as error:
        raise RequestError(str(error), zh=error.zh) from error


def _missing(iri: str) -> RequestError:
    return RequestError(f"nothing is known of {iri}", zh=f"没有关于 {iri} 的数据", status=404)
