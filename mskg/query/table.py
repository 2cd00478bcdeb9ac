"""The result of a query: named columns, rows of Python values, and their texts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

from mskg.errors import QueryError
from mskg.ns import PREFIXES
from mskg.query import frames
from mskg.query.sparql_results import sparql_json, sparql_xml
from mskg.rdf import graph_text
from mskg.rdf.contacts import masked
from mskg.rdf.terms import Literal, Term
from mskg.render.cells import cell
from mskg.render.csv import csv_text
from mskg.render.page import page_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas
    import polars

    from mskg.store import Solutions

__all__ = ["ResultTable", "Value", "python_value", "table_of", "term_of", "without_contacts"]

Value: TypeAlias = str | int | float | bool | Decimal | date | None

_XSD = PREFIXES["xsd"]
_INTEGERS = {"integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "gYear"}
_NOTEBOOK_ROWS = 200
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class ResultTable:
    """Rows of values under named columns.

    Parameters
    ----------
    columns:
        Names of the columns: the variables of the query, such as ``departmentA``.
    rows:
        One tuple a row: numbers as ``int`` or ``Decimal``, dates as ``date``, other terms
        as text, None where there is no value.
    titles_zh:
        Headings in Chinese; the names where empty.
    name:
        Name of the query; empty for a free one.
    form:
        SELECT, ASK (one cell, the answer), or CONSTRUCT and DESCRIBE (subject, predicate,
        object).
    terms:
        The rows as RDF terms, where they came out of a store.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    titles_zh: tuple[str, ...] = ()
    name: str = field(default="", compare=False)
    form: str = field(default="SELECT", compare=False)
    terms: tuple[tuple[Term | None, ...], ...] = field(default=(), compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def titles(self, language: str = "en") -> tuple[str, ...]:
        """Return the headings for people: ``department A``, or ``部门甲`` for ``zh``."""
        english = tuple(_heading(name) for name in self.columns)
        if language != "zh" or not self.titles_zh:
            return english
        return tuple(zh or en for zh, en in zip(self.titles_zh, english, strict=True))

    def lexical(self) -> list[tuple[str, ...]]:
        """Return the rows as texts: plain numbers, ISO dates, nothing where there is no value."""
        return [tuple(_text(value) for value in row) for row in self.rows]

    def to_dicts(self) -> list[dict[str, Value]]:
        """Return one dict a row, keyed by the names of the columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_csv(self, *, bom: bool = False, language: str = "en") -> str:
        """Return CSV text with headings in `language`; `bom` lets spreadsheets see the UTF-8."""
        return ("\ufeff" if bom else "") + csv_text(self.titles(language), self.lexical())

    def to_tsv(self, *, language: str = "en") -> str:
        """Return tab-separated text with headings in `language`."""
        return csv_text(self.titles(language), self.lexical(), delimiter="\t")

    def to_json(self) -> str:
        """Return a JSON list of objects; numbers are numbers, dates ISO texts."""
        rows = [
            {name: _plain(value) for name, value in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"

    def _repr_html_(self) -> str:
        """Show the rows as a table in a notebook, headings in Chinese where there are any."""
        shown = self.lexical()[:_NOTEBOOK_ROWS]
        table = ([cell(title) for title in self.titles("zh")], [map(cell, row) for row in shown])
        left = len(self.rows) - len(shown)
        return page_html("tables", notes=[], drawing="", tables=[table], left=left)

    def to_markdown(self, *, language: str = "en") -> str:
        """Return a Markdown table with headings in `language`."""
        lines = [self.titles(language), ("---",) * len(self.columns), *self.lexical()]
        return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)

    def to_sparql_json(self) -> str:
        """Return the result in the SPARQL 1.1 Query Results JSON Format."""
        return sparql_json(self.columns, self._terms(), self._answer())

    def to_sparql_xml(self) -> str:
        """Return the result in the SPARQL Query Results XML Format."""
        return sparql_xml(self.columns, self._terms(), self._answer())

    def to_rdf(self, form: str = "turtle") -> str:
        """Return the triples of a CONSTRUCT or DESCRIBE query as ``turtle`` or ``nt``.

        Raises
        ------
        QueryError
            If the result is a table and no graph.
        """
        if self.form not in {"CONSTRUCT", "DESCRIBE"}:
            raise QueryError(
                f"the result of {self.form} is no graph, which {form} is for",
                hint="use CONSTRUCT or DESCRIBE, or another format",
                zh=f"{self.form} 的结果不是图，写不成 {form}（用 CONSTRUCT，或换一种格式）",
            )
        triples = [(str(s), str(p), o or "") for s, p, o in self.terms]
        return graph_text(triples, form)

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas data frame: whole numbers, floats, dates, texts, and gaps as NA.

        Raises
        ------
        QueryError
            If pandas is not installed.
        """
        return frames.to_pandas(self.columns, self.rows)

    def to_polars(self) -> polars.DataFrame:
        """Return a polars data frame.

        Raises
        ------
        QueryError
            If polars is not installed.
        """
        return frames.to_polars(self.columns, self.rows)

    def _terms(self) -> Sequence[Sequence[Term | None]]:
        return self.terms or [tuple(map(term_of, row)) for row in self.rows]

    def _answer(self) -> bool | None:
        return bool(self.rows[0][0]) if self.form == "ASK" else None


def table_of(
    solutions: Solutions, columns: Sequence[str], titles_zh: Iterable[str] = (), name: str = ""
) -> ResultTable:
    """Return the chosen `columns` of `solutions` as a table."""
    places = [solutions.variables.index(column) for column in columns]
    terms = tuple(tuple(row[place] for place in places) for row in solutions.rows)
    rows = tuple(tuple(map(python_value, row)) for row in terms)
    return ResultTable(tuple(columns), rows, tuple(titles_zh), name, terms=terms)


def without_contacts(table: ResultTable) -> ResultTable:
    """Return `table` with every sign of a telephone number or contact person turned to □.

    Numbers, dates and IRIs are none, and stay.
    """
    rows, terms = [], []
    for row, own in zip(table.rows, table.terms, strict=True):
        shown = [_hidden(term) for term in own]
        same = all(new is old for new, old in zip(shown, own, strict=True))
        rows.append(row if same else tuple(map(python_value, shown)))
        terms.append(own if same else tuple(shown))
    return replace(table, rows=tuple(rows), terms=tuple(terms))


def _hidden(term: Term | None) -> Term | None:
    if not isinstance(term, Literal) or term.datatype:
        return term
    text = masked(term.value)
    return term if text == term.value else term._replace(value=text)


def term_of(value: Value) -> Term | None:
    """Return a Python value as an RDF literal: what `python_value` reads back."""
    if value is None or isinstance(value, str):
        return None if value is None else Literal(value)
    for kind, name in _DATATYPES:
        if isinstance(value, kind):
            return Literal(_text(value), _XSD + name)
    raise TypeError(type(value))


def python_value(term: Term | None) -> Value:
    """Return `term` as a Python value; a literal that is no number or date stays a text."""
    if not isinstance(term, Literal):
        return term
    read = _READERS.get(term.datatype)
    if read is None:
        return term.value
    try:
        return read(term.value)
    except (ValueError, InvalidOperation):
        return term.value


def _whole_or_decimal(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()


_READERS: dict[str, Callable[[str], Value]] = {
    **{_XSD + name: int for name in _INTEGERS},
    _XSD + "decimal": lambda text: _whole_or_decimal(Decimal(text)),
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "date": date.fromisoformat,
    _XSD + "boolean": lambda text: text in {"true", "1"},
}


# bool is an int, so it stands first.
_DATATYPES = (
    (bool, "boolean"),
    (int, "integer"),
    (Decimal, "decimal"),
    (float, "double"),
    (date, "date"),
)


def _heading(name: str) -> str:
    words = _WORD_START.sub(" ", name).split(" ")
    # A lone capital (departmentA) is a letter, not the start of a word.
    return " ".join(word if len(word) == 1 else word.lower() for word in words)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(value: Value) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
