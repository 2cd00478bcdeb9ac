"""``mskg ledger adjust``: a new version of a target or due date, with its source."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from mskg.cli.commands.ledger.options import AsOf, Note, RowName, Who, day
from mskg.cli.commands.ledger.recording import record
from mskg.cli.language import t
from mskg.cli.options import Store
from mskg.errors import InputError

HELP = t(
    "调整一行的目标值或期限，写明批准的文件。\n从这一天起按新的算，原来的保留。",
    "Adjust the target or the due date of a row, naming its source.\n"
    "From that day on the new one counts; the old one stays.",
)
EXAMPLES = t(
    "mskg ledger adjust 640424/2023/livelihood/task/9/item/1/indicator/1 --value 200"
    " --as-of 2023-07-10 --source 泾政办发〔2023〕40号 --by 县政府\n",
    "mskg ledger adjust 640424/2023/livelihood/task/9/item/1/indicator/1 --value 200"
    " --as-of 2023-07-10 --source 'notice 40' --by NAME\n",
)


def command(
    row: RowName,
    as_of: AsOf,
    by: Who,
    source: Annotated[
        str,
        typer.Option("--source", metavar="TEXT", help=t("批准的文件", "the approving document")),
    ],
    value: Annotated[
        str | None, typer.Option("--value", metavar="N", help=t("新的目标值", "the new target"))
    ] = None,
    due: Annotated[
        str | None,
        typer.Option("--due", metavar="YYYY-MM-DD", help=t("新的期限", "the new due date")),
    ] = None,
    note: Note = "",
    store: Store = None,
) -> None:
    """Record an adjustment."""
    from mskg.model import Event

    new_due = day(due, "--due") if due else None
    event = Event("adjusted", row, day(as_of, "--as-of"), by, source, note, _number(value), new_due)
    record(event, store)


def _number(text: str | None) -> Decimal | None:
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        value = Decimal("NaN")
    if value is not None and not value.is_finite():
        raise InputError(f"--value {text!r} is no number", zh=f"--value {text!r} 不是数字")
    return value
