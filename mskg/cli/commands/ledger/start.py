"""``mskg ledger start``: work on a row or a task has begun."""

from __future__ import annotations

from mskg.cli.commands.ledger.options import AsOf, Evidence, Note, RowName, Who, day
from mskg.cli.commands.ledger.recording import record
from mskg.cli.language import t
from mskg.cli.options import Store

HELP = t(
    "启动：记下一行或一整项任务已经开工、启动。\n"
    "从这一天起状态是“推进中”，直到报来别的状态；此前报的“未启动”“前期工作”仍有记录。",
    "Record that work on a row or a whole task has begun.\n"
    "From that day on it is under way, until another state is reported; what was reported before"
    " (not started, in preparation) stays on record.",
)
EXAMPLES = t(
    "mskg ledger start 640424/2023/livelihood/task/2 --as-of 2023-03-20 --by 县住建局"
    " --evidence 开工令第3号\n",
    "mskg ledger start 640424/2023/livelihood/task/2 --as-of 2023-03-20 --by NAME"
    " --evidence 'order 3'\n",
)


def command(
    row: RowName,
    as_of: AsOf,
    by: Who,
    evidence: Evidence = "",
    note: Note = "",
    store: Store = None,
) -> None:
    """Record that a row was started."""
    from mskg.model import Event

    record(Event("started", row, day(as_of, "--as-of"), by, evidence, note), store)
