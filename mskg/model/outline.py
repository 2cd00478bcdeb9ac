"""The outline: which stretches of a document are tasks, items and their fields.

It is what layouts hand to extraction; no later stage needs to know how the document was
laid out. All places are offsets in the document text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from mskg.model.plan import Issue

__all__ = ["Field", "Outline", "OutlineItem", "OutlineTask", "Stretch"]


class Stretch(NamedTuple):
    """The characters from `begin` up to `end` of the document text."""

    begin: int
    end: int


class Field(NamedTuple):
    """A stretch with its meaning.

    ``kind`` is content, deadline, department, leader, funding, site, progress, note,
    contact or category; ``role`` is the role a department label gives; ``label`` and
    ``unit`` are what a column heading prints (总投资（万元）).
    """

    kind: str
    place: Stretch
    role: str = ""
    label: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A numbered part of a task, or one table row."""

    fields: tuple[Field, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class OutlineTask:
    """One entry of the list; ``title`` is None where the entry has no name of its own."""

    no: int | None
    path: str
    items: tuple[OutlineItem, ...]
    title: Stretch | None = None
    group: Stretch | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole document: the head, the tasks, and the prose that speaks of the program.

    ``end`` is where the text ends and page furniture begins.
    """

    layout: str
    head: Stretch
    tasks: tuple[OutlineTask, ...] = ()
    prose: tuple[Stretch, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
    end: int = 0
