"""Which field of the model is which property: one table for writing and for reading.

A field at its default value is not written, unless it is marked as always written;
a property that is absent reads as the default. So both directions agree by construction.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mskg.model import plan as model
from mskg.model.document import Locator, Span
from mskg.ns import PREFIXES, VOCABULARY
from mskg.rdf.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Codec", "Field", "boolean", "integer", "text"]

_XSD: Final = PREFIXES["xsd"]
_DCTERMS: Final = PREFIXES["dcterms"]
_RDFS: Final = PREFIXES["rdfs"]


class Codec(NamedTuple):
    """How a value becomes a literal (given the language of the document) and back."""

    write: Callable[[Any, str], Literal]
    read: Callable[[str], Any]


class Field(NamedTuple):
    """One field of a dataclass with its property."""

    name: str
    predicate: str
    codec: Codec
    default: Any
    always: bool
    required: bool


def text(value: str) -> Literal:
    """Return a plain string literal."""
    return Literal(value)


def integer(value: int) -> Literal:
    """Return an xsd:integer literal."""
    return Literal(str(value), _XSD + "integer")


def boolean(value: bool) -> Literal:
    """Return an xsd:boolean literal."""
    return Literal("true" if value else "false", _XSD + "boolean")


def _decimal(value: Decimal, _: str) -> Literal:
    # The canonical form of XSD 1.1: no exponent, no trailing zeros, no sign on zero.
    lexical = format(value.normalize(), "f") if value else "0"
    return Literal(lexical, _XSD + "decimal")


def _calendar_day(value: str) -> date:
    return date.fromisoformat(value[:10])


TEXT: Final = Codec(lambda value, _: Literal(value), str)
LABEL: Final = Codec(lambda value, language: Literal(value, "", language), str)
INTEGER: Final = Codec(lambda value, _: integer(value), int)
BOOLEAN: Final = Codec(lambda value, _: boolean(value), lambda value: value in ("true", "1"))
DECIMAL: Final = Codec(_decimal, Decimal)
DATE: Final = Codec(lambda value, _: Literal(value.isoformat(), _XSD + "date"), _calendar_day)
YEAR: Final = Codec(lambda value, _: Literal(f"{value:04d}", _XSD + "gYear"), lambda v: int(v[:4]))


def _empty(codec: Codec) -> Any:
    return "" if codec in (TEXT, LABEL) else None


def _table(kind: type, *rows: tuple[str, str, Codec], always: str = "") -> tuple[Field, ...]:
    defaults = {f.name: f.default for f in fields(kind)}
    named = always.split()
    return tuple(
        Field(
            name,
            predicate if ":" in predicate else VOCABULARY + predicate,
            codec,
            _empty(codec) if defaults[name] is MISSING else defaults[name],
            name in named,
            name in ("value", "begin", "end"),
        )
        for name, predicate, codec in rows
    )


DOCUMENT: Final = _table(
    model.DocumentInfo,
    ("key", "documentKey", TEXT),
    ("title", _DCTERMS + "title", LABEL),
    ("doc_number", "documentNumber", TEXT),
    ("issuer", "issuerName", TEXT),
    ("issued", _DCTERMS + "issued", DATE),
    ("type", "documentType", TEXT),
    ("sha256", "fileHash", TEXT),
    ("format", "fileFormat", TEXT),
    ("encoding", "encoding", TEXT),
    ("script", "script", TEXT),
    ("layout", "layout", TEXT),
)
LINK: Final = _table(model.DocumentLink, ("relation", "relation", TEXT), ("text", "text", TEXT))
PROGRAM: Final = _table(
    model.Program,
    ("year", "year", YEAR),
    ("kind", "programKind", TEXT),
    ("ordinal", "programOrdinal", INTEGER),
    ("declared_count", "declaredTaskCount", INTEGER),
    always="kind",
)
TASK: Final = _table(
    model.Task,
    ("no", "number", INTEGER),
    ("path", "ordinalPath", TEXT),
    ("title", _DCTERMS + "title", LABEL),
    ("group", "groupName", TEXT),
)
ITEM: Final = _table(model.Item, ("label", "label", TEXT), ("text", "text", TEXT))
PART: Final = _table(
    model.Part,
    ("label", "label", TEXT),
    ("title", _DCTERMS + "title", LABEL),
    ("text", "text", TEXT),
)
PROGRESS: Final = _table(model.Progress, ("text", "text", TEXT), ("as_of", "asOf", DATE))
LEADER: Final = _table(model.Leader, ("name", "personName", TEXT), ("post", _RDFS + "label", LABEL))
ASSIGNMENT: Final = _table(
    model.Assignment,
    ("name", "printedName", TEXT),
    ("order", "order", INTEGER),
    ("stated", "stated", BOOLEAN),
    ("rule", "rule", TEXT),
    ("suspect", "suspect", TEXT),
    ("split", "split", BOOLEAN),
    ("optional", "optional", BOOLEAN),
    always="order stated",
)
LABELLED: Final = _table(model.Indicator, ("name", _RDFS + "label", LABEL), ("unit", "unit", TEXT))
MEASURE: Final = _table(
    model.Indicator,
    ("kind", "indicatorKind", TEXT),
    ("accumulation", "accumulation", TEXT),
    always="kind",
)
TARGET: Final = _table(
    model.Indicator,
    ("value", "value", DECIMAL),
    ("op", "comparator", TEXT),
    ("digits", "digits", TEXT),
    ("basis", "basis", TEXT),
    ("baseline", "baseline", DECIMAL),
    ("upper", "upperValue", DECIMAL),
    ("part", "partLabel", TEXT),
    ("optional", "optional", BOOLEAN),
    always="value op basis",
)
MILESTONE: Final = _table(
    model.Milestone,
    ("text", "text", TEXT),
    ("part", "partLabel", TEXT),
    ("optional", "optional", BOOLEAN),
)
DEADLINE: Final = _table(
    model.Milestone,
    ("due", "due", DATE),
    ("start", "periodStart", DATE),
    ("precision", "precision", TEXT),
    ("recurrence", "recurrence", TEXT),
    ("inherited", "inherited", BOOLEAN),
    always="inherited",
)
SPAN: Final = _table(
    Span, ("begin", "begin", INTEGER), ("end", "end", INTEGER), ("quote", "quote", TEXT)
)
LOCATOR: Final = _table(
    Locator, *((name, name, INTEGER) for name in ("page", "line", "table", "row", "column"))
)
ISSUE: Final = _table(model.Issue, ("severity", "severity", TEXT), ("code", "code", TEXT))
UNUSED: Final = _table(model.UnusedNumber, ("text", "text", TEXT), ("rule", "rule", TEXT))
