"""``mskg ledger close``: strike a row or a task off the ledger (销号)."""

from __future__ import annotations

from mskg.cli.commands.ledger.options import AsOf, Evidence, Note, RowName, Who, day
from mskg.cli.commands.ledger.recording import record
from mskg.cli.language import t
from mskg.cli.options import Store

HELP = t(
    "销号：把一行或一整项任务从台账销掉。\n"
    "核验完成以后才销，要有核验人和佐证。"
    "还没有达到目标的，要用 --note 写明为什么销号。",
    "Close a row or a whole task.\n"
    "After checking that it is done: it needs a checker and evidence. One that has not reached its"
    " target needs a --note that says why.",
)
EXAMPLES = t(
    "mskg ledger close 640424/2023/livelihood/task/9 --as-of 2023-12-28 --by 县政府督查室"
    " --evidence 验收单第9号\n",
    "mskg ledger close 640424/2023/livelihood/task/9 --as-of 2023-12-28 --by NAME"
    " --evidence 'record 9'\n",
)


def command(
    row: RowName, as_of: AsOf, by: Who, evidence: Evidence, note: Note = "", store: Store = None
) -> None:
    """Record that a row was closed."""
    from mskg.model import Event

    record(Event("closed", row, day(as_of, "--as-of"), by, evidence, note), store)
