"""From promise to delivery: reports of actual values, events, and the standing at a date."""

from __future__ import annotations

from mskg.ledger.profile import Colour, Profile, profile_names, read_profile, status_word
from mskg.ledger.reading import ledger_rows
from mskg.ledger.rows import Department, Due, LedgerRow, Report, Standing
from mskg.ledger.standing import standings

__all__ = [
    "Colour",
    "Department",
    "Due",
    "LedgerRow",
    "Profile",
    "Report",
    "Standing",
    "ledger_rows",
    "profile_names",
    "read_profile",
    "standings",
    "status_word",
]
