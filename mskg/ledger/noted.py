"""Progress that a document reports itself (1—6月完成情况), read as reports marked as text.

A value is taken only where nothing has to be guessed: the words hold one number with the unit
of a row, and the item has one indicator in that unit. Else the words are kept as a note.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from mskg.ledger.history import History, in_order
from mskg.ledger.leaders import item_of
from mskg.ledger.rows import Report
from mskg.ns import document_iri
from mskg.rdf.terms import Literal
from mskg.store.text import prefix_lines, values_of
from mskg.text.folding import fold
from mskg.text.numerals import MULTIPLIERS, plain_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from mskg.ledger.rows import LedgerRow
    from mskg.store import Store

__all__ = ["with_noted"]

_NOTES: Final = f"""{prefix_lines("mskg")}
SELECT DISTINCT ?item ?text ?at WHERE {{
  #items#
  ?item mskg:hasProgress ?note . ?note mskg:text ?text ; mskg:asOf ?at .
}}"""
_MANY: Final = 4000  # items up to which they are named in the query
_SCALES: Final = "|".join(sorted(filter(None, MULTIPLIERS), key=len, reverse=True))


def with_noted(store: Store, rows: Sequence[LedgerRow], history: History, until: date) -> History:
    """Return `history` with what the documents of `rows` report up to `until`."""
    items: dict[str, list[LedgerRow]] = defaultdict(list)
    found: dict[str, list[Report]] = defaultdict(list)
    listed = values_of("item", set(map(item_of, rows)), _MANY)
    notes = store.select(_NOTES.replace("#items#", listed)).rows
    if notes:
        for row in rows:
            items[item_of(row)].append(row)
    for item, words, day in notes:
        members = items.get(str(item), [])
        if not members or not isinstance(words, Literal) or not isinstance(day, Literal):
            continue
        at = date.fromisoformat(day.value[:10])
        if at <= until:
            report = _report(members, words.value, at)
            found[report.row].append(report)
    if not found:
        return history
    merged = dict(history.by_row)
    for iri, reports in found.items():
        merged[iri] = tuple(sorted((*reports, *merged.get(iri, ())), key=in_order))
    return History(merged)


def _report(rows: list[LedgerRow], words: str, at: date) -> Report:
    for row in rows:
        alike = [other for other in rows if other.kind == "indicator" and other.unit == row.unit]
        value = _value(words, row.unit) if row.kind == "indicator" and len(alike) == 1 else None
        if value is not None:
            return _said(row, words, at, value)
    return _said(rows[0], words, at, None)


def _value(words: str, unit: str) -> Decimal | None:
    """Return the one number of `words` that stands before `unit`; None where there are others."""
    if not unit:
        return None
    # Folding keeps the length: the unit is looked for in either script and width.
    pattern = rf"(\d[\d,]*(?:\.\d+)?)\s*({_SCALES})?\s*{re.escape(fold(unit))}(?![（(]?次)"
    found = re.findall(pattern, fold(words))
    return plain_number(*found[0]) if len(found) == 1 else None


def _said(row: LedgerRow, words: str, at: date, value: Decimal | None) -> Report:
    unit = row.unit if value is not None else ""
    who = row.document_title or row.document
    graph = document_iri(row.document)
    return Report(row.id, at, value, unit, "", words, "", at, who, "text", graph)
