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
from mskg.store.text import prefix_lines, values_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from mskg.rdf.terms import Term, Triple
    from mskg.store import Store

__all__ = ["packed_rows", "write_packed"]

_FORMAT: Final = 1
_PREFIXES: Final = prefix_lines("mskg", "prov")
_CURRENT: Final = f"""
  #programs#
  GRAPH ?packed {{ ?program mskg:ledgerRows ?rows ; prov:wasGeneratedBy ?run }}
  GRAPH ?document {{ ?document mskg:announces ?program ; prov:wasGeneratedBy ?run }}
  FILTER(STRSTARTS(?rows, "[{_FORMAT},"))"""
_RUNS: Final = """
SELECT ?document ?run WHERE {
  #documents# GRAPH ?document { ?document prov:wasGeneratedBy ?run }
}"""
_MANY: Final = 500


def write_packed(store: Store, rows: Iterable[LedgerRow]) -> None:
    """Keep `rows`, which are all rows of their programs, as one text a program.

    A plan that has a text of its run already is left as it is; one that no run is named for
    (stored by other means than a build) is left out.
    """
    members: dict[str, list[LedgerRow]] = {}
    for row in rows:
        members.setdefault(row.program, []).append(row)
    for program in _ask(store, f"SELECT ?program WHERE {{{_CURRENT}\n}}", "program", members):
        members.pop(str(program[0]), None)
    documents = {document_iri(own[0].document): own for own in members.values()}
    runs: dict[str, list[str]] = {}
    for document, run in _ask(store, _RUNS, "document", documents):
        if isinstance(run, str):
            runs.setdefault(str(document), []).append(run)
    with store.writing():
        for document, own in documents.items():
            if len(runs.get(document, ())) == 1:
                store.replace_graph(f"{document}/ledger", _text_of(own, runs[document][0]))


def _text_of(rows: Sequence[LedgerRow], run: str) -> list[Triple]:
    text = json.dumps([_FORMAT, [_pack(row) for row in rows]], ensure_ascii=False)
    program = rows[0].program
    return [(program, v.LEDGER_ROWS, Literal(text)), (program, v.WAS_GENERATED_BY, run)]


def packed_rows(store: Store, programs: Sequence[str]) -> dict[str, list[LedgerRow]]:
    """Return the rows of those of `programs` that have a text of the run they are of."""
    query = f"SELECT ?program ?rows WHERE {{{_CURRENT}\n}}"
    return {
        str(program): [_unpack(row) for row in json.loads(text.value)[1]]
        for program, text in _ask(store, query, "program", programs)
        if isinstance(text, Literal)
    }


def _ask(
    store: Store, query: str, variable: str, wanted: Collection[str]
) -> tuple[tuple[Term | None, ...], ...]:
    """Return the rows of `query`, in which few values of `variable` are named."""
    listed = values_of(variable, wanted, _MANY)
    return store.select(_PREFIXES + query.replace(f"#{variable}s#", listed)).rows


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
