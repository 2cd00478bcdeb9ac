"""From promise to delivery: reports of actual values, events, and the standing at a date."""

from __future__ import annotations

from mskg.ledger.rows import Department, Due, LedgerRow, Report, Standing

__all__ = ["Department", "Due", "LedgerRow", "Report", "Standing"]
