"""A file with what was found in it: what the writers of reports are handed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mskg.validation.draft import Draft

if TYPE_CHECKING:
    from pathlib import Path

    from mskg.model import Plan
    from mskg.validation.report import Report

__all__ = ["Checked"]


@dataclass(frozen=True)
class Checked:
    """One file that was validated.

    Parameters
    ----------
    source:
        The file as it was named.
    report:
        The findings.
    draft:
        What they are about.
    from_document:
        Whether `draft` is the document itself; else it was put together from facts.
    plan:
        What was understood; None for an RDF file.
    """

    source: Path
    report: Report
    draft: Draft = field(default_factory=Draft)
    from_document: bool = False
    plan: Plan | None = field(default=None, repr=False)
