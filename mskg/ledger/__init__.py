"""From promise to delivery: reports of actual values, events, and the standing at a date.

::

    ledger_bytes(store, ".xlsx", region="泾源县")     the sheet to fill in
    import_ledger(store, path, as_of=day, reporter="泾源县督查室")
    record_event(store, Event("closed", row, day, "县政府督查室", "验收单第9号"))
    standings(store, day)                             computed, never stored
"""

from __future__ import annotations

from mskg.ledger.checking import Finding
from mskg.ledger.events import find_row, record_event, row_name
from mskg.ledger.importing import Imported, import_ledger
from mskg.ledger.profile import Colour, Profile, profile_names, read_profile, status_word
from mskg.ledger.reading import ledger_rows, ledger_tasks
from mskg.ledger.rows import Department, Due, LedgerRow, Report, Standing
from mskg.ledger.sheet import LEDGER_SUFFIXES, ledger_bytes
from mskg.ledger.standing import standings
from mskg.ledger.tables import explanation, status_table

__all__ = [
    "LEDGER_SUFFIXES",
    "Colour",
    "Department",
    "Due",
    "Finding",
    "Imported",
    "LedgerRow",
    "Profile",
    "Report",
    "Standing",
    "explanation",
    "find_row",
    "import_ledger",
    "ledger_bytes",
    "ledger_rows",
    "ledger_tasks",
    "profile_names",
    "read_profile",
    "record_event",
    "row_name",
    "standings",
    "status_table",
    "status_word",
]
