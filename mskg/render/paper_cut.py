"""A paper short enough to read: long tables end early and say how many rows they leave out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mskg.render.paper import Bars, Grid, Notes, Timeline, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.render.paper import Block, Paper, Section

__all__ = ["paper_rows", "shortened"]


def paper_rows(paper: Paper) -> int:
    """Return how many rows the longest table has."""
    blocks = (block for section in paper.sections for block in section.blocks)
    return max((len(block.rows) for block in blocks if isinstance(block, Grid)), default=0)


def shortened(paper: Paper, limit: int) -> Paper:
    """Return `paper` with at most `limit` rows a table and lines a chart.

    A sentence below a table tells how many rows are not there; notes stay where a row that
    is left leads to them.
    """
    sections = [_section(section, limit, paper.left) for section in paper.sections]
    goals = {goal for section in sections for block in section.blocks for goal in _goals(block)}
    return replace(paper, sections=tuple(_with_notes(section, goals) for section in sections))


def _section(section: Section, limit: int, left: str) -> Section:
    blocks = [part for block in section.blocks for part in _cut(block, limit, left)]
    return replace(section, blocks=tuple(blocks))


def _cut(block: Block, limit: int, left: str) -> Iterator[Block]:
    if isinstance(block, Grid):
        over = len(block.rows) - limit
        yield replace(block, rows=block.rows[:limit])
    elif isinstance(block, Bars):
        over = len(block.bars) - limit
        yield replace(block, bars=block.bars[:limit])
    elif isinstance(block, Timeline):
        over = len(block.lanes) - limit
        yield replace(block, lanes=block.lanes[:limit])
    else:
        over = 0
        yield block
    if over > 0:
        yield Words(left.format(over), rule=True)


def _goals(block: Block) -> Iterator[str]:
    if isinstance(block, Grid):
        yield from (value.goal for row in block.rows for value in row if value.goal)


def _with_notes(section: Section, goals: set[str]) -> Section:
    blocks = [
        Notes(tuple(note for note in block.notes if note.id in goals))
        if isinstance(block, Notes)
        else block
        for block in section.blocks
    ]
    return replace(section, blocks=tuple(blocks))
