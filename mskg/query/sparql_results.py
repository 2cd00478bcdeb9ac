"""SPARQL 1.1 query results as JSON and XML (W3C recommendations of 21 March 2013)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from mskg.rdf.terms import Literal
from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.rdf.terms import Term

__all__ = ["sparql_json", "sparql_xml"]

_NAMESPACE: Final = "http://www.w3.org/2005/sparql-results#"
_BLANK: Final = "_:"


def sparql_json(
    variables: Sequence[str],
    rows: Iterable[Sequence[Term | None]],
    answer: bool | None = None,
) -> str:
    """Return ``application/sparql-results+json``; `answer` is that of an ASK query."""
    document: dict[str, Any] = {"head": {"vars": list(variables)}}
    if answer is not None:
        document = {"head": {}, "boolean": answer}
    else:
        document["results"] = {
            "bindings": [
                {
                    name: _json_term(term)
                    for name, term in zip(variables, row, strict=True)
                    if term is not None
                }
                for row in rows
            ]
        }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype:
            found["datatype"] = term.datatype
        return found
    if term.startswith(_BLANK):
        return {"type": "bnode", "value": term.removeprefix(_BLANK)}
    return {"type": "uri", "value": term}


def sparql_xml(
    variables: Sequence[str],
    rows: Iterable[Sequence[Term | None]],
    answer: bool | None = None,
) -> str:
    """Return ``application/sparql-results+xml``; `answer` is that of an ASK query.

    Characters that XML can't hold are left out.
    """
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in variables)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<sparql xmlns="{_NAMESPACE}">']
    if answer is not None:
        lines += ["<head/>", f"<boolean>{str(answer).lower()}</boolean>"]
    else:
        lines += [f"<head>{head}</head>", "<results>"]
        lines += [_xml_row(variables, row) for row in rows]
        lines.append("</results>")
    return "\n".join([*lines, "</sparql>"]) + "\n"


def _xml_row(variables: Sequence[str], row: Sequence[Term | None]) -> str:
    bindings = "".join(
        f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
        for name, term in zip(variables, row, strict=True)
        if term is not None
    )
    return f"<result>{bindings}</result>"


def _xml_term(term: Term) -> str:
    if isinstance(term, Literal):
        mark = ""
        if term.language:
            mark = f" xml:lang={quoteattr(term.language)}"
        elif term.datatype:
            mark = f" datatype={quoteattr(term.datatype)}"
        return f"<literal{mark}>{escape(xml_text(term.value))}</literal>"
    if term.startswith(_BLANK):
        return f"<bnode>{escape(term.removeprefix(_BLANK))}</bnode>"
    return f"<uri>{escape(xml_text(term))}</uri>"
