"""What happened to a row: started, closed (销号), reopened, adjusted. Kept, never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.ledger.history import closed_by, events_of
from mskg.ledger.private import hidden_standings
from mskg.ledger.reading import ledger_rows, ledger_tasks
from mskg.ledger.standing import standings
from mskg.ns import DATA
from mskg.rdf import event_node, event_triples
from mskg.store.text import term_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.ledger.rows import LedgerRow
    from mskg.model import Event
    from mskg.store import Store

__all__ = ["find_row", "record_event", "row_name"]

_PROGRAM: Final = f"{DATA}program/"
_TASK: Final = "/task/"


def row_name(iri: str) -> str:
    """Return the short name of a row: its IRI without what all rows have in common."""
    return iri.removeprefix(_PROGRAM)


def find_row(store: Store, name: str) -> LedgerRow:
    """Return the row or task with the IRI or short name `name`.

    Raises
    ------
    InputError
        If the store has no such row.
    """
    iri = name if name.startswith(("http://", "https://")) else _PROGRAM + name.strip("/")
    program = iri.partition(_TASK)[0]
    try:
        found = _called(iri, ledger_rows(store, program=program))
        found = found or _called(iri, ledger_tasks(store, program=program))
    except InputError:
        found = None
    if found is None:
        raise InputError(
            f"no row of the ledger is called {name!r}",
            hint="mskg ledger status lists them in the column row",
            zh=f"台账里没有 {name!r} 这一行（mskg ledger status 的“行”一列有行名）",
        )
    return found


def _called(iri: str, rows: Iterable[LedgerRow]) -> LedgerRow | None:
    return next((row for row in rows if row.id == iri), None)


def record_event(store: Store, event: Event) -> tuple[str, bool]:
    """Store an event as a graph of its own.

    Returns
    -------
    tuple
        IRI of the graph, and whether the store changed: the same event again changes nothing.

    Raises
    ------
    InputError
        If something is missing: a start needs a row that is neither started nor closed; a
        closing evidence and a checker, and a note where the target is not reached; a reopening
        a row that is closed, and a reason; an adjustment its document and a new target or date.
    """
    row = find_row(store, event.row)
    node = event_node(event)
    if store.ask(f"ASK {{ GRAPH {term_text(node)} {{ ?s ?p ?o }} }}"):
        return node, False
    if not event.by.strip():
        raise _missing("--by", "谁核验、谁决定", "who checked or decided")
    _CHECKS[event.kind](store, event, row)
    store.replace_graph(node, event_triples(event))
    return node, True


def _check_start(store: Store, event: Event, row: LedgerRow) -> None:
    events = events_of(store, [row.id], event.at).get(row.id, ())
    begun = next((old for old in events if old.kind == "started"), None)
    if begun:
        raise InputError(
            f"{row_name(row.id)} was started on {begun.at} already",
            zh=f"{row_name(row.id)} 在 {begun.at} 已经启动",
        )
    if closed := closed_by(events):
        raise InputError(
            f"{row_name(row.id)} was closed on {closed.at}",
            hint="reopen it first",
            zh=f"{row_name(row.id)} 在 {closed.at} 已经销号（要再办，先重新打开）",
        )


def _check_closing(store: Store, event: Event, row: LedgerRow) -> None:
    if not event.evidence.strip():
        raise _missing("--evidence", "验收单、文号等佐证", "a record of acceptance or the like")
    events = events_of(store, [row.id], event.at).get(row.id, ())
    if closed_by(events):
        raise InputError(
            f"{row_name(row.id)} is closed already", zh=f"{row_name(row.id)} 已经销号，不用再销"
        )
    if any(old.kind == "reopened" and old.at == event.at for old in events):
        raise InputError(
            f"{row_name(row.id)} was reopened on {event.at}; close it on a later day",
            zh=f"{row_name(row.id)} 在 {event.at} 刚重新打开，请写后来的日期",
        )
    short = [
        standing
        for standing in standings(store, event.at, program=row.program, words=False)
        if row.id in (standing.row.id, standing.row.task) and standing.met is None
    ]
    if short and not event.note.strip():
        (first,) = hidden_standings(store, short[:1])
        raise InputError(
            f"not reached: {first.row.label} ({first.why_en})"
            + (f", and {len(short) - 1} more" if len(short) > 1 else ""),
            hint="if it is to be closed all the same, say why with --note",
            zh=f"尚未完成：{first.row.label}（{first.why_zh}）"
            + (f"，另有 {len(short) - 1} 行" if len(short) > 1 else "")
            + "；仍要销号，请用 --note 写明原因",
        )


def _check_reopening(store: Store, event: Event, row: LedgerRow) -> None:
    if not closed_by(events_of(store, [row.id], event.at).get(row.id, ())):
        raise InputError(
            f"{row_name(row.id)} is not closed on {event.at}",
            zh=f"{row_name(row.id)} 在 {event.at} 没有销号，不用重新打开",
        )
    if not event.note.strip():
        raise _missing("--note", "重新打开的原因", "why it is reopened")


def _check_adjustment(_: Store, event: Event, row: LedgerRow) -> None:
    if not event.evidence.strip():
        raise _missing("--source", "批准调整的文件", "the document that approves the adjustment")
    if event.value is None and event.due is None:
        raise _missing("--value / --due", "新的目标值或期限", "the new target or date")
    if event.value is not None and row.target is None:
        raise InputError(
            f"{row_name(row.id)} has no number to adjust",
            hint="adjust its date with --due",
            zh=f"{row_name(row.id)} 没有目标值可调（可用 --due 调整期限）",
        )


_CHECKS: Final = {
    "started": _check_start,
    "closed": _check_closing,
    "reopened": _check_reopening,
    "adjusted": _check_adjustment,
}


def _missing(option: str, zh: str, en: str) -> InputError:
    return InputError(f"{option} is missing: {en}", zh=f"缺少 {option}：{zh}")
