"""RDF and SPARQL as text: terms, N-Quads, TriG, updates, and the words of a query."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from mskg.errors import StoreError
from mskg.ns import PREFIXES
from mskg.rdf.terms import Literal, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

__all__ = [
    "blank_out",
    "change_update",
    "dump_pieces",
    "insert_update",
    "is_iri",
    "nquads",
    "prefix_lines",
    "query_form",
    "replace_update",
    "statement_lines",
    "term_text",
    "trig",
    "trig_prefixes",
    "values_of",
]

XSD_STRING = PREFIXES["xsd"] + "string"
RDF_TYPE = PREFIXES["rdf"] + "type"

_BAD_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_ESCAPES = {'"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r'[\\"\n\r\t\x08\f]')
# What a keyword can hide in must end where the parsers of SPARQL end it: an IRI may hold \u
# escapes, a comment ends at a carriage return too, and a backslash in a local name (ex:a\#b)
# makes the sign behind it a letter.
_SKIPPED = re.compile(
    r"""<(?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*>   # IRI
      | \"{3}(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"{3} | '{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
      | \\.                                 # escape in a local name
      | \#[^\n\r]*                           # comment
    """,
    re.VERBOSE | re.DOTALL,
)
# Nothing but the prologue may stand before it: INSERT { … } WHERE { SELECT … } is no query.
_FORM = re.compile(
    r"\s*(?:(?:BASE|PREFIX\s+[^\s:]*:)\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])", re.IGNORECASE
)


def is_iri(text: str) -> bool:
    """Return whether `text` can be written as an IRI; what people type may be none."""
    return not _BAD_IRI.search(text) and _HAS_SCHEME.match(text) is not None


def _iri_text(iri: str) -> str:
    if not is_iri(iri):
        raise StoreError(f"not an absolute IRI: {iri!r}", zh=f"不是完整的 IRI：{iri!r}")
    return f"<{iri}>"


def _escaped(text: str) -> str:
    if _ESCAPED.search(text):
        text = text.replace("\\", "\\\\")  # ten times as fast as str.translate on long texts
        for sign, escape in _ESCAPES.items():
            text = text.replace(sign, escape)
    return text


def term_text(term: Term) -> str:
    """Return `term` as N-Triples text, which is also SPARQL and Turtle.

    Raises
    ------
    StoreError
        If an IRI or a language tag is not well formed.
    """
    if isinstance(term, str):
        return _iri_text(term)
    quoted = f'"{_escaped(term.value)}"'
    if term.language:
        if not _LANGUAGE.match(term.language):
            raise StoreError(
                f"not a language tag: {term.language!r}", zh=f"不是语言标记：{term.language!r}"
            )
        return f"{quoted}@{term.language.lower()}"
    if term.datatype and term.datatype != XSD_STRING:
        return f"{quoted}^^{_iri_text(term.datatype)}"
    return quoted


def prefix_lines(*names: str) -> str:
    """Return what declares the prefixes `names` of ours in front of a query."""
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in names)


def values_of(variable: str, terms: Collection[Term], most: int | None = None) -> str:
    """Return the clause that names `terms`, in order, as the values of `variable`.

    Parameters
    ----------
    most:
        Of more terms than that none is named: a query for all is quicker then.

    Raises
    ------
    StoreError
        If an IRI or a language tag is not well formed.
    """
    if most is not None and len(terms) > most:
        return ""
    return f"VALUES ?{variable} {{ {' '.join(sorted(map(term_text, terms)))} }}"


def statement_lines(triples: Iterable[Triple]) -> list[str]:
    """Return each triple as a line of SPARQL or N-Triples, without the full stop."""
    texts = _Texts()
    return [f"{texts[s]} {texts[p]} {texts[o]}" for s, p, o in triples]


class _Texts(dict[Term, str]):
    """Texts of terms, each made and checked once: most terms of a graph come many times."""

    def __missing__(self, term: Term) -> str:
        text = self[term] = term_text(term)
        return text


def insert_update(graph: str, lines: Iterable[str]) -> str:
    """Return the SPARQL update that adds statements to a graph.

    Parameters
    ----------
    graph:
        The IRI as SPARQL text.
    lines:
        See `statement_lines`.
    """
    body = " .\n".join(lines)
    return f"INSERT DATA {{ GRAPH {graph} {{\n{body}\n}} }}"


def replace_update(graph: str, lines: Sequence[str]) -> str:
    """Return the SPARQL update that makes statements the whole content of a graph.

    Parameters
    ----------
    graph, lines:
        As in `insert_update`.
    """
    drop = f"DROP SILENT GRAPH {graph}"
    return f"{drop} ;\n{insert_update(graph, lines)}" if lines else drop


def change_update(graph: str, removed: list[str], added: list[str]) -> str:
    """Return the SPARQL update that takes statements out of a graph and adds others.

    Takes what `replace_update` does; empty where nothing is to be done.
    """
    parts = []
    for verb, lines in (("DELETE", removed), ("INSERT", added)):
        if lines:
            body = " .\n".join(lines)
            parts.append(f"{verb} DATA {{ GRAPH {graph} {{\n{body}\n}} }}")
    return " ;\n".join(parts)


def nquads(graph: str, triples: Iterable[Triple]) -> str:
    """Return the sorted N-Quads lines of one graph."""
    name = term_text(graph)
    lines = {f"{term_text(s)} {term_text(p)} {term_text(o)} {name} .\n" for s, p, o in triples}
    return "".join(sorted(lines))


def trig_prefixes() -> str:
    """Return the prefix lines that open a TriG dump."""
    return "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in sorted(PREFIXES))


def trig(graph: str, triples: Iterable[Triple]) -> str:
    """Return one graph as a TriG block, sorted, with ``a`` first in every subject."""
    ordered = sorted(set(triples), key=_trig_key)
    parts = [f"\n{_compact(graph)} {{\n"]
    for subject, of_subject in groupby(ordered, key=lambda triple: triple[0]):
        parts.append(f"  {_compact(subject)}")
        lead = " "
        for predicate, group in groupby(of_subject, key=lambda triple: triple[1]):
            verb = "a" if predicate == RDF_TYPE else _compact(predicate)
            parts.append(lead + verb + " " + ", ".join(_compact(t[2]) for t in group))
            lead = " ;\n    "
        parts.append(" .\n")
    parts.append("}\n")
    return "".join(parts)


def dump_pieces(
    graphs: Iterable[str],
    triples_of: Callable[[str], Iterable[Triple]],
    dump_format: str,
) -> Iterator[str]:
    """Yield the text of a whole store, one graph a piece.

    Parameters
    ----------
    graphs:
        The IRIs of the graphs.
    triples_of:
        Gives the triples of one graph.
    dump_format:
        ``nq`` or ``trig``.

    Raises
    ------
    StoreError
        If the format is unknown.
    """
    write = {"nq": nquads, "trig": trig}.get(dump_format)
    if write is None:
        raise StoreError(
            f"unknown dump format {dump_format!r}",
            hint="nq or trig",
            zh=f"未知的导出格式 {dump_format!r}（可用 nq、trig）",
        )
    if dump_format == "trig":
        yield trig_prefixes()
    for iri in sorted(graphs):
        yield write(iri, triples_of(iri))


def _trig_key(triple: Triple) -> tuple[str, bool, str, str]:
    subject, predicate, value = triple
    return subject, predicate != RDF_TYPE, predicate, term_text(value)


def _compact(term: Term) -> str:
    if isinstance(term, Literal):
        if term.datatype and term.datatype != XSD_STRING and not term.language:
            return f"{term_text(Literal(term.value))}^^{_compact(term.datatype)}"
        return term_text(term)
    for prefix, namespace in PREFIXES.items():
        if term.startswith(namespace) and _LOCAL.match(term[len(namespace) :]):
            return f"{prefix}:{term[len(namespace) :]}"
    return term_text(term)


def blank_out(query: str) -> str:
    """Return `query` with IRIs, strings and comments turned to blanks, offsets unchanged."""
    return _SKIPPED.sub(lambda match: re.sub(r"[^\n\r]", " ", match[0]), query)


def query_form(query: str) -> str:
    """Return ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``, or an empty text."""
    found = _FORM.match(blank_out(query))
    return found[1].upper() if found else ""


def unique_triples(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield `triples` sorted by their text, each once."""
    yield from sorted(set(triples), key=lambda t: (t[0], t[1], term_text(t[2])))
