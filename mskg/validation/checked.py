"""A file with what was found in it: what the writers of reports are handed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from mskg.rdf.contacts import masked
from mskg.rdf.hiding import hidden, names_of
from mskg.validation.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mskg.model import Plan
    from mskg.validation.report import Finding, Report

__all__ = ["Checked"]

# A text in Turtle: no number, date or IRI.
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*"(?!\^\^)')


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

    def without_names(self) -> Checked:
        """Return the same with every sign of names and telephone numbers of persons turned to □.

        Lengths and places stay as they are.
        """
        names = names_of(self.plan) if self.plan else ""
        write = self.report.turtle

        def turtle(source: str, more: Sequence[Finding]) -> str:
            return _TEXT.sub(lambda text: masked(text[0], names), write(source, more))

        report = replace(hidden(self.report, names), turtle=turtle)
        return replace(self, report=report, draft=hidden(self.draft, names))
