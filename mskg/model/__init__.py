"""Values that pass between the stages: frozen dataclasses without I/O."""

from __future__ import annotations

from mskg.model.changes import with_changes
from mskg.model.document import Block, Document, Locator, Span
from mskg.model.plan import (
    Assignment,
    DocumentInfo,
    DocumentLink,
    Indicator,
    Issue,
    Item,
    Leader,
    Milestone,
    Part,
    Plan,
    Program,
    Progress,
    Task,
    TextField,
    UnusedNumber,
    severity_word,
)
from mskg.model.progress import Event, Observation, ProgressReport

__all__ = [
    "Assignment",
    "Block",
    "Document",
    "DocumentInfo",
    "DocumentLink",
    "Event",
    "Indicator",
    "Issue",
    "Item",
    "Leader",
    "Locator",
    "Milestone",
    "Observation",
    "Part",
    "Plan",
    "Program",
    "Progress",
    "ProgressReport",
    "Span",
    "Task",
    "TextField",
    "UnusedNumber",
    "severity_word",
    "with_changes",
]
