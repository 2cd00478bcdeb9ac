"""What the commands that record an event have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.cli.console import note
from mskg.cli.language import t
from mskg.cli.stores import chosen_store

if TYPE_CHECKING:
    from mskg.model import Event

__all__ = ["record"]


def record(event: Event, store: str | None) -> None:
    """Store `event` and say so."""
    from dataclasses import replace

    from mskg.ledger import find_row, record_event
    from mskg.ledger.private import hidden_rows

    with chosen_store(store, write=True) as opened:
        row = find_row(opened, event.row)
        graph, new = record_event(opened, replace(event, row=row.id))
        (row,) = hidden_rows(opened, [row])
    done = t("已记录", "recorded") if new else t("以前记录过，不变", "known already, unchanged")
    note(f"{done} {row.task_number} {row.label}: {graph}")
