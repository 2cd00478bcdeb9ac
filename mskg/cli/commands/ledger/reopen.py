"""``mskg ledger reopen``: take a closing back; the history stays."""

from __future__ import annotations

from mskg.cli.commands.ledger.options import AsOf, Evidence, Note, RowName, Who, day
from mskg.cli.commands.ledger.recording import record
from mskg.cli.language import t
from mskg.cli.options import Store

HELP = t(
    "重新打开已销号的一行或一项任务。\n写明原因；销号的记录保留。",
    "Reopen a row or task that was closed.\nSay why; the closing stays on record.",
)
EXAMPLES = t(
    "mskg ledger reopen 640424/2023/livelihood/task/9 --as-of 2024-01-15 --by 县政府督查室"
    " --note 回访发现问题\n",
    "mskg ledger reopen 640424/2023/livelihood/task/9 --as-of 2024-01-15 --by NAME"
    " --note 'a visit found faults'\n",
)


def command(
    row: RowName, as_of: AsOf, by: Who, note: Note, evidence: Evidence = "", store: Store = None
) -> None:
    """Record that a row was reopened."""
    from mskg.model import Event

    record(Event("reopened", row, day(as_of, "--as-of"), by, evidence, note), store)
