"""The rows of a plan kept as one text beside it, so that thousands of plans are read at once.

The text is written when something is imported for a plan. It names the run that read the plan:
once the plan is read anew, the text is left aside until the next import. Reading the rows from
the graph of the plan gives the same.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from mskg.ledger.rows import Department, Due, LedgerRow
from mskg.model import Locator
from mskg.ns import document_iri
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal
from mskg.store.text import prefix_lines, term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.store import Store

__all__ = ["packed_rows", "write_packed"]

_FORMAT: Final = 1
_PREFIXES: Final = prefix_lines("mskg", "prov")
_PACKED: Final = """
SELECT ?program ?rows WHERE {
  #programs#
  GRAPH ?packed { ?program mskg:ledgerRows ?rows ; prov:wasGeneratedBy ?run }
  GRAPH ?document { ?document mskg:announces ?program ; prov:wasGeneratedBy ?run }
}"""
_RUN: Final = """
SELECT ?run WHERE { GRAPH ?document { ?document prov:wasGeneratedBy ?run } }"""
_MANY: Final = 500


def write_packed(store: Store, rows: Iterable[LedgerRow]) -> None:
    """Keep `rows`, which are all rows of their programs, as one text a program.

    A plan that no run is named for (stored by other means than a build) is left out.
    """
    programs: dict[tuple[str, str], list[LedgerRow]] = {}
    for row in rows:
        programs.setdefault((row.program, row.document), []).append(row)
    for (program, key), members in programs.items():
        document = document_iri(key)
        query = _RUN.replace("?document", term_text(document))
        runs = store.select(_PREFIXES + query).rows
        if len(runs) != 1 or not isinstance(runs[0][0], str):
            continue
        text = json.dumps([_FORMAT, [_pack(row) for row in members]], ensure_ascii=False)
        store.replace_graph(
            f"{document}/ledger",
            [(program, v.LEDGER_ROWS, Literal(text)), (program, v.WAS_GENERATED_BY, runs[0][0])],
        )


def packed_rows(store: Store, programs: Sequence[str]) -> dict[str, list[LedgerRow]]:
    """Return the rows of those of `programs` that have a text of the run they are of."""
    listed = ""
    if len(programs) <= _MANY:
        listed = f"VALUES ?program {{ {' '.join(map(term_text, programs))} }}"
    found = {}
    for program, text in store.select(_PREFIXES + _PACKED.replace("#programs#", listed)).rows:
        if isinstance(program, str) and isinstance(text, Literal):
            number, rows = json.loads(text.value)
            if number == _FORMAT:
                found[program] = [_unpack(row) for row in rows]
    return found


def _pack(row: LedgerRow) -> list[Any]:
    due = row.due
    place = row.locator
    return [
        row.id, row.kind, row.series, row.program, row.region, row.year, row.task,
        row.task_number, row.task_title, row.label, [list(entry) for entry in row.departments],
        row.unit, row.comparator, _text(row.target), row.kind_of_number, row.cumulative,
        row.share, _text(row.whole), row.whole_unit, _text(row.baseline),
        due and [_iso(due.end), _iso(due.begin), due.precision, due.words, due.scope,
                 _iso(due.warn)],
        row.quote, row.fingerprint, [place.page, place.line, place.table, place.row, place.column],
        row.document, row.document_title, row.origins, row.position,
    ]  # fmt: skip


def _unpack(cells: list[Any]) -> LedgerRow:
    *head, departments, unit, comparator, target, kind, cumulative, share = cells[:17]
    whole, whole_unit, baseline, due, quote, fingerprint, place, *tail = cells[17:]
    document, title, origins, position = tail
    return LedgerRow(  # type: ignore[call-arg]
        *head, tuple(_department(*entry) for entry in departments), unit, comparator,
        _number(target), kind, cumulative, share, _number(whole), whole_unit, _number(baseline),
        due and _due(*due), quote, fingerprint, _locator(*place), document, title,
        tuple(origins), position,
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _department(role: str, iri: str, name: str, accountable: bool) -> Department:
    return Department(role, iri, name, accountable)


@lru_cache(maxsize=1 << 14)
def _due(
    end: str, begin: str | None, precision: str, words: str, scope: str, warn: str | None
) -> Due:
    return Due(date.fromisoformat(end), _date(begin), precision, words, scope, _date(warn))


@lru_cache(maxsize=1 << 14)
def _locator(*places: int) -> Locator:
    return Locator(*places)


@lru_cache(maxsize=1 << 14)
def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
